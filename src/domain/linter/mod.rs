//! What is wrong with a message before it goes out, found as it is written, each fault with a mend of one tap where there is one
//! (D0 39-45). A mend takes its fault away for certain; when all are done there is none left to mend, and mending again changes nothing.
//!
//! `regions` finds salutation, closing and signature, `marks` punctuation, `gaps` placeholders, `asks` products and quantities,
//! `sentences` what can go. What a message is compared with is [`super::pairs`].

mod asks;
mod gaps;
mod marks;
mod regions;
mod sentences;

use super::id::CustomerId;
use super::message::{Frame, one_line, says_something};
use super::pairs::Pairs;
use super::placeholder::Fillings;
use super::sms::{self, Size};
use regions::Regions;
use std::ops::Range;

/// What a text is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'a> {
    pub frame: &'a Frame,
    pub occasion: Occasion<'a>,
    pub fillings: &'a Fillings,
    /// Messages it may take; none: no matter, it does not go out as a text message.
    pub parts: Option<usize>,
    /// The names of this reader, person and shop: taken out before it is compared.
    pub names: &'a [&'a str],
    /// What it must not be too like.
    pub others: &'a [Other],
    /// Other bodies, filled in, in the order they are tried where this one is too like another.
    pub spares: &'a [String],
}

/// What a message is for.
#[derive(Clone, Copy, Debug)]
pub enum Occasion<'a> {
    /// Asks for nothing: none of these products by name, no quantity.
    Greeting {
        products: &'a [&'a str],
    },
    Business,
}

/// Another message, the names of its reader taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    pub pairs: Pairs,
    pub twin: Twin,
}

/// Which message another one is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Twin {
    /// The draft to another shop.
    Draft(CustomerId),
    /// The last one to the same shop.
    Last,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Something was left open.
    Placeholder,
    NamesProduct,
    NamesQuantity,
    DoubledMarks,
    /// Marks of half and full width.
    MixedMarks,
    MissingSalutation,
    MissingSignature,
    MissingClosing,
    /// Between salutation and closing there are no words.
    NothingSaid,
    TooLong(Size),
    TooLike(Twin),
}

/// A fault, where it is, and what takes it away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub fault: Fault,
    /// In bytes; empty where something is missing.
    pub at: Range<usize>,
    pub mend: Option<Mend>,
}

/// What is put where: ascending, none overlapping another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend(Vec<Edit>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Edit {
    at: Range<usize>,
    put: String,
}

/// More rounds than any text takes: each makes the text shorter, fuller or cleaner.
const ROUNDS: usize = 64;

/// Everything wrong with `text`, in the order in which it is best mended.
pub fn lint(text: &str, desk: &Desk<'_>) -> Vec<Finding> {
    let regions = regions::regions(text, desk.frame);
    let mut found = left_open(text, &regions, desk);
    found.extend(asked_for(text, &regions, desk));
    found.extend(punctuation(text, &regions, desk));
    found.extend(missing(text, &regions, desk));
    let nothing = !regions.body.iter().any(|part| text.get(part.clone()).is_some_and(has_words));
    if nothing {
        found.push(Finding { fault: Fault::NothingSaid, at: 0..text.len(), mend: said_otherwise(desk, text, body(text, &regions)) });
    }
    let size = sms::size(text);
    if let Some(parts) = desk.parts.filter(|parts| size.parts > (*parts).max(1)) {
        let mend = sentences::shortened(text, &regions, desk.frame.tongue, parts.max(1)).map(Mend);
        found.push(Finding { fault: Fault::TooLong(size), at: 0..text.len(), mend });
    }
    let pairs = Pairs::of(text, desk.names);
    if let Some(twin) = desk.others.iter().find(|other| other.pairs.is_like(&pairs)) {
        found.push(Finding { fault: Fault::TooLike(twin.twin), at: 0..text.len(), mend: said_otherwise(desk, text, String::new()) });
    }
    found
}

/// `text` with one mend made.
pub fn mended(text: &str, mend: &Mend) -> String {
    edited(text, &mend.0)
}

