//! Games against those that are stored: the same game under another key, a line with the other club, and games that are gone.

use super::arguments::remark;
use super::ready::{Ready, write};
use super::suspects::{Described, KnownRow, Suspects};
use crate::pg::border::connect_mut;
use crate::pg::memory::checkpoint;
use crate::pg::sql_text::Text;
use crate::prospects::tables::GAME_LOGS;
use crate::shared::answer::Report;
use crate::shared::arguments::Of;
use crate::shared::upsert::{PORTION, Target, json};
use dynasty_intake::row::Row;
use dynasty_prospects::api::game_log::{GameKey, GameLogRow};
use pgrx::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Rows of a load ([`Described`]) as `$1`.
const GAMES: &str = "pg_catalog.json_to_recordset($1::pg_catalog.json) AS i(n int, prospect_id int, season int, game_type text, game_pk bigint, \
     game_date date, game_number int, level text, team text, is_home bool, batted bool, pitched bool)";

/// Games of the load, as they are to be written.
pub struct Games {
    /// By gamePk.
    keyed: Vec<Ready<GameLogRow>>,
    /// By date, number, level and club.
    dated: Vec<Ready<GameLogRow>>,
    /// By the id of the stored row that is the same game under the other key.
    met: Vec<Ready<GameLogRow>>,
}

/// Finds out which rows are games that are stored under the other key, or lines that a stored one does not go with; the latter
/// are rejected.
pub fn sort_out(of: Of, rows: Vec<KnownRow>, report: &mut Report) -> Games {
    let mut games = Games {
        keyed: Vec::new(),
        dated: Vec::new(),
        met: Vec::new(),
    };
    let mut rows = rows.into_iter();
    let mut taken = HashSet::new();
    loop {
        let mut portion: Vec<KnownRow> = rows.by_ref().take(PORTION).collect();
        if portion.is_empty() {
            return games;
        }
        checkpoint();
        let suspects = Suspects::among(&portion);
        let mut met = stored_under_the_other_key(of, &suspects.with_the_other_key);
        let mut clashes = stored_for_the_other_club(of, &suspects.for_the_other_club);
        for (n, (known, mut ready)) in portion.drain(..).enumerate() {
            // Two games of a load are not one that is stored.
            let same = met.remove(&n).filter(|id| taken.insert(*id));
            if let Some((stored, club)) = clashes.remove(&n) {
                report.reject(ready.place.reject(
                    ready.mlb_id,
                    format!(
                        "the stored line of this game is with {stored:?}, this one with {club:?}: his lines with both clubs are added up when one call brings both"
                    ),
                ));
            } else if let Some(id) = same {
                ready.row.change(|row| row.id = Some(id));
                games.met.push(ready);
            } else if matches!(known.key, GameKey::GamePk(_)) {
                games.keyed.push(ready);
            } else {
                games.dated.push(ready);
            }
        }
    }
}

/// A game that is stored without gamePk and comes with it, or the other way round: nobody plays two first games of a day for one
/// club. Where either side does not name the club there must be one such game only.
fn stored_under_the_other_key(of: Of, described: &[Described]) -> HashMap<usize, i64> {
    if described.is_empty() {
        return HashMap::new();
    }
    let query = format!(
        "SELECT i.n, pg_catalog.min(t.id) FROM {GAMES} \
         JOIN dynasty.milb_game_logs t ON t.prospect_id = i.prospect_id AND t.game_date = i.game_date AND t.game_number = i.game_number \
          AND t.level = i.level AND (t.game_pk IS NULL) = (i.game_pk IS NOT NULL) AND (t.team = i.team OR t.team IS NULL OR i.team IS NULL) \
         WHERE NOT EXISTS (SELECT FROM dynasty.milb_game_logs o WHERE o.prospect_id = i.prospect_id AND o.game_pk = i.game_pk) \
           AND NOT (i.game_pk IS NULL AND EXISTS ( \
               SELECT FROM dynasty.milb_game_logs o \
               WHERE o.prospect_id = i.prospect_id AND o.game_date = i.game_date AND o.game_number = i.game_number AND o.level = i.level \
                 AND o.team IS NOT DISTINCT FROM i.team AND o.game_pk IS NULL)) \
         GROUP BY i.n HAVING pg_catalog.count(*) = 1"
    );
    let found = connect_mut(|client| -> spi::Result<Vec<(Option<i32>, Option<i64>)>> {
        client
            .update(&query, None, &[Text(json(of, &described)).into()])?
            .map(|row| Ok((row.get(1)?, row.get(2)?)))
            .collect()
    });
    of.done(found)
        .into_iter()
        .filter_map(|(n, id)| Some((usize::try_from(n?).ok()?, id?)))
        .collect()
}

