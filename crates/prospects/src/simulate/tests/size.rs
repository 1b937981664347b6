//! How large the league of the benchmarks is.

use crate::simulate::*;

struct Count(u64);

impl Sink for Count {
    fn game(&mut self, _: &GameRow<'_>) {
        self.0 += 1;
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow without optimisation")]
fn nine_thousand_prospects_play_nine_hundred_thousand_games() {
    let config = Config {
        prospects: 9_000,
        first_season: 2010,
        last_season: 2024,
        seed: 1,
    };
    let mut count = Count(0);
    League::new(&config).run(&mut count);
    assert!((810_000..=990_000).contains(&count.0), "{}", count.0);
}
