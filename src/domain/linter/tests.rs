//! Each fault with its mend, and the laws of mending.

use super::*;
use crate::domain::message::{closing, frame};
use crate::domain::tongue::Tongue;
use proptest::prelude::*;

const PRODUCTS: [&str; 2] = ["青山纯净水 550ml", "Oat Tea 1L"];

/// What a desk borrows.
struct Things {
    frame: Frame,
    fillings: Fillings,
    others: Vec<Other>,
    spares: Vec<String>,
}

impl Things {
    fn new(tongue: Tongue) -> Things {
        let frame = frame(tongue);
        let fillings = Fillings { name: frame.address.clone(), shop: "惠民店".into(), ..Fillings::default() };
        Things { frame, fillings, others: Vec::new(), spares: Vec::new() }
    }

    fn desk(&self) -> Desk<'_> {
        Desk {
            frame: &self.frame,
            occasion: Occasion::Greeting { products: &PRODUCTS },
            fillings: &self.fillings,
            parts: Some(1),
            names: &["王总", "Mr Lee"],
            others: &self.others,
            spares: &self.spares,
        }
    }

    fn faults(&self, text: &str) -> Vec<Fault> {
        lint(text, &self.desk()).into_iter().map(|finding| finding.fault).collect()
    }

    /// The text after the first mend of this fault.
    fn mend(&self, text: &str, fault: Fault) -> String {
        let found = lint(text, &self.desk());
        let finding = found.iter().find(|finding| finding.fault == fault).unwrap_or_else(|| panic!("{fault:?} in {text}: {found:?}"));
        mended(text, finding.mend.as_ref().unwrap())
    }
}

#[test]
fn a_message_as_the_frame_writes_it_has_no_fault() {
    for (tongue, body) in
        [(Tongue::Chinese, "天冷了，出门多穿点，周末愉快！"), (Tongue::English, "It is getting cold, so take care. Have a good weekend!")]
    {
        let things = Things::new(tongue);
        assert_eq!(things.faults(&things.frame.around(body)), vec![]);
    }
}

#[test]
fn each_fault_has_its_mend() {
    let things = Things::new(Tongue::Chinese);
    let around = |body: &str| things.frame.around(body);
    let sound = around("周末愉快。");
    for (wrong, fault, right) in [
        ("周末愉快。有事您随时打我电话，我马上办。——青山商贸 李明".to_owned(), Fault::MissingSalutation, sound.clone()),
        ("李老板，您好！周末愉快。有事您随时打我电话，我马上办。——青山商贸 李明".to_owned(), Fault::MissingSalutation, sound.clone()),
        ("王总，您好！周末愉快。有事您随时打我电话，我马上办。".to_owned(), Fault::MissingSignature, sound.clone()),
        ("王总，您好！周末愉快。有事您随时打我电话，我马上办。李明".to_owned(), Fault::MissingSignature, sound.clone()),
        ("王总，您好！周末愉快——青山商贸 李明".to_owned(), Fault::MissingClosing, sound.clone()),
        (around("周末愉快。要不要来5箱？"), Fault::NamesQuantity, sound.clone()),
        (around("周末愉快。青山纯净水到了。"), Fault::NamesProduct, sound.clone()),
        (around("周末愉快。。"), Fault::DoubledMarks, sound.clone()),
        (around("周末愉快."), Fault::MixedMarks, sound.clone()),
        (around("周末愉快。{新品}到了。"), Fault::Placeholder, sound.clone()),
        (around("周末愉快，{称呼}。"), Fault::Placeholder, around("周末愉快，王总。")),
        (around("周末愉快，{节日}快乐。"), Fault::Placeholder, around("")),
    ] {
        assert_eq!(things.mend(&wrong, fault), right, "{fault:?}");
    }
    let long = around(&format!("周末愉快。{}。", "长".repeat(40)));
    assert_eq!(things.mend(&long, Fault::TooLong(sms::size(&long))), sound);
}

#[test]
fn a_message_like_another_is_said_in_other_words() {
    let mut things = Things::new(Tongue::Chinese);
    let message = things.frame.around("天冷了，出门多穿点，周末愉快！");
    let theirs = message.replace("王总", "李老板");
    things.others = vec![Other { pairs: Pairs::of(&theirs, &["李老板"]), twin: Twin::Last }];
    let findings = lint(&message, &things.desk());
    assert_eq!(findings, vec![Finding { fault: Fault::TooLike(Twin::Last), at: 0..message.len(), mend: None }]);
    things.spares = vec!["天冷了，出门多穿点，周末愉快。".into(), "{节日}好！".into(), "您忙了一周，周末好好歇歇！".into()];
    assert_eq!(things.mend(&message, Fault::TooLike(Twin::Last)), things.frame.around("您忙了一周，周末好好歇歇！"));
}

#[test]
fn emoji_alone_say_nothing_and_stay_when_words_come() {
    let mut things = Things::new(Tongue::Chinese);
    things.spares = vec!["周末愉快！".into()];
    assert_eq!(things.mend("👍🎉", Fault::NothingSaid), things.frame.around("周末愉快！👍🎉"));
    assert_eq!(mended_all("👍🎉", &things.desk()), things.frame.around("周末愉快！👍🎉"));
    assert_eq!(mended_all("", &things.desk()), things.frame.around("周末愉快！"));
    assert_eq!(mended_all("👨\u{200d}👩\u{200d}👧", &Things::new(Tongue::Chinese).desk()).matches('👨').count(), 1);
}

#[test]
fn nobody_signs_where_the_rep_has_no_name_yet() {
    let mut things = Things::new(Tongue::Chinese);
    (things.frame.company, things.frame.name) = (String::new(), "…".into());
    let findings = lint(&things.frame.around("周末愉快。"), &things.desk());
    assert!(matches!(findings.as_slice(), [Finding { fault: Fault::MissingSignature, mend: None, .. }]), "{findings:?}");
}

