//! Rows as the tables want them, and their text for COPY.

use super::advanced::AdvancedRow;
use super::calendar::{Day, civil};
use super::career::{Career, Status};
use super::clubs::{Clubs, organisation};
use super::lines::{BattingLine, PitchingLine};
use super::majors::MajorsRow;
use super::names;
use super::scouting::ScoutingRow;
use super::signing::draft_year;
use crate::levels::Level;
use std::fmt::Write;

/// A game of a prospect.
#[derive(Clone, Copy, Debug)]
pub struct GameRow<'a> {
    /// His number in the league, from 0.
    pub player: u32,
    /// The day, as a Julian day number.
    pub day: Day,
    /// The season.
    pub season: i32,
    /// Regular, Playoffs, Spring; `None` where the source does not say.
    pub game_type: Option<&'static str>,
    /// His club.
    pub team: &'a str,
    /// The other club.
    pub opponent: &'a str,
    /// At home.
    pub is_home: bool,
    /// The level.
    pub level: Level,
    /// The game, from 0, unique in the league.
    pub game: u64,
    /// 2 for the second game of a doubleheader.
    pub game_number: u8,
    /// What he did at bat.
    pub bat: Option<BattingLine>,
    /// What he did on the mound.
    pub arm: Option<PitchingLine>,
    /// Which counts the source of this game lacks.
    pub missing: Missing,
}

/// Counts a source does not report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// Pitches seen and thrown.
    pub pitches: bool,
    /// Fly outs apart from other outs in the air.
    pub fly_outs: bool,
    /// Ground and air outs.
    pub batted_balls: bool,
}

/// The columns of milb_game_logs that are written, in order.
pub const GAME_COLUMNS: &str = "prospect_id,game_date,season,game_type,team,opponent,is_home,level,games_played,\
plate_appearances,at_bats,runs,hits,doubles,triples,home_runs,rbi,walks,intentional_walks,strikeouts,stolen_bases,\
caught_stealing,hit_by_pitch,sacrifice_flies,sacrifice_hits,batting_avg,on_base_pct,slugging_pct,ops,babip,ground_outs,\
air_outs,fly_outs,ground_into_double_play,pitches_seen,left_on_base,data_source,game_pk,game_number,games_started,\
outs_pitched,batters_faced,hits_allowed,runs_allowed,earned_runs,home_runs_allowed,walks_allowed,\
intentional_walks_allowed,strikeouts_pitched,hit_batsmen,wild_pitches,pitches_thrown,strikes_thrown,\
ground_outs_pitched,air_outs_pitched,wins,losses,saves,holds";

/// The columns of prospects that are written, in order.
pub const PROSPECT_COLUMNS: &str = "mlb_id,name,position,bats,throws,height_inches,weight_lbs,birth_date,birth_country,\
birth_city,draft_year,draft_round,draft_pick,draft_team,signing_bonus_usd,current_team,current_organization,\
current_level,data_sources";

/// The columns of mlb_stats that are written, in order.
pub const MAJORS_COLUMNS: &str = "prospect_id,season,mlb_debut_date,mlb_service_days,games_played,plate_appearances,\
at_bats,runs,hits,doubles,triples,home_runs,rbi,walks,strikeouts,stolen_bases,caught_stealing,hit_by_pitch,\
sacrifice_flies,batting_avg,on_base_pct,slugging_pct,ops,ops_plus,ground_balls,fly_balls,line_drives,war,data_source,\
games_pitched,games_started,outs_pitched,batters_faced,hits_allowed,runs_allowed,earned_runs,home_runs_allowed,\
walks_allowed,strikeouts_pitched,hit_batsmen,wins,losses,saves";

/// The columns of scouting_grades that are written, in order.
pub const SCOUTING_COLUMNS: &str = "prospect_id,source,ranking_year,rank_overall,future_value,risk_level,eta_year,\
hit_present,hit_future,power_present,power_future,raw_power_present,raw_power_future,speed_present,speed_future,\
field_present,field_future,arm_present,arm_future,fastball_grade,slider_grade,curveball_grade,changeup_grade,\
control_grade,command_grade,dynasty_rank,date_recorded";

