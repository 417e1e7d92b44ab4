//! Importing a list: choose a file, see everything that would happen, then do it. Nothing is written before the button.

use crate::domain::customer::{CustomerField, FieldProblem};
use crate::domain::product::ProductField;
use crate::state::app::App;
use crate::state::importing::{BadRow, ImportFileProblem, ImportList, LARGEST_FILE, Preview, RowProblem};
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::parts::head::SubPageHead;
use crate::ui::platform;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Bad rows and sample rows drawn; the rest is counted.
const ROWS_SHOWN: usize = 50;

#[derive(Clone, Debug, PartialEq)]
enum Stage {
    Choose,
    Reading,
    Refused(FileRefused),
    Seen(Preview),
    Writing(Preview),
    Done(usize),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum FileRefused {
    Unreadable,
    Problem(ImportFileProblem),
}

#[component]
pub fn ImportPage(app: App, list: ImportList) -> impl IntoView {
    let stage = RwSignal::new(Stage::Choose);
    let title = Signal::derive(move || tr!(app, import_title).to_owned());
    view! {
        <SubPageHead app back="/more" title />
        <main class="page">
            <nav class="segments" aria-label=tx!(app, import_which)>
                <a href=link("/import/customers") aria-current=current(list, ImportList::Customers)>{tx!(app, import_customers)}</a>
                <a href=link("/import/products") aria-current=current(list, ImportList::Products)>{tx!(app, import_products)}</a>
            </nav>
            {live(move || match stage.get() {
                Stage::Choose | Stage::Refused(_) => choose(app, list, stage).into_any(),
                Stage::Reading => view! { <p class="list-note" role="status">{tx!(app, import_reading)}</p> }.into_any(),
                Stage::Seen(preview) => seen(app, preview, stage, false).into_any(),
                Stage::Writing(preview) => seen(app, preview, stage, true).into_any(),
                Stage::Done(count) => done(app, count, list, stage).into_any(),
            })}
        </main>
    }
}

fn current(list: ImportList, of: ImportList) -> &'static str {
    if list == of { "page" } else { "false" }
}

fn choose(app: App, list: ImportList, stage: RwSignal<Stage>) -> impl IntoView {
    let read = move |file: web_sys::File| {
        stage.set(Stage::Reading);
        spawn_local(async move {
            #[expect(clippy::cast_precision_loss, reason = "the limit is far below 2^53")]
            let too_large = file.size() > LARGEST_FILE as f64;
            let next = if too_large {
                Stage::Refused(FileRefused::Problem(ImportFileProblem::TooLarge))
            } else {
                match platform::file_bytes(&file).await {
                    None => Stage::Refused(FileRefused::Unreadable),
                    Some(bytes) => match app.preview_import(list, &bytes) {
                        Ok(preview) => Stage::Seen(preview),
                        Err(problem) => Stage::Refused(FileRefused::Problem(problem)),
                    },
                }
            };
            stage.try_set(next);
        });
    };
    let help = move || match list {
        ImportList::Customers => tr!(app, import_help_customers),
        ImportList::Products => tr!(app, import_help_products),
    };
    let refused = move || match stage.get() {
        Stage::Refused(why) => Some(refusal(app, why)),
        _ => None,
    };
    view! {
        <section class="card import-choose">
            <p>{words(help)}</p>
            <p>{tx!(app, import_code_note)}</p>
            {live(move || refused().map(|words| view! { <p class="field-error" role="alert">{icon("circle-alert")}{words}</p> }))}
            <label class="btn btn-primary btn-big file-button">
                {icon("upload")}
                <span>{tx!(app, import_choose)}</span>
                <input
                    id="import-file"
                    type="file"
                    accept=".csv,text/csv,text/plain"
                    on:change:target=move |event| {
                        let chosen = event.target().files().and_then(|files| files.get(0));
                        if let Some(file) = chosen {
                            read(file);
                        }
                    }
                />
            </label>
        </section>
    }
}

