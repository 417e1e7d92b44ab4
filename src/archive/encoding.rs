//! Which encoding a file's bytes are in. The browser decodes; this names the decoder, or refuses with a reason: what is no text is
//! never decoded into rubbish that looks like a list.

use super::sheet::{FileProblem, MAX_BYTES};
use serde::{Deserialize, Serialize};

/// The encodings that spreadsheets and Chinese business programs write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// Chinese Windows; GBK and GB2312 are parts of it.
    Gb18030,
}

impl Encoding {
    /// The name by which a browser's `TextDecoder` knows it.
    pub fn label(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Gb18030 => "gb18030",
        }
    }
}

/// The encoding of a file, from its bytes alone. A character cut off at the end does not matter.
pub fn sniff(bytes: &[u8]) -> Result<Encoding, FileProblem> {
    if bytes.len() > MAX_BYTES {
        return Err(FileProblem::TooLarge);
    }
    if bytes.is_empty() {
        return Err(FileProblem::Empty);
    }
    let begins = |marks: &[&[u8]]| marks.iter().any(|mark| bytes.starts_with(mark));
    if begins(OFFICE) || is_markup(bytes) {
        return Err(FileProblem::Spreadsheet);
    }
    if begins(BINARY) {
        return Err(FileProblem::NotText);
    }
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Ok(Encoding::Utf8),
        [0xFF, 0xFE, ..] => Ok(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => Ok(Encoding::Utf16Be),
        [0x84, 0x31, 0x95, 0x33, ..] => Ok(Encoding::Gb18030),
        _ if bytes.contains(&0) => utf16(bytes).ok_or(FileProblem::NotText),
        _ => match std::str::from_utf8(bytes) {
            Ok(_) => Ok(Encoding::Utf8),
            Err(problem) if problem.error_len().is_none() && problem.valid_up_to() > 0 => Ok(Encoding::Utf8),
            Err(_) if is_chinese(bytes) => Ok(Encoding::Gb18030),
            Err(_) => Err(FileProblem::NotText),
        },
    }
}

/// Whether a decoded text shows that it was in another encoding after all, or broken before it came here.
pub fn looks_garbled(text: &str) -> bool {
    text.contains(char::REPLACEMENT_CHARACTER)
}

/// Excel since 2007 (a zip) and before.
const OFFICE: &[&[u8]] = &[b"PK\x03\x04", b"PK\x05\x06", b"\xD0\xCF\x11\xE0"];

/// PDF, gzip, 7-Zip, RAR, PNG, JPEG. Most other binary files are known by their zero bytes.
const BINARY: &[&[u8]] = &[b"%PDF", b"\x1F\x8B", b"7z\xBC\xAF", b"Rar!", b"\x89PNG", b"\xFF\xD8\xFF"];

/// The web page or XML workbook that many programs write under the name of a spreadsheet.
fn is_markup(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let begins = |mark: &str| text.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark.as_bytes()));
    ["<?xml", "<!doctype", "<html", "<head", "<meta", "<table", "<style"].into_iter().any(begins)
}

/// UTF-16 without its mark, by the order of bytes in which it holds commas and line ends. Counting zeros at even and at odd places is
/// not enough: 一 (U+4E00) has its zero where a comma has none.
fn utf16(bytes: &[u8]) -> Option<Encoding> {
    let little = (utf16_marks(bytes, u16::from_le_bytes), Encoding::Utf16Le);
    let big = (utf16_marks(bytes, u16::from_be_bytes), Encoding::Utf16Be);
    let (marks, encoding) = if little.0 > big.0 { little } else { big };
    (marks > 0).then_some(encoding)
}

/// Commas, line ends and the like in the beginning of a file; 0 where it is no usual text.
fn utf16_marks(bytes: &[u8], read: fn([u8; 2]) -> u16) -> usize {
    const SAMPLE: usize = 4096;
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let units = sample.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok()).map(read);
    let (mut characters, mut usual, mut marks) = (0, 0, 0);
    for decoded in char::decode_utf16(units) {
        // The sample may end inside a character, so a broken one is no more than an unusual one.
        let c = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
        if c == '\0' {
            return 0;
        }
        characters += 1;
        usual += usize::from(is_usual(c));
        marks += usize::from(matches!(c, '\r' | '\n' | '\t' | ',' | ';'));
    }
    if usual * 10 >= characters * 9 { marks } else { 0 }
}

/// Latin with its signs, general punctuation, kana and Chinese, Korean, full width.
fn is_usual(c: char) -> bool {
    matches!(c, '\t' | '\r' | '\n' | ' '..='\u{24F}' | '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF00}'..='\u{FFEF}')
}

