//! A payload read where it lies, an element at a time: the whole of it as a tree of values takes forty times its size.

use crate::reject::ShapeError;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::fmt;

/// An element (a person, a split, a row) larger than this is rejected: no API's comes near, and its tree of values takes up to
/// forty times as much.
pub const LARGEST_ELEMENT: usize = 1 << 20;

/// What kind of JSON value something is; as messages name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the names are JSON's own
pub enum Kind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Null => "null",
            Kind::Bool => "a boolean",
            Kind::Number => "a number",
            Kind::String => "a string",
            Kind::Array => "an array",
            Kind::Object => "an object",
        })
    }
}

/// A place in a payload.
pub trait Node: Clone {
    /// What is there.
    fn kind(&self) -> Kind;

    /// The value of a key of an object; None in anything else.
    fn get(&self, key: &str) -> Option<Self>;

    /// Calls `each` for the elements of an array in their order.
    fn each_element(&self, each: &mut dyn FnMut(usize, Self));

    /// Calls `each` for the entries of an object until it says that it has enough (false).
    fn each_entry(&self, each: &mut dyn FnMut(&str, Self) -> bool);

    /// All of it as a value, or why it cannot be one: too large, or nested too deep.
    fn value(&self) -> Result<Cow<'_, Value>, String>;

    /// An object without one of its entries; anything else as it is.
    fn value_without(&self, left_out: &str) -> Result<Value, String> {
        if self.kind() != Kind::Object {
            return Ok(self.value()?.into_owned());
        }
        let mut all = Ok(Map::new());
        self.each_entry(&mut |key, node| {
            if key == left_out {
                return true;
            }
            match (node.value(), &mut all) {
                (Ok(value), Ok(map)) => drop(map.insert(key.to_string(), value.into_owned())),
                (Err(reason), all) => *all = Err(reason),
                _ => {}
            }
            all.is_ok()
        });
        all.map(Value::Object)
    }

    /// An object of those entries alone.
    fn pick(&self, keys: &[&str]) -> Result<Value, String> {
        let mut picked = Map::new();
        for key in keys {
            if let Some(node) = self.get(key) {
                picked.insert((*key).to_string(), node.value()?.into_owned());
            }
        }
        Ok(Value::Object(picked))
    }
}

impl Node for &Value {
    fn kind(&self) -> Kind {
        match self {
            Value::Null => Kind::Null,
            Value::Bool(_) => Kind::Bool,
            Value::Number(_) => Kind::Number,
            Value::String(_) => Kind::String,
            Value::Array(_) => Kind::Array,
            Value::Object(_) => Kind::Object,
        }
    }

    fn get(&self, key: &str) -> Option<Self> {
        Value::get(self, key)
    }

    fn each_element(&self, each: &mut dyn FnMut(usize, Self)) {
        if let Value::Array(elements) = self {
            elements.iter().enumerate().for_each(|(i, element)| each(i, element));
        }
    }

    fn each_entry(&self, each: &mut dyn FnMut(&str, Self) -> bool) {
        if let Value::Object(entries) = self {
            let _ = entries.iter().all(|(key, value)| each(key, value));
        }
    }

    fn value(&self) -> Result<Cow<'_, Value>, String> {
        Ok(Cow::Borrowed(self))
    }
}

/// The message of an error reply, or the first keys: what an object is that lacks what the reader looks for.
pub fn described<N: Node>(top: &N) -> String {
    let message = top.get("message").filter(|m| m.kind() == Kind::String);
    if let Some(Ok(Value::String(message))) = message.as_ref().map(|m| m.value().map(Cow::into_owned)) {
        return format!("an error reply: {:?}", crate::lenient::shown(&message));
    }
    let mut keys: Vec<String> = vec![];
    top.each_entry(&mut |key, _| {
        keys.push(format!("{:?}", crate::lenient::shown(key)));
        keys.len() < 5
    });
    if keys.is_empty() {
        "an empty object".to_string()
    } else {
        format!("an object with {}", keys.join(", "))
    }
}

/// The rows of `[…]` or `{"data": […]}`.
pub fn rows<N: Node>(payload: &N, expected: &str) -> Result<N, ShapeError> {
    match payload.kind() {
        Kind::Array => Ok(payload.clone()),
        Kind::Object => array_at(payload, "data", expected),
        other => Err(ShapeError::new(expected, other.to_string())),
    }
}

/// The array under a key of an object.
pub fn array_at<N: Node>(top: &N, key: &str, expected: &str) -> Result<N, ShapeError> {
    match top.get(key).map(|node| (node.kind(), node)) {
        Some((Kind::Array, node)) => Ok(node),
        Some((other, _)) => Err(ShapeError::new(expected, format!("{key:?} that is {other}"))),
        None => Err(ShapeError::new(expected, described(top))),
    }
}
/// How a message names the kind of a JSON value.
pub fn kind(value: &Value) -> Kind {
    Node::kind(&value)
}
