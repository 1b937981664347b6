//! `docs/prospects/features.md` is the catalogue in words. `UPDATE_DOCS=1 cargo test -p dynasty-prospects --test features_doc` writes it.

use dynasty_prospects::features::catalogue::{AppliesTo, Category, FEATURES, VERSION, catalogue};
use std::fmt::Write;
use std::path::PathBuf;

const INTRODUCTION: &str = "\
One call gives what a scout would look up about a prospect, as it stood at the end of a year: nothing that was played,
graded or written down later is in it.

```sql
SELECT feature_vector FROM dynasty.prospect_features(123, 2022);                          -- one prospect, by name
SELECT prospect_id, feature_values FROM dynasty.feature_matrix(2022);                     -- everybody, in the order below
SELECT * FROM dynasty.explain_feature(123, 2022, 'ops_vs_level');                         -- why is it what it is?
SELECT ordinal, name, formula FROM dynasty.feature_catalogue() WHERE category = 'derived';
```

**For whom.** A hitter's features are NULL for a pitcher and the reverse. A listed pitcher with 100 plate appearances is a hitter
too, a listed hitter with 30 innings on the mound a pitcher too.

**What counts.** Regular-season games, and games whose type is not said. A rate is taken over the games that report everything it
needs, top and bottom alike; hit by pitch, sacrifices, intentional walks, caught stealing and hit batsmen count as 0 where they are
not reported.

**Levels** are Complex 1, Rookie 2, A 3, A+ 4, AA 5, AAA 6. *Against the level* compares with everybody of that level and
season in the database, if there are at least five.

**In the formulas** `H[...]` are games at bat and `P[...]` games on the mound of the career, the last or best season, a season `s`, a level
`l` or both; `Y` is the year; small letters are the columns of a game (`bb` walks, `so` strikeouts, `outs` outs pitched, `kp` strikeouts
pitched, `bba` walks allowed ...). `SUM` ignores what is not reported, `Z` makes it 0.
";

fn title(category: Category) -> &'static str {
    match category {
        Category::Bio => "Body, hands, position, draft",
        Category::Scouting => "Scouts' grades and ranks",
        Category::MilbPerformance => "What he did",
        Category::MilbProgression => "How fast he climbs",
        Category::MilbConsistency => "How even he plays",
        Category::Derived => "Put together",
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('*', "\\*").replace('<', "&lt;")
}

fn page() -> String {
    let mut page = format!("# The {FEATURES} features of set {VERSION}\n\n{INTRODUCTION}");
    page.push_str(
        "\nThis page is made from the catalogue (`crates/prospects/src/features/catalogue`); a test keeps it true.\n",
    );
    for category in Category::ALL {
        let _ = write!(page, "\n## {} (`{}`)\n\n", title(category), category.name());
        page.push_str("| # | name | what it is | unit | of | formula | NULL when |\n| ---: | --- | --- | --- | --- | --- | --- |\n");
        for (i, f) in catalogue().iter().enumerate().filter(|(_, f)| f.category == category) {
            let of = match f.applies_to {
                AppliesTo::All => "all",
                AppliesTo::Hitter => "hitters",
                AppliesTo::Pitcher => "pitchers",
            };
            let _ = writeln!(
                page,
                "| {} | `{}` | {} | {} | {of} | {} | {} |",
                i + 1,
                f.name,
                cell(f.description),
                cell(f.unit),
                cell(f.formula),
                cell(f.null_rule),
            );
        }
    }
    page
}

#[test]
fn the_page_is_the_catalogue() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/prospects/features.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(
        written == page(),
        "docs/prospects/features.md is not what the catalogue says: UPDATE_DOCS=1 writes it"
    );
}
