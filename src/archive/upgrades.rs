//! The steps from each stored shape to the next, named for the version they lead to. A step is never changed once it was released:
//! pure, on plain JSON, and pinned by the golden files.

use serde_json::{Value, json};

/// Fields with defaults need no step of their own.
pub fn nothing(_: &mut Value) {}

pub fn customer_2(value: &mut Value) {
    envelope_2(value);
    set(value, "range", json!([]));
    set(value, "merged_into", Value::Null);
    if let Some(fields) = value.get_mut("fields") {
        for name in ["contact", "salutation", "opening_hours", "note"] {
            set(fields, name, json!(""));
        }
        set(fields, "class", Value::Null);
        set(fields, "lead_days", json!(1));
        set(fields, "archived", json!(false));
    }
}

pub fn product_2(value: &mut Value) {
    envelope_2(value);
    if let Some(fields) = value.get_mut("fields") {
        set(fields, "other_name", json!(""));
        set(fields, "barcode", json!(""));
        set(fields, "shelf_life", Value::Null);
        for name in ["minimum_order", "front_capacity", "display_order"] {
            set(fields, name, json!(0));
        }
        set(fields, "archived", json!(false));
    }
}

/// `last_visit` and `last_visit_on` became one.
pub fn summary_2(value: &mut Value) {
    envelope_2(value);
    let last = json!({ "id": value.get("last_visit"), "on": value.get("last_visit_on") });
    set(value, "last_visit", last);
    if let Some(fields) = value.as_object_mut() {
        fields.remove("last_visit_on");
    }
    set(value, "tried", Value::Null);
    set(value, "moved", Value::Null);
    set(value, "stock_outs", json!(0));
}

pub fn settings_2(value: &mut Value) {
    envelope_2(value);
    set(value, "rep", json!({ "name": "", "company": "", "phone": "" }));
    set(value, "currency", json!("¥"));
}

pub fn visit_2(value: &mut Value) {
    envelope_2(value);
    set(value, "spent", json!(0));
    set(value, "outcome", json!("made"));
    set(value, "corrects", Value::Null);
    set(value, "shelf", json!([]));
    let nothing_agreed = json!({ "promise": "", "promise_due": null, "next_on": null, "class": null, "competitor": "", "opinion": "" });
    set(value, "agreed", nothing_agreed);
}

/// An order of the first version was taken at a visit and, as nobody said otherwise, came on its day.
pub fn order_2(value: &mut Value) {
    envelope_2(value);
    set(value, "number", json!(""));
    set(value, "channel", json!("visit"));
    let on = value.get("on").cloned().unwrap_or_default();
    set(value, "expected_on", on);
    set(value, "corrects", Value::Null);
    for line in value.get_mut("lines").and_then(Value::as_array_mut).into_iter().flatten() {
        set(line, "free", json!(0));
        set(line, "returned", json!(0));
        set(line, "list", Value::Null);
        set(line, "deal", Value::Null);
    }
}

pub fn visit_draft_2(value: &mut Value) {
    let on = value.get("started").and_then(Value::as_str).and_then(|started| started.get(..10)).unwrap_or_default().to_owned();
    set(value, "on", json!(on));
    set(value, "corrects", Value::Null);
    set(value, "by_phone", json!(false));
    set(value, "spent", json!(0));
    set(value, "shelf", json!([]));
    set(value, "agreed", json!({}));
}

/// Factor and days to keep of the shop's own.
pub fn customer_3(value: &mut Value) {
    if let Some(fields) = value.get_mut("fields") {
        set(fields, "factor", Value::Null);
        set(fields, "wish_days", json!(0));
    }
}

pub fn product_3(value: &mut Value) {
    if let Some(fields) = value.get_mut("fields") {
        set(fields, "minimum_display", json!(0));
        set(fields, "capacity", json!(0));
        for name in ["factor", "delivery_age", "promotion"] {
            set(fields, name, Value::Null);
        }
    }
}

/// From here on the engine reckons.
pub fn settings_3(value: &mut Value) {
    let reckoning = json!({
        "method": "engine",
        "class_factors": { "a": null, "b": null, "c": null },
        "window": 4,
        "packing": "units",
        "maximum_cover_days": 30,
        "near": [45, 20, 15, 10, 5, 2],
    });
    set(value, "reckoning", reckoning);
}

/// A visit without terms was reckoned by the plain rule.
pub fn visit_3(value: &mut Value) {
    set(value, "terms", Value::Null);
    set(value, "notes", json!([]));
    set(value, "closed_days", json!(0));
    set(value, "work", json!([]));
    set(value, "taught", json!([]));
    for line in value.get_mut("lines").and_then(Value::as_array_mut).into_iter().flatten() {
        set(line, "lots", json!([]));
        set(line, "terms", Value::Null);
    }
}

pub fn visit_draft_3(value: &mut Value) {
    set(value, "work", json!([]));
    set(value, "taught", json!([]));
    set(value, "closed_days", json!(""));
}

fn envelope_2(value: &mut Value) {
    if let Some(envelope) = value.get_mut("envelope") {
        set(envelope, "demo", json!(false));
    }
}

fn set(value: &mut Value, field: &str, to: Value) {
    if let Some(fields) = value.as_object_mut() {
        fields.insert(field.to_owned(), to);
    }
}
