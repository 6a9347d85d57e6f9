//! npm bindings of the core module: converters, nothing else.
