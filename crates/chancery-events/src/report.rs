//! What the derivation reads: a coded report with its place in the total order.

use chancery_coder::{Coding, Event};
use jiff::civil::Date;

/// A report that was coded, and what the record knows of its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodedReport {
    /// Identifies the report for ever; with `published` it fixes the report's place in the order.
    pub id: String,
    pub published: Date,
    pub outlet: Option<String>,
    /// Reports that carry one and the same telling have one witness: a wire story and its reprints.
    pub witness: String,
    pub coding: Coding,
}

impl CodedReport {
    /// The report's place in the total order.
    #[must_use]
    pub fn order(&self) -> (Date, &str) {
        (self.published, &self.id)
    }
}

/// One event of one report: the report's index and the event's index in its coding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MentionRef {
    pub report: usize,
    pub event: usize,
}

impl MentionRef {
    /// The event that is meant, where the indices are in range.
    #[must_use]
    pub fn of(self, reports: &[CodedReport]) -> Option<&Event> {
        reports.get(self.report)?.coding.events.get(self.event)
    }
}
