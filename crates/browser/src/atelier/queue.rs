//! One call at a time to the second module; the worker's life.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::rc::{Rc, Weak};

use futures_channel::oneshot;
use gloo::events::EventListener;
use js_sys::{Array, Function, Promise, Uint8Array};
use pki::engine::EngineError;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, MessageEvent};
use zeroize::Zeroizing;

use super::{Host, Progress};
use crate::bytes::{take, wipe};
use crate::js::{has, object, property};
use crate::trusted;
use crate::wire::{self, Operation};

type Tell = Rc<dyn Fn(Progress)>;
type Reply = Result<Zeroizing<Vec<u8>>, EngineError>;

pub(super) struct Queue {
    host: Host,
    /// Ourselves, for the listeners.
    this: Weak<Self>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    last_id: u32,
    waiting: VecDeque<Job>,
    running: Option<Job>,
    connection: Option<Connection>,
    progress: Option<Tell>,
}

/// One call.
struct Job {
    id: u32,
    operation: Operation,
    parts: Vec<Uint8Array>,
    reply: Option<oneshot::Sender<Reply>>,
}

impl Drop for Job {
    /// The parts of a call that was never sent are still ours; those that were sent have no length any more.
    fn drop(&mut self) {
        self.parts.iter().for_each(wipe);
    }
}

/// A worker that was started, and what listens to it.
struct Connection {
    worker: Worker,
    /// It has said that its module is loaded: a failure after that is a crash.
    is_ready: bool,
    _listeners: [EventListener; 3],
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Queue {
    pub(super) fn new(host: Host) -> Rc<Self> {
        if let Host::Worker { url, .. } = &host {
            trusted::allow(url);
        }
        Rc::new_cyclic(|this| Self { host, this: this.clone(), state: RefCell::default() })
    }

    pub(super) fn set_progress(&self, progress: Option<Tell>) {
        self.state.borrow_mut().progress = progress;
    }

    /// Queues a call and waits for its answer. Dropping the future takes the call back.
    pub(super) async fn call(&self, operation: Operation, parts: Vec<Uint8Array>) -> Reply {
        let (reply, answer) = oneshot::channel();
        let id = {
            let mut state = self.state.borrow_mut();
            state.last_id = state.last_id.wrapping_add(1);
            let id = state.last_id;
            state.waiting.push_back(Job { id, operation, parts, reply: Some(reply) });
            id
        };
        let _ticket = Ticket { queue: self, id };
        self.advance();
        answer.await.unwrap_or_else(|_| Err(operation.failure()))
    }

    /// Starts the next call when none runs.
    fn advance(&self) {
        loop {
            let next = {
                let mut state = self.state.borrow_mut();
                if state.running.is_some() { None } else { state.waiting.pop_front() }
            };
            let Some(job) = next else { return };
            match self.start(&job) {
                Ok(()) => {
                    self.state.borrow_mut().running = Some(job);
                    return;
                }
                Err(error) => {
                    self.state.borrow_mut().connection = None;
                    answer(job, Err(error));
                }
            }
        }
    }

    fn start(&self, job: &Job) -> Result<(), EngineError> {
        let parts: Array = job.parts.iter().collect();
        match &self.host {
            Host::Inline(dispatch) => {
                self.run_inline(dispatch.clone(), job.id, job.operation, parts);
                Ok(())
            }
            Host::Worker { url, module } => {
                let worker = self.worker(url, module).map_err(|_| EngineError::Unavailable)?;
                let message = object(&[
                    ("id", job.id.into()),
                    ("operation", job.operation.name().into()),
                    ("parts", parts.clone().into()),
                ]);
                // Transferred, not copied: no second copy of a key stays behind.
                let transfer: Array = job.parts.iter().map(Uint8Array::buffer).collect();
                worker.post_message(&message, &transfer).map_err(|_| EngineError::Unavailable)
            }
        }
    }

    fn run_inline(&self, dispatch: Function, id: u32, operation: Operation, parts: Array) {
        let this = self.this.clone();
        let tell = Closure::<dyn Fn(u32, u32)>::new({
            let this = this.clone();
            move |candidates, expected| {
                if let Some(queue) = this.upgrade() {
                    queue.tell(id, Progress { candidates, expected });
                }
            }
        });
        spawn_local(async move {
            let called = dispatch.call3(&JsValue::NULL, &operation.name().into(), &parts, tell.as_ref());
            let answer = match called.and_then(JsCast::dyn_into::<Promise>) {
                Ok(promise) => JsFuture::from(promise).await,
                Err(error) => Err(error),
            };
            let reply = match answer {
                Ok(bytes) => {
                    bytes.dyn_into::<Uint8Array>().map_err(|_| operation.failure()).map(|bytes| take(&bytes))
                }
                Err(error) => Err(error
                    .as_string()
                    .map_or_else(|| operation.failure(), |text| wire::error(&text, operation))),
            };
            if let Some(queue) = this.upgrade() {
                queue.finish(id, reply);
            }
        });
    }

    /// The worker, started if need be.
    fn worker(&self, url: &str, module: &JsValue) -> Result<Worker, JsValue> {
        if let Some(connection) = &self.state.borrow().connection {
            return Ok(connection.worker.clone());
        }
        let options = object(&[("type", "module".into()), ("name", "estampille-atelier".into())]);
        let worker = Worker::new(&trusted::script_url(url)?, &options)?;
        worker.post_message(&object(&[("module", module.clone())]), &Array::new())?;
        let listen = |kind: &'static str, react: fn(&Self, &Event)| {
            let this = self.this.clone();
            EventListener::new(worker.unchecked_ref(), kind, move |event| {
                if let Some(queue) = this.upgrade() {
                    react(&queue, event);
                }
            })
        };
        let listeners = [
            listen("message", |queue, event| {
                if let Some(message) = event.dyn_ref::<MessageEvent>() {
                    queue.hear(&message.data());
                }
            }),
            listen("error", |queue, event| {
                // Told here, so that it is not also printed as unhandled.
                event.prevent_default();
                queue.lose();
            }),
            listen("messageerror", |queue, _| queue.lose()),
        ];
        let connection = Connection { worker: worker.clone(), is_ready: false, _listeners: listeners };
        self.state.borrow_mut().connection = Some(connection);
        Ok(worker)
    }

