//! Runs every case file in `tests/cases/reorder/`, modes `rule`, `engine` and `expiry`, compared exactly. A file added to the folder
//! adds its cases; a key the runner does not know fails its case, and so does a flag that the case does not name.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::{Map, Value};
use shelfwise::domain::exact::Exact;
use shelfwise::domain::expiry;
use shelfwise::domain::factor::Factor;
use shelfwise::domain::quantity::Units;
use shelfwise::domain::rate::{Cycle, StatedRate};
use shelfwise::domain::reorder::{self, Answer, Flag, Line, Lot, Promotion, Rounding, Status};
use shelfwise::domain::rule;
use std::collections::BTreeMap;

type Object = Map<String, Value>;

/// What is wrong with a case: one line a difference.
type Wrong = Vec<String>;

/// An exact number of a case file: an integer, a decimal or a fraction; as a JSON number or in quotes.
fn number(value: &Value) -> Result<Exact, String> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        other => return Err(format!("not a number: {other}")),
    };
    let whole = |digits: &str| digits.trim().parse::<i128>().map_err(|_| format!("not a number: {text}"));
    let decimal = |text: &str| {
        let (before, after) = text.split_once('.').unwrap_or((text, ""));
        Ok::<_, String>((whole(&format!("{before}{after}"))?, 10_i128.pow(u32::try_from(after.len()).unwrap())))
    };
    let (n, d) = match text.split_once('/') {
        None => decimal(&text)?,
        Some((n, d)) => (whole(n)?, whole(d)?),
    };
    Exact::new(n, d).ok_or(format!("no such fraction: {text}"))
}

/// An input of a case, its keys taken one by one: what is left over is not known.
struct Fields(Object);

impl Fields {
    fn of(value: &Value) -> Result<Fields, String> {
        value.as_object().cloned().map(Fields).ok_or(format!("not an object: {value}"))
    }

    /// The value of a key; one that is null is as if it were left out.
    fn take(&mut self, key: &str) -> Option<Value> {
        self.0.remove(key).filter(|value| !value.is_null())
    }

    fn integer<T: TryFrom<i128>>(&mut self, key: &str) -> Result<Option<T>, String> {
        self.scaled(key, 1)
    }

    /// A number in parts of one: hundredths, tenths.
    fn scaled<T: TryFrom<i128>>(&mut self, key: &str, parts: i128) -> Result<Option<T>, String> {
        let Some(value) = self.take(key) else { return Ok(None) };
        let (n, d) = number(&value)?.reduced();
        let fits = (n * parts % d == 0).then(|| T::try_from(n * parts / d).ok()).flatten();
        fits.map(Some).ok_or(format!("{key}: {value} is not a whole number of 1/{parts}"))
    }

    fn units(&mut self, key: &str) -> Result<Units, String> {
        Ok(Units(self.integer(key)?.unwrap_or(0)))
    }

    fn factor(&mut self) -> Result<Factor, String> {
        let Some(hundredths) = self.scaled("factor", 100)? else { return Ok(Factor::RULE) };
        Factor::from_hundredths(hundredths).ok_or(format!("factor: {hundredths} hundredths"))
    }

    fn list<T>(&mut self, key: &str, read: impl Fn(Fields) -> Result<T, String>) -> Result<Vec<T>, String> {
        match self.take(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(values)) => values.iter().map(|value| read(Fields::of(value)?)).collect(),
            Some(other) => Err(format!("{key}: not a list: {other}")),
        }
    }

    fn end(self) -> Result<(), String> {
        self.0.keys().next().map_or(Ok(()), |key| Err(format!("unknown key {key}")))
    }
}

fn cycle(mut fields: Fields) -> Result<Cycle, String> {
    let cycle = Cycle {
        previous: fields.units("previous")?,
        received: fields.units("received")?,
        other_source: fields.units("other_source")?,
        returned: fields.units("returned")?,
        written_off: fields.units("written_off")?,
        current: fields.units("current")?,
        days: fields.integer("days")?.unwrap_or(0),
        closed_days: fields.integer("closed_days")?.unwrap_or(0),
        stockout_days: fields.integer("stockout_days")?.unwrap_or(0),
    };
    fields.end().map(|()| cycle)
}

fn lot(mut fields: Fields) -> Result<Lot, String> {
    let lot = Lot { quantity: fields.units("quantity")?, days_left: fields.integer("days_left")? };
    fields.end().map(|()| lot)
}

