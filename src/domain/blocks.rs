//! The blocks the message desk starts with, in both languages, and the bodies that blocks make. Each is a whole sentence that asks for
//! nothing, so that any two of them stand behind each other (D0 43, 45, 46); a test proves that each body passes the linter.

use super::placeholder::Fillings;
use super::template::{Block, Template, TemplateFields};
use super::tongue::{self, Tongue};

/// Block, Chinese, English.
const OWN: [(Block, &str, &str); 21] = [
    (Block::Greeting, "忙了一周，周末好好歇歇。", "After a busy week, have a good rest."),
    (Block::Greeting, "周末愉快，祝店里人来人往。", "Have a good weekend and a full shop."),
    (Block::Greeting, "这周辛苦您了，谢谢一直照应。", "Thank you for another week together."),
    (Block::Greeting, "跟您道声好，愿家里都顺心。", "Just saying hello; all the best at home."),
    (Block::Product, "货我先验过日期才送来，请放心。", "I check every date before it leaves us."),
    (Block::Product, "新鲜的总给您留在前头。", "The freshest goods are kept for you."),
    (Block::Product, "东西好不好卖，您一句话我就记下。", "Tell me what sells; I note every word."),
    (Block::Price, "有实惠的活动，我头一个告诉您。", "When there is a good offer, you hear first."),
    (Block::Price, "价钱上我替您盯着，不让您吃亏。", "I watch the prices so you need not."),
    (Block::Price, "账目有不清楚的，我来对。", "If a bill is unclear, I will go through it."),
    (Block::Service, "送货、退换、理货架，都是我的事。", "Delivery, returns and shelf are my job."),
    (Block::Service, "答应您的事，我一件件跟着。", "What I promised, I follow to the end."),
    (Block::Service, "路过您那边，我进来帮着查查日期。", "When I pass by, I will check the dates."),
    (Block::Season, "天气说变就变，出门添件衣裳。", "The weather turns fast, so keep warm."),
    (Block::Season, "{节日}快到了，先给您拜个早。", "{day} is near: my best wishes early."),
    (Block::Season, "换季容易累，您多喝水，早点休息。", "The season is changing; mind your health."),
    (Block::Personal, "上回听您讲的，我一直记着。", "I still think of what you told me."),
    (Block::Personal, "跟您打交道，心里踏实。", "It is a pleasure to work with you."),
    (Block::Personal, "{店名}一天天旺起来，替您高兴。", "It is good to see {shop} do so well."),
    (Block::Closing, "有事您随时打我电话，我马上办。", "If you need anything, call me any time."),
    (Block::Closing, "缺什么、愁什么，一个电话我就到。", "Anything missing or wrong: one call will do."),
];

/// The blocks of a language that the app brings, as if the rep had typed them.
pub fn own(tongue: Tongue) -> Vec<TemplateFields> {
    let fields = OWN.iter().map(|(block, chinese, english)| {
        let text = match tongue {
            Tongue::Chinese => chinese,
            Tongue::English => english,
        };
        let end = |c: char| matches!(c, '，' | '。' | '、' | ',' | '.' | ':' | ';' | '{' | '}');
        let name = text.split(end).find(|part| !part.is_empty()).unwrap_or(text).trim();
        TemplateFields { name: name.to_owned(), block: *block, text: (*text).to_owned(), archived: false }
    });
    fields.collect()
}

/// The blocks to write with in one language: the rep's own before those of the app.
pub fn at_hand(templates: &[&Template], tongue: Tongue) -> Vec<TemplateFields> {
    let mine = templates.iter().filter(|template| template.is_active() && tongue::of(&template.fields.text) == tongue);
    mine.map(|template| template.fields.clone()).chain(own(tongue)).collect()
}

