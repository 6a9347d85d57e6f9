//! Departments. The table is `data/departments.toml`.

use crate::Confidence;

/// A department as certificates name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Department {
    /// Number, e.g. `75`, `2A`, `971`.
    pub code: &'static str,
    /// Name, e.g. `Paris`.
    pub name: &'static str,
    /// Attribute ST, e.g. `Paris (75)`.
    pub wording: &'static str,
    /// How sure the wording is: unconfirmed for Corsica and overseas.
    pub confidence: Confidence,
}

impl Department {
    /// The department with this number.
    pub fn of(code: &str) -> Option<&'static Self> {
        DEPARTMENTS.iter().find(|department| department.code == code)
    }

    /// The department with exactly this wording.
    pub fn worded(wording: &str) -> Option<&'static Self> {
        DEPARTMENTS.iter().find(|department| department.wording == wording)
    }

    /// Whether a text has the shape `Nom (NN)` that the directory gives to departments.
    pub fn has_shape(text: &str) -> bool {
        text.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")).is_some_and(|(name, code)| {
            !name.is_empty()
                && name.trim() == name
                && matches!(code.len(), 2 | 3)
                && code.bytes().all(|byte| byte.is_ascii_digit() || byte == b'A' || byte == b'B')
                && code.starts_with(|digit: char| digit.is_ascii_digit())
        })
    }
}

/// Every department, by number.
pub fn departments() -> &'static [Department] {
    DEPARTMENTS
}

include!(concat!(env!("OUT_DIR"), "/departments.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn departments_are_worded_as_certificates_word_them() {
        for wording in ["Paris (75)", "Rhône (69)", "Côte-d'Or (21)"] {
            assert_eq!(
                Department::worded(wording).map(|found| found.confidence),
                Some(Confidence::Confirmed)
            );
        }
        assert_eq!(Department::of("2A").map(|found| found.confidence), Some(Confidence::Unconfirmed));
        assert_eq!(departments().len(), 102);
        for department in departments() {
            assert!(Department::has_shape(department.wording), "{}", department.wording);
            assert_eq!(Department::worded(department.wording), Some(department));
        }
        for text in
            ["", "Paris", "75", "Paris(75)", "(75)", " (75)", "Paris (75) ", "Paris (7)", "Paris (AB)", ")"]
        {
            assert!(!Department::has_shape(text), "{text}");
        }
    }
}
