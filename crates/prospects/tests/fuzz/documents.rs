//! Every document that is read: the six kinds of replies, models, calibrations, label configs, contributions.

use crate::dice::Dice;
use crate::{fuzz, mutate};
use dynasty_intake::payload::parse_payload;
use dynasty_models::calibration::Calibration;
use dynasty_models::{Format, Model};
use dynasty_prospects::api::scouting::List;
use dynasty_prospects::api::{Parsed, ShapeError, advanced, boxscore, game_log, mlb_stats, people, scouting};
use dynasty_prospects::labels::config::Thresholds;
use dynasty_prospects::predictions::{Prediction, Record};
use serde_json::{Value, json};
use std::sync::OnceLock;

/// A message says what is wrong without giving back what may be megabytes.
fn decent(message: &str) {
    assert!(
        !message.is_empty() && message.chars().count() < 2_000,
        "a message of {} characters",
        message.len()
    );
}

fn reply<R: PartialEq + std::fmt::Debug>(text: &str, read: impl Fn(&Value) -> Result<Parsed<R>, ShapeError>) {
    let payload = match parse_payload(text) {
        Ok(payload) => payload,
        Err(error) => return decent(&error.to_string()),
    };
    match read(&payload) {
        Err(error) => decent(&error.to_string()),
        Ok(parsed) => {
            assert_eq!(parsed.received(), parsed.items.len() + parsed.rejects.len());
            parsed.rejects.iter().for_each(|r| decent(&r.reason));
            parsed.rejects.iter().for_each(|r| decent(&r.path));
            parsed.items.iter().for_each(|i| decent(&i.player.label()));
            // Nothing depends on what was read before.
            assert!(read(&payload).is_ok_and(|again| again == parsed));
        }
    }
}

fn seeds() -> &'static [String] {
    static SEEDS: OnceLock<Vec<String>> = OnceLock::new();
    SEEDS.get_or_init(written)
}

