//! The same seed gives the same league, to the byte.

use crate::simulate::*;

/// FNV-1a over everything a league writes: no hasher of the standard library promises to stay as it is.
struct Digest {
    hash: u64,
    rows: u64,
    text: String,
}

impl Digest {
    fn take(&mut self) {
        for byte in self.text.bytes() {
            self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self.rows += 1;
        self.text.clear();
    }
}

impl Sink for Digest {
    fn game(&mut self, row: &GameRow<'_>) {
        row.copy_text(row.player as i32, row.game as i64, &mut self.text);
        self.take();
    }
    fn scouting(&mut self, row: &ScoutingRow) {
        row.copy_text(row.player as i32, &mut self.text);
        self.take();
    }
    fn advanced(&mut self, row: &AdvancedRow) {
        row.copy_text(row.player as i32, &mut self.text);
        self.take();
    }
    fn majors(&mut self, row: &MajorsRow) {
        row.copy_text(row.player as i32, &mut self.text);
        self.take();
    }
}

fn digest(seed: u64) -> (u64, u64) {
    let config = Config {
        prospects: 150,
        first_season: 2017,
        last_season: 2019,
        seed,
    };
    let mut league = League::new(&config);
    let mut digest = Digest {
        hash: 0xcbf2_9ce4_8422_2325,
        rows: 0,
        text: String::new(),
    };
    league.run(&mut digest);
    for player in 0..config.prospects {
        league.prospect_text(seed, player as usize, player as i32, "{}", &mut digest.text);
        digest.take();
    }
    (digest.hash, digest.rows)
}

#[test]
fn the_same_seed_is_the_same_league_on_any_thread() {
    let here = digest(1);
    assert!(here.1 > 1_000);
    let others: Vec<_> = (0..3).map(|_| std::thread::spawn(|| digest(1))).collect();
    for other in others {
        assert_eq!(other.join().expect("a digest"), here);
    }
}

#[test]
fn another_seed_is_another_league() {
    let digests: std::collections::BTreeSet<_> = [1, 2, 3, u64::MAX].map(|seed| digest(seed).0).into();
    assert_eq!(digests.len(), 4);
}

#[test]
fn season_by_season_is_the_same_as_at_once() {
    let config = Config {
        prospects: 60,
        first_season: 2018,
        last_season: 2019,
        seed: 4,
    };
    let digests = [false, true].map(|at_once| {
        let mut league = League::new(&config);
        let mut digest = Digest {
            hash: 0xcbf2_9ce4_8422_2325,
            rows: 0,
            text: String::new(),
        };
        if at_once {
            league.run(&mut digest);
        } else {
            (2018..=2019).for_each(|year| league.season(year, &mut digest));
        }
        digest.hash
    });
    assert_eq!(digests[0], digests[1]);
}
