//! The record in the formats and layouts of its users.

mod coded;

pub use coded::{CodedReport, OFFSETS, in_code_points};
