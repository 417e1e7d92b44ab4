//! Import and export of lists: choose a file, see what it is and what it would do, import or not, take it back.

use super::import_words as told;
use crate::state::app::App;
use crate::state::errands::{Answer, Ask, Desk, Errands, ListKind, Mapping, Preview, Read, Same};
use crate::state::preferences::Language;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when, words};
use crate::ui::parts::form::choice;
use crate::ui::parts::hand_over::{HandOver, Way};
use crate::ui::parts::head::SubPageHead;
use crate::ui::parts::working::Working;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;

/// Rows of a list drawn in the preview.
const ROWS_SHOWN: usize = 100;

/// How far an import has come. Lives at the root, so that it goes on behind another page; it listens once its page was opened.
#[derive(Clone, Copy)]
pub struct Import {
    pub errands: Errands,
    root: StoredValue<Option<Owner>>,
    heard: StoredValue<Option<Memo<Option<Answer>>>>,
    read: RwSignal<Option<Read>>,
    list: RwSignal<Option<ListKind>>,
    mapping: RwSignal<Mapping>,
    preview: RwSignal<Option<Preview>>,
    same: RwSignal<Same>,
    file_name: RwSignal<String>,
}

impl Import {
    pub fn new(errands: Errands) -> Import {
        Import {
            errands,
            root: StoredValue::new(Owner::current()),
            heard: StoredValue::new(None),
            read: RwSignal::new(None),
            list: RwSignal::new(None),
            mapping: RwSignal::new(Mapping::default()),
            preview: RwSignal::new(None),
            same: RwSignal::new(Same::default()),
            file_name: RwSignal::default(),
        }
    }

    /// What the worker said last of a list. What it read and judged is taken in from the first call on, wherever the rep goes.
    fn heard(self) -> Memo<Option<Answer>> {
        if let Some(heard) = self.heard.get_value() {
            return heard;
        }
        let listen = || {
            let heard = Memo::new(move |_| self.errands.answer(Desk::Lists));
            Effect::new(move |_| match heard.get() {
                Some(Answer::Read(read)) => {
                    self.list.set(read.list);
                    self.read.set(Some(read));
                    self.judge();
                }
                Some(Answer::Judged(preview)) => self.preview.set(Some(preview)),
                _ => {}
            });
            heard
        };
        let heard = match self.root.get_value() {
            Some(root) => root.with(listen),
            None => listen(),
        };
        self.heard.set_value(Some(heard));
        heard
    }

    /// Whether a file is being looked at: the worker holds it.
    pub fn is_under_way(self) -> bool {
        self.read.with_untracked(Option::is_some)
    }

    fn over(self) {
        self.read.set(None);
        self.preview.set(None);
        self.errands.forget();
    }

    /// Judges what was read as the list that is chosen, with its guessed columns.
    fn judge(self) {
        let Some(list) = self.list.get_untracked() else { return };
        let guessed = self.read.with_untracked(|read| {
            read.as_ref().and_then(|read| read.mappings.iter().find(|(of, _)| *of == list).map(|(_, mapping)| mapping.clone()))
        });
        self.judge_with(list, guessed.unwrap_or_default());
    }

    fn judge_with(self, list: ListKind, mapping: Mapping) {
        self.mapping.set(mapping.clone());
        self.preview.set(None);
        self.errands.ask(&Ask::Judge { list, mapping }, None);
    }
}

