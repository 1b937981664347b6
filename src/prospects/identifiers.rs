//! The trigger that notes every id a player has had: sources give a man another one now and then.

use super::native::identifier_rows::{COLUMNS, Id, given_ids, note};
use super::tables::PROSPECTS;
use crate::pg::border::connect_mut;
use crate::pg::call::{Call, raw_function};
use crate::pg::errors::error;
use crate::pg::snapshot::{make_changes_visible, with_fresh_snapshot};
use crate::pg::sql_text::Text;
use crate::pg::text::from_server_marked;
use crate::pg::trigger_call::Event;
use crate::pg::twins::Among;
use dynasty_prospects::identity;
use pgrx::PgSqlErrorCode::*;
use pgrx::pg_sys;
use pgrx::prelude::*;

raw_function!(
    keep_prospect_identifiers,
    pg_finfo_keep_prospect_identifiers,
    keep_prospect_identifiers_call
);

fn keep_prospect_identifiers_call(call: Call) -> pg_sys::Datum {
    let trigger = call.after_trigger_on("dynasty.keep_prospect_identifiers", PROSPECTS);
    let wanted = |event| matches!(event, Event::Insert | Event::Update);
    let Some(trigger) = trigger.filter(|t| !t.is_for_each_row() && wanted(t.event())) else {
        misused("is a statement trigger after INSERT or UPDATE")
    };
    // A statement trigger returns a null pointer, not SQL's NULL.
    let nothing = pg_sys::Datum::from(0);
    if trigger.among_its_like() == Among::Superfluous {
        return nothing;
    }
    let Some(given) = given_ids(&trigger, trigger.event() == Event::Update) else {
        misused("needs NEW TABLE, and after an UPDATE also OLD TABLE")
    };
    if given.is_empty() {
        return nothing;
    }
    make_changes_visible();
    let taken = with_fresh_snapshot(|| note(given));
    if !taken.is_empty() {
        take_over(&taken);
    }
    nothing
}

/// An id that another player has had goes to who has it now, unless the other still has it in his own row: then they are two rows of
/// one man, which `duplicate_prospects` says. Where the caller may not change the table, the one who had it first keeps it.
fn take_over(ids: &[Id]) {
    let list: Vec<serde_json::Value> = ids
        .iter()
        .map(|id| {
            serde_json::json!({
                "prospect_id": id.prospect_id, "source": COLUMNS[id.column].1, "external_id": from_server_marked(&id.text),
            })
        })
        .collect();
    let claims: Vec<String> = COLUMNS
        .iter()
        .map(|(column, source)| {
            format!("t.source OPERATOR(pg_catalog.=) '{source}' AND h.{column}::pg_catalog.text OPERATOR(pg_catalog.=) t.external_id::pg_catalog.text")
        })
        .collect();
    let statement = format!(
        "UPDATE dynasty.prospect_identifiers t SET prospect_id = i.prospect_id, last_seen = pg_catalog.now() \
         FROM pg_catalog.jsonb_to_recordset($1::pg_catalog.jsonb) i (prospect_id int, source text, external_id text) \
         WHERE t.source::pg_catalog.text OPERATOR(pg_catalog.=) i.source AND t.external_id::pg_catalog.text OPERATOR(pg_catalog.=) i.external_id \
           AND t.prospect_id OPERATOR(pg_catalog.<>) i.prospect_id \
           AND NOT EXISTS (SELECT FROM dynasty.prospects h WHERE h.id OPERATOR(pg_catalog.=) t.prospect_id AND ({}))",
        claims.join(" OR ")
    );
    let done = connect_mut(|client| -> pgrx::spi::Result<()> {
        let may = "SELECT pg_catalog.has_table_privilege('dynasty.prospect_identifiers', 'UPDATE') \
             AND pg_catalog.has_table_privilege('dynasty.prospect_identifiers', 'SELECT') \
             AND pg_catalog.has_table_privilege('dynasty.prospects', 'SELECT')";
        if client.select(may, None, &[])?.first().get_one::<bool>()? == Some(true) {
            client.update(
                &statement,
                None,
                &[Text(serde_json::Value::Array(list).to_string()).into()],
            )?;
        }
        Ok(())
    });
    if let Err(e) = done {
        error(ERRCODE_INTERNAL_ERROR, format!("{e}")).raise()
    }
}

/// See [`identity::organization_key`].
#[pg_extern(sql = false)]
fn organization_key(name: Option<Text>) -> Option<Text> {
    identity::organization_key(&name?).map(Text::from)
}

fn misused(why: &str) -> ! {
    error(
        ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED,
        format!("dynasty.keep_prospect_identifiers() {why}"),
    )
    .hint("CALL dynasty.install() attaches it where it belongs.")
    .raise()
}