fn promotion(value: Value) -> Result<Promotion, String> {
    let mut fields = Fields::of(&value)?;
    let promotion = Promotion { days: fields.integer("days")?.unwrap_or(0), uplift: fields.scaled("uplift", 100)?.unwrap_or(100) };
    fields.end().map(|()| promotion)
}

fn stated(value: Value) -> Result<StatedRate, String> {
    let (n, d) = number(&value)?.reduced();
    match (u32::try_from(n), u32::try_from(d)) {
        (Ok(units), Ok(days)) => Ok(StatedRate { units, days }),
        _ => Err(format!("stated_rate: {value}")),
    }
}

fn suggest(mut input: Fields) -> Result<Answer, String> {
    let unset = Line::default();
    let cycles = input.list("cycles", cycle)?;
    let lots = input.list("lots", lot)?;
    let line = Line {
        cycles: &cycles,
        window: input.integer("window")?.unwrap_or(unset.window),
        lots: &lots,
        days_to_next_visit: input.integer("days_to_next_visit")?.unwrap_or(unset.days_to_next_visit),
        delivery_days: input.integer("delivery_days")?.unwrap_or(unset.delivery_days),
        factor: input.factor()?,
        on_order: input.units("on_order")?,
        units_per_case: input.integer("units_per_case")?.unwrap_or(unset.units_per_case),
        minimum_order: input.units("minimum_order")?,
        fresh_days: input.integer("fresh_days")?,
        minimum_display: input.units("minimum_display")?,
        capacity: input.integer("capacity")?.map(Units),
        promotion: input.take("promotion").map(promotion).transpose()?,
        rounding: match input.take("rounding").as_ref().map(|value| value.as_str()) {
            None | Some(Some("ceil")) => Rounding::Ceil,
            Some(Some("guard")) => Rounding::Guard,
            Some(other) => return Err(format!("rounding: {other:?}")),
        },
        stated_rate: input.take("stated_rate").map(stated).transpose()?,
        alpha: input.scaled("intermittent_alpha", 10)?.unwrap_or(unset.alpha),
        maximum_cover_days: input.integer("maximum_cover_days")?.unwrap_or(unset.maximum_cover_days),
    };
    input.end()?;
    reorder::suggest(&line).map_err(|beyond| format!("beyond the limits: {beyond:?}"))
}

/// The name of a flag in reports and case files.
fn flag_name(flag: Flag) -> &'static str {
    match flag {
        Flag::ZeroTrap => "zero_trap",
        Flag::StockOut => "stock_out",
        Flag::Expired => "expired",
        Flag::NegativeSales => "negative_sales",
        Flag::Slow => "slow",
        Flag::OnOrderCovers => "on_order_covers",
        Flag::BelowCase => "below_case",
        Flag::CappedByShelfLife => "capped_by_shelf_life",
        Flag::CappedByCapacity => "capped_by_capacity",
        Flag::Overstock => "overstock",
    }
}

fn status_name(status: Status) -> &'static str {
    match status {
        Status::Order => "order",
        Status::Enough => "enough",
        Status::None => "none",
        Status::FirstVisit => "first_visit",
    }
}

/// Compares the figures that a case expects; null is one that the result does not have.
fn compare(expect: &Object, got: &[(&str, Option<Exact>)]) -> Wrong {
    let mut wrong = Wrong::new();
    for (key, wanted) in expect {
        let Some((_, value)) = got.iter().find(|(name, _)| name == key) else {
            wrong.push(format!("unknown key {key}"));
            continue;
        };
        let same = match (wanted, value) {
            (Value::Null, value) => value.is_none(),
            (wanted, Some(value)) => number(wanted).is_ok_and(|wanted| wanted == *value),
            _ => false,
        };
        if !same {
            let value =
                value.map(Exact::reduced).map_or("null".to_owned(), |(n, d)| if d == 1 { n.to_string() } else { format!("{n}/{d}") });
            wrong.push(format!("{key}: expected {wanted}, got {value}"));
        }
    }
    wrong
}

fn run_rule(mut input: Fields, expect: &Object) -> Result<Wrong, String> {
    let (previous, ordered, current) = (input.units("previous")?, input.units("ordered")?, input.units("current")?);
    let factor = input.factor()?;
    input.end()?;
    let rule = rule::apply(previous, ordered, current, factor).map_err(|error| format!("{error:?}"))?;
    let hundredths = |value: i64| Exact::new(value.into(), 100);
    Ok(compare(
        expect,
        &[
            ("sales", Some(Exact::whole(rule.sales))),
            ("target", hundredths(rule.target.0)),
            ("raw", hundredths(rule.raw.0)),
            ("order", Some(Exact::whole(rule.order.0))),
        ],
    ))
}

