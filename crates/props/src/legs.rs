//! Legs and correlations as slips hold them in JSON (contract 4).

use crate::check::LEGS;
use crate::correlation::Matrix;
use crate::error::PropsError;
use dynasty_intake::lenient::shown;
use dynasty_intake::names::name_key;
use serde_json::Value;

/// A leg. Unknown keys of its JSON are kept in the slip, not here.
#[derive(Clone, Debug, PartialEq)]
pub struct Leg {
    /// The prop it was picked from.
    pub prop_id: Option<String>,
    /// Whose statistic.
    pub player_name: String,
    /// Which statistic.
    pub market_type: String,
    /// The line as it was picked.
    pub line: f64,
    /// Over, else under.
    pub over: bool,
    /// The model's probability of the side.
    pub prob: f64,
    /// The model's probability of a tie.
    pub push_prob: f64,
    /// Decimal odds of the side.
    pub odds: Option<f64>,
    /// The pick's multiplier.
    pub multiplier: Option<f64>,
    /// The player's team.
    pub team: Option<String>,
    /// The game.
    pub game_id: Option<String>,
}

/// What a leg's prop is now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoardProp {
    /// The line on the board.
    pub line: f64,
    /// Whether it can be picked.
    pub is_active: bool,
    /// Whether its game has begun.
    pub started: bool,
}

/// What is wrong with legs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which leg, from 0; `None` of all together.
    pub leg: Option<usize>,
    /// Which key.
    pub field: &'static str,
    /// A bad value in words, or `same_player`, `duplicate_prop`, `both_sides`, `single_team`, `line_moved`, `inactive`, `started`.
    pub problem: String,
}

