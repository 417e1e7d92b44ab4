//! The day's list of all clocks, in the place of the route's rows once heads are read: what is overdue, what is to be done today, what
//! comes next. A shop stands once, at its gravest reason, with the others below; the order is the domain's.

use super::agenda_row::{Said, said_line, shop_row};
use super::agenda_tasks::{in_touch, tasks};
use super::agenda_words::row;
use super::marks::{FirstStop, Marks};
use crate::domain::agenda::Item;
use crate::domain::agenda_filter::Filter;
use crate::domain::cadence::State;
use crate::domain::id::CustomerId;
use crate::domain::sorting;
use crate::domain::today;
use crate::state::app::App;
use crate::state::route::stops;
use crate::ui::follow::{Of, OfferBar};
use crate::ui::icon::icon;
use crate::ui::live::{When, live, words};
use crate::ui::parts::paper::Whole;
use crate::ui::root::Wide;
use crate::ui::route::link;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// How many rows of a group are drawn before "show all"; of what is only to come.
const FIRST_ROWS: usize = 30;
const FIRST_SOON: usize = 5;

fn filter_name(app: App, filter: Filter) -> &'static str {
    match filter {
        Filter::All => tr!(app, agenda_all),
        Filter::Route => tr!(app, agenda_route),
        Filter::Contacts => tr!(app, agenda_contacts),
        Filter::Promises => tr!(app, agenda_promises),
        Filter::Stock => tr!(app, agenda_stock),
        Filter::Days => tr!(app, agenda_special),
    }
}

/// A shop and why it is there.
pub type ShopItems = (CustomerId, Vec<Item>);

/// Each shop once, at the place of its first item.
pub fn by_shop(items: impl Iterator<Item = Item>) -> Vec<ShopItems> {
    let mut places = BTreeMap::new();
    let mut shops: Vec<ShopItems> = Vec::new();
    for item in items {
        let place = *places.entry(item.customer).or_insert(shops.len());
        match shops.get_mut(place) {
            Some((_, all)) => all.push(item),
            None => shops.push((item.customer, vec![item])),
        }
    }
    shops
}

/// The groups of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Overdue,
    Due,
    Soon,
}

impl Group {
    fn takes(self, state: State) -> bool {
        match self {
            Group::Overdue => state == State::Overdue,
            Group::Due => state == State::Due,
            Group::Soon => state == State::Soon,
        }
    }
}

#[component]
pub fn DayList(app: App) -> impl IntoView {
    let day = app.day();
    let filter = day.filter;
    let said = Said(RwSignal::new(None));
    let marks = expect_context::<Marks>();
    let plan = Memo::new(move |_| app.book.with(|book| today::plan(book, app.today.get())));
    let order = Memo::new(move |_| plan.with(|plan| stops(plan, &app.route_by_hand())));
    let first = expect_context::<FirstStop>().0;
    Effect::new(move |_| {
        // By hand alone: an order by area says nothing of where to begin.
        let by_hand = !app.route_by_hand().is_empty();
        let stop = order.with(|order| order.first().copied()).filter(|_| by_hand);
        if first.get_untracked() != stop {
            first.set(stop);
        }
    });
    // What is to be done stands apart from what is only to come: a shop may be in both.
    let shops = Memo::new(move |_| {
        let filter = filter.get();
        day.agenda.with(|items| {
            let chosen = |soon: bool| items.iter().copied().filter(move |item| filter.takes(item) && (item.state == State::Soon) == soon);
            let mut open = by_shop(chosen(false));
            if filter == Filter::Route {
                let place = |id: &CustomerId| {
                    order.with(|order| order.iter().position(|stop| stop == id)).and_then(|at| i64::try_from(at).ok()).unwrap_or(i64::MAX)
                };
                open = sorting::by_key(open, |(id, _)| (place(id), String::new()));
            }
            (open, by_shop(chosen(true)))
        })
    });
    let of_group = move |group: Group| {
        shops.with(|(open, soon)| {
            let list = if group == Group::Soon { soon } else { open };
            let is_here = |shop: &&ShopItems| {
                shop.1.iter().map(|item| item.state).min_by_key(|state| *state as u8).is_some_and(|state| group.takes(state))
            };
            list.iter().filter(is_here).cloned().collect::<Vec<_>>()
        })
    };
    let counts = Memo::new(move |_| {
        day.agenda
            .with(|items| Filter::ALL.map(|filter| items.iter().filter(|item| filter.takes(item) && item.state != State::Soon).count()))
    });
    let chip = move |(at, each): (usize, Filter)| {
        let count = move || counts.with(|counts| counts.get(at).copied().unwrap_or_default());
        view! {
            <button type="button" class="filter" aria-pressed=words(move || (filter.get() == each).to_string()) on:click=move |_| filter.set(each)>
                {words(move || filter_name(app, each))}<span class="filter-count">{live(count)}</span>
            </button>
        }
    };
    let wide = expect_context::<Wide>().0;
    let beside = Signal::derive(move || Of::AllBut(marks.selected.get().filter(|_| wide.get())));
    let nothing = move || shops.with(|(open, soon)| open.is_empty() && soon.is_empty()) && filter.get() != Filter::All;
    view! {
        <div class="filters" role="group" aria-label=tx!(app, agenda_filter)>{Filter::ALL.into_iter().enumerate().map(chip).collect_view()}</div>
        <OfferBar app of=beside />
        {live(move || unmade(app))}
        {said_line(app, said)}
        <When when=nothing><p class="list-note">{tx!(app, agenda_none)}</p></When>
        {group(app, Group::Overdue, Memo::new(move |_| of_group(Group::Overdue)), marks, said)}
        <When when=move || filter.get() == Filter::All>{tasks(app)}</When>
        <When when=move || filter.get() == Filter::Route><p class="agenda-link"><a class="btn" href=link("/today/route")>{icon("arrow-up-down")}{tx!(app, agenda_order)}</a></p></When>
        {group(app, Group::Due, Memo::new(move |_| of_group(Group::Due)), marks, said)}
        {group(app, Group::Soon, Memo::new(move |_| of_group(Group::Soon)), marks, said)}
        {in_touch(app)}
    }
}

