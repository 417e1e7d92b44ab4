//! Restoring a backup: a file is chosen and checked, what it would do is shown, and only then is anything written. What was before is
//! kept and can be taken back.

use super::told;
use crate::state::app::App;
use crate::state::errands::{self, Ask, Errands, Mode, Place, Scope, Tally};
use crate::ui::icon::icon;
use crate::ui::live::{live, when};
use crate::ui::load::load;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;

/// A button that chooses a file. Choosing changes nothing: the file is checked and shown.
#[component]
pub fn ChooseFile(app: App, errands: Errands, id: &'static str, sign: &'static str, label: fn(App) -> &'static str) -> impl IntoView {
    view! {
        <label class="btn file-button">
            {icon(sign)}
            <span>{live(move || label(app))}</span>
            <input
                id=id
                type="file"
                accept=".json,.txt,application/json,text/plain"
                disabled=when(move || errands.is_busy())
                on:change:target=move |event| {
                    let chosen = event.target().files().and_then(|files| files.get(0));
                    if let Some(file) = chosen {
                        errands.ask(&Ask::Check, Some(&file));
                    }
                    // The same file can be chosen again.
                    event.target().set_value("");
                }
            />
        </label>
    }
}

/// A file that is whole, and what restoring it would do.
#[component]
pub fn Checked(app: App, errands: Errands, checked: errands::Checked) -> impl IntoView {
    let errands::Checked { header, bytes, tallies } = checked;
    let sum = |of: fn(&Tally) -> u32| tallies.iter().map(|(_, tally)| of(tally)).sum::<u32>();
    let (new, different, only_here, here) = (sum(|t| t.new), sum(|t| t.different), sum(|t| t.only_here), sum(|t| t.here));
    let is_same = new + different + only_here == 0;
    let one_shop = header.scope == Scope::Customer;
    let adds_nothing = new == 0;
    let is_empty_here = here == 0;
    let restore = move |mode: Mode| errands.ask(&Ask::Restore { mode, last: errands.last() }, None);
    let rows = tallies.into_iter().filter(|(_, tally)| tally.in_file + tally.here > 0).map(move |(place, tally)| row(app, place, tally));
    let in_hand = app.open_visits.with_untracked(|visits| visits.len());
    let made = header.exported_at.get(..16).map(|at| at.replace('T', " ")).unwrap_or_default();
    let (version, device, entries) = (header.app_version, header.device, header.counts.all());
    view! {
        <section class="restore-preview" class:restore-empty=is_empty_here>
            <div class="card notice">
                {icon("shield-check")}
                <div>
                    <strong role="status">{tx!(app, restore_whole)}</strong>
                    <p>{live(move || tr!(app, restore_made, date = made.clone(), version = version.clone(), device = device.get(..4).unwrap_or_default().to_owned()))}</p>
                    <p>{live(move || trn!(app, restore_entries | restore_entries_single, count = entries, size = say::bytes(bytes)))}</p>
                    {one_shop.then(|| view! { <p>{tx!(app, restore_one_shop)}</p> })}
                </div>
            </div>
            <div class="card restore-lists">
                <table>
                    <caption class="sr-only">{tx!(app, restore_table)}</caption>
                    <thead><tr><td></td><th scope="col">{tx!(app, restore_in_file)}</th><th scope="col">{tx!(app, restore_new)}</th><th scope="col">{tx!(app, restore_different)}</th><th scope="col">{tx!(app, restore_only_here)}</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            {is_same.then(|| view! { <p class="card notice" role="status">{icon("check")}<strong>{tx!(app, restore_same)}</strong></p> })}
            {(in_hand > 0 && !is_same && !one_shop).then(|| view! { <p class="card notice notice-late">{icon("circle-alert")}<span>{tx!(app, restore_in_hand)}</span></p> })}
            <div class="restore-ways">
                {(!is_same && !is_empty_here && !adds_nothing).then(|| view! {
                    <div class="card">
                        <h2>{tx!(app, restore_add_title)}</h2>
                        <p>{live(move || trn!(app, restore_add_text | restore_add_text_single, count = new))}</p>
                        <button type="button" id="restore-add" class="btn btn-primary" on:click=move |_| restore(Mode::AddMissing)>{icon("plus")}{tx!(app, restore_add)}</button>
                    </div>
                })}
                {(!is_same && is_empty_here && one_shop).then(|| view! {
                    <div class="card">
                        <button type="button" id="restore-add" class="btn btn-primary btn-big" on:click=move |_| restore(Mode::AddMissing)>{icon("plus")}{tx!(app, restore_add)}</button>
                    </div>
                })}
                {(!is_same && !one_shop).then(|| view! {
                    <div class="card">
                        {if is_empty_here {
                            view! { <h2>{tx!(app, restore_empty_title)}</h2> }.into_any()
                        } else {
                            view! {
                                <h2>{tx!(app, restore_replace_title)}</h2>
                                <p>{live(move || tr!(app, restore_replace_text, written = new + different, removed = only_here))}</p>
                            }.into_any()
                        }}
                        <button type="button" id="restore-replace" class="btn" class:btn-primary=is_empty_here class:btn-late=!is_empty_here on:click=move |_| restore(Mode::Replace)>
                            {icon("rotate-ccw")}{if is_empty_here { tx!(app, restore_all).into_any() } else { tx!(app, restore_replace).into_any() }}
                        </button>
                    </div>
                })}
                {(!is_same && !is_empty_here).then(|| view! { <p class="field-hint">{tx!(app, restore_safety)}</p> })}
                {(one_shop && adds_nothing && !is_same).then(|| view! { <p class="card notice" role="status">{icon("check")}<strong>{tx!(app, restore_nothing_missing)}</strong></p> })}
                <button type="button" id="restore-cancel" class="btn" on:click=move |_| errands.forget()>{tx!(app, cancel)}</button>
            </div>
        </section>
    }
}

