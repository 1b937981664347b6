//! The catalogue against the contract's own table, `features.csv`, row by row and field by field.

use dynasty_prospects::features::catalogue::{Category, FEATURES, catalogue, ordinal_of};

#[test]
fn catalogue_is_the_contracts() {
    let mut contract = csv::Reader::from_reader(include_str!("features.csv").as_bytes());
    let header = contract.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = contract.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), FEATURES);
    assert_eq!(catalogue().len(), FEATURES);
    for (i, (row, feature)) in rows.iter().zip(catalogue()).enumerate() {
        let field = |name: &str| &row[header.iter().position(|h| h == name).unwrap()];
        assert_eq!(field("ordinal"), (i + 1).to_string());
        assert_eq!(field("name"), feature.name);
        let of = feature.name;
        assert_eq!(field("category"), feature.category.name(), "{of}");
        assert_eq!(field("applies_to"), feature.applies_to.name(), "{of}");
        assert_eq!(field("dtype"), "float8", "{of}");
        assert_eq!(field("unit"), feature.unit, "{of}");
        assert_eq!(field("sources"), feature.sources, "{of}");
        assert_eq!(field("window"), feature.window.name(), "{of}");
        assert_eq!(field("formula"), feature.formula, "{of}");
        assert_eq!(field("null_rule"), feature.null_rule, "{of}");
        assert_eq!(field("rounding"), "none", "{of}");
        assert_eq!(field("description"), feature.description, "{of}");
        assert_eq!(ordinal_of(of), Some(i + 1));
    }
}

#[test]
fn categories_follow_each_other() {
    let order: Vec<Category> = catalogue().iter().map(|f| f.category).collect();
    assert!(order.is_sorted());
    assert!(Category::ALL.iter().all(|c| order.contains(c)));
}
