//! A league written down, for the other tests to read.

use crate::levels::Level;
use crate::simulate::calendar::Day;
use crate::simulate::career::Status;
use crate::simulate::lines::{BattingLine, PitchingLine};
use crate::simulate::*;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A game of a prospect, kept.
pub struct Game {
    pub player: u32,
    pub day: Day,
    pub season: i32,
    pub game_type: Option<&'static str>,
    pub team: String,
    pub opponent: String,
    pub is_home: bool,
    pub level: Level,
    pub game: u64,
    pub game_number: u8,
    pub bat: Option<BattingLine>,
    pub arm: Option<PitchingLine>,
    /// What COPY gets.
    pub text: String,
}

/// Everything a league hands out, in order.
#[derive(Default)]
pub struct Ledger {
    pub games: Vec<Game>,
    pub scouting: Vec<ScoutingRow>,
    pub advanced: Vec<AdvancedRow>,
    pub majors: Vec<MajorsRow>,
    /// Whether the text of games is kept, too.
    keep_text: bool,
}

impl Sink for Ledger {
    fn game(&mut self, row: &GameRow<'_>) {
        let mut text = String::new();
        if self.keep_text {
            row.copy_text(row.player as i32 + 1, row.game as i64, &mut text);
        }
        self.games.push(Game {
            player: row.player,
            day: row.day,
            season: row.season,
            game_type: row.game_type,
            team: row.team.to_string(),
            opponent: row.opponent.to_string(),
            is_home: row.is_home,
            level: row.level,
            game: row.game,
            game_number: row.game_number,
            bat: row.bat,
            arm: row.arm,
            text,
        });
    }

    fn scouting(&mut self, row: &ScoutingRow) {
        self.scouting.push(row.clone());
    }

    fn advanced(&mut self, row: &AdvancedRow) {
        self.advanced.push(*row);
    }

    fn majors(&mut self, row: &MajorsRow) {
        self.majors.push(*row);
    }
}

/// A league that has been played.
pub struct Played {
    pub config: Config,
    pub league: League,
    pub ledger: Ledger,
    /// The last season of those who were released or retired.
    pub last_seasons: BTreeMap<u32, i32>,
}

/// Plays a league.
pub fn played(config: Config, keep_text: bool) -> Played {
    let mut league = League::new(&config);
    let mut ledger = Ledger {
        keep_text,
        ..Ledger::default()
    };
    let mut last_seasons = BTreeMap::new();
    for year in config.first_season..=config.last_season {
        league.season(year, &mut ledger);
        for career in league.careers.iter().filter(|c| c.status == Status::Out) {
            last_seasons.entry(career.person.number).or_insert(year);
        }
    }
    Played {
        config,
        league,
        ledger,
        last_seasons,
    }
}

/// A small league, for what must hold of every row.
pub fn small() -> &'static Played {
    static SMALL: OnceLock<Played> = OnceLock::new();
    SMALL.get_or_init(|| {
        let config = Config {
            prospects: 600,
            first_season: 2015,
            last_season: 2019,
            seed: 11,
        };
        played(config, true)
    })
}

/// A larger one around the year without games, for what holds on the whole.
pub fn wide() -> &'static Played {
    static WIDE: OnceLock<Played> = OnceLock::new();
    WIDE.get_or_init(|| {
        let config = Config {
            prospects: 3_000,
            first_season: 2016,
            last_season: 2022,
            seed: 5,
        };
        played(config, false)
    })
}