fn written() -> Vec<String> {
    let split = json!({"season": "2024", "date": "2024-06-01", "gameType": "R", "isHome": true, "sport": {"id": 12}, "team": {"id": 5, "name": "A"},
        "game": {"gamePk": 1, "gameNumber": 1}, "player": {"id": 7, "fullName": "Good"}, "numTeams": 1, "stat": {"gamesPlayed": 1, "plateAppearances": 5,
        "atBats": 4, "hits": 1, "doubles": 0, "triples": 0, "homeRuns": 0, "runs": 1, "rbi": "2", "baseOnBalls": 1, "avg": ".250", "stolenBases": 0}});
    let pitched = json!({"season": "2024", "date": "2024-06-02", "sport": {"id": 11}, "game": {"gamePk": 2}, "player": {"id": 8, "fullName": "Arm"},
        "stat": {"inningsPitched": "5.1", "outs": 16, "battersFaced": 22, "hits": 4, "earnedRuns": 2, "strikeOuts": 6, "hitByPitch": 1, "hitBatsmen": 1, "era": "-.--"}});
    let stats = |kind: &str, group: &str, splits: Value| json!({"stats": [{"type": {"displayName": kind}, "group": {"displayName": group}, "splits": splits}]});
    let club = json!({"name": "Club", "sport": {"id": 14}, "league": {"name": "League"}});
    let players = json!({"ID1": {"person": {"id": 1, "fullName": "One"}, "position": {"abbreviation": "SS"}, "stats": {"batting": {"gamesPlayed": 1, "atBats": 3, "hits": 1},
        "pitching": {"gamesPlayed": 1, "inningsPitched": "1.0", "outs": 3}}}});
    vec![
        stats("gameLog", "hitting", json!([split, split])),
        stats("gameLog", "pitching", json!([pitched])),
        stats("yearByYear", "hitting", json!([{"season": "2022", "player": {"id": 7, "fullName": "Mo"}, "sport": {"id": 1}, "gameType": "R", "numTeams": 2,
            "stat": {"gamesPlayed": 153, "plateAppearances": 664, "atBats": 524, "hits": 127, "ops": ".853"}}])),
        json!({"people": [{"id": 12, "fullName": "Ida Ward", "birthDate": "2001-02-03", "birthCountry": "Dominican Republic", "height": "6' 1\"", "weight": 210,
            "primaryPosition": {"abbreviation": "SS"}, "batSide": {"code": "S"}, "pitchHand": {"code": "R"}, "draftYear": 2019, "mlbDebutDate": "2024-04-01",
            "currentTeam": {"name": "X", "parentOrgName": "Y"}, "drafts": [{"year": "2019", "pickRound": "2", "pickNumber": 61, "signingBonus": "1,250,000.00"}],
            "stats": stats("gameLog", "hitting", json!([split]))["stats"]}]}),
        json!({"gamePk": 1, "gameData": {"game": {"season": "2019", "type": "R", "gameNumber": 1}, "datetime": {"officialDate": "2019-05-01", "dateTime": "2019-05-01T23:05:00Z"},
            "teams": {"home": club, "away": club}}, "liveData": {"boxscore": {"teams": {"home": {"team": {"name": "H"}, "players": players}, "away": {"team": {"name": "A"}, "players": {}}}}}}),
        json!([{"playerName": "Ida Ward", "PlayerId": "sa301", "Position": "SIRP", "FV": "45+", "ETA": "Mid 2026", "Ovr_Rank": 12, "Hit": "40 / 50", "Game": "35/45",
            "Raw": "60", "Spd": "", "FB": "55 / 60", "CMD": "30 / 45+", "Risk": "High"}, {"mlb_id": 5, "source": "ba", "ranking_year": 2022, "date_recorded": "2022-01-09"}]),
        json!({"data": [{"PlayerName": "Ida Ward", "playerids": "sa301", "Season": 2024, "aLevel": "AA", "wRC": 63.5, "wOBA": 0.3674, "wRC+": 131.2, "GB%": 0.4312, "HR/FB": "3.0 %"},
            {"mlb_id": 5, "season": 2024, "level": "A+", "gb_percent": 0.5}]}),
        json!([{"mlb_id": 5, "season": 2022, "war": 1.5, "innings_pitched": "5.1", "plate_appearances": 10}]),
    ]
    .into_iter()
    .map(|seed| seed.to_string())
    .collect()
}

fn from_seeds(dice: &mut Dice) -> String {
    mutate::near(seeds(), dice)
}

#[test]
fn game_logs() {
    fuzz("game_logs", from_seeds, |text| {
        reply(text, |v| game_log::parse_game_logs(v, Some(7)))
    });
}

#[test]
fn box_scores() {
    fuzz("box_scores", from_seeds, |text| {
        reply(text, |payload| boxscore::parse_boxscore(payload))
    });
}

#[test]
fn biographies() {
    fuzz("biographies", from_seeds, |text| {
        reply(text, |payload| people::parse_people(payload))
    });
}

#[test]
fn major_seasons() {
    fuzz("major_seasons", from_seeds, |text| {
        reply(text, |v| mlb_stats::parse_mlb_stats(v, None))
    });
}

#[test]
fn scouting_lists() {
    let list = List {
        source: "fangraphs".into(),
        ranking_year: None,
        date_recorded: "2024-06-01".into(),
    };
    fuzz("scouting_lists", from_seeds, |text| {
        reply(text, |v| scouting::parse_scouting(v, &list))
    });
}

#[test]
fn advanced_lines() {
    fuzz("advanced_lines", from_seeds, |text| {
        reply(text, |payload| advanced::parse_advanced(payload))
    });
}

