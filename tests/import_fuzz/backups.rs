//! Backups: real ones broken in one place, and made-up ones; read as `errand::restore` reads a chosen file.

use crate::dice::{Dice, Due, batter, in_utf16};
use shelfwise::archive::backup::{self, Mode, Place, Plan, Problem, Reader, Stored, compact, hash_of, open};
use shelfwise::archive::record;
use std::sync::LazyLock;

/// Real files, read long ago and last.
static GOLDEN: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden-backups");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
});

/// The entries of a golden backup's lists, in their order, as they stand in the file.
static ENTRIES: LazyLock<Vec<(Place, Vec<String>)>> = LazyLock::new(|| {
    let golden = GOLDEN.last().unwrap();
    let opened = open(golden).unwrap();
    let all: serde_json::Map<String, serde_json::Value> = serde_json::from_str(opened.data).unwrap();
    let mut lists: Vec<(Place, Vec<String>)> = Place::ALL.into_iter().map(|place| (place, Vec::new())).collect();
    let mut reader = Reader::new(opened.data);
    while let Some(entry) = reader.next().unwrap() {
        if entry.readable && entry.place.kind().is_some() {
            lists[entry.place.at()].1.push(entry.text(opened.data).to_owned());
        }
    }
    for place in [Place::Drafts, Place::Unreadable] {
        lists[place.at()].1 = all[place.name()].as_array().unwrap().iter().map(ToString::to_string).collect();
    }
    lists
});

/// Reads a file as the app does; then what restoring it would write has to read back.
pub fn read(bytes: &[u8]) -> Result<bool, String> {
    match check(bytes) {
        Err(_) => Ok(false),
        Ok((data, entries)) => {
            let plan = Plan::new(&data, &entries);
            for entry in plan.to_write(Mode::Replace) {
                match plan.stored(entry) {
                    Stored::Record(row) => {
                        record::decode(row.kind, &row.body).map_err(|why| format!("written and not read back: {why}"))?;
                    }
                    Stored::Draft { key, body } => {
                        backup::draft_body(&key, &body).map_err(|why| format!("draft not read back: {why}"))?;
                    }
                    Stored::Raw { .. } if entry.readable => return Err("a readable entry is written as it is".to_owned()),
                    Stored::Raw { .. } => {}
                }
            }
            Ok(true)
        }
    }
}

fn check(bytes: &[u8]) -> Result<(String, Vec<backup::Entry>), Problem> {
    if bytes.len() as u64 > backup::MAX_BYTES {
        return Err(Problem::TooLarge);
    }
    let text = String::from_utf8(bytes.to_vec()).map_err(|_| Problem::NotText)?;
    let opened = open(&text)?;
    let (header, data) = (opened.header, opened.data);
    let data = if hash_of(data) == header.sha256 { data.to_owned() } else { compact(data) };
    if hash_of(&data) != header.sha256 {
        return Err(Problem::Changed);
    }
    drop(text);
    let mut reader = Reader::new(&data);
    let mut entries = Vec::with_capacity((header.counts.all() as usize).min(data.len() / 100));
    while let Some(entry) = reader.next()? {
        entries.push(entry);
    }
    reader.finish(&header)?;
    Ok((data, entries))
}

/// A file around data, with counts and hash that fit as far as they can.
fn file_of(data: &str, counts: &[(Place, usize)]) -> String {
    let counts: Vec<String> = counts.iter().map(|(place, count)| format!("\"{}\":{count}", place.name())).collect();
    format!(
        "{{\"format\":\"shelfwise-backup\",\n\"version\":1,\n\"app_version\":\"0.1.0\",\n\"device\":\"00000000deadbeef\",\n\"exported_at\":\"2026-11-24T14:00:00+08:00\",\n\"scope\":\"everything\",\n\"counts\":{{{}}},\n\"sha256\":\"{}\",\n\"data\":{data}}}\n",
        counts.join(","),
        hash_of(data)
    )
}

