//! Why a report could not be read.

use crate::report::Origin;

/// A report, or a whole file, that could not be read. It costs itself only.
#[derive(Debug, thiserror::Error)]
#[error("{origin}: {reason}")]
pub struct ReadError {
    pub origin: Origin,
    pub reason: Reason,
}

/// What was wrong with it.
#[derive(Debug, thiserror::Error)]
pub enum Reason {
    #[error("it tells no date")]
    Undated,
    #[error("“{0}” is no day of the calendar")]
    NoSuchDay(String),
    #[error("“{0}” may be day and month or month and day")]
    AmbiguousDate(String),
    #[error("“{0}” is no date that can be read")]
    UnreadableDate(String),
    #[error("it is empty")]
    Empty,
    #[error("it is not text")]
    NotText,
    #[error("its text is longer than {} bytes", limit)]
    TooLong { limit: usize },
    #[error("it has no column or key for the {wanted}; it has {}", list(found))]
    MissingColumn { wanted: &'static str, found: Vec<String> },
    #[error("it is a coding, not a report")]
    Coding,
    #[error("it is damaged: {0}")]
    Damaged(String),
    #[error("{0}")]
    Unsupported(String),
    #[error("unpacked it would be larger than {limit} bytes")]
    Bomb { limit: u64 },
    #[error("it could not be read: {0}")]
    Io(#[from] std::io::Error),
}

impl Reason {
    /// Whether the file is no report but what was once made of one, and no loss.
    #[must_use]
    pub fn is_a_coding(&self) -> bool {
        matches!(self, Self::Coding)
    }
}

fn list(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let mut text = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN {
        text.push_str(", …");
    }
    if text.is_empty() { "none".to_owned() } else { text }
}
