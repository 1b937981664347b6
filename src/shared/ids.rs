//! Identity columns after rows with explicit ids: `COPY` of a table that has its ids leaves the sequence behind them, and
//! the next generated id would be a duplicate.

use crate::pg::border::crossing;
use crate::pg::table::Table;
use pgrx::prelude::*;

/// A gap up to this is closed by drawing numbers, which no concurrent session can undo; a larger one by setting the
/// sequence.
const DRAWN: i64 = 1_000_000;

/// Moves the sequence of a table's column `id` past the largest id there. Cheap when it is there already. Does nothing when the
/// caller may not use the sequence.
pub fn keep_ids_ahead(table: Table) -> Result<(), pgrx::spi::Error> {
    crossing(|| {
        Spi::run_with_args(
        &format!(
            "SELECT CASE WHEN g.gap <= $1 THEN
                    (SELECT pg_catalog.max(d.id)
                     FROM (SELECT pg_catalog.nextval(g.sequence) AS id FROM pg_catalog.generate_series(1::bigint, g.gap)) d)
                ELSE pg_catalog.setval(g.sequence, g.top) END
             FROM (SELECT s.sequence, m.top,
                          m.top OPERATOR(pg_catalog.-) COALESCE(pg_catalog.pg_sequence_last_value(s.sequence), 0) AS gap
                   FROM (SELECT pg_catalog.pg_get_serial_sequence('{table}', 'id')::pg_catalog.regclass AS sequence) s,
                        (SELECT pg_catalog.max(id)::bigint AS top FROM {table}) m
                   WHERE pg_catalog.has_sequence_privilege(s.sequence, 'UPDATE')) g
             WHERE g.gap OPERATOR(pg_catalog.>) 0"
        ),
        &[DRAWN.into()],
    )
    })
}
