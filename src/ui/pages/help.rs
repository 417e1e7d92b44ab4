//! Help: the topics, and a page for each. The texts are fetched when a page of them is opened, in the language that is read, and drawn
//! as text, never as markup.

use crate::domain::help::{Card, Part, Section, Topic};
use crate::state::app::App;
use crate::state::help;
use crate::state::preferences::Language;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::parts::head::SubPageHead;
use crate::ui::platform;
use crate::ui::route::link;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The title of a topic, without the file it stands in (a test proves that both say the same).
pub fn topic_name(app: App, topic: Topic) -> &'static str {
    match topic {
        Topic::Questions => tr!(app, help_questions),
        Topic::WhyPersist => tr!(app, help_why_persist),
        Topic::HowFollow => tr!(app, help_how_follow),
        Topic::Strategies => tr!(app, help_strategies),
        Topic::Phrases => tr!(app, help_phrases),
        Topic::Calls => tr!(app, help_calls),
        Topic::Excuses => tr!(app, help_excuses),
        Topic::Frequency => tr!(app, help_frequency),
        Topic::Channels => tr!(app, help_channels),
        Topic::Needs => tr!(app, help_needs),
        Topic::PreVisit => tr!(app, help_pre_visit),
        Topic::Objections => tr!(app, help_objections),
        Topic::Conduct => tr!(app, help_conduct),
        Topic::Barriers => tr!(app, help_barriers),
        Topic::Talk => tr!(app, help_talk),
        Topic::ExactAndPrompt => tr!(app, help_exact_and_prompt),
        Topic::AfterSale => tr!(app, help_after_sale),
    }
}

/// The topics, each a page. Needs no text that is fetched.
#[component]
pub fn HelpPage(app: App) -> impl IntoView {
    let title = Signal::derive(move || tr!(app, help_title).to_owned());
    let entry = move |topic: Topic| {
        view! {
            <li>
                <a href=link(&format!("/help/{}", topic.word())) class="row">
                    <span class="row-words"><span class="row-name">{live(move || topic_name(app, topic))}</span></span>
                    <span class="row-right">{icon("chevron-right")}</span>
                </a>
            </li>
        }
    };
    view! {
        <SubPageHead app back="/more" title />
        <main class="page">
            <p class="group-hint">{tx!(app, help_text)}</p>
            <ul class="rows help-topics">{Topic::ALL.into_iter().map(entry).collect_view()}</ul>
        </main>
    }
}

/// How far the text of a topic is there.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fetched {
    Waiting,
    Here(Section),
    Failed,
}

#[component]
pub fn TopicPage(app: App, topic: Topic) -> impl IntoView {
    let fetched = RwSignal::new(Fetched::Waiting);
    let tries = RwSignal::new(0_u32);
    Effect::new(move |_| {
        tries.track();
        let language = app.language.get();
        fetched.set(Fetched::Waiting);
        spawn_local(async move {
            let path = match language {
                Language::Chinese => "help/zh.json",
                Language::English => "help/en.json",
            };
            let text = platform::shipped_text(path).await;
            let section = text.and_then(|text| help::sections(&text)).and_then(|all| all.into_iter().find(|section| section.id == topic));
            // Another language was chosen meanwhile, or the page is gone.
            if app.language.try_get_untracked() == Some(language) {
                fetched.try_set(section.map_or(Fetched::Failed, Fetched::Here));
            }
        });
    });
    let title = Signal::derive(move || topic_name(app, topic).to_owned());
    view! {
        <SubPageHead app back="/help" title />
        <main class="page help">
            {live(move || match fetched.get() {
                Fetched::Waiting => view! { <p class="list-note" role="status">{tx!(app, help_waiting)}</p> }.into_any(),
                Fetched::Failed => view! {
                    <p class="list-note" role="alert">{tx!(app, help_failed)}</p>
                    <button type="button" class="btn" on:click=move |_| tries.update(|tries| *tries += 1)>{icon("refresh-cw")}{tx!(app, help_again)}</button>
                }.into_any(),
                Fetched::Here(section) => section.body.into_iter().map(|part| drawn(app, part)).collect_view().into_any(),
            })}
        </main>
    }
}

fn drawn(app: App, part: Part) -> AnyView {
    match part {
        Part::Text(text) => view! { <p>{text}</p> }.into_any(),
        Part::List(lines) => {
            view! { <ol class="help-list">{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ol> }.into_any()
        }
        Part::Card(card) => drawn_card(app, card),
    }
}

fn drawn_card(app: App, card: Card) -> AnyView {
    let line = |label: fn(App) -> &'static str, text: String| {
        (!text.is_empty()).then(|| view! { <p><b>{live(move || label(app))}</b>{text}</p> }.into_any())
    };
    view! {
        <section class="card help-card">
            <h3>{card.name}</h3>
            <p>{card.what}</p>
            {line(|app| tr!(app, help_when), card.when)}
            {(!card.say.is_empty()).then(|| view! { <blockquote>{card.say}</blockquote> })}
            {line(|app| tr!(app, help_risk), card.risk)}
        </section>
    }
    .into_any()
}
