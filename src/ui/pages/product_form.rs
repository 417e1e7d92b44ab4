//! Adding and changing a product. The name alone is enough; what is typed is kept until it is saved or thrown away.

use super::customer_form::FormFoot;
use super::not_found::not_found;
use crate::domain::customer::FieldProblem;
use crate::domain::id::ProductId;
use crate::domain::product::{ProductDraft, ProductField};
use crate::state::app::{App, Refused};
use crate::state::autosave::Autosave;
use crate::state::products::draft_key;
use crate::ui::parts::field::{Keyboard, TextField, focus_first_error};
use crate::ui::parts::head::SubPageHead;
use crate::ui::say;
use crate::ui::texts::tr;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_location, use_navigate};

#[component]
pub fn NewProduct(app: App) -> impl IntoView {
    let name = use_location().query.with_untracked(|query| query.get("name")).unwrap_or_default();
    view! { <ProductForm app id=None saved=ProductDraft { name, ..ProductDraft::default() } /> }
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
    let key = draft_key(id);
    let kept = app.form_draft::<ProductDraft>(&key);
    let was_kept = RwSignal::new(kept.is_some());
    let start = kept.unwrap_or_else(|| saved.clone());
    let name = RwSignal::new(start.name);
    let code = RwSignal::new(start.code);
    let unit = RwSignal::new(start.unit);
    let case = RwSignal::new(start.case);
    let size = RwSignal::new(start.size);
    let unit_price = RwSignal::new(start.unit_price);
    let case_price = RwSignal::new(start.case_price);
    let draft = move || ProductDraft {
        name: name.get(),
        code: code.get(),
        unit: unit.get(),
        case: case.get(),
        size: size.get(),
        unit_price: unit_price.get(),
        case_price: case_price.get(),
    };
    let autosave = StoredValue::new_local(Autosave::watch(app, key.clone(), draft));
    let problems = RwSignal::new(Vec::<(ProductField, FieldProblem)>::new());
    let error = move |field: ProductField| {
        Signal::derive(move || {
            let found = problems.with(|problems| problems.iter().find(|(of, _)| *of == field).map(|(_, problem)| *problem));
            found.map(|problem| say::field_problem(app, problem))
        })
    };
    let saving = RwSignal::new(false);
    let navigate = use_navigate();
    // Where a visit sent the rep here, the way back is the visit.
    let back_to = use_location().query.with_untracked(|query| query.get("visit")).map(|visit| format!("/visit/{visit}"));
    let back = back_to.clone().unwrap_or_else(|| "/products".to_owned());
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if saving.get_untracked() {
            return;
        }
        saving.set(true);
        autosave.with_value(Autosave::stop);
        let (navigate, typed, autosave, back_to) = (navigate.clone(), untrack(draft), autosave.get_value(), back_to.clone());
        spawn_local(async move {
            match app.save_product(id, typed).await {
                Ok(saved) => {
                    let to = back_to.map_or_else(|| "/products".to_owned(), |visit| format!("{visit}?add={saved}"));
                    navigate(&to, leptos_router::NavigateOptions { replace: true, ..Default::default() });
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
        move |()| {
            let saved = saved.get_value();
            name.set(saved.name);
            code.set(saved.code);
            unit.set(saved.unit);
            case.set(saved.case);
            size.set(saved.size);
            unit_price.set(saved.unit_price);
            case_price.set(saved.case_price);
            problems.set(Vec::new());
            was_kept.set(false);
            app.discard_draft(&draft_key(id));
        }
    };
    let title = Signal::derive(move || if id.is_some() { tr!(app, product_edit) } else { tr!(app, product_new) }.to_owned());
    let label = |text: fn(App) -> &'static str| Signal::derive(move || text(app).to_owned());
    view! {
        <SubPageHead app back title />
        <main class="page">
            <form class="form" novalidate on:submit=save>
                <TextField id="product-name" label=label(|app| tr!(app, product_name)) text=name error=error(ProductField::Name) />
                <div class="field-pair">
                    <TextField
                        id="product-unit"
                        label=label(|app| tr!(app, product_unit))
                        text=unit
                        error=error(ProductField::Unit)
                        hint=label(|app| tr!(app, product_unit_hint))
                    />
                    <TextField
                        id="product-case"
                        label=label(|app| tr!(app, product_case))
                        text=case
                        error=error(ProductField::Case)
                        hint=label(|app| tr!(app, product_case_hint))
                    />
                </div>
                <TextField
                    id="product-size"
                    label=label(|app| tr!(app, product_size))
                    text=size
                    error=error(ProductField::Size)
                    hint=label(|app| tr!(app, product_size_hint))
                    keyboard=Keyboard::Digits
                />
                <div class="field-pair">
                    <TextField
                        id="product-unit-price"
                        label=label(|app| tr!(app, product_unit_price))
                        text=unit_price
                        error=error(ProductField::UnitPrice)
                        hint=label(|app| tr!(app, product_price_hint))
                        keyboard=Keyboard::Decimal
                    />
                    <TextField
                        id="product-case-price"
                        label=label(|app| tr!(app, product_case_price))
                        text=case_price
                        error=error(ProductField::CasePrice)
                        keyboard=Keyboard::Decimal
                    />
                </div>
                <TextField id="product-code" label=label(|app| tr!(app, field_code)) text=code error=error(ProductField::Code) />
                <FormFoot app saving kept=autosave.with_value(Autosave::kept) was_kept on_discard=Callback::new(start_over) />
            </form>
        </main>
    }
}