/// The columns of milb_advanced_stats that are written, in order.
pub const ADVANCED_COLUMNS: &str = "prospect_id,season,level,wrc,wraa,woba,wrc_plus,iso,gb_percent,fb_percent,\
ld_percent,iffb_percent,hr_per_fb,pull_percent,cent_percent,oppo_percent,swing_strike_percent,contact_percent,\
zone_percent,o_swing_percent,z_swing_percent,speed_score,wbsr,hard_contact_percent,medium_contact_percent,\
soft_contact_percent,data_source";

/// What marks a simulated row.
pub const DATA_SOURCE: &str = "simulated";

/// A row being written: fields in COPY's text format.
pub struct Fields<'a> {
    out: &'a mut String,
    first: bool,
}

impl<'a> Fields<'a> {
    /// Begins a row.
    pub fn new(out: &'a mut String) -> Fields<'a> {
        Fields { out, first: true }
    }

    fn separate(&mut self) {
        if !self.first {
            self.out.push('\t');
        }
        self.first = false;
    }

    /// A NULL.
    fn null(&mut self) {
        self.separate();
        self.out.push_str("\\N");
    }

    /// A number, or NULL.
    fn number(&mut self, value: Option<impl Into<i64>>) {
        match value {
            None => self.null(),
            Some(value) => {
                self.separate();
                let value: i64 = value.into();
                // One digit is the most frequent number by far.
                if (0..10).contains(&value) {
                    self.out.push(char::from(b'0' + value as u8));
                } else {
                    // Writing to a String does not fail.
                    let _ = write!(self.out, "{value}");
                }
            }
        }
    }

    /// Text without characters COPY would have to escape, or NULL.
    fn text(&mut self, value: Option<&str>) {
        match value {
            None => self.null(),
            Some(value) => {
                self.separate();
                self.out.push_str(value);
            }
        }
    }

    fn date(&mut self, value: Option<Day>) {
        match value {
            None => self.null(),
            Some(value) => {
                self.separate();
                let (year, month, day) = civil(value);
                let _ = write!(self.out, "{year:04}-{month:02}-{day:02}");
            }
        }
    }

    /// value / 10^places.
    fn decimal(&mut self, value: Option<i32>, places: usize) {
        match value {
            None => self.null(),
            Some(value) => {
                self.separate();
                let unit = 10_u32.pow(places as u32);
                let sign = if value < 0 { "-" } else { "" };
                let size = value.unsigned_abs();
                let _ = write!(self.out, "{sign}{}.{:0places$}", size / unit, size % unit);
            }
        }
    }

    fn end(self) {
        self.out.push('\n');
    }
}

/// part / whole in thousandths, half up; `None` over nothing.
fn rate(part: u32, whole: u32) -> Option<i32> {
    (whole > 0).then(|| ((2000 * u64::from(part) + u64::from(whole)) / (2 * u64::from(whole))) as i32)
}

/// The exact sum of two fractions in thousandths, half up.
fn rate_sum(a: (u32, u32), b: (u32, u32)) -> Option<i32> {
    let (n, d) = (
        u64::from(a.0) * u64::from(b.1) + u64::from(b.0) * u64::from(a.1),
        u64::from(a.1) * u64::from(b.1),
    );
    (d > 0).then(|| ((2000 * n + d) / (2 * d)) as i32)
}

impl GameRow<'_> {
    /// Appends the row; `prospect_id` and the game's key come from outside.
    pub fn copy_text(&self, prospect_id: i32, game_pk: i64, out: &mut String) {
        let mut f = Fields::new(out);
        f.number(Some(prospect_id));
        f.date(Some(self.day));
        f.number(Some(self.season));
        f.text(self.game_type);
        f.text(Some(self.team));
        f.text(Some(self.opponent));
        f.text(Some(if self.is_home { "t" } else { "f" }));
        f.text(Some(self.level.name()));
        f.number(Some(1));
        self.batting(&mut f);
        f.text(Some(DATA_SOURCE));
        f.number(Some(game_pk));
        f.number(Some(i64::from(self.game_number)));
        self.pitching(&mut f);
        f.end();
    }

