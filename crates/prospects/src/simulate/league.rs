//! The league, day by day: who is where, who plays whom, and what comes of it.

use super::advanced;
use super::booking;
use super::calendar::{self, Day, NO_SEASON, day, weekday};
use super::career::{Career, Status};
use super::circuit::{Circuit, Environment};
use super::clubs::{Clubs, ORGANISATIONS, pairings};
use super::game;
use super::lines::{Batting, Pitching};
use super::lineup::{self, Roster, Today};
use super::majors;
use super::person::first_season;
use super::rows::GameRow;
use super::scouting;
use super::side::{Conditions, NOBODY, Side};
use super::signing;
use super::sink::Sink;
use dynasty_numbers::dice::{Dice, Purpose};

/// What to simulate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// How many prospects.
    pub prospects: u32,
    /// First season with games.
    pub first_season: i32,
    /// Last season with games.
    pub last_season: i32,
    /// The same seed gives the same league.
    pub seed: u64,
}

/// A league and its people.
pub struct League {
    seed: u64,
    first: i32,
    last: i32,
    /// The clubs.
    pub clubs: Clubs,
    /// The prospects, by number.
    pub careers: Vec<Career>,
    rosters: Vec<Roster>,
    /// Wins of every club this season.
    wins: Vec<u32>,
    /// Wins in the playoffs of every circuit this season.
    brackets: [Bracket; 7],
    /// Everything batted and pitched in a circuit this season.
    totals: [(Batting, Pitching); 7],
    games: u64,
    sides: [Side; 2],
}

/// Wins of the best four of a circuit, by their place in the table.
#[derive(Clone, Copy, Default)]
struct Bracket {
    semifinals: [u8; 4],
    finals: [u8; 4],
}

/// A series of the playoffs goes to the first club with so many wins.
const SERIES: u8 = 2;

/// Prospects signed per season for whom thirty clubs a circuit are enough.
const PER_SEASON: u32 = 750;

impl League {
    /// Before the first day.
    pub fn new(config: &Config) -> League {
        let seasons = (config.last_season - config.first_season + 1).max(1) as u32;
        let affiliates = config.prospects.div_ceil(PER_SEASON * seasons).max(1);
        let clubs = Clubs::new(config.seed, affiliates);
        let careers = signing::recruit(
            config.seed,
            config.prospects,
            config.first_season,
            config.last_season,
            affiliates,
        );
        let count = (clubs.per_circuit() * 7) as usize;
        League {
            seed: config.seed,
            first: config.first_season,
            last: config.last_season,
            clubs,
            careers,
            rosters: vec![Roster::default(); count],
            wins: vec![0; count],
            brackets: Default::default(),
            totals: Default::default(),
            games: 0,
            sides: Default::default(),
        }
    }

    /// Plays all seasons.
    pub fn run(&mut self, sink: &mut impl Sink) {
        for year in self.first..=self.last {
            self.season(year, sink);
        }
    }

    /// Plays one season; they must be played in order, each once.
    pub fn season(&mut self, year: i32, sink: &mut impl Sink) {
        for row in scouting::lists(self.seed, year, &self.careers) {
            sink.scouting(&row);
        }
        self.totals = Default::default();
        self.wins.fill(0);
        self.brackets = Default::default();
        let affiliates = self.clubs.affiliates;
        for career in &mut self.careers {
            // Those taken over from the years before have joined already.
            if signing::is_active(career) {
                career.open_season(self.seed, year, affiliates);
            }
            if career.status == Status::Majors {
                career.majors_since = Some(day(year, 1, 1));
            }
        }
        let mut arrivals: Vec<(Day, u32)> = self
            .careers
            .iter()
            .filter(|c| c.status == Status::Waiting && first_season(&c.person) == year)
            .map(|c| (c.person.debut.max(day(year, 4, 1)), c.person.number))
            .collect();
        arrivals.sort_unstable_by(|a, b| b.cmp(a));

        self.assign();
        for today in day(year, 3, 8)..=day(year, 9, 30) {
            sink.day();
            let mut moved = false;
            while arrivals.last().is_some_and(|(debut, _)| *debut <= today) {
                if let Some((_, number)) = arrivals.pop() {
                    let career = &mut self.careers[number as usize];
                    career.join(year);
                    career.open_season(self.seed, year, affiliates);
                    moved = true;
                }
            }
            if weekday(today) == 0 {
                moved |= self.monday(year, today);
            }
            if moved {
                self.assign();
            }
            if year == NO_SEASON {
                continue;
            }
            self.spring(year, today, sink);
            for circuit in Circuit::ALL {
                self.matchday(circuit, year, today, sink);
            }
        }
        self.close(year, sink);
    }

