//! The body of a message sentence by sentence: what can be taken out of it, and how much of it still fits. What is taken out is a
//! whole sentence, or the end of a single one behind a comma; a word is never cut.

use super::Edit;
use super::marks::is_shortened;
use super::regions::Regions;
use crate::domain::pairs::is_matter;
use crate::domain::sms;
use crate::domain::tongue::Tongue;
use std::ops::Range;

const ENDS: [char; 8] = ['。', '！', '？', '；', '!', '?', '…', '\n'];
const PAUSES: [char; 5] = ['，', ',', '、', ';', '；'];
/// The marks of a typewriter for those of a printer, which alone halve the room of an English message.
const TYPED: [(char, &str); 10] = [
    ('‘', "'"),
    ('’', "'"),
    ('“', "\""),
    ('”', "\""),
    ('–', "-"),
    ('—', "-"),
    ('…', "..."),
    ('\u{a0}', " "),
    ('\u{202f}', " "),
    ('•', "-"),
];

/// The sentences of the body, with the marks and blanks behind each.
pub(super) fn sentences(text: &str, regions: &Regions) -> Vec<Range<usize>> {
    let gaps = super::gaps::gaps(text);
    // "{a. b}" is one thing.
    let is_inside = |at: usize| gaps.iter().any(|gap| gap.at.start < at && at < gap.at.end);
    let mut found = Vec::new();
    for part in &regions.body {
        let mut from = part.start;
        let mut is_ended = false;
        for (at, c) in text.get(part.clone()).unwrap_or_default().char_indices() {
            let at = part.start + at;
            if is_ended && !is_inside(at) && !is_end(text, at, c) && !c.is_whitespace() && !is_closing_mark(c) {
                found.push(from..at);
                from = at;
                is_ended = false;
            }
            is_ended |= is_end(text, at, c);
        }
        found.push(from..part.end);
    }
    found
}

fn is_end(text: &str, at: usize, c: char) -> bool {
    let is_stop = || {
        let is_last = text.get(at + 1..).and_then(|rest| rest.chars().next()).is_none_or(|next| !next.is_ascii_alphanumeric());
        is_last && !is_shortened(text.get(..at).unwrap_or_default())
    };
    ENDS.contains(&c) || (c == '.' && is_stop())
}

fn is_closing_mark(c: char) -> bool {
    matches!(c, '”' | '’' | '）' | ')' | '"' | '」' | '~' | '～' | '，' | ',' | '.' | '、')
}

/// Takes out the sentence that holds `at`; none where that is no part of the body.
pub(super) fn without(sentences: &[Range<usize>], at: &Range<usize>) -> Option<Edit> {
    let touched = |sentence: &&Range<usize>| sentence.start < at.end && at.start < sentence.end;
    let first = sentences.iter().find(touched)?.start;
    let last = sentences.iter().rev().find(touched)?.end;
    Some(Edit { at: first..last, put: String::new() })
}

/// What brings a text down to `parts` messages: plain marks where they are enough, else sentences from the last, else the end of the only
/// one. None where nothing of the body would be left.
pub(super) fn shortened(text: &str, regions: &Regions, tongue: Tongue, parts: usize) -> Option<Vec<Edit>> {
    let fits = |edits: &[Edit]| sms::size(&super::edited(text, edits)).parts <= parts;
    let plain: Vec<Edit> = match tongue {
        Tongue::English => text.char_indices().filter_map(|(at, c)| typed(at, c)).collect(),
        Tongue::Chinese => Vec::new(),
    };
    if !plain.is_empty() && fits(&plain) {
        return Some(plain);
    }
    let all = sentences(text, regions);
    let kept = |count: usize| -> Vec<Edit> { all.iter().skip(count).map(|at| Edit { at: at.clone(), put: String::new() }).collect() };
    // Fewer sentences never take more room, so the most that fit are found by halving.
    let (mut least, mut most) = (0, all.len());
    while least < most {
        let middle = (least + most).div_ceil(2);
        if fits(&kept(middle)) { least = middle } else { most = middle - 1 }
    }
    let says = |count: usize| all.iter().take(count).any(|at| text.get(at.clone()).is_some_and(|sentence| sentence.chars().any(is_matter)));
    if says(least) {
        return Some(kept(least));
    }
    let first = all.iter().find(|at| text.get((*at).clone()).is_some_and(|sentence| sentence.chars().any(is_matter)))?;
    let stop = match tongue {
        Tongue::Chinese => "。",
        Tongue::English => ". ",
    };
    let cut = |from: usize| -> Vec<Edit> {
        let end = Edit { at: from..first.end, put: stop.to_owned() };
        let others = all.iter().filter(|at| *at != first).map(|at| Edit { at: at.clone(), put: String::new() });
        let mut edits: Vec<Edit> = others.chain([end]).collect();
        edits.sort_by_key(|edit| edit.at.start);
        edits
    };
    let sentence = text.get(first.clone())?;
    let pauses: Vec<usize> = sentence.match_indices(PAUSES).map(|(at, _)| first.start + at).collect();
    let says = |end: usize| text.get(first.start..end).is_some_and(|begun| begun.chars().any(is_matter));
    let within = pauses.partition_point(|at| fits(&cut(*at)));
    pauses.get(..within)?.last().filter(|at| says(**at)).map(|at| cut(*at))
}

fn typed(at: usize, c: char) -> Option<Edit> {
    let (_, put) = TYPED.iter().find(|(printed, _)| *printed == c)?;
    Some(Edit { at: at..at + c.len_utf8(), put: (*put).to_owned() })
}

#[cfg(test)]
mod tests {
    use super::super::edited;
    use super::super::regions::regions;
    use super::*;
    use crate::domain::message::frame;

    fn of(text: &str, tongue: Tongue) -> Vec<&str> {
        sentences(text, &regions(text, &frame(tongue))).into_iter().map(|at| text.get(at).unwrap()).collect()
    }

    #[test]
    fn sentences_keep_their_marks() {
        assert_eq!(of("王总，您好！天冷了。“多穿点！”真的？！好", Tongue::Chinese), vec!["天冷了。", "“多穿点！”", "真的？！", "好"]);
        assert_eq!(
            of("Hello Mr Lee, see Mr. Wu at 8 a.m. on Friday. Is 2.5 ok? Yes", Tongue::English),
            vec!["see Mr. Wu at 8 a.m. on Friday. ", "Is 2.5 ok? ", "Yes"]
        );
    }

    #[test]
    fn a_long_text_loses_its_last_sentences_and_then_the_end_of_the_first() {
        let frame = frame(Tongue::Chinese);
        let short = |body: &str| {
            let text = frame.around(body);
            shortened(&text, &regions(&text, &frame), Tongue::Chinese, 1).map(|edits| edited(&text, &edits))
        };
        assert_eq!(short(&format!("天冷了。{}。", "长".repeat(60))), Some(frame.around("天冷了。")));
        assert_eq!(short(&format!("天冷了，多穿点，{}。", "长".repeat(60))), Some(frame.around("天冷了，多穿点。")));
        assert_eq!(short(&"长".repeat(60)), None, "a word is not cut");
    }

    #[test]
    fn printed_marks_alone_are_typed_plain() {
        let frame = frame(Tongue::English);
        let text = frame.around("We’re here all week – have a good one.");
        let edits = shortened(&text, &regions(&text, &frame), Tongue::English, 1).unwrap();
        assert_eq!(edited(&text, &edits), frame.around("We're here all week - have a good one."));
    }
}
