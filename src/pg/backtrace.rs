//! Keeps the inside of the library out of error messages.

/// From now on this library takes no backtraces, whatever `RUST_BACKTRACE` the server was started with: pgrx would write them
/// into the DETAIL of every error that comes from below, for every client to read. A debug build goes on writing them.
pub fn keep_out_of_errors() {
    if cfg!(debug_assertions) {
        return;
    }
    const VARIABLE: &str = "RUST_LIB_BACKTRACE";
    let before = std::env::var_os(VARIABLE);
    // The answer of the first capture is remembered by the copy of the standard library that is linked in here. Other
    // libraries in the same backend have copies of their own and may think otherwise, so the variable is put back.
    // SAFETY: a backend has one thread, and nothing of ours keeps a pointer into the environment.
    unsafe { std::env::set_var(VARIABLE, "0") };
    drop(std::backtrace::Backtrace::capture());
    // SAFETY: as above.
    unsafe {
        match before {
            Some(value) => std::env::set_var(VARIABLE, value),
            None => std::env::remove_var(VARIABLE),
        }
    }
}
