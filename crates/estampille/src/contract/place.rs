use vocabulary::{
    Error, Topic,
    topics::errors::{INVALID_INPUT, PROFILE_SHAPE},
};

/// Where in a call a value stands that is not of the contract's shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// An argument that is the whole input: fields are named from inside it.
    Whole,
    /// One of several arguments, by its name.
    Argument(&'static str),
    /// An order profile.
    Profile,
}

impl Place {
    /// The error for a value of another shape, at this path inside the argument.
    pub fn refuse(self, path: &str) -> Error {
        Error { field: self.field(path), ..Error::new(self.topic()) }
    }

    fn topic(self) -> Topic {
        match self {
            Self::Profile => PROFILE_SHAPE,
            Self::Whole | Self::Argument(_) => INVALID_INPUT,
        }
    }

    fn field(self, path: &str) -> Option<String> {
        match (self, path) {
            (Self::Argument(name), "") => Some(name.to_owned()),
            (Self::Argument(name), path) if path.starts_with('[') => Some(format!("{name}{path}")),
            (Self::Argument(name), path) => Some(format!("{name}.{path}")),
            (_, "") => None,
            (_, path) => Some(path.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_named_from_the_argument() {
        let field = |place: Place, path| place.refuse(path).field;
        assert_eq!(field(Place::Whole, "subject.commonName").as_deref(), Some("subject.commonName"));
        assert_eq!(field(Place::Whole, ""), None);
        assert_eq!(field(Place::Argument("expected"), "product").as_deref(), Some("expected.product"));
        assert_eq!(field(Place::Argument("files"), "[2].name").as_deref(), Some("files[2].name"));
        assert_eq!(field(Place::Argument("csr"), "").as_deref(), Some("csr"));
    }
}
