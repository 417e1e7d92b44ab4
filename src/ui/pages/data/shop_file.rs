//! One shop as a file, to hand over: its history goes along.

use super::super::import::Import;
use crate::domain::id::CustomerId;
use crate::state::app::App;
use crate::state::errands::{Answer, Ask, Desk};
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when};
use crate::ui::parts::hand_over::{HandOver, Way};
use crate::ui::parts::head::SubPageHead;
use crate::ui::parts::working::Working;
use crate::ui::platform;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

#[component]
pub fn ShopFilePage(app: App, id: CustomerId) -> impl IntoView {
    let errands = expect_context::<Import>().errands;
    let way = RwSignal::new(Way::Save);
    let title = Signal::derive(move || tr!(app, shop_file).to_owned());
    let name = app.book.with_untracked(|book| book.customer(id).map(|shop| shop.fields.name.clone())).unwrap_or_default();
    // What was made before this page was opened is another's.
    let began = RwSignal::new(false);
    let make = move |to: Way| {
        way.set(to);
        began.set(true);
        errands.ask(&Ask::BackUp { shop: Some(id) }, None);
    };
    let made = Memo::new(move |_| match errands.answer(Desk::Backup) {
        Some(Answer::File(made)) if began.get() => Some(made),
        _ => None,
    });
    let is_busy = move || errands.is_busy();
    view! {
        <SubPageHead app back=format!("/customers/{id}") title />
        <main class="page">
            {live(move || made.get().map(|made| view! { <HandOver app errands made way=way.get_untracked() /> }))}
            <When when=move || errands.busy.get() == Some(Desk::Backup)><Working app errands /></When>
            <section class="card">
                <h2>{name}</h2>
                <p>{tx!(app, shop_file_text)}</p>
                <p>{tx!(app, shop_file_how)}</p>
                <div class="actions">
                    <button type="button" id="shop-file" class="btn btn-primary" disabled=when(is_busy) on:click=move |_| make(Way::Save)>{icon("download")}{tx!(app, shop_file_make)}</button>
                    {platform::shares_files().then(|| view! {
                        <button type="button" class="btn" disabled=when(is_busy) on:click=move |_| make(Way::Share)>{icon("share-2")}{tx!(app, share)}</button>
                    })}
                </div>
            </section>
        </main>
    }
}
