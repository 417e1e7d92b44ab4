//! The main wasm is split after linking (`scripts/split`), which needs its relocations.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        println!("cargo::rustc-link-arg-bin=shelfwise=--emit-relocs");
    }
}
