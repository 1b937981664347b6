//! Feature sets: `v1.0` is the core's catalogue; others are data (a choice and an order of its features, and SQL
//! expressions over them). A set never changes once it is registered.

use crate::pg::errors::{error, short};
use crate::pg::query::{Argument, read_few_rows};
use crate::pg::text::ShortText;
use crate::shared::arguments::Of;
use dynasty_prospects::features::catalogue::{Inputs, VERSION, catalogue, ordinal_of};
use dynasty_prospects::features::expression::{Expression, compile};
use pgrx::PgSqlErrorCode::*;
use std::borrow::Cow;

/// A feature of a set.
pub struct Member {
    pub name: Cow<'static, str>,
    pub category: Cow<'static, str>,
    pub applies_to: Cow<'static, str>,
    pub unit: Cow<'static, str>,
    pub formula: Cow<'static, str>,
    pub null_rule: Cow<'static, str>,
    pub description: Cow<'static, str>,
    origin: Origin,
}

/// Where the value of a feature comes from.
enum Origin {
    /// The place in the vector of `v1.0`.
    Feature(usize),
    Expression(Expression),
}

/// The features of a set, in their order.
pub struct FeatureSet {
    pub version: String,
    pub members: Vec<Member>,
}

impl FeatureSet {
    /// The set that an argument names; raises 22023 when there is none.
    pub fn load(of: Of, version: &str) -> FeatureSet {
        FeatureSet::find(version).unwrap_or_else(|| {
            of.invalid(format!("unknown feature set version \"{}\"", short(version)))
                .hint(format!("{VERSION} is built in; others are in dynasty.feature_sets."))
                .raise()
        })
    }

    /// `v1.0`.
    pub fn built_in() -> FeatureSet {
        FeatureSet {
            version: VERSION.into(),
            members: (0..catalogue().len()).map(feature).collect(),
        }
    }

    /// The set of that version, if there is one.
    pub fn find(version: &str) -> Option<FeatureSet> {
        if version == VERSION {
            return Some(FeatureSet::built_in());
        }
        let mut members: Vec<Member> = vec![];
        let whose = format!("feature set \"{}\"", short(version));
        let text = ShortText::of(version);
        read_few_rows(
            "SELECT m.name::pg_catalog.text, m.expression, m.category::pg_catalog.text, m.applies_to::pg_catalog.text, m.unit, m.description
             FROM dynasty.feature_set_members m
             WHERE m.version OPERATOR(pg_catalog.=) $1::pg_catalog.varchar ORDER BY m.ordinal",
            &[Argument::text(&text)],
            &mut |row| {
                let text = |column| row.text(column).unwrap_or_default().into_owned();
                let name = text(0);
                members.push(match row.text(1) {
                    None => feature(ordinal_of(&name).unwrap_or(1) - 1),
                    Some(expression) => Member {
                        category: text(2).into(),
                        applies_to: text(3).into(),
                        unit: text(4).into(),
                        description: text(5).into(),
                        null_rule: "an input is NULL, unless the expression says otherwise; or the result is not finite".into(),
                        origin: Origin::Expression(compiled(&whose, &name, &expression)),
                        formula: expression.into_owned().into(),
                        name: name.into(),
                    },
                });
            },
        );
        (!members.is_empty()).then(|| FeatureSet {
            version: version.into(),
            members,
        })
    }

    /// What each feature is computed from.
    pub fn inputs(&self) -> Vec<Inputs> {
        let inputs = |member: &Member| match &member.origin {
            Origin::Feature(place) => catalogue()[*place].inputs(),
            Origin::Expression(expression) => {
                let mut all = Inputs::default();
                let of = expression.features().iter();
                of.for_each(|place| all.merge(catalogue()[*place].inputs()));
                all
            }
        };
        self.members.iter().map(inputs).collect()
    }

    /// The values of the set, from those of `v1.0`.
    pub fn values(&self, base: &[Option<f64>]) -> Vec<Option<f64>> {
        let value = |member: &Member| match &member.origin {
            Origin::Feature(place) => base[*place],
            Origin::Expression(expression) => expression.value(base),
        };
        self.members.iter().map(value).collect()
    }
}

/// A feature of `v1.0` as a member.
fn feature(place: usize) -> Member {
    let f = &catalogue()[place];
    Member {
        name: f.name.into(),
        category: f.category.name().into(),
        applies_to: f.applies_to.name().into(),
        unit: f.unit.into(),
        formula: f.formula.into(),
        null_rule: f.null_rule.into(),
        description: f.description.into(),
        origin: Origin::Feature(place),
    }
}

/// An expression over `v1.0`; raises 22023 with the place of what is wrong. `whose`: what the message begins with.
pub fn compiled(whose: &str, name: &str, expression: &str) -> Expression {
    compile(expression, &|feature| ordinal_of(feature).map(|ordinal| ordinal - 1)).unwrap_or_else(|e| {
        error(
            ERRCODE_INVALID_PARAMETER_VALUE,
            format!("{whose}: feature \"{name}\": {e}"),
        )
        .detail(format!("Expression: {}", short(expression)))
        .raise()
    })
}
