//! Writes the install script of the extension from the entities that pgrx stores in the built library
//! (ELF section `.pgrxsc`), as `cargo pgrx schema` does, so that building and installing need cargo alone.
//!
//! Usage: `dynasty-schema LIBRARY CONTROL_FILE VERSION OUT.sql`
//!
//! A block of SQL named `version_1_1` (or `version_1_1_odds`) is left out of the script of an earlier version, so that the first release can still be
//! written when work on the next has begun.

use object::{Object, ObjectSection};
use pgrx_sql_entity_graph::section::{decode_entities, is_schema_section_name};
use pgrx_sql_entity_graph::{ControlFile, PgrxSql, SqlGraphEntity};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [library, control, version, out] = args.as_slice() else {
        return Err("usage: dynasty-schema LIBRARY CONTROL_FILE VERSION OUT.sql".into());
    };
    let bytes = std::fs::read(library).map_err(|e| format!("cannot read {library}: {e}"))?;
    let file = object::File::parse(&*bytes)?;
    let section = file
        .sections()
        .find(|s| s.name().is_ok_and(is_schema_section_name))
        .ok_or_else(|| format!("{library} has no .pgrxsc section: was it built with schema generation off?"))?;
    let control = ControlFile::from_path_with_cargo_version(control, version)?;
    let mut entities = vec![SqlGraphEntity::ExtensionRoot(control)];
    let wanted = version_number(version).ok_or_else(|| format!("{version} is no version: two numbers, like 1.0"))?;
    entities.extend(
        decode_entities(section.data()?)?
            .into_iter()
            .filter(|entity| match entity {
                SqlGraphEntity::CustomSql(block) => block_version(block.name).is_none_or(|of_block| of_block <= wanted),
                _ => true,
            }),
    );
    PgrxSql::build(entities.into_iter(), "dynasty".to_string(), false)?.to_file(out)?;
    Ok(())
}

fn version_number(version: &str) -> Option<(u32, u32)> {
    let (major, minor) = version.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// The version in the name of a block such as `version_1_1`, or `version_1_1_odds` where a system has one of its own.
fn block_version(name: &str) -> Option<(u32, u32)> {
    let mut parts = name.strip_prefix("version_")?.split('_');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}
