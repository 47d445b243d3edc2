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

impl Mod {
    /// As TIMEX3 writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Before => "BEFORE",
            Self::After => "AFTER",
            Self::OnOrBefore => "ON_OR_BEFORE",
            Self::OnOrAfter => "ON_OR_AFTER",
            Self::LessThan => "LESS_THAN",
            Self::MoreThan => "MORE_THAN",
            Self::EqualOrLess => "EQUAL_OR_LESS",
            Self::EqualOrMore => "EQUAL_OR_MORE",
            Self::Start => "START",
            Self::Mid => "MID",
            Self::End => "END",
            Self::Approx => "APPROX",
        }
    }
}

impl TimexKind {
    /// As TIMEX3 writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
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

impl Interval {
    /// A single day.
    #[must_use]
    pub const fn day(date: Date) -> Self {
        Self { from: Some(date), to: Some(date) }
    }

    /// Both ends known.
    #[must_use]
    pub const fn closed(from: Date, to: Date) -> Self {
        Self { from: Some(from), to: Some(to) }
    }
}

/// What an expression's value was computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// It tells its own place in the calendar, or none.
    None,
    /// The report's date.
    Report(Date),
    /// The time last spoken of: the first day of that expression.
    Spoken(Date),
}

/// The word that ties an expression to what it dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// in, on, at, during.
    In,
    Before,
    After,
    By,
    Since,
    Until,
    From,
    To,
    Between,
    For,
    Within,
    Around,
    Over,
}

/// The range or run of days that an expression is an end of: "from Monday to Wednesday", "7 and 8 November".
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Whole {
    /// From the first end's first byte to the last end's last.
    pub span: Range<usize>,
    pub interval: Interval,
}

/// One time expression. Offsets are bytes into the text that was read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Timex {
    pub span: Range<usize>,
    pub kind: TimexKind,
    /// TIMEX3 value: `2022-11-08`, `2022-W45`, `P3D`, `PRESENT_REF`; [`crate::Value`] reads it.
    pub value: String,
    pub modifier: Option<Mod>,
    /// The days it lies in or covers; `None` for durations and sets that fix no day.
    pub interval: Option<Interval>,
    pub grain: Grain,
    /// TIMEX3's `quant` and `freq`, of sets.
    pub quant: Option<String>,
    pub freq: Option<String>,
    /// How many days a duration lasts, at least one; `None` for what is no duration or of unknown length.
    pub length: Option<i64>,
    /// What the value was computed from.
    pub anchor: Anchor,
    /// The direction that an ambiguous expression was read in.
    pub tense: Option<Tense>,
    /// The word before it that ties it to what it dates, and where that word stands.
    pub relation: Option<(Relation, Range<usize>)>,
    /// The range that it is an end of.
    pub whole: Option<Whole>,
    /// Id of the rule that read it.
    pub rule: String,
    /// What the rule's classes matched: the derivation, for `explain`.
    pub words: Vec<(String, Range<usize>)>,
}

impl Timex {
    /// The days meant: those of the whole range where it is an end of one.
    #[must_use]
    pub fn days(&self) -> Option<Interval> {
        self.whole.as_ref().map(|w| w.interval).or(self.interval)
    }

    /// It names something that recurs ("every Monday"), not one time.
    #[must_use]
    pub fn recurs(&self) -> bool {
        self.kind == TimexKind::Set
    }
}