    fn batting(&self, f: &mut Fields<'_>) {
        let Some(l) = &self.bat else {
            (0..27).for_each(|_| f.null());
            return;
        };
        for x in [
            l.pa, l.ab, l.r, l.h, l.b2, l.b3, l.hr, l.rbi, l.bb, l.ibb, l.so, l.sb, l.cs, l.hbp, l.sf, l.sh,
        ] {
            f.number(Some(x));
        }
        let w = u32::from;
        let bases = w(l.h) + w(l.b2) + 2 * w(l.b3) + 3 * w(l.hr);
        let on = (w(l.h) + w(l.bb) + w(l.hbp), w(l.ab) + w(l.bb) + w(l.hbp) + w(l.sf));
        f.decimal(rate(w(l.h), w(l.ab)), 3);
        f.decimal(rate(on.0, on.1), 3);
        f.decimal(rate(bases, w(l.ab)), 3);
        f.decimal(rate_sum(on, (bases, w(l.ab))), 3);
        let in_play = w(l.ab) + w(l.sf) - w(l.so) - w(l.hr);
        f.decimal(rate(w(l.h) - w(l.hr), in_play), 3);
        f.number((!self.missing.batted_balls).then_some(l.ground_outs));
        f.number((!self.missing.batted_balls).then_some(l.air_outs));
        f.number((!self.missing.fly_outs && !self.missing.batted_balls).then_some(l.fly_outs));
        f.number(Some(l.gidp));
        f.number((!self.missing.pitches).then_some(l.pitches));
        f.number(Some(l.lob));
    }

    fn pitching(&self, f: &mut Fields<'_>) {
        let Some(l) = &self.arm else {
            (0..20).for_each(|_| f.null());
            return;
        };
        for x in [l.gs, l.outs, l.bf, l.h, l.r, l.er, l.hr, l.bb, l.ibb, l.k, l.hb, l.wp] {
            f.number(Some(x));
        }
        f.number((!self.missing.pitches).then_some(l.pitches));
        f.number((!self.missing.pitches).then_some(l.strikes));
        f.number((!self.missing.batted_balls).then_some(l.ground_outs));
        f.number((!self.missing.batted_balls).then_some(l.air_outs));
        for x in [l.w, l.l, l.s, l.hold] {
            f.number(Some(x));
        }
    }
}

/// Appends a prospect as he stands at the end of the league.
pub fn prospect_text(seed: u64, career: &Career, clubs: &Clubs, mlb_id: i32, data_sources: &str, out: &mut String) {
    let p = &career.person;
    let mut f = Fields::new(out);
    f.number(Some(mlb_id));
    f.text(Some(&names::name(seed, p.number, p.country)));
    f.text(Some(p.position));
    f.text(Some(p.bats.letter()));
    f.text(Some(p.throws.letter()));
    f.number(Some(p.height));
    f.number(Some(p.weight));
    f.date(Some(p.birth));
    f.text(Some(p.country.name()));
    f.text(Some(names::birth_city(seed, p.number, p.country)));
    f.number(draft_year(career));
    f.number(career.draft.map(|d| d.round));
    f.number(career.draft.map(|d| d.pick));
    f.text(career.draft.and(career.drafted_by).map(organisation).as_deref());
    f.number(career.bonus);
    let org = organisation(career.org);
    let (team, level) = match career.status {
        Status::Majors => (Some(org.clone()), Some("MLB")),
        Status::Minors => {
            let club = career.affiliate * super::clubs::ORGANISATIONS + u32::from(career.org);
            (
                Some(clubs.name(career.circuit, club).to_string()),
                Some(career.circuit.level().name()),
            )
        }
        Status::Waiting | Status::Out => (None, None),
    };
    f.text(team.as_deref());
    f.text(team.is_some().then_some(org.as_str()));
    f.text(level);
    f.text(Some(data_sources));
    f.end();
}

