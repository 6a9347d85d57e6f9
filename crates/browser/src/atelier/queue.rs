//! One call at a time to a module in a worker; the worker's life.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::rc::{Rc, Weak};

use futures_channel::oneshot;
use gloo::events::EventListener;
use js_sys::{Array, Function, Object, Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, MessageEvent};

use super::{CallError, Host, Progress, Shell};
use crate::bytes::{all_within, wipe};
use crate::inlined;
use crate::js::{has, object, property};
use crate::trusted;

/// Of the page's end, and so of the module that the worker must have.
const VERSION: &str = env!("CARGO_PKG_VERSION");

type Tell = Rc<dyn Fn(Progress)>;
type Reply = Result<JsValue, CallError>;

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
    /// Told once, when a worker's module is there.
    on_ready: Vec<Box<dyn FnOnce()>>,
}

/// One call.
pub(super) struct Job {
    id: u32,
    call: String,
    locale: String,
    arguments: Array,
    /// The bytes the arguments hold, wherever they are in them.
    bytes: Vec<Uint8Array>,
    progress: Option<Tell>,
    reply: Option<oneshot::Sender<Reply>>,
}

impl Job {
    pub(super) fn new(
        call: String,
        locale: String,
        arguments: Array,
        progress: Option<Box<dyn Fn(Progress)>>,
    ) -> Self {
        let bytes = all_within(&arguments);
        let progress = progress.map(Rc::from);
        Self { id: 0, call, locale, arguments, bytes, progress, reply: None }
    }
}

impl Drop for Job {
    /// The bytes of a call that was never sent are still ours; those that were sent have no length any more.
    fn drop(&mut self) {
        self.bytes.iter().for_each(wipe);
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
        if let Host::Worker { url, .. } = &host
            && let Some(url) = url.as_string()
        {
            trusted::allow(&url);
        }
        Rc::new_cyclic(|this| Self { host, this: this.clone(), state: RefCell::default() })
    }

    /// Starts the worker, if there is one to start.
    pub(super) fn warm_up(&self, on_ready: Box<dyn FnOnce()>) {
        if let Host::Worker { url, serves, module, others } = &self.host {
            let is_ready =
                self.state.borrow().connection.as_ref().is_some_and(|connection| connection.is_ready);
            if is_ready {
                return on_ready();
            }
            self.state.borrow_mut().on_ready.push(on_ready);
            // What fails now is told by the first call.
            let _ = self.worker(url, *serves, module, others);
        }
    }

