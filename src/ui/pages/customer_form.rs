//! Adding and changing a shop. The name alone is enough; what is typed is kept until it is saved or thrown away.

use super::not_found::not_found;
use crate::domain::customer::{CustomerDraft, CustomerField, FieldProblem};
use crate::domain::id::CustomerId;
use crate::state::app::{App, Refused};
use crate::state::autosave::{Autosave, Kept};
use crate::state::customers::draft_key;
use crate::ui::icon::icon;
use crate::ui::live::{When, live};
use crate::ui::parts::field::{Keyboard, TextField, focus_first_error};
use crate::ui::parts::head::SubPageHead;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use chrono::Weekday;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

const WEEK: [Weekday; 7] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

#[component]
pub fn NewCustomer(app: App) -> impl IntoView {
    view! { <CustomerForm app id=None saved=CustomerDraft::default() /> }
}

#[component]
pub fn EditCustomer(app: App, id: CustomerId) -> impl IntoView {
    match app.book.with_untracked(|book| book.customer(id).map(|shop| CustomerDraft::from(&shop.fields))) {
        Some(saved) => view! { <CustomerForm app id=Some(id) saved /> }.into_any(),
        None => not_found(app).into_any(),
    }
}

#[component]
fn CustomerForm(app: App, id: Option<CustomerId>, saved: CustomerDraft) -> impl IntoView {
    let key = draft_key(id);
    let kept = app.form_draft::<CustomerDraft>(&key);
    let was_kept = RwSignal::new(kept.is_some());
    let start = kept.unwrap_or_else(|| saved.clone());
    let name = RwSignal::new(start.name);
    let code = RwSignal::new(start.code);
    let area = RwSignal::new(start.area);
    let address = RwSignal::new(start.address);
    let phone = RwSignal::new(start.phone);
    let route_day = RwSignal::new(start.route_day);
    let cycle = RwSignal::new(start.cycle);
    let has_back_stock = RwSignal::new(start.has_back_stock);
    let draft = move || CustomerDraft {
        name: name.get(),
        code: code.get(),
        area: area.get(),
        address: address.get(),
        phone: phone.get(),
        route_day: route_day.get(),
        cycle: cycle.get(),
        has_back_stock: has_back_stock.get(),
    };
    let autosave = StoredValue::new_local(Autosave::watch(app, key.clone(), draft));
    let problems = RwSignal::new(Vec::<(CustomerField, FieldProblem)>::new());
    let error = move |field: CustomerField| {
        Signal::derive(move || {
            let found = problems.with(|problems| problems.iter().find(|(of, _)| *of == field).map(|(_, problem)| *problem));
            found.map(|problem| say::field_problem(app, problem))
        })
    };
    let saving = RwSignal::new(false);
    let navigate = use_navigate();
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if saving.get_untracked() {
            return;
        }
        saving.set(true);
        autosave.with_value(Autosave::stop);
        let (navigate, typed, autosave) = (navigate.clone(), untrack(draft), autosave.get_value());
        spawn_local(async move {
            match app.save_customer(id, typed).await {
                Ok(saved) => {
                    navigate(&format!("/customers/{saved}"), leptos_router::NavigateOptions { replace: true, ..Default::default() })
                }
                Err(refused) => {
                    autosave.resume();
                    saving.try_set(false);
                    if let Refused::Problems(found) = refused {
                        problems.try_set(found);
                        focus_first_error();
                    }
                }
            }
        });
    };
    let start_over = {
        let saved = StoredValue::new(saved);
        move |_| {
            let saved = saved.get_value();
            name.set(saved.name);
            code.set(saved.code);
            area.set(saved.area);
            address.set(saved.address);
            phone.set(saved.phone);
            route_day.set(saved.route_day);
            cycle.set(saved.cycle);
            has_back_stock.set(saved.has_back_stock);
            problems.set(Vec::new());
            was_kept.set(false);
            app.discard_draft(&draft_key(id));
        }
    };
    let title = Signal::derive(move || if id.is_some() { tr!(app, customer_edit) } else { tr!(app, customer_new) }.to_owned());
    let back = id.map_or_else(|| "/customers".to_owned(), |id| format!("/customers/{id}"));
    let label = |text: fn(App) -> &'static str| Signal::derive(move || text(app).to_owned());
    view! {
        <SubPageHead app back title />
        <main class="page">
            <form class="form" novalidate on:submit=save>
                <TextField
                    id="shop-name"
                    label=label(|app| tr!(app, field_name))
                    text=name
                    error=error(CustomerField::Name)
                    hint=label(|app| tr!(app, field_name_hint))
                />
                <fieldset class="field">
                    <legend>{tx!(app, field_route_day)}</legend>
                    <div class="choices">
                        {WEEK.into_iter().map(|day| choice(Signal::derive(move || say::weekday(app, day).to_owned()), "route-day", move || route_day.get() == Some(day), move || route_day.set(Some(day)))).collect_view()}
                        {choice(label(|app| tr!(app, field_route_none)), "route-day", move || route_day.get().is_none(), move || route_day.set(None))}
                    </div>
                </fieldset>
                <TextField
                    id="shop-cycle"
                    label=label(|app| tr!(app, field_cycle))
                    text=cycle
                    error=error(CustomerField::Cycle)
                    keyboard=Keyboard::Digits
                    suffix=label(|app| tr!(app, field_cycle_unit))
                />
                <TextField id="shop-phone" label=label(|app| tr!(app, field_phone)) text=phone error=error(CustomerField::Phone) keyboard=Keyboard::Phone />
                <TextField id="shop-area" label=label(|app| tr!(app, field_area)) text=area error=error(CustomerField::Area) />
                <TextField id="shop-address" label=label(|app| tr!(app, field_address)) text=address error=error(CustomerField::Address) />
                <TextField id="shop-code" label=label(|app| tr!(app, field_code)) text=code error=error(CustomerField::Code) />
                <label class="switch-row">
                    <span><strong>{tx!(app, field_back_stock)}</strong><small>{tx!(app, field_back_stock_hint)}</small></span>
                    <input type="checkbox" class="toggle" prop:checked=has_back_stock on:change:target=move |event| has_back_stock.set(event.target().checked()) />
                </label>
                <FormFoot app saving kept=autosave.with_value(Autosave::kept) was_kept on_discard=Callback::new(start_over) />
            </form>
        </main>
    }
}

