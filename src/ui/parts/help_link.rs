//! A question mark that leads to the help on one topic, where it is needed. A link: nothing of the help is fetched before it is opened.

use crate::domain::help::Topic;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::pages::help::topic_name;
use crate::ui::route::link;
use crate::ui::texts::tx;
use leptos::prelude::*;

/// `?` with the topic's name for a reader.
#[component]
pub fn HelpLink(app: App, topic: Topic) -> impl IntoView {
    let href = link(&format!("/help/{}", topic.word()));
    view! { <a class="btn btn-link help-link" href=href>{icon("circle-question-mark")}{tx!(app, help_on, topic = topic_name(app, topic))}</a> }
}
