//! Blocks from a text that was pasted or opened: a line a block, `name, block, text`, parted by a tab, a comma or a bar (D0 46). A line
//! that cannot be used is told with its number; the others are taken all the same.

use super::template::{Block, TemplateFields};
use super::template_draft::{TemplateDraft, TemplateField, TemplateProblem};

/// The most lines read.
pub const LINES_MAX: usize = 500;
/// The longest text looked at, in bytes.
pub const BYTES_MAX: usize = 1_000_000;

/// What came of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    pub blocks: Vec<TemplateFields>,
    /// Lines that were there before or stand twice.
    pub known: usize,
    pub problems: Vec<LineProblem>,
}

/// A line that was left out, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineProblem {
    pub line: usize,
    pub why: Why,
}

/// Why a line was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Not three things.
    Columns,
    /// A block nobody knows; cut to 20 characters.
    Block(String),
    Fields(Vec<(TemplateField, TemplateProblem)>),
    /// Everything from this line on.
    TooMany,
}

/// The words for a block in both languages, the one shown first.
pub fn words(block: Block) -> [&'static str; 2] {
    match block {
        Block::Greeting => ["问候", "greeting"],
        Block::Product => ["产品", "product"],
        Block::Price => ["价格", "price"],
        Block::Service => ["服务", "service"],
        Block::Season => ["时令", "season"],
        Block::Personal => ["个人", "personal"],
        Block::Closing => ["结尾", "closing"],
    }
}

/// The blocks of `text` that are not among `known`. A first line of column names is passed over.
pub fn read(text: &str, known: &[&TemplateFields]) -> Imported {
    let mut imported = Imported::default();
    let end = (0..=text.len().min(BYTES_MAX)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let whole = text.get(..end).unwrap_or_default();
    let lines = whole.trim_start_matches('\u{feff}').lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let mut last = 0;
    for (count, (raw, line)) in lines.enumerate() {
        last = line;
        if count == LINES_MAX {
            imported.problems.push(LineProblem { line, why: Why::TooMany });
            return imported;
        }
        match one(raw) {
            Ok(fields) => {
                let is_same = |other: &TemplateFields| other.block == fields.block && other.text == fields.text;
                if known.iter().any(|other| is_same(other)) || imported.blocks.iter().any(is_same) {
                    imported.known += 1;
                } else {
                    imported.blocks.push(fields);
                }
            }
            Err(Why::Block(_)) if count == 0 && is_heading(raw) => {}
            Err(why) => imported.problems.push(LineProblem { line, why }),
        }
    }
    if end < text.len() {
        imported.problems.push(LineProblem { line: last + 1, why: Why::TooMany });
    }
    imported
}

fn one(raw: &str) -> Result<TemplateFields, Why> {
    let (name, rest) = parted(raw).ok_or(Why::Columns)?;
    let (block, text) = parted(rest).ok_or(Why::Columns)?;
    let word = bare(block).to_lowercase();
    let block = Block::ALL.into_iter().find(|known| words(*known).contains(&word.as_str()));
    let block = block.ok_or_else(|| Why::Block(word.chars().take(20).collect()))?;
    TemplateDraft { name: bare(name).to_owned(), block, text: bare(text).to_owned(), archived: false }.check().map_err(Why::Fields)
}

/// At the first tab; without any, at the first comma or bar: the text itself may hold commas.
fn parted(line: &str) -> Option<(&str, &str)> {
    line.split_once('\t').or_else(|| line.split_once([',', '，', '|', '｜']))
}

/// Without blanks, and without the quotes of a table program.
fn bare(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')).unwrap_or(cell)
}

fn is_heading(raw: &str) -> bool {
    let second = parted(raw).and_then(|(_, rest)| parted(rest)).map(|(block, _)| bare(block).to_lowercase());
    matches!(second.as_deref(), Some("block" | "块" | "段" | "类别" | "分类" | "部分"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_block_and_its_text_may_hold_commas() {
        let text = "\u{feff}名称,类别,内容\r\n周末,问候,忙了一周，好好歇歇，{称呼}。\nCold\tSeason\tIt is cold, take care.\n\n新|服务|\"随叫随到\"\n";
        let imported = read(text, &[]);
        assert_eq!(imported.problems, vec![]);
        let found: Vec<_> = imported.blocks.iter().map(|fields| (fields.name.as_str(), fields.block, fields.text.as_str())).collect();
        assert_eq!(
            found,
            vec![
                ("周末", Block::Greeting, "忙了一周，好好歇歇，{称呼}。"),
                ("Cold", Block::Season, "It is cold, take care."),
                ("新", Block::Service, "随叫随到"),
            ]
        );
        let known: Vec<&TemplateFields> = imported.blocks.iter().collect();
        let again = read(text, &known);
        assert_eq!((again.blocks.len(), again.known), (0, 3));
    }

    #[test]
    fn what_cannot_be_used_is_told_with_its_line() {
        let imported = read("好,问候,\n只有两列,问候\n好,聊天,周末好\n好,问候,{x}好\n好,问候,👍\n好,问候,周末好", &[]);
        let lines: Vec<usize> = imported.problems.iter().map(|problem| problem.line).collect();
        assert_eq!((lines, imported.blocks.len()), (vec![1, 2, 3, 4, 5], 1));
        assert_eq!(imported.problems[1].why, Why::Columns);
        assert_eq!(imported.problems[2].why, Why::Block("聊天".into()));
    }

    #[test]
    fn a_huge_text_ends_at_its_limits() {
        let many: String = (0..600).map(|n| format!("a,问候,周末好{n}\n")).collect();
        let imported = read(&many, &[]);
        assert_eq!((imported.blocks.len(), imported.problems.as_slice()), (LINES_MAX, &[LineProblem { line: 501, why: Why::TooMany }][..]));
        let long = "好".repeat(BYTES_MAX);
        let why: Vec<Why> = read(&long, &[]).problems.into_iter().map(|problem| problem.why).collect();
        assert_eq!(why, vec![Why::Columns, Why::TooMany]);
        assert_eq!(read("", &[]), Imported::default());
    }
}