/// Scores and explains a few rows: numbers of the right count; probabilities are ones; contributions add up.
fn score(model: &Model, seed: u64) {
    let mut dice = Dice::new(seed);
    let mut scorer = model.scorer();
    for _ in 0..3 {
        let row: Vec<f64> = (0..model.feature_names().len()).map(|_| dice.float()).collect();
        let Ok(margin) = scorer.margin(&row).map(<[f64]>::to_vec) else {
            assert!(row.iter().any(|x| x.is_infinite()));
            continue;
        };
        assert_eq!(margin.len(), model.outputs());
        let prediction = scorer.prediction(&row).map(<[f64]>::to_vec).unwrap_or_default();
        assert_eq!(prediction.len(), model.outputs());
        if model.link().is_probability() {
            assert!(
                prediction.iter().all(|p| p.is_nan() || (0.0..=1.0).contains(p)),
                "{prediction:?} of {margin:?}"
            );
        }
        let Ok(phi) = scorer.contributions(&row).map(<[f64]>::to_vec) else {
            continue;
        };
        let width = model.feature_names().len();
        for (output, margin) in margin.iter().enumerate() {
            let parts = &phi[output * width..(output + 1) * width];
            let size: f64 = parts.iter().map(|p| p.abs()).sum::<f64>() + model.base_values()[output].abs();
            if size < 1e12 && margin.is_finite() {
                let sum = parts.iter().sum::<f64>() + model.base_values()[output];
                assert!((sum - margin).abs() <= 1e-6 * size.max(1.0), "{sum} is not {margin}");
            }
        }
    }
}

fn models(name: &str, format: Format, seeds: &[String]) {
    fuzz(
        name,
        |dice| (mutate::near(seeds, dice), dice.bits()),
        |(text, seed)| match Model::parse(format, text) {
            Ok(model) => score(&model, *seed),
            Err(error) => decent(&error.to_string()),
        },
    );
}

#[test]
fn xgboost_models() {
    let tree = json!({"left_children": [1, -1, 3, -1, -1], "right_children": [2, -1, 4, -1, -1], "split_indices": [0, 0, 1, 0, 0],
        "split_conditions": [0.5, -1.0, 2.0, 1.0, 3.0], "default_left": [1, 0, 0, 0, 0], "sum_hessian": [10.0, 4.0, 6.0, 2.0, 4.0], "split_type": [0, 0, 0, 0, 0],
        "categories": [], "categories_nodes": [], "categories_segments": [], "categories_sizes": [],
        "tree_param": {"num_nodes": "5", "num_feature": "2", "num_deleted": "0", "size_leaf_vector": "1"}});
    let of = |objective: Value, classes: &str| {
        json!({"learner": {"feature_names": ["a", "b"], "attributes": {"best_iteration": "0"}, "gradient_booster": {"name": "gbtree",
            "model": {"tree_info": [0, 0], "trees": [tree, tree], "gbtree_model_param": {"num_trees": "2", "num_parallel_tree": "1"}}},
            "learner_model_param": {"base_score": "[5E-1]", "num_class": classes, "num_feature": "2", "num_target": "1"}, "objective": objective}, "version": [3, 2, 0]})
        .to_string()
    };
    models(
        "xgboost",
        Format::Xgboost,
        &[
            of(json!({"name": "reg:squarederror"}), "0"),
            of(
                json!({"name": "binary:logistic", "reg_loss_param": {"scale_pos_weight": "1"}}),
                "0",
            ),
            of(
                json!({"name": "multi:softprob", "softmax_multiclass_param": {"num_class": "3"}}),
                "3",
            ),
        ],
    );
}

