//! `--name value` and `--flag`, nothing more.

use crate::failure::Failure;

/// The options given to one command, all known to it.
#[derive(Debug, Default)]
pub(crate) struct Options {
    values: Vec<(String, String)>,
    flags: Vec<String>,
}

impl Options {
    /// Reads `arguments`; an option in neither list is refused, so that a misspelling never runs everything.
    pub(crate) fn parse(arguments: &[String], values: &[&str], flags: &[&str]) -> Result<Self, Failure> {
        let mut options = Self::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let name = argument
                .strip_prefix("--")
                .ok_or_else(|| Failure::new(format!("{argument:?} is not an option of this command")))?;
            if flags.contains(&name) {
                options.flags.push(name.to_owned());
            } else if values.contains(&name) {
                let value = rest.next().ok_or_else(|| Failure::new(format!("--{name} needs a value")))?;
                options.values.push((name.to_owned(), value.clone()));
            } else {
                return Err(Failure::new(format!("--{name} is not an option of this command")));
            }
        }
        Ok(options)
    }

    pub(crate) fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|f| f == flag)
    }

    /// Every value of an option that may be repeated.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.values.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The last value given, as in most programs.
    pub(crate) fn value<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).last()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options, Failure> {
        let owned: Vec<String> = arguments.iter().map(|a| (*a).to_owned()).collect();
        Options::parse(&owned, &["only", "in"], &["browser"])
    }

    #[test]
    fn reads_flags_and_values() {
        let options = parse(&["--browser", "--only", "a", "--only", "b"]).unwrap();
        assert!(options.has("browser"));
        assert_eq!(options.all("only").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(options.value("in"), None);
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        assert!(parse(&["--brwoser"]).is_err());
        assert!(parse(&["browser"]).is_err());
        assert!(parse(&["--only"]).is_err());
    }
}
