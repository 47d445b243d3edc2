//! English time expressions: text and an anchor date in, TIMEX3 values with calendar intervals out.
//! Knows no news, reads no clock.

mod timex;

pub use timex::{Grain, Interval, Mod, Tense, Timex, TimexKind};
