//! A block of text as it is typed, and what is wrong with it: without words it greets nobody, and a placeholder that stands for nothing
//! would go out as it is.

use super::message::says_something;
use super::placeholder;
use super::template::{Block, TEXT_MAX, TemplateFields};
use super::text::{self, NAME_MAX, TextProblem};
use serde::{Deserialize, Serialize};

/// The form as typed, kept until it is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplateDraft {
    pub name: String,
    pub block: Block,
    pub text: String,
    pub archived: bool,
}

impl Default for TemplateDraft {
    fn default() -> Self {
        TemplateDraft { name: String::new(), block: Block::Greeting, text: String::new(), archived: false }
    }
}

impl From<&TemplateFields> for TemplateDraft {
    fn from(fields: &TemplateFields) -> Self {
        TemplateDraft { name: fields.name.clone(), block: fields.block, text: fields.text.clone(), archived: fields.archived }
    }
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateField {
    Name,
    Text,
}

/// What is wrong with one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateProblem {
    Text(TextProblem),
    /// Marks and emoji alone.
    NoWords,
    /// In braces, and stands for nothing; cut to 20 characters.
    UnknownPlaceholder(String),
}

/// The most characters of a name made from a text.
const NAME_FROM_TEXT: usize = 12;

impl TemplateDraft {
    /// The block, or every problem with its field. Without a name it is called by its first words.
    pub fn check(&self) -> Result<TemplateFields, Vec<(TemplateField, TemplateProblem)>> {
        let mut problems = Vec::new();
        let mut line = |field, raw: &str, most| {
            text::line(raw, most).unwrap_or_else(|problem| {
                problems.push((field, TemplateProblem::Text(problem)));
                String::new()
            })
        };
        let mut name = line(TemplateField::Name, &self.name, NAME_MAX);
        let said = line(TemplateField::Text, &self.text, TEXT_MAX);
        let is_too_long = problems.iter().any(|(field, _)| *field == TemplateField::Text);
        if said.is_empty() && !is_too_long {
            problems.push((TemplateField::Text, TemplateProblem::Text(TextProblem::Empty)));
        } else if !is_too_long && !said.chars().any(char::is_alphanumeric) {
            problems.push((TemplateField::Text, TemplateProblem::NoWords));
        }
        for word in placeholder::unknown(&said) {
            let word = word.chars().take(20).collect();
            problems.push((TemplateField::Text, TemplateProblem::UnknownPlaceholder(word)));
        }
        if !says_something(&name) {
            name = said.chars().take(NAME_FROM_TEXT).collect();
        }
        if problems.is_empty() {
            Ok(TemplateFields { name, block: self.block, text: said, archived: self.archived })
        } else {
            Err(problems)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<TemplateFields, Vec<(TemplateField, TemplateProblem)>> {
        TemplateDraft { text: text.to_owned(), ..TemplateDraft::default() }.check()
    }

    #[test]
    fn a_block_without_words_is_refused() {
        let empty = (TemplateField::Text, TemplateProblem::Text(TextProblem::Empty));
        assert_eq!((check(""), check(" \n\u{200b}")), (Err(vec![empty.clone()]), Err(vec![empty])));
        assert_eq!(check("👍🎉！"), Err(vec![(TemplateField::Text, TemplateProblem::NoWords)]));
        assert_eq!(check(&"长".repeat(501)), Err(vec![(TemplateField::Text, TemplateProblem::Text(TextProblem::TooLong(TEXT_MAX)))]));
        assert_eq!(check(&"长".repeat(500)).map(|fields| fields.text.chars().count()), Ok(500));
    }

    #[test]
    fn placeholders_must_stand_for_something_and_all_problems_are_told() {
        assert!(check("{称呼}，{shop}周末好").is_ok());
        let draft = TemplateDraft { name: "长".repeat(81), text: "{新品}到了{".into(), ..TemplateDraft::default() };
        let problems = draft.check().unwrap_err();
        assert_eq!(problems.len(), 3, "{problems:?}");
        assert_eq!(problems[1], (TemplateField::Text, TemplateProblem::UnknownPlaceholder("新品".into())));
    }

    #[test]
    fn a_block_without_a_name_is_called_by_its_first_words() {
        assert_eq!(check("天冷了，出门多穿点，路上慢一点，早点回家。").unwrap().name, "天冷了，出门多穿点，路上");
    }
}
