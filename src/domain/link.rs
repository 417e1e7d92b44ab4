//! Which addresses a tap may open: a call, a text message, a mail, a map, a page under https. Everything else that a record could hold
//! in place of one, a script above all, is no link. Refused, never mended: what a browser makes of a mended address nobody knows.

/// Everything a link of ours may begin with.
const SCHEMES: [&str; 5] = ["https", "tel", "sms", "mailto", "geo"];
/// Longer than any address that we make.
const LONGEST: usize = 4_000;

/// `url`, if a tap may open it. It is plain ASCII without blanks and controls, which browsers drop inside a scheme, and begins with one
/// of our schemes.
pub fn safe(url: &str) -> Option<&str> {
    // What an address never has unencoded; a backslash is a slash to a browser.
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'"' | b'<' | b'>' | b'`' | b'^' | b'{' | b'|' | b'}');
    if url.len() > LONGEST || !url.bytes().all(is_plain) {
        return None;
    }
    let (scheme, rest) = url.split_once(':')?;
    let scheme = SCHEMES.into_iter().find(|known| known.eq_ignore_ascii_case(scheme))?;
    let is_sound = match scheme {
        // A host in front of which no other is pretended.
        "https" => rest.strip_prefix("//").is_some_and(|rest| {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            !host.contains('@') && host.starts_with(|c: char| c.is_ascii_alphanumeric())
        }),
        // The number goes to the phone as it is.
        "tel" => !rest.is_empty() && rest.bytes().all(is_of_number),
        "geo" => rest.starts_with(|c: char| c.is_ascii_digit() || c == '-'),
        // A line end would begin a header, or a second message.
        _ => !rest.is_empty() && !rest.starts_with(['/', ':']) && !has_coded_control(rest),
    };
    is_sound.then_some(url)
}

/// A number's own signs. `*` and `#` are left out: they are commands to the phone.
fn is_of_number(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'(' | b')')
}

/// `%00` to `%1f`, and `%7f`.
fn has_coded_control(text: &str) -> bool {
    let mut codes = text.split('%').skip(1);
    codes.any(|code| code.starts_with(['0', '1']) || code.get(..2).is_some_and(|code| code.eq_ignore_ascii_case("7f")))
}

/// `scheme` to a phone number, `tel` or `sms`: only its digits and a plus reach it.
pub fn phone(scheme: &str, number: &str) -> Option<String> {
    let number: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    if number.is_empty() {
        return None;
    }
    let link = format!("{scheme}:{number}");
    safe(&link).is_some().then_some(link)
}

