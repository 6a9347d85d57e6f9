//! Files in, by a field or a drop, and files out, as downloads.

use gloo::file::{Blob, ObjectUrl};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlAnchorElement;
use zeroize::Zeroizing;

use crate::bytes::take_buffer;

/// How long a download's address lives, in milliseconds: Firefox reads the file after the click, and on a slow disk
/// well after.
const ADDRESS_LIFETIME: u32 = 60_000;

/// Why a file could not be read.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum ReadError {
    /// It is longer than what was allowed. Both in bytes.
    TooLarge {
        /// Its length.
        size: f64,
        /// The longest allowed.
        most: u32,
    },
    /// The browser could not read it: moved, unplugged, or access refused.
    Unreadable,
}

/// Reads a `File` or a `Blob` of at most `most` bytes, into memory that is wiped when dropped.
pub async fn read(blob: &web_sys::Blob, most: u32) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let size = blob.size();
    if size > f64::from(most) {
        return Err(ReadError::TooLarge { size, most });
    }
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(|_| ReadError::Unreadable)?;
    take_buffer(buffer).ok_or(ReadError::Unreadable)
}

/// Why a download did not start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotStarted;

/// Starts the download of `bytes` as a file called `name`, of this media type.
///
/// `Ok` says that the browser was asked. Whether the file reached the disk cannot be known: a machine's policy may
/// still block it, so what must not be lost is read back from the person's file.
pub fn download(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), NotStarted> {
    let address = ObjectUrl::from(Blob::new_with_options(bytes, Some(media_type)));
    let document = gloo::utils::document();
    let anchor = document
        .create_element("a")
        .ok()
        .and_then(|element| element.dyn_into::<HtmlAnchorElement>().ok())
        .ok_or(NotStarted)?;
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    Timeout::new(ADDRESS_LIFETIME, move || drop(address)).forget();
    Ok(())
}
