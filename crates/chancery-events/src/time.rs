//! The days of an event, as far as they speak for or against its being the same as another.

use chancery_coder::{EventTime, Status};
use jiff::civil::Date;

/// Days since 1970-01-01.
pub(crate) type Day = i32;

/// The number of a calendar day.
#[must_use]
pub(crate) fn day(date: Date) -> Day {
    date.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// The days within which something lies, first and last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    pub from: i32,
    pub to: i32,
}

impl Days {
    /// The days that a report really gives for an event; `None` where it leaves them open, which is
    /// no evidence of anything. A past event that only has the report's own date for an end is undated.
    #[must_use]
    pub fn told(time: &EventTime, status: Status, published: Date) -> Option<Self> {
        match (time.from.map(day), time.to.map(day)) {
            (Some(from), Some(to)) if from <= to => Some(Self { from, to }),
            // What began on a day and has no end yet; it is known to lie there on its first day.
            (Some(from), None) if matches!(status, Status::Underway | Status::Held) => {
                Some(Self { from, to: from.max(day(published)) })
            }
            (Some(from), None) => Some(Self { from, to: from + 31 }),
            _ => None,
        }
    }

    #[must_use]
    pub fn length(self) -> i32 {
        self.to - self.from + 1
    }

    /// Days between two intervals: 0 where they touch or overlap, negative never.
    #[must_use]
    pub fn gap(self, other: Self) -> i32 {
        (self.from.max(other.from) - self.to.min(other.to)).max(0)
    }

    #[must_use]
    pub fn overlap(self, other: Self) -> i32 {
        (self.to.min(other.to) - self.from.max(other.from) + 1).max(0)
    }
}
