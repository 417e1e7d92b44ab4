//! The words of the desk: blocks, faults, festivals, why a block cannot be kept.

use crate::domain::desk::Pace;
use crate::domain::festival::Festival;
use crate::domain::linter::{Fault, Twin};
use crate::domain::template::Block;
use crate::domain::template_draft::TemplateProblem;
use crate::domain::template_import::Why;
use crate::domain::text::TextProblem;
use crate::state::app::App;
use crate::ui::texts::{tr, trn};
use leptos::prelude::*;

pub fn block(app: App, block: Block) -> &'static str {
    match block {
        Block::Greeting => tr!(app, desk_block_greeting),
        Block::Product => tr!(app, desk_block_product),
        Block::Price => tr!(app, desk_block_price),
        Block::Service => tr!(app, desk_block_service),
        Block::Season => tr!(app, desk_block_season),
        Block::Personal => tr!(app, desk_block_personal),
        Block::Closing => tr!(app, desk_block_closing),
    }
}

pub fn fault(app: App, fault: Fault) -> String {
    match fault {
        Fault::Placeholder => tr!(app, desk_fault_placeholder),
        Fault::NamesProduct => tr!(app, desk_fault_product),
        Fault::NamesQuantity => tr!(app, desk_fault_quantity),
        Fault::DoubledMarks => tr!(app, desk_fault_doubled),
        Fault::MixedMarks => tr!(app, desk_fault_mixed),
        Fault::MissingSalutation => tr!(app, desk_fault_salutation),
        Fault::MissingSignature => tr!(app, desk_fault_signature),
        Fault::MissingClosing => tr!(app, desk_fault_closing),
        Fault::NothingSaid => tr!(app, desk_fault_nothing),
        Fault::TooLong(size) => return tr!(app, desk_fault_long, parts = size.parts, most = size.alphabet.alone()),
        Fault::TooLike(Twin::Last) => tr!(app, desk_fault_like_last),
        Fault::TooLike(Twin::Draft(shop)) => {
            let name = app.book.with(|book| book.customer(shop).map(|shop| shop.fields.name.clone()));
            return name.map_or_else(|| tr!(app, desk_fault_like).to_owned(), |name| tr!(app, desk_fault_like_shop, shop = name));
        }
    }
    .to_owned()
}

pub fn festival(app: App, festival: Festival) -> &'static str {
    match festival {
        Festival::NewYear => tr!(app, desk_day_new_year),
        Festival::SpringFestivalEve => tr!(app, desk_day_eve),
        Festival::SpringFestival => tr!(app, desk_day_spring),
        Festival::Lantern => tr!(app, desk_day_lantern),
        Festival::Womens => tr!(app, desk_day_womens),
        Festival::Qingming => tr!(app, desk_day_qingming),
        Festival::Labour => tr!(app, desk_day_labour),
        Festival::DragonBoat => tr!(app, desk_day_dragon_boat),
        Festival::Qixi => tr!(app, desk_day_qixi),
        Festival::MidAutumn => tr!(app, desk_day_mid_autumn),
        Festival::DoubleNinth => tr!(app, desk_day_double_ninth),
        Festival::National => tr!(app, desk_day_national),
        Festival::WinterSolstice => tr!(app, desk_day_solstice),
        Festival::Christmas => tr!(app, desk_day_christmas),
    }
}

pub fn template_problem(app: App, problem: &TemplateProblem) -> String {
    match problem {
        TemplateProblem::Text(TextProblem::Empty) => tr!(app, desk_block_empty).to_owned(),
        TemplateProblem::Text(TextProblem::TooLong(max)) => tr!(app, problem_too_long, max = max),
        TemplateProblem::NoWords => tr!(app, desk_block_no_words).to_owned(),
        TemplateProblem::UnknownPlaceholder(word) => tr!(app, desk_block_unknown, word = word),
    }
}

/// Why a line of an import is left out.
pub fn refused(app: App, why: &Why) -> String {
    match why {
        Why::Columns => tr!(app, desk_import_columns).to_owned(),
        Why::Block(word) => tr!(app, desk_import_block, word = word),
        Why::Fields(problems) => problems.iter().map(|(_, problem)| template_problem(app, problem)).collect::<Vec<_>>().join(" "),
        Why::TooMany => tr!(app, desk_import_many).to_owned(),
    }
}

/// How long a message takes and what is left: whole minutes, 1 at least.
pub fn pace(app: App, pace: Pace, rest: Option<u64>) -> String {
    let seconds = pace.seconds();
    let each = tr!(app, desk_pace, minutes = seconds / 60, seconds = seconds % 60);
    match rest.filter(|rest| *rest > 0) {
        Some(rest) => {
            let minutes = rest.div_ceil(60);
            format!("{each} · {}", trn!(app, desk_rest | desk_rest_single, count = minutes))
        }
        None => each,
    }
}
