//! The right to write: one tab has it, by a lock of the browser's that ends with the tab. `boot.js` asks for it, because the browser's
//! interface is not in `web_sys` yet.

use super::settled::settled;
use js_sys::{Array, Function, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// How to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Only where nobody has it.
    IfFree,
    /// When whoever has it lets it go.
    InTurn,
    /// Now, from whoever has it.
    Steal,
}

/// This tab's end of the lock.
#[derive(Clone, Default)]
pub struct WriterLock(Rc<RefCell<Option<Function>>>);

impl WriterLock {
    /// Whether the lock was given. `on_lost` hears of another tab that took it. A browser without locks always gives it.
    pub async fn ask(&self, how: How, on_lost: impl FnOnce() + 'static) -> bool {
        let word = match how {
            How::IfFree => "free",
            How::InTurn => "turn",
            How::Steal => "steal",
        };
        let lost = heard(Box::new(on_lost));
        let Some(asked) = call("holdWriter", &Array::of2(&word.into(), &lost)) else { return true };
        let Ok(asked) = asked.dyn_into::<Promise>() else { return true };
        match settled(asked).await {
            Ok(release) => match release.dyn_into::<Function>() {
                Ok(release) => {
                    self.0.replace(Some(release));
                    true
                }
                Err(_) => false,
            },
            Err(_) => false,
        }
    }

    /// Whether it was given and not let go.
    pub fn is_held(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// Lets the lock go.
    pub fn release(&self) {
        if let Some(release) = self.0.take() {
            // It resolves a promise: that does not throw.
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

#[inline(never)]
fn heard(hear: Box<dyn FnOnce()>) -> JsValue {
    Closure::once_into_js(hear)
}

fn call(name: &str, arguments: &Array) -> Option<JsValue> {
    let window = web_sys::window()?;
    let shelfwise = Reflect::get(&window, &"shelfwise".into()).ok()?;
    let function: Function = Reflect::get(&shelfwise, &name.into()).ok()?.dyn_into().ok()?;
    function.apply(&shelfwise, arguments).ok()
}
