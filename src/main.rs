//! The browser's entry, and where its wasm is split: each of these functions and what only it needs becomes a file of its own.
//! Elsewhere it says how to run the app.

#[cfg(target_arch = "wasm32")]
mod parts {
    use leptos::prelude::AnyView;
    use leptos::wasm_split::{SplitLoaderError, wasm_split};
    use shelfwise::state::app::App;
    use shelfwise::ui::later::{Part, Parts, at_once};
    use shelfwise::ui::route::Page;

    /// Shops and visits: everything of a round but its first screen. Fetched as soon as that is drawn.
    #[wasm_split(daily, wasm_split_path = ::leptos::wasm_split, preload(fetch_daily), fallible)]
    fn daily(page: Page, app: App) -> Result<AnyView, SplitLoaderError> {
        Ok(page.draw_daily(app))
    }

    /// What no visit needs: forms, import, orders, settings.
    #[wasm_split(seldom, wasm_split_path = ::leptos::wasm_split, preload(fetch_seldom), fallible)]
    fn seldom(page: Page, app: App) -> Result<AnyView, SplitLoaderError> {
        Ok(page.draw_seldom(app))
    }

    pub fn all() -> Parts {
        Parts {
            daily: Part {
                fetch: || Box::pin(async { fetch_daily().await.is_ok() }),
                draw: |page, app| at_once(daily(page, app)).and_then(Result::ok),
            },
            seldom: Part {
                fetch: || Box::pin(async { fetch_seldom().await.is_ok() }),
                draw: |page, app| at_once(seldom(page, app)).and_then(Result::ok),
            },
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    shelfwise::ui::run(parts::all());
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("Shelfwise runs in a browser: make run");
}
