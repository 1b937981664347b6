//! What is true of a game: its strengths, its course, and the chances that follow from them.

use super::names::{CLUBS, SPORTS, club};
use super::results::{Bell, Goals};
use super::{Config, MINUTE, STEP};
use dynasty_numbers::dice::{Dice, Purpose};

/// Kinds of markets on a board, by number.
pub const KINDS: [&str; 7] = ["h2h", "1x2", "totals", "spreads", "btts", "h2h_lay", "1x2_lay"];

/// Outcomes of markets, by number.
pub const OUTCOMES: [&str; 7] = ["home", "draw", "away", "over", "under", "yes", "no"];

pub(super) const H2H: u8 = 0;
pub(super) const THREE: u8 = 1;
const TOTALS: u8 = 2;
const SPREADS: u8 = 3;
const BTTS: u8 = 4;
pub(super) const LAY: u8 = 5;

const HOME_AWAY: [u8; 2] = [0, 2];
const OVER_UNDER: [u8; 2] = [3, 4];

/// So many looks long is a game, breaks included: two hours.
const LENGTH: i64 = 24;

/// Where a game stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// To come.
    Scheduled,
    /// Under way.
    Live,
    /// Over.
    Finished,
    /// Put off, nobody knows until when.
    Postponed,
    /// Called off.
    Cancelled,
}

impl Status {
    /// As `events.status` has it.
    pub fn word(self) -> &'static str {
        match self {
            Status::Scheduled => "scheduled",
            Status::Live => "live",
            Status::Finished => "finished",
            Status::Postponed => "postponed",
            Status::Cancelled => "cancelled",
        }
    }
}

/// The chances of a market's outcomes.
#[derive(Clone, Copy)]
pub(super) struct Chances {
    pub kind: u8,
    pub period: u8,
    /// Hundredths.
    pub line: Option<i64>,
    pub outcomes: [(u8, f64); 3],
    pub count: usize,
}

impl Chances {
    fn of(kind: u8, period: u8, line: Option<i64>, pairs: &[(u8, f64)]) -> Chances {
        let mut outcomes = [(0, 0.0); 3];
        outcomes[..pairs.len()].copy_from_slice(pairs);
        Chances {
            kind,
            period,
            line,
            outcomes,
            count: pairs.len(),
        }
    }

    fn two(kind: u8, period: u8, line: Option<i64>, names: [u8; 2], first: f64) -> Chances {
        Chances::of(kind, period, line, &[(names[0], first), (names[1], 1.0 - first)])
    }
}

/// What changes a game before it begins, drawn beforehand.
enum Plan {
    AsSaid,
    /// At a look, by so much.
    Moved(i64, i64),
    Off(i64, Status),
}

/// A game.
pub struct Game {
    /// Number of its sport in [`SPORTS`].
    pub sport: usize,
    /// Number of its tournament there.
    pub tournament: usize,
    /// The home club.
    pub home: String,
    /// The away club.
    pub away: String,
    /// When it was to start at first.
    pub first_kickoff: i64,
    /// When it starts, as known at the end of the board.
    pub kickoff: i64,
    /// Where it stands.
    pub status: Status,
    /// Points of home and away.
    pub score: [i32; 2],
    dice: Dice,
    opens: i64,
    plan: Plan,
    supremacy: f64,
    total: f64,
    /// Lines are kept until they are far off.
    lines: [Option<i64>; 2],
    played: i64,
    /// Goes up whenever the chances change.
    pub(super) version: u32,
    /// The look at which something happened that makes bookmakers stop.
    pub(super) shock: i64,
    pub(super) chances: Vec<Chances>,
}