/// A row's number, the stored line's club, and its own.
type Clash = (Option<i32>, Option<Text>, Option<Text>);

/// A line with one club of a game whose stored line is with the other, or with both: it would take its place. Names alone may differ
/// between sources, so the side must be another one too.
fn stored_for_the_other_club(of: Of, described: &[Described]) -> HashMap<usize, (String, String)> {
    if described.is_empty() {
        return HashMap::new();
    }
    let query = format!(
        "SELECT i.n, t.team::pg_catalog.text, i.team FROM {GAMES} \
         JOIN dynasty.milb_game_logs t ON t.prospect_id = i.prospect_id AND t.game_pk = i.game_pk \
         WHERE t.team <> i.team AND (t.is_home <> i.is_home OR t.is_home IS NULL AND i.is_home IS NOT NULL \
                AND pg_catalog.strpos(' / ' || t.team || ' / ', ' / ' || i.team || ' / ') > 0) \
           AND (i.batted AND COALESCE(t.plate_appearances, t.at_bats, t.hits) IS NOT NULL \
                OR i.pitched AND COALESCE(t.outs_pitched, t.batters_faced, t.hits_allowed) IS NOT NULL)"
    );
    let found = connect_mut(|client| -> spi::Result<Vec<Clash>> {
        client
            .update(&query, None, &[Text(json(of, &described)).into()])?
            .map(|row| Ok((row.get(1)?, row.get(2)?, row.get(3)?)))
            .collect()
    });
    of.done(found)
        .into_iter()
        .filter_map(|(n, stored, club)| Some((usize::try_from(n?).ok()?, (stored?.0, club?.0))))
        .collect()
}

impl Games {
    /// Writes them.
    pub fn write(&self, of: Of, data_source: &str, report: &mut Report) {
        let from = |row: &mut GameLogRow| row.data_source = Some(data_source.to_string());
        let without_id: Vec<&str> = GameLogRow::COLUMNS.iter().copied().filter(|c| *c != "id").collect();
        let mut target = Target {
            table: GAME_LOGS,
            key: &["prospect_id", "game_pk"],
            key_where: "",
            stamped: false,
            merge: as_it_was_where_that_says_more,
            guard: None,
        };
        write(of, &self.keyed, &target, &without_id, &from, report);
        target.key = &["prospect_id", "game_date", "game_number", "level", "team"];
        target.key_where = "WHERE game_pk IS NULL";
        write(of, &self.dated, &target, &without_id, &from, report);
        target.key = &["id"];
        target.key_where = "";
        write(of, &self.met, &target, GameLogRow::COLUMNS, &from, report);
    }

    fn all(&self) -> impl Iterator<Item = &Ready<GameLogRow>> {
        self.keyed.iter().chain(&self.dated).chain(&self.met)
    }

    /// Removes the games of `data_source` that a reply does not have any more, of each player in the seasons, levels and game types
    /// that it holds of him (flagship contract 10.7); answers how many. A game is left that has a line of a group (batting, pitching)
    /// the reply does not hold. Where an element of a player was rejected the reply is not all there is, and nothing of him is removed.
    pub fn remove_gone(&self, of: Of, data_source: &str, report: &Report) -> i64 {
        let rejected: BTreeSet<Option<i32>> = report.rejects().iter().map(|r| r.subject.map(|(_, id)| id)).collect();
        // What is not listed may be anybody's.
        let all_listed = report.rejects().count() == report.rejects().len();
        let mut by_prospect: BTreeMap<i32, Vec<&Ready<GameLogRow>>> = BTreeMap::new();
        let mut kept_back = BTreeSet::new();
        for ready in self.all() {
            let Some(id) = ready.prospect_id else { continue };
            if !all_listed || rejected.contains(&None) || rejected.contains(&ready.mlb_id) {
                kept_back.insert(id);
            } else {
                by_prospect.entry(id).or_default().push(ready);
            }
        }
        if !kept_back.is_empty() {
            let remark_on = format!(
                "of {} player(s) with rejected elements no games were removed: their reply is not complete",
                kept_back.len()
            );
            remark(of, &[remark_on]);
        }
        let mut removed = 0;
        let mut portion = Vec::new();
        for rows in by_prospect.into_values() {
            portion.extend(rows.into_iter().map(|ready| Described::of(0, ready)));
            if portion.len() >= PORTION {
                removed += delete_others(of, &portion, data_source);
                portion.clear();
            }
        }
        if !portion.is_empty() {
            removed += delete_others(of, &portion, data_source);
        }
        removed
    }
}

