//! What can go wrong with a store.

use std::path::PathBuf;

/// An error of the store, told to a person.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    #[error("there is no store at {0}; `chancery add` makes one")]
    Missing(PathBuf),
    #[error("{0} is no store of Chancery's")]
    NotAStore(PathBuf),
    #[error("the store {path} has format {found}, this program writes {known}: use a newer program")]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error("there is no event {0} in the record")]
    NoEvent(String),
    #[error("there is no report {0} in the record")]
    NoReport(String),
    #[error("no statement but one that reads is allowed: {0}")]
    NotReadOnly(String),
    #[error("the store holds what this program can't read, in {place}: {message}")]
    Damaged { place: String, message: String },
    #[error("the store: {0}")]
    Sqlite(#[from] rusqlite::Error),
}

pub type Result<T> = std::result::Result<T, RecordError>;
