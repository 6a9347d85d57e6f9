use core::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, SeqAccess, Visitor},
};
use zeroize::Zeroizing;

/// A file as a caller gives it: text (PEM) or bytes. Wiped when dropped, since it may hold a key.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct FileInput(Zeroizing<Vec<u8>>);

impl FileInput {
    /// A file with these bytes.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<Zeroizing<Vec<u8>>> for FileInput {
    fn from(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for FileInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileInput({} bytes)", self.0.len())
    }
}

impl<'de> Deserialize<'de> for FileInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;

        impl<'de> Visitor<'de> for Bytes {
            type Value = FileInput;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or a Uint8Array")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<FileInput, E> {
                Ok(FileInput::new(text.as_bytes().to_vec()))
            }

            fn visit_string<E: Error>(self, text: String) -> Result<FileInput, E> {
                Ok(FileInput::new(text.into_bytes()))
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<FileInput, E> {
                Ok(FileInput::new(bytes.to_vec()))
            }

            fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<FileInput, E> {
                Ok(FileInput::new(bytes))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<FileInput, A::Error> {
                let mut bytes = Vec::new();
                while let Some(byte) = seq.next_element()? {
                    bytes.push(byte);
                }
                Ok(FileInput::new(bytes))
            }
        }

        deserializer.deserialize_any(Bytes)
    }
}

/// A passphrase as a caller gives it. Wiped when dropped, never shown.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// A secret with this text.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Its text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = FileInput::deserialize(deserializer)?;
        let text = core::str::from_utf8(bytes.as_bytes());
        text.map(|text| Self::new(text.to_owned())).map_err(|_| D::Error::custom("not UTF-8"))
    }
}

/// As bytes, which can be wiped once they were read; a text of JavaScript cannot.
impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0.as_bytes())
    }
}

impl Serialize for FileInput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

/// Bytes returned to the caller, a `Uint8Array` in JavaScript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByteOutput(pub Vec<u8>);

impl<'de> Deserialize<'de> for ByteOutput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        FileInput::deserialize(deserializer).map(|file| Self(file.as_bytes().to_vec()))
    }
}

impl Serialize for ByteOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_text_or_bytes() {
        for json in [r#""AB""#, "[65, 66]"] {
            assert_eq!(serde_json::from_str::<FileInput>(json).unwrap().as_bytes(), b"AB");
        }
        for json in ["{}", "12", "[300]", "[\"A\"]", "null"] {
            assert!(serde_json::from_str::<FileInput>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn secrets_are_not_shown() {
        let secret = Secret::new("correct horse".to_owned());
        assert!(!format!("{secret:?}").contains("horse"));
        assert!(!format!("{:?}", FileInput::new(b"horse".to_vec())).contains("horse"));
    }
}
