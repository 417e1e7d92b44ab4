//! What a line says of itself in one sentence: the same words in the row, the open line and the order.

use crate::domain::draft::{Counted, LineReading};
use crate::domain::exact::Exact;
use crate::domain::guards::Guard;
use crate::domain::note::Reply;
use crate::domain::product::ProductFields;
use crate::domain::quantity::{Packed, Units};
use crate::domain::reorder::Reason;
use crate::domain::suggestion::{Number, Suggestion, Sum};
use crate::state::app::App;
use crate::ui::say;
use crate::ui::texts::{tr, trn};

/// Why the number is what it is, or what is missing for one.
pub fn why_line(app: App, product: &ProductFields, reading: &LineReading) -> String {
    let reply = reading.note.as_ref().ok().and_then(|note| note.answer);
    match (&reading.counted, &reading.suggestion) {
        (Counted::FrontOnly(front), _) => tr!(app, half_front, front = say::number(front.0)),
        (Counted::BackOnly, _) => tr!(app, half_back).to_owned(),
        (Counted::Unreadable(_, problem), _) => say::number_problem(app, *problem),
        (Counted::TooMuch, _) | (_, Suggestion::OutOfRange) => tr!(app, too_much).to_owned(),
        (_, Suggestion::NotCounted) => tr!(app, not_counted).to_owned(),
        (_, Suggestion::FirstCount { current }) => {
            let counted = say::units(app, product, *current);
            format!("{}{}{}", tr!(app, first_counted, quantity = counted), tr!(app, list_separator), tr!(app, first_time_short))
        }
        (_, Suggestion::NegativeSales { excess, .. }) => {
            tr!(app, line_negative, excess = say::units(app, product, *excess))
        }
        (_, Suggestion::ZeroTrap { .. }) if reply == Some(Reply::Delist) => tr!(app, line_delisted).to_owned(),
        (_, Suggestion::ZeroTrap { .. }) if reply == Some(Reply::OwnerDeclines) => tr!(app, reason_owner_declines).to_owned(),
        (_, Suggestion::ZeroTrap { last_rate: Some(rate), .. }) => {
            let rate = format!("{} {}", say::rate(rate.sold, rate.days), say::unit_word(app, product));
            tr!(app, line_trap_rate, rate = rate)
        }
        (_, Suggestion::ZeroTrap { last_rate: None, .. }) => tr!(app, line_trap).to_owned(),
        (_, Suggestion::Number(number)) => number_line(app, product, number),
    }
}

/// The one thing that matters most about a number.
fn number_line(app: App, product: &ProductFields, number: &Number) -> String {
    let reasons = number.answer.iter().flat_map(|answer| &answer.reasons);
    let most = reasons.filter(|reason| weight(reason) > 0).max_by_key(|reason| weight(reason));
    match (most, &number.sum) {
        (most, _) if number.is_estimate => {
            let estimate = tr!(app, line_estimate, units = say::units(app, product, number.current));
            let reason = most.map(|reason| short(app, product, number, reason));
            std::iter::once(estimate).chain(reason).collect::<Vec<_>>().join(" · ")
        }
        (Some(reason), _) => short(app, product, number, reason),
        (None, Some(sum)) => sold_line(app, sum),
        (None, None) => {
            let rate = number.rate().map(|rate| say::exact(rate.times(7))).unwrap_or_default();
            tr!(app, line_stated, rate = rate, left = say::number(number.current.0))
        }
    }
}

/// Which reason a row tells; 0: none that the figures do not tell themselves.
fn weight(reason: &Reason) -> u8 {
    match reason {
        Reason::CappedByShelfLife { .. } => 9,
        Reason::CappedByCapacity { .. } => 8,
        Reason::BelowMinimum { .. } => 7,
        Reason::BelowCase => 6,
        Reason::OnOrderCovers => 5,
        Reason::Slow { .. } => 4,
        Reason::Overstock { .. } => 3,
        Reason::ExpiresUnsold { .. } => 2,
        Reason::RaisedToMinimum { .. } => 1,
        _ => 0,
    }
}

fn short(app: App, product: &ProductFields, number: &Number, reason: &Reason) -> String {
    match reason {
        Reason::CappedByShelfLife { .. } => tr!(app, short_capped_life).to_owned(),
        Reason::CappedByCapacity { .. } => tr!(app, short_capped_room).to_owned(),
        Reason::BelowCase => tr!(app, short_below_case).to_owned(),
        Reason::OnOrderCovers => match number.cover(Units::ZERO) {
            Some(days) => trn!(app, short_on_order | short_on_order_single, count = days),
            None => tr!(app, reason_on_order_covers).to_owned(),
        },
        other => reason_line(app, product, number, other),
    }
}

