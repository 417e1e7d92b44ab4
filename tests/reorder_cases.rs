//! Runs every case file in `tests/cases/reorder/`: mode `rule` exactly, the other modes counted as not yet. A file added to the
//! folder adds its cases; a key the runner does not know fails its case.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::{Map, Value};
use shelfwise::domain::factor::Factor;
use shelfwise::domain::quantity::Units;
use shelfwise::domain::rule;

/// An exact number of a case file: an integer, a decimal or a fraction.
#[derive(Debug, Clone, Copy)]
struct Exact(i128, i128);

impl Exact {
    fn read(value: &Value) -> Exact {
        match value {
            Value::Number(number) => Exact(number.as_i64().expect("quantities are integers").into(), 1),
            Value::String(text) => match text.split_once('/') {
                Some((n, d)) => Exact(n.parse().unwrap(), d.parse().unwrap()),
                None => {
                    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
                    let digits: i128 = format!("{whole}{part}").parse().unwrap();
                    Exact(digits, 10_i128.pow(u32::try_from(part.len()).unwrap()))
                }
            },
            other => panic!("not a number: {other}"),
        }
    }

    fn equals(self, numerator: i128, denominator: i128) -> bool {
        self.0 * denominator == numerator * self.1
    }
}

fn known_keys_only(object: &Map<String, Value>, known: &[&str]) -> Result<(), String> {
    match object.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(format!("unknown key {key}")),
        None => Ok(()),
    }
}

fn run_rule(input: &Map<String, Value>, expect: &Map<String, Value>) -> Result<(), String> {
    known_keys_only(input, &["previous", "ordered", "current", "factor"])?;
    known_keys_only(expect, &["sales", "target", "raw", "order"])?;
    let units = |key: &str| Units(input.get(key).map_or(0, |value| value.as_i64().expect("an integer")));
    let factor = match input.get("factor").map(Exact::read) {
        None => Factor::RULE,
        Some(Exact(n, d)) => {
            assert_eq!(n * 100 % d, 0, "a factor is in hundredths");
            Factor::from_hundredths(u16::try_from(n * 100 / d).unwrap()).expect("a factor of 1 to 5")
        }
    };
    let rule = rule::apply(units("previous"), units("ordered"), units("current"), factor).map_err(|error| format!("{error:?}"))?;
    let got = [
        ("sales", i128::from(rule.sales), 1),
        ("target", i128::from(rule.target.0), 100),
        ("raw", i128::from(rule.raw.0), 100),
        ("order", i128::from(rule.order.0), 1),
    ];
    for (key, numerator, denominator) in got {
        if let Some(wanted) = expect.get(key)
            && !Exact::read(wanted).equals(numerator, denominator)
        {
            return Err(format!("{key}: expected {wanted}, got {numerator}/{denominator}"));
        }
    }
    Ok(())
}

#[test]
fn every_case_file_comes_out_exactly() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/reorder");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let (mut ran, mut not_yet, mut failures) = (0, 0, Vec::new());
    for path in files {
        let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for case in cases {
            let case = case.as_object().unwrap();
            let id = case["id"].as_str().unwrap();
            let outcome = known_keys_only(case, &["id", "mode", "note", "input", "expect"]).and_then(|()| match case["mode"].as_str() {
                Some("rule") => {
                    ran += 1;
                    run_rule(case["input"].as_object().unwrap(), case["expect"].as_object().unwrap())
                }
                Some("engine" | "expiry") => {
                    not_yet += 1;
                    Ok(())
                }
                other => Err(format!("unknown mode {other:?}")),
            });
            if let Err(why) = outcome {
                failures.push(format!("{}: {id}: {why}", path.display()));
            }
        }
    }
    println!("reorder cases: {ran} ran in mode rule, {not_yet} not yet (engine, expiry)");
    assert!(ran > 0, "no case ran");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
