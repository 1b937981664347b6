//! "Did you mean": names that are written like one that is not known.

/// At most three candidates that are written most like `name`, by edit distance, the nearest first; equally near ones in
/// the candidates' order.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    // Every name of Postgres has at most 63 bytes. Comparing a text of thousands with hundreds would only take time.
    let name: String = name.chars().take(64).collect();
    let mut ranked: Vec<(usize, &str)> = candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&name, candidate), candidate))
        .collect();
    ranked.sort_by_key(|(distance, _)| *distance);
    ranked.into_iter().take(3).map(|(_, candidate)| candidate).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn nearest_names() {
        let names = [
            "career_k_rate",
            "career_bb_rate",
            "season_k_rate",
            "age",
            "career_k_rates",
        ];
        assert_eq!(
            nearest("carer_k_rate", names),
            ["career_k_rate", "career_k_rates", "career_bb_rate"]
        );
        assert_eq!(nearest("gae", names)[0], "age");
        assert_eq!(nearest("x", ["b", "a"]), ["b", "a"]);
        assert!(nearest("x", []).is_empty());
    }
}
