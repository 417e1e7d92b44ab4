//! One message: to whom, its text, what is wrong with it, and how it goes out. Opening the messenger is one press of the rep's, saying
//! that it went out is a second one: nothing is sent and nothing is noted by itself.

use super::findings::{Findings, Goes, judged, mended};
use super::hand::{GO, Hand, Told};
use super::room::{DeskRoom, Focus};
use super::words;
use crate::domain::block_swap;
use crate::domain::channel::Channel;
use crate::domain::id::CustomerId;
use crate::domain::linter::{self, Finding};
use crate::domain::sms;
use crate::domain::template::Block;
use crate::state::clock;
use crate::state::desk::Writing;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when, words as said};
use crate::ui::platform;
use crate::ui::route::link;
use crate::ui::texts::{tr, tx};
use leptos::html::H2;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// What the chips put in, in the order of a message.
const CHIPS: [Block; 6] = [Block::Greeting, Block::Product, Block::Price, Block::Service, Block::Season, Block::Personal];

/// The message to one shop, once what it is written with has been read.
#[component]
pub fn Message(room: DeskRoom, customer: CustomerId) -> impl IntoView {
    let app = room.app;
    let writing = RwSignal::new(None::<Arc<Writing>>);
    spawn_local(async move {
        let Some(state) = room.state.try_get_untracked().flatten() else { return };
        let mut state = (*state).clone();
        state.kept = room.kept.get_untracked();
        let place = state.queue.left.iter().position(|id| *id == customer).unwrap_or(0);
        let day = untrack(|| app.festivals().first().map(|task| words::festival(app, task.festival))).unwrap_or_default();
        // What cannot be read leaves the line that says so; the banner says why.
        if let Ok(read) = app.writing(&state, customer, state.queue.done.len() + place, day).await {
            writing.try_set(Some(Arc::new(read)));
        }
    });
    live(move || match writing.get() {
        Some(writing) => view! { <Editor room writing /> }.into_any(),
        None => view! { <p class="list-note" role="status">{tx!(app, desk_loading)}</p> }.into_any(),
    })
}

#[component]
fn Editor(room: DeskRoom, writing: Arc<Writing>) -> impl IntoView {
    let app = room.app;
    let shop = app.book.with_untracked(|book| book.customer(writing.customer).cloned());
    let number = writing.person.as_ref().and_then(|person| person.fields.phones.first().cloned());
    let number = number.or_else(|| shop.as_ref().map(|shop| shop.fields.phone.clone())).unwrap_or_default();
    let goes = if platform::phone_link("sms", &number).is_some() { Goes::AsText } else { Goes::ByChat };
    let start = writing.text.clone().unwrap_or_else(|| {
        let found = judged(app, &writing, goes, |desk| linter::first_sound(&writing.bodies, desk));
        found.unwrap_or_else(|| writing.frame.around(writing.bodies.first().map_or("", String::as_str)))
    });
    let hand = Hand {
        room,
        writing: StoredValue::new(Arc::clone(&writing)),
        goes,
        text: RwSignal::new(start),
        before: RwSignal::new(None),
        gone: RwSignal::new(None),
        is_saving: RwSignal::new(false),
        told: RwSignal::new(None),
        turn: StoredValue::new(0),
        since: clock::running(),
        node: NodeRef::new(),
    };
    let findings = Memo::new(move |_| {
        let writing = hand.writing.get_value();
        hand.text.with(|text| judged(app, &writing, goes, |desk| linter::lint(text, desk)))
    });
    let mend = move |finding: Option<Finding>| {
        let text = hand.text.with_untracked(|text| mended(app, &hand.writing.get_value(), goes, text, finding.as_ref()));
        hand.change(text);
        hand.focus_text();
    };
    view! {
        <section class="desk-message" aria-labelledby="desk-to">
            {addressee(hand, &writing, &number)}
            {area(hand)}
            {size(hand)}
            {chips(hand, &writing)}
            <Findings app findings mend />
            {foot(hand, number)}
        </section>
    }
}