    /// Who is on which club.
    fn assign(&mut self) {
        for roster in &mut self.rosters {
            roster.hitters.clear();
            roster.arms.clear();
        }
        let per_circuit = self.clubs.per_circuit();
        for career in self.careers.iter().filter(|c| c.status == Status::Minors) {
            let club = career.circuit as u32 * per_circuit + career.affiliate * ORGANISATIONS + u32::from(career.org);
            let roster = &mut self.rosters[club as usize];
            if career.person.bat.is_some() {
                roster.hitters.push(career.person.number);
            }
            if career.person.arm.is_some() {
                roster.arms.push(career.person.number);
            }
        }
    }

    /// wOBA and FIP of a circuit: this season's as soon as there is enough of it.
    fn means(&self, circuit: Circuit, year: i32) -> (f64, f64) {
        let (bat, arm) = &self.totals[circuit as usize];
        match (bat.woba(), arm.fip()) {
            (Some(woba), Some(fip)) if bat.pa > 8_000 => (woba, fip),
            _ => nominal(&circuit.environment(year)),
        }
    }

    /// The weekly moves. Returns whether anybody moved.
    fn monday(&mut self, year: i32, today: Day) -> bool {
        let means = Circuit::ALL.map(|circuit| self.means(circuit, year));
        let (seed, affiliates) = (self.seed, self.clubs.affiliates);
        // In the middle of the season everybody is a little better than at its beginning.
        let refresh = (day(year, 7, 1)..day(year, 7, 8)).contains(&today);
        let mut moved = false;
        for career in self.careers.iter_mut().filter(|c| c.status == Status::Minors) {
            moved |= career.weekly(seed, year, today, means[career.circuit as usize], affiliates);
            if refresh {
                career.refresh(today);
            }
        }
        moved
    }

    /// Games before the season, of those in camp with the Triple-A club.
    fn spring(&mut self, year: i32, today: Day, sink: &mut impl Sink) {
        let from = day(year, 3, 10);
        if year == calendar::REFORM || today < from || today > from + 12 || (today - from) % 4 != 0 {
            return;
        }
        let series = 1_000 + ((today - from) / 4) as u32;
        let pairs: Vec<(u32, u32)> = pairings(self.clubs.per_circuit(), series).collect();
        for (home, away) in pairs {
            let today = Today {
                day: today,
                year,
                circuit: Circuit::AAA,
                game_number: 1,
                spring: true,
            };
            self.play(today, home, away, Some("Spring"), 9, sink);
        }
    }

    fn matchday(&mut self, circuit: Circuit, year: i32, today: Day, sink: &mut impl Sink) {
        let Some(season) = calendar::season_of(circuit, year) else {
            return;
        };
        if today > season.last {
            if circuit.is_full_season() {
                self.playoffs(circuit, year, today, today - season.last, sink);
            }
            return;
        }
        let Some(matchday) = calendar::matchday(circuit, year, season, today) else {
            return;
        };
        let pairs: Vec<(u32, u32)> = pairings(self.clubs.per_circuit(), matchday.series).collect();
        for (home, away) in pairs {
            let games = calendar::games_today(self.seed, circuit, year, matchday, home);
            for game_number in 1..=games {
                let today = Today {
                    day: today,
                    year,
                    circuit,
                    game_number: game_number as u8,
                    spring: false,
                };
                self.play(today, home, away, Some("Regular"), if games == 2 { 7 } else { 9 }, sink);
            }
        }
    }

    /// The best four of a circuit: a semifinal and the final, each best of three.
    fn playoffs(&mut self, circuit: Circuit, year: i32, today: Day, after: i32, sink: &mut impl Sink) {
        let per_circuit = self.clubs.per_circuit() as usize;
        let at = circuit as usize * per_circuit;
        let mut table: Vec<(u32, u32)> = (0..per_circuit).map(|c| (self.wins[at + c], c as u32)).collect();
        table.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let semifinals = [(0, 3), (1, 2)];
        let won = self.brackets[circuit as usize].semifinals;
        let finalists = semifinals.map(|(better, other)| if won[other] > won[better] { other } else { better });
        let is_final = (6..=8).contains(&after);
        let pairs: &[(usize, usize)] = match after {
            2..=4 => &semifinals,
            6..=8 => &[(finalists[0].min(finalists[1]), finalists[0].max(finalists[1]))],
            _ => return,
        };
        for &(better, other) in pairs {
            let bracket = &self.brackets[circuit as usize];
            let won = if is_final { bracket.finals } else { bracket.semifinals };
            if won[better].max(won[other]) == SERIES {
                continue;
            }
            let (home, away) = if after % 2 == 0 {
                (better, other)
            } else {
                (other, better)
            };
            let today = Today {
                day: today,
                year,
                circuit,
                game_number: 1,
                spring: false,
            };
            let home_won = self.play(today, table[home].1, table[away].1, Some("Playoffs"), 9, sink);
            let bracket = &mut self.brackets[circuit as usize];
            let won = if is_final {
                &mut bracket.finals
            } else {
                &mut bracket.semifinals
            };
            // Where nobody of ours plays the better club wins.
            let winner = match home_won {
                Some(true) => home,
                Some(false) => away,
                None => better,
            };
            won[winner] += 1;
        }
    }

