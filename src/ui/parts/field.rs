//! Text fields. The text belongs to the person typing: the signal holds it raw, nothing parsed is ever written back, and a value
//! from elsewhere (a stepper, "same as last time") reaches the element only where it differs, so an input method is not disturbed.

use crate::ui::live::{live, when, words};
use leptos::html::Input;
use leptos::prelude::*;

/// Keeps an input element and a raw text in step. Returns the reference to give the element.
pub fn raw_input(text: Signal<String>) -> NodeRef<Input> {
    let node = NodeRef::<Input>::new();
    Effect::new(move |_| {
        let text = text.get();
        if let Some(element) = node.get()
            && element.value() != text
        {
            element.set_value(&text);
        }
    });
    node
}

/// What a field asks the keyboard for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keyboard {
    #[default]
    Text,
    Digits,
    Decimal,
    Phone,
}

impl Keyboard {
    pub fn inputmode(self) -> &'static str {
        match self {
            Keyboard::Text => "text",
            Keyboard::Digits => "numeric",
            Keyboard::Decimal => "decimal",
            Keyboard::Phone => "tel",
        }
    }
}

/// A labelled line of text with its hint and its error.
#[component]
pub fn TextField(
    id: &'static str,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] text: Signal<String>,
    #[prop(into)] on_text: Callback<String>,
    #[prop(into)] error: Signal<Option<String>>,
    #[prop(optional, into)] hint: Option<Signal<String>>,
    #[prop(optional)] keyboard: Keyboard,
    /// Words behind the field, such as a unit.
    #[prop(optional, into)]
    suffix: Option<Signal<String>>,
) -> impl IntoView {
    let node = raw_input(text);
    let hint_id = format!("{id}-hint");
    let described = hint_id.clone();
    view! {
        <div class="field">
            <label for=id>{live(move || label.get())}</label>
            <div class="field-row">
                <input
                    id=id
                    class="input"
                    class:input-error=when(move || error.with(Option::is_some))
                    node_ref=node
                    type="text"
                    inputmode=keyboard.inputmode()
                    autocomplete="off"
                    aria-invalid=words(move || error.with(Option::is_some).to_string())
                    aria-describedby=described
                    on:input:target=move |event| on_text.run(event.target().value())
                />
                {suffix.map(|suffix| view! { <span class="field-suffix">{live(move || suffix.get())}</span> })}
            </div>
            <p id=hint_id class="field-hint" class:field-error=when(move || error.with(Option::is_some))>
                {live(move || error.get().or_else(|| hint.map(|hint| hint.get())).unwrap_or_default())}
            </p>
        </div>
    }
}

/// Moves the focus to the first field that is marked wrong, once it is drawn so.
pub fn focus_first_error() {
    request_animation_frame(|| {
        use wasm_bindgen::JsCast;
        let first = document().query_selector("[aria-invalid='true']").ok().flatten();
        // A field that is folded away is unfolded first.
        if let Some(folded) = first.as_ref().and_then(|element| element.closest("details").ok().flatten()) {
            let _ = folded.set_attribute("open", "");
        }
        if let Some(element) = first.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            // An element that cannot take the focus leaves it where it is.
            let _ = element.focus();
        }
    });
}

/// Whether Enter belongs to the page and not to an input method that is choosing a candidate.
pub fn is_plain_enter(event: &web_sys::KeyboardEvent) -> bool {
    event.key() == "Enter" && !event.is_composing() && event.key_code() != 229
}
