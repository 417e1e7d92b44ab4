//! Stock and rate of a shop's lines over its last visits: a small chart each, with its table for screen readers and paper, how often
//! suggestions were taken, how often the oldest stood in front.

use crate::domain::history::LineHistory;
use crate::domain::id::{CustomerId, ProductId};
use crate::domain::near;
use crate::domain::product::ProductFields;
use crate::domain::quantity::Units;
use crate::domain::rate;
use crate::domain::standing::{self, Point, Share, Standing};
use crate::state::app::App;
use crate::ui::live::live;
use crate::ui::load::load;
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::SubPageHead;
use crate::ui::parts::paper::HandOn;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use crate::ui::visit::card::near_line;
use leptos::prelude::*;

#[component]
pub fn StockPage(app: App, id: CustomerId) -> impl IntoView {
    let found = load(move || {
        app.deliveries.track();
        async move { app.events(id).await.map(|past| standing::of(&past.events, app.today.get_untracked())).unwrap_or_default() }
    });
    let name = app.book.with_untracked(|book| book.customer(id).map(|shop| shop.fields.name.clone())).unwrap_or_default();
    let title = Signal::derive(move || tr!(app, stock_title).to_owned());
    let subtitle = Signal::stored(name.clone());
    view! {
        <SubPageHead app back=format!("/customers/{id}") title />
        <main class="page stock-page">
            <div class="stock-top"><p class="card-shop">{name}</p><HandOn app title=subtitle /></div>
            {live(move || match found.get() {
                None => view! { <p class="opening" role="status">{tx!(app, loading)}</p> }.into_any(),
                Some(found) if found.lines.is_empty() => view! {
                    <Empty
                        title=Signal::derive(move || tr!(app, stock_empty_title).to_owned())
                        text=Signal::derive(move || tr!(app, stock_empty_text).to_owned())
                    />
                }.into_any(),
                Some(found) => shown(app, &found).into_any(),
            })}
        </main>
    }
}

fn shown(app: App, found: &Standing) -> impl IntoView + use<> {
    let window = app.reckoning().window;
    let share = |label: &'static str, share: Share| {
        let words = if share.all == 0 { tr!(app, none).to_owned() } else { tr!(app, share_of, done = share.done, all = share.all) };
        view! { <div><dt>{label}</dt><dd>{words}</dd></div> }
    };
    let cards: Vec<_> = found
        .lines
        .iter()
        .map(|(product, points)| {
            let history = found.histories.get(product);
            let rate = history.and_then(|history| rate::of(&history.cycles, window, rate::ALPHA, history.stated));
            let accepted = found.accepted_of.get(product).copied().unwrap_or_default();
            line_card(app, *product, points, rate.map(|rate| say::exact(rate.exact())), accepted)
        })
        .collect();
    let near = near_rows(app, found);
    view! {
        {(!near.is_empty()).then(|| view! {
            <section class="group"><h2 class="group-title">{tr!(app, near_title)}</h2><ul class="rows">{near}</ul></section>
        })}
        <dl class="facts">
            {share(tr!(app, stock_accepted), found.accepted)}
            {share(tr!(app, stock_oldest), found.oldest_first)}
        </dl>
        {cards}
    }
}

/// Dates seen at the last count of each line, as they stand today.
fn near_rows(app: App, found: &Standing) -> Vec<AnyView> {
    let reckoning = app.reckoning();
    let today = app.today.get();
    let of_line = |(product, history): (&ProductId, &LineHistory)| {
        let known = app.book.with_untracked(|book| book.product(*product).cloned());
        let rate = rate::of(&history.cycles, reckoning.window, rate::ALPHA, history.stated).map(rate::Rate::exact);
        let near = known
            .iter()
            .flat_map(|product| near::of_line(&history.lots_left(rate, today), product.fields.shelf_life, reckoning.near, rate, today));
        let rows = near.collect::<Vec<_>>();
        known.map(|product| (product, rows))
    };
    let all = found.histories.iter().filter_map(of_line);
    all.flat_map(|(product, near)| {
        near.into_iter().map(move |near| {
            let words = near_line(app, &product.fields, &near);
            view! {
                <li class="row">
                    <span class="row-words"><span class="row-name">{product.fields.name.clone()}</span><span class="row-why">{words}</span></span>
                </li>
            }
            .into_any()
        })
    })
    .collect()
}

