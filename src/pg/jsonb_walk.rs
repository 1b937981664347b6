//! A `jsonb` argument read where it lies, an element at a time.
//!
//! The whole of it as text and as a tree of values takes forty times its size; an element's text and values are gone before
//! the next is read.

use super::allocator::out_of_memory;
use super::memory::{PortionMemory, checkpoint};
use super::text::from_server;
use dynasty_intake::node::{Kind, LARGEST_ELEMENT, Node};
use dynasty_intake::payload::parse_payload;
use pgrx::callconv::{Arg, ArgAbi};
use pgrx::pgrx_sql_entity_graph::metadata::{
    ArgumentError, ReturnsError, ReturnsRef, SqlMappingRef, SqlTranslatable, TypeOrigin,
};
use pgrx::{FromDatum, pg_sys};
use serde_json::Value;
use std::borrow::Cow;
use std::ffi::CStr;
use std::marker::PhantomData;
use std::rc::Rc;

/// A `jsonb` value, not yet read. It is read by [`Payload::root`].
pub struct Payload(pg_sys::Datum);

impl FromDatum for Payload {
    unsafe fn from_polymorphic_datum(datum: pg_sys::Datum, is_null: bool, _: pg_sys::Oid) -> Option<Self> {
        (!is_null).then_some(Payload(datum))
    }
}

// SAFETY: the declared SQL type is jsonb (see SqlTranslatable below), which is what `root` reads.
unsafe impl<'fcx> ArgAbi<'fcx> for Payload {
    unsafe fn unbox_arg_unchecked(arg: Arg<'_, 'fcx>) -> Self {
        // SAFETY: functions take Option<Payload>, so a null argument does not come here.
        unsafe { arg.unbox_arg_using_from_datum() }.unwrap_or_else(|| out_of_memory("an argument that is not there"))
    }
}

// SAFETY: maps to the built-in type jsonb as an argument; it cannot be returned.
unsafe impl SqlTranslatable for Payload {
    const TYPE_IDENT: &'static str = pgrx::pgrx_resolved_type!(Payload);
    const TYPE_ORIGIN: TypeOrigin = TypeOrigin::External;
    const ARGUMENT_SQL: Result<SqlMappingRef, ArgumentError> = Ok(SqlMappingRef::literal("jsonb"));
    const RETURN_SQL: Result<ReturnsRef, ReturnsError> = Ok(ReturnsRef::One(SqlMappingRef::literal("jsonb")));
}

impl Payload {
    /// Runs `read` over the whole value. What the value took is given back before this returns.
    pub fn read<R>(&self, read: impl FnOnce(JsonbNode<'_>) -> R) -> R {
        let held = PortionMemory::new();
        held.run(|| {
            let mut value = NO_VALUE;
            // SAFETY: the argument is a jsonb; its detoasted copy lies in `held`, which lives until `read` has returned, and the
            // lifetime of the node does not outlast this call.
            unsafe {
                let jsonb = pg_sys::pg_detoast_datum(self.0.cast_mut_ptr()) as *mut pg_sys::Jsonb;
                if !pg_sys::JsonbExtractScalar(&mut (*jsonb).root, &mut value) {
                    pg_sys::JsonbToJsonbValue(jsonb, &mut value);
                }
            }
            read(JsonbNode {
                value,
                scratch: Rc::new(PortionMemory::new()),
                lifetime: PhantomData,
            })
        })
    }
}

const NO_VALUE: pg_sys::JsonbValue = pg_sys::JsonbValue {
    type_: pg_sys::jbvType::jbvNull,
    val: pg_sys::JsonbValue__bindgen_ty_1 { boolean: false },
};

/// A place in a `jsonb` value.
#[derive(Clone)]
pub struct JsonbNode<'a> {
    value: pg_sys::JsonbValue,
    /// For the text of an element.
    scratch: Rc<PortionMemory>,
    lifetime: PhantomData<&'a ()>,
}

