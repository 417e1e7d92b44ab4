//! A shop with open promises is put away only after the rep has said what becomes of them: they are taken back, they stay, or the shop
//! stays on the lists.

use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::parts::sheet::Sheet;
use crate::ui::texts::{trn, tx};
use leptos::prelude::*;

/// What becomes of open promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Withdrawn,
    Kept,
}

/// The question about so many promises; `decide` is told the answer.
#[component]
pub fn AskFirst(app: App, asking: RwSignal<Option<usize>>, decide: Callback<Fate>) -> impl IntoView {
    let close = move || asking.set(None);
    let answer = move |fate: Fate| {
        close();
        decide.run(fate);
    };
    live(move || {
        asking.get().map(|count| {
            let title = Signal::derive(move || trn!(app, archive_asks | archive_asks_single, count = count));
            view! {
                <Sheet app title on_close=move |()| close()>
                    <div class="sheet-stack">
                        <button type="button" class="btn btn-late" on:click=move |_| answer(Fate::Withdrawn)>{icon("ban")}{tx!(app, archive_withdraw)}</button>
                        <button type="button" class="btn" on:click=move |_| answer(Fate::Kept)>{icon("handshake")}{tx!(app, archive_keep)}</button>
                        <button type="button" class="btn" on:click=move |_| close()>{icon("undo-2")}{tx!(app, archive_cancel)}</button>
                    </div>
                </Sheet>
            }
        })
    })
}
