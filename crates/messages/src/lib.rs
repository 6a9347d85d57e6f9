//! Every sentence of the product, in French and English, keyed by code.