impl MajorsRow {
    /// Appends the row.
    pub fn copy_text(&self, prospect_id: i32, out: &mut String) {
        let mut f = Fields::new(out);
        f.number(Some(prospect_id));
        f.number(Some(self.season));
        f.date(Some(self.debut));
        f.number(Some(self.service_days));
        f.number(Some(self.games));
        match &self.bat {
            None => (0..22).for_each(|_| f.null()),
            Some(l) => {
                for x in [
                    l.pa, l.ab, l.r, l.h, l.b2, l.b3, l.hr, l.rbi, l.bb, l.so, l.sb, l.cs, l.hbp, l.sf,
                ] {
                    f.number(Some(x));
                }
                let bases = l.h + l.b2 + 2 * l.b3 + 3 * l.hr;
                let on = (l.h + l.bb + l.hbp, l.ab + l.bb + l.hbp + l.sf);
                f.decimal(rate(l.h, l.ab), 3);
                f.decimal(rate(on.0, on.1), 3);
                f.decimal(rate(bases, l.ab), 3);
                f.decimal(rate_sum(on, (bases, l.ab)), 3);
                f.number(Some(l.ops_plus));
                f.number(Some(l.ground_balls));
                f.number(Some(l.fly_balls));
                f.number(Some(l.line_drives));
            }
        }
        f.decimal(Some(self.war), 1);
        f.text(Some(DATA_SOURCE));
        match &self.arm {
            None => (0..14).for_each(|_| f.null()),
            Some(l) => {
                for x in [
                    l.games, l.starts, l.outs, l.bf, l.h, l.r, l.er, l.hr, l.bb, l.k, l.hb, l.w, l.l, l.s,
                ] {
                    f.number(Some(x));
                }
            }
        }
        f.end();
    }
}

impl ScoutingRow {
    /// Appends the row.
    pub fn copy_text(&self, prospect_id: i32, out: &mut String) {
        let mut f = Fields::new(out);
        f.number(Some(prospect_id));
        f.text(Some(self.source));
        f.number(Some(self.year));
        f.number(self.rank);
        f.number(self.future_value);
        f.text(self.risk);
        f.number(self.eta);
        for tool in 0..6 {
            f.number(self.tools.map(|t| t[tool].0));
            f.number(self.tools.map(|t| t[tool].1));
        }
        for pitch in 0..6 {
            f.number(self.pitches.and_then(|p| p[pitch]));
        }
        f.number(self.dynasty_rank);
        f.date(Some(self.recorded));
        f.end();
    }
}

impl AdvancedRow {
    /// Appends the row.
    pub fn copy_text(&self, prospect_id: i32, out: &mut String) {
        let mut f = Fields::new(out);
        f.number(Some(prospect_id));
        f.number(Some(self.season));
        f.text(self.level.map(Level::name));
        f.number(Some(self.wrc));
        f.number(Some(self.wraa));
        f.decimal(Some(self.woba), 3);
        f.number(Some(self.wrc_plus));
        f.decimal(self.iso, 3);
        for i in 0..3 {
            f.decimal(self.mix.map(|m| m[i]), 1);
        }
        f.decimal(self.iffb, 1);
        f.decimal(self.hr_per_fb, 1);
        for i in 0..3 {
            f.decimal(self.spray.map(|s| s[i]), 1);
        }
        for x in self.discipline {
            f.decimal(Some(x), 1);
        }
        f.decimal(Some(self.speed_score), 1);
        f.decimal(Some(self.wbsr), 1);
        for x in self.quality {
            f.decimal(Some(x), 1);
        }
        f.text(Some(DATA_SOURCE));
        f.end();
    }
}