/// Bodies from blocks, filled in: each two of different kinds in the order of a message, then each alone, beginning at `turn`, so that
/// shop after shop gets another one first. At most [`BODIES_MAX`]; a block that stays open is left out.
pub fn bodies(blocks: &[TemplateFields], fillings: &Fillings, tongue: Tongue, turn: usize) -> Vec<String> {
    let parts: Vec<(Block, String)> = blocks
        .iter()
        .filter(|fields| fields.block != Block::Closing && !fields.archived)
        .map(|fields| (fields.block, fillings.fill(&fields.text)))
        .filter(|(_, text)| !text.contains(['{', '}']))
        .take(PARTS_MAX)
        .collect();
    let glue = match tongue {
        Tongue::Chinese => "",
        Tongue::English => " ",
    };
    // Far apart first: neighbours in this list share no block.
    let count = parts.len();
    let steps = (1..count).flat_map(|step| (0..count).map(move |at| (at, (at + step) % count.max(1))));
    let pairs = steps.filter_map(|(one, other)| parts.get(one).zip(parts.get(other)));
    let pairs = pairs.filter(|((one, _), (other, _))| one < other).map(|((_, one), (_, other))| format!("{one}{glue}{other}"));
    let mut bodies: Vec<String> = pairs.chain(parts.iter().map(|(_, text)| text.clone())).take(BODIES_MAX).collect();
    let from = turn.checked_rem(bodies.len()).unwrap_or(0);
    bodies.rotate_left(from);
    bodies
}

/// The most blocks that are put together.
const PARTS_MAX: usize = 60;
/// The most bodies made.
pub const BODIES_MAX: usize = 400;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::CustomerId;
    use crate::domain::linter::{self, Desk, Occasion, Other, Twin};
    use crate::domain::message::{Frame, closing, frame};
    use crate::domain::pairs::Pairs;
    use crate::domain::template_draft::TemplateDraft;
    use uuid::Uuid;

    #[test]
    fn the_apps_own_blocks_are_such_as_a_rep_may_save() {
        for tongue in Tongue::ALL {
            let own = own(tongue);
            assert!(Block::ALL.into_iter().all(|block| own.iter().any(|fields| fields.block == block)));
            for fields in own {
                assert_eq!(TemplateDraft::from(&fields).check().as_ref(), Ok(&fields));
                assert_eq!(tongue::of(&fields.text), tongue);
                assert!(!fields.name.is_empty());
            }
            assert!(
                OWN.iter().any(|(block, chinese, english)| *block == Block::Closing && [*chinese, *english].contains(&closing(tongue)))
            );
        }
    }

    #[test]
    fn thirty_messages_of_one_evening_have_no_fault_and_none_is_like_another() {
        for tongue in Tongue::ALL {
            let mut others: Vec<Other> = Vec::new();
            for turn in 0..30 {
                let (address, shop) = match tongue {
                    Tongue::Chinese => (format!("{}总", "赵钱孙李周吴郑王冯陈".chars().nth(turn % 10).unwrap()), "惠民店"),
                    Tongue::English => (format!("Mr {}", ["Lee", "Wu", "Chan", "Moss", "Day"][turn % 5]), "Green's"),
                };
                let frame = Frame { address: address.clone(), ..frame(tongue) };
                let fillings = Fillings { name: address.clone(), shop: shop.into(), ..Fillings::default() };
                let names = [address.as_str(), shop];
                let desk = Desk {
                    frame: &frame,
                    occasion: Occasion::Greeting { products: &["青山纯净水 550ml"] },
                    fillings: &fillings,
                    parts: Some(1),
                    names: &names,
                    others: &others,
                    spares: &[],
                };
                let message = linter::first_sound(&bodies(&own(tongue), &fillings, tongue, turn), &desk).unwrap();
                assert_eq!(linter::lint(&message, &desk), vec![]);
                let twin = Twin::Draft(CustomerId(Uuid::from_u128(turn as u128)));
                others.push(Other { pairs: Pairs::of(&message, &names), twin });
            }
        }
    }

    #[test]
    fn no_blocks_make_no_bodies_and_many_stay_within_the_limit() {
        assert_eq!(bodies(&[], &Fillings::default(), Tongue::Chinese, 7), Vec::<String>::new());
        let many: Vec<TemplateFields> = own(Tongue::Chinese).into_iter().cycle().take(2_000).collect();
        assert_eq!(bodies(&many, &Fillings::default(), Tongue::Chinese, usize::MAX).len(), BODIES_MAX);
        let all = bodies(&own(Tongue::Chinese), &Fillings::default(), Tongue::Chinese, 0);
        assert!(all.iter().all(|body| !body.contains('{')), "what is not known is not written");
    }
}
