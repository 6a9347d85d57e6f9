//! One rule, one function: document, profile, expectation, signature facts and time in, findings out.
