//! A message to one person, put together from blocks: how they are addressed, what is said, the closing phrase, who writes (D0 41-46).
//! It is one line: a link to the message app takes no line ends.

use super::pairs::is_matter;
use super::tongue::{self, Tongue, is_han};

/// What stands around the body, the same for every message to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    pub tongue: Tongue,
    /// How they are addressed, 王总; empty: not known.
    pub address: String,
    /// Empty: none is asked for.
    pub closing: String,
    pub company: String,
    /// The rep's own.
    pub name: String,
}

impl Frame {
    /// "王总，您好！", "Hello Mr Li,".
    pub fn salutation(&self) -> String {
        let address = spoken(&self.address);
        match (self.tongue, says_something(&address)) {
            (Tongue::Chinese, true) => format!("{address}，您好！"),
            (Tongue::Chinese, false) => "您好！".to_owned(),
            (Tongue::English, true) => format!("Hello {address},"),
            (Tongue::English, false) => "Hello,".to_owned(),
        }
    }

    /// Company and name; empty where neither is known.
    pub fn signature(&self) -> String {
        let parts = match self.tongue {
            Tongue::Chinese => [&self.company, &self.name],
            Tongue::English => [&self.name, &self.company],
        };
        let parts = parts.into_iter().map(|part| part.trim()).filter(|part| says_something(part)).collect::<Vec<_>>();
        parts.join(match self.tongue {
            Tongue::Chinese => " ",
            Tongue::English => ", ",
        })
    }

    /// The whole message around `body`.
    pub fn around(&self, body: &str) -> String {
        let signed = self.signature();
        let signed = if signed.is_empty() { signed } else { format!("{}{signed}", self.dash()) };
        let parts = [self.salutation(), one_line(body), self.closing.trim().to_owned()];
        let parts = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        format!("{}{signed}", parts.join(self.glue()))
    }

    /// Between two sentences.
    pub fn glue(&self) -> &'static str {
        match self.tongue {
            Tongue::Chinese => "",
            Tongue::English => " ",
        }
    }

    /// Before the signature.
    pub fn dash(&self) -> &'static str {
        match self.tongue {
            Tongue::Chinese => "——",
            Tongue::English => " - ",
        }
    }
}

/// The phrase that a message closes with where the rep has set none (D0 44).
pub fn closing(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::Chinese => "有事您随时打我电话，我马上办。",
        Tongue::English => "If you need anything, call me any time.",
    }
}

/// Surnames of two characters.
const LONG_SURNAMES: [&str; 14] =
    ["欧阳", "上官", "司马", "诸葛", "慕容", "司徒", "东方", "皇甫", "尉迟", "公孙", "令狐", "夏侯", "端木", "南宫"];
/// Titles that stand before a surname.
const BEFORE: [&str; 8] = ["mr", "mrs", "ms", "miss", "dr", "prof", "sir", "madam"];

/// How a person is addressed: as noted, else from title and name (王建国, 总经理: 王总), else by name; empty where nothing is known.
pub fn address(noted: &str, name: &str, title: &str) -> String {
    let [noted, name, title] = [noted, name, title].map(str::trim);
    if says_something(noted) {
        return noted.to_owned();
    }
    if !says_something(name) {
        return if is_spoken(title) { short(title).to_owned() } else { String::new() };
    }
    if name.chars().all(is_han) && (2..=4).contains(&name.chars().count()) && is_spoken(title) {
        let surname = LONG_SURNAMES.into_iter().find(|long| name.starts_with(*long)).map_or(1, |long| long.chars().count());
        return name.chars().take(surname).chain(short(title).chars()).collect();
    }
    let is_before = BEFORE.contains(&title.trim_end_matches('.').to_lowercase().as_str());
    match name.split_whitespace().last().filter(|_| is_before && tongue::of(name) == Tongue::English) {
        Some(surname) => format!("{title} {surname}"),
        None => name.to_owned(),
    }
}

/// A name as it is said: without marks, which would be taken for the message's own. Those within a name stay: O’Neil, Dr. Wu, 阿·丽.
fn spoken(address: &str) -> String {
    let mut before = ' ';
    let said = address.chars().filter(|c| {
        let is_said =
            c.is_alphanumeric() || c.is_whitespace() || matches!(c, '·' | '-' | '\'' | '’') || (*c == '.' && before.is_alphabetic());
        before = *c;
        is_said
    });
    said.collect::<String>().trim().to_owned()
}

/// A Chinese title short enough to be said.
fn is_spoken(title: &str) -> bool {
    !title.is_empty() && title.chars().all(is_han) && title.chars().count() <= 5
}

/// 总经理 is said 总.
fn short(title: &str) -> &str {
    match title {
        "总经理" | "副总经理" | "副总" | "总裁" | "董事长" | "总监" => "总",
        "副店长" => "店长",
        "副经理" => "经理",
        other => other,
    }
}

/// Holds more than marks and blanks.
pub(super) fn says_something(text: &str) -> bool {
    text.chars().any(is_matter)
}

/// Without line ends; runs of blanks are one.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
pub(super) fn frame(tongue: Tongue) -> Frame {
    let [address, company, name] = match tongue {
        Tongue::Chinese => ["王总", "青山商贸", "李明"],
        Tongue::English => ["Mr Lee", "Green Hill Trading", "Ann Moss"],
    };
    Frame { tongue, address: address.into(), closing: closing(tongue).into(), company: company.into(), name: name.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sms;

    #[test]
    fn a_message_is_salutation_body_closing_and_signature() {
        assert_eq!(
            frame(Tongue::Chinese).around("周末愉快，\n祝生意兴隆。"),
            "王总，您好！周末愉快， 祝生意兴隆。有事您随时打我电话，我马上办。——青山商贸 李明"
        );
        let english = frame(Tongue::English).around("Have a good weekend.");
        assert_eq!(english, "Hello Mr Lee, Have a good weekend. If you need anything, call me any time. - Ann Moss, Green Hill Trading");
        assert_eq!(sms::size(&english).parts, 1);
        let bare =
            Frame { address: "？！".into(), closing: String::new(), company: " ".into(), name: String::new(), ..frame(Tongue::Chinese) };
        assert_eq!(bare.around(""), "您好！");
    }

    #[test]
    fn a_person_is_addressed_as_noted_or_by_surname_and_title() {
        for (noted, name, title, said) in [
            ("周姐", "周敏", "店长", "周姐"),
            ("", "王建国", "总经理", "王总"),
            ("", "欧阳锋", "书记", "欧阳书记"),
            ("", "张华", "院长", "张院长"),
            ("", "张华", "", "张华"),
            ("", "", "老板", "老板"),
            ("", "", "Owner", ""),
            ("", "John Lee", "Mr", "Mr Lee"),
            ("", "John Lee", "Dr.", "Dr. Lee"),
            ("", "John Lee", "Store manager", "John Lee"),
            ("", "阿凡提·买买提", "经理", "阿凡提·买买提"),
            (" ！", "👍", "经理", "👍"),
            ("", "", "", ""),
        ] {
            assert_eq!(address(noted, name, title), said, "{noted} {name} {title}");
        }
    }
}
