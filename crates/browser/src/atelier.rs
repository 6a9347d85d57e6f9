//! The modules that run in a worker, where there are workers: the second, and the fourth, each in one of its own.

mod queue;

use std::rc::Rc;

use js_sys::{Array, Function};
use wasm_bindgen::JsValue;

use queue::{Job, Queue};

/// A module that a worker serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// The second: files and keys.
    Atelier,
    /// The fourth: the register. What it opened lives as long as its worker.
    Greffe,
}

impl Shell {
    /// As the worker's script calls it.
    const fn name(self) -> &'static str {
        match self {
            Self::Atelier => "atelier",
            Self::Greffe => "greffe",
        }
    }
}

/// Where such a module runs.
#[derive(Clone, Debug)]
pub enum Host {
    /// In a module worker. Never blocks the page.
    Worker {
        /// Address of `atelier-worker.js`, of the same origin or a blob: a text, or the `TrustedScriptURL` that a policy
        /// of the caller's made of it.
        url: JsValue,
        /// Which module.
        serves: Shell,
        /// The module itself (its address, its bytes or a compiled one) when it is not beside the worker's script.
        module: JsValue,
        /// Likewise for what the worker loads when it needs it: of the atelier `{ later, forge }`, its second part and the
        /// third module.
        others: JsValue,
    },
    /// Where there is no worker (Node): `(call, locale, arguments, progress) => Promise`, which loads the module
    /// on first use and calls its `dispatch`.
    Inline(Function),
}

/// How far a call is: of RSA generation, the numbers tried and the numbers that are tried on average (finding primes is
/// luck: this tells work done, not work left); of many files, the files done and all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Done so far.
    pub done: u32,
    /// Expected in all.
    pub total: u32,
}

/// Why a call has no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum CallError {
    /// The call was refused: a plain object, the error of the use case as `crates/atelier` writes it.
    Refused(JsValue),
    /// The module broke on the way. The next call gets a new one.
    Lost,
    /// There is no such module, or one of another version: the worker did not start, a file is not there or is another
    /// one. Why, as the platform says it: an error or a text.
    Unavailable(JsValue),
}

/// Such a module. Copies share one worker and one queue.
///
/// A module of another version than this crate's is not used: a browser may have kept it from before an update.
///
/// The worker starts with the first call. Calls are done one after the other. Dropping the future of a call, the
/// only way to interrupt it, ends the worker; the next call starts another one, as it does after a crash.
#[derive(Clone, Debug)]
pub struct Atelier(Rc<Queue>);

impl Atelier {
    /// A module that will run there; nothing starts yet.
    pub fn new(host: Host) -> Self {
        Self(Queue::new(host))
    }

    /// Starts the module before it is needed, so that the first call does not wait for it, nor for the network; says
    /// when it is there. Does nothing where it is not in a worker.
    pub fn warm_up(&self, on_ready: impl FnOnce() + 'static) {
        self.0.warm_up(Box::new(on_ready));
    }

    /// Does one call of `crates/atelier` or `crates/greffe`, with texts in the language `locale`. The arguments are plain values of ours:
    /// what bytes they hold go to the module, and are no longer here afterwards.
    ///
    /// # Errors
    /// What the use case refuses, or that the module is not there.
    pub async fn call(
        &self,
        call: &str,
        locale: &str,
        arguments: Array,
        progress: Option<Box<dyn Fn(Progress)>>,
    ) -> Result<JsValue, CallError> {
        let job = Job::new(call.to_owned(), locale.to_owned(), arguments, progress);
        self.0.call(job).await
    }
}