fn line_card(app: App, id: ProductId, points: &[Point], rate: Option<String>, accepted: Share) -> impl IntoView + use<> {
    let known = app.book.with_untracked(|book| book.product(id).map(|product| product.fields.clone()));
    let fields = known.unwrap_or_else(|| ProductFields::named(id.to_string()));
    let unit = say::unit_word(app, &fields);
    let rate = rate.map(|rate| tr!(app, stock_rate, rate = rate, unit = unit));
    let taken = (accepted.all > 0).then(|| tr!(app, stock_taken, done = accepted.done, all = accepted.all));
    let now = points.last().map(|point| say::units(app, &fields, point.stock));
    let second = [now, rate, taken].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let rows: Vec<_> = points
        .iter()
        .map(|point| {
            let a_day = point.rate.map_or_else(|| "–".to_owned(), say::exact);
            view! { <tr><th scope="row">{say::date(app, point.on)}</th><td>{say::number(point.stock.0)}</td><td>{a_day}</td></tr> }
        })
        .collect();
    let count = points.len();
    view! {
        <section class="card stock-card">
            <h2>{fields.name}</h2>
            <p class="row-why">{second}</p>
            {chart(app, points)}
            <details class="stock-table">
                <summary>{trn!(app, stock_visits | stock_visits_single, count = count)}</summary>
                <table>
                    <thead><tr><th scope="col">{tr!(app, stock_day)}</th><th scope="col">{tr!(app, stock_stock)}</th><th scope="col">{tr!(app, stock_a_day)}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </section>
    }
}

/// Bars for stock, a line for the rate, each to its own scale; the table below has the figures.
fn chart(app: App, points: &[Point]) -> impl IntoView + use<> {
    let (width, height) = (300_i64, 72_i64);
    let most = points.iter().map(|point| point.stock.0).max().unwrap_or(0).max(1);
    let fastest = points.iter().filter_map(|point| point.rate).max();
    let step = width / i64::try_from(points.len().max(1)).unwrap_or(1);
    let places = || (0_i64..).zip(points);
    let bars: Vec<_> = places()
        .map(|(at, point)| {
            let tall = scaled(point.stock, most, height);
            view! { <rect class="chart-bar" x=at * step + 2 y=height - tall width=(step - 4).clamp(2, 40) height=tall></rect> }
        })
        .collect();
    let line: Vec<String> = places()
        .filter_map(|(at, point)| {
            let (rate, fastest) = (point.rate?, fastest.filter(|fastest| fastest.is_positive())?);
            // Per mille of the fastest: enough for a few dozen pixels.
            let share = rate.times(1_000).floor().saturating_mul(1_000).checked_div(fastest.times(1_000).floor().max(1))?;
            Some(format!("{},{}", at * step + 2 + (step - 4).clamp(2, 40) / 2, height - 2 - share * (height - 4) / 1_000))
        })
        .collect();
    let dots: Vec<_> = line
        .iter()
        .filter_map(|place| place.split_once(','))
        .map(|(x, y)| view! { <circle class="chart-dot" cx=x.to_owned() cy=y.to_owned() r="3"></circle> })
        .collect();
    let bounds = format!("0 0 {width} {height}");
    view! {
        <svg class="chart" viewBox=bounds preserveAspectRatio="xMinYMid meet" role="img" aria-label=tr!(app, stock_chart, count = points.len())>
            {bars}
            <polyline class="chart-line" points=line.join(" ")></polyline>
            {dots}
        </svg>
        <p class="chart-key"><span class="chart-key-bar">{tr!(app, stock_stock)}</span><span class="chart-key-line">{tr!(app, stock_a_day)}</span></p>
    }
}

fn scaled(units: Units, most: i64, height: i64) -> i64 {
    i64::try_from(i128::from(units.0) * i128::from(height - 2) / i128::from(most)).unwrap_or(0).clamp(1, height)
}
