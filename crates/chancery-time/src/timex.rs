//! A time expression as found in a text: its words, TIMEX3 value and calendar interval.

use std::ops::Range;

use jiff::civil::Date;
use serde::Serialize;

/// TIMEX3's four types (TimeML 1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexKind {
    Date,
    Time,
    Duration,
    Set,
}

/// How finely the words tell the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    Minute,
    Hour,
    /// Morning, evening, night.
    PartOfDay,
    Day,
    Weekend,
    Week,
    /// A third of a month.
    PartOfMonth,
    Month,
    Season,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    /// "now", "recently", "in the future".
    Vague,
}

/// TIMEX3's `mod` attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Mod {
    Before,
    After,
    OnOrBefore,
    OnOrAfter,
    LessThan,
    MoreThan,
    EqualOrLess,
    EqualOrMore,
    Start,
    Mid,
    End,
    Approx,
}

/// Whether the words around an expression speak of what was or of what is to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tense {
    Past,
    Present,
    Future,
}

/// Calendar days, both ends included; an open end is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Interval {
    pub from: Option<Date>,
    pub to: Option<Date>,
}

/// One time expression. Offsets are bytes into the text that was read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Timex {
    pub span: Range<usize>,
    pub kind: TimexKind,
    /// TIMEX3 value: `2022-11-08`, `2022-W45`, `P3D`, `PRESENT_REF`.
    pub value: String,
    pub modifier: Option<Mod>,
    /// The days it lies in or covers; `None` for durations and sets that fix no day.
    pub interval: Option<Interval>,
    pub grain: Grain,
    /// Id of the rule that read it.
    pub rule: &'static str,
}
