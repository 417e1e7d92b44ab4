//! Adding and changing a product. The name alone is enough; what is typed is kept until it is saved or thrown away.

use super::not_found::not_found;
use crate::domain::customer::CustomerFields;
use crate::domain::history::LineHistory;
use crate::domain::id::ProductId;
use crate::domain::policy::{Ground, LineTerms, Policy};
use crate::domain::product::{Months, ProductDraft, ProductField};
use crate::state::app::App;
use crate::state::products::draft_key;
use crate::ui::icon::icon;
use crate::ui::live::words;
use crate::ui::navigation::use_address;
use crate::ui::parts::example::{self, example};
use crate::ui::parts::field::Keyboard;
use crate::ui::parts::form::{Form, Look, choice, switch};
use crate::ui::parts::head::SubPageHead;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

#[component]
pub fn NewProduct(app: App) -> impl IntoView {
    let asked = |key: &str| use_address().asked(key).unwrap_or_default();
    view! { <ProductForm app id=None saved=ProductDraft { name: asked("name"), barcode: asked("barcode"), ..ProductDraft::default() } /> }
}

#[component]
pub fn EditProduct(app: App, id: ProductId) -> impl IntoView {
    match app.book.with_untracked(|book| book.product(id).map(|product| ProductDraft::from(&product.fields))) {
        Some(saved) => view! { <ProductForm app id=Some(id) saved /> }.into_any(),
        None => not_found(app).into_any(),
    }
}