#[component]
pub fn ImportPage(app: App) -> impl IntoView {
    let import = expect_context::<Import>();
    let heard = import.heard();
    let title = Signal::derive(move || tr!(app, import_title).to_owned());
    let is_busy = move || import.errands.busy.get() == Some(Desk::Lists);
    let is_writing = move || is_busy() && import.preview.with(Option::is_some);
    let result = move || {
        match heard.get() {
        Some(Answer::Written { count }) => Some(written(app, import, count).into_any()),
        Some(Answer::Undone { restored, removed, kept }) => {
            Some(view! { <p class="card notice" role="status">{icon("undo-2")}<span>{tr!(app, import_undone, restored = restored, removed = removed, kept = kept)}</span></p> }.into_any())
        }
        Some(Answer::File(made)) => Some(view! { <HandOver app errands=import.errands made way=Way::Save /> }.into_any()),
        Some(Answer::NothingToUndo) => Some(view! { <p class="card notice" role="status">{tr!(app, import_nothing_to_undo)}</p> }.into_any()),
        Some(Answer::Stopped) => Some(view! { <p class="card notice" role="status">{tr!(app, import_stopped)}</p> }.into_any()),
        Some(Answer::Refused(problem)) => {
            Some(view! { <p class="card notice field-error" role="alert">{icon("circle-alert")}<span>{told::file_problem(app, problem)}</span></p> }.into_any())
        }
        _ => None,
    }
    };
    view! {
        <SubPageHead app back="/more" title />
        <main class="page">
            {live(result)}
            <When when=is_writing><Working app errands=import.errands /></When>
            <When when=move || is_busy() && !is_writing()><p class="list-note" role="status">{tx!(app, import_reading)}</p></When>
            <When when=move || import.read.with(Option::is_none)><Choose app import /></When>
            {live(move || import.read.get().map(|read| view! { <Seen app import read /> }))}
            <When when=move || import.read.with(Option::is_none)><Export app import /></When>
        </main>
    }
}

#[component]
fn Choose(app: App, import: Import) -> impl IntoView {
    view! {
        <section class="card import-choose">
            <p>{tx!(app, import_help)}</p>
            <p>{tx!(app, import_code_note)}</p>
            <label class="btn btn-primary btn-big file-button">
                {icon("upload")}
                <span>{tx!(app, import_choose)}</span>
                <input
                    id="import-file"
                    type="file"
                    accept=".csv,.txt,.tsv,text/csv,text/plain,text/tab-separated-values"
                    disabled=when(move || import.errands.is_busy())
                    on:change:target=move |event| {
                        let chosen = event.target().files().and_then(|files| files.get(0));
                        if let Some(file) = chosen {
                            import.file_name.set(file.name());
                            import.errands.ask(&Ask::Read, Some(&file));
                        }
                        // The same file can be chosen again.
                        event.target().set_value("");
                    }
                />
            </label>
        </section>
    }
}

/// What was read: which list it is, which column is what, what importing would do.
#[component]
fn Seen(app: App, import: Import, read: Read) -> impl IntoView {
    let rows = read.rows;
    let facts = told::file_facts(app, &read);
    let kinds = [ListKind::Customers, ListKind::Products, ListKind::Orders, ListKind::Counts];
    let kind = move |list: ListKind| {
        choice(
            Signal::derive(move || told::list(app, list).to_owned()),
            "import-list",
            move || import.list.get() == Some(list),
            move || {
                import.list.set(Some(list));
                import.judge();
            },
        )
    };
    let read = StoredValue::new(read);
    let is_busy = move || import.errands.is_busy();
    let to_write = move || {
        import.preview.with(|preview| {
            preview.as_ref().map_or(0, |preview| {
                let asked = if import.same.get() == Same::LeaveOut { 0 } else { preview.asked_count };
                if preview.events > 0 { preview.new } else { preview.new + preview.changed + asked }
            })
        })
    };
    let write = move |_| {
        import.errands.ask(&Ask::Write { same: import.same.get_untracked(), last: import.errands.last() }, None);
    };
    Effect::new(move |_| {
        if matches!(import.heard().get(), Some(Answer::Written { .. })) {
            import.read.set(None);
            import.preview.set(None);
        }
    });
    view! {
        <section class="card">
            <p class="row-name">{move || import.file_name.get()}</p>
            <p class="field-hint">{live(move || trn!(app, import_rows | import_rows_single, count = rows))}" · "{facts}</p>
            <fieldset class="field">
                <legend>{tx!(app, import_what)}</legend>
                <div class="choices">{kinds.map(kind).collect_view()}</div>
            </fieldset>
            <When when=move || import.list.get().is_some()><Columns app import read /></When>
        </section>
        {live(move || import.preview.get().map(|preview| view! { <Judged app import preview /> }))}
        <div class="form-foot">
            <button type="button" class="btn btn-primary btn-big" disabled=when(move || is_busy() || to_write() == 0) on:click=write>
                {words(move || match (is_busy(), to_write()) {
                    (true, _) => tr!(app, import_reading).to_owned(),
                    (false, 0) => tr!(app, import_nothing).to_owned(),
                    (false, count) => trn!(app, import_do | import_do_single, count = count),
                })}
            </button>
            <button type="button" class="btn" disabled=when(is_busy) on:click=move |_| import.over()>{tx!(app, cancel)}</button>
        </div>
    }
}

