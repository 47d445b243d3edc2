//! The commands, one file each: a struct of its options, and `run`.

pub(crate) mod parse;
pub(crate) mod reports;
pub(crate) mod score;
