//! Which FINESS, which products, which steps: rules as data and a small engine.
