//! The columns of a season line, in the order of `milb_season_stats`, and their values for given totals.

use crate::season::{COUNT_COLUMNS, COUNTS, Count, Totals};
use Count::*;
use dynasty_numbers::decimal::Fixed;
use std::sync::LazyLock;

/// One value of a season line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// Unknown.
    Null,
    /// A count (bigint).
    Int(i64),
    /// A rounded rate (numeric).
    Rate(Fixed),
    /// An unrounded number (float8).
    Float(f64),
    /// A day, as the day number the games came with.
    Date(i32),
}

/// Number of the columns that the contract names, after the key.
pub const LINE: usize = 52;
/// All stored columns: those of the line and the exact state behind `hit_consistency_cv`.
pub const STORED: usize = LINE + 2;

/// The columns of a batting line among the stored ones: the seed's, then ops and iso.
pub const BATTING_LINE: [usize; 25] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 28, 29,
];

/// Names of the stored columns after the key (prospect_id, season, level), in order.
pub const STORED_COLUMNS: [&str; STORED] = [
    "games_played",
    "total_pa",
    "total_ab",
    "total_hits",
    "total_2b",
    "total_3b",
    "total_hr",
    "total_r",
    "total_rbi",
    "total_bb",
    "total_so",
    "total_sb",
    "total_cs",
    "avg",
    "obp",
    "slg",
    "bb_percent",
    "k_percent",
    "multi_hit_games",
    "extra_base_hit_games",
    "hit_consistency_cv",
    "season_start",
    "season_end",
    "total_ibb",
    "total_hbp",
    "total_sf",
    "total_sh",
    "total_gidp",
    "ops",
    "iso",
    "golden_sombrero_games",
    "games_pitched",
    "games_started",
    "total_outs",
    "total_bf",
    "total_hits_allowed",
    "total_runs_allowed",
    "total_er",
    "total_hr_allowed",
    "total_bb_allowed",
    "total_so_pitched",
    "total_hit_batsmen",
    "total_pitches_thrown",
    "total_wins",
    "total_losses",
    "total_saves",
    "innings_pitched",
    "era",
    "whip",
    "fip",
    "k_per_9",
    "bb_per_9",
    "hits_known_games",
    "hits_squared",
];

/// The values of the stored columns, in the order of [`STORED_COLUMNS`].
pub fn stored_cells(totals: &Totals) -> [Cell; STORED] {
    let rates = totals.rates();
    let sum = |count: Count| totals.sum(count).map_or(Cell::Null, Cell::Int);
    let rate = |r: Option<Fixed>| r.map_or(Cell::Null, Cell::Rate);
    // Only the aggregate can meet games without a date; the table's are NOT NULL.
    let date = |d: i32| {
        if totals.first_date <= totals.last_date {
            Cell::Date(d)
        } else {
            Cell::Null
        }
    };
    [
        Cell::Int(totals.games),
        sum(PlateAppearances),
        sum(AtBats),
        sum(Hits),
        sum(Doubles),
        sum(Triples),
        sum(HomeRuns),
        sum(Runs),
        sum(Rbi),
        sum(Walks),
        sum(Strikeouts),
        sum(StolenBases),
        sum(CaughtStealing),
        rate(rates.avg),
        rate(rates.obp),
        rate(rates.slg),
        rate(rates.bb_percent),
        rate(rates.k_percent),
        Cell::Int(totals.multi_hit_games),
        Cell::Int(totals.extra_base_hit_games),
        totals.hit_consistency_cv().map_or(Cell::Null, Cell::Float),
        date(totals.first_date),
        date(totals.last_date),
        sum(IntentionalWalks),
        sum(HitByPitch),
        sum(SacrificeFlies),
        sum(SacrificeHits),
        sum(GroundIntoDoublePlay),
        rate(rates.ops),
        rate(rates.iso),
        Cell::Int(totals.golden_sombrero_games),
        Cell::Int(totals.games_pitched),
        sum(GamesStarted),
        sum(OutsPitched),
        sum(BattersFaced),
        sum(HitsAllowed),
        sum(RunsAllowed),
        sum(EarnedRuns),
        sum(HomeRunsAllowed),
        sum(WalksAllowed),
        sum(StrikeoutsPitched),
        sum(HitBatsmen),
        sum(PitchesThrown),
        sum(Wins),
        sum(Losses),
        sum(Saves),
        rate(rates.innings_pitched),
        rate(rates.era),
        rate(rates.whip),
        rate(rates.fip),
        rate(rates.k_per_9),
        rate(rates.bb_per_9),
        Cell::Int(totals.hits_known_games),
        Cell::Rate(Fixed {
            units: totals.hits_squared,
            scale: 0,
        }),
    ]
}

/// Where the sum of each count stands among the stored columns.
static SUM_POSITIONS: LazyLock<[usize; COUNTS]> = LazyLock::new(|| COUNT_COLUMNS.map(|(_, column)| position(column)));

/// The position of a stored column.
///
/// # Panics
/// For a name that is none, which only a slip in this file can bring about.
fn position(column: &str) -> usize {
    STORED_COLUMNS
        .iter()
        .position(|c| *c == column)
        .unwrap_or_else(|| panic!("{column} is not a stored column"))
}

/// The totals behind stored columns: the inverse of [`stored_cells`]. `None` when a column that is never NULL is.
pub fn totals_of(cells: &[Cell; STORED]) -> Option<Totals> {
    let int = |at: usize| match cells[at] {
        Cell::Int(v) => Some(v),
        _ => None,
    };
    let date = |at: usize| match cells[at] {
        Cell::Date(v) => Some(v),
        _ => None,
    };
    let hits_squared = match cells[STORED - 1] {
        Cell::Rate(Fixed { units, scale: 0 }) => units,
        _ => return None,
    };
    let mut totals = Totals {
        hits_squared,
        games: int(0)?,
        multi_hit_games: int(18)?,
        extra_base_hit_games: int(19)?,
        golden_sombrero_games: int(30)?,
        games_pitched: int(31)?,
        hits_known_games: int(STORED - 2)?,
        first_date: date(21)?,
        last_date: date(22)?,
        ..Totals::default()
    };
    for (i, at) in SUM_POSITIONS.iter().enumerate() {
        if let Some(sum) = int(*at) {
            totals.sums[i] = sum;
            totals.known |= 1 << i;
        }
    }
    Some(totals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::Game;

    #[test]
    fn totals_survive_being_stored() {
        let mut totals = Totals::default();
        for day in 1..5 {
            let mut game = Game::on(day);
            game.set(Hits, day);
            game.set(AtBats, 4);
            totals.add(&game);
        }
        assert_eq!(totals_of(&stored_cells(&totals)), Some(totals));
    }

    #[test]
    fn a_batting_line_is_the_seeds_columns_then_ops_and_iso() {
        let names = BATTING_LINE.map(|at| STORED_COLUMNS[at]);
        assert_eq!(
            (names[0], names[22], names[23], names[24]),
            ("games_played", "season_end", "ops", "iso")
        );
    }

    #[test]
    fn every_sum_has_its_column() {
        for (_, column) in COUNT_COLUMNS {
            assert!(STORED_COLUMNS.contains(&column), "{column}");
        }
    }
}