/// While heads are still to be made, after an update or an import.
fn unmade(app: App) -> Option<AnyView> {
    let count = app.known(|known| {
        let visited = known.book.active_customers().filter(|shop| known.book.summary(shop.id).is_some());
        visited.filter(|shop| known.head(shop.id).is_none()).count()
    });
    (count > 0).then(|| {
        view! { <p class="list-note" role="status">{trn!(app, agenda_making | agenda_making_single, count = count)}</p> }.into_any()
    })
}

fn group(app: App, group: Group, shops: Memo<Vec<ShopItems>>, marks: Marks, said: Said) -> impl IntoView {
    let all = RwSignal::new(false);
    let whole = expect_context::<Whole>().0;
    let wide = expect_context::<Wide>().0;
    let limit = move || match (all.get() || whole.get(), group) {
        (true, _) => usize::MAX,
        (false, Group::Soon) => FIRST_SOON,
        (false, _) => FIRST_ROWS,
    };
    let rows = move || {
        let (next, selected) = (marks.next.get(), marks.selected.get().filter(|_| wide.get()));
        let drawn = |(id, items): &ShopItems| row(app, *id, items, next == Some(*id), selected == Some(*id));
        shops.with(|shops| shops.iter().take(limit()).filter_map(drawn).collect::<Vec<_>>())
    };
    let title = move || match group {
        Group::Overdue => tr!(app, today_overdue),
        Group::Due => tr!(app, today_due),
        Group::Soon => tr!(app, agenda_soon),
    };
    let sign = match group {
        Group::Overdue => "circle-alert",
        Group::Due => "list-checks",
        Group::Soon => "clock",
    };
    view! {
        <When when=move || shops.with(|shops| !shops.is_empty())>
            <section class="group" class:group-late=group == Group::Overdue>
                <h2 class="group-title">{icon(sign)}{words(title)}<span class="group-count">{live(move || shops.with(Vec::len))}</span></h2>
                <ul class="rows">
                    <For each=rows key=Clone::clone let(row)>
                        <li>{untrack(|| shop_row(app, row, Some(said)))}</li>
                    </For>
                </ul>
                <When when=move || { shops.with(Vec::len) > limit() }>
                    <button type="button" class="btn btn-link" on:click=move |_| all.set(true)>
                        {words(move || trn!(app, today_show_all | today_show_all_single, count = shops.with(Vec::len)))}
                    </button>
                </When>
            </section>
        </When>
    }
}
