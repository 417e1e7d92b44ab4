//! JSON without what means nothing: blanks and line breaks between values, and escapes that need not be. The hash of a backup is
//! taken over this form, so an editor that prints the file prettily does not break it, and any other value does.

/// A valid JSON text in its compact form: no blanks between values, strings as `JSON.stringify` writes them.
pub fn compact(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(quote) = rest.find('"') {
        let (between, from) = rest.split_at(quote);
        out.extend(between.chars().filter(|c| !c.is_ascii_whitespace()));
        let string = string_at(from);
        out.push_str(&plain(string));
        rest = from.get(string.len()..).unwrap_or_default();
    }
    out.extend(rest.chars().filter(|c| !c.is_ascii_whitespace()));
    out
}

/// The string that `text` begins with, quotes and all; the rest of the text where it never ends.
fn string_at(text: &str) -> &str {
    let mut escaped = true; // The opening quote closes nothing.
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return text.get(..=at).unwrap_or(text),
            _ => {}
        }
    }
    text
}

/// A string with only the escapes it needs. One that is no JSON stays as it is: its hash will not fit.
fn plain(string: &str) -> std::borrow::Cow<'_, str> {
    if !string.contains('\\') {
        return string.into();
    }
    match serde_json::from_str::<String>(string) {
        Ok(text) => serde_json::Value::from(text).to_string().into(),
        Err(_) => string.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn blanks_between_values_go_and_blanks_in_strings_stay() {
        assert_eq!(compact("{ \"a\" :\r\n\t[ 1 , \"x  y\\n\" ] }"), r#"{"a":[1,"x  y\n"]}"#);
    }

    #[test]
    fn needless_escapes_are_undone_and_needed_ones_kept() {
        assert_eq!(compact(r#""\u60e0\u6c11 \/ \u0041 \" \\ \u0007""#), r#""惠民 / A \" \\ \u0007""#);
        assert_eq!(compact(r#"{"a":"\\","b":"}"}"#), r#"{"a":"\\","b":"}"}"#);
    }

    #[test]
    fn a_compact_text_stays_as_it_is() {
        for text in [r#"{"v":2,"name":"a \"b\" {c}: [d], e"}"#, "[]", r#""""#, "{}"] {
            assert_eq!(compact(text), text);
        }
    }
}
