//! The use cases of Estampille, one module each.
