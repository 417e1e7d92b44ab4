//! Where a text that somebody wrote has its salutation, closing phrase and signature, and what is left: the body. Compared by what is
//! said, so that "王总,您好!" is the salutation with wrong marks, not a missing one. Regions never overlap.

use crate::domain::message::Frame;
use crate::domain::pairs::{folded, is_matter, matter};
use crate::domain::tongue::Tongue;
use std::ops::Range;

/// The regions of a text, in bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Regions {
    pub salutation: Option<Range<usize>>,
    /// Another person's, left over from a copied text; only where the right one is missing.
    pub wrong_salutation: Option<Range<usize>>,
    pub closing: Option<Range<usize>>,
    pub signature: Option<Range<usize>>,
    /// The name or the company alone at the end; only where the whole signature is missing.
    pub half_signature: Option<Range<usize>>,
    /// The rest: before and after the closing phrase.
    pub body: Vec<Range<usize>>,
}

/// A character that says something, and where it stands.
#[derive(Clone, Copy)]
struct Said {
    c: char,
    from: usize,
    to: usize,
}

const HELLO: [&str; 14] =
    ["您好", "你好", "早上好", "上午好", "中午好", "下午好", "晚上好", "早安", "晚安", "周末好", "节日好", "新年好", "过年好", "好"];
const BEFORE: [&str; 9] = ["Dear", "Hello", "Hi", "Hey", "Good morning", "Good afternoon", "Good evening", "尊敬的", "亲爱的"];
/// A salutation of a person unknown to us has at most so many characters before its 您好.
const NAME_MAX: usize = 12;
const ENDS: &[char] = &['。', '！', '？', '；', '!', '?', ';', '\n'];

pub(super) fn regions(text: &str, frame: &Frame) -> Regions {
    let said: Vec<Said> =
        text.char_indices().filter(|(_, c)| is_matter(*c)).map(|(from, c)| Said { c: folded(c), from, to: from + c.len_utf8() }).collect();
    let salutation = salutation(text, &said, frame);
    let head = salutation.as_ref().map_or(0, |region| region.end);
    let signature = last(text, &said, &frame.signature(), head);
    let half = || [&frame.name, &frame.company].into_iter().find_map(|half| last(text, &said, half, head));
    let half_signature = if signature.is_none() { half() } else { None };
    let tail = signature.as_ref().or(half_signature.as_ref()).map_or(text.len(), |region| region.start);
    let closing = anywhere(text, &said, &frame.closing, head..tail);
    // A greeting without a mark does not reach into what is ours.
    let reach = closing.as_ref().map_or(tail, |region| region.start);
    let wrong_salutation =
        if salutation.is_none() { foreign(text, &said, frame.tongue).filter(|region| region.end <= reach) } else { None };
    let head = wrong_salutation.as_ref().map_or(head, |region| region.end);
    let (to, from) = closing.as_ref().map_or((tail, tail), |closing| (closing.start, closing.end));
    let body = [head..to, from..tail];
    let body = body.into_iter().filter(|part| text.get(part.clone()).is_some_and(|part| !part.trim().is_empty())).collect();
    Regions { salutation, wrong_salutation, closing, signature, half_signature, body }
}

impl Regions {
    /// Bytes that stand for the frame, without what is only nearly right.
    pub fn framed(&self) -> impl Iterator<Item = &Range<usize>> {
        [&self.salutation, &self.closing, &self.signature].into_iter().flatten()
    }
}

fn begins(said: &[Said], pattern: &[char]) -> bool {
    said.len() >= pattern.len() && said.iter().zip(pattern).all(|(said, c)| said.c == *c)
}

/// At the start: who is addressed, with a greeting before or behind. Where nobody is known, a greeting is enough.
fn salutation(text: &str, said: &[Said], frame: &Frame) -> Option<Range<usize>> {
    let own = frame.salutation();
    if text.starts_with(&own) {
        return Some(0..past_marks(text, own.len()));
    }
    // What stands before the first word was left over.
    if !text.get(..said.first()?.from)?.chars().all(is_pause) {
        return None;
    }
    let address = matter(&frame.address);
    let before = BEFORE.iter().chain(&HELLO).map(|word| matter(word)).filter(|word| begins(said, word)).map(|word| word.len());
    [0].into_iter().chain(before).find_map(|skipped| {
        if address.is_empty() {
            let end = said.get(skipped.checked_sub(1)?)?.to;
            return is_parted(text, end).then(|| 0..past_marks(text, end));
        }
        let rest = said.get(skipped..).filter(|rest| begins(rest, &address))?;
        let end = rest.get(address.len() - 1)?.to;
        let behind = rest.get(address.len()..).unwrap_or_default();
        let hello = HELLO.iter().map(|word| matter(word)).find(|word| begins(behind, word) && ends_hello(text, behind, word.len()));
        let end = match hello {
            Some(hello) => behind.get(hello.len() - 1)?.to,
            // 王总监 is not 王总.
            None if !is_parted(text, end) => return None,
            None => end,
        };
        Some(0..past_marks(text, end))
    })
}

