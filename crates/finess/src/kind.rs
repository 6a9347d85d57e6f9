/// What a FINESS number belongs to: the number itself does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Legal entity (entité juridique, PMEJ).
    Ej,
    /// Site (établissement géographique, EGE).
    Et,
}