fn refusal(app: App, why: FileRefused) -> &'static str {
    match why {
        FileRefused::Unreadable => tr!(app, file_unreadable),
        FileRefused::Problem(ImportFileProblem::Empty) => tr!(app, file_empty),
        FileRefused::Problem(ImportFileProblem::TooLarge) => tr!(app, file_too_large),
        FileRefused::Problem(ImportFileProblem::TooManyRows) => tr!(app, file_too_many_rows),
        FileRefused::Problem(ImportFileProblem::TooManyColumns) => tr!(app, file_too_many_columns),
        FileRefused::Problem(ImportFileProblem::NotUtf8) => tr!(app, file_not_utf8),
        FileRefused::Problem(ImportFileProblem::NameColumnMissing) => tr!(app, file_no_name),
    }
}

/// A preview in words, whichever list it is of.
struct Words {
    new: usize,
    changed: usize,
    unchanged: usize,
    samples: Vec<(String, String)>,
    bad: Vec<(u64, String, String)>,
}

fn in_words(app: App, preview: &Preview) -> Words {
    match preview {
        Preview::Customers(rows) => Words {
            new: rows.new.len(),
            changed: rows.changed.len(),
            unchanged: rows.unchanged,
            samples: rows
                .new
                .iter()
                .chain(rows.changed.iter().map(|(_, fields)| fields))
                .take(5)
                .map(|fields| {
                    (
                        fields.name.clone(),
                        [&fields.code, &fields.area].into_iter().filter(|s| !s.is_empty()).cloned().collect::<Vec<_>>().join(" · "),
                    )
                })
                .collect(),
            bad: rows.bad.iter().map(|bad| bad_words(app, bad, customer_field)).collect(),
        },
        Preview::Products(rows) => Words {
            new: rows.new.len(),
            changed: rows.changed.len(),
            unchanged: rows.unchanged,
            samples: rows
                .new
                .iter()
                .chain(rows.changed.iter().map(|(_, fields)| fields))
                .take(5)
                .map(|fields| {
                    let price = fields.prices.unit.or(fields.prices.case).map_or_else(|| tr!(app, no_price).to_owned(), say::price);
                    let parts = [Some(fields.code.clone()).filter(|code| !code.is_empty()), say::per_case(app, fields), Some(price)];
                    (fields.name.clone(), parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
                })
                .collect(),
            bad: rows.bad.iter().map(|bad| bad_words(app, bad, product_field)).collect(),
        },
    }
}

fn bad_words<Field: Copy>(app: App, bad: &BadRow<Field>, field_name: fn(App, Field) -> &'static str) -> (u64, String, String) {
    let why = match bad.problem {
        RowProblem::Field(field, problem) => problem_words(app, field_name(app, field), problem),
        RowProblem::Weekday => tr!(app, row_weekday).to_owned(),
        RowProblem::SameCodeAsLine(line) => tr!(app, row_same_code, line = line),
    };
    (bad.line, bad.name.clone(), why)
}

fn problem_words(app: App, field: &str, problem: FieldProblem) -> String {
    tr!(app, problem_with_field, field = field, problem = say::field_problem(app, problem))
}

fn customer_field(app: App, field: CustomerField) -> &'static str {
    match field {
        CustomerField::Name => tr!(app, field_name),
        CustomerField::Code => tr!(app, field_code),
        CustomerField::Area => tr!(app, field_area),
        CustomerField::Address => tr!(app, field_address),
        CustomerField::Phone => tr!(app, field_phone),
        CustomerField::Cycle => tr!(app, field_cycle),
    }
}

fn product_field(app: App, field: ProductField) -> &'static str {
    match field {
        ProductField::Name => tr!(app, product_name),
        ProductField::Code => tr!(app, field_code),
        ProductField::Unit => tr!(app, product_unit),
        ProductField::Case => tr!(app, product_case),
        ProductField::Size => tr!(app, product_size),
        ProductField::UnitPrice => tr!(app, product_unit_price),
        ProductField::CasePrice => tr!(app, product_case_price),
    }
}

