//! Splits a wasm file that was linked with `--emit-relocs` at its `wasm_split` functions.
//! shelfwise-split <in.wasm> <main-out.wasm> <folder of the parts> <module name of the glue, as ./shelfwise.js>

use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, main, folder, glue] = arguments.as_slice() else {
        eprintln!("shelfwise-split <in.wasm> <main-out.wasm> <folder> <./glue.js>");
        std::process::exit(2);
    };
    let wasm = std::fs::read(input).unwrap_or_else(|error| panic!("{input}: {error}"));
    let mut options = wasm_split_cli_support::Options::new(&wasm);
    options.main_out_path = Path::new(main);
    options.output_dir = Path::new(folder);
    options.main_module = glue;
    options.link_name = "./__wasm_split.js";
    match wasm_split_cli_support::transform(options) {
        Ok(split) => split.split_modules.iter().for_each(|part| println!("{}", part.display())),
        Err(error) => {
            eprintln!("shelfwise-split: {error:?}");
            std::process::exit(1);
        }
    }
}