/// Whether bytes that are not UTF-8 are GB18030: every sequence has its form, and four of five pairs are in the part that GB2312 has
/// had since 1980. The second keeps out Western and Japanese Windows and Big5, whose letters fall on pairs nobody writes.
fn is_chinese(bytes: &[u8]) -> bool {
    let (mut pairs, mut everyday) = (0_usize, 0_usize);
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => break,
            [b'\t' | b'\n' | 0x0C | b'\r' | 0x1A | b' '..=0x7F, rest @ ..] => rest,
            [0x81..=0xFE, b'0'..=b'9', 0x81..=0xFE, b'0'..=b'9', rest @ ..] => rest,
            [lead @ 0x81..=0xFE, trail @ (0x40..=0x7E | 0x80..=0xFE), rest @ ..] => {
                pairs += 1;
                everyday += usize::from(*lead <= 0xF7 && *lead >= 0xA1 && *trail >= 0xA1);
                rest
            }
            // Cut off at the end.
            [0x81..=0xFE] | [0x81..=0xFE, b'0'..=b'9'] | [0x81..=0xFE, b'0'..=b'9', 0x81..=0xFE] => break,
            _ => return false,
        };
    }
    everyday * 5 >= pairs * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "名称,编码\r\n惠民一店,C1\r\n";
    /// [`TEXT`] in GBK.
    const GBK: &[u8] = b"\xC3\xFB\xB3\xC6,\xB1\xE0\xC2\xEB\r\n\xBB\xDD\xC3\xF1\xD2\xBB\xB5\xEA,C1\r\n";

    fn utf16_bytes(text: &str, write: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(write).collect()
    }

    #[test]
    fn marks_at_the_start_are_believed() {
        assert_eq!(sniff(format!("\u{feff}{TEXT}").as_bytes()), Ok(Encoding::Utf8));
        assert_eq!(sniff(&utf16_bytes(&format!("\u{feff}{TEXT}"), u16::to_le_bytes)), Ok(Encoding::Utf16Le));
        assert_eq!(sniff(&utf16_bytes(&format!("\u{feff}{TEXT}"), u16::to_be_bytes)), Ok(Encoding::Utf16Be));
        assert_eq!(sniff(b"\x84\x31\x95\x33\xC3\xFB"), Ok(Encoding::Gb18030));
    }

    #[test]
    fn utf16_without_a_mark_is_known_by_its_zeros() {
        for text in [TEXT, "name,code\na,1\n", "一一一一一,一\r\n"] {
            assert_eq!(sniff(&utf16_bytes(text, u16::to_le_bytes)), Ok(Encoding::Utf16Le), "{text}");
            assert_eq!(sniff(&utf16_bytes(text, u16::to_be_bytes)), Ok(Encoding::Utf16Be), "{text}");
        }
        assert_eq!(sniff(&utf16_bytes(&TEXT.repeat(1000), u16::to_le_bytes)), Ok(Encoding::Utf16Le));
    }

    #[test]
    fn utf8_may_be_cut_inside_its_last_character() {
        let bytes = TEXT.trim_end().trim_end_matches(",C1").as_bytes();
        for cut in 0..3 {
            assert_eq!(sniff(&bytes[..bytes.len() - cut]), Ok(Encoding::Utf8));
        }
        assert_eq!(sniff(b"name,code\n"), Ok(Encoding::Utf8));
    }

    #[test]
    fn chinese_windows_is_known_cut_or_with_rare_characters() {
        assert_eq!(sniff(GBK), Ok(Encoding::Gb18030));
        assert_eq!(sniff(&GBK[..GBK.len() - 5]), Ok(Encoding::Gb18030));
        // 喆 is outside GB2312, 𠮷 is four bytes.
        assert_eq!(sniff(&[GBK, b"\x86\xB4,\x95\x34\xB2\x35\r\n"].concat()), Ok(Encoding::Gb18030));
        assert_eq!(sniff(&[GBK, b"\x1A"].concat()), Ok(Encoding::Gb18030));
    }

    #[test]
    fn other_old_encodings_are_refused_and_not_garbled() {
        let western = b"name,town\nM\xFCller,K\xF6ln\nCaf\xE9,Z\xFCrich\n";
        let big5 = b"\xAB\xC8\xA4\xE1\xA6W\xBA\xD9,\xC1p\xB5\xB8\xB9q\xB8\xDC\n";
        let shift_jis = b"\x96\xBC\x91O,\x83R\x81[\x83h\n";
        for bytes in [western.as_slice(), big5, shift_jis, b"\x01\x02\x80\xFF"] {
            assert_eq!(sniff(bytes), Err(FileProblem::NotText));
        }
    }

    #[test]
    fn a_workbook_under_another_name_says_so() {
        for bytes in [
            b"PK\x03\x04\x14\0\x06\0".as_slice(),
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            b"<html xmlns:x=\"excel\"><table>",
            b"\xEF\xBB\xBF\r\n<?XML version",
        ] {
            assert_eq!(sniff(bytes), Err(FileProblem::Spreadsheet));
        }
        assert_eq!(sniff(b"<img src=x onerror=alert(1)>,code\n"), Ok(Encoding::Utf8));
    }

    #[test]
    fn what_is_no_text_says_so() {
        for bytes in
            [b"%PDF-1.7\n".as_slice(), b"\x1F\x8B\x08abc", b"\x89PNG\r\n", b"\x7FELF\x02\x01\x01\0\0\0\0\0", b"a,b\n1,\0\0\n", b"\0"]
        {
            assert_eq!(sniff(bytes), Err(FileProblem::NotText), "{bytes:?}");
        }
        assert_eq!(sniff(b""), Err(FileProblem::Empty));
        assert_eq!(sniff(&vec![b'x'; MAX_BYTES + 1]), Err(FileProblem::TooLarge));
    }

    #[test]
    fn a_replaced_character_is_a_garbled_text() {
        assert!(looks_garbled("惠\u{fffd}店"));
        assert!(!looks_garbled(TEXT));
    }
}
