//! What is wrong with the message, found as it is written, each with its mend of one tap. Without a fault it says so.

use super::words;
use crate::domain::linter::{self, Desk, Fault, Finding, Occasion};
use crate::state::app::App;
use crate::state::desk::Writing;
use crate::ui::icon::icon;
use crate::ui::live::{live, words as said};
use crate::ui::route::link;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;

/// Reads with what a message is judged by.
pub fn judged<T>(app: App, writing: &Writing, goes: Goes, read: impl FnOnce(&Desk<'_>) -> T) -> T {
    let names: Vec<&str> = writing.names.iter().map(String::as_str).collect();
    app.book.with_untracked(|book| {
        let products: Vec<&str> = book.active_products().map(|product| product.fields.name.as_str()).collect();
        read(&Desk {
            frame: &writing.frame,
            occasion: Occasion::Greeting { products: &products },
            fillings: &writing.fillings,
            parts: (goes == Goes::AsText).then_some(1),
            names: &names,
            others: &writing.others,
            spares: &writing.bodies,
        })
    })
}

/// The way a message takes: a text message has a length, a chat has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goes {
    AsText,
    ByChat,
}

#[component]
pub fn Findings(app: App, findings: Memo<Vec<Finding>>, #[prop(into)] mend: Callback<Option<Finding>>) -> impl IntoView {
    let can_mend = move || findings.with(|findings| findings.iter().filter(|finding| finding.mend.is_some()).count());
    let count = move || match findings.with(Vec::len) {
        0 => tr!(app, desk_sound).to_owned(),
        many => trn!(app, desk_faults | desk_faults_single, count = many),
    };
    let row = move |finding: Finding| {
        let words = words::fault(app, finding.fault);
        let is_nameless = finding.fault == Fault::MissingSignature && finding.mend.is_none();
        let has_mend = finding.mend.is_some();
        view! {
            <li>
                {icon("circle-alert")}
                <span>{words}</span>
                {is_nameless.then(|| view! { <a class="btn btn-quiet" href=link("/settings")>{tr!(app, desk_nameless_do)}</a> })}
                {has_mend.then(|| view! {
                    <button type="button" class="btn desk-mend" on:click=move |_| mend.run(Some(finding.clone()))>{tr!(app, desk_mend)}</button>
                })}
            </li>
        }
    };
    view! {
        <section class="desk-findings" class:desk-sound=move || findings.with(Vec::is_empty)>
            <div class="desk-findings-head">
                <p role="status">{live(move || findings.with(Vec::is_empty).then(|| icon("check")))}{said(count)}</p>
                {live(move || (can_mend() > 1).then(|| view! {
                    <button type="button" class="btn btn-quiet" on:click=move |_| mend.run(None)>{icon("list-checks")}{tx!(app, desk_mend_all)}</button>
                }))}
            </div>
            <ul>{live(move || findings.get().into_iter().map(row).collect_view())}</ul>
        </section>
    }
}

/// The text with one finding mended, or with all.
pub fn mended(app: App, writing: &Writing, goes: Goes, text: &str, finding: Option<&Finding>) -> String {
    match finding {
        Some(finding) => finding.mend.as_ref().map_or_else(|| text.to_owned(), |mend| linter::mended(text, mend)),
        None => judged(app, writing, goes, |desk| linter::mended_all(text, desk)),
    }
}
