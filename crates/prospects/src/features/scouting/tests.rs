//! Editions of a list: each year sees the latest of its time.

use super::*;

fn report(list: &str, year: i32, (y, m, d): (i32, u8, u8), edition: Option<i32>, value: Option<i32>) -> Report {
    let mut grades = [None; GRADES];
    grades[Grade::FutureValue as usize] = value;
    Report {
        id: 1,
        edition,
        source: list.to_lowercase(),
        list: list.to_string(),
        ranking_year: year,
        recorded: day(y, m, d),
        grades,
    }
}

fn value(reports: &[Report], year: i32) -> Option<i32> {
    Scouting::as_of(reports, year).pick(Grade::FutureValue)
}

#[test]
fn a_year_sees_the_latest_edition_of_its_time() {
    let reports = [
        report("fangraphs", 2022, (2024, 1, 5), None, Some(45)),
        report("fangraphs", 2022, (2023, 2, 20), Some(2), Some(50)),
        report("fangraphs", 2022, (2022, 10, 10), Some(3), Some(60)),
        report("fangraphs", 2022, (2022, 2, 1), Some(1), Some(55)),
    ];
    let seen = [2021, 2022, 2023, 2024, 2025].map(|year| value(&reports, year));
    assert_eq!(seen, [None, Some(60), Some(50), Some(45), Some(45)]);
    assert!((2022..2026).all(|year| Scouting::as_of(&reports, year).reports().len() == 1));
}

#[test]
fn what_an_edition_does_not_say_is_not_taken_from_the_one_before() {
    let reports = [
        report("fangraphs", 2022, (2023, 2, 20), None, None),
        report("fangraphs", 2022, (2022, 10, 10), Some(1), Some(60)),
        report("ba", 2022, (2022, 3, 1), None, Some(40)),
    ];
    assert_eq!([2022, 2023].map(|year| value(&reports, year)), [Some(60), Some(40)]);
}

#[test]
fn lists_are_told_apart_by_their_names_as_written_and_by_year() {
    let reports = [
        report("BA", 2022, (2022, 3, 1), None, None),
        report("ba", 2022, (2022, 2, 1), Some(1), Some(40)),
        report("ba", 2021, (2021, 2, 1), Some(2), Some(35)),
    ];
    assert_eq!(Scouting::as_of(&reports, 2022).reports().len(), 3);
    assert_eq!(value(&reports, 2022), Some(40));
}

#[test]
fn of_one_date_the_row_of_the_table_counts_and_then_what_was_kept_last() {
    let date = (2022, 10, 10);
    let kept = [
        report("ba", 2022, date, Some(7), Some(45)),
        report("ba", 2022, date, Some(9), Some(50)),
    ];
    assert_eq!(value(&kept, 2022), Some(50));
    let mut all = kept.to_vec();
    all.push(report("ba", 2022, date, None, Some(55)));
    assert_eq!(value(&all, 2022), Some(55));
}
