//! Contacts as rows, newest first; each opens to be put right or taken back.

use super::words::{channel_sign, touch, touch_words};
use crate::domain::touch::Touch;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::words as text_of;
use crate::ui::route::link;
use crate::ui::say;
use leptos::prelude::*;

/// One contact.
pub fn touch_row(app: App, one: &Touch) -> AnyView {
    let href = link(&format!("/customers/{}/contacts/{}", app.shop_of(one.customer), one.id));
    let (at, sign) = (one.at, channel_sign(one.channel));
    let (title, second) = (one.clone(), one.clone());
    view! {
        <li>
            <a href=href class="timeline-row">
                <span class="timeline-sign">{icon(sign)}</span>
                <span class="row-words">
                    <span class="row-name">{text_of(move || touch(app, &title))}</span>
                    <span class="row-why">{text_of(move || touch_words(app, &second))}</span>
                </span>
                <span class="timeline-date">{text_of(move || format!("{} {}", say::day(app, at.date()), say::time(at)))}</span>
            </a>
        </li>
    }
    .into_any()
}
