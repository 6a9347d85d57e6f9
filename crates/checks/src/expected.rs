use vocabulary::{Environment, Product, identifiers::StructureId};

/// What the person awaits. What is `None` or empty is not known, and not judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// The product ordered.
    pub product: Option<Product>,
    /// The structure it was ordered for.
    pub structure_id: Option<StructureId>,
    /// The name asked for, compared byte for byte.
    pub common_name: Option<String>,
    /// The host names asked for, compared without regard to case.
    pub dns_names: Vec<String>,
    /// Where it shall serve.
    pub environment: Option<Environment>,
}