type Fault = (&'static str, String);

fn text(leg: &Value, field: &'static str, needed: bool, faults: &mut Vec<Fault>) -> Option<String> {
    match leg.get(field) {
        None | Some(Value::Null) if !needed => None,
        Some(Value::String(text)) if !text.trim().is_empty() => Some(text.clone()),
        None => {
            faults.push((field, "is missing".into()));
            None
        }
        Some(other) => {
            faults.push((field, format!("must be a text, not {}", shown(&other.to_string()))));
            None
        }
    }
}

fn number(
    leg: &Value,
    field: &'static str,
    needed: bool,
    holds: fn(f64) -> bool,
    wanted: &str,
    faults: &mut Vec<Fault>,
) -> Option<f64> {
    match leg.get(field) {
        None | Some(Value::Null) if !needed => None,
        None => {
            faults.push((field, "is missing".into()));
            None
        }
        Some(value) => {
            let found = value.as_f64().filter(|&v| v.is_finite() && holds(v));
            if found.is_none() {
                faults.push((field, format!("must be {wanted}, not {}", shown(&value.to_string()))));
            }
            found
        }
    }
}

fn read(leg: &Value) -> Result<Leg, Vec<Fault>> {
    let mut faults = Vec::new();
    if !leg.is_object() {
        return Err(vec![(
            "leg",
            format!("must be an object, not {}", shown(&leg.to_string())),
        )]);
    }
    let f = &mut faults;
    let unit = |p: f64| (0.0..=1.0).contains(&p);
    let prop_id = text(leg, "prop_id", false, f);
    let player_name = text(leg, "player_name", true, f);
    let market_type = text(leg, "market_type", true, f);
    let line = number(leg, "line", true, |_| true, "a number", f);
    let side = text(leg, "side", true, f);
    let over = match side.as_deref() {
        Some("over") => Some(true),
        Some("under") => Some(false),
        Some(other) => {
            f.push(("side", format!("must be over or under, not {}", shown(other))));
            None
        }
        None => None,
    };
    let prob = number(leg, "prob", true, unit, "0 to 1", f);
    let push_prob = number(leg, "push_prob", false, unit, "0 to 1", f).unwrap_or(0.0);
    if prob.is_some_and(|p| p + push_prob > 1.0 + 1e-12) {
        f.push(("push_prob", "must be 1 or less together with prob".into()));
    }
    let odds = number(leg, "odds", false, |o| o > 1.0, "above 1", f);
    let multiplier = number(leg, "multiplier", false, |m| m > 0.0, "above 0", f);
    let team = text(leg, "team", false, f);
    let game_id = text(leg, "game_id", false, f);
    match (player_name, market_type, line, over, prob) {
        (Some(player_name), Some(market_type), Some(line), Some(over), Some(prob)) if faults.is_empty() => Ok(Leg {
            prop_id,
            player_name,
            market_type,
            line,
            over,
            prob,
            push_prob,
            odds,
            multiplier,
            team,
            game_id,
        }),
        _ => Err(faults),
    }
}

/// A list of 1 to 20 legs: else 23514.
fn list(legs: &Value) -> Result<&[Value], PropsError> {
    let list = legs.as_array().filter(|list| LEGS.contains(&list.len()));
    list.map(Vec::as_slice).ok_or_else(|| PropsError::NoLegs {
        value: shown(&legs.to_string()),
    })
}

/// The legs; the first bad field is 22023.
pub fn parse_legs(legs: &Value) -> Result<Vec<Leg>, PropsError> {
    let one = |(at, leg): (usize, &Value)| {
        read(leg).map_err(|faults| {
            let (field, problem) = faults.into_iter().next().unwrap_or(("leg", "is none".into()));
            let argument = format!("legs[{at}].{field}");
            PropsError::invalid(argument, problem, "right")
        })
    };
    list(legs)?.iter().enumerate().map(one).collect()
}

impl Leg {
    /// The same prop: its id, else player, statistic and line.
    pub fn same_prop(&self, other: &Leg) -> bool {
        match (&self.prop_id, &other.prop_id) {
            (Some(a), Some(b)) => a == b,
            _ => {
                name_key(&self.player_name) == name_key(&other.player_name)
                    && self.market_type == other.market_type
                    && self.line == other.line
            }
        }
    }
}

/// Everything that is wrong with legs, by leg. `board` says what a prop is now (`None`: not known, no complaint).
pub fn validate_legs(legs: &Value, board: &dyn Fn(&str) -> Option<BoardProp>) -> Result<Vec<Problem>, PropsError> {
    let mut problems = Vec::new();
    let mut good: Vec<(usize, Leg)> = Vec::new();
    for (at, leg) in list(legs)?.iter().enumerate() {
        match read(leg) {
            Ok(leg) => good.push((at, leg)),
            Err(faults) => problems.extend(faults.into_iter().map(|(field, problem)| Problem {
                leg: Some(at),
                field,
                problem,
            })),
        }
    }
    for (seen, (at, leg)) in good.iter().enumerate() {
        let mut say = |field, problem: &str| {
            problems.push(Problem {
                leg: Some(*at),
                field,
                problem: problem.into(),
            });
        };
        let earlier = || good[..seen].iter().map(|g| &g.1);
        if earlier().any(|other| name_key(&other.player_name) == name_key(&leg.player_name)) {
            say("player_name", "same_player");
        }
        if earlier().any(|other| other.same_prop(leg) && other.over == leg.over) {
            say("prop_id", "duplicate_prop");
        }
        if earlier().any(|other| other.same_prop(leg) && other.over != leg.over) {
            say("side", "both_sides");
        }
        if let Some(now) = leg.prop_id.as_deref().and_then(board) {
            if now.line != leg.line {
                say("line", "line_moved");
            }
            if !now.is_active {
                say("prop_id", "inactive");
            }
            if now.started {
                say("prop_id", "started");
            }
        }
    }
    let teams: Vec<_> = good.iter().filter_map(|g| g.1.team.as_deref()).collect();
    if good.len() > 1 && teams.len() == good.len() && teams.windows(2).all(|t| t[0] == t[1]) {
        problems.push(Problem {
            leg: None,
            field: "team",
            problem: "single_team".into(),
        });
    }
    problems.sort_by_key(|p| p.leg.unwrap_or(usize::MAX));
    Ok(problems)
}

/// The correlations of a slip of `n` legs: `{"matrix": [[…]]}` or `{"pairs": [{"a": 0, "b": 1, "rho": 0.3}]}`, legs from 0, what is not said 0.
/// Another shape is 22023, a matrix of another size 2202E. Whether it is a correlation matrix is for who uses it.
pub fn parse_correlations(json: &Value, n: usize) -> Result<Option<Matrix>, PropsError> {
    if json.is_null() {
        return Ok(None);
    }
    let wrong = || PropsError::invalid("correlations", json, "an object with matrix or pairs");
    if let Some(rows) = json.get("matrix") {
        let row =
            |row: &Value| -> Option<Vec<Option<f64>>> { Some(row.as_array()?.iter().map(Value::as_f64).collect()) };
        let rows: Option<Vec<_>> = rows.as_array().and_then(|rows| rows.iter().map(row).collect());
        let matrix = Matrix::from_rows("correlations.matrix", &rows.ok_or_else(wrong)?)?;
        if matrix.rows() != n || matrix.columns() != n {
            let found = format!("{} times {}", matrix.rows(), matrix.columns());
            return Err(PropsError::shape(
                "correlations.matrix",
                found,
                format!("{n} times {n} elements"),
            ));
        }
        return Ok(Some(matrix));
    }
    let pairs = json.get("pairs").and_then(Value::as_array).ok_or_else(wrong)?;
    let mut values: Vec<f64> = (0..n * n).map(|at| f64::from(u8::from(at / n == at % n))).collect();
    for (at, pair) in pairs.iter().enumerate() {
        let leg = |key: &str| {
            pair.get(key)
                .and_then(Value::as_u64)
                .and_then(|v| usize::try_from(v).ok())
        };
        let (a, b) = (leg("a").filter(|&a| a < n), leg("b").filter(|&b| b < n));
        let rho = pair.get("rho").and_then(Value::as_f64).filter(|r| r.abs() <= 1.0);
        match (a, b, rho) {
            (Some(a), Some(b), Some(rho)) if a != b => {
                values[a * n + b] = rho;
                values[b * n + a] = rho;
            }
            _ => {
                let wanted = format!("two legs of 0 to {} with a rho of -1 to 1", n.saturating_sub(1));
                return Err(PropsError::invalid(format!("correlations.pairs[{at}]"), pair, wanted));
            }
        }
    }
    Ok(Some(Matrix::square(n, values)))
}

#[cfg(test)]
mod tests;
