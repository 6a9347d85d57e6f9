//! What each IGC-Santé product looks like, its certification authorities and naming rules: data and typed model.
