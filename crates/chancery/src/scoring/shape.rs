//! The part of a coded report that is scored, read from JSON in the annotation guide's shape. Whatever
//! else the JSON holds is passed over, and a field that is missing is like one that is null.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

/// A coded or annotated report.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Coded {
    pub(crate) events: Vec<Event>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Event {
    pub(crate) id: Option<String>,
    /// The event's name across the reports of a thread.
    pub(crate) world: Option<String>,
    #[serde(rename = "type")]
    pub(crate) plover: Option<String>,
    pub(crate) form: Option<String>,
    pub(crate) what: Option<String>,
    #[serde(deserialize_with = "null_is_default")]
    pub(crate) participants: Vec<Participant>,
    #[serde(deserialize_with = "null_is_default")]
    pub(crate) place: Place,
    #[serde(deserialize_with = "null_is_default")]
    pub(crate) time: Days,
    pub(crate) status: Option<String>,
    pub(crate) part_of: Option<String>,
    #[serde(deserialize_with = "null_is_default")]
    pub(crate) claims: Vec<Claim>,
    /// Where each side stands; of an event of the record alone.
    #[serde(deserialize_with = "null_is_default")]
    pub(crate) positions: Vec<Position>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Position {
    pub(crate) side: String,
    pub(crate) stance: String,
}

/// The gold of a thread: its main engagement, followed from day to day, and others like it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Thread {
    #[serde(flatten)]
    pub(crate) engagement: Followed,
    #[serde(deserialize_with = "null_is_default")]
    pub(crate) others: Vec<Followed>,
}

/// An engagement with what is known of it as of some days.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Followed {
    #[serde(rename = "engagement")]
    pub(crate) what: Option<String>,
    #[serde(rename = "type")]
    pub(crate) plover: Option<String>,
    pub(crate) form: Option<String>,
    #[serde(deserialize_with = "null_is_default")]
    pub(crate) participants: Vec<Participant>,
    #[serde(deserialize_with = "null_is_default")]
    pub(crate) timeline: Vec<Entry>,
}

/// What is known at the end of a day.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Entry {
    pub(crate) as_of: Date,
    #[serde(default)]
    pub(crate) status: Option<String>,
    #[serde(default, deserialize_with = "null_is_default")]
    pub(crate) time: Days,
    #[serde(default, deserialize_with = "null_is_default")]
    pub(crate) confirmed_by: Vec<String>,
    #[serde(default, deserialize_with = "null_is_default")]
    pub(crate) no_word_from: Vec<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Participant {
    pub(crate) name: Option<String>,
    pub(crate) side: Option<String>,
    pub(crate) role: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Place {
    pub(crate) country: Option<String>,
}

/// The days within which an event lies; an open end is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Days {
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Claim {
    pub(crate) source: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) side: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) quote: Option<String>,
}

fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
