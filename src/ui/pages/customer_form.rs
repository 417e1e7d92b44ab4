//! Adding and changing a shop. The name alone is enough; what is asked for at the door comes first, the rest is folded away.

use super::not_found::not_found;
use crate::domain::customer::{CustomerClass, CustomerDraft, CustomerField};
use crate::domain::duplicates::{self, Candidate};
use crate::domain::id::CustomerId;
use crate::state::app::App;
use crate::state::customers::draft_key;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::navigation::use_address;
use crate::ui::parts::field::Keyboard;
use crate::ui::parts::form::{Form, Look, choice, switch};
use crate::ui::parts::head::SubPageHead;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use chrono::Weekday;
use leptos::prelude::*;

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
    let form = Form::<CustomerDraft, CustomerField>::open(app, draft_key(id), saved);
    let draft = form.draft;
    let address = use_address();
    let save = move |event: web_sys::SubmitEvent| {
        let then = move |saved: CustomerId| {
            address.replace(&format!("/customers/{saved}"));
        };
        form.submit(&event, |typed| app.save_customer(id, typed), then);
    };
    let title = Signal::derive(move || if id.is_some() { tr!(app, customer_edit) } else { tr!(app, customer_new) }.to_owned());
    let back = id.map_or_else(|| "/customers".to_owned(), |id| format!("/customers/{id}"));
    let said = |text: fn(App) -> &'static str| Signal::derive(move || text(app).to_owned());
    let days = |look: Look| look.keyboard(Keyboard::Digits).suffix(|app| tr!(app, field_cycle_unit));
    view! {
        <SubPageHead app back title />
        <main class="page">
            <form class="form" novalidate on:submit=save>
                {form.field(CustomerField::Name, Look::new("shop-name", |app| tr!(app, field_name)).hint(|app| tr!(app, field_name_hint)), |draft| &mut draft.name)}
                {alike(app, id, draft)}
                <fieldset class="field">
                    <legend>{tx!(app, field_route_day)}</legend>
                    <div class="choices">
                        {WEEK.into_iter().map(|day| choice(
                            Signal::derive(move || say::weekday(app, day).to_owned()),
                            "route-day",
                            move || draft.with(|draft| draft.route_day == Some(day)),
                            move || draft.update(|draft| draft.route_day = Some(day)),
                        )).collect_view()}
                        {choice(said(|app| tr!(app, field_route_none)), "route-day", move || draft.with(|draft| draft.route_day.is_none()), move || draft.update(|draft| draft.route_day = None))}
                    </div>
                </fieldset>
                <fieldset class="field">
                    <legend>{tx!(app, field_class)}</legend>
                    <div class="choices">
                        {CustomerClass::ALL.into_iter().map(|class| choice(
                            Signal::derive(move || say::class(app, class).to_owned()),
                            "class",
                            move || draft.with(|draft| draft.class == Some(class)),
                            move || draft.update(|draft| draft.class = Some(class)),
                        )).collect_view()}
                        {choice(said(|app| tr!(app, class_none)), "class", move || draft.with(|draft| draft.class.is_none()), move || draft.update(|draft| draft.class = None))}
                    </div>
                </fieldset>
                {form.field(CustomerField::Phone, Look::new("shop-phone", |app| tr!(app, field_phone)).keyboard(Keyboard::Phone), |draft| &mut draft.phone)}
                <div class="field-pair">
                    {form.field(CustomerField::Contact, Look::new("shop-contact", |app| tr!(app, field_contact)), |draft| &mut draft.contact)}
                    {form.field(CustomerField::Salutation, Look::new("shop-salutation", |app| tr!(app, field_salutation)).hint(|app| tr!(app, field_salutation_hint)), |draft| &mut draft.salutation)}
                </div>
                {form.field(CustomerField::Area, Look::new("shop-area", |app| tr!(app, field_area)), |draft| &mut draft.area)}
                {form.field(CustomerField::Address, Look::new("shop-address", |app| tr!(app, field_address)), |draft| &mut draft.address)}
                <details class="group form-more" open=id.is_some()>
                    <summary class="group-title">{icon("chevron-right")}{tx!(app, form_more)}</summary>
                    <div class="form">
                        {form.field(CustomerField::Note, Look::new("shop-note", |app| tr!(app, field_note)).hint(|app| tr!(app, field_note_hint)), |draft| &mut draft.note)}
                        <div class="field-pair">
                            {form.field(CustomerField::Cycle, days(Look::new("shop-cycle", |app| tr!(app, field_cycle))), |draft| &mut draft.cycle)}
                            {form.field(CustomerField::LeadDays, days(Look::new("shop-lead", |app| tr!(app, field_lead))), |draft| &mut draft.lead_days)}
                            {form.field(CustomerField::WishDays, days(Look::new("shop-wish", |app| tr!(app, field_wish)).hint(|app| tr!(app, field_wish_hint))), |draft| &mut draft.wish_days)}
                            {form.field(CustomerField::Factor, Look::new("shop-factor", |app| tr!(app, settings_factor)).hint(|app| tr!(app, own_factor_hint)).keyboard(Keyboard::Decimal), |draft| &mut draft.factor)}
                        </div>
                        {form.field(CustomerField::OpeningHours, Look::new("shop-hours", |app| tr!(app, field_hours)), |draft| &mut draft.opening_hours)}
                        {form.field(CustomerField::Code, Look::new("shop-code", |app| tr!(app, field_code)), |draft| &mut draft.code)}
                        {switch(
                            said(|app| tr!(app, field_back_stock)),
                            said(|app| tr!(app, field_back_stock_hint)),
                            Signal::derive(move || draft.with(|draft| draft.has_back_stock)),
                            Callback::new(move |on| draft.update(|draft| draft.has_back_stock = on)),
                        )}
                        {id.map(|_| switch(
                            said(|app| tr!(app, field_archived)),
                            said(|app| tr!(app, field_archived_hint)),
                            Signal::derive(move || draft.with(|draft| draft.archived)),
                            Callback::new(move |on| draft.update(|draft| draft.archived = on)),
                        ))}
                    </div>
                </details>
                {form.foot()}
            </form>
        </main>
    }
}