/// A reason as a sentence with its figures; none for what has a question of its own.
pub fn reason_line(app: App, product: &ProductFields, number: &Number, reason: &Reason) -> String {
    let units = |units: i64| say::units(app, product, Units(units));
    let packed = |units: i64| if units == 0 { tr!(app, none_needed).to_owned() } else { say::units_packed(app, product, Units(units)) };
    let exact = |figure: Exact| format!("{} {}", say::exact(figure), say::unit_word(app, product));
    match *reason {
        Reason::NegativeSales { excess } => tr!(app, reason_negative, units = units(excess)),
        Reason::ZeroTrap => tr!(app, reason_zero_trap).to_owned(),
        Reason::StockOut => tr!(app, reason_stock_out).to_owned(),
        Reason::Expired { units: gone } => tr!(app, reason_expired, units = units(gone)),
        Reason::LongDelivery { days } => tr!(app, reason_delivery, lead = number.policy.terms.lead_days, days = days),
        Reason::Promotion { days, extra } => tr!(app, reason_promotion_ahead, days = days, extra = exact(extra)),
        Reason::MinimumDisplay { units: least } => tr!(app, reason_display, units = units(least.0)),
        Reason::ExpiresUnsold { units: unsold } => tr!(app, reason_unsold, units = exact(unsold)),
        Reason::OnOrder { units: coming } => tr!(app, reason_on_order, units = packed(coming.0)),
        Reason::OnOrderCovers => tr!(app, reason_on_order_covers).to_owned(),
        Reason::Slow { stock } => tr!(app, reason_slow, units = units(stock)),
        Reason::Rounded { to } => tr!(app, reason_rounded, units = packed(to)),
        Reason::BelowCase => tr!(app, reason_below_case, case = say::one(say::case_word(app, product))),
        Reason::RaisedToMinimum { to, .. } => tr!(app, reason_minimum, units = packed(to)),
        Reason::CappedByShelfLife { from, to } => tr!(app, reason_capped_life, from = packed(from), to = packed(to)),
        Reason::CappedByCapacity { from, to } => tr!(app, reason_capped_room, from = packed(from), to = packed(to)),
        Reason::BelowMinimum { left } => tr!(app, reason_below_minimum, units = packed(left)),
        Reason::Overstock { days } => tr!(app, reason_overstock, days = days, most = number.policy.terms.maximum_cover_days),
    }
}

/// A warning on what is ordered.
pub fn guard_line(app: App, product: &ProductFields, guard: &Guard) -> String {
    match guard {
        Guard::PushingStock { cover_days: Some(days) } => tr!(app, guard_pushing, days = days),
        Guard::PushingStock { cover_days: None } => tr!(app, guard_pushing_plain).to_owned(),
        Guard::RunsOut { on, lost } => {
            let lost = format!("{} {}", say::exact(*lost), say::unit_word(app, product));
            tr!(app, guard_runs_out, date = say::date(app, *on), lost = lost)
        }
    }
}

/// The number is what the plain rule says of this sum: its words are enough.
pub fn plain(number: &Number) -> Option<&Sum> {
    let sum = number.sum.as_ref()?;
    let Some(answer) = &number.answer else { return Some(sum) };
    let steps = answer.sum?;
    let hundredths = |value: i64| Exact::over(value.into(), 100);
    let is_plain = steps.target == hundredths(sum.rule.target.0)
        && steps.usable == Exact::whole(sum.current.0)
        && number.on_order().is_zero()
        && sum.sold() == sum.rule.sales
        && number.order == sum.rule.order;
    is_plain.then_some(sum)
}

fn sold_line(app: App, sum: &Sum) -> String {
    let (sold, left) = (say::number(sum.sold()), say::number(sum.current.0));
    match sum.days {
        _ if sum.current.is_zero() && sum.sold() == sum.cycle.previous.0 + sum.cycle.received.0 => {
            let (previous, received) = (say::number(sum.cycle.previous.0), say::number(sum.cycle.received.0));
            tr!(app, line_sold_out, previous = previous, ordered = received)
        }
        Some(days) if sum.sold() == 0 => tr!(app, line_sold_none, days = days, left = left),
        Some(days) => tr!(app, line_sold, days = days, sold = sold, left = left),
        None => tr!(app, line_sold_no_days, sold = sold, left = left),
    }
}