    /// Queues a call and waits for its answer. Dropping the future takes the call back.
    pub(super) async fn call(&self, mut job: Job) -> Reply {
        let (reply, answer) = oneshot::channel();
        let id = {
            let mut state = self.state.borrow_mut();
            state.last_id = state.last_id.wrapping_add(1);
            let id = state.last_id;
            job.id = id;
            job.reply = Some(reply);
            state.waiting.push_back(job);
            id
        };
        let _ticket = Ticket { queue: self, id };
        self.advance();
        answer.await.unwrap_or(Err(CallError::Lost))
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

    fn start(&self, job: &Job) -> Result<(), CallError> {
        match &self.host {
            Host::Inline(dispatch) => {
                self.run_inline(dispatch.clone(), job);
                Ok(())
            }
            Host::Worker { url, serves, module, others } => {
                let worker = self.worker(url, *serves, module, others).map_err(CallError::Unavailable)?;
                let message = object(&[
                    ("id", job.id.into()),
                    ("call", job.call.as_str().into()),
                    ("locale", job.locale.as_str().into()),
                    ("args", job.arguments.clone().into()),
                ]);
                // Transferred, not copied: no second copy of a key stays behind.
                let transfer: Array = job.bytes.iter().map(Uint8Array::buffer).collect();
                worker.post_message(&message, &transfer).map_err(CallError::Unavailable)
            }
        }
    }

    fn run_inline(&self, dispatch: Function, job: &Job) {
        let this = self.this.clone();
        let id = job.id;
        let tell = Closure::<dyn Fn(u32, u32)>::new({
            let this = this.clone();
            move |done, total| {
                if let Some(queue) = this.upgrade() {
                    queue.tell(id, Progress { done, total });
                }
            }
        });
        let arguments =
            Array::of4(&job.call.as_str().into(), &job.locale.as_str().into(), &job.arguments, tell.as_ref());
        spawn_local(async move {
            // Kept until the call has ended.
            let _tell = tell;
            let called = dispatch.apply(&JsValue::NULL, &arguments);
            let answer = match called.and_then(JsCast::dyn_into::<Promise>) {
                Ok(promise) => JsFuture::from(promise).await,
                Err(error) => Err(error),
            };
            let reply = answer.map_err(|error| refusal(&error).unwrap_or(CallError::Unavailable(error)));
            if let Some(queue) = this.upgrade() {
                queue.finish(id, reply);
            }
        });
    }

    /// The worker, started if need be.
    fn worker(
        &self,
        url: &JsValue,
        serves: Shell,
        module: &JsValue,
        others: &JsValue,
    ) -> Result<Worker, JsValue> {
        if let Some(connection) = &self.state.borrow().connection {
            return Ok(connection.worker.clone());
        }
        // The single file's worker is one plain script: Chromium refuses modules from a blob of a page on a disk.
        let text = url.as_string();
        let is_inlined = text.is_some() && inlined::worker_url() == text;
        let kind = if is_inlined { "classic" } else { "module" };
        let name = format!("estampille-{}", serves.name());
        let options = object(&[("type", kind.into()), ("name", name.into())]);
        let url = match text {
            Some(text) => trusted::script_url(&text)?,
            None => url.clone(),
        };
        let worker = Worker::new(&url, &options)?;
        let modules = object(&[
            ("serves", serves.name().into()),
            ("module", module.clone()),
            ("others", others.clone()),
            ("version", VERSION.into()),
        ]);
        worker.post_message(&modules, &Array::new())?;
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
                queue.lose(&queue.complaint(event));
            }),
            listen("messageerror", |queue, event| queue.lose(&queue.complaint(event))),
        ];
        let connection = Connection { worker: worker.clone(), is_ready: false, _listeners: listeners };
        self.state.borrow_mut().connection = Some(connection);
        Ok(worker)
    }

    /// What the worker says.
    fn hear(&self, message: &JsValue) {
        if has(message, "ready") {
            // A worker's script from before an update knows nothing of versions: it says that it is ready, and no more.
            let version = property(message, "ready").as_string();
            if version.as_deref() != Some(VERSION) {
                let found = version.as_deref().unwrap_or("none");
                return self.lose(&format!("the worker is of version {found}, not {VERSION}").into());
            }
            let on_ready = {
                let mut state = self.state.borrow_mut();
                if let Some(connection) = &mut state.connection {
                    connection.is_ready = true;
                }
                std::mem::take(&mut state.on_ready)
            };
            for told in on_ready {
                told();
            }
            return;
        }
        if has(message, "lost") {
            return self.lose(&property(message, "lost"));
        }
        if has(message, "outdated") {
            // The second part or the third module, asked for late, is not there or of another build.
            self.not_ready();
            return self.lose(&property(message, "outdated"));
        }
        let Some(id) = number(&property(message, "id")) else { return };
        if let Some(done) = number(&property(message, "done")) {
            let total = number(&property(message, "total")).unwrap_or_default();
            return self.tell(id, Progress { done, total });
        }
        if has(message, "value") {
            return self.finish(id, Ok(property(message, "value")));
        }
        if let Some(refusal) = refusal(&property(message, "refusal")) {
            self.finish(id, Err(refusal));
        }
    }

    fn tell(&self, id: u32, progress: Progress) {
        let tell = {
            let state = self.state.borrow();
            state.running.as_ref().filter(|job| job.id == id).and_then(|job| job.progress.clone())
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

    /// What a worker died of. Of a script that could not be fetched browsers say nothing: then where it should be.
    fn complaint(&self, event: &Event) -> JsValue {
        let said = property(event, "message").as_string().filter(|text| !text.is_empty());
        let text = said.unwrap_or_else(|| match &self.host {
            Host::Worker { url, .. } => {
                format!("no worker at {}", String::from(Object::from(url.clone()).to_string()))
            }
            Host::Inline(_) => String::new(),
        });
        JsValue::from_str(&text)
    }

    /// What is lost from now on was never usable.
    fn not_ready(&self) {
        if let Some(connection) = &mut self.state.borrow_mut().connection {
            connection.is_ready = false;
        }
    }

    /// The worker did not start, or died: what ran fails, the next call starts another one.
    fn lose(&self, why: &JsValue) {
        let (job, was_ready) = {
            let mut state = self.state.borrow_mut();
            let was_ready = state.connection.take().is_some_and(|connection| connection.is_ready);
            (state.running.take(), was_ready)
        };
        if let Some(job) = job {
            let error = if was_ready { CallError::Lost } else { CallError::Unavailable(why.clone()) };
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

/// A use case's error: a plain object with its code. The platform's own errors may have a code too.
fn refusal(error: &JsValue) -> Option<CallError> {
    let is_ours = property(error, "code").is_string() && !error.is_instance_of::<js_sys::Error>();
    is_ours.then(|| CallError::Refused(error.clone()))
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
