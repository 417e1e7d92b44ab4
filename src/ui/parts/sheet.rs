//! A sheet over the page: a modal dialog that the browser keeps the focus in, closed by its button, Escape or a tap outside.

use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::texts::tr;
use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Shown as soon as it is drawn; `on_close` is told when the person closes it and takes it away.
#[component]
pub fn Sheet(
    app: App,
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] subtitle: Option<Signal<String>>,
    #[prop(into)] on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            // An element that is not in the page yet throws; the next run of this effect has it.
            let _ = dialog.show_modal();
        }
    });
    view! {
        <dialog
            class="sheet"
            node_ref=node
            aria-labelledby="sheet-title"
            on:close=move |_| on_close.run(())
            on:click=move |event| {
                // Only the dialog itself is outside its body: the dimmed page.
                let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
                if target.is_some_and(|target| target.tag_name() == "DIALOG") {
                    on_close.run(());
                }
            }
        >
            <div class="sheet-body">
                <div class="sheet-grabber" aria-hidden="true"></div>
                <div class="sheet-head">
                    <div>
                        <h2 id="sheet-title">{live(move || title.get())}</h2>
                        {subtitle.map(|subtitle| view! { <p>{live(move || subtitle.get())}</p> })}
                    </div>
                    <button type="button" class="icon-button" aria-label=words(move || tr!(app, close)) on:click=move |_| on_close.run(())>
                        {icon("x")}
                    </button>
                </div>
                {children()}
            </div>
        </dialog>
    }
}
