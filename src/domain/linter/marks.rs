//! Punctuation: marks set twice, marks of the other language's width (D0 40). A mend changes marks and blanks only, never a word.

use super::Edit;
use crate::domain::pairs::is_matter;
use crate::domain::tongue::{Tongue, is_han};
use std::ops::Range;

/// Marks that end or part something said.
pub(super) const MARKS: [char; 16] = ['，', '。', '！', '？', '；', '：', '、', ',', '.', '!', '?', ';', ':', '…', '~', '～'];
/// The heaviest first: of a run that one stays.
const WEIGHT: [char; 16] = ['？', '?', '！', '!', '。', '.', '；', ';', '：', ':', '…', '，', ',', '、', '～', '~'];
const WIDTHS: [(char, char); 8] = [(',', '，'), ('.', '。'), ('!', '！'), ('?', '？'), (';', '；'), (':', '：'), ('(', '（'), (')', '）')];
/// After these a full stop is the word's own: "Co., Ltd.", "at 8 a.m., if".
const SHORTENED: [&str; 14] = ["co", "ltd", "inc", "corp", "etc", "jr", "sr", "mr", "mrs", "ms", "dr", "st", "no", "m"];

/// Runs of marks of which one is enough, and what is left of each.
pub(super) fn doubled(text: &str, tongue: Tongue) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (MARKS.contains(&c), from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                let run = text.get(start..at).unwrap_or_default();
                let before = text.get(..start).unwrap_or_default();
                if let Some(one) = single(run, before, tongue).filter(|one| one != run) {
                    found.push((start..at, one));
                }
                from = None;
            }
            _ => {}
        }
    }
    found
}

/// What is left of a run; none where it is sound.
fn single(run: &str, before: &str, tongue: Tongue) -> Option<String> {
    let count = run.chars().count();
    let is_all = |mark: char| run.chars().all(|c| c == mark);
    if count < 2 || matches!(run, "？！" | "?!") || (run.starts_with('.') && count == 2 && !is_all('.') && is_shortened(before)) {
        return None;
    }
    let one = match tongue {
        Tongue::Chinese if is_all('…') || (is_all('.') && count > 2) => "……",
        Tongue::English if is_all('.') && count > 2 => "...",
        _ => return WEIGHT.into_iter().find(|mark| run.contains(*mark)).map(String::from),
    };
    Some(one.to_owned())
}

/// The word that ends here is one that takes a full stop, or has one inside.
pub(super) fn is_shortened(before: &str) -> bool {
    let word = before.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).next().unwrap_or_default();
    word.contains('.') || SHORTENED.contains(&word.to_lowercase().as_str())
}

/// Marks of the wrong width, each with what puts it right.
pub(super) fn mixed(text: &str, tongue: Tongue) -> Vec<(Range<usize>, Vec<Edit>)> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (place, (at, c)) in letters.iter().enumerate() {
        match c {
            '(' | '（' => open = Some((place, *at)),
            ')' | '）' => {
                if let Some((from, start)) = open.take() {
                    found.extend(brackets(text, &letters, (from, start), (place, *at), tongue));
                }
            }
            _ if !is_wrong(&letters, place, *c, tongue) => {}
            _ => {
                let edit = turned(text, *at, *c, tongue);
                found.push((*at..*at + c.len_utf8(), vec![edit]));
            }
        }
    }
    // A bracket is found when it closes.
    found.sort_by_key(|(at, _)| at.start);
    found
}

fn is_wrong(letters: &[(usize, char)], place: usize, c: char, tongue: Tongue) -> bool {
    let beside = |step: isize| place.checked_add_signed(step).and_then(|at| letters.get(at)).map(|(_, c)| *c);
    let is_small = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    match (tongue, c) {
        (Tongue::English, c) => c == '、' || WIDTHS.iter().any(|(_, wide)| *wide == c),
        (Tongue::Chinese, '.') => {
            let is_run = beside(-1) == Some('.') || beside(1) == Some('.');
            !is_run && !is_small(beside(1)) && before(letters, place).is_some_and(is_han)
        }
        (Tongue::Chinese, ',' | '!' | '?' | ';' | ':') => {
            let is_inside = is_small(beside(-1)) && is_small(beside(1));
            !is_inside && (before(letters, place).is_some_and(is_han) || after(letters, place).is_some_and(is_han))
        }
        _ => false,
    }
}

/// The nearest character before that is neither mark nor blank.
fn before(letters: &[(usize, char)], place: usize) -> Option<char> {
    letters.get(..place)?.iter().rev().map(|(_, c)| *c).find(|c| !c.is_whitespace() && !MARKS.contains(c))
}

