//! Every developer command of Estampille.

fn main() {}
