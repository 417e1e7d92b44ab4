//! What happened at a shop, newest first: visits made and tried, orders on the phone and from files, deliveries. What was put right
//! stays, marked.

use crate::domain::delivery::{Came, Delivery};
use crate::domain::events::Events;
use crate::domain::id::CustomerId;
use crate::domain::order::{Channel, Order};
use crate::domain::sorting;
use crate::domain::visit::Visit;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::load::load;
use crate::ui::parts::empty::Empty;
use crate::ui::parts::paper::Whole;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Entries drawn before "earlier".
const FIRST: usize = 12;

/// Read from disk when the shop is opened and after each change to it.
#[component]
pub fn Timeline(app: App, id: CustomerId) -> impl IntoView {
    let rev = Memo::new(move |_| app.book.with(|book| book.summary(id).map(|summary| summary.envelope.rev)));
    let past = load(move || {
        // Read, not only tracked: a memo nobody has read follows nothing.
        let _ = rev.get();
        app.deliveries.track();
        async move { app.events(id).await.unwrap_or_default() }
    });
    let shown = RwSignal::new(FIRST);
    let whole = expect_context::<Whole>().0;
    let entries = Memo::new(move |_| past.with(|past| past.as_ref().map(|past| entries(&past.events))));
    let list = move || {
        entries.get().map(|entries| {
            if entries.is_empty() {
                return view! {
                    <Empty
                        title=Signal::derive(move || tr!(app, timeline_empty_title).to_owned())
                        text=Signal::derive(move || tr!(app, timeline_empty_text).to_owned())
                    />
                }
                .into_any();
            }
            let count = if whole.get() { usize::MAX } else { shown.get() };
            let earlier = entries.len().saturating_sub(count);
            let rows = entries.into_iter().take(count).map(|entry| row(app, entry)).collect_view();
            view! {
                <ol class="timeline">{rows}</ol>
                {(earlier > 0).then(|| view! {
                    <button type="button" class="btn btn-link" on:click=move |_| shown.update(|shown| *shown += 52)>
                        {live(move || trn!(app, timeline_more | timeline_more_single, count = earlier))}
                    </button>
                })}
            }
            .into_any()
        })
    };
    view! {
        <section class="group">
            <h2 class="group-title">{tx!(app, timeline)}</h2>
            {live(list)}
        </section>
    }
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
enum Entry {
    Visit { visit: Box<Visit>, order: Option<Box<Order>>, corrected: bool },
    Order { order: Box<Order>, corrected: bool },
    Delivery { delivery: Box<Delivery>, number: String },
}

impl Entry {
    fn on(&self) -> NaiveDate {
        match self {
            Entry::Visit { visit, .. } => visit.on,
            Entry::Order { order, .. } => order.on,
            Entry::Delivery { delivery, .. } => delivery.on,
        }
    }

    fn stamp(&self) -> String {
        match self {
            Entry::Visit { visit, .. } => visit.envelope.stamp.sortable(),
            Entry::Order { order, .. } => order.envelope.stamp.sortable(),
            Entry::Delivery { delivery, .. } => delivery.envelope.stamp.sortable(),
        }
    }
}

fn entries(events: &Events) -> Vec<Entry> {
    let corrected_visits: BTreeSet<_> = events.visits.iter().filter_map(|visit| visit.corrects).collect();
    let corrected_orders: BTreeSet<_> = events.orders.iter().filter_map(|order| order.corrects).collect();
    let visits = events.visits.iter().map(|visit| Entry::Visit {
        order: events.orders.iter().find(|order| Some(order.id) == visit.order).cloned().map(Box::new),
        corrected: corrected_visits.contains(&visit.id),
        visit: Box::new(visit.clone()),
    });
    let orders = events.orders.iter().filter(|order| order.visit.is_none());
    let orders = orders.map(|order| Entry::Order { corrected: corrected_orders.contains(&order.id), order: Box::new(order.clone()) });
    let deliveries = events.deliveries.iter().map(|delivery| Entry::Delivery {
        number: events.orders.iter().find(|order| order.id == delivery.order).map(|order| order.number.clone()).unwrap_or_default(),
        delivery: Box::new(delivery.clone()),
    });
    let all = visits.chain(orders).chain(deliveries).collect();
    let mut sorted = sorting::by_key(all, |entry: &Entry| ((entry.on() - NaiveDate::MIN).num_days(), entry.stamp()));
    sorted.reverse();
    sorted
}

fn row(app: App, entry: Entry) -> AnyView {
    let on = entry.on();
    let date = move || say::day(app, on);
    let (sign, corrected) = match &entry {
        Entry::Visit { visit, corrected, .. } => (if visit.outcome.is_made() { "clipboard-check" } else { "door-closed" }, *corrected),
        Entry::Order { order, corrected } => (if order.channel == Channel::Phone { "phone-incoming" } else { "file-text" }, *corrected),
        Entry::Delivery { .. } => ("truck", false),
    };
    let href = match &entry {
        Entry::Visit { visit, .. } => Some(format!("/visits/{}", visit.id)),
        _ => None,
    };
    let inside = view! {
        <span class="timeline-sign">{icon(sign)}</span>
        <span class="row-words">
            <span class="row-name" class:row-name-old=corrected>{
                let entry = entry.clone();
                words(move || title(app, &entry))
            }</span>
            <span class="row-why">
                {corrected.then(|| view! { <span class="chip chip-plain">{tx!(app, corrected)}</span>" " })}
                {words(move || second(app, &entry))}
            </span>
        </span>
        <span class="timeline-date">{words(date)}</span>
    };
    match href {
        Some(href) => view! { <li><a href=link(&href) class="timeline-row">{inside}</a></li> }.into_any(),
        None => view! { <li class="timeline-row">{inside}</li> }.into_any(),
    }
}

fn title(app: App, entry: &Entry) -> String {
    let of_order = |order: &Order| {
        let total = order.total();
        tr!(app, timeline_order, products = total.products, amount = say::money(app, total.amount))
    };
    match entry {
        Entry::Visit { visit, .. } if !visit.outcome.is_made() => {
            format!("{}{}{}", tr!(app, not_made), tr!(app, list_separator), say::outcome(app, visit.outcome))
        }
        Entry::Visit { order: Some(order), .. } if order.total().products > 0 => of_order(order),
        Entry::Visit { .. } => tr!(app, timeline_no_order).to_owned(),
        Entry::Order { order, .. } => of_order(order),
        Entry::Delivery { delivery, .. } => match &delivery.came {
            Came::InFull => tr!(app, timeline_delivered).to_owned(),
            Came::Short(_) => tr!(app, delivery_short).to_owned(),
            Came::NotYet(_) => tr!(app, delivery_not_yet).to_owned(),
            Came::Cancelled => tr!(app, delivery_cancelled).to_owned(),
        },
    }
}

fn second(app: App, entry: &Entry) -> String {
    match entry {
        Entry::Visit { visit, .. } if visit.outcome.is_made() => {
            let counted = tr!(app, timeline_counted, counted = visit.lines.len(), range = visit.range);
            let promise = (!visit.agreed.promise.is_empty()).then(|| visit.agreed.promise.clone());
            [Some(counted), promise].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        }
        Entry::Visit { visit, .. } => match visit.agreed.next_on {
            Some(next) => tr!(app, not_made_next, date = say::date(app, next)),
            None => String::new(),
        },
        Entry::Order { order, .. } => match order.channel {
            Channel::Import => tr!(app, timeline_imported, number = order.number.clone()),
            _ => format!("{} · {}", tr!(app, phone_order), order.number),
        },
        Entry::Delivery { number, .. } => number.clone(),
    }
}