fn row(app: App, place: Place, tally: Tally) -> impl IntoView {
    let figure = |count: u32| if count == 0 { "–".to_owned() } else { say::number(i64::from(count)) };
    view! {
        <tr>
            <th scope="row">{live(move || told::place(app, place))}</th>
            <td>{figure(tally.in_file)}</td><td>{figure(tally.new)}</td><td>{figure(tally.different)}</td><td>{figure(tally.only_here)}</td>
        </tr>
    }
}

/// It is restored.
#[component]
pub fn Done(app: App, errands: Errands, written: u32, removed: u32) -> impl IntoView {
    let is_same = written + removed == 0;
    view! {
        <section class="card restore-done">
            <p role="status">{icon("check")}<strong>{live(move || if is_same {
                tr!(app, restore_same).to_owned()
            } else {
                tr!(app, restore_done, written = written, removed = removed)
            })}</strong></p>
            <a href=link("/") class="btn btn-primary">{tx!(app, restore_see)}</a>
            {(!is_same).then(|| view! {
                <button type="button" class="btn" on:click=move |_| errands.ask(&Ask::TakeBack { last: errands.last() }, None)>{icon("undo-2")}{tx!(app, restore_take_back)}</button>
            })}
        </section>
    }
}

/// The copy of what was before the last restore.
#[component]
pub fn SafetyCopyCard(app: App, errands: Errands) -> impl IntoView {
    let found = load(move || {
        // Read again after every errand.
        errands.busy.track();
        app.safety_copy()
    });
    live(move || {
        found.get().flatten().map(|copy| {
            let text = move || tr!(app, copy_text, date = say::date_time(app, copy.at), count = copy.entries, size = say::bytes(copy.bytes));
            view! {
                <section class="card safety-copy">
                    <h2>{tx!(app, copy_title)}</h2>
                    <p>{live(text)}</p>
                    <div class="actions">
                        <button type="button" id="take-back" class="btn" disabled=when(move || errands.is_busy()) on:click=move |_| errands.ask(&Ask::TakeBack { last: errands.last() }, None)>
                            {icon("undo-2")}{tx!(app, restore_take_back)}
                        </button>
                        <button type="button" class="btn" disabled=when(move || errands.is_busy()) on:click=move |_| errands.ask(&Ask::ForgetCopy, None)>
                            {icon("trash-2")}{tx!(app, copy_forget)}
                        </button>
                    </div>
                </section>
            }
        })
    })
}
