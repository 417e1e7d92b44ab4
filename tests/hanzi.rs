//! `public/hanzi.bin` is what its sources say: the readings of the `pinyin` crate and the simplified forms of `fast2s`, both MIT.
//! `WRITE_HANZI=1 cargo test --test hanzi` writes it anew. The layout is told in `src/domain/hanzi.rs`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use pinyin::ToPinyinMulti;
use proptest::prelude::*;
use shelfwise::domain::hanzi::{Hanzi, Initials, MAGIC};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The block that Chinese of every day is written in (CJK Unified Ideographs).
const CHARACTERS: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';
/// Sets with a number of their own: what a byte holds less 0, no reading, and 255, a rare set.
const NUMBERED: usize = 254;

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("public/hanzi.bin")
}

/// The first letters of all readings, the common reading first; `zh`, `ch`, `sh` count as `z`, `c`, `s`, as one types them.
fn readings(character: char) -> Vec<char> {
    let first = |reading: pinyin::Pinyin| match reading.plain().chars().next().unwrap() {
        'ê' => 'e',
        letter => letter,
    };
    character.to_pinyin_multi().into_iter().flatten().map(first).collect()
}

fn simplified(character: char) -> char {
    let text = fast2s::convert(&character.to_string());
    let mut characters = text.chars();
    let first = characters.next().unwrap();
    assert_eq!(characters.next(), None, "{character} folds to one character");
    first
}

/// At most three letters, sorted. A traditional character may also be read as its simplified form is, so that one name is found
/// by the same letters in either script: 乾 is `q` by itself and `g` as 干.
fn initials(character: char) -> Vec<char> {
    let mut letters = Vec::new();
    for letter in readings(character).into_iter().chain(readings(simplified(character))) {
        if letters.len() < 3 && !letters.contains(&letter) {
            letters.push(letter);
        }
    }
    letters.sort_unstable();
    letters
}

fn packed(letters: &[char]) -> u16 {
    letters.iter().rev().fold(0, |word, letter| {
        assert!(letter.is_ascii_lowercase(), "{letter}");
        word << 5 | (*letter as u16 - 'a' as u16 + 1)
    })
}

fn generated() -> Vec<u8> {
    let mut by_use: BTreeMap<Vec<char>, usize> = BTreeMap::new();
    for letters in CHARACTERS.map(initials).filter(|letters| !letters.is_empty()) {
        *by_use.entry(letters).or_default() += 1;
    }
    let mut sets: Vec<Vec<char>> = by_use.keys().cloned().collect();
    sets.sort_by_key(|letters| std::cmp::Reverse(by_use[letters]));
    sets.truncate(NUMBERED);
    let (mut codes, mut rare) = (Vec::new(), Vec::new());
    for letters in CHARACTERS.map(initials) {
        codes.push(match sets.iter().position(|set| *set == letters) {
            Some(at) => u8::try_from(at + 1).unwrap(),
            None if letters.is_empty() => 0,
            None => {
                rare.push(packed(&letters));
                255
            }
        });
    }
    let folds: Vec<(char, char)> =
        ('\u{80}'..='\u{ffff}').map(|character| (character, simplified(character))).filter(|(from, to)| from != to).collect();
    let code = |character: char| u16::try_from(u32::from(character)).unwrap();

    let mut bytes = MAGIC.to_vec();
    let counts = [sets.len(), codes.len(), rare.len(), folds.len()].map(|count| u16::try_from(count).unwrap());
    let head = counts.into_iter().chain(sets.iter().map(|letters| packed(letters))).chain(rare);
    bytes.extend(head.flat_map(u16::to_le_bytes));
    bytes.extend(codes);
    let before = std::iter::once(*CHARACTERS.start()).chain(folds.iter().map(|(from, _)| *from));
    bytes.extend(folds.iter().zip(before).map(|((from, _), before)| u8::try_from(code(*from) - code(before)).unwrap()));
    bytes.extend(folds.iter().flat_map(|(_, to)| code(*to).to_le_bytes()));
    bytes
}

#[test]
fn the_committed_file_is_what_its_sources_say() {
    let bytes = generated();
    if std::env::var_os("WRITE_HANZI").is_some() {
        fs::write(file(), &bytes).unwrap();
    }
    let committed = fs::read(file()).unwrap_or_default();
    assert!(committed == bytes, "public/hanzi.bin is out of date: WRITE_HANZI=1 cargo test --test hanzi");
    assert!(bytes.len() <= 40_000, "{} bytes", bytes.len());
}

#[test]
fn every_character_reads_back_as_it_was_written() {
    let hanzi = Hanzi::parse(&generated()).unwrap();
    for character in '\u{0}'..='\u{1ffff}' {
        let expected = if CHARACTERS.contains(&character) { initials(character) } else { Vec::new() };
        assert_eq!(hanzi.initials(character).letters().collect::<Vec<_>>(), expected, "{character}");
        assert_eq!(hanzi.simplified(character), simplified(character), "{character}");
        assert_eq!(hanzi.simplified(simplified(character)), simplified(character), "{character} folds in one step");
    }
}

#[test]
fn characters_read_in_two_ways_have_both_initials() {
    let hanzi = Hanzi::parse(&generated()).unwrap();
    let polyphones = "重zc 长zc 長zc 行xh 厦sx 廈sx 单dsc 單dsc 曾zc 朝zc 乐ly 樂ly 会hk 會hk 调dt 还hh 藏zc 沈sc 解jx 仇cq 查cz 盖g 区qo 區qo \
                      尉wy 翟zd 石sd 种zc 种c 卜b 尺c 弹dt 传cz 校xj 系xj 卷jq 折zs 龟gj 都d 乾gq 秘mb 率sl 提td 丁dz 缪mm 贾jg 圳z";
    for entry in polyphones.split_whitespace() {
        let mut letters = entry.chars();
        let character = letters.next().unwrap();
        for letter in letters {
            assert!(hanzi.initials(character).meets(Initials::of(letter)), "{character} {letter}");
        }
    }
}

#[test]
fn names_in_traditional_script_fold() {
    let hanzi = Hanzi::parse(&generated()).unwrap();
    for (traditional, folded) in
        [("華潤萬家", "华润万家"), ("臺灣雜貨鋪", "台湾杂货铺"), ("東興糧油麵館", "东兴粮油面馆"), ("後裡號", "后里号")]
    {
        assert_eq!(traditional.chars().map(|c| hanzi.simplified(c)).collect::<String>(), folded);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_bytes_never_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..300), is_ours in any::<bool>(), at in any::<proptest::sample::Index>()) {
        if is_ours {
            let byte = bytes.first().copied().unwrap_or_default();
            bytes = fs::read(file()).unwrap_or_default();
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
        } else {
            bytes.splice(0..0, *MAGIC);
        }
        if let Some(hanzi) = Hanzi::parse(&bytes) {
            for character in "a重萬\u{ffff}🙂".chars() {
                let _ = (hanzi.initials(character), hanzi.simplified(character));
            }
        }
    }
}
