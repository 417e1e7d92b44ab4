//! What keeps foreign code out of the page: the content security policy as it is built and sent, what the pages never do, and the
//! few doors that trusted types leave open.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn file(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// What stands between two marks, the first of each.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, after) = text.split_once(from).unwrap_or_else(|| panic!("{from} is gone: this test reads nothing"));
    after.split_once(to).unwrap_or_else(|| panic!("{to} is gone")).0
}

/// The directives in `scripts/post-build.mjs`, by name. `inline` stands for the hashes of the page's own inline scripts.
fn directives() -> BTreeMap<String, Vec<String>> {
    let script = file("scripts/post-build.mjs");
    let list = between(&script, "const policy = [", "].join('; ')");
    let mut found = BTreeMap::new();
    for line in list.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let quote = line.chars().next().unwrap();
        assert!(['"', '\'', '`'].contains(&quote), "not a text by itself: {line}");
        let text = line[1..].split(quote).next().unwrap().replace("${inline.join(' ')}", "inline");
        let mut words = text.split_whitespace().map(str::to_owned);
        let name = words.next().unwrap();
        assert!(found.insert(name.clone(), words.collect()).is_none(), "{name} twice: the second is ignored");
    }
    found
}

#[test]
fn the_policy_has_the_directives_that_are_promised_and_no_others() {
    let promised = [
        ("default-src", &["'none'"][..]),
        ("script-src", &["'self'", "'wasm-unsafe-eval'", "inline"]),
        ("style-src", &["'self'"]),
        ("img-src", &["'self'", "data:", "blob:"]),
        ("font-src", &["'self'"]),
        ("connect-src", &["'self'"]),
        ("manifest-src", &["'self'"]),
        ("worker-src", &["'self'"]),
        ("base-uri", &["'self'"]),
        ("form-action", &["'self'"]),
        ("object-src", &["'none'"]),
        ("require-trusted-types-for", &["'script'"]),
        ("trusted-types", &["default"]),
    ];
    let promised = promised.map(|(name, words)| (name.to_owned(), words.iter().map(|word| (*word).to_owned()).collect()));
    assert_eq!(directives(), BTreeMap::from(promised));
    for words in directives().values() {
        for word in words {
            assert!(
                !["'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "'strict-dynamic'", "*", "https:", "http:"]
                    .contains(&word.as_str())
            );
        }
    }
}

#[test]
fn inline_scripts_of_the_page_are_let_in_by_their_hash_alone() {
    let script = file("scripts/post-build.mjs");
    assert!(script.contains("`'sha256-${hash(code, 'base64')}'`"), "inline is a list of hashes");
    let page = file("index.html");
    for (at, _) in page.match_indices("<script") {
        let tag = page[at..].split('>').next().unwrap();
        assert!(tag.contains("src="), "written into the page by hand: {tag}");
    }
    for bad in [" style=", " onclick=", " onload=", " onerror=", "javascript:", "http://", "https://"] {
        assert!(!page.contains(bad), "the page has {bad}");
    }
}

#[test]
fn the_headers_carry_the_policy_and_forbid_frames() {
    let headers = file("public/_headers");
    let all = between(&headers, "/*\n", "\n/");
    let values: BTreeMap<&str, &str> = all.lines().map(|line| line.trim().split_once(": ").unwrap()).collect();
    assert_eq!(values["Content-Security-Policy"], "__CSP__; frame-ancestors 'none'");
    assert_eq!(values["X-Content-Type-Options"], "nosniff");
    assert_eq!(values["Referrer-Policy"], "no-referrer");
    assert_eq!(values["Cross-Origin-Opener-Policy"], "same-origin");
    for sense in ["camera", "microphone", "geolocation", "usb", "serial", "hid", "midi", "payment"] {
        assert!(values["Permissions-Policy"].contains(&format!("{sense}=()")), "{sense}");
    }
    let script = file("scripts/post-build.mjs");
    assert!(script.contains("replace('__CSP__', policy)"), "the headers get the policy of the page");
    assert!(script.contains(r#"<meta http-equiv="Content-Security-Policy" content="${policy}">"#), "and the page has it without a server");
}

/// Ways from a text to markup or code.
const TO_MARKUP: &[&str] = &[
    "inner_html",
    "innerHTML",
    "outer_html",
    "outerHTML",
    "insert_adjacent",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "new Function",
    "Function::new",
    "srcdoc",
    "DomParser",
    "DOMParser",
    "create_contextual_fragment",
    "createContextualFragment",
];

#[test]
fn nothing_turns_a_text_into_markup_or_code() {
    fn walk(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "js") {
                found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let (mut files, root) = (Vec::new(), Path::new(env!("CARGO_MANIFEST_DIR")));
    walk(&root.join("src"), &mut files);
    walk(&root.join("public"), &mut files);
    assert!(files.iter().any(|(path, _)| path.contains("/ui/")) && files.iter().any(|(path, _)| path.ends_with("boot.js")));
    for (path, text) in files {
        let code: Vec<&str> = text.lines().map(|line| line.split("//").next().unwrap()).collect();
        for word in TO_MARKUP {
            assert!(!code.iter().any(|line| line.contains(word)), "{path}: {word}");
        }
    }
}

/// Workers that are fetched by their plain name; the one for errands has its name from the build.
const SCRIPTS: &[&str] = &["sw.js", "journal.js"];

#[test]
fn the_one_policy_of_trusted_types_passes_known_addresses_and_templates_without_code() {
    let boot = file("public/boot.js");
    assert_eq!(boot.matches("createPolicy(").count(), 1, "one policy");
    let policy = between(&boot, "trustedTypes.createPolicy('default', {", "\n    });");
    assert!(!policy.contains("createScript:"), "text never becomes a script");
    let address = between(policy, "createScriptURL: function (url) {", "\n      },");
    let names: Vec<&str> = address.split('\'').skip(1).step_by(2).collect();
    assert!(!names.is_empty() && names.iter().all(|name| SCRIPTS.contains(name)), "{names:?}");
    assert!(address.contains("workerUrl()") && address.contains("new URL(url, document.baseURI).href"), "whole addresses are compared");
    assert!(address.contains("? url : null") && address.matches("return ").count() - address.matches("return new URL(").count() == 1);
    for loose in ["startsWith", "endsWith", "includes(", "match(", ".test(", "search(", "origin", "indexOf(url"] {
        assert!(!address.contains(loose), "{loose} passes more than it names");
    }
    // The worker's address is the page's own, of which the policy of the page was made.
    let worker = between(&boot, "function workerUrl() {", "\n  }");
    assert!(worker.contains(r#"document.querySelector('meta[name="shelfwise-worker"]')"#));
    let template = between(policy, "createHTML: function (html) {", "\n      },");
    for code in ["script", "iframe", "object", "embed", r"\son\w+\s*=", "javascript:"] {
        assert!(template.contains(code), "a template with {code} is let in");
    }
    assert!(template.contains("? '' : html"), "what has code in it is emptied");
}
