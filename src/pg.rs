//! The server's memory: calls, rows, snapshots, queries, relations, scans, COPY, jsonb, errors. Knows no system and no table; a system's
//! own rooms of this kind stand in its `native`.
#![allow(unsafe_code)]

pub mod aggregate;
pub mod allocator;
pub mod backtrace;
pub mod border;
pub mod call;
pub mod call_site;
pub mod citus;
pub mod columns;
pub mod compat;
pub mod copy;
pub mod ddl;
pub mod errors;
pub mod float_array;
pub mod heap_scan;
pub mod index_scan;
pub mod journal;
pub mod jsonb;
pub mod jsonb_object;
pub mod jsonb_walk;
pub mod locks;
pub mod memory;
pub mod query;
pub mod record;
pub mod relation;
pub mod row_type;
pub mod rows;
pub mod scan;
pub mod server;
pub mod settings;
pub mod snapshot;
pub mod sql_text;
pub mod stored_row;
pub mod subxact;
pub mod table;
pub mod table_writer;
pub mod text;
pub mod tid_fetch;
pub mod transition;
pub mod transition_rows;
pub mod trigger_call;
pub mod twins;