fn seen(app: App, preview: Preview, stage: RwSignal<Stage>, writing: bool) -> impl IntoView {
    let Words { new, changed, unchanged, samples, bad } = in_words(app, &preview);
    let (to_write, bad_count) = (new + changed, bad.len());
    let write = move |_| {
        let preview = preview.clone();
        stage.set(Stage::Writing(preview.clone()));
        spawn_local(async move {
            let next = match app.import(preview.clone()).await {
                Ok(()) => Stage::Done(to_write),
                // The banner says why; the preview is still there to try again.
                Err(_) => Stage::Seen(preview),
            };
            stage.try_set(next);
        });
    };
    let figure = |label: AnyView, count: usize, late: bool| {
        view! { <div><dt>{label}</dt><dd class:fact-late=late>{say::number(i64::try_from(count).unwrap_or(i64::MAX))}</dd></div> }
    };
    view! {
        <dl class="facts facts-card">
            {figure(tx!(app, import_new).into_any(), new, false)}
            {figure(tx!(app, import_changed).into_any(), changed, false)}
            {figure(tx!(app, import_unchanged).into_any(), unchanged, false)}
            {figure(tx!(app, import_bad).into_any(), bad_count, bad_count > 0)}
        </dl>
        {(!samples.is_empty()).then(|| view! {
            <section class="group">
                <h2 class="group-title">{tx!(app, import_sample)}</h2>
                <ul class="rows">
                    {samples.into_iter().map(|(name, rest)| view! {
                        <li class="row"><span class="row-words"><span class="row-name">{name}</span><span class="row-why">{rest}</span></span></li>
                    }).collect_view()}
                </ul>
            </section>
        })}
        {(bad_count > 0).then(|| view! {
            <section class="group group-late">
                <h2 class="group-title">{icon("circle-alert")}{tx!(app, import_bad)}<span class="group-count">{bad_count}</span></h2>
                <p class="group-hint">{tx!(app, import_bad_hint)}</p>
                <ul class="rows">
                    {bad.into_iter().take(ROWS_SHOWN).map(|(line, name, why)| view! {
                        <li class="row">
                            <span class="row-words">
                                <span class="row-name">{live(move || tr!(app, import_line, line = line))}" "{name}</span>
                                <span class="row-why row-why-late">{why}</span>
                            </span>
                        </li>
                    }).collect_view()}
                </ul>
                {(bad_count > ROWS_SHOWN).then(|| view! {
                    <p class="list-note">{live(move || trn!(app, import_more_rows | import_more_rows_single, count = bad_count - ROWS_SHOWN))}</p>
                })}
            </section>
        })}
        <div class="form-foot">
            <button type="button" class="btn btn-primary btn-big" disabled=writing || to_write == 0 on:click=write>
                {live(move || if writing {
                    tr!(app, saving).to_owned()
                } else if to_write == 0 {
                    tr!(app, import_nothing).to_owned()
                } else {
                    trn!(app, import_do | import_do_single, count = to_write)
                })}
            </button>
            <button type="button" class="btn" disabled=writing on:click=move |_| stage.set(Stage::Choose)>{tx!(app, cancel)}</button>
        </div>
    }
}

fn done(app: App, count: usize, list: ImportList, stage: RwSignal<Stage>) -> impl IntoView {
    let to = match list {
        ImportList::Customers => "/customers",
        ImportList::Products => "/products",
    };
    view! {
        <section class="card import-done">
            <p role="status">{icon("check")}{live(move || trn!(app, import_done | import_done_single, count = count))}</p>
            <a href=link(to) class="btn btn-primary btn-big">{tx!(app, import_see)}</a>
            <button type="button" class="btn" on:click=move |_| stage.set(Stage::Choose)>{tx!(app, import_another)}</button>
        </section>
    }
}
