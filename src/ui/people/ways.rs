//! Ways to reach a person, each one tap. A link that leaves the app is remembered, so that coming back offers to note the contact.

use super::words;
use crate::domain::channel::Channel;
use crate::domain::id::CustomerId;
use crate::domain::link;
use crate::domain::person::{Handle, HandleKind, Person};
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::platform;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

/// The first number as a round button, for a line of a list; nothing without one.
pub fn call_button(app: App, shop: CustomerId, person: &Person) -> Option<AnyView> {
    let id = person.id;
    let name = words::called(person);
    let href = platform::phone_link("tel", person.fields.phones.first()?)?;
    Some(
        view! {
            <a
                class="icon-button icon-button-blue"
                href=href
                rel="noreferrer"
                aria-label=crate::ui::live::words(move || tr!(app, people_call, name = name.clone()))
                on:click=move |_| app.link_opened(shop, Some(id), Channel::Phone)
            >
                {icon("phone")}
            </a>
        }
        .into_any(),
    )
}

/// Everything a person is reached by, the way they like first.
pub fn ways(app: App, shop: CustomerId, person: &Person) -> AnyView {
    let id = person.id;
    let opened = move |channel: Channel| app.link_opened(shop, Some(id), channel);
    let phones = person.fields.phones.iter().map(|phone| {
        let call = platform::phone_link("tel", phone).map(|href| {
            view! { <a class="btn" href=href rel="noreferrer" on:click=move |_| opened(Channel::Phone)>{icon("phone")}{tx!(app, call)}</a> }
        });
        let text = platform::phone_link("sms", phone).map(|href| {
            view! { <a class="btn" href=href rel="noreferrer" on:click=move |_| opened(Channel::Sms)>{icon("message-square")}{tx!(app, sms)}</a> }
        });
        way(phone.clone(), live(move || tr!(app, people_channel_phone)).into_any(), view! { {call}{text} }.into_any())
    });
    let handles = person.fields.handles.iter().map(|handle| {
        let kind = handle.kind;
        let act = if kind == HandleKind::Email { mail(app, shop, person, handle) } else { Some(copy(app, handle.text.clone())) };
        way(handle.text.clone(), live(move || words::handle_kind(app, kind)).into_any(), act.into_any())
    });
    let all: Vec<AnyView> = phones.chain(handles).collect();
    view! { <ul class="rows ways">{all}</ul> }.into_any()
}

fn way(text: String, what: AnyView, acts: AnyView) -> AnyView {
    view! {
        <li class="row way">
            <span class="row-words"><span class="row-name">{text}</span><span class="row-why">{what}</span></span>
            <span class="way-acts">{acts}</span>
        </li>
    }
    .into_any()
}

fn mail(app: App, shop: CustomerId, person: &Person, handle: &Handle) -> Option<AnyView> {
    let id = person.id;
    let href = link::mail(&handle.text, "", "")?;
    let opened = move |_| app.link_opened(shop, Some(id), Channel::Email);
    Some(view! { <a class="btn" href=href rel="noreferrer" on:click=opened>{icon("send")}{tx!(app, people_mail)}</a> }.into_any())
}

fn copy(app: App, text: String) -> AnyView {
    let copied = RwSignal::new(None);
    let act = move |_| {
        let text = text.clone();
        leptos::task::spawn_local(async move {
            let done = platform::copy(&text).await;
            // The page may be gone.
            copied.try_set(Some(done));
        });
    };
    view! {
        <button type="button" class="btn" on:click=act>{icon("copy")}{live(move || match copied.get() {
            Some(true) => tr!(app, people_copied),
            Some(false) => tr!(app, people_not_copied),
            None => tr!(app, people_copy),
        })}</button>
    }
    .into_any()
}
