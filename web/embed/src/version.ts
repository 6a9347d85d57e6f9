/** Of this package, and so of the WebAssembly it may load: a test of `crates/xtask` keeps it equal to Cargo's. */
export const VERSION = "0.1.0";