/// Shop, person, how they are addressed, where it goes.
fn addressee(hand: Hand, writing: &Writing, number: &str) -> AnyView {
    let (app, customer) = (hand.room.app, writing.customer);
    let name = app.book.with_untracked(|book| book.customer(customer).map(|shop| shop.fields.name.clone())).unwrap_or_default();
    let address = writing.frame.address.clone();
    let who = writing.person.as_ref().map(|person| person.fields.name.clone()).filter(|name| *name != address).unwrap_or_default();
    let handle =
        writing.person.as_ref().and_then(|person| person.fields.handles.first().map(|handle| handle.text.clone())).unwrap_or_default();
    let where_to = if number.is_empty() { handle } else { number.to_owned() };
    let known: Vec<String> = [address.clone(), who, where_to].into_iter().filter(|text| !text.is_empty()).collect();
    let heading = NodeRef::<H2>::new();
    Effect::new(move |_| {
        let (Some(title), Some(area)) = (heading.get(), hand.node.get()) else { return };
        let wanted = hand.room.focus.try_update_value(|focus| std::mem::replace(focus, Focus::Stays));
        // What is on screen takes the focus.
        let _ = match wanted {
            Some(Focus::Text) => area.focus(),
            Some(Focus::Heading) => title.focus(),
            _ => Ok(()),
        };
    });
    view! {
        <header class="desk-to">
            <h2 id="desk-to" tabindex="-1" node_ref=heading>{name}</h2>
            <p>{known.join(" · ")}</p>
            {address.is_empty().then(|| view! { <p class="field-hint">{tx!(app, desk_no_address)}</p> })}
            <a class="btn btn-quiet" href=link(&format!("/customers/{customer}"))>{icon("store")}{tx!(app, desk_to_shop)}</a>
        </header>
    }
    .into_any()
}

fn area(hand: Hand) -> AnyView {
    let app = hand.room.app;
    Effect::new(move |_| {
        let text = hand.text.get();
        if let Some(area) = hand.node.get()
            && area.value() != text
        {
            area.set_value(&text);
        }
    });
    let on_key = move |event: web_sys::KeyboardEvent| {
        let is_go = event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.repeat() && !event.is_composing();
        if is_go {
            event.prevent_default();
            let go = document().get_element_by_id(GO).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
            if let Some(go) = go {
                go.click();
            }
        }
    };
    view! {
        <label class="visually-hidden" for="desk-text">{tx!(app, desk_message)}</label>
        <textarea
            id="desk-text"
            class="input desk-text"
            rows="5"
            maxlength="2000"
            node_ref=hand.node
            aria-describedby="desk-size desk-keys"
            on:input:target=move |event| hand.write(event.target().value())
            on:keydown=on_key
        ></textarea>
    }
    .into_any()
}

/// How much of a text message it takes.
fn size(hand: Hand) -> AnyView {
    let app = hand.room.app;
    let size = Memo::new(move |_| hand.text.with(|text| sms::size(text)));
    let most = move || {
        let size = size.get();
        if size.parts > 1 { size.parts * size.alphabet.of_several() } else { size.alphabet.alone() }
    };
    let figures = move || tr!(app, desk_size, units = size.get().units, most = most(), parts = size.get().parts);
    view! {
        <div class="desk-size" class:desk-size-over=when(move || size.get().parts > 1)>
            <progress max=said(move || most().to_string()) value=said(move || size.get().units.to_string()) aria-hidden="true"></progress>
            <p id="desk-size">{said(figures)}</p>
        </div>
    }
    .into_any()
}

fn chips(hand: Hand, writing: &Writing) -> AnyView {
    let app = hand.room.app;
    let blocks = hand.room.state.with_untracked(|state| state.as_ref().map(|state| state.blocks.clone()).unwrap_or_default());
    let chip = |kind: Block| {
        let options = block_swap::options(&blocks, kind, &writing.fillings);
        if options.is_empty() {
            return None;
        }
        let options = StoredValue::new(options);
        let is_in = move || options.with_value(|options| hand.text.with(|text| block_swap::standing(text, options).is_some()));
        let turn = move |_| {
            let frame = hand.writing.with_value(|writing| writing.frame.clone());
            let text = options.with_value(|options| hand.text.with_untracked(|text| block_swap::turned(text, options, &frame)));
            hand.change(text);
        };
        Some(view! {
            <button type="button" class="btn desk-chip" aria-pressed=said(move || is_in().to_string()) on:click=turn>
                {live(move || icon(if is_in() { "repeat-2" } else { "plus" }))}{said(move || words::block(app, kind))}
            </button>
        })
    };
    let chips: Vec<_> = CHIPS.into_iter().filter_map(chip).collect();
    view! {
        <div class="desk-chips" role="group" aria-label=tx!(app, desk_chips)>{chips}</div>
        <div class="actions desk-tools">
            <button type="button" class="btn" on:click=move |_| hand.another()>{icon("refresh-cw")}{tx!(app, desk_another)}</button>
            <When when=move || hand.before.with(Option::is_some)>
                <button type="button" class="btn" on:click=move |_| {
                    if let Some(text) = hand.before.get_untracked() {
                        hand.before.set(None);
                        hand.write(text);
                        hand.focus_text();
                    }
                }>{icon("undo-2")}{tx!(app, desk_text_back)}</button>
            </When>
        </div>
    }
    .into_any()
}

