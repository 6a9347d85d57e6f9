//! Plain values as serde reads them.
//!
//! serde-wasm-bindgen reads more (maps, big numbers, enums with contents), which the contract has not, and explains its
//! refusals, which nobody is told since they quote the value: all of it would be the tenth part of a module.

use std::fmt;

use js_sys::{Array, JsString, Object, Reflect, Symbol, Uint8Array};
use serde::de::value::{StrDeserializer, StringDeserializer};
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use wasm_bindgen::{JsCast, JsValue};

/// The greatest number of JavaScript that is a whole one beyond doubt: 2⁵³ - 1.
const MOST: f64 = 9_007_199_254_740_991.0;

/// A value of another shape than was expected.
#[derive(Debug, Default)]
pub(super) struct Misshapen {
    /// Where it is, from the value that was read.
    pub(super) path: String,
}

impl Misshapen {
    /// What happened inside a property.
    #[cold]
    fn in_property(self, name: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        Self { path: [name, dot, &self.path].concat() }
    }

    /// What happened inside an item of a list.
    #[cold]
    fn in_item(self, number: u32) -> Self {
        self.in_property(&format!("[{number}]"))
    }
}

impl fmt::Display for Misshapen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

impl std::error::Error for Misshapen {}

/// Whatever serde says of a failure is dropped.
impl de::Error for Misshapen {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::default()
    }

    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::default()
    }

    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::default()
    }

    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self::default()
    }

    fn missing_field(_: &'static str) -> Self {
        Self::default()
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self::default()
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self::default()
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self::default()
    }
}

/// A plain value.
pub(super) struct Plain(pub(super) JsValue);

impl Plain {
    fn is_nothing(&self) -> bool {
        self.0.is_undefined() || self.0.is_null()
    }
}

impl<'de> Deserializer<'de> for Plain {
    type Error = Misshapen;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misshapen> {
        let value = self.0;
        if value.is_undefined() || value.is_null() {
            visitor.visit_unit()
        } else if let Some(value) = value.as_bool() {
            visitor.visit_bool(value)
        } else if let Some(number) = value.as_f64() {
            match whole(number) {
                Some(number) => visitor.visit_i64(number),
                None => visitor.visit_f64(number),
            }
        } else if let Some(text) = value.as_string() {
            visitor.visit_string(text)
        } else if let Some(list) = value.dyn_ref::<Array>() {
            visitor.visit_seq(Items { list, next: 0 })
        } else if let Some(bytes) = value.dyn_ref::<Uint8Array>() {
            visitor.visit_byte_buf(bytes.to_vec())
        } else if value.is_object() && !Reflect::has(&value, &Symbol::iterator()).unwrap_or(true) {
            let names = Object::keys(value.unchecked_ref::<Object>());
            visitor.visit_map(Properties { of: &value, names, next: 0 })
        } else {
            Err(Misshapen::default())
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misshapen> {
        if self.is_nothing() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misshapen> {
        visitor.visit_newtype_struct(self)
    }

    /// By the names of the fields: what else the object holds is not looked at.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misshapen> {
        if !self.0.is_object() {
            return Err(Misshapen::default());
        }
        visitor.visit_map(Fields { of: &self.0, fields: fields.iter(), value: None })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misshapen> {
        let word: StringDeserializer<Misshapen> =
            self.0.as_string().ok_or_else(Misshapen::default)?.into_deserializer();
        visitor.visit_enum(word)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misshapen> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier
    }
}

fn whole(number: f64) -> Option<i64> {
    // Within these bounds every whole number is an i64.
    #[allow(clippy::as_conversions)]
    (number.trunc() == number && number.abs() <= MOST).then_some(number as i64)
}

/// The items of a list.
struct Items<'a> {
    list: &'a Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Misshapen;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misshapen> {
        let number = self.next;
        if number >= self.list.length() {
            return Ok(None);
        }
        self.next = number.saturating_add(1);
        let value = self.list.get(number);
        seed.deserialize(Plain(value)).map(Some).map_err(|error| error.in_item(number))
    }
}

/// The fields of a struct that an object has.
struct Fields<'a> {
    of: &'a JsValue,
    fields: std::slice::Iter<'static, &'static str>,
    value: Option<(&'static str, JsValue)>,
}

impl Fields<'_> {
    /// Goes to the next field that is there.
    fn advance(&mut self) -> Option<&'static str> {
        self.value = self.fields.find_map(|name| {
            let key = JsString::from(*name);
            let value = Reflect::get(self.of, &key).unwrap_or(JsValue::UNDEFINED);
            // A property that holds `undefined` is there.
            let is_there = !value.is_undefined() || Reflect::has(self.of, &key).unwrap_or(false);
            is_there.then_some((*name, value))
        });
        self.value.as_ref().map(|(name, _)| *name)
    }
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Misshapen;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misshapen> {
        let name = self.advance();
        name.map(|name| seed.deserialize(StrDeserializer::new(name))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misshapen> {
        // serde asks for a value after its key.
        let (name, value) = self.value.take().ok_or_else(Misshapen::default)?;
        seed.deserialize(Plain(value)).map_err(|error| error.in_property(name))
    }
}

/// All that an object holds, for a map.
struct Properties<'a> {
    of: &'a JsValue,
    names: Array,
    next: u32,
}

impl Properties<'_> {
    fn name(&self, number: u32) -> String {
        self.names.get(number).as_string().unwrap_or_default()
    }
}

impl<'de> MapAccess<'de> for Properties<'_> {
    type Error = Misshapen;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misshapen> {
        let number = self.next;
        if number >= self.names.length() {
            return Ok(None);
        }
        self.next = number.saturating_add(1);
        let name: StringDeserializer<Misshapen> = self.name(number).into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misshapen> {
        let name = self.name(self.next.saturating_sub(1));
        let value = Reflect::get(self.of, &JsString::from(name.as_str())).unwrap_or(JsValue::UNDEFINED);
        seed.deserialize(Plain(value)).map_err(|error| error.in_property(&name))
    }
}
