//! tokio-postgres: game logs in by binary COPY, season statistics and features out, typed.

use futures_util::pin_mut;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::env;
use time::{Date, Duration, Month};
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Config, NoTls};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The usual environment variables, which tokio-postgres leaves to its users.
fn config() -> Result<Config> {
    let mut config = Config::new();
    config.host(env::var("PGHOST").unwrap_or_else(|_| "localhost".into()));
    config.port(env::var("PGPORT").unwrap_or_else(|_| "5432".into()).parse()?);
    config.user(env::var("PGUSER").unwrap_or_else(|_| "postgres".into()));
    if let Ok(database) = env::var("PGDATABASE") {
        config.dbname(database);
    }
    Ok(config)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let (mut client, connection) = config()?.connect(NoTls).await?;
    tokio::spawn(connection);

    let insert = "INSERT INTO dynasty.prospects (name, position, birth_date) VALUES ($1, $2, $3) RETURNING id";
    let birth = Date::from_calendar_date(2001, Month::July, 1)?;
    let id: i32 = client
        .query_one(insert, &[&"Russ T. Crate", &"SS", &birth])
        .await?
        .get(0);

    // Binary COPY, in a transaction with what follows from it.
    let opening = Date::from_calendar_date(2023, Month::April, 6)?;
    let transaction = client.transaction().await?;
    let sink = transaction
        .copy_in("COPY dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits, walks) FROM STDIN BINARY")
        .await?;
    let types = [
        Type::INT4,
        Type::DATE,
        Type::INT4,
        Type::VARCHAR,
        Type::INT4,
        Type::INT4,
        Type::INT4,
    ];
    let writer = BinaryCopyInWriter::new(sink, &types);
    pin_mut!(writer);
    for game in 0..100_i32 {
        let day = opening + Duration::days(game.into());
        let walks = (game % 2 == 0).then_some(1_i32);
        let row: [&(dyn ToSql + Sync); 7] = [&id, &day, &2023_i32, &"AAA", &4_i32, &(game % 3), &walks];
        writer.as_mut().write(&row).await?;
    }
    assert_eq!(writer.finish().await?, 100);
    let seen: i64 = transaction
        .query_one(
            "SELECT total_hits FROM dynasty.milb_season_stats WHERE prospect_id = $1",
            &[&id],
        )
        .await?
        .get(0);
    assert_eq!(seen, 99, "the line is there before the commit");
    transaction.commit().await?;

    let line = client
        .query_one("SELECT games_played, avg, hit_consistency_cv, season_end, era FROM dynasty.milb_season_stats WHERE prospect_id = $1", &[&id])
        .await?;
    assert_eq!(line.get::<_, i64>(0), 100);
    assert_eq!(line.get::<_, Decimal>(1), Decimal::new(248, 3));
    assert!(line.get::<_, Option<f64>>(2).is_some_and(|cv| cv > 0.8));
    assert_eq!(line.get::<_, Date>(3), opening + Duration::days(99));
    assert_eq!(line.get::<_, Option<Decimal>>(4), None);

    // Features: a statement prepared once; JSON by name, and an array with NULLs in the order of the names.
    let names: Vec<String> = client.query_one("SELECT dynasty.feature_names()", &[]).await?.get(0);
    let statement = client
        .prepare("SELECT feature_vector, feature_values FROM dynasty.prospect_features($1, $2)")
        .await?;
    for year in [2022, 2023] {
        let row = client.query_one(&statement, &[&id, &year]).await?;
        let (document, values): (Value, Vec<Option<f64>>) = (row.get(0), row.get(1));
        assert_eq!((names.len(), values.len()), (290, 290));
        assert!(
            names
                .iter()
                .zip(&values)
                .all(|(name, value)| document[name].as_f64() == *value)
        );
        assert_eq!(
            document["career_avg"].is_null(),
            year == 2022,
            "nothing of 2023 is known at the end of 2022"
        );
    }

    let reply =
        json!({"people": [{"id": 700_300, "fullName": "From Rust", "primaryPosition": {"abbreviation": "LF"}}, 5]});
    let report = client
        .query_one(
            "SELECT inserted, rejected, rejects FROM dynasty.ingest_people($1)",
            &[&reply],
        )
        .await?;
    assert_eq!((report.get::<_, i64>(0), report.get::<_, i64>(1)), (1, 1));
    assert_eq!(report.get::<_, Value>(2)[0]["index"], 1);

    let error = client
        .execute("SELECT dynasty.refresh_features(1492)", &[])
        .await
        .expect_err("1492 is no year of features");
    assert_eq!(error.code(), Some(&SqlState::INVALID_PARAMETER_VALUE));

    // Prepared statements and ALTER EXTENSION dynasty UPDATE: those that name their columns, and calls of functions, go on. One
    // that says * of a table which got a column is refused (0A000): prepare it anew.
    client.batch_execute("ALTER EXTENSION dynasty UPDATE TO '1.0'").await?;
    let grades = "SELECT * FROM dynasty.scouting_grades";
    let old = client.prepare(grades).await?;
    client.query(&old, &[]).await?;
    client.batch_execute("ALTER EXTENSION dynasty UPDATE").await?;
    let values: Vec<Option<f64>> = client.query_one(&statement, &[&id, &2023_i32]).await?.get(1);
    assert_eq!(values.len(), 290);
    let error = client
        .query(&old, &[])
        .await
        .expect_err("a plan without the new column was used");
    assert_eq!(error.code(), Some(&SqlState::FEATURE_NOT_SUPPORTED));
    let new = client.prepare(grades).await?;
    assert_eq!(new.columns().last().map(tokio_postgres::Column::name), Some("scout"));
    client.query(&new, &[]).await?;
    println!("ok");
    Ok(())
}
