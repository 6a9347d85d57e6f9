//! What a person asked this browser to keep: octets under a name, in IndexedDB. In a page and in a worker.
//!
//! Not the storage of files (OPFS): it fails on pages opened from a disk, and is absent on plain http.

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

use crate::js::property;

const DATABASE: &str = "estampille";
const STORE: &str = "kept";

/// Why something was not kept, or not found again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepError {
    /// There is no room left.
    Quota,
    /// The browser keeps nothing: a setting, a private window, a frame, no such storage.
    Refused,
}

/// Whether something may have been kept. Opens nothing: where the browser lists no databases, `false`.
pub async fn is_there() -> bool {
    let Some(factory) = factory().filter(|_| !is_isolated()) else { return false };
    let Ok(list) = property(&factory, "databases").dyn_into::<Function>() else { return false };
    let Ok(promise) = list.call0(&factory).and_then(JsCast::dyn_into::<Promise>) else { return false };
    let Ok(found) = JsFuture::from(promise).await else { return false };
    Array::from(&found).iter().any(|one| property(&one, "name").as_string().as_deref() == Some(DATABASE))
}

/// Keeps these octets, in place of those of this name.
///
/// # Errors
/// That they are not kept; what was before stays.
pub async fn put(name: &str, bytes: &[u8]) -> Result<(), KeepError> {
    let database = open().await?;
    let kept = write(&database, name, bytes).await;
    database.close();
    kept
}

/// The octets kept under this name.
///
/// # Errors
/// [`KeepError::Refused`].
pub async fn get(name: &str) -> Result<Option<Vec<u8>>, KeepError> {
    let database = open().await?;
    let read = async {
        let (_, store) = store(&database, IdbTransactionMode::Readonly)?;
        done(&store.get(&name.into()).map_err(|_| KeepError::Refused)?).await
    };
    let found = read.await;
    database.close();
    Ok(found?.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec))
}

/// Forgets all that was kept.
///
/// # Errors
/// [`KeepError::Refused`].
pub async fn forget() -> Result<(), KeepError> {
    let request = factory().ok_or(KeepError::Refused)?.delete_database(DATABASE);
    let request = request.map_err(|_| KeepError::Refused)?;
    done(&request).await.map(drop)
}

/// A page without an origin of its own, in a sandboxed frame, has no storage. Chromium, asked for it there, also complains
/// where nobody can hear.
fn is_isolated() -> bool {
    let global = js_sys::global();
    let text = |value: JsValue| value.as_string().unwrap_or_default();
    let protocol = text(property(&property(&global, "location"), "protocol"));
    text(property(&global, "origin")) == "null" && protocol != "file:"
}

fn factory() -> Option<IdbFactory> {
    // Reading it throws where storage is forbidden: then it is nothing.
    property(&js_sys::global(), "indexedDB").dyn_into().ok()
}

async fn open() -> Result<IdbDatabase, KeepError> {
    let request = factory().ok_or(KeepError::Refused)?.open_with_u32(DATABASE, 1);
    let request = request.map_err(|_| KeepError::Refused)?;
    let fresh = request.clone();
    let create = Closure::<dyn FnMut()>::new(move || {
        if let Ok(database) = fresh.result().and_then(JsCast::dyn_into::<IdbDatabase>) {
            // What cannot be created is told when it is opened.
            let _ = database.create_object_store(STORE);
        }
    });
    request.set_onupgradeneeded(Some(create.as_ref().unchecked_ref()));
    done(&request).await?.dyn_into().map_err(|_| KeepError::Refused)
}

async fn write(database: &IdbDatabase, name: &str, bytes: &[u8]) -> Result<(), KeepError> {
    let (transaction, store) = store(database, IdbTransactionMode::Readwrite)?;
    let put = store.put_with_key(&Uint8Array::from(bytes), &name.into());
    put.map_err(|error| reason(&error))?;
    // Kept is what is committed: room may be lacking only then.
    let ended = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    let failed = |_| transaction.error().map_or(KeepError::Refused, |error| reason(&error));
    JsFuture::from(ended).await.map(drop).map_err(failed)
}

fn store(
    database: &IdbDatabase,
    mode: IdbTransactionMode,
) -> Result<(IdbTransaction, IdbObjectStore), KeepError> {
    let transaction = database.transaction_with_str_and_mode(STORE, mode).map_err(|_| KeepError::Refused)?;
    let store = transaction.object_store(STORE).map_err(|_| KeepError::Refused)?;
    Ok((transaction, store))
}

async fn done(request: &IdbRequest) -> Result<JsValue, KeepError> {
    let ended = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    let failed = |_| {
        let error = request.error().ok().flatten();
        error.map_or(KeepError::Refused, |error| reason(&error))
    };
    JsFuture::from(ended).await.map_err(failed)?;
    request.result().map_err(|_| KeepError::Refused)
}

fn reason(error: &JsValue) -> KeepError {
    match property(error, "name").as_string().as_deref() {
        Some("QuotaExceededError") => KeepError::Quota,
        _ => KeepError::Refused,
    }
}
