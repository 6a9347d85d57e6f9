//! The page of Estampille.