fn after(letters: &[(usize, char)], place: usize) -> Option<char> {
    letters.get(place + 1..)?.iter().map(|(_, c)| *c).find(|c| !c.is_whitespace() && !MARKS.contains(c))
}

/// A pair of brackets of two widths, or of the wrong one.
fn brackets(
    text: &str,
    letters: &[(usize, char)],
    (from, start): (usize, usize),
    (to, end): (usize, usize),
    tongue: Tongue,
) -> Option<(Range<usize>, Vec<Edit>)> {
    let (open, close) = (letters.get(from)?.1, letters.get(to)?.1);
    let is_wrong = match tongue {
        Tongue::English => open == '（' || close == '）',
        Tongue::Chinese => {
            let beside = [before(letters, from), after(letters, from), before(letters, to), after(letters, to)];
            let is_chinese = open == '（' || close == '）' || beside.into_iter().flatten().any(is_han);
            is_chinese && (open == '(' || close == ')')
        }
    };
    let edits = [(start, open), (end, close)].into_iter().filter_map(|(at, c)| {
        let put = bracket(c, tongue);
        (put != c).then(|| Edit { at: at..at + c.len_utf8(), put: put.to_string() })
    });
    let whole = start..end + close.len_utf8();
    (is_wrong && text.get(whole.clone()).is_some()).then(|| (whole, edits.collect()))
}

fn bracket(c: char, tongue: Tongue) -> char {
    let pair = WIDTHS.iter().find(|(half, wide)| *half == c || *wide == c);
    pair.map_or(c, |(half, wide)| if tongue == Tongue::Chinese { *wide } else { *half })
}

/// The mark in its own language's width; Chinese marks take no blank behind them, English ones do.
fn turned(text: &str, at: usize, c: char, tongue: Tongue) -> Edit {
    let end = at + c.len_utf8();
    let rest = text.get(end..).unwrap_or_default();
    match tongue {
        Tongue::Chinese => {
            let blanks = rest.len() - rest.trim_start_matches(' ').len();
            Edit { at: at..end + blanks, put: bracket(c, tongue).to_string() }
        }
        Tongue::English => {
            let half = if c == '、' { ',' } else { bracket(c, tongue) };
            let blank = if rest.chars().next().is_some_and(is_matter) { " " } else { "" };
            Edit { at: at..end, put: format!("{half}{blank}") }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Tongue::{Chinese, English};

    fn undoubled(text: &str, tongue: Tongue) -> String {
        let edits = doubled(text, tongue).into_iter().map(|(at, put)| Edit { at, put }).collect::<Vec<_>>();
        super::super::edited(text, &edits)
    }

    fn unmixed(text: &str, tongue: Tongue) -> String {
        let edits = mixed(text, tongue).into_iter().flat_map(|(_, edits)| edits).collect::<Vec<_>>();
        super::super::edited(text, &edits)
    }

    #[test]
    fn a_run_of_marks_becomes_its_heaviest() {
        for (text, tongue, left) in [
            ("您好！！", Chinese, "您好！"),
            ("好。。走", Chinese, "好。走"),
            ("好，。走", Chinese, "好。走"),
            ("真的？！", Chinese, "真的？！"),
            ("等等……", Chinese, "等等……"),
            ("等等………", Chinese, "等等……"),
            ("等等...", Chinese, "等等……"),
            ("好~~", Chinese, "好~"),
            ("Well... ok!!", English, "Well... ok!"),
            ("Well.... ok,,", English, "Well... ok,"),
            ("Moss Co., Ltd., at 8 a.m., ok.,", English, "Moss Co., Ltd., at 8 a.m., ok."),
            ("8:30, 3,000.50", English, "8:30, 3,000.50"),
        ] {
            assert_eq!(undoubled(text, tongue), left);
            assert_eq!(undoubled(left, tongue), left);
        }
    }

    #[test]
    fn marks_take_the_width_of_their_language() {
        for (text, tongue, left) in [
            ("王总,您好!货到了.", Chinese, "王总，您好！货到了。"),
            ("8:30到, 3,000元", Chinese, "8:30到，3,000元"),
            ("时间:8点;好?", Chinese, "时间：8点；好？"),
            ("新品(3款)到了（A)", Chinese, "新品（3款）到了（A）"),
            ("OK, see you (A).", Chinese, "OK, see you (A)."),
            ("v2.0版", Chinese, "v2.0版"),
            ("Hello Mr Li，we are here！（ok）", English, "Hello Mr Li, we are here!(ok)"),
        ] {
            assert_eq!(unmixed(text, tongue), left);
            assert_eq!(unmixed(left, tongue), left);
        }
    }
}
