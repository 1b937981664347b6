//! Text at the border: Rust's is UTF-8, the server's is in the database's encoding. Every text that comes in or goes out
//! passes here, so that none is ever read as what it is not.
//!
//! ASCII is the same in all encodings a server can have, and in a UTF-8 database nothing needs converting: both are borrowed.
//! SQL_ASCII says nothing about its bytes: they pass when they are UTF-8 and are refused (22021) otherwise. What has no
//! equivalent in the other encoding is 22P05, as everywhere in Postgres; nothing is ever replaced in data.

use super::compat;
use super::errors::error;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use pgrx::pg_sys::pg_enc::{PG_SQL_ASCII, PG_UTF8};
use std::borrow::Cow;
use std::ffi::{CStr, c_int};
use std::sync::atomic::AtomicI32;
use std::sync::atomic::Ordering::Relaxed;

const UTF8: c_int = PG_UTF8 as c_int;

/// What must be done with the database's texts.
enum Database {
    /// Nothing: they are UTF-8.
    Utf8,
    /// They may be anything.
    Unknown,
    /// They are converted from and to this encoding.
    Other(c_int),
}

/// What [`DATABASE`] holds before it was asked for.
const UNASKED: c_int = -1;

/// The database's encoding, which is the same as long as the process lives: asking the server takes longer than some functions do
/// that are called for every row.
static DATABASE: AtomicI32 = AtomicI32::new(UNASKED);

#[inline(always)]
fn encoding() -> c_int {
    match DATABASE.load(Relaxed) {
        UNASKED => ask(),
        encoding => encoding,
    }
}

#[cold]
fn ask() -> c_int {
    // SAFETY: reads a variable of the server. Before a process is in a database nothing here is called.
    let encoding = unsafe { pg_sys::GetDatabaseEncoding() };
    DATABASE.store(encoding, Relaxed);
    encoding
}

fn database() -> Database {
    match encoding() {
        UTF8 => Database::Utf8,
        encoding if encoding == PG_SQL_ASCII as c_int => Database::Unknown,
        encoding => Database::Other(encoding),
    }
}

/// Whether texts are the same bytes on both sides of the border.
#[inline(always)]
pub fn is_utf8_database() -> bool {
    encoding() == UTF8
}

/// Whether texts are converted on their way to the server.
pub fn are_converted() -> bool {
    matches!(database(), Database::Other(_))
}

/// A text of the server. Raises 22021 when its bytes are none, 22P05 when UTF-8 has no equivalent.
pub fn from_server(bytes: &[u8]) -> Cow<'_, str> {
    match database() {
        Database::Other(encoding) if !bytes.is_ascii() => {
            let converted = convert(bytes, encoding, UTF8);
            Cow::Owned(String::from_utf8(converted).unwrap_or_else(|e| invalid(e.as_bytes())))
        }
        _ => Cow::Borrowed(std::str::from_utf8(bytes).unwrap_or_else(|_| invalid(bytes))),
    }
}

/// A text for the server. Raises 22P05 when the database's encoding has no equivalent, 22021 for a zero byte, which no text
/// of the server can hold.
pub fn to_server(text: &str) -> Cow<'_, [u8]> {
    if let Some(at) = text.bytes().position(|byte| byte == 0) {
        invalid(&text.as_bytes()[at..]);
    }
    match database() {
        Database::Other(encoding) if !text.is_ascii() => Cow::Owned(convert(text.as_bytes(), UTF8, encoding)),
        _ => Cow::Borrowed(text.as_bytes()),
    }
}

/// The same for what must not fail: messages, and reports of what was refused. A question mark stands for what the database's
/// encoding cannot hold.
pub fn to_server_marked(text: &str) -> Cow<'_, [u8]> {
    let text = if text.contains('\0') {
        Cow::Owned(text.replace('\0', "?"))
    } else {
        Cow::Borrowed(text)
    };
    let Some(conversion) = Conversion::to_database().filter(|_| !text.is_ascii()) else {
        return match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        };
    };
    let mut out = vec![];
    let mut rest = &*text;
    while !rest.is_empty() {
        let done = conversion.append_prefix(rest.as_bytes(), &mut out);
        rest = &rest[done..];
        if let Some(c) = rest.chars().next() {
            out.push(b'?');
            rest = &rest[c.len_utf8()..];
        }
    }
    Cow::Owned(out)
}

/// A message of the server, which must not fail either.
pub fn from_server_marked(bytes: &[u8]) -> Cow<'_, str> {
    let Some(conversion) = Conversion::from_database().filter(|_| !bytes.is_ascii()) else {
        return String::from_utf8_lossy(bytes);
    };
    let mut out = vec![];
    let mut rest = bytes;
    while !rest.is_empty() {
        rest = &rest[conversion.append_prefix(rest, &mut out)..];
        if !rest.is_empty() {
            out.push(b'?');
            rest = &rest[1..];
        }
    }
    Cow::Owned(String::from_utf8_lossy(&out).into_owned())
}

/// Whether the database's encoding has all of these characters.
pub fn holds(text: &str) -> bool {
    let conversion = Conversion::to_database().filter(|_| !text.is_ascii());
    conversion.is_none_or(|c| c.append_prefix(text.as_bytes(), &mut vec![]) == text.len())
}

/// A text argument as a text of ours. A large one is copied with the whole reserve behind it, or refused (53200): a session's first call takes
/// it before any checkpoint has.
///
/// # Safety
/// The datum must be a text or varchar.
pub unsafe fn text_of(datum: pg_sys::Datum) -> String {
    const LARGE: usize = 1 << 20;
    // SAFETY: the caller's promise.
    let bytes = unsafe { bytes_of(datum) };
    if bytes.len() > LARGE {
        super::allocator::raise_if_exhausted();
    }
    from_server(bytes).into_owned()
}

