//! All parsers over genuine replies, and over payloads that are wrong.

mod genuine;
mod malformed;