/// Shops that may be the one being entered.
fn alike(app: App, id: Option<CustomerId>, draft: RwSignal<CustomerDraft>) -> AnyView {
    let typed = Memo::new(move |_| draft.with(|draft| (draft.name.clone(), draft.phone.clone())));
    let found = RwSignal::new(Vec::new());
    // After a pause: comparing with thousands of names is not for every keystroke.
    let pause = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let (name, phone) = typed.get();
        pause.update_value(|count| *count += 1);
        let mine = pause.get_value();
        set_timeout(
            move || {
                if pause.try_get_value() == Some(mine) {
                    found.set(shops_like(app, id, &name, &phone));
                }
            },
            std::time::Duration::from_millis(400),
        );
    });
    live(move || {
        let shops = found.get();
        (!shops.is_empty()).then(|| {
            view! {
                <div class="open-note open-note-late form-alike" role="status">
                    {icon("circle-alert")}
                    <div>
                        <p>{tx!(app, form_alike)}</p>
                        {shops.into_iter().map(|(id, name, why)| view! {
                            <a href=link(&format!("/customers/{id}"))>{name}" · "{live(move || say::alike(app, why))}</a>
                        }).collect_view()}
                    </div>
                </div>
            }
        })
    })
    .into_any()
}

fn shops_like(app: App, id: Option<CustomerId>, name: &str, phone: &str) -> Vec<(CustomerId, String, duplicates::Alike)> {
    let hanzi = app.hanzi.get_untracked();
    app.book.with_untracked(|book| {
        let others = book.active_customers().filter(|shop| Some(shop.id) != id);
        let shops: Vec<Candidate<'_, CustomerId>> =
            others.map(|shop| Candidate { id: shop.id, name: &shop.fields.name, phone: &shop.fields.phone }).collect();
        let found = duplicates::like(&hanzi, name, phone, &shops);
        found.into_iter().filter_map(|(id, why)| Some((id, book.customer(id)?.fields.name.clone(), why))).collect()
    })
}
