//! What a block leaves open until it is written to somebody: `{称呼}`, `{name}`. Each is filled once: what is filled in is text, never
//! another placeholder.

use super::tongue::Tongue;

/// What may stand in braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    /// How the person is addressed.
    Name,
    Shop,
    Company,
    Rep,
    /// The next festival or special day.
    Day,
}

impl Placeholder {
    pub const ALL: [Placeholder; 5] = [Placeholder::Name, Placeholder::Shop, Placeholder::Company, Placeholder::Rep, Placeholder::Day];

    /// The word in its braces.
    pub fn word(self, tongue: Tongue) -> &'static str {
        match (self, tongue) {
            (Placeholder::Name, Tongue::Chinese) => "称呼",
            (Placeholder::Name, Tongue::English) => "name",
            (Placeholder::Shop, Tongue::Chinese) => "店名",
            (Placeholder::Shop, Tongue::English) => "shop",
            (Placeholder::Company, Tongue::Chinese) => "公司",
            (Placeholder::Company, Tongue::English) => "company",
            (Placeholder::Rep, Tongue::Chinese) => "业代",
            (Placeholder::Rep, Tongue::English) => "rep",
            (Placeholder::Day, Tongue::Chinese) => "节日",
            (Placeholder::Day, Tongue::English) => "day",
        }
    }

    /// Its word in either language.
    pub fn read(word: &str) -> Option<Placeholder> {
        let word = word.trim().to_lowercase();
        Placeholder::ALL.into_iter().find(|one| Tongue::ALL.into_iter().any(|tongue| one.word(tongue) == word))
    }
}

/// What the placeholders stand for; empty: not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fillings {
    pub name: String,
    pub shop: String,
    pub company: String,
    pub rep: String,
    pub day: String,
}

impl Fillings {
    pub fn of(&self, placeholder: Placeholder) -> &str {
        match placeholder {
            Placeholder::Name => &self.name,
            Placeholder::Shop => &self.shop,
            Placeholder::Company => &self.company,
            Placeholder::Rep => &self.rep,
            Placeholder::Day => &self.day,
        }
    }

    /// `text` with what is known filled in; what is not stays open, for the linter to see.
    pub fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let known = after.split_once('}').and_then(|(word, behind)| Some((self.of(Placeholder::read(word)?), behind)));
            match known.filter(|(value, _)| !value.trim().is_empty()) {
                Some((value, behind)) => {
                    filled.push_str(value);
                    rest = behind;
                }
                None => {
                    filled.push('{');
                    rest = after;
                }
            }
        }
        filled.push_str(rest);
        filled
    }
}

/// The words in braces of a text that stand for nothing.
pub fn unknown(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        let word = after.split(['{', '}']).next().unwrap_or_default();
        if Placeholder::read(word).is_none() || !after.get(word.len()..).is_some_and(|behind| behind.starts_with('}')) {
            found.push(word);
        }
        rest = after.get(word.len()..).unwrap_or_default();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_filled_and_the_rest_stays_open() {
        let fillings = Fillings { name: "王总".into(), shop: "{name}".into(), ..Fillings::default() };
        assert_eq!(fillings.fill("{称呼}，{ Name }：{店名}在{节日}{} {"), "王总，王总：{name}在{节日}{} {");
        assert_eq!(fillings.fill("{{称呼}}"), "{王总}");
    }

    #[test]
    fn words_that_stand_for_nothing_are_named() {
        assert_eq!(unknown("{称呼}{name} {新品}{"), vec!["新品", ""]);
        assert_eq!(unknown("plain"), Vec::<&str>::new());
    }
}