/// 好 alone begins many words: as a greeting a mark follows it.
fn ends_hello(text: &str, behind: &[Said], length: usize) -> bool {
    behind.get(length - 1).is_some_and(|last| length > 1 || is_parted(text, last.to))
}

/// What follows is no part of the word before.
fn is_parted(text: &str, end: usize) -> bool {
    text.get(end..).and_then(|rest| rest.chars().next()).is_none_or(is_pause)
}

/// A mark, a blank or a dash; a brace is what was left open.
fn is_pause(c: char) -> bool {
    c.is_whitespace() || super::marks::MARKS.contains(&c) || matches!(c, '-' | '–' | '—' | '(' | '（')
}

/// "李总，您好！", "Dear Mr Lee,": somebody is greeted at the start.
fn foreign(text: &str, said: &[Said], tongue: Tongue) -> Option<Range<usize>> {
    let end = match tongue {
        Tongue::Chinese => {
            let (at, hello) = (0..said.len().min(NAME_MAX)).find_map(|at| {
                let rest = said.get(at..)?;
                let hello = HELLO.iter().map(|word| matter(word)).find(|word| begins(rest, word))?;
                Some((at, hello))
            })?;
            let behind = said.get(at..)?;
            let last = behind.get(hello.len() - 1)?;
            // A greeting of its own ends with a mark; within a sentence it is said to nobody.
            (hello.len() > 1 || at <= 4).then_some(last.to).filter(|end| is_parted(text, *end))?
        }
        Tongue::English => {
            let first = BEFORE.iter().map(|word| matter(word)).find(|word| begins(said, word))?;
            let begun = said.get(first.len() - 1)?.to;
            if !is_parted(text, begun) {
                return None;
            }
            let rest = text.get(begun..)?;
            let is_end = |at: &usize, mark: &str| mark != "." || !super::marks::is_shortened(rest.get(..*at).unwrap_or_default());
            let (mark, _) = rest.match_indices([',', '!', '\n', '，', '！', '.', '?']).find(|(at, mark)| is_end(at, mark))?;
            (rest.get(..mark)?.chars().count() <= 40).then_some(begun + mark)?
        }
    };
    let region = 0..past_marks(text, end);
    // Only one sentence's worth: "天冷了。您好…" greets nobody.
    let inside = text.get(..end)?;
    (!inside.trim_end_matches(ENDS).contains(ENDS)).then_some(region)
}

/// The last words, with the dash before them; nothing before `head`.
fn last(text: &str, said: &[Said], pattern: &str, head: usize) -> Option<Range<usize>> {
    let own = text.len().checked_sub(pattern.len()).filter(|at| *at >= head && text.ends_with(pattern));
    let pattern = matter(pattern);
    let start = said.len().checked_sub(pattern.len()).filter(|_| !pattern.is_empty())?;
    let found = said.get(start..).filter(|found| begins(found, &pattern))?;
    let from = own.unwrap_or(found.first()?.from);
    let before = text.get(head..from)?;
    let is_lead = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '―' | '－' | '~' | '～' | '(' | '（' | '[' | '【' | '「');
    let lead = head + before.trim_end_matches(is_lead).len();
    // Li is not the end of Ali.
    let is_word = lead < from || !found.first()?.c.is_ascii_alphanumeric() || !before.ends_with(|c: char| c.is_ascii_alphanumeric());
    is_word.then_some(lead..text.len())
}

/// A phrase with the mark behind it, the last of its places.
fn anywhere(text: &str, said: &[Said], pattern: &str, within: Range<usize>) -> Option<Range<usize>> {
    let own = pattern.trim();
    let pattern = matter(pattern);
    if pattern.is_empty() {
        return None;
    }
    if let Some(at) = text.get(within.clone()).and_then(|inside| inside.rfind(own)) {
        let from = within.start + at;
        return Some(from..past_marks(text, from + own.len()).min(within.end));
    }
    let from = said.partition_point(|said| said.from < within.start);
    let to = said.partition_point(|said| said.to <= within.end);
    let inside = said.get(from..to)?;
    let found = (0..inside.len()).rev().filter_map(|at| inside.get(at..)).find(|rest| begins(rest, &pattern))?;
    let end = past_marks(text, found.get(pattern.len() - 1)?.to).min(within.end);
    Some(found.first()?.from..end)
}

