//! What a player did in one game, and sums of it.

/// The batting line of a game.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BattingLine {
    pub pa: u8,
    pub ab: u8,
    pub r: u8,
    pub h: u8,
    pub b2: u8,
    pub b3: u8,
    pub hr: u8,
    pub rbi: u8,
    pub bb: u8,
    pub ibb: u8,
    pub so: u8,
    pub sb: u8,
    pub cs: u8,
    pub hbp: u8,
    pub sf: u8,
    pub sh: u8,
    pub ground_outs: u8,
    pub air_outs: u8,
    pub fly_outs: u8,
    pub gidp: u8,
    pub pitches: u8,
    pub lob: u8,
    /// Batted balls by kind, hits and outs alike.
    pub grounders: u8,
    pub liners: u8,
    pub flies: u8,
    pub pops: u8,
}

/// The pitching line of a game.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PitchingLine {
    pub gs: u8,
    pub outs: u8,
    pub bf: u8,
    pub h: u8,
    pub r: u8,
    pub er: u8,
    pub hr: u8,
    pub bb: u8,
    pub ibb: u8,
    pub k: u8,
    pub hb: u8,
    pub wp: u8,
    pub pitches: u8,
    pub strikes: u8,
    pub ground_outs: u8,
    pub air_outs: u8,
    pub w: u8,
    pub l: u8,
    pub s: u8,
    pub hold: u8,
}

/// Batting added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Batting {
    pub games: u32,
    pub pa: u32,
    pub ab: u32,
    pub r: u32,
    pub h: u32,
    pub b2: u32,
    pub b3: u32,
    pub hr: u32,
    pub rbi: u32,
    pub bb: u32,
    pub ibb: u32,
    pub so: u32,
    pub sb: u32,
    pub cs: u32,
    pub hbp: u32,
    pub sf: u32,
    pub sh: u32,
    pub grounders: u32,
    pub liners: u32,
    pub flies: u32,
    pub pops: u32,
}

impl Batting {
    /// Adds a game.
    pub fn add(&mut self, l: &BattingLine) {
        self.games += 1;
        for (sum, x) in [
            (&mut self.pa, l.pa),
            (&mut self.ab, l.ab),
            (&mut self.r, l.r),
            (&mut self.h, l.h),
            (&mut self.b2, l.b2),
            (&mut self.b3, l.b3),
            (&mut self.hr, l.hr),
            (&mut self.rbi, l.rbi),
            (&mut self.bb, l.bb),
            (&mut self.ibb, l.ibb),
            (&mut self.so, l.so),
            (&mut self.sb, l.sb),
            (&mut self.cs, l.cs),
            (&mut self.hbp, l.hbp),
            (&mut self.sf, l.sf),
            (&mut self.sh, l.sh),
            (&mut self.grounders, l.grounders),
            (&mut self.liners, l.liners),
            (&mut self.flies, l.flies),
            (&mut self.pops, l.pops),
        ] {
            *sum += u32::from(x);
        }
    }

    /// Adds another sum.
    pub fn merge(&mut self, other: &Batting) {
        for (sum, x) in [
            (&mut self.games, other.games),
            (&mut self.pa, other.pa),
            (&mut self.ab, other.ab),
            (&mut self.r, other.r),
            (&mut self.h, other.h),
            (&mut self.b2, other.b2),
            (&mut self.b3, other.b3),
            (&mut self.hr, other.hr),
            (&mut self.rbi, other.rbi),
            (&mut self.bb, other.bb),
            (&mut self.ibb, other.ibb),
            (&mut self.so, other.so),
            (&mut self.sb, other.sb),
            (&mut self.cs, other.cs),
            (&mut self.hbp, other.hbp),
            (&mut self.sf, other.sf),
            (&mut self.sh, other.sh),
            (&mut self.grounders, other.grounders),
            (&mut self.liners, other.liners),
            (&mut self.flies, other.flies),
            (&mut self.pops, other.pops),
        ] {
            *sum += x;
        }
    }

    /// wOBA with the weights of 2013, as (numerator in thousandths, denominator).
    pub fn woba_parts(&self) -> (u64, u64) {
        let singles = self.h - self.b2 - self.b3 - self.hr;
        let sum = 690 * (self.bb - self.ibb)
            + 722 * self.hbp
            + 888 * singles
            + 1271 * self.b2
            + 1616 * self.b3
            + 2101 * self.hr;
        (
            u64::from(sum),
            u64::from(self.ab + self.bb - self.ibb + self.sf + self.hbp),
        )
    }

    /// wOBA; `None` without a plate appearance that counts for it.
    pub fn woba(&self) -> Option<f64> {
        let (sum, n) = self.woba_parts();
        (n > 0).then(|| sum as f64 / (1000.0 * n as f64))
    }
}

/// Pitching added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pitching {
    pub games: u32,
    pub bf: u32,
    pub outs: u32,
    pub r: u32,
    pub hr: u32,
    pub bb: u32,
    pub hb: u32,
    pub k: u32,
}

impl Pitching {
    /// Adds a game.
    pub fn add(&mut self, l: &PitchingLine) {
        self.games += 1;
        for (sum, x) in [
            (&mut self.bf, l.bf),
            (&mut self.outs, l.outs),
            (&mut self.r, l.r),
            (&mut self.hr, l.hr),
            (&mut self.bb, l.bb),
            (&mut self.hb, l.hb),
            (&mut self.k, l.k),
        ] {
            *sum += u32::from(x);
        }
    }

    /// FIP without its constant; `None` without an out.
    pub fn fip(&self) -> Option<f64> {
        (self.outs > 0).then(|| {
            let sum = 13 * i64::from(self.hr) + 3 * i64::from(self.bb + self.hb) - 2 * i64::from(self.k);
            3.0 * sum as f64 / f64::from(self.outs)
        })
    }
}
