//! Values that only baseball's payloads have; the others are [`dynasty_intake::lenient`]'s.

use dynasty_intake::lenient::{Scalar, field, is_blank, whole, whole_i32};

field! {
    /// gamePk, the game's own key.
    GamePk(i64) = |v| whole(v, 1, i64::MAX)
}
field! {
    /// The number of a game in a doubleheader: 1 or more.
    GameNumber(i32) = |v| whole_i32(v, 1, i32::from(i16::MAX))
}
field! {
    /// A season the tables accept.
    Season(i32) = |v| whole_i32(v, 1870, 2200)
}
field! {
    /// Innings, as text (or as the number a careless tool made of it: its digits are the same).
    Innings(String) = |v| match v {
        Scalar::Null => Ok(None),
        Scalar::Text(t) if is_blank(t) => Ok(None),
        Scalar::Text(t) | Scalar::Number(t) => Ok(Some(t.clone())),
        Scalar::Bool(b) => Err(format!("{b} is not innings")),
    }
}