impl Game {
    pub(super) fn new(config: &Config, number: u32) -> Game {
        let mut dice = Dice::new(config.seed, Purpose::Fixture, u64::from(number), 0);
        let sport = *dice.weighted(&[(0usize, 5), (1, 3), (2, 2)]);
        let tournament = dice.below(2) as usize;
        let home = dice.below(CLUBS);
        let away = (home + 1 + dice.below(CLUBS - 1)) % CLUBS;
        let steps = config.steps();
        // One in five is played while the board is looked at; the rest come later.
        let ahead = if dice.chance(0.2) {
            -i64::from(dice.below((steps * 5).clamp(1, 100_000) as u32))
        } else {
            20 + i64::from(dice.below(48 * 60))
        };
        // Games start at a quarter of an hour.
        let kickoff = (config.until + ahead * MINUTE).div_euclid(15 * MINUTE) * 15 * MINUTE;
        let opens = if dice.chance(0.75) {
            1
        } else {
            1 + i64::from(dice.below(steps.max(2) as u32 / 2))
        };
        let at = 1 + i64::from(dice.below(steps as u32));
        let plan = match dice.unit() {
            x if x < 0.08 => Plan::Moved(at, *dice.pick(&[-60, -30, -15, 15, 30, 45, 90, 180]) * MINUTE),
            x if x < 0.11 => Plan::Off(at, Status::Postponed),
            x if x < 0.12 => Plan::Off(at, Status::Cancelled),
            _ => Plan::AsSaid,
        };
        let (supremacy, total) = match sport {
            0 => (0.35 + 0.8 * dice.bell(), 2.6 + 0.35 * dice.bell()),
            1 => (2.5 + 6.0 * dice.bell(), 221.0 + 8.0 * dice.bell()),
            _ => (0.2 + 0.6 * dice.bell(), 6.0 + 0.4 * dice.bell()),
        };
        let mut game = Game {
            sport,
            tournament,
            home: club(sport, tournament, home),
            away: club(sport, tournament, away),
            first_kickoff: kickoff,
            kickoff,
            status: Status::Scheduled,
            score: [0; 2],
            dice,
            opens,
            plan,
            supremacy,
            total,
            lines: [None; 2],
            played: 0,
            version: 1,
            shock: -1,
            chances: Vec::new(),
        };
        game.think();
        game
    }

