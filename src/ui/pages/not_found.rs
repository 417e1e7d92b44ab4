//! An address that leads nowhere: says so, and the way back.

use crate::state::app::App;
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::SubPageHead;
use crate::ui::route::link;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

pub fn not_found(app: App) -> impl IntoView {
    let title = Signal::derive(move || tr!(app, not_found_title).to_owned());
    view! {
        <SubPageHead app back="/" title />
        <main class="page">
            <Empty title text=Signal::derive(move || tr!(app, not_found_text).to_owned())>
                <a href=link("/") class="btn btn-primary">{tx!(app, go_today)}</a>
            </Empty>
        </main>
    }
}