    /// What the worker says.
    fn hear(&self, message: &JsValue) {
        if has(message, "ready") {
            if let Some(connection) = &mut self.state.borrow_mut().connection {
                connection.is_ready = true;
            }
            return;
        }
        if has(message, "lost") {
            return self.lose();
        }
        let Some(id) = number(&property(message, "id")) else { return };
        if let Some(candidates) = number(&property(message, "candidates")) {
            let expected = number(&property(message, "expected")).unwrap_or_default();
            return self.tell(id, Progress { candidates, expected });
        }
        let operation =
            self.state.borrow().running.as_ref().filter(|job| job.id == id).map(|job| job.operation);
        let Some(operation) = operation else { return };
        match property(message, "bytes").dyn_into::<Uint8Array>() {
            Ok(bytes) => self.finish(id, Ok(take(&bytes))),
            Err(_) => {
                let text = property(message, "error").as_string().unwrap_or_default();
                self.finish(id, Err(wire::error(&text, operation)));
            }
        }
    }

    fn tell(&self, id: u32, progress: Progress) {
        let tell = {
            let state = self.state.borrow();
            state.progress.clone().filter(|_| state.running.as_ref().is_some_and(|job| job.id == id))
        };
        if let Some(tell) = tell {
            tell(progress);
        }
    }

    /// Answers the running call, when it is still this one, and goes on.
    fn finish(&self, id: u32, reply: Reply) {
        let job = {
            let mut state = self.state.borrow_mut();
            state.running.take_if(|job| job.id == id)
        };
        if let Some(job) = job {
            answer(job, reply);
            self.advance();
        }
    }

    /// The worker did not start, or died: what ran fails, the next call starts another one.
    fn lose(&self) {
        let (job, was_ready) = {
            let mut state = self.state.borrow_mut();
            let was_ready = state.connection.take().is_some_and(|connection| connection.is_ready);
            (state.running.take(), was_ready)
        };
        if let Some(job) = job {
            let error = if was_ready { job.operation.failure() } else { EngineError::Unavailable };
            answer(job, Err(error));
        }
        self.advance();
    }

    /// Nobody waits for this call any more.
    fn abandon(&self, id: u32) {
        let was_running = {
            let mut state = self.state.borrow_mut();
            state.waiting.retain(|job| job.id != id);
            let running = state.running.take_if(|job| job.id == id);
            // Computing cannot be interrupted from outside, only ended.
            if running.is_some() {
                state.connection = None;
            }
            running.is_some()
        };
        if was_running {
            self.advance();
        }
    }
}

impl fmt::Debug for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue").field("host", &self.host).finish_non_exhaustive()
    }
}

/// Takes its call back when dropped; does nothing once it was answered.
struct Ticket<'a> {
    queue: &'a Queue,
    id: u32,
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        self.queue.abandon(self.id);
    }
}

fn answer(mut job: Job, reply: Reply) {
    if let Some(waiting) = job.reply.take() {
        // An error says that nobody waits any more.
        let _ = waiting.send(reply);
    }
}

fn number(value: &JsValue) -> Option<u32> {
    // A number that is no count becomes 0, which is no id and no news.
    #[allow(clippy::as_conversions)]
    value.as_f64().map(|number| number as u32)
}

#[wasm_bindgen]
extern "C" {
    /// The browser's Worker, whose address may be a TrustedScriptURL.
    #[derive(Clone)]
    type Worker;

    #[wasm_bindgen(constructor, catch)]
    fn new(url: &JsValue, options: &JsValue) -> Result<Worker, JsValue>;

    #[wasm_bindgen(method, catch, js_name = postMessage)]
    fn post_message(this: &Worker, message: &JsValue, transfer: &Array) -> Result<(), JsValue>;

    #[wasm_bindgen(method)]
    fn terminate(this: &Worker);
}
