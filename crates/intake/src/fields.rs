//! One flat row: an object whose fields have several names, depending on who wrote it.

use crate::lenient::{Scalar, is_blank, read};
use crate::node::kind;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// One row.
pub struct Fields<'a>(pub &'a Map<String, Value>);

impl<'a> Fields<'a> {
    /// The fields of an object; anything else is no row.
    pub fn of(value: &'a Value) -> Result<Fields<'a>, String> {
        match value {
            Value::Object(map) => Ok(Fields(map)),
            other => Err(format!("a row must be an object, this is {}", kind(other))),
        }
    }

    /// The first of `names` that has a value.
    pub fn find(&self, names: &[&'static str]) -> Option<(&'static str, &'a Value)> {
        names.iter().find_map(|name| match self.0.get(*name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) if is_blank(text) => None,
            Some(value) => Some((*name, value)),
        })
    }

    /// The first of `names` that has a value, read as `T`; the default when there is none.
    pub fn get<T: DeserializeOwned + Default>(&self, names: &[&'static str]) -> Result<T, String> {
        self.find(names)
            .map_or_else(|| Ok(T::default()), |(name, value)| read(value, name))
    }

    /// The text of the first of `names` that has a value; a number is its digits.
    pub fn text(&self, names: &[&'static str]) -> Result<Option<String>, String> {
        let Some((name, value)) = self.find(names) else {
            return Ok(None);
        };
        match read::<Scalar>(value, name)? {
            Scalar::Text(t) => Ok(Some(t.trim().to_string())),
            Scalar::Number(n) => Ok(Some(n)),
            Scalar::Bool(b) => Err(format!("{name}: {b} is not text")),
            Scalar::Null => Ok(None),
        }
    }
}
