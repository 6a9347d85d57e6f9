//! What profiles lead to: worked cases, every row of the tables, invariants over arbitrary profiles.

// clippy.toml allows these in tests, and does not see that helpers of an integration test are one.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

mod cases;
mod common;
mod invariants;
mod matrix;
mod plan;
mod register;
mod texts;