/// Which column of the file is which field: guessed, shown, changeable.
#[component]
fn Columns(app: App, import: Import, read: StoredValue<Read>) -> impl IntoView {
    let rows = move || {
        let list = import.list.get()?;
        let mapping = import.mapping.get();
        let rows = told::columns(list).into_iter().enumerate().map(move |(at, key)| {
            let chosen = mapping.0.get(at).copied().flatten();
            let options = read.with_value(|read| read.headers.clone()).into_iter().enumerate().map(move |(column, header)| {
                view! { <option value=column.to_string() selected=chosen == Some(column)>{header}</option> }
            });
            let options = options.collect_view();
            let sample = read.with_value(|read| {
                chosen
                    .and_then(|column| read.samples.iter().filter_map(|row| row.get(column)).find(|cell| !cell.trim().is_empty()).cloned())
            });
            let change = move |column: Option<usize>| {
                let mut mapping = import.mapping.get_untracked();
                if let Some(slot) = mapping.0.get_mut(at) {
                    *slot = column;
                }
                import.judge_with(list, mapping);
            };
            view! {
                <li class="column-row">
                    <label>
                        <span>{told::column(app, list, key)}</span>
                        <select class="filter filter-select" on:change:target=move |event| change(event.target().value().parse().ok())>
                            <option value="" selected=chosen.is_none()>{tr!(app, import_no_column)}</option>
                            {options}
                        </select>
                    </label>
                    <small>{sample}</small>
                </li>
            }
        });
        Some(rows.collect_view())
    };
    let found = move || import.mapping.with(|mapping| mapping.0.iter().flatten().count());
    let ignored = move || read.with_value(|read| read.headers.len()).saturating_sub(found());
    view! {
        <details class="group">
            <summary class="group-title">
                {icon("chevron-right")}{live(move || trn!(app, import_columns | import_columns_single, count = found()))}
                <span class="group-count">{live(move || { let left = ignored(); (left > 0).then(|| trn!(app, import_ignored | import_ignored_single, count = left)) })}</span>
            </summary>
            <ul class="columns">{live(rows)}</ul>
        </details>
    }
}

