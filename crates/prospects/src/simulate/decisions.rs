//! Who wins, loses, saves and holds.

use super::side::Side;

/// The lead that stands: who took it, who was pitching for them then, and whose runner scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    pub side: usize,
    pub winner: usize,
    pub loser: usize,
}

/// A starter wins only with so many outs, in a game of seven innings too: rule 9.17(b).
const FIVE_INNINGS: u8 = 15;

/// Writes the decisions into the pitching lines of a finished game.
pub fn award(sides: &mut [Side; 2], record: Option<Record>) {
    // Called off level after 30 innings.
    let Some(record) = record else { return };
    sides[1 - record.side].pitchers[record.loser].line.l = 1;

    let arms = &mut sides[record.side].pitchers;
    let mut winner = record.winner;
    if winner == 0 && arms[0].line.outs < FIVE_INNINGS && arms.len() > 1 {
        // The scorer gives it to the reliever who did most.
        winner = (1..arms.len()).fold(1, |best, i| {
            let worth = |k: usize| i32::from(arms[k].line.outs) - 3 * i32::from(arms[k].line.r);
            if worth(i) > worth(best) { i } else { best }
        });
    }
    arms[winner].line.w = 1;

    let last = arms.len() - 1;
    let saved = |lead: i16, outs: u8| ((1..=3).contains(&lead) && outs >= 3) || (lead > 0 && outs >= 9);
    for (i, arm) in arms.iter_mut().enumerate().skip(1) {
        if i == winner {
            continue;
        }
        if i == last {
            arm.line.s = u8::from(saved(arm.lead_in, arm.line.outs));
        } else {
            let held = (1..=3).contains(&arm.lead_in) && arm.lead_out > 0 && arm.line.outs > 0;
            arm.line.hold = u8::from(held);
        }
    }
    // The losing side's relievers may have held a lead that others lost.
    let arms = &mut sides[1 - record.side].pitchers;
    let last = arms.len() - 1;
    for (i, arm) in arms.iter_mut().enumerate().skip(1) {
        let held = i != last && (1..=3).contains(&arm.lead_in) && arm.lead_out > 0 && arm.line.outs > 0;
        arm.line.hold = u8::from(held && arm.line.l == 0);
    }
}
