//! How a shop is followed up: its clocks, how far it has come, quiet times, what it was told, and the rep's own settings for it.

use super::clocks::{Clocks, Meter};
use super::profile_form::ProfileForm;
use super::quiet::Quiet;
use super::tips::Tips;
use crate::domain::help::Topic;
use crate::domain::id::CustomerId;
use crate::state::app::App;
use crate::state::day::Loaded;
use crate::ui::live::live;
use crate::ui::pages::not_found::not_found;
use crate::ui::parts::head::SubPageHead;
use crate::ui::parts::help_link::HelpLink;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

#[component]
pub fn ProfilePage(app: App, id: CustomerId) -> impl IntoView {
    let Some(name) = app.book.with_untracked(|book| book.customer(id).map(|shop| shop.fields.name.clone())) else {
        return not_found(app).into_any();
    };
    // Profiles are read a moment after the first screen.
    let is_there = Memo::new(move |_| app.day().loaded.get() >= Loaded::Shops);
    let title = Signal::derive(move || tr!(app, profile_title).to_owned());
    view! {
        <SubPageHead app back=format!("/customers/{id}") title />
        <main class="page profile">
            <p class="page-shop">{name}</p>
            {live(move || if is_there.get() {
                view! {
                    <Clocks app id />
                    <Meter app id />
                    <HelpLink app topic=Topic::WhyPersist />
                    <Quiet app id />
                    <Tips app id />
                    <HelpLink app topic=Topic::Needs />
                    <ProfileForm app id />
                }
                .into_any()
            } else {
                view! { <p role="status">{tx!(app, loading)}</p> }.into_any()
            })}
        </main>
    }
    .into_any()
}