/// Some of a golden backup's entries: whoever is named is there.
fn some(dice: &mut Dice) -> Vec<(Place, Vec<String>)> {
    let mut lists = ENTRIES.clone();
    for (place, texts) in &mut lists {
        if !matches!(place, Place::Customers | Place::Products | Place::Orders) {
            texts.retain(|_| dice.once_in(4));
        }
    }
    // Products that nobody names are left out too; orders that no delivery names.
    let all: String = lists.iter().filter(|(place, _)| *place != Place::Products).flat_map(|(_, texts)| texts.iter().cloned()).collect();
    for (place, texts) in &mut lists {
        if matches!(place, Place::Products) {
            texts.retain(|text| all.contains(&text[text.find("\"id\":\"").unwrap() + 6..][..36]));
        }
    }
    lists
}

fn data_of(lists: &[(Place, Vec<String>)]) -> String {
    let lists: Vec<String> = lists.iter().map(|(place, texts)| format!("\"{}\":[{}]", place.name(), texts.join(","))).collect();
    format!("{{{}}}", lists.join(","))
}

fn sealed(lists: &[(Place, Vec<String>)]) -> String {
    let counts: Vec<(Place, usize)> = lists.iter().map(|(place, texts)| (*place, texts.len())).collect();
    file_of(&data_of(lists), &counts)
}

pub fn make(dice: &mut Dice) -> (Vec<u8>, Due) {
    match dice.below(20) {
        0 => {
            // Whole and real, however an editor left it.
            let file = GOLDEN[dice.below(GOLDEN.len())].clone();
            (dressed(&file, dice).into_bytes(), Due::Taken)
        }
        1 | 2 => (dressed(&sealed(&some(dice)), dice).into_bytes(), Due::Taken),
        3..=5 => {
            let file = if dice.once_in(4) { GOLDEN[dice.below(GOLDEN.len())].clone() } else { sealed(&some(dice)) };
            let mut bytes = file.into_bytes();
            batter(&mut bytes, dice);
            (bytes, Due::Either)
        }
        6 => {
            // Cut off anywhere.
            let file = sealed(&some(dice));
            let at = dice.below(file.trim_end().len());
            (file.as_bytes()[..at].to_vec(), Due::Refused)
        }
        7 => (in_utf16(&sealed(&some(dice)), dice), Due::Refused),
        8 => (monster(dice).into_bytes(), Due::Refused),
        9..=12 => {
            let (lists, due) = broken(some(dice), dice);
            (sealed(&lists).into_bytes(), due)
        }
        13 => (header_broken(&sealed(&some(dice)), dice), Due::Refused),
        _ => {
            // Blows to one record under a hash that fits: what only the readers of records can find.
            let mut lists = some(dice);
            for _ in 0..1 + dice.below(3) {
                let Some((_, texts)) = lists.iter_mut().filter(|(_, texts)| !texts.is_empty()).nth(dice.below(8)) else { continue };
                let at = dice.below(texts.len());
                texts[at] = if dice.once_in(3) { blow(&texts[at], dice) } else { token(&texts[at], dice) };
            }
            (sealed(&lists).into_bytes(), Due::Either)
        }
    }
}

/// The same file with blanks, line ends, a mark and escapes that mean nothing.
fn dressed(file: &str, dice: &mut Dice) -> String {
    let mut text = file.to_owned();
    if dice.once_in(3) {
        text = text.replace("},{", "},\r\n\t{");
    }
    if dice.once_in(3) {
        text = text.replace("\":", "\" : ");
    }
    if dice.once_in(4) {
        text = text
            .chars()
            .map(|c| if c > '\u{7f}' && c <= '\u{ffff}' { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() })
            .collect();
    }
    if dice.once_in(4) {
        text.insert(0, '\u{feff}');
    }
    text
}

/// Bytes of one entry hit; what is no text any more is mended into one.
fn blow(text: &str, dice: &mut Dice) -> String {
    let mut bytes = text.as_bytes().to_vec();
    batter(&mut bytes, dice);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Where the values of an entry stand: what is behind a colon, a comma or a bracket, up to the next sign.
fn values(text: &str) -> Vec<std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let begin = at;
        match bytes[at] {
            b'"' => {
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
                if bytes.get(at) != Some(&b':') {
                    found.push(begin..at.min(bytes.len()));
                }
            }
            b'-' | b'0'..=b'9' | b'a'..=b'z' => {
                while at < bytes.len() && !matches!(bytes[at], b',' | b'}' | b']') {
                    at += 1;
                }
                found.push(begin..at);
            }
            _ => at += 1,
        }
    }
    found
}

