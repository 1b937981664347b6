//! Body, hands, position, draft: category `bio`.

use super::{AppliesTo::*, Category::Bio, Feature, Window::*, flag};
use crate::features::subject::Subject;
use dynasty_numbers::days;

/// Age on July 1 of the as-of year.
pub(super) fn age(s: &Subject<'_>) -> Option<f64> {
    Some(days::age(s.person.birth_date?, days::day(s.year, 7, 1)))
}

fn bmi(s: &Subject<'_>) -> Option<f64> {
    let inches = s.person.height_inches.filter(|inches| *inches > 0)?;
    let metres = f64::from(inches) * 0.0254;
    Some(f64::from(s.person.weight_lbs?) * 0.45359237 / (metres * metres))
}

fn drafted(s: &Subject<'_>) -> Option<i32> {
    s.person.drafted_by(s.year)
}

/// What he signed for, if that was known by then.
fn bonus(s: &Subject<'_>) -> Option<i32> {
    let known = s.person.draft_year.is_none_or(|drafted| drafted <= s.year);
    s.person.signing_bonus_usd.filter(|bonus| known && *bonus >= 0)
}

/// The features of this file, in the order of their ordinals.
pub(super) const FEATURES: &[Feature] = &[
    entry! {
        age: Bio, All, AsOf, "years", reads "prospects.birth_date";
        is "AGE(birth_date, date(Y,7,1)) = (date(Y,7,1) - birth_date in days) / 365.25";
        null "birth_date IS NULL";
        about "Age on July 1 of the as-of year";
        |s| age(s)
    },
    entry! {
        age_squared: Bio, All, AsOf, "years^2", reads "prospects.birth_date";
        is "age * age";
        null "age IS NULL";
        about "Square of age (non-linear ageing effect)";
        |s| age(s).map(|x| x * x)
    },
    entry! {
        height_inches: Bio, All, AsOf, "inches", reads "prospects.height_inches";
        is "height_inches";
        null "height_inches IS NULL";
        about "Height";
        |s| s.person.height_inches.map(f64::from)
    },
    entry! {
        weight_lbs: Bio, All, AsOf, "pounds", reads "prospects.weight_lbs";
        is "weight_lbs";
        null "weight_lbs IS NULL";
        about "Weight";
        |s| s.person.weight_lbs.map(f64::from)
    },
    entry! {
        bmi: Bio, All, AsOf, "kg/m^2", reads "prospects.height_inches; prospects.weight_lbs";
        is "(weight_lbs * 0.45359237) / (height_inches * 0.0254)^2";
        null "height_inches or weight_lbs NULL, or height_inches <= 0";
        about "Body mass index";
        |s| bmi(s)
    },
    entry! {
        bats_left: Bio, All, AsOf, "flag", reads "prospects.bats";
        is "1 if bats = 'L' else 0";
        null "bats IS NULL";
        about "Bats left";
        |s| flag(s.person.bats? == 'L')
    },
    entry! {
        bats_switch: Bio, All, AsOf, "flag", reads "prospects.bats";
        is "1 if bats = 'S' else 0";
        null "bats IS NULL";
        about "Switch hitter";
        |s| flag(s.person.bats? == 'S')
    },
    entry! {
        throws_left: Bio, All, AsOf, "flag", reads "prospects.throws";
        is "1 if throws = 'L' else 0";
        null "throws IS NULL";
        about "Throws left";
        |s| flag(s.person.throws? == 'L')
    },
    entry! {
        platoon_advantage: Bio, Hitter, AsOf, "flag", reads "prospects.bats";
        is "1 if bats IN ('L','S') else 0";
        null "bats IS NULL";
        about "Has the platoon advantage against right-handed pitching";
        |s| flag(matches!(s.person.bats?, 'L' | 'S'))
    },
    entry! {
        bats_throws_opposite: Bio, Hitter, AsOf, "flag", reads "prospects.bats; prospects.throws";
        is "1 if (bats = 'L' AND throws = 'R') OR (bats = 'R' AND throws = 'L') else 0";
        null "bats or throws NULL";
        about "Bats and throws from opposite sides (a switch hitter is 0)";
        |s| flag(matches!((s.person.bats?, s.person.throws?), ('L', 'R') | ('R', 'L')))
    },
    entry! {
        is_pitcher: Bio, All, AsOf, "flag", reads "prospects.position";
        is "1 if position IN ('P','SP','RP','RHP','LHP') else 0";
        null "never";
        about "Listed position is a pitching position";
        |s| flag(s.person.is_pitcher())
    },
    entry! {
        is_catcher: Bio, All, AsOf, "flag", reads "prospects.position";
        is "1 if position = 'C' else 0";
        null "never";
        about "Listed position catcher";
        |s| flag(s.person.position == "C")
    },
    entry! {
        is_middle_infielder: Bio, All, AsOf, "flag", reads "prospects.position";
        is "1 if position IN ('2B','SS') else 0";
        null "never";
        about "Listed position second base or shortstop";
        |s| flag(matches!(s.person.position.as_str(), "2B" | "SS"))
    },
    entry! {
        is_corner_infielder: Bio, All, AsOf, "flag", reads "prospects.position";
        is "1 if position IN ('1B','3B') else 0";
        null "never";
        about "Listed position first or third base";
        |s| flag(matches!(s.person.position.as_str(), "1B" | "3B"))
    },
    entry! {
        is_outfielder: Bio, All, AsOf, "flag", reads "prospects.position";
        is "1 if position IN ('LF','CF','RF','OF') else 0";
        null "never";
        about "Listed position in the outfield";
        |s| flag(matches!(s.person.position.as_str(), "LF" | "CF" | "RF" | "OF"))
    },
    entry! {
        positional_adjustment: Bio, Hitter, AsOf, "runs/162G", reads "prospects.position";
        is "POSADJ[position]: C 12.5; SS 7.5; 2B, 3B, CF 2.5; LF, RF -7.5; 1B -12.5; DH -17.5; IF = (2.5+2.5+7.5)/3; OF = (2.5-7.5-7.5)/3";
        null "position is a pitching position";
        about "FanGraphs positional adjustment in runs per 162 games";
        |s| s.person.positional_adjustment()
    },
    entry! {
        is_two_way: Bio, All, Career, "flag", reads "prospects.position; milb_game_logs.plate_appearances; milb_game_logs.outs_pitched";
        is "1 if HITTER_ROLE AND PITCHER_ROLE else 0";
        null "never";
        about "Both roles apply as of Y (see role rule)";
        |s| flag(s.hitter && s.pitcher)
    },
    entry! {
        is_drafted: Bio, All, AsOf, "flag", reads "prospects.draft_year";
        is "1 if draft_year IS NOT NULL AND draft_year <= Y else 0";
        null "never";
        about "Was drafted on or before the as-of year";
        |s| flag(drafted(s).is_some())
    },
    entry! {
        draft_round: Bio, All, AsOf, "round", reads "prospects.draft_round; prospects.draft_year";
        is "draft_round";
        null "is_drafted = 0 or draft_round NULL";
        about "Draft round";
        |s| drafted(s).and(s.person.draft_round).map(f64::from)
    },
    entry! {
        draft_overall_pick: Bio, All, AsOf, "pick", reads "prospects.draft_pick; prospects.draft_year";
        is "draft_pick";
        null "is_drafted = 0 or draft_pick NULL";
        about "Overall selection number (draft_pick stores the overall number, API pickNumber)";
        |s| drafted(s).and(s.person.draft_pick).map(f64::from)
    },
    entry! {
        draft_pick_log: Bio, All, AsOf, "ln(pick)", reads "prospects.draft_pick; prospects.draft_year";
        is "ln(draft_pick)";
        null "is_drafted = 0, draft_pick NULL or draft_pick < 1";
        about "Natural log of the overall pick";
        |s| drafted(s).and(s.person.draft_pick).filter(|pick| *pick >= 1).map(|pick| f64::from(pick).ln())
    },
    entry! {
        age_at_draft: Bio, All, AsOf, "years", reads "prospects.birth_date; prospects.draft_year";
        is "AGE(birth_date, date(draft_year,7,1))";
        null "is_drafted = 0 or birth_date NULL";
        about "Age on July 1 of the draft year";
        |s| Some(days::age(s.person.birth_date?, days::day(drafted(s)?, 7, 1)))
    },
    entry! {
        years_since_draft: Bio, All, AsOf, "years", reads "prospects.draft_year";
        is "Y - draft_year";
        null "is_drafted = 0";
        about "Whole years since the draft";
        |s| drafted(s).map(|drafted| f64::from(s.year) - f64::from(drafted))
    },
    entry! {
        signing_bonus_log: Bio, All, AsOf, "ln(1+USD)", reads "prospects.signing_bonus_usd; prospects.draft_year";
        is "ln(1 + signing_bonus_usd)";
        null "signing_bonus_usd NULL or < 0, or draft_year > Y";
        about "Log of signing bonus; undrafted (international) bonuses count at any Y";
        |s| bonus(s).map(|bonus| (1.0 + f64::from(bonus)).ln())
    },
    entry! {
        is_international: Bio, All, AsOf, "flag", reads "prospects.birth_country";
        is "0 if upper(btrim(birth_country, ' ')) IN ('USA','US','U.S.','U.S.A.','UNITED STATES','UNITED STATES OF AMERICA','CAN','CANADA','P.R.','PR','PUERTO RICO','V.I.','VIRGIN ISLANDS','U.S. VIRGIN ISLANDS','GUAM','AMERICAN SAMOA') else 1";
        null "birth_country NULL or empty after btrim";
        about "Born outside the Rule 4 draft territory";
        |s| s.person.is_international().and_then(flag)
    },
];