/// `text` with everything mended that has a mend.
pub fn mended_all(text: &str, desk: &Desk<'_>) -> String {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        let findings = lint(&text, desk);
        let Some(first) = findings.iter().find(|finding| finding.mend.is_some()) else { break };
        // All of a kind at once: a thousand doubled marks are one round.
        let same = findings.iter().filter(|finding| finding.fault == first.fault).filter_map(|finding| finding.mend.as_ref());
        let mut edits: Vec<Edit> = same.flat_map(|mend| mend.0.iter().cloned()).collect();
        edits.sort_by_key(|edit| (edit.at.start, edit.at.end));
        text = edited(&text, &edits);
    }
    text
}

/// The first of `bodies` that makes a message without a fault.
pub fn first_sound(bodies: &[String], desk: &Desk<'_>) -> Option<String> {
    let plain = Desk { spares: &[], ..*desk };
    let messages = bodies.iter().map(|body| desk.frame.around(body));
    messages.into_iter().find(|message| lint(message, &plain).iter().all(|finding| is_of_the_desk(finding, desk)))
}

/// No fault of this text: the rep's own name is not set yet.
fn is_of_the_desk(finding: &Finding, desk: &Desk<'_>) -> bool {
    finding.fault == Fault::MissingSignature && !says_something(&desk.frame.signature())
}

/// Another body in place of this one, with `tail` kept behind it where that is sound.
fn said_otherwise(desk: &Desk<'_>, text: &str, tail: String) -> Option<Mend> {
    let with_tail = || -> Vec<String> { desk.spares.iter().map(|spare| format!("{spare}{}{tail}", desk.frame.glue())).collect() };
    let kept = if tail.is_empty() { None } else { first_sound(&with_tail(), desk) };
    let message = kept.or_else(|| first_sound(desk.spares, desk))?;
    Some(Mend(vec![Edit { at: 0..text.len(), put: message }]))
}

fn body(text: &str, regions: &Regions) -> String {
    one_line(&regions.body.iter().filter_map(|part| text.get(part.clone())).collect::<String>())
}

/// An emoji says something, but not in words.
fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

fn left_open(text: &str, regions: &Regions, desk: &Desk<'_>) -> Vec<Finding> {
    let sentences = sentences::sentences(text, regions);
    let overlap = |one: &Range<usize>, other: &Range<usize>| one.start < other.end && other.start < one.end;
    let wrong = regions.wrong_salutation.as_ref();
    // What the frame itself writes stands, whatever a company is called.
    let gaps = gaps::gaps(text).into_iter().filter(|gap| regions.body.iter().chain(wrong).any(|part| overlap(part, &gap.at)));
    let findings = gaps.map(|gap| {
        let value = gap.placeholder.map(|placeholder| desk.fillings.of(placeholder).trim()).unwrap_or_default();
        // A value that is itself left open would be found again.
        let edit = if says_something(value) && gaps::gaps(value).is_empty() {
            Some(Edit { at: gap.at.clone(), put: value.to_owned() })
        } else {
            match wrong.filter(|wrong| overlap(wrong, &gap.at)) {
                Some(wrong) => Some(Edit { at: wrong.clone(), put: String::new() }),
                None => sentences::without(&sentences, &gap.at),
            }
        };
        Finding { fault: Fault::Placeholder, at: gap.at, mend: edit.map(|edit| Mend(vec![edit])) }
    });
    findings.collect()
}

fn asked_for(text: &str, regions: &Regions, desk: &Desk<'_>) -> Vec<Finding> {
    let Occasion::Greeting { products } = desk.occasion else { return Vec::new() };
    let sentences = sentences::sentences(text, regions);
    let mut found = Vec::new();
    for sentence in &sentences {
        let said = text.get(sentence.clone()).unwrap_or_default();
        let named = asks::product(said, products).map(|at| (Fault::NamesProduct, at));
        let counted = asks::quantity(said).map(|at| (Fault::NamesQuantity, at));
        for (fault, at) in named.into_iter().chain(counted) {
            let at = sentence.start + at.start..sentence.start + at.end;
            let mend = sentences::without(&sentences, &at).map(|edit| Mend(vec![edit]));
            found.push(Finding { fault, at, mend });
        }
    }
    found
}

