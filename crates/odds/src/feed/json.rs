//! JSON read where it lies: values stay text until they are wanted, and a place is written down only when there is something wrong.

use super::fault::Fault;
use super::time;
use dynasty_intake::flat;
use dynasty_intake::lenient::shown;
use serde_json::value::RawValue;
use std::fmt;

/// A place in a payload.
#[derive(Clone, Copy)]
pub(super) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    /// The payload, or a place that was written down before.
    From(&'a str),
    Key(&'a str),
    At(usize),
}

impl<'a> Path<'a> {
    pub(super) const ROOT: Path<'static> = Path {
        parent: None,
        step: Step::From("$"),
    };

    pub(super) fn from(written: &'a str) -> Path<'a> {
        Path {
            parent: None,
            step: Step::From(written),
        }
    }

    pub(super) fn key(&'a self, key: &'a str) -> Path<'a> {
        Path {
            parent: Some(self),
            step: Step::Key(key),
        }
    }

    pub(super) fn at(&'a self, at: usize) -> Path<'a> {
        Path {
            parent: Some(self),
            step: Step::At(at),
        }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.step {
            Step::From(written) => f.write_str(written),
            Step::Key(key) => write!(f, ".{key}"),
            Step::At(at) => write!(f, "[{at}]"),
        }
    }
}

/// A whole payload without what stands around it.
pub(super) fn whole(payload: &str) -> Result<&str, String> {
    serde_json::from_str::<&RawValue>(payload)
        .map(|whole| whole.get())
        .map_err(|why| format!("text that cannot be read: {why}"))
}

/// The elements of an array; none where it is no array.
pub(super) fn elements(json: &str) -> Option<Vec<&str>> {
    let all: Vec<&RawValue> = serde_json::from_str(json).ok()?;
    Some(all.into_iter().map(|element| element.get()).collect())
}

/// An object and its place.
pub(super) struct Object<'a, 'p> {
    json: &'a str,
    fields: flat::Object<'a>,
    path: &'p Path<'p>,
}

impl<'a, 'p> Object<'a, 'p> {
    pub(super) fn read(json: &'a str, path: &'p Path<'p>) -> Result<Object<'a, 'p>, Fault> {
        match flat::object(json) {
            Ok(fields) => Ok(Object { json, fields, path }),
            Err(flat::NotAnObject::Kind(kind)) => Err(Fault::unreadable(path, kind, "an object")),
            Err(flat::NotAnObject::Unreadable(why)) => Err(Fault::unreadable(path, why, "an object")),
        }
    }

    /// As it was written.
    pub(super) fn json(&self) -> &'a str {
        self.json
    }

    pub(super) fn path(&self) -> &'p Path<'p> {
        self.path
    }

    /// The JSON of a key; null is as good as nothing.
    pub(super) fn raw(&self, key: &str) -> Option<&'a str> {
        self.fields.get(key).map(|v| v.get()).filter(|v| *v != "null")
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.fields.contains_key(key)
    }

    /// A text, trimmed, none where it is empty; a number as it is written. At most `longest` characters (22001).
    pub(super) fn text(&self, key: &str, longest: usize) -> Result<Option<String>, Fault> {
        let Some(json) = self.raw(key) else { return Ok(None) };
        let text = scalar(json).ok_or_else(|| Fault::unreadable(self.path.key(key), shown(json), "a text"))?;
        let text = text.trim();
        if text.chars().nth(longest).is_some() {
            return Err(Fault::too_long(self.path.key(key), text, longest));
        }
        Ok((!text.is_empty()).then(|| text.to_string()))
    }

    /// The same, which has to be there (22P02).
    pub(super) fn needed(&self, key: &str, longest: usize) -> Result<String, Fault> {
        self.text(key, longest)?
            .ok_or_else(|| Fault::unreadable(self.path.key(key), "missing", "a text"))
    }

    /// A point in time, in microseconds since 1970.
    pub(super) fn time(&self, key: &str) -> Result<Option<i64>, Fault> {
        self.raw(key)
            .map(|json| time::read(json, &self.path.key(key)))
            .transpose()
    }

    /// true or false, also as text.
    pub(super) fn flag(&self, key: &str) -> Result<bool, Fault> {
        match self.raw(key) {
            None => Ok(false),
            Some(json) => match json.trim_matches('"') {
                "true" | "1" => Ok(true),
                "false" | "0" | "" => Ok(false),
                _ => Err(Fault::unreadable(self.path.key(key), shown(json), "true or false")),
            },
        }
    }

    /// The elements of an array; none where there is none.
    pub(super) fn list(&self, key: &str) -> Result<Option<Vec<&'a str>>, Fault> {
        let Some(json) = self.raw(key) else { return Ok(None) };
        match elements(json) {
            Some(all) => Ok(Some(all)),
            None => Err(Fault::unreadable(self.path.key(key), flat::kind(json), "an array")),
        }
    }

    /// An object under a key; none where there is none or something else stands.
    pub(super) fn inner(&self, key: &str, path: &'p Path<'p>) -> Option<Object<'a, 'p>> {
        Object::read(self.raw(key)?, path).ok()
    }
}

/// The text of a string or of a number.
pub(super) fn scalar(json: &str) -> Option<String> {
    match flat::kind(json) {
        "a string" => serde_json::from_str(json).ok(),
        "a number" => Some(json.to_string()),
        _ => None,
    }
}
