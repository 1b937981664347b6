//! `double precision[]` values with NULLs.

use pgrx::pg_sys;

/// The array of those values, in the current memory context.
pub fn float8_array(values: &[Option<f64>]) -> pg_sys::Datum {
    let mut datums: Vec<pg_sys::Datum> = values
        .iter()
        .map(|v| pg_sys::Datum::from(v.unwrap_or(0.0).to_bits()))
        .collect();
    let mut nulls: Vec<bool> = values.iter().map(Option::is_none).collect();
    let (mut length, mut first) = (values.len() as i32, 1);
    // SAFETY: one dimension, as long as both vectors; double precision is passed by value and aligned to 8 bytes.
    unsafe {
        let array = pg_sys::construct_md_array(
            datums.as_mut_ptr(),
            nulls.as_mut_ptr(),
            1,
            &mut length,
            &mut first,
            pg_sys::FLOAT8OID,
            8,
            true,
            pg_sys::TYPALIGN_DOUBLE as std::ffi::c_char,
        );
        pg_sys::Datum::from(array)
    }
}
