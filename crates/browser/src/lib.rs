//! The browser's side: WebCrypto, clock, files, the worker's two ends.
