//! How every target is run; the odds' fuzzer is run so too (crates/odds/tests/fuzz).

use crate::dice::Dice;
use std::fmt::Debug;
use std::hash::{BuildHasher, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Longer than any input of these sizes may take, even unoptimised and on a busy machine.
const TOO_LONG: Duration = Duration::from_secs(20);

fn from_env(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Draws inputs and tries them until the time is up.
pub fn fuzz<I: Debug>(target: &str, draw: impl Fn(&mut Dice) -> I, check: impl Fn(&I)) {
    let mut hasher = std::hash::RandomState::new().build_hasher();
    hasher.write(target.as_bytes());
    let seed = from_env("FUZZ_SEED").unwrap_or_else(|| hasher.finish());
    let time = Duration::from_millis(from_env("FUZZ_MILLISECONDS").unwrap_or(300));
    let mut dice = Dice::new(seed);
    let begun = Instant::now();
    let mut tried = 0_u64;
    while begun.elapsed() < time {
        let input = draw(&mut dice);
        let at = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| check(&input)));
        tried += 1;
        if outcome.is_err() || at.elapsed() > TOO_LONG {
            let dir = std::env::var_os("FUZZ_FOUND").map_or_else(std::env::temp_dir, Into::into);
            let file = dir.join(format!("{target}-{seed}-{tried}"));
            let _ = std::fs::write(&file, format!("{input:?}"));
            panic!(
                "{target}: input {tried} of seed {seed} {} ({:?}); it is in {}",
                if outcome.is_err() { "panicked" } else { "took too long" },
                at.elapsed(),
                file.display()
            );
        }
    }
    println!("fuzz {target}: {tried} inputs, seed {seed}");
}