#[test]
fn business_may_name_and_count() {
    let things = Things::new(Tongue::Chinese);
    let message = things.frame.around("青山纯净水给您留了5箱。");
    assert_eq!(things.faults(&message), vec![Fault::NamesProduct, Fault::NamesQuantity]);
    assert_eq!(lint(&message, &Desk { occasion: Occasion::Business, ..things.desk() }), vec![]);
}

#[test]
fn a_long_text_matters_only_where_it_is_a_text_message() {
    let things = Things::new(Tongue::Chinese);
    let message = things.frame.around(&"天冷了，出门多穿点。".repeat(500));
    assert!(message.chars().count() > 5_000 && matches!(things.faults(&message).as_slice(), [Fault::TooLong(_)]));
    assert_eq!(lint(&message, &Desk { parts: None, ..things.desk() }), vec![]);
    let short = mended_all(&message, &things.desk());
    assert_eq!((sms::size(&short).parts, short.contains("天冷了")), (1, true));
}

#[test]
fn five_thousand_odd_characters_are_mended_in_few_rounds() {
    let things = Things::new(Tongue::Chinese);
    for odd in ["！，", "😀", "{", "{称呼}", "XX", "5箱，", "好,", "(好", "a. ", "王总，您好！"] {
        let text = odd.repeat(5_000 / odd.chars().count());
        let once = mended_all(&text, &things.desk());
        assert_eq!(lint(&once, &things.desk()).iter().filter(|finding| finding.mend.is_some()).count(), 0, "{odd}");
    }
}

const CHINESE: &str = "(王总|李总|您好|，|。|！|,|\\.|!|\\?|~|…|\\(|（|\\)| |\\{称呼\\}|\\{节日\\}|\\{|\\}|XX|好|天冷了|青山商贸|李明|有事您随时打我电话，我马上办。|——|青山纯净水|5箱|两件|😀|a|Co\\.|\n){0,24}";
const ENGLISH: &str = "(Hello |Dear |Mr Lee|Mrs Wu|, |\\. |!|\\?|，|。|（|\\)|’|–|\\{name\\}|\\{day\\}|xx|Oat Tea|5 cases|take care|Ann Moss|Green Hill Trading| - |If you need anything, call me any time\\.|Co\\.,|a\\.m\\.| |😀|好){0,24}";

fn check(things: &Things, text: &str) -> Result<(), TestCaseError> {
    let desk = things.desk();
    for finding in lint(text, &desk) {
        prop_assert!(text.get(finding.at.clone()).is_some(), "{finding:?}");
        let Some(mend) = &finding.mend else { continue };
        let better = mended(text, mend);
        prop_assert!(better != text, "{finding:?} changes nothing in {text:?}");
        let count = |text: &str| {
            let same = |other: &Finding| std::mem::discriminant(&other.fault) == std::mem::discriminant(&finding.fault);
            lint(text, &desk).iter().filter(|other| same(other)).count()
        };
        // What is taken out can uncover another one that was read as part of a greeting.
        let is_shorter = better.len() < text.len();
        prop_assert!(is_shorter || count(&better) < count(text), "{:?} stays: {text:?} -> {better:?}", finding.fault);
    }
    let once = mended_all(text, &desk);
    let left: Vec<Finding> = lint(&once, &desk).into_iter().filter(|finding| finding.mend.is_some()).collect();
    prop_assert!(left.is_empty(), "{text:?} -> {once:?}: {left:?}");
    prop_assert_eq!(mended_all(&once, &desk), once);
    Ok(())
}

fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("王总".to_owned()),
        Just(String::new()),
        Just("您好".to_owned()),
        Just("李明".to_owned()),
        Just("XX".to_owned()),
        "[!-~，。！您好王总李{}😀 ]{0,5}"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn every_mend_takes_its_fault_away_and_all_mends_leave_none(
        text in prop_oneof![CHINESE, ENGLISH, "\\PC{0,90}"],
        tongue in prop_oneof![Just(Tongue::Chinese), Just(Tongue::English)],
        has_spares in any::<bool>(),
    ) {
        let mut things = Things::new(tongue);
        if has_spares {
            things.spares = vec!["天冷了，出门多穿点。".into(), "Take care in the cold.".into()];
            things.others = vec![Other { pairs: Pairs::of(&things.frame.around("好"), &["王总"]), twin: Twin::Last }];
        }
        check(&things, &text)?;
    }

    #[test]
    fn hostile_names_do_not_keep_the_mends_from_ending(
        text in CHINESE,
        address in hostile(), company in hostile(), name in hostile(), phrase in hostile(), shop in hostile(),
        tongue in prop_oneof![Just(Tongue::Chinese), Just(Tongue::English)],
    ) {
        let mut things = Things::new(tongue);
        things.frame = Frame { tongue, address: address.clone(), closing: phrase, company, name };
        things.fillings = Fillings { name: address, shop, day: "{day}".into(), ..Fillings::default() };
        let desk = things.desk();
        let once = mended_all(&text, &desk);
        let left: Vec<Finding> = lint(&once, &desk).into_iter().filter(|finding| finding.mend.is_some()).collect();
        prop_assert!(left.is_empty(), "{:?} -> {:?}: {:?}", text, once, left);
        prop_assert_eq!(mended_all(&once, &desk), once);
    }
}

#[test]
fn the_closing_phrases_fit_beside_a_body() {
    for tongue in Tongue::ALL {
        assert!(closing(tongue).chars().count() <= 40);
        assert_eq!(crate::domain::tongue::of(closing(tongue)), tongue);
    }
}
