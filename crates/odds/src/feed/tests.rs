mod fixtures;
mod hostile;
mod shapes;

use super::*;

/// What a payload gives, a line each: event, book, market, period, line, outcome, price; then the faults.
fn lines(payload: &str, source: Source, format: Format) -> Vec<String> {
    let reading = read(payload, source, format).unwrap_or_else(|refused| panic!("{}", refused.error));
    let mut all = vec![];
    for event in &reading.events {
        for book in &event.books {
            for Quote { entry, .. } in &book.quotes {
                let line = entry.line.map_or(String::new(), |l| format!("{:.2}", l as f64 / 100.0));
                let suspended = if entry.suspended { " s" } else { "" };
                all.push(format!(
                    "{} {} {}/{} {line} {} {:.6}{suspended}",
                    event.reference,
                    book.key,
                    entry.market,
                    entry.period,
                    entry.outcome,
                    entry.price as f64 / 1e6
                ));
            }
        }
    }
    all.extend(reading.faults.iter().map(|f| format!("{} {}", f.sqlstate, f.message)));
    all
}

fn refusal(payload: &str, source: Source) -> (&'static str, String) {
    let refused = read(payload, source, Format::Auto).expect_err("refused");
    (refused.error.sqlstate(), refused.error.to_string())
}