/// The bytes of a text, varchar or other value of variable length, in the database's encoding.
///
/// # Safety
/// `datum` must be one, and live (or, if it is stored out of line, the current memory context) as long as the bytes are used.
pub unsafe fn bytes_of<'a>(datum: pg_sys::Datum) -> &'a [u8] {
    // SAFETY: the caller's promise.
    unsafe {
        let at = pg_sys::pg_detoast_datum_packed(datum.cast_mut_ptr());
        let length = pgrx::varlena::varsize_any_exhdr(at);
        std::slice::from_raw_parts(pgrx::varlena::vardata_any(at) as *const u8, length)
    }
}

/// Raises 22021 as the server does, naming the bytes.
fn invalid(bytes: &[u8]) -> ! {
    let start = std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), |_| 0);
    let wrong = &bytes[start..];
    compat::report_invalid_encoding(UTF8, wrong)
}

/// Raises 22P05 where the server has no conversion at all (MULE_INTERNAL).
fn no_conversion() -> ! {
    // SAFETY: a constant of the server. (The name of any other encoding has another symbol from 17 on.)
    let name = unsafe { CStr::from_ptr(pg_sys::GetDatabaseEncodingName()) }.to_string_lossy();
    error(
        ERRCODE_UNTRANSLATABLE_CHARACTER,
        format!("the server converts no text between {name}, the database's encoding, and UTF8"),
    )
    .hint("Only ASCII can be used in such a database.")
    .raise()
}

fn procedure(from: c_int, to: c_int) -> pg_sys::Oid {
    // SAFETY: a catalog look-up.
    unsafe { pg_sys::FindDefaultConversionProc(from, to) }
}

/// All of a text, which is not empty, in another encoding; one of the two is UTF-8, the other the database's, neither that nor SQL_ASCII.
fn convert(text: &[u8], from: c_int, to: c_int) -> Vec<u8> {
    if procedure(from, to) == pg_sys::InvalidOid {
        no_conversion();
    }
    // SAFETY: the server reads so many bytes and returns a C string of its own in the current memory context, or, where nothing
    // was to be converted, what it was given.
    unsafe {
        let source = text.as_ptr().cast_mut().cast();
        let result = pg_sys::pg_do_encoding_conversion(source, text.len() as c_int, from, to);
        if std::ptr::eq(result, source) {
            return text.to_vec();
        }
        let converted = CStr::from_ptr(result.cast()).to_bytes().to_vec();
        pg_sys::pfree(result.cast());
        converted
    }
}

/// A conversion between UTF-8 and the database's encoding that stops at what it cannot convert instead of raising.
struct Conversion {
    procedure: pg_sys::Oid,
    from: c_int,
    to: c_int,
}

/// No character of an encoding takes more than four times the bytes it takes in another (the server's MAX_CONVERSION_GROWTH).
const GROWTH: usize = 4;

impl Conversion {
    /// `None` when the database takes UTF-8 as it is.
    fn to_database() -> Option<Conversion> {
        match database() {
            Database::Other(to) => Some(Conversion::between(UTF8, to)),
            _ => None,
        }
    }

    /// The same the other way.
    fn from_database() -> Option<Conversion> {
        match database() {
            Database::Other(from) => Some(Conversion::between(from, UTF8)),
            _ => None,
        }
    }

    fn between(from: c_int, to: c_int) -> Conversion {
        Conversion {
            procedure: procedure(from, to),
            from,
            to,
        }
    }

    /// Appends what can be converted and returns how many bytes of `text` that was. A text holds no zero byte.
    fn append_prefix(&self, text: &[u8], out: &mut Vec<u8>) -> usize {
        if self.procedure == pg_sys::InvalidOid {
            let ascii = text.iter().position(|byte| !byte.is_ascii()).unwrap_or(text.len());
            out.extend_from_slice(&text[..ascii]);
            return ascii;
        }
        let mut room = vec![0u8; text.len() * GROWTH + 1];
        // SAFETY: the server reads so many bytes of the text, writes at most as many as it is told there is room for, with a zero
        // byte at the end, and does not raise for characters.
        let done = unsafe {
            pg_sys::pg_do_encoding_conversion_buf(
                self.procedure,
                self.from,
                self.to,
                text.as_ptr().cast_mut(),
                text.len() as c_int,
                room.as_mut_ptr(),
                room.len() as c_int,
                true,
            )
        };
        let end = room.iter().position(|byte| *byte == 0).unwrap_or(room.len());
        out.extend_from_slice(&room[..end]);
        usize::try_from(done).unwrap_or(0)
    }
}

/// A short text as a datum, without allocating in the server.
pub struct ShortText {
    /// A 4-byte header and the bytes, aligned.
    room: Vec<u32>,
}

impl ShortText {
    /// The text of those bytes, which must be in the database's encoding.
    pub fn new(bytes: &[u8]) -> ShortText {
        let size = 4 + bytes.len();
        let mut room = vec![0u32; size.div_ceil(4)];
        room[0] = if cfg!(target_endian = "little") {
            (size as u32) << 2
        } else {
            size as u32
        };
        for (word, chunk) in room[1..].iter_mut().zip(bytes.chunks(4)) {
            let mut padded = [0; 4];
            padded[..chunk.len()].copy_from_slice(chunk);
            *word = u32::from_ne_bytes(padded);
        }
        ShortText { room }
    }

    /// The text, converted.
    pub fn of(text: &str) -> ShortText {
        ShortText::new(&to_server(text))
    }

    /// The datum; it points into this value.
    pub fn datum(&self) -> pg_sys::Datum {
        pg_sys::Datum::from(self.room.as_ptr())
    }
}
