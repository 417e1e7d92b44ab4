//! A finished visit: the receipt, what comes next. Shown right after finishing and ever after from the shop's history.

use super::card::{CardLine, OwnerCard};
use super::page::gone;
use super::share::{ShareButton, fields_of, order_text, signature};
use super::words as said;
use crate::domain::events::Events;
use crate::domain::history::LineHistory;
use crate::domain::id::{ProductId, VisitId};
use crate::domain::near;
use crate::domain::order::{Order, OrderLine};
use crate::domain::product::ProductFields;
use crate::domain::quantity::Units;
use crate::domain::suggestion::{self, Suggestion};
use crate::domain::today;
use crate::domain::visit::{Agreed, Visit, VisitLine};
use crate::state::app::App;
use crate::state::keeping::Twin;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, words};
use crate::ui::load::load;
use crate::ui::navigation::use_address;
use crate::ui::pages::start::{StartPill, visit_path};
use crate::ui::pages::waiting::ToSend;
use crate::ui::parts::head::Heading;
use crate::ui::platform;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;

/// Receipt lines drawn before "more".
const FIRST_LINES: usize = 6;

#[component]
pub fn SummaryPage(app: App, id: VisitId) -> impl IntoView {
    let found = load(move || async move {
        let (visit, order) = app.finished_visit(id).await.ok().flatten()?;
        let events = app.events(visit.customer).await.unwrap_or_default().events;
        Some((visit, order, events))
    });
    live(move || match found.get() {
        None => view! { <p class="opening" role="status">{tx!(app, loading)}</p> }.into_any(),
        Some(None) => gone(app).into_any(),
        Some(Some((visit, order, events))) => view! { <Finished app visit order events /> }.into_any(),
    })
}

