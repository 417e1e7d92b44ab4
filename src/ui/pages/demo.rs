//! The demonstration: one tap makes it, one tap removes it; a demo shop in which the rep really worked asks first.

use super::import::Import;
use crate::state::app::App;
use crate::state::errands::{Answer, Ask, Desk};
use crate::state::preferences::Language;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when};
use crate::ui::parts::sheet::Sheet;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

fn make(app: App, import: Import) {
    let chinese = app.language.get_untracked() == Language::Chinese;
    import.errands.ask(&Ask::Demo { chinese, last: import.errands.last() }, None);
}

/// On the first screen, beside adding a shop.
#[component]
pub fn TryDemo(app: App) -> impl IntoView {
    let import = expect_context::<Import>();
    let busy = move || import.errands.is_busy();
    view! {
        <button type="button" class="btn" disabled=when(busy) on:click=move |_| make(app, import)>
            {icon("play")}{live(move || if busy() { tr!(app, demo_making) } else { tr!(app, demo_try) })}
        </button>
    }
}

/// Under More: make it, or remove it.
#[component]
pub fn DemoCard(app: App) -> impl IntoView {
    let import = expect_context::<Import>();
    let errands = import.errands;
    let is_there = Memo::new(move |_| {
        app.book.with(|book| book.customers().any(|shop| shop.envelope.demo) || book.products().any(|product| product.envelope.demo))
    });
    let heard = Memo::new(move |_| errands.answer(Desk::Demo));
    let in_use = move || match heard.get() {
        Some(Answer::DemoInUse { shops }) => Some(shops),
        _ => None,
    };
    view! {
        <section class="card demo">
            <h2>{tx!(app, demo_title)}</h2>
            <p>{live(move || if is_there.get() { tr!(app, demo_there) } else { tr!(app, demo_text) })}</p>
            <When when=move || is_there.get()>
                <button type="button" class="btn btn-late" disabled=when(move || errands.is_busy()) on:click=move |_| errands.ask(&Ask::RemoveDemo { with_real: false }, None)>
                    {icon("trash-2")}{tx!(app, demo_remove)}
                </button>
            </When>
            <When when=move || !is_there.get()>
                <button type="button" class="btn" disabled=when(move || errands.is_busy()) on:click=move |_| make(app, import)>
                    {icon("play")}{tx!(app, demo_try)}
                </button>
            </When>
            <p class="field-hint" role="status">{live(move || match heard.get() {
                Some(Answer::DemoRemoved) => tr!(app, demo_removed),
                _ => "",
            })}</p>
        </section>
        {live(move || in_use().map(|shops| {
            let title = Signal::derive(move || tr!(app, demo_in_use).to_owned());
            view! {
                <Sheet app title on_close=move |()| errands.forget()>
                    <p class="sheet-text">{tx!(app, demo_in_use_text)}</p>
                    <ul class="rows">{shops.into_iter().map(|name| view! { <li class="row"><span class="row-name">{name}</span></li> }).collect_view()}</ul>
                    <div class="sheet-stack">
                        <button type="button" class="btn btn-primary" on:click=move |_| errands.forget()>{tx!(app, demo_keep)}</button>
                        <button type="button" class="btn btn-late" on:click=move |_| errands.ask(&Ask::RemoveDemo { with_real: true }, None)>{icon("trash-2")}{tx!(app, demo_remove_all)}</button>
                    </div>
                </Sheet>
            }
        }))}
    }
}
