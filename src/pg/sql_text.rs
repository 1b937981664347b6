//! `text` and `text[]` as arguments, results and values of queries. pgrx's own `String` and `&str` take the bytes of the server for
//! UTF-8, which they are in some databases only; [`Text`] converts.

use super::border::crossing;
use super::text::{bytes_of, text_of, to_server};
use pgrx::callconv::{Arg, ArgAbi, BoxRet, FcInfo};
use pgrx::datum::{Datum, UnboxDatum};
use pgrx::pgrx_sql_entity_graph::metadata::{
    ArgumentError, ReturnsError, ReturnsRef, SqlMappingRef, SqlTranslatable, TypeOrigin,
};
use pgrx::{FromDatum, IntoDatum, pg_sys};
use std::ops::Deref;

/// A text, in UTF-8 here and in the database's encoding there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(pub String);

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Text(text)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text(text.into())
    }
}

/// Texts of ours, for the server.
pub fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Vec<Text> {
    texts.into_iter().map(|text| Text(text.into())).collect()
}

/// The same where some are missing.
pub fn texts_or_nulls<T: Into<String>>(texts: impl IntoIterator<Item = Option<T>>) -> Vec<Option<Text>> {
    texts
        .into_iter()
        .map(|text| text.map(|text| Text(text.into())))
        .collect()
}

impl FromDatum for Text {
    unsafe fn from_polymorphic_datum(datum: pg_sys::Datum, is_null: bool, _: pg_sys::Oid) -> Option<Text> {
        // SAFETY: the caller passes a text or varchar, which is copied.
        (!is_null).then(|| Text(crossing(|| unsafe { text_of(datum) })))
    }
}

impl IntoDatum for Text {
    fn into_datum(self) -> Option<pg_sys::Datum> {
        to_server(&self.0).into_owned().into_datum()
    }

    fn type_oid() -> pg_sys::Oid {
        pg_sys::TEXTOID
    }

    fn is_compatible_with(other: pg_sys::Oid) -> bool {
        other == pg_sys::TEXTOID || other == pg_sys::VARCHAROID
    }
}

// SAFETY: an element of a text[] is a text; what is made of it borrows nothing.
unsafe impl UnboxDatum for Text {
    type As<'src> = Text;

    unsafe fn unbox<'src>(datum: Datum<'src>) -> Text
    where
        Self: 'src,
    {
        // SAFETY: the caller passes a text.
        Text(unsafe { text_of(datum.sans_lifetime()) })
    }
}

/// A text as it is stored, in the database's encoding: for comparing.
pub struct StoredText(pub Vec<u8>);

// SAFETY: as above.
unsafe impl UnboxDatum for StoredText {
    type As<'src> = StoredText;

    unsafe fn unbox<'src>(datum: Datum<'src>) -> StoredText
    where
        Self: 'src,
    {
        // SAFETY: the caller passes a text.
        StoredText(unsafe { bytes_of(datum.sans_lifetime()) }.to_vec())
    }
}

// SAFETY: the declared SQL type is text (see SqlTranslatable below), which is what `from_datum` reads.
unsafe impl<'fcx> ArgAbi<'fcx> for Text {
    unsafe fn unbox_arg_unchecked(arg: Arg<'_, 'fcx>) -> Text {
        // SAFETY: as above; a null argument never comes here: functions take Option<Text>, or are strict.
        unsafe { arg.unbox_arg_using_from_datum() }.unwrap_or_else(|| Text(String::new()))
    }
}

// SAFETY: the declared SQL type is text, which is what `into_datum` makes.
unsafe impl BoxRet for Text {
    unsafe fn box_into<'fcx>(self, fcinfo: &mut FcInfo<'fcx>) -> Datum<'fcx> {
        match self.into_datum() {
            // SAFETY: it is returned to the function that is called.
            Some(datum) => unsafe { fcinfo.return_raw_datum(datum) },
            None => fcinfo.return_null(),
        }
    }
}

// SAFETY: maps to the built-in type text.
unsafe impl SqlTranslatable for Text {
    const TYPE_IDENT: &'static str = pgrx::pgrx_resolved_type!(Text);
    const TYPE_ORIGIN: TypeOrigin = TypeOrigin::External;
    const ARGUMENT_SQL: Result<SqlMappingRef, ArgumentError> = Ok(SqlMappingRef::literal("TEXT"));
    const RETURN_SQL: Result<ReturnsRef, ReturnsError> = Ok(ReturnsRef::One(SqlMappingRef::literal("TEXT")));
}