/// Behind the sentence marks and blanks that follow.
fn past_marks(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    let is_mark = |c: char| c.is_whitespace() || super::marks::MARKS.contains(&c);
    end + (rest.len() - rest.trim_start_matches(is_mark).len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message::frame;
    use proptest::prelude::*;

    fn parts(text: &str, frame: &Frame) -> (String, String, String, Vec<String>) {
        let found = regions(text, frame);
        let of = |region: Option<Range<usize>>| region.map_or_else(String::new, |region| text.get(region).unwrap().to_owned());
        let body = found.body.iter().map(|part| text.get(part.clone()).unwrap().to_owned()).collect();
        (of(found.salutation), of(found.closing), of(found.signature), body)
    }

    #[test]
    fn what_the_frame_writes_is_found_again() {
        for tongue in Tongue::ALL {
            let frame = frame(tongue);
            let found = regions(&frame.around("周末愉快。"), &frame);
            assert!(found.salutation.is_some() && found.closing.is_some() && found.signature.is_some(), "{found:?}");
            assert_eq!(found.body.len(), 1);
        }
    }

    #[test]
    fn wrong_marks_and_other_greetings_are_salutations_all_the_same() {
        let frame = frame(Tongue::Chinese);
        for (text, found) in [
            ("王总,您好!货到了", "王总,您好!"),
            ("王总好！货到了", "王总好！"),
            ("尊敬的王总：货到了", "尊敬的王总："),
            ("您好，王总！货到了", "您好，王总！"),
            ("王总 下午好。货到了", "王总 下午好。"),
            ("王总，货到了", "王总，"),
            ("王总监，您好！", ""),
            ("王总好像说过货到了", ""),
            ("货到了，王总", ""),
            ("", ""),
        ] {
            assert_eq!(parts(text, &frame).0, found, "{text}");
        }
        let english = crate::domain::message::frame(Tongue::English);
        for (text, found) in
            [("Dear Mr Lee, we", "Dear Mr Lee, "), ("Good morning Mr. Lee! We", "Good morning Mr. Lee! "), ("Mr Leeds, we", "")]
        {
            assert_eq!(parts(text, &english).0, found, "{text}");
        }
        let nobody = Frame { address: String::new(), ..frame };
        assert_eq!(parts("您好！货到了", &nobody).0, "您好！");
        assert_eq!(parts("货到了", &nobody).0, "");
    }

    #[test]
    fn a_salutation_to_another_is_seen() {
        let frame = frame(Tongue::Chinese);
        let wrong = |text: &str| regions(text, &frame).wrong_salutation.map(|region| text.get(region).unwrap().to_owned());
        assert_eq!(wrong("李老板，您好！货到了").as_deref(), Some("李老板，您好！"));
        assert_eq!(wrong("王总监，您好！货到了").as_deref(), Some("王总监，您好！"));
        assert_eq!(wrong("{称呼}，您好！货到了").as_deref(), Some("{称呼}，您好！"));
        assert_eq!(wrong("天冷了。您好好休息"), None);
        assert_eq!(wrong("货到了"), None);
        let english = crate::domain::message::frame(Tongue::English);
        let text = "Dear Mrs Wu, we";
        assert_eq!(
            regions(text, &english).wrong_salutation.map(|region| text.get(region).unwrap().to_owned()).as_deref(),
            Some("Dear Mrs Wu, ")
        );
        assert_eq!(regions("High time, we", &english).wrong_salutation, None);
    }

    #[test]
    fn name_or_company_alone_are_half_a_signature() {
        let frame = frame(Tongue::Chinese);
        let half = |text: &str| regions(text, &frame).half_signature.map(|region| text.get(region).unwrap().to_owned());
        assert_eq!(half("王总，货到了。李明").as_deref(), Some("李明"));
        assert_eq!(half("王总，货到了。——青山商贸").as_deref(), Some("——青山商贸"));
        assert_eq!(half("王总，货到了。青山商贸李明"), None);
    }

    proptest! {
        #[test]
        fn regions_lie_on_characters_in_order_and_never_overlap(text in "(王总|李总|您好|好|[，！。,—]|青山商贸|李明|有事您随时打我电话我马上办|😀|a ){0,14}", address in "王总|您好||好|李明|[，！]") {
            let frame = Frame { address, ..frame(Tongue::Chinese) };
            let found = regions(&text, &frame);
            let mut all: Vec<Range<usize>> = found.framed().chain(&found.wrong_salutation).chain(&found.half_signature).chain(&found.body).cloned().collect();
            all.sort_by_key(|region| (region.start, region.end));
            let mut at = 0;
            for region in all {
                prop_assert!(region.start >= at && text.get(region.clone()).is_some());
                at = region.end;
            }
        }

        #[test]
        fn no_text_is_too_odd(text in "\\PC{0,120}", address in "\\PC{0,6}", name in "\\PC{0,6}") {
            for tongue in Tongue::ALL {
                let frame = Frame { address: address.clone(), name: name.clone(), ..frame(tongue) };
                let found = regions(&frame.around(&text), &frame);
                prop_assert!(found.salutation.is_some(), "{:?}", frame.around(&text));
            }
        }
    }
}
