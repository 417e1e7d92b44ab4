//! Backup & data: how old the last backup is, a new one, restoring one; what the browser keeps; lists as files; wiping.

mod folder;
pub mod restore;
mod shop_file;
pub mod told;
mod wipe;

pub use shop_file::ShopFilePage;

use super::demo::DemoCard;
use super::import::Import;
use super::settings::Looks;
use crate::domain::backup;
use crate::state::app::App;
use crate::state::errands::{Answer, Ask, Desk, Errands, ListKind};
use crate::state::keeping::Twin;
use crate::state::preferences::Language;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when, words};
use crate::ui::load::load;
use crate::ui::parts::hand_over::{HandOver, Way};
use crate::ui::parts::head::SubPageHead;
use crate::ui::parts::working::Working;
use crate::ui::platform::{self, Space};
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;
use restore::{Checked, ChooseFile, SafetyCopyCard};

#[component]
pub fn DataPage(app: App) -> impl IntoView {
    let import = expect_context::<Import>();
    let errands = import.errands;
    let title = Signal::derive(move || tr!(app, data_title).to_owned());
    let way = RwSignal::new(Way::Save);
    let heard = Memo::new(move |_| errands.answer(Desk::Backup).or_else(|| errands.answer(Desk::Lists)));
    let is_busy = move || errands.busy.get() == Some(Desk::Backup);
    let is_checked = Memo::new(move |_| heard.with(|heard| matches!(heard, Some(Answer::Checked(_)))));
    let result = move || match heard.get() {
        Some(Answer::File(made)) => view! { <HandOver app errands made way=way.get_untracked() /> }.into_any(),
        Some(Answer::NoBackup(problem)) => view! {
            <div class="card notice notice-late" role="alert">
                {icon("circle-alert")}
                <div><strong>{tr!(app, restore_refused)}</strong><p class="restore-problem">{told::problem(app, &problem)}</p></div>
            </div>
        }
        .into_any(),
        Some(Answer::Restored { written, removed, .. }) => view! { <restore::Done app errands written removed /> }.into_any(),
        Some(Answer::Stopped) => view! { <p class="card notice" role="status">{tr!(app, import_stopped)}</p> }.into_any(),
        Some(Answer::Failed(_)) => {
            view! { <p class="card notice notice-late" role="alert">{icon("circle-alert")}<span>{tr!(app, data_failed)}</span></p> }
                .into_any()
        }
        _ => ().into_any(),
    };
    // Where the database is now what a file is, that file is its backup.
    Effect::new(move |_| {
        if let Some(Answer::Restored { as_backed_up: Some(made), .. }) = heard.get()
            && errands.is_fresh()
        {
            app.note_backup(made);
        }
    });
    // What was said stands on top.
    Effect::new(move |_| {
        if heard.with(Option::is_some) {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
    // A large file stays in the worker's memory otherwise.
    on_cleanup(move || {
        if !import.is_under_way() {
            errands.dismiss();
        }
    });
    view! {
        <SubPageHead app back="/more" title />
        <main class="page data">
            {live(result)}
            <When when=is_busy><Working app errands /></When>
            <When when=move || is_checked.get() && !is_busy()>
                {live(move || heard.get().and_then(|heard| match heard {
                    Answer::Checked(checked) => Some(view! { <Checked app errands checked /> }),
                    _ => None,
                }))}
            </When>
            <When when=move || !is_checked.get()>
                <BackupCard app errands way />
                <SafetyCopyCard app errands />
                <SpaceCard app />
                <folder::FolderCard app errands />
                <ListsCard app errands way />
                <DemoCard app />
                <Looks app />
                <wipe::WipeCard app errands />
            </When>
        </main>
    }
}

/// The age of the last backup, a new one, and the way back.
#[component]
fn BackupCard(app: App, errands: Errands, way: RwSignal<Way>) -> impl IntoView {
    let unsaved = Memo::new(move |_| {
        let last = app.backed_up.get();
        app.book.with(|book| backup::unsaved(book, last.as_ref()))
    });
    let is_due = move || unsaved.get().is_some_and(|unsaved| unsaved.is_due(app.today.get()));
    let age = move || match app.backed_up.get() {
        None => tr!(app, backup_never).to_owned(),
        Some(last) => match (app.today.get() - last.at.date()).num_days() {
            ..=0 => tr!(app, backup_today).to_owned(),
            1 => tr!(app, backup_yesterday).to_owned(),
            days => tr!(app, backup_days, count = days),
        },
    };
    let since = move || {
        let visits = match unsaved.get() {
            Some(unsaved) if app.backed_up.get().is_some() => trn!(app, backup_since | backup_since_single, count = unsaved.shops),
            Some(unsaved) => trn!(app, backup_only_here | backup_only_here_single, count = unsaved.shops),
            None => tr!(app, backup_no_visits).to_owned(),
        };
        match app.backed_up.get() {
            Some(last) => format!("{} · {visits}", say::date_time(app, last.at)),
            None => visits,
        }
    };
    let make = move |to: Way| {
        way.set(to);
        errands.ask(&Ask::BackUp { shop: None }, None);
    };
    let is_busy = move || errands.is_busy();
    view! {
        <section class="card backup">
            <div class="backup-head">
                <span class="backup-sign" class:backup-sign-due=is_due>{icon("archive")}</span>
                <div>
                    <h2>{words(age)}" "{live(move || is_due().then(|| view! { <span class="chip chip-near">{icon("clock")}{tr!(app, backup_due)}</span> }))}</h2>
                    <p>{words(since)}</p>
                </div>
            </div>
            <button type="button" id="backup-now" class="btn btn-primary btn-big" disabled=when(is_busy) on:click=move |_| make(Way::Save)>
                {icon("download")}{tx!(app, backup_now)}
            </button>
            <div class="backup-ways">
                {platform::shares_files().then(|| view! {
                    <button type="button" id="backup-share" class="btn" disabled=when(is_busy) on:click=move |_| make(Way::Share)>{icon("share-2")}{tx!(app, backup_share)}</button>
                })}
                <ChooseFile app errands id="restore-file" sign="upload" label=|app| tr!(app, restore) />
                <ChooseFile app errands id="check-file" sign="shield-check" label=|app| tr!(app, restore_check) />
            </div>
            <p class="field-hint">{tx!(app, backup_text)}</p>
        </section>
    }
}

/// How much is used, and whether the browser keeps it.
#[component]
fn SpaceCard(app: App) -> impl IntoView {
    let asked = RwSignal::new(0_u32);
    let found = load(move || {
        asked.track();
        platform::space()
    });
    let space = move || found.get().unwrap_or_default();
    let percent = move || match space() {
        Space { used: Some(used), free: Some(free), .. } => (used * 100).checked_div(used + free).unwrap_or_default().max(1),
        _ => 0,
    };
    let ask = move |_| {
        spawn_local(async move {
            platform::ask_to_stay().await;
            asked.try_update(|asked| *asked += 1);
        });
    };
    let kept = move || match space().persistent {
        Some(true) => view! { <p class="space-kept">{icon("shield-check")}<strong>{tr!(app, space_kept)}</strong></p> }.into_any(),
        Some(false) => view! {
            <p class="space-loose">{icon("circle-alert")}<span>{tr!(app, space_loose)}</span></p>
            <button type="button" class="btn" on:click=ask>{tr!(app, space_ask)}</button>
            {live(move || (asked.get() > 0).then(|| view! { <p class="field-hint" role="status">{tr!(app, space_refused)}</p> }))}
        }
        .into_any(),
        None => view! { <p class="space-loose">{icon("circle-alert")}<span>{tr!(app, space_unknown)}</span></p> }.into_any(),
    };
    view! {
        <section class="card space">
            {live(move || space().used.map(|used| view! {
                <p class="space-figures">
                    <span>{tr!(app, space_used)}" "<strong>{say::bytes(used)}</strong></span>
                    {space().free.map(|free| view! { <span>{tr!(app, space_free, size = say::bytes(free))}</span> })}
                </p>
                <progress max="100" value=words(move || percent().to_string()) aria-label=tr!(app, space_used)></progress>
            }))}
            {live(kept)}
            {live(move || twin_line(app))}
            <p class="field-hint">{tx!(app, space_cleared)}</p>
        </section>
    }
}

/// The copy beside the database.
fn twin_line(app: App) -> impl IntoView {
    let (state, sign, text) = match app.twin.get() {
        Twin::Unknown => ("unknown", "hourglass", tr!(app, twin_unknown)),
        Twin::Absent => ("absent", "circle-alert", tr!(app, twin_absent)),
        Twin::Whole => ("whole", "shield-check", tr!(app, twin_whole)),
        Twin::Behind => ("behind", "circle-alert", tr!(app, twin_behind)),
    };
    let size = app.copy_bytes.get().map(|bytes| format!(" · {}", say::bytes(bytes)));
    view! { <p id="twin-state" data-state=state class="space-loose">{icon(sign)}<span>{text}{size}</span></p> }
}

/// Lists and tables as files.
#[component]
fn ListsCard(app: App, errands: Errands, way: RwSignal<Way>) -> impl IntoView {
    let chinese = move || app.language.get_untracked() == Language::Chinese;
    let ask = move |ask: Ask| {
        way.set(Way::Save);
        errands.ask(&ask, None);
    };
    let shops = move || app.book.with(|book| book.active_customers().count());
    let products = move || app.book.with(|book| book.active_products().count());
    let list = move |sign: &'static str, name: fn(App) -> &'static str, count: Box<dyn Fn() -> String + Send>, list: ListKind| {
        view! {
            <li class="row">
                <span class="row-sign">{icon(sign)}</span>
                <span class="row-words"><span class="row-name">{live(move || name(app))}</span><span class="row-why">{count}</span></span>
                <a class="btn btn-link" href=link("/import") aria-label=words(move || format!("{}{}", tr!(app, data_import), name(app)))>{tx!(app, data_import)}</a>
                <button type="button" class="btn btn-link" disabled=when(move || errands.is_busy()) on:click=move |_| ask(Ask::Export { list, chinese: chinese() })
                    aria-label=words(move || format!("{}{}", tr!(app, data_export), name(app)))>{tx!(app, data_export)}</button>
            </li>
        }
    };
    view! {
        <section class="card data-lists">
            <ul class="rows">
                {list("users", |app| tr!(app, data_customers), words(move || trn!(app, data_shops | data_shops_single, count = shops())), ListKind::Customers)}
                {list("milk", |app| tr!(app, data_products), words(move || trn!(app, data_lines | data_lines_single, count = products())), ListKind::Products)}
                <li class="row">
                    <span class="row-sign">{icon("file-text")}</span>
                    <span class="row-words"><span class="row-name">{tx!(app, data_tables)}</span><span class="row-why">{tx!(app, data_tables_text)}</span></span>
                    <button type="button" id="tables-now" class="btn btn-link" disabled=when(move || errands.is_busy()) on:click=move |_| ask(Ask::Tables { chinese: chinese() })
                        aria-label=words(move || format!("{}{}", tr!(app, data_export), tr!(app, data_tables)))>{tx!(app, data_export)}</button>
                </li>
            </ul>
        </section>
    }
}
