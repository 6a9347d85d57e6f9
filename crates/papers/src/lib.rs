//! Bytes for people: files that other programs open.
//!
//! | Module | Writes |
//! |---|---|
//! | [`zip`] | archives, without compression |
//! | [`calendar`] | iCalendar (RFC 5545): whole days with alarms |
//! | [`pdf`] | sheets of labelled values, on pages (ISO 32000) |
//!
//! What goes in are names, bytes, texts and the moment; nothing here knows what a certificate is, what time it is, or
//! which language is spoken. The same input gives the same bytes.

pub mod calendar;
pub mod pdf;
pub mod zip;
