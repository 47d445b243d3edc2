//! Hours and parts of the day.

use super::moves::base;
use super::{Arg, Meaning, Setting};
use crate::timex::{Anchor, Grain, Interval, TimexKind};
use crate::value::{Calendar, Clock, DayPart, Value, Zone};

/// A time of day on a day told apart from it.
pub(super) fn on(clock: &Meaning, date: &Meaning) -> Option<Meaning> {
    let (Value::Time(_, time, zone), Some(day @ Calendar::Day(..))) = (&clock.value, date.calendar()) else {
        return None;
    };
    let value = Value::Time(day, *time, *zone);
    Some(Meaning { value, interval: date.interval, anchor: date.anchor, ..clock.clone() })
}

/// A time of day on a day (the report's where none is told): hour, minute, "am" or "pm", zone.
pub(super) fn clock(
    day: &Arg,
    hour: &Arg,
    minute: &Arg,
    half: &Arg,
    zone: &Arg,
    set: &Setting,
) -> Option<Meaning> {
    let (calendar, anchor, interval) = day_for_time(day, set)?;
    let mut h = hour.small()?;
    match half {
        Arg::Word(word) if word == "pm" => {
            if !(1..=12).contains(&h) {
                return None;
            }
            h = h % 12 + 12;
        }
        Arg::Word(word) if word == "am" => {
            if !(1..=12).contains(&h) {
                return None;
            }
            h %= 12;
        }
        _ => {}
    }
    let zone = match zone {
        Arg::Word(word) if word == "utc" => Zone::Utc,
        _ => Zone::Untold,
    };
    let minute = minute.small();
    let grain = if minute.is_some() { Grain::Minute } else { Grain::Hour };
    let minute = minute.or(Some(0));
    let value = Value::Time(calendar, Clock::At(h, minute, None), zone);
    let mut meaning = Meaning::of(value, TimexKind::Time, grain, anchor);
    meaning.interval = interval;
    Some(meaning)
}

fn day_for_time(day: &Arg, set: &Setting) -> Option<(Calendar, Anchor, Option<Interval>)> {
    match day {
        Arg::Meaning(m) => Some((m.calendar()?, m.anchor, m.interval)),
        Arg::Word(word) if word == "open" => Some((Calendar::Day(None, None, None), Anchor::None, None)),
        _ => {
            let (base, anchor) = base(set);
            Some((Calendar::day(base), anchor, Some(Interval::day(base))))
        }
    }
}

pub(super) fn part_of_day(day: &Arg, part: DayPart, set: &Setting) -> Option<Meaning> {
    let (calendar, anchor, interval) = day_for_time(day, set)?;
    let value = Value::Time(calendar, Clock::Part(part), Zone::Untold);
    let mut meaning = Meaning::of(value, TimexKind::Time, Grain::PartOfDay, anchor);
    meaning.interval = interval;
    Some(meaning)
}
