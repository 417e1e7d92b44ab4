//! The worker's entry: import, export and demonstration, beside the page.

#[cfg(target_arch = "wasm32")]
fn main() {
    shelfwise::errand::run();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("Shelfwise runs in a browser: make run");
}