fn run_engine(input: Fields, mut expect: Object) -> Result<Wrong, String> {
    let answer = suggest(input)?;
    let mut wrong = Wrong::new();
    let mut flags: Vec<&str> = answer.flags().map(flag_name).collect();
    flags.sort_unstable();
    let mut wanted: Vec<String> = match expect.remove("flags") {
        None => Vec::new(),
        Some(list) => serde_json::from_value(list).map_err(|error| format!("flags: {error}"))?,
    };
    wanted.sort_unstable();
    if wanted != flags {
        wrong.push(format!("flags: expected {wanted:?}, got {flags:?}"));
    }
    let status = status_name(answer.status);
    if let Some(wanted) = expect.remove("status").filter(|wanted| wanted != status) {
        wrong.push(format!("status: expected {wanted}, got {status}"));
    }
    let got = [
        ("sales", answer.sales.map(Exact::whole)),
        ("rate", answer.rate.map(|rate| rate.exact())),
        ("horizon", answer.sum.and_then(|sum| Exact::new(sum.horizon.0.into(), 100))),
        ("target", answer.sum.map(|sum| sum.target)),
        ("usable", answer.sum.map(|sum| sum.usable)),
        ("need", answer.sum.map(|sum| sum.need)),
        ("order", answer.order.map(|order| Exact::whole(order.0))),
    ];
    wrong.extend(compare(&expect, &got));
    Ok(wrong)
}

fn run_expiry(mut input: Fields, expect: &Object) -> Result<Wrong, String> {
    let lots = input.list("lots", lot)?;
    let rate = input.take("rate").as_ref().map(number).transpose()?.unwrap_or(Exact::whole(0));
    input.end()?;
    let at_risk = expiry::at_risk(&lots, rate);
    let mut wrong = Wrong::new();
    for (key, wanted) in expect {
        let wanted = wanted.as_array().filter(|_| key == "at_risk").ok_or(format!("unknown: {key}: {wanted}"))?;
        let wanted: Vec<Exact> = wanted.iter().map(number).collect::<Result<_, _>>()?;
        if wanted != at_risk {
            let read = |list: &[Exact]| list.iter().map(|risk| risk.reduced()).collect::<Vec<_>>();
            wrong.push(format!("at_risk: expected {:?}, got {:?}", read(&wanted), read(&at_risk)));
        }
    }
    Ok(wrong)
}

fn run(case: &Value, ran: &mut BTreeMap<String, usize>) -> Result<Wrong, String> {
    let mut case = Fields::of(case)?;
    let (_, _) = (case.take("id"), case.take("note"));
    let mode = case.take("mode").and_then(|mode| mode.as_str().map(str::to_owned)).ok_or("no mode")?;
    let input = Fields::of(&case.take("input").ok_or("no input")?)?;
    let expect = Fields::of(&case.take("expect").ok_or("no expect")?)?.0;
    case.end()?;
    *ran.get_mut(&mode).ok_or(format!("unknown mode {mode}"))? += 1;
    match mode.as_str() {
        "rule" => run_rule(input, &expect),
        "engine" => run_engine(input, expect),
        _ => run_expiry(input, &expect),
    }
}

#[test]
fn every_case_file_comes_out_exactly() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/reorder");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let mut ran: BTreeMap<String, usize> = ["rule", "engine", "expiry"].into_iter().map(|mode| (mode.to_owned(), 0)).collect();
    let mut failures = Vec::new();
    for path in &files {
        let file = path.file_name().unwrap().to_string_lossy();
        let cases: Vec<Value> = match serde_json::from_str(&std::fs::read_to_string(path).unwrap()) {
            Ok(cases) => cases,
            Err(error) => {
                failures.push(format!("{file}: not a list of cases: {error}"));
                continue;
            }
        };
        for case in &cases {
            let wrong = run(case, &mut ran).unwrap_or_else(|problem| vec![problem]);
            failures.extend(wrong.into_iter().map(|what| format!("{file}: {}: {what}", case["id"])));
        }
    }
    println!("reorder cases: {} files, ran in mode rule {}, engine {}, expiry {}", files.len(), ran["rule"], ran["engine"], ran["expiry"]);
    for (mode, count) in &ran {
        assert!(*count > 0, "no case ran in mode {mode}");
    }
    assert!(failures.is_empty(), "{} differences\n{}", failures.len(), failures.join("\n"));
}