#[component]
fn Finished(app: App, visit: Visit, order: Option<Order>, events: Events) -> impl IntoView {
    let shop = app.book.with_untracked(|book| book.customer(visit.customer).map(|shop| shop.fields.name.clone())).unwrap_or_default();
    let minutes =
        if visit.spent > 0 { i64::from(visit.spent).div_euclid(60).max(1) } else { (visit.finished - visit.started).num_minutes() };
    let (on, finished, customer, outcome) = (visit.on, visit.finished, visit.customer, visit.outcome);
    let (counted, range) = (visit.lines.len(), visit.range);
    let title = Signal::derive(move || match minutes {
        _ if !outcome.is_made() => format!("{}{}{}", tr!(app, not_made), tr!(app, list_separator), say::outcome(app, outcome)),
        _ if on != app.today.get() => tr!(app, done_past_title, date = say::date(app, on)),
        1..=720 => trn!(app, done_title | done_title_single, count = minutes),
        _ => tr!(app, done_title_short).to_owned(),
    });
    let second = move || {
        let saved = tr!(app, done_saved, time = say::time(finished));
        if outcome.is_made() { format!("{saved} · {}", tr!(app, done_counted, counted = counted, range = range)) } else { saved }
    };
    let card = RwSignal::new(false);
    let now = suggestion::past_of(&events, &visit);
    let cards = card_lines(app, &visit, order.as_ref(), &now);
    let (card_shop, text_shop, text_order) = (shop.clone(), shop.clone(), order.clone());
    let text = Signal::derive(move || text_order.as_ref().map(|order| order_text(app, &text_shop, order)).unwrap_or_default());
    let has_order = order.as_ref().is_some_and(|order| order.total().products > 0);
    let is_made = outcome.is_made();
    let back = format!("/customers/{customer}");
    let corrected_by = events.visits.iter().find(|other| other.corrects == Some(visit.id)).map(|other| other.id);
    let (agreed, counted) = (visit.agreed.clone(), visit.clone());
    let correct = StoredValue::new((visit.clone(), order.clone()));
    view! {
        <header class="page-head page-head-sub">
            <a href=link(&back) class="icon-button" aria-label=tx!(app, back)>{icon("chevron-left")}</a>
            <p class="head-shop">{shop}</p>
        </header>
        <main class="page page-start done">
            <section class="done-head">
                <span class="done-tick" class:done-tick-tried=!is_made>{icon(if is_made { "check" } else { "door-closed" })}</span>
                <div><Heading app title /><p role="status">{words(second)}</p></div>
            </section>
            <When when=move || app.twin.get() == Twin::Behind><p class="card notice twin-behind" role="status">{icon("circle-alert")}<span>{tx!(app, saved_without_copy)}</span></p></When>
            {visit.corrects.map(|old| notice(app, old, Told::Corrects))}
            {corrected_by.map(|new| notice(app, new, Told::CorrectedBy))}
            {order.map(|order| {
                let (id, day) = (order.id, order.on);
                view! { <Receipt app order /><ToSend app id day /> }
            })}
            <When when=move || is_made && !has_order><p class="card">{tx!(app, done_no_order)}</p></When>
            <When when=move || is_made>
                <div class="actions">
                    <button type="button" class="btn" on:click=move |_| card.set(true)>{icon("presentation")}{tx!(app, show_owner)}</button>
                    <When when=move || has_order><ShareButton app text /></When>
                    <button type="button" class="btn" on:click=|_| platform::print()>{icon("printer")}{tx!(app, print)}</button>
                </div>
            </When>
            <NextVisit app customer visit_on=on />
            {promised(app, &agreed)}
            <When when=move || is_made && corrected_by.is_none()><Correct app of=correct /></When>
            <Counts app of=counted now />
        </main>
        <NextShop app />
        <When when=move || card.get()>
            <OwnerCard app shop=card_shop.clone() on lines=cards.clone() start=0 on_close=move |()| card.set(false) />
        </When>
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Corrects,
    CorrectedBy,
}

/// The other half of a correction.
fn notice(app: App, other: VisitId, told: Told) -> AnyView {
    view! {
        <p class="card notice">
            <span>{live(move || if told == Told::Corrects { tr!(app, corrects_old) } else { tr!(app, corrected_by) })}</span>
            <a href=link(&format!("/visits/{other}"))>{live(move || if told == Told::Corrects { tr!(app, see_old) } else { tr!(app, see_new) })}</a>
        </p>
    }
    .into_any()
}

fn promised(app: App, agreed: &Agreed) -> Option<AnyView> {
    let due = agreed.promise_due?;
    let promise = agreed.promise.clone();
    Some(
        view! {
            <section class="next-visit">
                <span class="row-sign">{icon("handshake")}</span>
                <div class="row-words"><span class="row-name">{promise}</span><span class="row-why">{live(move || tr!(app, promise_due, due = say::date_time(app, due)))}</span></div>
            </section>
        }
        .into_any(),
    )
}

/// Miscounted: a new visit that names this one.
#[component]
fn Correct(app: App, of: StoredValue<(Visit, Option<Order>)>) -> impl IntoView {
    let address = use_address();
    let correct = move |_| {
        spawn_local(async move {
            let (visit, order) = of.get_value();
            // One that could not be begun is said by the banner.
            if let Ok(id) = app.start_correction(&visit, order.as_ref()).await {
                address.go(&visit_path(id));
            }
        });
    };
    view! {
        <section class="next-visit">
            <span class="row-sign">{icon("history")}</span>
            <div class="row-words"><span class="row-name">{tx!(app, correct_ask)}</span><span class="row-why">{tx!(app, correct_text)}</span></div>
            <button type="button" class="btn btn-quiet" on:click=correct>{tx!(app, correct)}</button>
        </section>
    }
}

/// The past of each line as it stands now, where a correction changed it since.
type PastNow = BTreeMap<ProductId, LineHistory>;

fn card_lines(app: App, visit: &Visit, order: Option<&Order>, now: &PastNow) -> Vec<CardLine> {
    let window = app.reckoning().near;
    let ordered = |product| order.and_then(|order| order.lines.iter().find(|line| line.product == product));
    let mut cards: Vec<CardLine> = visit
        .lines
        .iter()
        .map(|line| {
            let of = ordered(line.product);
            let known = app.book.with_untracked(|book| book.product(line.product).map(|product| product.fields.clone()));
            let fields = known.unwrap_or_else(|| ProductFields::named(line.product.to_string()));
            // Stock is worth what the list says, whatever was agreed.
            let prices = of.map_or(fields.prices, |of| of.list.unwrap_or(of.prices));
            let said =
                suggestion::as_it_is(visit, line, now.get(&line.product).filter(|past| past.previous.is_some() || line.basis.is_none()));
            let none = said.order().filter(|order| order.is_zero()).map(|_| Default::default());
            CardLine {
                id: line.product,
                near: near::of_line(&line.lots, fields.shelf_life, window, said.number().and_then(|number| number.rate()), visit.on),
                product: ProductFields { size: line.size, prices, ..fields },
                said,
                current: line.count.current(line.size),
                quantity: of.map(|of| of.quantity).or(none),
                amount: of.and_then(|of| of.amount),
                free: of.map_or(Units::ZERO, |of| of.free),
            }
        })
        .collect();
    let uncounted =
        order.into_iter().flat_map(|order| &order.lines).filter(|line| visit.lines.iter().all(|counted| counted.product != line.product));
    cards.extend(uncounted.map(|line| CardLine {
        id: line.product,
        product: fields_of(app, line),
        said: Suggestion::NotCounted,
        near: Vec::new(),
        current: None,
        quantity: Some(line.quantity),
        amount: line.amount,
        free: line.free,
    }));
    super::card::in_order(cards)
}

#[component]
fn Receipt(app: App, order: Order) -> impl IntoView {
    let total = order.total();
    let all = RwSignal::new(order.lines.len() <= FIRST_LINES + 1);
    let hidden = order.lines.len().saturating_sub(FIRST_LINES);
    let lines = StoredValue::new(order.lines.clone());
    let rows = move || {
        let shown = if all.get() { usize::MAX } else { FIRST_LINES };
        lines.with_value(|lines| lines.iter().take(shown).map(|line| receipt_row(app, line)).collect_view())
    };
    let number = order.number.clone();
    let expected = order.expected_on;
    let products = move || {
        format!("{} · {}", trn!(app, total_products | total_products_single, count = total.products), say::total_packed(app, &total))
    };
    view! {
        <section class="card receipt">
            <p class="receipt-number">{live(move || tr!(app, share_number, number = number.clone(), date = say::date(app, expected)))}</p>
            <table><tbody>{live(rows)}</tbody></table>
            <When when=move || !all.get()>
                <button type="button" class="btn btn-link" on:click=move |_| all.set(true)>
                    {live(move || trn!(app, done_more_lines | done_more_lines_single, count = hidden))}{icon("chevron-down")}
                </button>
            </When>
            <p class="receipt-total"><span>{words(products)}</span><strong>{say::money(app, total.amount)}</strong></p>
            {live(move || signature(app).map(|who| view! { <p class="receipt-number receipt-rep">{who}</p> }))}
            <When when=move || { total.unpriced > 0 }>
                <p class="field-hint">{live(move || trn!(app, total_unpriced | total_unpriced_single, count = total.unpriced))}</p>
            </When>
        </section>
    }
}

fn receipt_row(app: App, line: &OrderLine) -> impl IntoView + use<> {
    let fields = fields_of(app, line);
    let changed = line.suggested.filter(|suggested| *suggested != line.units());
    let old = changed.map(|old| if old.is_zero() { tr!(app, none_needed).to_owned() } else { say::units_packed(app, &fields, old) });
    let now = said::ordered(app, &fields, line.quantity, line.free);
    let reason = line.reason.map(|reason| match line.note.as_str() {
        "" => say::reason(app, reason).to_owned(),
        note => note.to_owned(),
    });
    let deal = line.deal.map(|deal| match line.list.and_then(|list| list.unit.or(list.case)) {
        Some(list) => format!("{} · {}", say::deal(app, deal), tr!(app, price_list, price = say::price(app, list))),
        None => say::deal(app, deal).to_owned(),
    });
    let amount = line.amount.map_or_else(String::new, |amount| format!("{:.2}", amount.0));
    view! {
        <tr>
            <th scope="row">{fields.name.clone()}{reason.map(|reason| view! { <small>{reason}</small> })}{deal.map(|deal| view! { <small>{deal}</small> })}</th>
            <td>{old.map(|old| view! { <s>{old}</s>" " })}<strong>{now}</strong></td>
            <td>{amount}</td>
        </tr>
    }
}

/// When the shop is due again; the date can be agreed otherwise.
#[component]
fn NextVisit(app: App, customer: crate::domain::id::CustomerId, visit_on: NaiveDate) -> impl IntoView {
    let editing = RwSignal::new(false);
    let problem = RwSignal::new(false);
    let due = Memo::new(move |_| {
        app.book.with(|book| {
            let summary = book.summary(customer)?;
            let last = summary.tried.map(|tried| tried.on).or(summary.last_visit_on());
            (last == Some(visit_on)).then_some((summary.next_due?, book.customer(customer)?.fields.route_day))
        })
    });
    let date_words =
        move |(due, _): (NaiveDate, _)| tr!(app, done_next, date = say::date(app, due), day = say::weekday(app, due.weekday()));
    let why = move |(due, route): (NaiveDate, Option<chrono::Weekday>)| {
        let days = (due - visit_on).num_days();
        match route.filter(|route| *route == due.weekday()) {
            Some(route) => tr!(app, done_next_why_route, day = say::weekday(app, route), count = days),
            None => trn!(app, done_next_why | done_next_why_single, count = days),
        }
    };
    let choose = move |typed: String| {
        let Ok(date) = typed.parse::<NaiveDate>() else { return };
        problem.set(date <= app.today.get_untracked());
        if date > app.today.get_untracked() {
            spawn_local(async move {
                // A refused write is said by the banner, and the old date stays on screen.
                if app.set_next_visit(customer, date).await.is_ok() {
                    editing.try_set(false);
                }
            });
        }
    };
    view! {
        {live(move || due.get().map(|due| view! {
            <section class="next-visit">
                <span class="row-sign">{icon("calendar-days")}</span>
                <div class="row-words"><span class="row-name">{date_words(due)}</span><span class="row-why">{why(due)}</span></div>
                <button type="button" class="btn btn-quiet" aria-label=tx!(app, done_next_change) on:click=move |_| editing.update(|editing| *editing = !*editing)>
                    {tx!(app, edit)}
                </button>
                <When when=move || editing.get()>
                    <input
                        type="date"
                        class="input"
                        aria-label=tx!(app, done_next_change)
                        aria-invalid=words(move || problem.get().to_string())
                        prop:value=due.0.to_string()
                        on:change:target=move |event| choose(event.target().value())
                    />
                    <When when=move || problem.get()><p class="field-hint field-error" role="alert">{tx!(app, done_next_past)}</p></When>
                </When>
            </section>
        }))}
    }
}

/// What was counted, as it was.
#[component]
fn Counts(app: App, of: Visit, now: PastNow) -> impl IntoView {
    let rows = StoredValue::new(of.lines.clone());
    let row = move |line: &VisitLine| {
        let known = app.book.with_untracked(|book| book.product(line.product).map(|product| product.fields.clone()));
        let fields = ProductFields { size: line.size, ..known.unwrap_or_else(|| ProductFields::named(line.product.to_string())) };
        let current = line.count.current(line.size).unwrap_or_default();
        let back = say::number(current.0 - line.count.front.0);
        let places = tr!(app, why_current_note, front = say::number(line.count.front.0), back = back);
        let past = now.get(&line.product).filter(|past| past.previous.is_some() || line.basis.is_none());
        let said = suggestion::as_it_is(&of, line, past);
        let basis = past.and_then(|past| past.basis()).or(line.basis);
        let sold = said.any_sum().zip(basis).map(|(sum, basis)| {
            let (previous, came) = (say::number(sum.cycle.previous.0), say::number(sum.cycle.received.0));
            let had = tr!(app, counts_sold, previous = previous, ordered = came, sold = say::number(sum.sold()));
            // Where an earlier count was put right since: what the rep saw then.
            let then = line.basis.filter(|then| basis.previous != then.previous || basis.ordered != then.ordered);
            let then =
                then.map(|then| tr!(app, counts_then, previous = say::number(then.previous.0), ordered = say::number(then.ordered.0)));
            view! { <small>{had}{then.map(|then| view! { " "<s>{then}</s> })}</small> }
        });
        view! { <tr><th scope="row">{fields.name.clone()}{sold}</th><td>{places}</td><td><strong>{say::units(app, &fields, current)}</strong></td></tr> }
    };
    let count = rows.with_value(Vec::len);
    (count > 0).then(|| {
        view! {
            <details class="group counts">
                <summary class="group-title">{icon("chevron-right")}{tx!(app, done_counts)}<span class="group-count">{count}</span></summary>
                <table>
                    <tbody>{live(move || rows.with_value(|lines| lines.iter().map(&row).collect_view()))}</tbody>
                </table>
            </details>
        }
    })
}

/// The pill to the next shop of the day.
#[component]
fn NextShop(app: App) -> impl IntoView {
    let next = Memo::new(move |_| {
        app.book.with(|book| today::plan(book, app.today.get()).next().map(|row| (row.id(), row.customer.fields.name.clone())))
    });
    move || {
        next.get().map(|(id, name)| {
            let note = Signal::derive(move || tr!(app, done_next_shop, name = name.clone()));
            view! { <StartPill app id note /> }
        })
    }
}