/// One value of an entry becomes another.
fn token(text: &str, dice: &mut Dice) -> String {
    let values = values(text);
    if values.is_empty() {
        return text.to_owned();
    }
    let at = values[dice.below(values.len())].clone();
    let value = match dice.below(5) {
        0 => NUMBERS[dice.below(NUMBERS.len())].to_owned(),
        1 => format!("\"{}\"", TEXTS[dice.below(TEXTS.len())]),
        2 => format!("\"{}\"", "长<b>".repeat(dice.below(6_000))),
        3 => ["null", "true", "[]", "{}", "[[]]", "\"\"", "0", "-1", "1000000000", "1000000001"][dice.below(10)].to_owned(),
        _ => text[values[dice.below(values.len())].clone()].to_owned(),
    };
    format!("{}{value}{}", &text[..at.start], &text[at.end..])
}

const NUMBERS: [&str; 22] = [
    "1e999",
    "-1e999",
    "1e-999",
    "NaN",
    "Infinity",
    "-Infinity",
    "0.1",
    "1e2",
    "-0",
    "00",
    "0x10",
    "9007199254740992",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "99999999999999999999999999999999999999999999",
    "4294967296",
    "65536",
    "256",
    "+1",
    ".5",
];

const TEXTS: [&str; 20] = [
    "\\ud800",
    "\\udc00\\ud800",
    "\\u0000",
    "\\u202e",
    "\u{202e}",
    "<script>",
    "=1+1",
    "0001-01-01",
    "262143-12-31",
    "-0001-01-01",
    "2026-02-30",
    "2026-11-22T25:61:61",
    "1e999",
    "99999999999999999999.9999",
    "-0.00000000000000000000000000001",
    "79228162514264337593543950336",
    "18446744073709551616.0.0",
    "00000000-0000-0000-0000-000000000000",
    "visit:x",
    "\\x",
];

/// One certain fault in a record. `Either` where it hit what is kept as it is.
fn broken(mut lists: Vec<(Place, Vec<String>)>, dice: &mut Dice) -> (Vec<(Place, Vec<String>)>, Due) {
    let records: Vec<usize> = (0..8).filter(|at| !lists[*at].1.is_empty()).collect();
    let at = records[dice.below(records.len())];
    let place = lists[at].0;
    let entry = dice.below(lists[at].1.len());
    let text = lists[at].1[entry].clone();
    let with = |member: &str| format!("{},{member}}}", text.strip_suffix('}').unwrap());
    let members: Vec<&str> =
        ["\"id\":", "\"envelope\":", "\"rev\":", "\"stamp\":", "\"deleted\":"].into_iter().filter(|key| text.contains(key)).collect();
    let changed = match dice.below(9) {
        // A key that is there twice: one we read, one nobody does, spelt otherwise, in another object.
        0 => {
            let key = members[dice.below(members.len())];
            text.replacen(key, &format!("{key}null,{key}"), 1)
        }
        1 => with("\"extra\":1,\"\\u0065xtra\":1"),
        2 => with("\"extra\":{\"a\":[{\"b\":{\"c\":1,\"c\":1}}]}"),
        3 => with(&format!("\"extra\":{}", ["1e999", "-1e999", "0.5", "9007199254740992", "NaN"][dice.below(5)])),
        4 => {
            let levels = 32 + dice.below(2_000);
            with(&format!("\"extra\":{}{}", "[".repeat(levels), "]".repeat(levels)))
        }
        5 => with(&format!("\"extra\":[{}0]", "0,".repeat(60_000))),
        6 => with(&format!("\"extra\":\"{}\"", "x".repeat(1_000_001))),
        7 => {
            let id = text.clone();
            lists[at].1.push(id);
            text.clone()
        }
        _ => text.replacen(
            "\"rev\":",
            &format!("\"rev\":{},\"was\":", ["-1", "4294967296", "1.5", "\"1\"", "null", "1e999"][dice.below(6)]),
            1,
        ),
    };
    let is_there = place != Place::Unreadable && (changed != text || lists[at].1.len() > entry + 1);
    lists[at].1[entry] = changed;
    (lists, if is_there { Due::Refused } else { Due::Either })
}

