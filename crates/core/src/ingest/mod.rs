//! Replies of outside APIs, parsed into typed rows.
