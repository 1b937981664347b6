//! Registered models, read once per session: a document of megabytes takes longer to read than a year of prospects to score.

use super::errors::{bind_error, document_error};
use crate::pg::errors::{error, short};
use crate::pg::locks::hold_row;
use crate::pg::query::{Argument, QueryRow, read_few_rows};
use crate::pg::snapshot::with_fresh_snapshot;
use crate::pg::sql_text::Text;
use crate::pg::text::ShortText;
use crate::prospects::features::sets::FeatureSet;
use dynasty_intake::nearest::nearest;
use dynasty_models::bound::{Bound, Target};
use dynasty_models::calibration::Calibration;
use dynasty_models::{Format, Model};
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use pgrx::prelude::Spi;
use std::cell::RefCell;
use std::rc::Rc;

/// A model ready to use.
pub struct Stored {
    /// `name:version`.
    pub name: String,
    pub bound: Bound,
    /// Where its features come from; `None`: it has features of its own.
    pub from_set: Option<FromSet>,
}

/// A feature set, and where in it the model's features are.
pub struct FromSet {
    pub set: FeatureSet,
    pub places: Vec<usize>,
}

/// Nodes of trees that stay parsed in a session; 16 bytes each, and as much again for explaining.
const KEPT_NODES: usize = 3_000_000;
const KEPT_MODELS: usize = 16;

thread_local! {
    /// The one used last is the last.
    static CACHE: RefCell<Vec<(String, Rc<Stored>)>> = const { RefCell::new(vec![]) };
}

const BY_NAME: &str = "SELECT m.id, m.tableoid::pg_catalog.text, m.ctid::pg_catalog.text, m.xmin::pg_catalog.text,
        pg_catalog.pg_column_size(m.document), m.name, m.version
     FROM dynasty.ml_models m WHERE m.name OPERATOR(pg_catalog.=) $1 ORDER BY m.id DESC LIMIT 1";
const BY_VERSION: &str = "SELECT m.id, m.tableoid::pg_catalog.text, m.ctid::pg_catalog.text, m.xmin::pg_catalog.text,
        pg_catalog.pg_column_size(m.document), m.name, m.version
     FROM dynasty.ml_models m WHERE m.name OPERATOR(pg_catalog.=) $1 AND m.version OPERATOR(pg_catalog.=) $2";
const DOCUMENT: &str = "SELECT m.kind, m.target, m.feature_set_version, m.document, m.calibration::pg_catalog.text,
        pg_catalog.array_to_string(m.classes, E'\\x1f'), pg_catalog.array_to_string(m.feature_names, E'\\x1f'), m.missing
     FROM dynasty.ml_models m WHERE m.id OPERATOR(pg_catalog.=) $1";
const PLACE: &str = "SELECT m.tableoid::pg_catalog.text, m.ctid::pg_catalog.text FROM dynasty.ml_models m
     WHERE pg_catalog.concat(m.name, ':', m.version) OPERATOR(pg_catalog.=) $1";
const IS_THERE: &str = "SELECT EXISTS (SELECT FROM dynasty.ml_models m
     WHERE pg_catalog.concat(m.name, ':', m.version) OPERATOR(pg_catalog.=) $1)";
const NAMES: &str =
    "SELECT pg_catalog.concat(m.name, ':', m.version) FROM dynasty.ml_models m ORDER BY m.id DESC LIMIT 1000";

