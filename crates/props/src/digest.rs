//! Digest v1 of a snapshot (contract 2): the SHA-256 of lines joined by `\n`. The lines are jsonb texts that the server makes.

use sha2::{Digest as _, Sha256};

/// The first line.
const VERSION: &str = "dynasty.snapshot.v1";

/// Line by line, so that a board need not be held.
pub struct SnapshotDigest(Sha256);

impl SnapshotDigest {
    /// Of a snapshot with this line: `jsonb_build_array(snapshot_id, week, …)::text`.
    pub fn new(snapshot: &str) -> SnapshotDigest {
        let mut digest = SnapshotDigest(Sha256::new());
        digest.0.update(VERSION);
        digest.prop(snapshot);
        digest
    }

    /// The line of the next prop, by id.
    pub fn prop(&mut self, line: &str) {
        self.0.update("\n");
        self.0.update(line);
    }

    /// 64 hexadecimal digits.
    pub fn finish(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_of_the_whole_text() {
        let mut digest = SnapshotDigest::new("[1, 2]");
        digest.prop("[3]");
        // printf 'dynasty.snapshot.v1\n[1, 2]\n[3]' | sha256sum
        assert_eq!(
            digest.finish(),
            "aec609137c038008b48122a2ebff29b4fae03fb2f4ae096e992c05ca1ad16a30"
        );
    }
}
