//! Values of a season line as datums, and back, without calling the server per value.

use dynasty_numbers::decimal::Fixed;
use dynasty_prospects::season::line::{Cell, STORED};
use pgrx::pg_sys;

/// Room for one numeric: header, sign/scale/weight word, digits of a 128-bit number in base 10,000.
#[repr(C, align(8))]
#[derive(Clone, Copy)]
struct NumericBuffer([u16; 2 + 1 + 12]);

/// Datums of one row of cells. Numerics point into this struct: it must neither move nor go between filling and use.
pub struct CellDatums {
    pub values: [pg_sys::Datum; STORED],
    pub nulls: [bool; STORED],
    numerics: [NumericBuffer; STORED],
}

impl CellDatums {
    /// Empty room, to be filled row after row.
    pub fn new() -> CellDatums {
        CellDatums {
            values: [pg_sys::Datum::from(0); STORED],
            nulls: [true; STORED],
            numerics: [NumericBuffer([0; 15]); STORED],
        }
    }

    /// Takes the values of a row.
    pub fn fill(&mut self, cells: &[Cell; STORED]) {
        for (i, cell) in cells.iter().enumerate() {
            self.nulls[i] = matches!(cell, Cell::Null);
            self.values[i] = match *cell {
                Cell::Null => pg_sys::Datum::from(0),
                Cell::Int(v) => pg_sys::Datum::from(v),
                Cell::Float(v) => pg_sys::Datum::from(v.to_bits()),
                Cell::Date(v) => pg_sys::Datum::from(v),
                Cell::Rate(rate) => {
                    write_numeric(rate, &mut self.numerics[i]);
                    pg_sys::Datum::from(self.numerics[i].0.as_ptr())
                }
            };
        }
    }
}

// The "short" form of the server's numeric (src/backend/utils/adt/numeric.c): one word of sign, scale and weight,
// then base-10,000 digits. It is the on-disk format, so it is stable; a test compares it with the server's own.
const SHORT: u16 = 0x8000;
const SHORT_NEGATIVE: u16 = 0x2000;
const SHORT_SCALE_SHIFT: u16 = 7;
const SHORT_WEIGHT_NEGATIVE: u16 = 0x0040;
const SHORT_WEIGHT_MASK: u16 = 0x003f;
const LONG_SIGN_MASK: u16 = 0xc000;

/// Writes a number of at most four decimals as the server's `make_result` would.
fn write_numeric(rate: Fixed, buffer: &mut NumericBuffer) {
    let buffer = &mut buffer.0;
    debug_assert!(rate.scale <= 4, "one base-10,000 digit after the point");
    // In ten-thousandths the decimal point lies between base-10,000 digits.
    let fraction_digits = if rate.scale == 0 { 0 } else { 1 };
    let factor = if rate.scale == 0 {
        1
    } else {
        10u128.pow(4 - rate.scale as u32)
    };
    let mut rest = rate.units.unsigned_abs() * factor;
    let mut digits = [0u16; 12];
    let mut n = 0;
    while rest > 0 {
        digits[n] = (rest % 10_000) as u16;
        rest /= 10_000;
        n += 1;
    }
    let weight = n as i16 - 1 - fraction_digits;
    let trailing_zeros = digits[..n].iter().take_while(|d| **d == 0).count();
    let used = &digits[trailing_zeros..n];

    let mut head = SHORT | ((rate.scale as u16) << SHORT_SCALE_SHIFT);
    if !used.is_empty() {
        head |= if rate.units < 0 { SHORT_NEGATIVE } else { 0 };
        head |= if weight < 0 { SHORT_WEIGHT_NEGATIVE } else { 0 } | (weight as u16 & SHORT_WEIGHT_MASK);
    }
    buffer[2] = head;
    for (to, digit) in buffer[3..].iter_mut().zip(used.iter().rev()) {
        *to = *digit;
    }
    let size = 4 + 2 + 2 * used.len() as u32;
    // A 4-byte varlena header: the length shifted by two (little-endian servers keep the two flag bits lowest).
    let header = if cfg!(target_endian = "little") {
        (size << 2).to_ne_bytes()
    } else {
        size.to_ne_bytes()
    };
    buffer[0] = u16::from_ne_bytes([header[0], header[1]]);
    buffer[1] = u16::from_ne_bytes([header[2], header[3]]);
}

/// Reads a whole number out of a numeric datum; `None` for NaN, infinities and more than 128 bits.
///
/// # Safety
/// `datum` must be a numeric.
pub unsafe fn read_whole_numeric(datum: pg_sys::Datum) -> Option<i128> {
    // SAFETY: a numeric is a varlena of 16-bit words, which after a one-byte header are not aligned.
    let (head, words) = unsafe {
        let at = pg_sys::pg_detoast_datum_packed(datum.cast_mut_ptr());
        let start = pgrx::varlena::vardata_any(at) as *const u16;
        let words = pgrx::varlena::varsize_any_exhdr(at) / 2;
        let word = move |i: usize| start.add(i).read_unaligned();
        (word(0), (0..words).map(word).collect::<Vec<u16>>())
    };
    let (negative, weight, digits) = match head & LONG_SIGN_MASK {
        SHORT => {
            let sign = if head & SHORT_WEIGHT_NEGATIVE != 0 {
                !(SHORT_WEIGHT_MASK as i16)
            } else {
                0
            };
            (
                head & SHORT_NEGATIVE != 0,
                sign | (head & SHORT_WEIGHT_MASK) as i16,
                &words[1..],
            )
        }
        0xc000 => return None,
        sign => (sign == 0x4000, *words.get(1)? as i16, &words[2..]),
    };
    let mut value = 0i128;
    for position in 0..=weight.max(-1) {
        let digit = digits.get(position as usize).copied().unwrap_or(0);
        value = value.checked_mul(10_000)?.checked_add(digit as i128)?;
    }
    Some(if negative { -value } else { value })
}