    /// One game, if anybody of ours is in it: then it returns whether the home side won.
    fn play(
        &mut self,
        today: Today,
        home: u32,
        away: u32,
        game_type: Option<&'static str>,
        innings: u32,
        sink: &mut impl Sink,
    ) -> Option<bool> {
        let game = self.games;
        self.games += 1;
        let at = today.circuit as u32 * self.clubs.per_circuit();
        let clubs = [at + away, at + home];
        if clubs.iter().all(|c| self.rosters[*c as usize].is_empty()) {
            return None;
        }
        let mut dice = Dice::new(self.seed, Purpose::Game, game, 0);
        for (side, club) in self.sides.iter_mut().zip(clubs) {
            lineup::fill(side, &self.rosters[club as usize], &self.careers, today, &mut dice);
        }
        let environment = today.circuit.environment(today.year);
        let conditions = Conditions {
            environment: &environment,
            park: 0.85 + 0.30 * Dice::new(self.seed, Purpose::Club, u64::from(at + home), 1).unit(),
            innings,
            placed_runner: today.year >= 2018 && game_type == Some("Regular"),
            pitched_walks: today.year < 2017,
            relief_outs: lineup::relief_outs(today.circuit),
        };
        game::play(&conditions, &mut self.sides, &mut dice);
        let counts = game_type == Some("Regular");
        let home_won = self.sides[1].runs > self.sides[0].runs;
        if counts {
            self.wins[clubs[usize::from(home_won)] as usize] += 1;
        }
        let (game_type, missing) = booking::reported(today, game_type, &mut dice);
        let names = [
            self.clubs.name(today.circuit, away),
            self.clubs.name(today.circuit, home),
        ];
        for (i, side) in self.sides.iter().enumerate() {
            let row = GameRow {
                player: NOBODY,
                day: today.day,
                season: today.year,
                game_type,
                team: names[i],
                opponent: names[1 - i],
                is_home: i == 1,
                level: today.circuit.level(),
                game,
                game_number: today.game_number,
                bat: None,
                arm: None,
                missing,
            };
            let totals = &mut self.totals[today.circuit as usize];
            booking::book(side, row, counts.then_some(totals), &mut self.careers, &mut dice, sink);
        }
        Some(home_won)
    }

    /// After the last game: season lines, the majors, and the decisions of the winter.
    fn close(&mut self, year: i32, sink: &mut impl Sink) {
        let mut levels: [Batting; 7] = Default::default();
        for circuit in Circuit::ALL {
            levels[circuit.level().ordinal() as usize].merge(&self.totals[circuit as usize].0);
        }
        for career in &self.careers {
            for line in &career.lines {
                let league = &levels[line.level.ordinal() as usize];
                if let Some(row) = advanced::row(self.seed, year, career, line, league) {
                    sink.advanced(&row);
                }
            }
        }
        let means = Circuit::ALL.map(|circuit| self.means(circuit, year));
        for career in &mut self.careers {
            if let Some(row) = majors::year_in_the_majors(self.seed, year, career) {
                career.majors_pa += row.bat.map_or(0, |b| b.pa);
                career.majors_outs += row.arm.map_or(0, |a| a.outs);
                sink.majors(&row);
            }
            if signing::is_active(career) && year < self.last {
                career.winter(self.seed, year, means[career.circuit as usize], year != NO_SEASON);
            }
            career.lines.clear();
        }
    }
}

/// What the mean of a circuit should be, while too little has been played.
fn nominal(e: &Environment) -> (f64, f64) {
    let contact = 1.0 - e.k - e.bb - e.hbp;
    let hr = contact * e.hr;
    let hits = (contact - hr) * e.babip;
    let woba = 0.69 * e.bb + 0.722 * e.hbp + hits * 0.985 + 2.101 * hr;
    let outs = 1.0 - e.bb - e.hbp - hr - hits;
    (woba, 3.0 * (13.0 * hr + 3.0 * (e.bb + e.hbp) - 2.0 * e.k) / outs)
}