    /// The name of its tournament.
    pub fn tournament_name(&self) -> &'static str {
        SPORTS[self.sport].tournaments[self.tournament].0
    }

    /// Whether prices are made at this look.
    pub(super) fn is_quoted(&self, step: i64) -> bool {
        step >= self.opens
    }

    /// Time passes: what happens between the look before and this one.
    pub(super) fn pass(&mut self, step: i64, now: i64) {
        match self.plan {
            Plan::Moved(at, by) if at == step && self.status == Status::Scheduled && self.kickoff + by > now => {
                self.kickoff += by;
            }
            Plan::Off(at, status) if at == step && self.status == Status::Scheduled => {
                self.status = status;
                self.shock = step;
            }
            _ => {}
        }
        match self.status {
            Status::Scheduled if now > self.kickoff => {
                self.status = Status::Live;
                // A board may begin in the middle of it.
                self.played = ((now - self.kickoff) / STEP).min(LENGTH - 1);
                self.shock = step;
            }
            Status::Scheduled => {
                if self.dice.chance(0.001) {
                    let jump = *self.dice.pick(&[-1.0, 1.0]) * (0.5 + 0.5 * self.dice.unit());
                    self.supremacy += jump * self.unit(0.45);
                    self.shock = step;
                } else if self.dice.chance(0.06) {
                    self.supremacy += self.dice.bell() * self.unit(0.03);
                    self.total += self.dice.bell() * self.unit(0.03);
                } else {
                    return;
                }
            }
            Status::Live => self.play(step),
            _ => return,
        }
        self.version += 1;
        self.think();
    }

    /// Goals in goals, points in points.
    fn unit(&self, of_a_goal: f64) -> f64 {
        if self.sport == 1 { of_a_goal * 8.0 } else { of_a_goal }
    }

    fn means(&self) -> [f64; 2] {
        let least = self.unit(0.15);
        [
            ((self.total + self.supremacy) / 2.0).max(least),
            ((self.total - self.supremacy) / 2.0).max(least),
        ]
    }

    fn play(&mut self, step: i64) {
        self.played += 1;
        let means = self.means();
        for (side, mean) in means.into_iter().enumerate() {
            let share = mean / LENGTH as f64;
            if self.sport == 1 {
                let points = share + 2.4 * self.dice.bell();
                self.score[side] += (points.max(0.0) + self.dice.unit()) as i32;
            } else if self.dice.chance(share) {
                self.score[side] += 1;
                self.shock = step;
            }
        }
        if self.played >= LENGTH {
            if self.sport != 0 && self.score[0] == self.score[1] {
                self.score[self.dice.below(2) as usize] += 1;
            }
            self.status = Status::Finished;
        }
    }

    /// The chances of every market, as they are now.
    fn think(&mut self) {
        self.chances.clear();
        if !matches!(self.status, Status::Scheduled | Status::Live) {
            return;
        }
        let left = 1.0 - self.played as f64 / LENGTH as f64;
        let [home, away] = self.means();
        let lead = f64::from(self.score[0] - self.score[1]);
        let so_far = f64::from(self.score[0] + self.score[1]);
        if self.sport == 1 {
            let margin = Bell::new(lead + (home - away) * left, 12.0 * left.sqrt().max(0.05));
            let points = Bell::new(so_far + (home + away) * left, 17.0 * left.sqrt().max(0.05));
            self.chances
                .push(Chances::two(H2H, 0, None, HOME_AWAY, margin.above(0.0)));
            self.lined(&|line| margin.above(-line), &|line| points.above(line), 100);
            let half = Bell::new((home - away) / 2.0, 8.5);
            if self.status == Status::Scheduled {
                self.chances
                    .push(Chances::two(H2H, 1, None, HOME_AWAY, half.above(0.0)));
            }
            return;
        }
        let goals = Goals::new([home * left, away * left], self.score);
        let [one, draw, two] = goals.three();
        if self.sport == 0 {
            self.chances
                .push(Chances::of(THREE, 0, None, &[(0, one), (1, draw), (2, two)]));
            self.chances.push(Chances::two(BTTS, 0, None, [5, 6], goals.both()));
        } else {
            self.chances
                .push(Chances::two(H2H, 0, None, HOME_AWAY, one + draw / 2.0));
        }
        self.lined(
            &|line| goals.share(|h, a| h - a + line),
            &|line| goals.share(|h, a| h + a - line),
            if self.sport == 0 { 25 } else { 50 },
        );
    }

    /// Spreads and totals at the lines that are in use, and totals at the next line beside. Lines are multiples of `grid` hundredths; of
    /// whole ones those in the middle between two whole points.
    fn lined(&mut self, spread: &dyn Fn(f64) -> f64, total: &dyn Fn(f64) -> f64, grid: i64) {
        let (offset, width) = if grid == 100 { (50, 100) } else { (0, grid) };
        let at = |k: i64| k * width + offset;
        let points = |hundredths: i64| hundredths as f64 / 100.0;
        // The chance falls with the total's line and grows with the home side's; both meet ½ somewhere.
        let middle = |chance: &dyn Fn(i64) -> f64, falling: bool| {
            let (mut low, mut high) = (-400_i64, 1600_i64);
            while high - low > 1 {
                let k = (low + high).div_euclid(2);
                if (chance(at(k)) > 0.5) == falling {
                    low = k;
                } else {
                    high = k;
                }
            }
            let off = |k: i64| (chance(at(k)) - 0.5).abs();
            at(if off(low) <= off(high) { low } else { high })
        };
        let spread = |line: i64| spread(points(line));
        let total = |line: i64| total(points(line));
        let keep = |line: Option<i64>, chance: &dyn Fn(i64) -> f64, falling| match line {
            Some(line) if (chance(line) - 0.5).abs() < 0.12 => line,
            _ => middle(chance, falling),
        };
        let lines = [keep(self.lines[0], &spread, false), keep(self.lines[1], &total, true)];
        self.lines = lines.map(Some);
        let next = lines[1] + width.max(50);
        self.chances
            .push(Chances::two(SPREADS, 0, Some(lines[0]), HOME_AWAY, spread(lines[0])));
        self.chances
            .push(Chances::two(TOTALS, 0, Some(lines[1]), OVER_UNDER, total(lines[1])));
        self.chances
            .push(Chances::two(TOTALS, 0, Some(next), OVER_UNDER, total(next)));
    }
}
