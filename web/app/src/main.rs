//! The page as a module: what it exports is in the library. `boot.js` calls `start`, the custom element makes a `Guest`.

// Linked for its exports.
use app as _;

fn main() {}
