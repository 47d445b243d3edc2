//! English time expressions: text and an anchor date in, TIMEX3 values with calendar intervals out.
//! Knows no news, reads no clock.

mod annotate;
mod calendar;
mod cut;
mod examples;
mod lexicon;
mod meaning;
mod numbers;
mod pattern;
mod range;
mod rules;
mod tense;
mod term;
mod timex;
mod tokens;
mod value;

/// The calendar dates that intervals are made of.
pub use jiff::civil;

pub use annotate::Style;
pub use calendar::{grain, interval, third};
pub use cut::{Course, cut};
pub use examples::{EXAMPLE_DATE, ExampleFailure};
pub use rules::{Example, Grammar, GrammarError, Rule};
pub use timex::{Anchor, Grain, Interval, Mod, Relation, Tense, Timex, TimexKind, Whole};
pub use value::{Amount, Calendar, Clock, DayPart, Season, Unit, Value, ValueError, Zone};
