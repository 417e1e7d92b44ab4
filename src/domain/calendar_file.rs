//! A calendar file (RFC 5545) of days and times to come. Times are floating: noon is noon wherever the phone is, as in the app. Every
//! text is escaped, so that nothing typed ends a line or begins a property; no line is longer than 75 bytes.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use std::fmt::Write;

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Stays the same from file to file, so that a calendar takes the newer one in the place of the older.
    pub uid: String,
    pub when: When,
    pub title: String,
    pub text: String,
}

/// When it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Local wall time, with a reminder so many minutes before.
    At(NaiveDateTime, u16),
    /// All day.
    On(NaiveDate),
}

/// The longest line in bytes, its end left out.
const LINE: usize = 75;

/// The file. `made` is in UTC; `name` is the calendar's.
pub fn file(entries: &[Entry], name: &str, made: NaiveDateTime) -> String {
    let mut out = String::new();
    for head in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Shelfwise//Shelfwise//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"] {
        line(&mut out, head);
    }
    line(&mut out, &format!("X-WR-CALNAME:{}", escaped(name)));
    for entry in entries {
        line(&mut out, "BEGIN:VEVENT");
        line(&mut out, &format!("UID:{}", escaped(&entry.uid)));
        line(&mut out, &format!("DTSTAMP:{}Z", time(made)));
        match entry.when {
            When::At(at, _) => line(&mut out, &format!("DTSTART:{}", time(at))),
            When::On(on) => line(&mut out, &format!("DTSTART;VALUE=DATE:{}", day(on))),
        }
        line(&mut out, &format!("SUMMARY:{}", escaped(&entry.title)));
        if !entry.text.is_empty() {
            line(&mut out, &format!("DESCRIPTION:{}", escaped(&entry.text)));
        }
        if let When::At(_, before) = entry.when {
            line(&mut out, "BEGIN:VALARM");
            line(&mut out, "ACTION:DISPLAY");
            line(&mut out, &format!("TRIGGER:-PT{before}M"));
            line(&mut out, &format!("DESCRIPTION:{}", escaped(&entry.title)));
            line(&mut out, "END:VALARM");
        }
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out
}

fn day(on: NaiveDate) -> String {
    format!("{:04}{:02}{:02}", on.year(), on.month(), on.day())
}

fn time(at: NaiveDateTime) -> String {
    format!("{}T{:02}{:02}{:02}", day(at.date()), at.hour(), at.minute(), at.second())
}

/// A text as a value: its commas, semicolons, backslashes and line ends are no part of the file's own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// One line, folded between characters: what goes on begins with a blank.
fn line(out: &mut String, text: &str) {
    let mut length = 0;
    for c in text.chars() {
        if length + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        // Writing to a text cannot fail.
        let _ = out.write_char(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap().and_hms_opt(9, 0, 5).unwrap()
    }

    fn of(title: &str, text: &str, when: When) -> String {
        file(&[Entry { uid: "promise-1@shelfwise".into(), when, title: title.into(), text: text.into() }], "Shelfwise", made())
    }

    #[test]
    fn a_promise_for_noon_is_noon_without_a_zone_and_reminds_before() {
        let noon = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap().and_hms_opt(12, 0, 0).unwrap();
        let text = of("送样品", "", When::At(noon, 30));
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
        for line in ["DTSTART:20261123T120000", "DTSTAMP:20261122T090005Z", "SUMMARY:送样品", "TRIGGER:-PT30M"] {
            assert!(text.contains(&format!("\r\n{line}\r\n")), "{line} in {text}");
        }
        assert!(of("x", "", When::On(noon.date())).contains("\r\nDTSTART;VALUE=DATE:20261123\r\n"));
    }

    #[test]
    fn nothing_typed_ends_a_line_or_begins_a_property() {
        let text = of("a\r\nEND:VCALENDAR\nx;y,z\\", "\u{0}b", When::On(made().date()));
        assert!(text.contains("SUMMARY:a\\nEND:VCALENDAR\\nx\\;y\\,z\\\\\r\n"), "{text}");
        assert_eq!(text.matches("\r\nEND:VCALENDAR\r\n").count(), 1);
    }

    #[test]
    fn long_lines_are_folded_between_characters_and_read_back_as_they_were() {
        let long = "答应周姐的事".repeat(20);
        let text = of(&long, "", When::On(made().date()));
        assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{text}");
        assert!(text.replace("\r\n ", "").contains(&format!("SUMMARY:{long}\r\n")));
    }
}
