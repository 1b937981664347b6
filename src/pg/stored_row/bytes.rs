//! Values where they lie in a stored row.

use pgrx::pg_sys;

/// # Safety
/// Both places must hold that many integers; `from` need not be aligned.
#[inline(always)]
pub(super) unsafe fn copy_ints(from: *const i32, to: *mut i32, length: usize) {
    // SAFETY: the caller's promise. The usual blocks (a batting line, most of a pitching line) have a length known
    // here, so that they are a few wide moves instead of a call.
    unsafe {
        match length {
            16 => (to as *mut [i32; 16]).write_unaligned((from as *const [i32; 16]).read_unaligned()),
            8 => (to as *mut [i32; 8]).write_unaligned((from as *const [i32; 8]).read_unaligned()),
            _ => {
                for i in 0..length {
                    *to.add(i) = from.add(i).read_unaligned();
                }
            }
        }
    }
}

/// The variable-length value at `offset`, which moves behind it.
///
/// # Safety
/// A variable-length attribute of that alignment must lie there.
#[inline(always)]
pub(super) unsafe fn varlena_at(data: *const u8, offset: &mut usize, align: usize) -> *const pg_sys::varlena {
    // SAFETY: a byte that is not zero is a short header, which is not aligned; zero bytes are padding.
    unsafe {
        if *data.add(*offset) == 0 {
            *offset = (*offset + align - 1) & !(align - 1);
        }
        let at = data.add(*offset) as *const pg_sys::varlena;
        let first = *(at as *const u8);
        // A one-byte header (the usual case) holds the length; 1 itself marks a value stored out of line.
        let short = cfg!(target_endian = "little") && first & 1 == 1 && first != 1;
        *offset += if short {
            (first >> 1) as usize
        } else {
            pgrx::varlena::varsize_any(at)
        };
        at
    }
}

/// # Safety
/// `at` must point to a text value; it is expanded when it is compressed or stored out of line.
#[inline(always)]
pub(super) unsafe fn text_of<'a>(at: *const pg_sys::varlena) -> &'a [u8] {
    // SAFETY: as promised; what detoasting allocates lives in the current memory context.
    unsafe {
        let first = *(at as *const u8);
        if cfg!(target_endian = "little") && first & 1 == 1 && first != 1 {
            return std::slice::from_raw_parts((at as *const u8).add(1), (first >> 1) as usize - 1);
        }
        let plain = if first & 1 == 1 { first != 1 } else { first & 3 == 0 };
        let at = if plain {
            at
        } else {
            pg_sys::pg_detoast_datum_packed(at as *mut _) as *const _
        };
        let (start, length) = (pgrx::varlena::vardata_any(at), pgrx::varlena::varsize_any_exhdr(at));
        std::slice::from_raw_parts(start as *const u8, length)
    }
}

/// # Safety
/// A number of so many bytes must lie there.
#[inline(always)]
pub(super) unsafe fn number_at(at: *const u8, length: usize) -> i64 {
    // SAFETY: as promised; the server aligns numbers to their length.
    unsafe {
        match length {
            1 => i64::from(*at),
            2 => i64::from((at as *const i16).read()),
            4 => i64::from((at as *const i32).read_unaligned()),
            _ => (at as *const i64).read_unaligned(),
        }
    }
}
