//! The browser's side: what the pure crates take as arguments, made from what a page, a worker or Node has.
//!
//! | Module | Holds |
//! |---|---|
//! | [`atelier`] | calls to the second and the fourth module, each in a worker or inline; queue, progress and cancellation |
//! | [`values`] | our types as JavaScript's plain values, and back |
//! | [`engines`] | which engine to use: [`WebCrypto`] or software, behind one [`Engines`] |
//! | [`forge`], [`wire`] | the third module, which computes RSA in software, and what is said to it |
//! | [`webcrypto`] | `crypto.subtle` |
//! | [`trusted`] | the one Trusted Types policy |
//! | [`offline`], [`inlined`] | the page without a network: kept by the browser, or in one file |
//! | [`kept`], [`served`] | what a person asked this browser to keep; a file that the host serves |
//! | [`clock`], [`random`], [`bytes`] | the moment, random octets, octets that leave no copy |
//! | [`files`], [`clipboard`], [`guard`] | files in and out, copying, the warning before an unsaved key is lost |
//!
//! There is no sentence here and no rule. Everything reaches the platform through `globalThis`, so that the same
//! code runs in a window, in a worker and in Node; only [`files`], [`clipboard`], [`guard`] and [`offline`] need a page.

pub mod atelier;
pub mod bytes;
pub mod clipboard;
pub mod clock;
pub mod engines;
pub mod files;
pub mod forge;
pub mod guard;
pub mod inlined;
pub mod kept;
pub mod offline;
pub mod random;
pub mod served;
pub mod trusted;
pub mod values;
pub mod webcrypto;
pub mod wire;

mod js;

pub use atelier::{Atelier, CallError, Host, Progress, Shell};
pub use engines::{Choice, Engines};
pub use forge::Forge;
pub use webcrypto::WebCrypto;
