//! The browser's entry. Elsewhere it says how to run the app.

#[cfg(target_arch = "wasm32")]
fn main() {
    shelfwise::ui::run();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("Shelfwise runs in a browser: make run");
}
