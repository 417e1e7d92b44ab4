//! The database is not what was kept: what is missing, and the ways to bring it back. It stands in the place of every page until the
//! rep has said what becomes of it; nothing is written and nothing is deleted before.

use super::data::restore::{Checked, ChooseFile};
use super::data::told;
use crate::state::app::App;
use crate::state::clock;
use crate::state::errands::{Answer, Ask, Desk, Errands, Weighed};
use crate::state::keeping::Why;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when};
use crate::ui::pages::import::Import;
use crate::ui::parts::working::Working;
use crate::ui::platform;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn RecoveryPage(app: App) -> impl IntoView {
    let errands = expect_context::<Import>().errands;
    let epoch = app.lost_epoch();
    errands.ask(&Ask::Weigh { epoch }, None);
    // What the journal has stays on the page while another errand is asked.
    let weighed = RwSignal::new(None::<Option<Weighed>>);
    let heard = Memo::new(move |_| errands.answer(Desk::Backup));
    Effect::new(move |_| {
        if let Some(Answer::Weighed(found)) = heard.get() {
            weighed.set(Some(found));
        }
    });
    let why = app.lost.get_untracked().unwrap_or(Why::Damaged);
    let word = match why {
        Why::Empty => "empty",
        Why::Behind => "behind",
        Why::Different => "different",
        Why::Damaged => "damaged",
    };
    let text = move || match why {
        Why::Empty => tr!(app, lost_empty),
        Why::Behind => tr!(app, lost_behind),
        Why::Different => tr!(app, lost_different),
        Why::Damaged => tr!(app, lost_damaged),
    };
    let is_busy = move || errands.is_busy();
    let result = move || {
        match heard.get() {
        Some(Answer::Restored { written, removed, .. }) => Some(
            view! {
                <section class="card restore-done" id="recovered">
                    <p role="status">{icon("check")}<strong>{tr!(app, restore_done, written = written, removed = removed)}</strong></p>
                    <button type="button" class="btn btn-primary" on:click=move |_| { errands.forget(); app.recovered(); }>{tr!(app, restore_see)}</button>
                </section>
            }
            .into_any(),
        ),
        Some(Answer::NoBackup(problem)) => Some(view! { <p class="card field-error" role="alert">{told::problem(app, &problem)}</p> }.into_any()),
        Some(Answer::Failed(_)) => Some(view! { <p class="card field-error" role="alert">{tr!(app, trouble_broken_text)}</p> }.into_any()),
        _ => None,
    }
    };
    let is_over = move || matches!(heard.get(), Some(Answer::Restored { .. }));
    view! {
        <main class="page recovery" id="recovery" data-why=word>
            <h1>{live(move || if is_over() { tr!(app, lost_over) } else { tr!(app, lost_title) })}</h1>
            <When when=move || !is_over()>
                <p>{live(text)}</p>
                <p>{tx!(app, lost_nothing_deleted)}</p>
            </When>
            {live(result)}
            <When when=is_busy><Working app errands /></When>
            <When when=move || !is_over()>
                {live(move || weighed.get().map(|found| match found {
                    Some(found) => view! { <FromJournal app errands found /> }.into_any(),
                    None => view! { <p class="card notice" role="status">{icon("circle-alert")}<span>{tx!(app, lost_no_journal)}</span></p> }.into_any(),
                }))}
                {live(move || match heard.get() {
                    Some(Answer::Checked(checked)) => Some(view! { <Checked app errands checked /> }),
                    _ => None,
                })}
                <section class="card">
                    <h2>{tx!(app, lost_from_file)}</h2>
                    <p>{tx!(app, lost_from_file_text)}</p>
                    <ChooseFile app errands id="recover-file" sign="upload" label=|app| tr!(app, restore) />
                </section>
                <section class="card">
                    <h2>{tx!(app, lost_other)}</h2>
                    <div class="actions">
                        <button type="button" id="recover-raw" class="btn" on:click=|_| platform::export_raw()>{icon("download")}{tx!(app, settings_raw_export)}</button>
                        <button type="button" id="recover-go-on" class="btn" disabled=when(is_busy) on:click=move |_| spawn_local(app.accept_loss())>{tx!(app, lost_go_on)}</button>
                    </div>
                    <p class="field-hint">{tx!(app, lost_go_on_text)}</p>
                </section>
            </When>
        </main>
    }
}

/// What the copy has beside what is here.
#[component]
fn FromJournal(app: App, errands: Errands, found: Weighed) -> impl IntoView {
    let Weighed { tallies, at, is_gapless } = found;
    let back: u32 = tallies.iter().map(|(_, tally)| tally.new + tally.different).sum();
    let rows = tallies.into_iter().filter(|(_, tally)| tally.in_file + tally.here > 0).map(move |(place, tally)| {
        let figure = |count: u32| if count == 0 { "–".to_owned() } else { say::number(i64::from(count)) };
        view! {
            <tr>
                <th scope="row">{live(move || told::place(app, place))}</th>
                <td>{figure(tally.in_file)}</td><td>{figure(tally.here)}</td><td>{figure(tally.new)}</td><td>{figure(tally.different)}</td>
            </tr>
        }
    });
    let recover = move |_| errands.ask(&Ask::Recover { epoch: app.lost_epoch(), last: errands.last() }, None);
    view! {
        <section class="card recover-journal">
            <h2>{tx!(app, lost_from_journal)}</h2>
            <p>{live(move || trn!(app, lost_from_journal_text | lost_from_journal_text_single, count = back))}</p>
            {(!is_gapless).then(|| view! { <p class="notice notice-late">{icon("circle-alert")}<span>{live(move || tr!(app, lost_gap, date = say::date_time(app, clock::local(at))))}</span></p> })}
            <div class="restore-lists">
                <table>
                    <caption class="sr-only">{tx!(app, lost_table)}</caption>
                    <thead><tr><td></td><th scope="col">{tx!(app, lost_in_copy)}</th><th scope="col">{tx!(app, lost_here)}</th><th scope="col">{tx!(app, lost_missing)}</th><th scope="col">{tx!(app, restore_different)}</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            <button type="button" id="recover-journal" class="btn btn-primary btn-big" disabled=when(move || errands.is_busy()) on:click=recover>{icon("rotate-ccw")}{tx!(app, lost_recover)}</button>
        </section>
    }
}