#[component]
fn Judged(app: App, import: Import, preview: Preview) -> impl IntoView {
    let figure = |label: AnyView, count: usize, late: bool| {
        view! { <div><dt>{label}</dt><dd class:fact-late=late>{say::number(i64::try_from(count).unwrap_or(i64::MAX))}</dd></div> }
    };
    let Preview { new, changed, unchanged, asked, asked_count, samples, bad, bad_count, .. } = preview;
    let same = move |same: Same, name: fn(App) -> &'static str| {
        choice(
            Signal::derive(move || name(app).to_owned()),
            "import-same",
            move || import.same.get() == same,
            move || import.same.set(same),
        )
    };
    let row = |(name, rest): (String, String)| view! { <li class="row"><span class="row-words"><span class="row-name">{name}</span><span class="row-why">{rest}</span></span></li> };
    view! {
        <dl class="facts facts-card">
            {figure(tx!(app, import_new).into_any(), new, false)}
            {figure(tx!(app, import_changed).into_any(), changed, false)}
            {figure(tx!(app, import_unchanged).into_any(), unchanged, false)}
            {figure(tx!(app, import_bad).into_any(), bad_count, bad_count > 0)}
        </dl>
        {(asked_count > 0).then(|| view! {
            <section class="card">
                <fieldset class="field">
                    <legend>{trn!(app, import_asked | import_asked_single, count = asked_count)}</legend>
                    <div class="choices">
                        {same(Same::Update, |app| tr!(app, import_same_update))}
                        {same(Same::Add, |app| tr!(app, import_same_add))}
                        {same(Same::LeaveOut, |app| tr!(app, import_same_leave))}
                    </div>
                </fieldset>
                <ul class="rows">{asked.into_iter().map(row).collect_view()}</ul>
            </section>
        })}
        {(!samples.is_empty()).then(|| view! {
            <section class="group">
                <h2 class="group-title">{tx!(app, import_sample)}</h2>
                <ul class="rows">{samples.into_iter().map(row).collect_view()}</ul>
            </section>
        })}
        {(bad_count > 0).then(|| view! {
            <section class="group group-late">
                <h2 class="group-title">{icon("circle-alert")}{tx!(app, import_bad)}<span class="group-count">{bad_count}</span></h2>
                <p class="group-hint">{tx!(app, import_bad_hint)}</p>
                <ul class="rows">
                    {bad.into_iter().take(ROWS_SHOWN).map(|bad| {
                        let (line, name) = (bad.line, bad.name.clone());
                        view! {
                            <li class="row">
                                <span class="row-words">
                                    <span class="row-name">{live(move || tr!(app, import_line, line = line))}" "{name}</span>
                                    <span class="row-why row-why-late">{words(move || told::row_problem(app, import.list.get().unwrap_or(ListKind::Customers), &bad.problem))}</span>
                                </span>
                            </li>
                        }
                    }).collect_view()}
                </ul>
                {(bad_count > ROWS_SHOWN).then(|| view! {
                    <p class="list-note">{live(move || trn!(app, import_more_rows | import_more_rows_single, count = bad_count - ROWS_SHOWN))}</p>
                })}
            </section>
        })}
    }
}

fn written(app: App, import: Import, count: usize) -> impl IntoView {
    let to = match import.list.get_untracked() {
        Some(ListKind::Products) => "/products",
        _ => "/customers",
    };
    view! {
        <section class="card import-done">
            <p role="status">{icon("check")}{trn!(app, import_done | import_done_single, count = count)}</p>
            <p class="field-hint">{tr!(app, import_safety)}</p>
            <a href=link(to) class="btn btn-primary btn-big">{tr!(app, import_see)}</a>
            <button type="button" class="btn" on:click=move |_| import.errands.ask(&Ask::Undo { last: import.errands.last() }, None)>{icon("undo-2")}{tr!(app, import_undo)}</button>
        </section>
    }
}

#[component]
fn Export(app: App, import: Import) -> impl IntoView {
    let export = move |list: ListKind| {
        let chinese = app.language.get_untracked() == Language::Chinese;
        import.errands.ask(&Ask::Export { list, chinese }, None);
    };
    let button = move |list: ListKind| {
        view! {
            <button type="button" class="btn" disabled=when(move || import.errands.is_busy()) on:click=move |_| export(list)>
                {icon("download")}{live(move || told::list(app, list))}
            </button>
        }
    };
    view! {
        <section class="card">
            <h2>{tx!(app, export_title)}</h2>
            <p>{tx!(app, export_text)}</p>
            <div class="actions">{[ListKind::Customers, ListKind::Products, ListKind::Orders, ListKind::Counts].map(button).collect_view()}</div>
        </section>
        <section class="card">
            <h2>{tx!(app, import_undo)}</h2>
            <p>{tx!(app, import_undo_text)}</p>
            <button type="button" class="btn" disabled=when(move || import.errands.is_busy()) on:click=move |_| import.errands.ask(&Ask::Undo { last: import.errands.last() }, None)>{icon("undo-2")}{tx!(app, import_undo)}</button>
        </section>
    }
}