/// How it goes out: the messenger first, "sent" second, on the same button.
fn foot(hand: Hand, number: String) -> AnyView {
    let app = hand.room.app;
    let href = Memo::new(move |_| hand.text.with(|text| platform::message_link(&number, text)));
    let has_link = Memo::new(move |_| href.with(Option::is_some));
    let is_gone = Memo::new(move |_| hand.gone.with(Option::is_some));
    let is_blank = Memo::new(move |_| hand.text.with(|text| text.trim().is_empty()));
    let by = |event: &web_sys::MouseEvent| if event.detail() == 0 { Focus::Text } else { Focus::Heading };
    let address = move || href.get().unwrap_or_default();
    let open = move |_| {
        hand.gone.set(Some(Channel::Sms));
        hand.stay_at_go();
    };
    let main = move || {
        if is_blank.get() {
            return view! { <button type="button" id=GO class="btn btn-primary btn-big" disabled>{tr!(app, desk_write_first)}</button> }
                .into_any();
        }
        if is_gone.get() {
            return view! {
                <button type="button" id=GO class="btn btn-primary btn-big" disabled=hand.is_saving on:click=move |event| hand.sent(by(&event))>
                    {icon("check")}{tr!(app, desk_sent_next)}
                </button>
            }
            .into_any();
        }
        if has_link.get() {
            return view! {
                <a id=GO class="btn btn-primary btn-big" rel="noreferrer" href=said(address) on:click=open>{icon("message-square")}{tr!(app, desk_open)}</a>
            }
            .into_any();
        }
        view! { <button type="button" id=GO class="btn btn-primary btn-big" on:click=move |_| hand.copy()>{icon("copy")}{tr!(app, desk_copy_first)}</button> }
            .into_any()
    };
    let told = move || match hand.told.get() {
        Some(Told::Copied) => tr!(app, desk_copied),
        Some(Told::NotCopied) => tr!(app, desk_not_copied),
        Some(Told::NotNoted) => tr!(app, desk_not_noted),
        None if is_gone.get() => tr!(app, desk_opened),
        None => "",
    };
    let skip = move |event: web_sys::MouseEvent| {
        hand.room.focus.set_value(by(&event));
        hand.room.skip(hand.customer(), hand.text.get_untracked());
    };
    view! {
        <div class="actions desk-more">
            <When when=move || is_gone.get() && has_link.get()>
                <a class="btn" rel="noreferrer" href=said(address) on:click=open>{icon("message-square")}{tx!(app, desk_open_again)}</a>
            </When>
            <button type="button" class="btn" disabled=is_blank on:click=move |_| hand.share()>{icon("share-2")}{tx!(app, share)}</button>
            <When when=move || has_link.get() || is_gone.get()>
                <button type="button" class="btn" disabled=is_blank on:click=move |_| hand.copy()>{icon("copy")}{tx!(app, copy)}</button>
            </When>
            <When when=move || !is_gone.get()>
                <button type="button" class="btn" disabled=move || is_blank.get() || hand.is_saving.get() on:click=move |event| hand.sent(by(&event))>{icon("check")}{tx!(app, desk_was_sent)}</button>
            </When>
            <button type="button" class="btn" on:click=skip>{icon("clock")}{tx!(app, desk_skip)}</button>
        </div>
        <div class="form-foot desk-foot">
            <p class="desk-told" role="status">{said(told)}</p>
            {live(main)}
            <p id="desk-keys" class="field-hint desk-keys">{tx!(app, desk_keys)}</p>
        </div>
    }
    .into_any()
}
