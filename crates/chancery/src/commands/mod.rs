//! The commands, one file each: a struct of its options, and `run`.

pub(crate) mod actors;
pub(crate) mod places;
pub(crate) mod backup;
pub(crate) mod count;
pub(crate) mod diary;
pub(crate) mod diff;
pub(crate) mod events;
pub(crate) mod export;
pub(crate) mod find;
pub(crate) mod add;
pub(crate) mod check;
pub(crate) mod code;
pub(crate) mod explain;
pub(crate) mod parse;
pub(crate) mod read;
pub(crate) mod recode;
pub(crate) mod reports;
pub(crate) mod sample;
pub(crate) mod score;
pub(crate) mod show;
pub(crate) mod sql;
pub(crate) mod time;
