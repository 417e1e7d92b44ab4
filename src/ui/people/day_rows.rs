//! The days of a person or of a shop in a form: what day it is, by which calendar, and since when.

use super::rows::Rows;
use super::words;
use crate::domain::person_draft::DayDraft;
use crate::domain::special_day::{Calendar, DayKind};
use crate::ui::live::When;
use crate::ui::parts::field::{Keyboard, TextField};
use crate::ui::parts::pick::pick;
use crate::ui::texts::tr;
use leptos::prelude::*;

/// A row in which nothing was typed: a birthday, or what else `kind` is.
pub fn blank(kind: DayKind) -> DayDraft {
    DayDraft { kind, label: String::new(), calendar: Calendar::Solar, month: String::new(), day: String::new(), year: String::new() }
}

/// The rows; `problem` says what is wrong with one.
pub fn day_rows(rows: Rows<DayDraft>, problem: impl Fn(usize) -> Signal<Option<String>> + Clone + Send + 'static) -> AnyView {
    let app = rows.app;
    let said = move |text: fn(crate::state::app::App) -> &'static str| Signal::derive(move || text(app).to_owned());
    let number = move |at: usize, id: &'static str, label: Signal<String>, text: Signal<String>, set: Callback<String>, error| {
        view! { <TextField id=format!("{id}-{at}") label text on_text=set error keyboard=Keyboard::Digits /> }
    };
    let row = move |at: usize| {
        let kind = rows.read(at, |row| row.kind);
        let calendar = rows.read(at, |row| row.calendar);
        let none = Signal::stored(None);
        let error = problem(at);
        let marked = Signal::derive(move || error.get().map(|_| String::new()));
        view! {
            <div class="field-pair">
                {pick(app, format!("day-{at}"), said(|app| tr!(app, people_day_what)), DayKind::ALL.to_vec(), words::day_kind, kind, rows.setter(at, |row, kind| row.kind = kind))}
                {pick(app, format!("day-calendar-{at}"), said(|app| tr!(app, people_calendar)), vec![Calendar::Solar, Calendar::Lunar], words::calendar, calendar, rows.setter(at, |row, calendar| row.calendar = calendar))}
            </div>
            <div class="field-pair field-three">
                {number(at, "day-month", said(|app| tr!(app, people_day_month)), rows.read(at, |row| row.month.clone()), rows.setter(at, |row, text| row.month = text), error)}
                {number(at, "day-day", said(|app| tr!(app, people_day_day)), rows.read(at, |row| row.day.clone()), rows.setter(at, |row, text| row.day = text), marked)}
                {number(at, "day-year", said(|app| tr!(app, people_day_of_year)), rows.read(at, |row| row.year.clone()), rows.setter(at, |row, text| row.year = text), none)}
            </div>
            <When when=move || kind.get() == DayKind::Other>
                <TextField
                    id=format!("day-label-{at}")
                    label=said(|app| tr!(app, people_day_label))
                    text=rows.read(at, |row| row.label.clone())
                    on_text=rows.setter(at, |row, text| row.label = text)
                    error=none
                />
            </When>
        }
        .into_any()
    };
    rows.view("day", |app| tr!(app, people_add_day), row)
}
