//! The second module: everything that reads a file or touches a key, always in a worker (in Node, inline).
//!
//! One door, [`dispatch`]: a use case by its name in the contract, and plain values in and out. A file that is long,
//! deep or hostile then never holds up the page, a key never lives in the page's memory, and should the module break,
//! the page starts another one.

mod calls;

use browser::{Choice, Engines, Forge, bytes, clock, values};
use estampille::contract::{Place, Refusal};
use js_sys::{Array, Function};
use messages::Locale;
use serde::de::DeserializeOwned;
use vocabulary::{Error, Timestamp};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

/// Does one call. `arguments` are plain values, whose bytes are overwritten when the call ends; `progress`, when it is
/// a function, is called with what is done and what is expected in all; `forge` reaches the third module, as [`Forge`]
/// says.
///
/// # Errors
/// The use case's error, as a plain [`Refusal`].
#[wasm_bindgen]
pub async fn dispatch(
    call: String,
    locale: String,
    arguments: Array,
    progress: JsValue,
    forge: Function,
) -> Result<JsValue, JsValue> {
    let locale = Locale::from_tag(&locale).unwrap_or_default();
    let request = Request {
        locale,
        now: clock::now(),
        arguments: arguments.clone(),
        progress: progress.dyn_into().ok(),
        forge: Forge::new(forge),
    };
    let answer = calls::answer(&call, &request).await;
    bytes::wipe_all(&arguments);
    answer.map_err(|error| values::write(&Refusal::new(locale, &error)))
}

/// A call's arguments and surroundings.
#[derive(Clone)]
struct Request {
    locale: Locale,
    now: Timestamp,
    arguments: Array,
    progress: Option<Function>,
    forge: Forge,
}

impl Request {
    /// The argument at this position, from zero.
    fn argument<T: DeserializeOwned>(&self, position: u32, place: Place) -> Result<T, Error> {
        values::read(self.arguments.get(position)).map_err(|path| place.refuse(&path))
    }

    /// The engine that was chosen.
    fn engine(&self, choice: Choice) -> Engines {
        Engines::pick(choice, self.forge.clone())
    }

    /// What tells how far a call is.
    fn teller(&self) -> impl Fn(u32, u32) + 'static {
        let tell = self.progress.clone();
        move |done, total| {
            if let Some(tell) = &tell {
                // Who listens does not decide whether the work is done.
                let _ = tell.call2(&JsValue::NULL, &done.into(), &total.into());
            }
        }
    }
}
