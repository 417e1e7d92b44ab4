//! A block put into a message by a tap: the first of its kind before the closing phrase, the next in its place at the next tap, and out
//! again after the last (D0 45, 46). What else the rep wrote stays as it is.

use super::message::Frame;
use super::placeholder::Fillings;
use super::template::{Block, TemplateFields};

/// The blocks of one kind, filled in; one that stays open is left out.
pub fn options(blocks: &[TemplateFields], kind: Block, fillings: &Fillings) -> Vec<String> {
    let of_kind = blocks.iter().filter(|fields| fields.block == kind && !fields.archived);
    of_kind.map(|fields| fillings.fill(&fields.text)).filter(|text| !text.contains(['{', '}'])).collect()
}

/// Which of `options` stands in `text`.
pub fn standing(text: &str, options: &[String]) -> Option<usize> {
    options.iter().position(|option| !option.is_empty() && text.contains(option.as_str()))
}

/// `text` with the next of `options` in it; without any after the last one, and as it was where there is none.
pub fn turned(text: &str, options: &[String], frame: &Frame) -> String {
    let Some(old) = standing(text, options).and_then(|at| Some((at, options.get(at)?))) else {
        let Some(first) = options.first() else { return text.to_owned() };
        let (before, behind) = text.split_at_checked(tail(text, frame)).unwrap_or((text, ""));
        return joined([before, first, behind], frame);
    };
    let (at, old) = old;
    let next = options.get(at + 1).map_or("", String::as_str);
    match text.split_once(old.as_str()) {
        Some((before, behind)) => joined([before, next, behind], frame),
        None => text.to_owned(),
    }
}

/// Where closing phrase or signature begin, in bytes.
fn tail(text: &str, frame: &Frame) -> usize {
    let signed = format!("{}{}", frame.dash(), frame.signature());
    let marks = [frame.closing.trim().to_owned(), if frame.signature().is_empty() { String::new() } else { signed }];
    marks.iter().filter(|mark| !mark.is_empty()).filter_map(|mark| text.rfind(mark.as_str())).min().unwrap_or(text.len())
}

fn joined(parts: [&str; 3], frame: &Frame) -> String {
    let [before, put, behind] = parts;
    // The dash before a signature brings its own blank.
    let behind = if frame.glue().is_empty() || !behind.starts_with(frame.dash()) { behind.trim_start() } else { behind };
    let mut out = before.trim_end().to_owned();
    for part in [put, behind].into_iter().filter(|part| !part.is_empty()) {
        if !out.is_empty() && !part.starts_with(' ') {
            out.push_str(frame.glue());
        }
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::blocks;
    use crate::domain::message::frame;
    use crate::domain::tongue::Tongue;

    #[test]
    fn taps_go_through_the_blocks_of_a_kind_and_end_where_they_began() {
        for tongue in Tongue::ALL {
            let (frame, own) = (frame(tongue), blocks::own(tongue));
            let options = options(&own, Block::Service, &Fillings::default());
            let start = frame.around(&own.first().unwrap().text);
            let mut text = start.clone();
            for at in 0..options.len() {
                text = turned(&text, &options, &frame);
                assert_eq!(standing(&text, &options), Some(at), "{text}");
                assert!(text.ends_with(&frame.signature()) && text.contains(&frame.closing), "{text}");
                assert!(text.find(&options[at]) < text.find(&frame.closing), "before the closing phrase: {text}");
            }
            assert_eq!(turned(&text, &options, &frame), start);
        }
    }

    #[test]
    fn a_text_of_the_reps_own_gets_the_block_at_its_end_and_keeps_its_words() {
        let frame = frame(Tongue::English);
        let options = vec!["Keep warm.".to_owned()];
        assert_eq!(turned("Hi Lee", &options, &frame), "Hi Lee Keep warm.");
        assert_eq!(turned("Hi - Ann Moss, Green Hill Trading", &options, &frame), "Hi Keep warm. - Ann Moss, Green Hill Trading");
        assert_eq!(turned("", &options, &frame), "Keep warm.");
        assert_eq!(turned("Hi", &[], &frame), "Hi");
    }

    #[test]
    fn a_block_that_stays_open_is_not_offered() {
        let open = options(&blocks::own(Tongue::Chinese), Block::Season, &Fillings::default());
        assert!(open.iter().all(|text| !text.contains('{')), "{open:?}");
        let filled = options(&blocks::own(Tongue::Chinese), Block::Season, &Fillings { day: "春节".into(), ..Fillings::default() });
        assert_eq!(filled.len(), open.len() + 1);
    }
}