impl Stored {
    /// The model called `name` (its newest version) or `name:version`; raises 42704 when there is none.
    ///
    /// What is kept is told apart by the place and the writer of its row: it is read again after any change.
    pub fn find(reference: &str) -> Rc<Stored> {
        let mut found: Option<(i32, String, String)> = None;
        let mut take = |row: &QueryRow<'_>| {
            let text = |column| row.text(column).unwrap_or_default();
            let id = row.int4(0).unwrap_or(0);
            let size = row.int4(4).unwrap_or(0);
            found = Some((
                id,
                format!("{id} {} {} {} {size}", text(1), text(2), text(3)),
                format!("{}:{}", text(5), text(6)),
            ));
        };
        match reference.split_once(':') {
            Some((name, version)) => {
                let (name, version) = (ShortText::of(name), ShortText::of(version));
                read_few_rows(
                    BY_VERSION,
                    &[Argument::text(&name), Argument::text(&version)],
                    &mut take,
                );
            }
            None => read_few_rows(BY_NAME, &[Argument::text(&ShortText::of(reference))], &mut take),
        }
        let Some((id, key, name)) = found else {
            unknown(reference)
        };
        let kept = CACHE.with_borrow_mut(|cache| {
            let at = cache.iter().position(|(k, _)| *k == key)?;
            let entry = cache.remove(at);
            let stored = Rc::clone(&entry.1);
            cache.push(entry);
            Some(stored)
        });
        kept.unwrap_or_else(|| {
            let stored = Rc::new(read(id, name));
            keep(key, &stored);
            stored
        })
    }

    /// The same, for who is about to store predictions: until the transaction ends its row is held, so that
    /// `dynasty.drop_model()` (or a plain DELETE) waits.
    pub fn find_and_hold(reference: &str) -> Rc<Stored> {
        let stored = Stored::find(reference);
        let name = ShortText::of(&stored.name);
        let mut rows: Vec<(pg_sys::Oid, String)> = vec![];
        read_few_rows(PLACE, &[Argument::text(&name)], &mut |row| {
            let table = row.text(0).and_then(|oid| oid.parse::<u32>().ok()).unwrap_or_default();
            rows.push((table.into(), row.text(1).unwrap_or_default().into_owned()));
        });
        if !rows.iter().all(|(table, place)| hold_row(*table, place)) {
            unknown(&stored.name);
        }
        // It may have been renamed while this waited, which only a later snapshot sees.
        let is_there = with_fresh_snapshot(|| {
            Spi::get_one_with_args::<bool>(IS_THERE, &[Text::from(stored.name.as_str()).into()])
        });
        match is_there {
            Ok(Some(true)) => stored,
            Ok(_) => unknown(&stored.name),
            Err(e) => error(ERRCODE_INTERNAL_ERROR, format!("model \"{reference}\": {e}")).raise(),
        }
    }
}

fn keep(key: String, stored: &Rc<Stored>) {
    CACHE.with_borrow_mut(|cache| {
        // An older row of the same model is of no more use.
        cache.retain(|(_, s)| s.name != stored.name);
        cache.push((key, Rc::clone(stored)));
        let nodes =
            |cache: &[(String, Rc<Stored>)]| -> usize { cache.iter().map(|(_, s)| s.bound.model().size().1).sum() };
        while cache.len() > 1 && (cache.len() > KEPT_MODELS || nodes(cache) > KEPT_NODES) {
            cache.remove(0);
        }
    });
}

fn unknown(reference: &str) -> ! {
    let mut names: Vec<String> = vec![];
    read_few_rows(NAMES, &[], &mut |row| {
        names.extend(row.text(0).map(|name| name.into_owned()));
    });
    let near = nearest(reference, names.iter().map(String::as_str));
    let raised = error(
        ERRCODE_UNDEFINED_OBJECT,
        format!("model \"{}\" does not exist", short(reference)),
    );
    if near.is_empty() {
        raised.hint("dynasty.register_model() registers one.").raise()
    }
    raised.hint(format!("Did you mean {}?", near.join(", "))).raise()
}

/// Reads the row again, which the same snapshot has just seen.
fn read(id: i32, name: String) -> Stored {
    let whose = format!("model \"{name}\"");
    let mut stored = None;
    read_few_rows(DOCUMENT, &[Argument::int4(id)], &mut |row| {
        let text = |column| row.text(column).unwrap_or_default();
        // Only a row written past register_model() can be wrong.
        let wrong = |e| document_error(&whose, "document", e);
        let format: Format = text(0).parse().unwrap_or_else(|e| wrong(e).raise());
        let mut model = Model::parse(format, &text(3)).unwrap_or_else(|e| wrong(e).raise());
        if model.is_unnamed() {
            let names = text(6).split('\x1f').map(str::to_string).collect();
            model.name_features(names).unwrap_or_else(|e| wrong(e).raise());
        }
        if let Some(missing) = row.float8(7) {
            model.set_missing(missing).unwrap_or_else(|e| wrong(e).raise());
        }
        let calibration = row.text(4).map(|json| {
            Calibration::parse(&json)
                .unwrap_or_else(|e| document_error(&format!("calibration of {whose}"), "calibration", e).raise())
        });
        let target = Target::ALL.into_iter().find(|t| t.name() == text(1));
        let classes = row
            .text(5)
            .map(|names| names.split('\x1f').map(str::to_string).collect());
        let bound = Bound::new(model, calibration, target, classes).unwrap_or_else(|e| bind_error(&whose, e).raise());
        let version = row.text(2).map(|version| version.into_owned());
        stored = Some((bound, version));
    });
    let Some((bound, version)) = stored else { unknown(&name) };
    let from_set = version.map(|version| {
        let set = FeatureSet::find(&version).unwrap_or_else(|| {
            error(
                ERRCODE_UNDEFINED_OBJECT,
                format!("{whose}: feature set \"{version}\" does not exist"),
            )
            .raise()
        });
        let names: Vec<&str> = set.members.iter().map(|m| &*m.name).collect();
        let places = bound.places(&names).unwrap_or_else(|e| bind_error(&whose, e).raise());
        FromSet { set, places }
    });
    Stored { name, bound, from_set }
}
