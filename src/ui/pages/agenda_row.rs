//! One shop on a list of the day: its reasons, the gravest first, and the one thing to do about it without opening the shop. Drawn once,
//! without signals: a list draws it anew when it says something else.

use super::agenda_words::{Action, Line, RowWords, Tone};
use crate::domain::channel::Channel;
use crate::domain::id::{CustomerId, PersonId, PromiseId};
use crate::domain::promise::End;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::route::link;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What was done from a row a moment ago.
#[derive(Clone, PartialEq, Eq)]
pub struct Did {
    pub promise: PromiseId,
    pub text: String,
    pub what: Deed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Kept,
    Chased,
}

/// Of the list that a row stands in: where it says what was done.
#[derive(Clone, Copy)]
pub struct Said(pub RwSignal<Option<Did>>);

pub fn shop_row(app: App, row: RowWords, said: Option<Said>) -> AnyView {
    let RowWords { id, name, class, lines, action, is_selected } = row;
    let class = class.map(|(short, tag)| view! { <span class="class-chip" data-class=tag>{short}</span> });
    let mut lines = lines.into_iter();
    let Some(first) = lines.next() else { return ().into_any() };
    let more =
        lines.map(|line| view! { <span class="row-why agenda-also">{icon(line.sign)}<span>{also(&line)}</span></span> }).collect_view();
    let button = action.map(|action| act(app, id, &name, action, said));
    view! {
        <div class="agenda-row" data-selected=is_selected.then_some("yes")>
            <a href=link(&format!("/customers/{id}")) class="row">
                <span class=sign_class(first.tone)>{icon(first.sign)}</span>
                <span class="row-words">
                    <span class="row-name-line"><span class="row-name">{name}</span>{class}</span>
                    <span class="row-why">{first.why}</span>
                    {more}
                </span>
                <span class=right_class(first.tone)>{first.right}{first.money.map(|money| view! { <small class="row-money">{money}</small> })}</span>
            </a>
            {button}
        </div>
    }
    .into_any()
}

/// A further reason in one line.
fn also(line: &Line) -> String {
    let parts = [Some(line.why.as_str()), Some(line.right.as_str()).filter(|right| !right.is_empty()), line.money.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn sign_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Late => "row-sign row-sign-late",
        Tone::Dry => "row-sign row-sign-dry",
        Tone::Near => "row-sign row-sign-warn",
        Tone::Next | Tone::Plain => "row-sign",
    }
}

fn right_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Late => "row-right row-right-late",
        Tone::Dry => "row-right row-right-dry",
        Tone::Near => "row-right row-right-near",
        Tone::Next => "row-right row-right-next",
        Tone::Plain => "row-right",
    }
}

fn act(app: App, shop: CustomerId, name: &str, action: Action, said: Option<Said>) -> AnyView {
    match action {
        Action::Keep(id, text) => {
            let label = tr!(app, agenda_keep, text = text);
            deed(app, label, "check", Did { promise: id, text, what: Deed::Kept }, said)
        }
        Action::Chased(id, text) => {
            let label = tr!(app, agenda_chased, text = text);
            deed(app, label, "clipboard-check", Did { promise: id, text, what: Deed::Chased }, said)
        }
        Action::Call { person, href } => contact(app, shop, person, Channel::Phone, href, "phone", tr!(app, agenda_call_shop, name = name)),
        Action::Write { person, href } => {
            contact(app, shop, person, Channel::Sms, href, "message-square", tr!(app, agenda_write_to, name = name))
        }
    }
}

/// A link that leaves the app; whether somebody answered is asked when the rep is back.
pub fn contact(
    app: App,
    shop: CustomerId,
    person: Option<PersonId>,
    channel: Channel,
    href: String,
    sign: &'static str,
    label: String,
) -> AnyView {
    view! {
        <a class="icon-button icon-button-blue" href=href rel="noreferrer" aria-label=label on:click=move |_| app.link_opened(shop, person, channel)>
            {icon(sign)}
        </a>
    }
    .into_any()
}

fn deed(app: App, label: String, sign: &'static str, did: Did, said: Option<Said>) -> AnyView {
    let press = move |_| {
        let did = did.clone();
        spawn_local(async move {
            let done = match did.what {
                Deed::Kept => app.end_promise(did.promise, End::Kept, "").await.is_ok(),
                Deed::Chased => app.set_chased(did.promise, true).await.is_ok(),
            };
            // A save that was refused is said by the banner, and the row stays.
            if let (true, Some(Said(said))) = (done, said) {
                said.try_set(Some(did));
            }
        });
    };
    view! { <button type="button" class="icon-button icon-button-blue" aria-label=label on:click=press>{icon(sign)}</button> }.into_any()
}

/// Says what was done, with the way back where there is one; the focus goes there, because the row it was on is gone.
pub fn said_line(app: App, said: Said) -> AnyView {
    let Said(said) = said;
    let undo = NodeRef::<leptos::html::Button>::new();
    Effect::new(move |_| {
        if let (true, Some(button)) = (said.with(Option::is_some), undo.get()) {
            // A button that is there takes the focus.
            let _ = button.focus();
        }
    });
    let take_back = move |_| {
        let Some(did) = said.get_untracked() else { return };
        spawn_local(async move {
            let undone = match did.what {
                Deed::Kept => app.reopen_promise(did.promise).await,
                Deed::Chased => app.set_chased(did.promise, false).await,
            };
            if undone.is_ok() {
                said.try_set(None);
            }
        });
    };
    view! {
        <div role="status">{live(move || said.get().map(|did| {
            let text = did.text;
            let done = match did.what {
                Deed::Kept => tr!(app, agenda_kept, text = text),
                Deed::Chased => tr!(app, agenda_was_chased, text = text),
            };
            view! {
                <p class="agenda-said"><span>{done}</span>
                <button type="button" class="btn btn-quiet" node_ref=undo on:click=take_back>{tx!(app, agenda_undo)}</button></p>
            }
        }))}</div>
    }
    .into_any()
}