#[test]
fn lightgbm_models() {
    let of = |objective: &str, classes: usize| {
        format!(
            "tree\nversion=v4\nnum_class={classes}\nnum_tree_per_iteration={classes}\nlabel_index=0\nmax_feature_idx=1\nobjective={objective}\nfeature_names=a b\n\
             feature_infos=[0:1] [0:1]\ntree_sizes=400\n\nTree=0\nnum_leaves=3\nnum_cat=0\nsplit_feature=0 1\nsplit_gain=1 1\nthreshold=0.5 -1\ndecision_type=8 0\n\
             left_child=1 -1\nright_child=-2 -3\nleaf_value=10 20 30\nleaf_weight=1 1 1\nleaf_count=1 5 4\ninternal_value=0 0\ninternal_weight=1 1\ninternal_count=10 5\n\
             is_linear=0\nshrinkage=1\n\n\nend of trees\n\nfeature_importances:\na=1\n"
        )
    };
    models(
        "lightgbm",
        Format::Lightgbm,
        &[of("regression", 1), of("binary sigmoid:1", 1)],
    );
}

#[test]
fn linear_models() {
    let documents = [
        json!({"kind": "logistic", "feature_names": ["a", "b"], "classes": [false, true], "coef": [[2.0, -3.0, 0.5]], "intercept": [0.25],
            "impute": [1.0, 5.0], "missing_indicator": ["b"], "mean": [1.0, 4.0, 0.2], "scale": [2.0, 0.5, 0.4]}),
        json!({"kind": "linear", "feature_names": ["a", "b"], "coef": [2, 3], "intercept": 1}),
        json!({"kind": "multinomial", "feature_names": ["a", "b"], "classes": ["x", "y", "z"], "coef": [[1, 2], [3, 4], [5, 6]], "intercept": [0, 1, 2]}),
    ];
    models("linear", Format::Linear, &documents.map(|d| d.to_string()));
}

#[test]
fn calibrations() {
    let seeds = [
        r#"{"kind": "platt", "a": -2, "b": 0.5, "on": "margin"}"#.to_string(),
        r#"{"kind": "isotonic", "x": [0.1, 0.3, 0.5], "y": [0.0, 0.0, 0.8]}"#.to_string(),
    ];
    fuzz(
        "calibrations",
        |dice| (mutate::near(&seeds, dice), [dice.float(), dice.float(), dice.float()]),
        |(text, values)| match Calibration::parse(text) {
            Ok(calibration) => {
                for value in values {
                    let p = calibration.apply(*value);
                    assert!(p.is_nan() || (0.0..=1.0).contains(&p), "{p} of {value}");
                }
            }
            Err(error) => decent(&error.to_string()),
        },
    );
}

#[test]
fn label_configs() {
    let seeds = [json!({"min_pa": 500, "min_outs": 300.0, "star_peak_war": 4.0, "star_cumulative_war": 10, "solid_peak_war": 2.5e0, "solid_cumulative_war": 4,
        "solid_fallback_pa": 1500, "solid_fallback_outs": 1350})
    .to_string()];
    fuzz(
        "label_configs",
        |dice| mutate::near(&seeds, dice),
        |text| match Thresholds::parse(text) {
            Ok(t) => assert!(
                [t.min_pa, t.min_outs, t.solid_fallback_pa, t.solid_fallback_outs]
                    .iter()
                    .all(|n| *n >= 0)
            ),
            Err(error) => decent(&error.to_string()),
        },
    );
}

#[test]
fn recorded_predictions() {
    let seeds = [json!({"age": 0.5, "ops_vs_level": -0.25, "future_value": 1e-9, "x": 3}).to_string()];
    fuzz(
        "recorded_predictions",
        |dice| {
            (
                mutate::near(&seeds, dice),
                [(); 5].map(|()| dice.float_or_none()),
                dice.float(),
            )
        },
        |(shap, [success, star, solid, marginal, failed], threshold)| {
            let record = Record::of(&Prediction {
                success_probability: *success,
                prob_star: *star,
                prob_solid: *solid,
                prob_marginal: *marginal,
                prob_failed: *failed,
                shap_values: Some(shap),
                threshold: *threshold,
            });
            match record {
                Ok(record) => assert!(record.success_probability.is_none_or(|p| p.scale() <= 3)),
                Err(error) => decent(&error.to_string()),
            }
        },
    );
}