#[component]
fn ProductForm(app: App, id: Option<ProductId>, saved: ProductDraft) -> impl IntoView {
    let form = Form::<ProductDraft, ProductField>::open(app, draft_key(id), saved);
    let draft = form.draft;
    let address = use_address();
    // Where a visit sent the rep here, the way back is the visit.
    let back_to = use_address().asked("visit").map(|visit| format!("/visit/{visit}"));
    let back = back_to.clone().unwrap_or_else(|| "/products".to_owned());
    let save = move |event: web_sys::SubmitEvent| {
        let back_to = back_to.clone();
        let then = move |saved: ProductId| {
            let to = back_to.map_or_else(|| "/products".to_owned(), |visit| format!("{visit}?add={saved}"));
            address.replace(&to);
        };
        form.submit(&event, |typed| app.save_product(id, typed), then);
    };
    // The terms of the product alone, on the example of the settings.
    let shown = move || {
        let fields = draft.with(|draft| ProductDraft { name: "x".to_owned(), ..draft.clone() }.check(|_| false).ok())?;
        let (factor, reckoning) =
            app.book.with(|book| (book.factor(), book.settings().map(|settings| settings.reckoning).unwrap_or_default()));
        let base = example::policy(fields.factor.unwrap_or(factor), reckoning);
        let ground = Ground::of(None, &CustomerFields::named(String::new()), app.today.get(), None);
        let terms = ground.policy(&fields, &LineHistory::default()).line;
        Some(example(app, &Policy { line: LineTerms { factor: base.line.factor, ..terms }, ..base }))
    };
    let title = Signal::derive(move || if id.is_some() { tr!(app, product_edit) } else { tr!(app, product_new) }.to_owned());
    let said = |text: fn(App) -> &'static str| Signal::derive(move || text(app).to_owned());
    let months = move |months: Months| {
        choice(
            Signal::derive(move || if months == Months::Yes { tr!(app, life_months) } else { tr!(app, life_days) }.to_owned()),
            "life",
            move || draft.with(|draft| draft.life_in_months == months),
            move || draft.update(|draft| draft.life_in_months = months),
        )
    };
    view! {
        <SubPageHead app back title />
        <main class="page">
            <form class="form" novalidate on:submit=save>
                {form.field(ProductField::Name, Look::new("product-name", |app| tr!(app, product_name)), |draft| &mut draft.name)}
                <div class="field-pair">
                    {form.field(ProductField::Unit, Look::new("product-unit", |app| tr!(app, product_unit)).hint(|app| tr!(app, product_unit_hint)), |draft| &mut draft.unit)}
                    {form.field(ProductField::Case, Look::new("product-case", |app| tr!(app, product_case)).hint(|app| tr!(app, product_case_hint)), |draft| &mut draft.case)}
                </div>
                {form.field(ProductField::Size, Look::new("product-size", |app| tr!(app, product_size)).hint(|app| tr!(app, product_size_hint)).keyboard(Keyboard::Digits), |draft| &mut draft.size)}
                <div class="field-pair">
                    {form.field(ProductField::UnitPrice, Look::new("product-unit-price", |app| tr!(app, product_unit_price)).hint(|app| tr!(app, product_price_hint)).keyboard(Keyboard::Decimal), |draft| &mut draft.unit_price)}
                    {form.field(ProductField::CasePrice, Look::new("product-case-price", |app| tr!(app, product_case_price)).keyboard(Keyboard::Decimal), |draft| &mut draft.case_price)}
                </div>
                <div class="field-pair">
                    {form.field(ProductField::Barcode, Look::new("product-barcode", |app| tr!(app, product_barcode)).keyboard(Keyboard::Digits), |draft| &mut draft.barcode)}
                    {form.field(ProductField::Code, Look::new("product-code", |app| tr!(app, field_code)), |draft| &mut draft.code)}
                </div>
                <details class="group form-more" open=id.is_some()>
                    <summary class="group-title">{icon("chevron-right")}{tx!(app, form_more)}</summary>
                    <div class="form">
                        {form.field(ProductField::OtherName, Look::new("product-other", |app| tr!(app, product_other)).hint(|app| tr!(app, product_other_hint)), |draft| &mut draft.other_name)}
                        <div class="field-pair">
                            {form.field(ProductField::ShelfLife, Look::new("product-life", |app| tr!(app, product_life)).keyboard(Keyboard::Digits), |draft| &mut draft.shelf_life)}
                            <fieldset class="field field-life">
                                <legend>{tx!(app, product_life_in)}</legend>
                                <div class="choices">{months(Months::No)}{months(Months::Yes)}</div>
                            </fieldset>
                        </div>
                        <div class="field-pair">
                            {form.field(ProductField::MinimumOrder, Look::new("product-minimum", |app| tr!(app, product_minimum)).hint(|app| tr!(app, product_in_units)).keyboard(Keyboard::Digits), |draft| &mut draft.minimum_order)}
                            {form.field(ProductField::FrontCapacity, Look::new("product-capacity", |app| tr!(app, product_capacity)).hint(|app| tr!(app, product_capacity_hint)).keyboard(Keyboard::Digits), |draft| &mut draft.front_capacity)}
                        </div>
                        <fieldset class="field">
                            <legend>{tx!(app, product_reorder)}</legend>
                            <div class="field-pair">
                                {form.field(ProductField::MinimumDisplay, Look::new("product-display", |app| tr!(app, product_display)).hint(|app| tr!(app, product_display_hint)).keyboard(Keyboard::Digits), |draft| &mut draft.minimum_display)}
                                {form.field(ProductField::Capacity, Look::new("product-room", |app| tr!(app, product_room)).hint(|app| tr!(app, product_room_hint)).keyboard(Keyboard::Digits), |draft| &mut draft.capacity)}
                            </div>
                            <div class="field-pair">
                                {form.field(ProductField::Factor, Look::new("product-factor", |app| tr!(app, settings_factor)).hint(|app| tr!(app, own_factor_hint)).keyboard(Keyboard::Decimal), |draft| &mut draft.factor)}
                                {form.field(ProductField::DeliveryAge, Look::new("product-age", |app| tr!(app, product_age)).hint(|app| tr!(app, product_age_hint)).keyboard(Keyboard::Digits), |draft| &mut draft.delivery_age)}
                            </div>
                            <div class="field-pair">
                                {form.field(ProductField::Uplift, Look::new("product-uplift", |app| tr!(app, product_uplift)).hint(|app| tr!(app, product_uplift_hint)).keyboard(Keyboard::Decimal), |draft| &mut draft.uplift)}
                                <div class="field">
                                    <label for="product-until">{tx!(app, product_until)}</label>
                                    <input id="product-until" type="date" class="input" prop:value=words(move || draft.with(|draft| draft.promotion_until.clone())) on:change:target=move |event| draft.update(|draft| draft.promotion_until = event.target().value()) />
                                </div>
                            </div>
                            <div class="example" role="status">{icon("info")}<p>{words(move || shown().unwrap_or_default())}</p></div>
                        </fieldset>
                        {form.field(ProductField::DisplayOrder, Look::new("product-place", |app| tr!(app, product_place)).hint(|app| tr!(app, product_place_hint)).keyboard(Keyboard::Digits), |draft| &mut draft.display_order)}
                        {id.map(|_| switch(
                            said(|app| tr!(app, product_archived)),
                            said(|app| tr!(app, product_archived_hint)),
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