/// Deletes the games of the players of `held` that are not among them. A stored game is told by its gamePk, or, where one of the two
/// has none, by day, number, level and club, which either may not say. All of a key are looked at together instead of joined: a join
/// of what the server thinks is small may be a loop within a loop.
fn delete_others(of: Of, held: &[Described], data_source: &str) -> i64 {
    checkpoint();
    let statement = format!(
        "WITH held AS MATERIALIZED (SELECT i.* FROM {GAMES}), \
         scopes AS MATERIALIZED ( \
            SELECT h.prospect_id, h.season, h.level, h.game_type, g.batted, g.pitched FROM held h \
            JOIN (SELECT h.prospect_id, pg_catalog.bool_or(h.batted) AS batted, pg_catalog.bool_or(h.pitched) AS pitched \
                  FROM held h GROUP BY h.prospect_id) g ON g.prospect_id = h.prospect_id \
            GROUP BY 1, 2, 3, 4, 5, 6), \
         stored AS MATERIALIZED ( \
            SELECT t.* FROM scopes s CROSS JOIN LATERAL ( \
                SELECT t.id, t.prospect_id, t.game_pk, t.game_date, t.game_number, t.level::pg_catalog.text, t.team::pg_catalog.text \
                FROM dynasty.milb_game_logs t \
                WHERE t.prospect_id = s.prospect_id AND t.season = s.season AND t.level = s.level \
                  AND t.game_type IS NOT DISTINCT FROM s.game_type AND t.data_source = $2 \
                  AND (s.batted OR COALESCE(t.plate_appearances, t.at_bats, t.hits) IS NULL) \
                  AND (s.pitched OR COALESCE(t.outs_pitched, t.batters_faced, t.hits_allowed) IS NULL) OFFSET 0) t), \
         looked AS ( \
            SELECT u.*, pg_catalog.bool_or(u.id IS NULL) OVER (PARTITION BY u.prospect_id, u.game_pk) AS keyed, \
                   pg_catalog.bool_or(u.id IS NULL) OVER day AS day, \
                   pg_catalog.bool_or(u.id IS NULL AND u.game_pk IS NULL) OVER day AS day_unkeyed, \
                   pg_catalog.bool_or(u.id IS NULL AND u.team IS NULL) OVER day AS day_clubless, \
                   pg_catalog.bool_or(u.id IS NULL AND u.game_pk IS NULL AND u.team IS NULL) OVER day AS day_bare, \
                   pg_catalog.bool_or(u.id IS NULL) OVER club AS club, \
                   pg_catalog.bool_or(u.id IS NULL AND u.game_pk IS NULL) OVER club AS club_unkeyed \
            FROM (SELECT NULL::bigint AS id, h.prospect_id, h.game_pk, h.game_date, h.game_number, h.level, h.team FROM held h \
                  UNION ALL SELECT * FROM stored) u \
            WINDOW day AS (PARTITION BY u.prospect_id, u.game_date, u.game_number, u.level), \
                   club AS (PARTITION BY u.prospect_id, u.game_date, u.game_number, u.level, u.team)), \
         gone AS ( \
            DELETE FROM dynasty.milb_game_logs t USING looked g \
            WHERE t.id = g.id AND t.prospect_id = g.prospect_id AND NOT ( \
                g.game_pk IS NOT NULL AND g.keyed \
                OR g.day_bare OR g.game_pk IS NULL AND g.day_clubless OR g.team IS NULL AND g.day_unkeyed \
                OR g.game_pk IS NULL AND g.team IS NULL AND g.day \
                OR g.team IS NOT NULL AND (g.club_unkeyed OR g.game_pk IS NULL AND g.club)) \
            RETURNING 1) \
         SELECT pg_catalog.count(*) FROM gone"
    );
    let removed = connect_mut(|client| {
        client
            .update(
                &statement,
                None,
                &[Text(json(of, &held)).into(), Text(data_source.to_string()).into()],
            )?
            .first()
            .get_one::<i64>()
    });
    of.done(removed).unwrap_or(0)
}

/// The number of a game is NOT NULL with 1 for "not said", so a 1 does not undo the 2 of a doubleheader. And a line with one of two
/// clubs whose lines are added up (the pitching beside the batting) does not make it the only one.
fn as_it_was_where_that_says_more(column: &str) -> Option<String> {
    const OF_BOTH: &str = "t.team <> excluded.team AND \
         pg_catalog.strpos(' / ' || t.team || ' / ', ' / ' || excluded.team || ' / ') > 0";
    match column {
        "game_number" => Some("GREATEST(excluded.game_number, t.game_number)".to_string()),
        "team" | "opponent" | "is_home" => Some(format!(
            "CASE WHEN {OF_BOTH} THEN t.{column} ELSE COALESCE(excluded.{column}, t.{column}) END"
        )),
        _ => None,
    }
}