/// A map search for an address, percent-encoded already.
pub fn map(encoded: &str) -> Option<String> {
    if encoded.is_empty() {
        return None;
    }
    let link = format!("geo:0,0?q={encoded}");
    safe(&link).is_some().then_some(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_links_are_let_through() {
        for url in [
            "tel:+8613800001111",
            "tel:010-5550-0101",
            "TEL:1",
            "sms:13800001111",
            "sms:13800001111?body=%E5%A5%BD",
            "mailto:a@example.com",
            "Mailto:a@example.com?subject=x%20y",
            "geo:0,0?q=%E5%BB%BA%E8%AE%BE%E8%B7%AF%20128",
            "geo:-33.9,18.4",
            "https://example.com",
            "HTTPS://example.com:8443/a?b=c#d",
            "https://xn--fiq228c.example/",
        ] {
            assert_eq!(safe(url), Some(url));
        }
        assert_eq!(phone("tel", "138-0000 1111 转 2"), Some("tel:138000011112".to_owned()));
        assert_eq!(phone("sms", "+86 138"), Some("sms:+86138".to_owned()));
        assert_eq!((phone("tel", "没有"), phone("tel", ""), map("")), (None, None, None));
        assert_eq!(map("%E8%B7%AF%20'!()*~"), Some("geo:0,0?q=%E8%B7%AF%20'!()*~".to_owned()));
    }

    #[test]
    fn what_is_written_into_a_phone_number_never_becomes_a_scheme() {
        for number in ["javascript:alert(1)", "1;ext=javascript:alert(1)", "*#06#", "\" onclick=alert(1) x=\"1", "１２３"] {
            for scheme in ["tel", "sms"] {
                let link = phone(scheme, number);
                assert!(link.is_none_or(|link| link.bytes().skip(4).all(|byte| byte.is_ascii_digit())), "{number}");
            }
        }
        for scheme in ["javascript", "data", "http", "", "java\nscript", "tel:1,javascript"] {
            assert_eq!(phone(scheme, "138"), None, "{scheme}");
        }
        assert_eq!(map("x\"onclick=alert(1)"), None);
    }

    #[test]
    fn hostile_spellings_are_no_links() {
        let hostile = [
            // Schemes that run or read.
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "javascript://example.com/%0Aalert(1)",
            "javascript:https://example.com",
            "javascript:void(0)",
            "vbscript:msgbox(1)",
            "livescript:alert(1)",
            "mocha:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
            "data:image/svg+xml,x",
            "blob:https://example.com/1",
            "filesystem:https://example.com/1",
            "file:///etc/passwd",
            "view-source:https://example.com",
            "jar:https://example.com!/x",
            "about:blank",
            "chrome://settings",
            "ms-msdt:/id",
            "intent://scan/#Intent;scheme=zxing;end",
            "content://com.android.contacts",
            "android-app://com.example",
            "weixin://dl/scan",
            "alipays://platformapi",
            "http://example.com",
            "ftp://example.com",
            "ws://example.com",
            "facetime:1",
            "callto:1",
            "smsto:1",
            // Blanks and controls that browsers drop, in front, inside and behind.
            " javascript:alert(1)",
            "\tjavascript:alert(1)",
            "\njavascript:alert(1)",
            "\u{0}javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "\u{1f}javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "java\r\nscript:alert(1)",
            "java\u{0}script:alert(1)",
            "javascript\t:alert(1)",
            "javascript\u{b}:alert(1)",
            "javascript :alert(1)",
            " https://example.com",
            "https://example.com/\njavascript:alert(1)",
            "https ://example.com",
            "h\tttps://example.com",
            "tel:1\njavascript:alert(1)",
            "\u{feff}https://example.com",
            "\u{200b}javascript:alert(1)",
            "\u{a0}javascript:alert(1)",
            "\u{202e}tel:1",
            "java\u{ad}script:alert(1)",
            // Percent, entities, escapes, other letters that look the same.
            "javascript%3Aalert(1)",
            "%6Aavascript:alert(1)",
            "java%0Ascript:alert(1)",
            "%20javascript:alert(1)",
            "&#106;avascript:alert(1)",
            "&#x6A;avascript:alert(1)",
            "javascript&colon;alert(1)",
            "java&Tab;script:alert(1)",
            "java&NewLine;script:alert(1)",
            "\\u006aavascript:alert(1)",
            "\\x6aavascript:alert(1)",
            "ｊａｖａｓｃｒｉｐｔ:alert(1)",
            "javascript：alert(1)",
            "jаvascript:alert(1)",
            "ſms:1",
            "ｔｅｌ:1",
            "httрs://example.com",
            // No scheme at all, or one that another one hides.
            "",
            ":",
            "tel",
            "tel:",
            "sms:",
            "mailto:",
            "geo:",
            "//example.com",
            "/\\example.com",
            "\\\\example.com",
            "example.com",
            "./visits/1",
            "?x=tel:1",
            "#tel:1",
            "tel//:1",
            "url(javascript:alert(1))",
            "xhttps://example.com",
            "httpss://example.com",
            "https:example.com",
            "https:/example.com",
            "https:///example.com",
            "https://",
            "https:\\\\example.com",
            "https://user@example.com",
            "https://bank.example@evil.example/",
            "https://user:pass@example.com",
            "https://[javascript:alert(1)]",
            "https://example.com/<script>",
            "https://example.com/\"onclick=alert(1)",
            "https://example.com/{{x}}",
            // Commands to the phone, headers in a mail, a second message.
            "tel:*#06#",
            "tel:%2A%2306%23",
            "tel:1;phone-context=javascript:alert(1)",
            "tel:alert(1)",
            "tel:javascript:1",
            "sms:1?body=x%0D%0Asms:2",
            "sms:1%00",
            "mailto:a@example.com%0ABcc:b@example.com",
            "mailto:a@example.com?subject=x%0d%0abcc:b@example.com",
            "mailto:a@example.com%7F",
            "mailto:\"<script>\"@example.com",
            "sms://1",
            "geo:javascript:alert(1)",
            "geo:0,0?q=<img>",
            "geo:0,0?q=\"x",
        ];
        assert!(hostile.len() >= 60);
        for url in hostile {
            assert_eq!(safe(url), None, "{url:?}");
        }
        assert_eq!(safe(&format!("https://example.com/{}", "x".repeat(5_000))), None);
        // Any control or blank anywhere.
        for c in (0..=0x20).chain([0x7f, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x3000]).filter_map(char::from_u32) {
            for url in [format!("{c}tel:1"), format!("te{c}l:1"), format!("tel{c}:1"), format!("tel:{c}1"), format!("tel:1{c}")] {
                assert_eq!(safe(&url), None, "{url:?}");
            }
        }
    }
}
