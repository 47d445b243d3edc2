//! Times counted from others: from the report's date, from the time last spoken of, from one another.

use jiff::civil::Date;

use super::{Arg, Meaning, Setting};
use crate::calendar;
use crate::timex::{Anchor, Grain};
use crate::value::{Calendar, Unit};

/// Where a year is not told: the report's, or in a history that last spoken of.
pub(super) fn base(set: &Setting) -> (Date, Anchor) {
    if set.narrative { spoken_day(set) } else { (set.report, Anchor::Report(set.report)) }
}

pub(super) fn spoken_day(set: &Setting) -> (Date, Anchor) {
    match set.spoken.and_then(calendar::interval).and_then(|i| i.from) {
        Some(day) => (day, Anchor::Spoken(day)),
        None => (set.report, Anchor::Report(set.report)),
    }
}

/// "The next day" counts from a day, whatever months and years were told since.
pub(super) fn spoken_by(unit: Unit, set: &Setting) -> (Date, Anchor) {
    match (unit, set.day) {
        (Unit::Second | Unit::Minute | Unit::Hour | Unit::Day, Some(day)) => (day, Anchor::Spoken(day)),
        (Unit::Second | Unit::Minute | Unit::Hour | Unit::Day, None) if !set.narrative => {
            (set.report, Anchor::Report(set.report))
        }
        _ => spoken_day(set),
    }
}

/// "this month" 0, "last month" -1, "next month" 1.
pub(super) fn step(unit: Unit, n: i64, set: &Setting) -> Option<Meaning> {
    let (base, anchor) = base(set);
    let day = calendar::shift(start_of(unit, base), unit, n)?;
    Some(Meaning::stretch(calendar::containing(day, unit)?, anchor))
}

pub(super) fn step_arg(unit: Unit, n: i64, set: &Setting) -> Option<Arg> {
    step(unit, n, set).map(|m| Arg::Meaning(Box::new(m)))
}

/// "the following February": the first after the time last spoken of.
pub(super) fn after(what: &Meaning, set: &Setting) -> Option<Meaning> {
    let (base, anchor) = spoken_day(set);
    let found = (0..3).find_map(|n| {
        let y = base.year().checked_add(n);
        let candidate = match what.calendar()? {
            Calendar::Month(_, m) => Calendar::Month(y, m),
            Calendar::Season(_, s) => Calendar::Season(y, s),
            _ => return None,
        };
        calendar::interval(candidate).filter(|i| i.from > Some(base)).map(|_| candidate)
    })?;
    Some(Meaning::stretch(found, anchor))
}

/// Months are counted from their first day, so that "last month" of the 31st is never skipped.
fn start_of(unit: Unit, day: Date) -> Date {
    match unit {
        Unit::Month | Unit::Quarter | Unit::Half | Unit::Season => day.first_of_month(),
        Unit::Year | Unit::Decade | Unit::Century => day.first_of_year(),
        _ => day,
    }
}

/// "that year" 0, "the next day" 1, "the previous week" -1: counted from the time last spoken of.
pub(super) fn spoken(unit: Unit, n: i64, set: &Setting) -> Option<Meaning> {
    let (base, anchor) = spoken_by(unit, set);
    let day = calendar::shift(start_of(unit, base), unit, n)?;
    Some(Meaning::stretch(calendar::containing(day, unit)?, anchor))
}

/// The same month, quarter or half of the year before: "up from 2 per cent a year earlier".
pub(super) fn year_before(period: Option<Calendar>) -> Option<Meaning> {
    let earlier = match period? {
        Calendar::Quarter(Some(y), q) => Calendar::Quarter(Some(y.checked_sub(1)?), q),
        Calendar::Half(Some(y), h) => Calendar::Half(Some(y.checked_sub(1)?), h),
        Calendar::Month(Some(y), m) => Calendar::Month(Some(y.checked_sub(1)?), m),
        _ => return None,
    };
    let from = calendar::interval(period?)?.from?;
    Some(Meaning::stretch(earlier, Anchor::Spoken(from)))
}

/// The quarter last spoken of, else the last that has ended.
pub(super) fn latest_quarter(set: &Setting) -> Option<Meaning> {
    match set.quarter {
        Some(quarter) => Some(Meaning::stretch(quarter, Anchor::Spoken(calendar::interval(quarter)?.from?))),
        None => step(Unit::Quarter, -1, set),
    }
}

/// A time so many units from another, told to the grain of the unit.
pub(super) fn moved(unit: Unit, n: i64, anchor: Anchor, base: Date) -> Option<Meaning> {
    let day = calendar::shift(base, unit, n)?;
    if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
        let mut meaning = Meaning::stretch(Calendar::day(base), anchor);
        meaning.grain = Grain::Hour;
        return Some(meaning);
    }
    let mut meaning = Meaning::stretch(calendar::containing(day, unit)?, anchor);
    if unit == Unit::Week {
        // "Two weeks ago" is told to the day.
        meaning = Meaning::stretch(Calendar::day(day), anchor);
    }
    Some(meaning)
}

/// "the same month last year": the first's month or day in the second's year.
pub(super) fn same(what: &Arg, year: &Arg) -> Option<Meaning> {
    let (y, anchor) = year.year()?;
    let calendar = match what.meaning()?.calendar()? {
        Calendar::Month(_, m) => Calendar::Month(Some(y), m),
        Calendar::Quarter(_, q) => Calendar::Quarter(Some(y), q),
        Calendar::Season(_, s) => Calendar::Season(Some(y), s),
        Calendar::Day(_, Some(m), Some(d)) => Calendar::day(Date::new(y, m, d).ok()?),
        _ => return None,
    };
    Some(Meaning::stretch(calendar, anchor))
}

pub(super) fn first_of(unit: Unit, whole: &Meaning) -> Option<Meaning> {
    Some(Meaning::stretch(calendar::containing(whole.first_day()?, unit)?, whole.anchor))
}
