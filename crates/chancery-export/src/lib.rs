//! The record in the formats and layouts of its users.
