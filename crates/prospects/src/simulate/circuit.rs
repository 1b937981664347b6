//! The circuits a player climbs, and what an ordinary plate appearance in each looks like.

use crate::levels::Level;

/// A rung of the ladder. The Dominican Summer League is one of its own, though its level is Complex.
// The field writes AAA.
#[allow(clippy::upper_case_acronyms)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Circuit {
    /// Dominican Summer League.
    Dominican,
    /// Arizona and Florida complex leagues.
    Complex,
    /// Short-season ball, to 2020.
    ShortSeason,
    /// Low A.
    A,
    /// High A.
    HighA,
    /// Double-A.
    AA,
    /// Triple-A.
    AAA,
}

/// How plate appearances end on average.
#[derive(Clone, Copy, Debug)]
pub struct Environment {
    /// Strikeouts per plate appearance.
    pub k: f64,
    /// Walks per plate appearance.
    pub bb: f64,
    /// Hit batsmen per plate appearance.
    pub hbp: f64,
    /// Home runs per batted ball.
    pub hr: f64,
    /// Hits per batted ball in the park.
    pub babip: f64,
    /// Doubles per hit in the park.
    pub double: f64,
    /// Triples per hit in the park.
    pub triple: f64,
    /// Errors per ball that should have been an out.
    pub error: f64,
}

impl Circuit {
    /// All, lowest first.
    pub const ALL: [Circuit; 7] = [
        Circuit::Dominican,
        Circuit::Complex,
        Circuit::ShortSeason,
        Circuit::A,
        Circuit::HighA,
        Circuit::AA,
        Circuit::AAA,
    ];

    /// The level its games are stored under.
    pub fn level(self) -> Level {
        match self {
            Circuit::Dominican | Circuit::Complex => Level::Complex,
            Circuit::ShortSeason => Level::Rookie,
            Circuit::A => Level::A,
            Circuit::HighA => Level::APlus,
            Circuit::AA => Level::AA,
            Circuit::AAA => Level::AAA,
        }
    }

    /// Plays June to August, Tuesday to Saturday, on back fields.
    pub fn is_complex(self) -> bool {
        matches!(self, Circuit::Dominican | Circuit::Complex)
    }

    /// Plays April to September.
    pub fn is_full_season(self) -> bool {
        self >= Circuit::A
    }

    /// The next rung that exists in a year.
    pub fn up(self, year: i32) -> Option<Circuit> {
        match self {
            Circuit::Dominican => Some(Circuit::Complex),
            Circuit::Complex if year <= 2020 => Some(Circuit::ShortSeason),
            Circuit::Complex | Circuit::ShortSeason => Some(Circuit::A),
            Circuit::A => Some(Circuit::HighA),
            Circuit::HighA => Some(Circuit::AA),
            Circuit::AA => Some(Circuit::AAA),
            Circuit::AAA => None,
        }
    }

    /// The rung below that exists in a year.
    pub fn down(self, year: i32) -> Option<Circuit> {
        match self {
            Circuit::Dominican | Circuit::Complex => None,
            Circuit::ShortSeason => Some(Circuit::Complex),
            Circuit::A if year <= 2020 => Some(Circuit::ShortSeason),
            Circuit::A => Some(Circuit::Complex),
            Circuit::HighA => Some(Circuit::A),
            Circuit::AA => Some(Circuit::HighA),
            Circuit::AAA => Some(Circuit::AA),
        }
    }

    /// The ability of an ordinary player here, on the 20-80 scale (a major-league regular is 50).
    pub fn par(self) -> f64 {
        [20.0, 24.0, 27.0, 30.0, 33.0, 36.5, 42.0][self as usize]
    }

    /// The age of an ordinary player here.
    pub fn age(self) -> f64 {
        [17.8, 19.8, 20.9, 21.3, 22.6, 23.9, 26.0][self as usize]
    }

    /// How plate appearances end here in a year. Strikeouts grew in the 2010s, power with them.
    // .318 is a batting average on balls in play, not one over pi.
    #[allow(clippy::approx_constant)]
    pub fn environment(self, year: i32) -> Environment {
        let modern = f64::from((year - 2010).clamp(0, 13)) / 13.0;
        // k, bb, hbp, hr, babip
        let (k, bb, hbp, hr, babip) = [
            (0.205, 0.108, 0.018, 0.014, 0.312),
            (0.213, 0.100, 0.017, 0.019, 0.320),
            (0.209, 0.092, 0.015, 0.023, 0.318),
            (0.213, 0.096, 0.014, 0.026, 0.317),
            (0.214, 0.094, 0.013, 0.029, 0.315),
            (0.211, 0.093, 0.012, 0.034, 0.314),
            (0.200, 0.094, 0.011, 0.045, 0.318),
        ][self as usize];
        Environment {
            k: k + 0.022 * modern,
            bb: bb + 0.005 * modern,
            hbp,
            hr: hr * (0.92 + 0.16 * modern),
            babip,
            double: 0.222,
            triple: 0.030 - 0.002 * self as u8 as f64,
            error: 0.034 - 0.0025 * self as u8 as f64,
        }
    }
}

/// How plate appearances end in the major leagues.
pub fn major_league(year: i32) -> Environment {
    let modern = f64::from((year - 2010).clamp(0, 13)) / 13.0;
    Environment {
        k: 0.186 + 0.040 * modern,
        bb: 0.083,
        hbp: 0.0095 + 0.002 * modern,
        hr: 0.036 + 0.010 * modern,
        babip: 0.307 - 0.004 * modern,
        double: 0.228,
        triple: 0.019,
        error: 0.016,
    }
}
