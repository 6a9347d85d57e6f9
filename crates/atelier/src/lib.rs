//! The second module: heavy use cases, always in a worker.
