//! About: version, licence, and the third-party licences that the build gathered.

use crate::state::app::App;
use crate::ui::live::live;
use crate::ui::parts::head::SubPageHead;
use crate::ui::platform;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn AboutPage(app: App) -> impl IntoView {
    let title = Signal::derive(move || tr!(app, about).to_owned());
    let licences = RwSignal::new(None::<Result<String, ()>>);
    let show = move |_| {
        spawn_local(async move {
            let text = platform::shipped_text("licences.txt").await;
            licences.try_set(Some(text.ok_or(())));
        });
    };
    view! {
        <SubPageHead app back="/more" title />
        <main class="page">
            <section class="card">
                <h2>{tx!(app, app_name)}</h2>
                <p>{live(move || tr!(app, about_version, version = env!("CARGO_PKG_VERSION")))}</p>
                <p>{tx!(app, about_what)}</p>
                <p>{tx!(app, local_only)}</p>
                <p>{tx!(app, about_data)}</p>
                <p>{tx!(app, about_licence)}</p>
            </section>
            <section class="card">
                <h2>{tx!(app, about_third)}</h2>
                <p>{tx!(app, about_third_text)}</p>
                {live(move || match licences.get() {
                    None => view! { <button type="button" class="btn" on:click=show>{tx!(app, about_third_show)}</button> }.into_any(),
                    Some(Ok(text)) => view! { <pre class="licences" tabindex="0">{text}</pre> }.into_any(),
                    Some(Err(())) => view! {
                        <p class="field-error" role="alert">{tx!(app, about_third_failed)}</p>
                        <button type="button" class="btn" on:click=show>{tx!(app, about_third_show)}</button>
                    }.into_any(),
                })}
            </section>
        </main>
    }
}