/// One of a few: a radio button that looks like a chip.
pub fn choice(
    label: Signal<String>,
    group: &'static str,
    on: impl Fn() -> bool + Send + Sync + Copy + 'static,
    pick: impl Fn() + Copy + 'static,
) -> impl IntoView {
    view! {
        <label class="choice">
            <input type="radio" name=group prop:checked=on on:change=move |_| pick() />
            <span>{live(move || label.get())}</span>
        </label>
    }
}

/// The end of a form: what is kept, start over, save.
#[component]
pub fn FormFoot(
    app: App,
    saving: RwSignal<bool>,
    kept: RwSignal<Kept>,
    was_kept: RwSignal<bool>,
    on_discard: Callback<()>,
) -> impl IntoView {
    let is_kept = move || kept.get() == Kept::OnDisk || was_kept.get();
    view! {
        <div class="form-foot">
            <When when=is_kept>
                <p class="form-kept">
                    {icon("check")}{tx!(app, kept_draft)}
                    <button type="button" class="btn btn-link" on:click=move |_| on_discard.run(())>{tx!(app, discard_draft)}</button>
                </p>
            </When>
            <button type="submit" class="btn btn-primary btn-big" disabled=saving>
                {live(move || if saving.get() { tr!(app, saving) } else { tr!(app, save) })}
            </button>
        </div>
    }
}