/// A header that no app writes, around data that is sound.
fn header_broken(file: &str, dice: &mut Dice) -> Vec<u8> {
    let long = "x".repeat(5_000);
    let (from, to): (&str, String) = match dice.below(12) {
        0 => ("\"version\":1", format!("\"version\":{}", NUMBERS[dice.below(19)])),
        1 => ("\"version\":1", "\"version\":1,\"version\":1".to_owned()),
        2 => ("\"customers\":", "\"customers\":0,\"customers\":".to_owned()),
        3 => ("\"products\":", "\"products\":4294967295,\"was\":".to_owned()),
        4 => ("\"device\":\"", format!("\"device\":\"{long}")),
        5 => ("{\"format\"", format!("{{{}\"format\"", (0..500).map(|at| format!("\"k{at}\":0,")).collect::<String>())),
        6 => ("{\"format\"", format!("{{\"a\":{},\"format\"", "[".repeat(100_000))),
        7 => ("\"sha256\":\"", "\"sha256\":\"0".to_owned()),
        8 => ("\"scope\":\"everything\"", "\"scope\":[\"everything\"]".to_owned()),
        9 => ("\"counts\":{", "\"counts\":[{".to_owned()),
        10 => ("\"data\":{", "\"data\":{},\"data\":{".to_owned()),
        _ => ("\"data\":{", format!("\"data\":{}{{", "{\"customers\":[".repeat(1 + dice.below(100_000)))),
    };
    file.replacen(from, &to, 1).into_bytes()
}

/// Made to take time and memory rather than to be read.
fn monster(dice: &mut Dice) -> String {
    let many = if dice.once_in(20) { 400_000 } else { 20_000 };
    let lists = |name: &str, entry: &dyn Fn(usize) -> String, count: usize| {
        let entries: Vec<String> = (0..count).map(entry).collect();
        let data: Vec<String> = Place::ALL
            .into_iter()
            .map(|place| format!("\"{}\":[{}]", place.name(), if place.name() == name { entries.join(",") } else { String::new() }))
            .collect();
        let counts: Vec<(Place, usize)> =
            Place::ALL.into_iter().map(|place| (place, if place.name() == name { count } else { 0 })).collect();
        file_of(&format!("{{{}}}", data.join(",")), &counts)
    };
    let kind = |dice: &mut Dice| dice.one_of(&["customers", "visits", "orders", "drafts", "unreadable"]);
    match dice.below(10) {
        0 => "[".repeat(many),
        1 => "{\"a\":".repeat(many),
        2 => format!("{{\"format\":\"shelfwise-backup\",\"data\":{}", "[{\"a\":".repeat(many)),
        3 => format!("{{{}\"format\":\"shelfwise-backup\"}}", (0..many).map(|at| format!("\"{at}\":{{}},")).collect::<String>()),
        4 => lists(kind(dice), &|_| "{}".to_owned(), many),
        5 => lists("drafts", &|_| "{\"key\":\"customer:new\",\"draft\":{\"v\":3}}".to_owned(), 2 + dice.below(300)),
        6 => lists(kind(dice), &|at| format!("{{\"v\":3,\"id\":\"{at}\",\"lines\":[{}]}}", "{},".repeat(many / 100)), 3),
        7 => lists(
            "customers",
            &|_| format!("{{\"v\":1,\"x\":{{{}\"y\":0}}}}", (0..many).map(|at| format!("\"{at}\":[],")).collect::<String>()),
            1,
        ),
        8 => lists("visits", &|_| format!("{{\"v\":1,\"lines\":[{}0]}}", "[[0],[0]],".repeat(many)), 1),
        _ => format!("{{\"format\":\"shelfwise-backup\",\"version\":1,\"app_version\":\"{}\"}}", "\\u0041".repeat(many)),
    }
}