/// A quantity with what comes free on top: `2件+7瓶 送2瓶`.
pub fn ordered(app: App, product: &ProductFields, quantity: Packed, free: Units) -> String {
    let free_words = (!free.is_zero()).then(|| tr!(app, free_goods, quantity = say::units_packed(app, product, free)));
    let paid = match (quantity.is_zero(), &free_words) {
        (true, None) => Some(tr!(app, none_needed).to_owned()),
        (true, Some(_)) => None,
        (false, _) => Some(say::packed(app, product, quantity)),
    };
    [paid, free_words].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Counted, and nothing is there: out of stock.
pub fn is_out(reading: &LineReading) -> bool {
    reading.counted.current() == Some(Units::ZERO)
}

/// The rep's own quantity instead of another suggestion.
pub fn changed_from(reading: &LineReading, product: &ProductFields, has_choice: bool) -> Option<Units> {
    let suggested = reading.to_order?;
    let chosen = reading.quantity.and_then(|quantity| product.size.total(quantity));
    (has_choice && chosen.is_some_and(|chosen| chosen != suggested)).then_some(suggested)
}

/// The sum in one line: `sold 30 × 1.5 − 14 on hand = 31`, `4.3 a day × 10.5 days − 14 = 31`.
pub fn short_sum(app: App, number: &Number) -> String {
    if let Some(sum) = plain(number) {
        let (sold, current) = (say::number(sum.rule.sales), say::number(sum.current.0));
        return if sum.rule.order.is_zero() {
            tr!(app, tag_sum_enough, sold = sold, factor = sum.factor.to_string(), target = sum.rule.target.to_string(), current = current)
        } else {
            tr!(app, tag_sum, sold = sold, factor = sum.factor.to_string(), current = current, order = say::rounded(&sum.rule))
        };
    }
    let Some((rate, steps)) = number.answer.as_ref().and_then(|answer| answer.rate.zip(answer.sum)) else { return String::new() };
    let (rate, days, stock) = (say::exact(rate.exact()), steps.horizon.to_string(), say::exact(steps.usable));
    let on_order = number.on_order();
    let coming = (!on_order.is_zero()).then(|| say::number(on_order.0));
    if steps.need.is_positive() {
        let stock = match coming {
            Some(coming) => tr!(app, tag_with_on_order, stock = stock, on_order = coming),
            None => stock,
        };
        let order = say::number(number.order.0);
        let need = say::exact(steps.need);
        let result = if need == order { order } else { format!("{need} → {order}") };
        tr!(app, tag_engine, rate = rate, days = days, stock = stock, order = result)
    } else {
        let stock = match coming {
            Some(coming) => tr!(app, tag_and_on_order, stock = stock, on_order = coming),
            None => stock,
        };
        tr!(app, tag_engine_enough, rate = rate, days = days, target = say::exact(steps.target), stock = stock)
    }
}

/// The sum in words: `10 + 5 − 12 = 3 sold; 3 × 1.5 = 4.5; 4.5 < 12: do not order`.
pub fn formula(app: App, product: &ProductFields, number: &Number) -> String {
    let Some(sum) = plain(number) else { return short_sum(app, number) };
    let n = say::number;
    let (previous, ordered, current) = (n(sum.basis.previous.0), n(sum.basis.ordered.0), n(sum.current.0));
    let (sold, target, factor) = (n(sum.rule.sales), sum.rule.target.to_string(), sum.factor.to_string());
    if sum.rule.order.is_zero() {
        let sign = if sum.rule.raw.0 == 0 { "=" } else { "<" };
        tr!(
            app,
            why_formula_enough,
            previous = previous,
            ordered = ordered,
            current = current.clone(),
            sold = sold.clone(),
            factor = factor,
            target = target,
            sign = sign
        )
    } else {
        let order = say::units(app, product, sum.rule.order);
        let raw = sum.rule.raw.to_string();
        tr!(
            app,
            why_formula_order,
            previous = previous,
            ordered = ordered,
            current = current.clone(),
            sold = sold.clone(),
            factor = factor,
            target = target.clone(),
            raw = raw,
            order = order
        )
    }
}

/// One sentence to say to the owner.
pub fn talk(app: App, product: &ProductFields, number: &Number) -> String {
    let unit = say::unit_word(app, product);
    let order = say::units(app, product, number.order);
    let Some(sum) = plain(number) else {
        let Some((rate, steps)) = number.answer.as_ref().and_then(|answer| answer.rate.zip(answer.sum)) else { return String::new() };
        let with_unit = |figure: Exact| format!("{} {unit}", say::exact(figure));
        let (rate, days, target) = (with_unit(rate.exact()), steps.horizon.to_string(), with_unit(steps.target));
        let stock = with_unit(steps.usable);
        return match (number.order.is_zero(), steps.need.is_positive()) {
            (false, _) => tr!(app, talk_engine_order, rate = rate, days = days, target = target, stock = stock, order = order),
            (true, false) => tr!(app, talk_engine_enough, rate = rate, days = days, target = target, stock = stock),
            (true, true) => tr!(app, talk_engine_none, rate = rate, stock = stock),
        };
    };
    let sold = say::units(app, product, Units(sum.rule.sales));
    let current = say::units(app, product, sum.current);
    let (factor, target) = (sum.factor.to_string(), format!("{} {unit}", sum.rule.target));
    match (sum.rule.order.is_zero(), sum.days) {
        (false, Some(days)) => {
            tr!(app, talk_order, days = days, sold = sold, factor = factor, target = target, current = current, order = order)
        }
        (false, None) => {
            tr!(app, talk_order_no_days, sold = sold, factor = factor, target = target, current = current, order = order)
        }
        (true, Some(days)) => tr!(app, talk_enough, days = days, sold = sold, factor = factor, target = target, current = current),
        (true, None) => tr!(app, talk_enough_no_days, sold = sold, factor = factor, target = target, current = current),
    }
}
