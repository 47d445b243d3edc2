//! An event of the record as of a day: its fields, claims, positions and history. Plain data, in the
//! shape of the annotation guide with more beside it.

use chancery_coder::{ClaimStatus, EventTime, Form, Participant, Place, PloverType, SourceKind, Status};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The status of an event as of a day: one that was told, or `lapsed`, which is only ever derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum LifeStatus {
    Told(Status),
    Lapsed(Lapsed),
}

/// Its date passed and nobody said whether it took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Lapsed {
    #[serde(rename = "lapsed")]
    Lapsed,
}

impl LifeStatus {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Told(status) => status.as_str(),
            Self::Lapsed(_) => "lapsed",
        }
    }
}

/// How a side stands towards an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    Announced,
    Confirmed,
    Denied,
    NoWord,
}

impl Stance {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Confirmed => "confirmed",
            Self::Denied => "denied",
            Self::NoWord => "no_word",
        }
    }
}

/// Where a side stands as of a day, since when, and in which words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    pub side: String,
    pub stance: Stance,
    /// What it announced, confirmed or denied; `None` for silence.
    pub status: Option<ClaimStatus>,
    pub since: Date,
    pub source: Option<String>,
    /// The report that tells it, and its words; none where the stance follows from the event's having been held.
    pub report: String,
    pub quote: Option<String>,
}

/// A claim with the report that tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimedClaim {
    pub source: Option<String>,
    pub kind: SourceKind,
    pub side: Option<String>,
    pub status: ClaimStatus,
    pub quote: String,
    pub span: std::ops::Range<usize>,
    /// The day of speaking; the report's own where it tells no other.
    pub said: Date,
    pub report: String,
    pub published: Date,
    pub outlet: Option<String>,
}

/// A step in the life of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub day: Date,
    pub report: String,
    /// Which field changed: `status`, `time` or `place`.
    pub field: String,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// An event as of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordEvent {
    pub id: String,
    #[serde(rename = "type")]
    pub plover: PloverType,
    pub form: Form,
    pub what: String,
    pub participants: Vec<Participant>,
    pub place: Place,
    pub time: EventTime,
    pub status: LifeStatus,
    /// Record id of the event that it is part of.
    pub part_of: Option<String>,
    pub claims: Vec<TimedClaim>,
    pub positions: Vec<Position>,
    pub history: Vec<Change>,
    /// Reports that speak of it, and how many of them tell it independently.
    pub reports: Vec<String>,
    pub witnesses: usize,
    pub first_published: Date,
    pub last_published: Date,
}

impl RecordEvent {
    /// The event as it stands at the end of a day: a plan whose date has passed with no word is lapsed.
    #[must_use]
    pub fn as_of(mut self, day: Date) -> Self {
        let waits = match self.status {
            LifeStatus::Told(status) => matches!(
                status,
                Status::Scheduled
                    | Status::Expected
                    | Status::Conditional
                    | Status::Proposed
                    | Status::Rumoured
            ),
            LifeStatus::Lapsed(_) => false,
        };
        if waits && self.time.to.is_some_and(|to| to < day) {
            self.status = LifeStatus::Lapsed(Lapsed::Lapsed);
        }
        self
    }

    /// The sides that stand so towards the event.
    pub fn sides_that<'a>(&'a self, stances: &'a [Stance]) -> impl Iterator<Item = &'a str> {
        self.positions.iter().filter(move |p| stances.contains(&p.stance)).map(|p| p.side.as_str())
    }
}
