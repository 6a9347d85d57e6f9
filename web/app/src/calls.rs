//! The page's calls to the use cases, with its engine, its clock and its way of showing failures.
//!
//! No rule stands here: inputs are put into the contract's types, and answers handed to the views.

mod atelier;
mod checking;
mod choosing;
mod device;
mod installing;
mod keeping;
mod making;
mod names;
mod register;
mod renewing;

pub(crate) use atelier::*;
pub(crate) use checking::*;
pub(crate) use choosing::*;
pub(crate) use device::*;
pub(crate) use estampille::order::{KeyFate, Questions, ServiceNeeds};
pub(crate) use installing::*;
pub(crate) use keeping::*;
pub(crate) use making::*;
pub(crate) use names::*;
pub(crate) use register::*;
pub(crate) use renewing::*;