impl<'a> JsonbNode<'a> {
    fn with(&self, value: pg_sys::JsonbValue) -> JsonbNode<'a> {
        JsonbNode {
            value,
            scratch: Rc::clone(&self.scratch),
            lifetime: PhantomData,
        }
    }

    /// The container behind an array or object.
    fn container(&self) -> Option<*mut pg_sys::JsonbContainer> {
        // SAFETY: the tag says which member of the union is set.
        (self.value.type_ == pg_sys::jbvType::jbvBinary).then_some(unsafe { self.value.val.binary.data })
    }

    fn is_container_of(&self, flag: u32) -> bool {
        // SAFETY: a container lies within the value, which lives as long as `self`.
        self.container().is_some_and(|at| unsafe { (*at).header } & flag != 0)
    }

    /// How many bytes it takes where it lies.
    fn size(&self) -> usize {
        use pg_sys::jbvType::*;
        // SAFETY: the tag says which member of the union is set.
        unsafe {
            match self.value.type_ {
                t if t == jbvBinary => self.value.val.binary.len as usize,
                t if t == jbvString => self.value.val.string.len as usize,
                t if t == jbvNumeric => pgrx::varlena::varsize_any(self.value.val.numeric.cast()),
                _ => 0,
            }
        }
    }

    /// Calls `each` for what the server's iterator finds one level down: keys and values of an object, elements of an array.
    fn each_inside(&self, each: &mut dyn FnMut(Option<&str>, JsonbNode<'a>) -> bool) {
        use pg_sys::JsonbIteratorToken::*;
        let Some(container) = self.container() else { return };
        let mut value = NO_VALUE;
        let mut key: Option<String> = None;
        // SAFETY: the container is alive; nested containers are not entered, so the iterator is one piece of memory, which is freed
        // at the end (and by its context after an error).
        unsafe {
            let mut iterator = pg_sys::JsonbIteratorInit(container);
            loop {
                let token = pg_sys::JsonbIteratorNext(&mut iterator, &mut value, true);
                let goes_on = match token {
                    t if t == WJB_DONE => break,
                    t if t == WJB_KEY => {
                        let string = value.val.string;
                        let bytes = std::slice::from_raw_parts(string.val as *const u8, string.len as usize);
                        key = Some(from_server(bytes).into_owned());
                        true
                    }
                    t if t == WJB_VALUE => each(key.as_deref(), self.with(value)),
                    t if t == WJB_ELEM => each(None, self.with(value)),
                    _ => true,
                };
                if !goes_on {
                    break;
                }
                checkpoint();
            }
            if !iterator.is_null() {
                pg_sys::pfree(iterator.cast());
            }
        }
    }
}

impl Node for JsonbNode<'_> {
    fn kind(&self) -> Kind {
        use pg_sys::jbvType::*;
        match self.value.type_ {
            t if t == jbvNull => Kind::Null,
            t if t == jbvBool => Kind::Bool,
            t if t == jbvNumeric => Kind::Number,
            t if t == jbvBinary && self.is_container_of(pg_sys::JB_FOBJECT) => Kind::Object,
            t if t == jbvBinary => Kind::Array,
            _ => Kind::String,
        }
    }

    fn get(&self, key: &str) -> Option<Self> {
        if self.kind() != Kind::Object {
            return None;
        }
        let mut value = NO_VALUE;
        // SAFETY: the container is an object and alive; the key is ASCII in all our uses, which is the same in every encoding.
        let found = unsafe {
            pg_sys::getKeyJsonValueFromContainer(
                self.container()?,
                key.as_ptr().cast(),
                key.len() as core::ffi::c_int,
                &mut value,
            )
        };
        (!found.is_null()).then(|| self.with(value))
    }

    fn each_element(&self, each: &mut dyn FnMut(usize, Self)) {
        if self.kind() == Kind::Array {
            let mut i = 0;
            self.each_inside(&mut |_, element| {
                each(i, element);
                i += 1;
                true
            });
        }
    }

    fn each_entry(&self, each: &mut dyn FnMut(&str, Self) -> bool) {
        if self.kind() == Kind::Object {
            self.each_inside(&mut |key, value| each(key.unwrap_or_default(), value));
        }
    }

    fn value(&self) -> Result<Cow<'_, Value>, String> {
        if self.size() > LARGEST_ELEMENT {
            return Err(format!("is larger than {} kB", LARGEST_ELEMENT >> 10));
        }
        self.scratch.run(|| {
            // SAFETY: the server makes a C string of its own in the current context, which is emptied only by the next call.
            let text = unsafe {
                let text = match self.container() {
                    Some(container) => {
                        pg_sys::JsonbToCString(std::ptr::null_mut(), container, self.size() as core::ffi::c_int)
                    }
                    None => {
                        let mut scalar = self.value;
                        let jsonb = pg_sys::JsonbValueToJsonb(&mut scalar);
                        pg_sys::JsonbToCString(
                            std::ptr::null_mut(),
                            &mut (*jsonb).root,
                            self.size() as core::ffi::c_int,
                        )
                    }
                };
                CStr::from_ptr(text)
            };
            let value = parse_payload(&from_server(text.to_bytes()));
            value.map(Cow::Owned).map_err(|e| e.found)
        })
    }
}
