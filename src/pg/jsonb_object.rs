//! `jsonb` objects of numbers, in the server's own format (src/include/utils/jsonb.h), without a text in between.
//!
//! The format is the one on disk, so it is stable; a test compares every byte with what the server makes of the text.

use super::text::to_server;
use std::borrow::Cow;

/// The objects with one set of keys: what does not depend on the values is worked out once.
pub struct ObjectShape {
    /// For each key in the order of the format: which of the values is its.
    places: Vec<usize>,
    /// Header and entries of the keys.
    head: Vec<u8>,
    /// The keys, one after the other.
    keys: Vec<u8>,
}

// JsonbContainer and JEntry.
const IS_OBJECT: u32 = 0x2000_0000;
const HAS_OFFSET: u32 = 0x8000_0000;
const IS_NUMERIC: u32 = 0x1000_0000;
const IS_NULL: u32 = 0x4000_0000;
/// Every so many entries one holds an offset instead of a length.
const STRIDE: usize = 32;

/// Length word of the value itself.
const VARLENA: usize = 4;

impl ObjectShape {
    /// The shape of objects whose value `i` has the key `keys[i]`. Keys must differ.
    pub fn new(names: &[&str]) -> ObjectShape {
        // Length and order are those of the stored bytes.
        let names: Vec<Cow<'_, [u8]>> = names.iter().copied().map(to_server).collect();
        let mut places: Vec<usize> = (0..names.len()).collect();
        // The format's order: shorter keys first, then by bytes.
        places.sort_by_key(|i| (names[*i].len(), &names[*i]));
        let mut head = (names.len() as u32 | IS_OBJECT).to_ne_bytes().to_vec();
        let mut keys = vec![];
        for (i, place) in places.iter().enumerate() {
            let name = &names[*place];
            keys.extend_from_slice(name);
            head.extend_from_slice(&entry(i, 0, name.len(), keys.len()));
        }
        ObjectShape { places, head, keys }
    }

    /// Writes the object with those values into `buffer`; its first word is the datum's.
    pub fn write(&self, values: &[Option<f64>], buffer: &mut JsonbBuffer) {
        let out = &mut buffer.bytes;
        out.clear();
        out.extend_from_slice(&[0; VARLENA]);
        out.extend_from_slice(&self.head);
        let entries = out.len();
        out.resize(entries + 4 * self.places.len(), 0);
        let data = out.len();
        out.extend_from_slice(&self.keys);
        for (i, place) in self.places.iter().enumerate() {
            let start = out.len();
            let kind = match values[*place] {
                None => IS_NULL,
                Some(x) => {
                    // Numerics are aligned to four bytes; the padding counts as theirs.
                    out.resize(start.next_multiple_of(4), 0);
                    push_numeric(x, out);
                    IS_NUMERIC
                }
            };
            let entry = entry(self.places.len() + i, kind, out.len() - start, out.len() - data);
            let at = entries + 4 * i;
            out[at..at + 4].copy_from_slice(&entry);
        }
        let size = varlena_word(out.len());
        out[..VARLENA].copy_from_slice(&size);
        buffer.align();
    }
}

/// An entry: length, or every [`STRIDE`] the offset of the end.
fn entry(i: usize, kind: u32, length: usize, end: usize) -> [u8; 4] {
    let place = if i.is_multiple_of(STRIDE) {
        end as u32 | HAS_OFFSET
    } else {
        length as u32
    };
    (kind | place).to_ne_bytes()
}

fn varlena_word(size: usize) -> [u8; 4] {
    let size = size as u32;
    let word = if cfg!(target_endian = "little") {
        size << 2
    } else {
        size
    };
    word.to_ne_bytes()
}

// NumericChoice of src/backend/utils/adt/numeric.c.
const SHORT: u16 = 0x8000;
const SHORT_NEGATIVE: u16 = 0x2000;
const SHORT_SCALE_SHIFT: u16 = 7;
const SHORT_WEIGHT_MASK: i32 = 0x007f;
const LONG_NEGATIVE: u16 = 0x4000;

/// Appends the numeric that reads back to the same float8: its shortest decimal. The number must be finite.
fn push_numeric(x: f64, out: &mut Vec<u8>) {
    let (mantissa, exponent) = shortest(x.abs());
    let scale = (-exponent).max(0);
    // The decimal point must lie between digits of base 10,000.
    let shift = exponent.rem_euclid(4);
    let mut rest = u128::from(mantissa) * 10_u128.pow(shift as u32);
    let mut digits = [0_u16; 8];
    let mut n = 0;
    while rest > 0 {
        digits[n] = (rest % 10_000) as u16;
        rest /= 10_000;
        n += 1;
    }
    let weight = if n == 0 {
        0
    } else {
        n as i32 - 1 + (exponent - shift) / 4
    };
    let zeros = digits[..n].iter().take_while(|d| **d == 0).count();
    let used = &digits[zeros..n];
    let negative = x < 0.0;
    let is_short = scale <= 0x3f && (-0x40..=0x3f).contains(&weight);
    out.extend_from_slice(&varlena_word(VARLENA + if is_short { 2 } else { 4 } + 2 * used.len()));
    if is_short {
        let sign = if negative { SHORT_NEGATIVE } else { 0 };
        let head = SHORT | sign | (scale as u16) << SHORT_SCALE_SHIFT | (weight & SHORT_WEIGHT_MASK) as u16;
        out.extend_from_slice(&head.to_ne_bytes());
    } else {
        let head = scale as u16 | if negative { LONG_NEGATIVE } else { 0 };
        out.extend_from_slice(&head.to_ne_bytes());
        out.extend_from_slice(&(weight as i16).to_ne_bytes());
    }
    used.iter().rev().for_each(|d| out.extend_from_slice(&d.to_ne_bytes()));
}

/// The shortest decimal that reads back to the same number, as mantissa and power of ten, without trailing zeros.
fn shortest(x: f64) -> (u64, i32) {
    if x == 0.0 {
        return (0, 0);
    }
    // Most features are counts or ages in whole numbers.
    let (mut mantissa, mut exponent) = if x < 1e15 && x.fract() == 0.0 {
        (x as u64, 0)
    } else {
        let mut room = ryu::Buffer::new();
        parse_decimal(room.format_finite(x).as_bytes())
    };
    while exponent < 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        exponent += 1;
    }
    (mantissa, exponent)
}

/// Digits with at most one point and perhaps an exponent.
fn parse_decimal(text: &[u8]) -> (u64, i32) {
    let (mut mantissa, mut exponent, mut after_point) = (0_u64, 0, false);
    for (i, c) in text.iter().enumerate() {
        match c {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + u64::from(c - b'0');
                exponent -= i32::from(after_point);
            }
            b'.' => after_point = true,
            _ => {
                let tail = std::str::from_utf8(&text[i + 1..]).unwrap_or_default();
                exponent += tail.parse::<i32>().unwrap_or_default();
                break;
            }
        }
    }
    (mantissa, exponent)
}

/// Room for one object, used again for the next.
#[derive(Default)]
pub struct JsonbBuffer {
    bytes: Vec<u8>,
    words: Vec<u32>,
}

impl JsonbBuffer {
    fn align(&mut self) {
        self.words.clear();
        self.words.extend(self.bytes.chunks(4).map(|chunk| {
            let mut word = [0; 4];
            word[..chunk.len()].copy_from_slice(chunk);
            u32::from_ne_bytes(word)
        }));
    }

    /// The datum; it points into this buffer and is good until the next object is written.
    pub fn datum(&self) -> pgrx::pg_sys::Datum {
        pgrx::pg_sys::Datum::from(self.words.as_ptr())
    }
}