fn punctuation(text: &str, regions: &Regions, desk: &Desk<'_>) -> Vec<Finding> {
    let tongue = desk.frame.tongue;
    // As we write it ourselves it stands: a company may be called "A. & B., Ltd.".
    let written = [desk.frame.salutation(), desk.frame.closing.trim().to_owned(), desk.frame.signature()];
    let own = |region: &Range<usize>| {
        let said = text.get(region.clone()).unwrap_or_default();
        let said = said.trim().trim_start_matches(desk.frame.dash().trim()).trim_start();
        written.iter().any(|written| written == said)
    };
    let own: Vec<Range<usize>> = regions.framed().filter(|region| own(region)).cloned().collect();
    let is_free = |at: &Range<usize>| !own.iter().any(|region| region.start < at.end && at.start < region.end);
    let doubled = marks::doubled(text, tongue).into_iter().map(|(at, put)| {
        let mend = Some(Mend(vec![Edit { at: at.clone(), put }]));
        Finding { fault: Fault::DoubledMarks, at, mend }
    });
    let mixed = marks::mixed(text, tongue).into_iter().map(|(at, edits)| Finding { fault: Fault::MixedMarks, at, mend: Some(Mend(edits)) });
    doubled.chain(mixed).filter(|finding| is_free(&finding.at)).collect()
}

fn missing(text: &str, regions: &Regions, desk: &Desk<'_>) -> Vec<Finding> {
    let frame = desk.frame;
    let mut found = Vec::new();
    // With a name made of marks it may not be found again: such a mend would be asked for for ever.
    let put = |fault, at: Range<usize>, put: String, is_found: fn(&Regions) -> bool| {
        let mend = Mend(vec![Edit { at: at.clone(), put }]);
        let helps = is_found(&regions::regions(&mended(text, &mend), frame));
        Finding { fault, at, mend: helps.then_some(mend) }
    };
    if regions.salutation.is_none() {
        let at = regions.wrong_salutation.clone().unwrap_or(0..0);
        let salutation = format!("{}{}", frame.salutation(), frame.glue());
        found.push(put(Fault::MissingSalutation, at, salutation, |regions| regions.salutation.is_some()));
    }
    let tail = [&regions.signature, &regions.half_signature].into_iter().flatten().next().map_or(text.len(), |region| region.start);
    if regions.signature.is_none() {
        let signature = frame.signature();
        let at = regions.half_signature.clone().unwrap_or(text.len()..text.len());
        if signature.is_empty() {
            found.push(Finding { fault: Fault::MissingSignature, at, mend: None });
        } else {
            found.push(put(Fault::MissingSignature, at, format!("{}{signature}", frame.dash()), |regions| regions.signature.is_some()));
        }
    }
    if regions.closing.is_none() && says_something(&frame.closing) {
        let (before, behind) = text.split_at_checked(tail).unwrap_or((text, ""));
        let dash = if behind.starts_with(super::pairs::is_matter) { frame.dash() } else { "" };
        let closing = format!("{}{}{dash}", parting(before, frame), frame.closing.trim());
        found.push(put(Fault::MissingClosing, tail..tail, closing, |regions| regions.closing.is_some()));
    }
    found
}

/// What stands between the last sentence and the closing phrase: its full stop where it has none.
fn parting(before: &str, frame: &Frame) -> &'static str {
    let is_ended = before.trim_end().chars().next_back().is_none_or(|last| !last.is_alphanumeric());
    match (is_ended, frame.tongue) {
        (true, super::tongue::Tongue::Chinese) => "",
        (true, super::tongue::Tongue::English) if before.ends_with(' ') => "",
        (true, super::tongue::Tongue::English) => " ",
        (false, super::tongue::Tongue::Chinese) => "。",
        (false, super::tongue::Tongue::English) => ". ",
    }
}

/// `text` with the edits made; one that overlaps the one before it, or does not fit the text, is left out.
fn edited(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits.iter() {
        let Some(between) = text.get(at..edit.at.start).filter(|_| text.get(edit.at.clone()).is_some()) else { continue };
        out.push_str(between);
        out.push_str(&edit.put);
        at = edit.at.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests;
