//! Times told without their year or week: which one is meant, by tense, by nearness, or by what was last
//! spoken of.

use jiff::civil::Date;

use super::moves::{base, spoken_by, spoken_day};
use super::{Arg, Meaning, Setting, year_of};
use crate::calendar;
use crate::timex::{Anchor, Tense};
use crate::value::{Calendar, Season, Unit};

/// A year of two digits is the one of that ending from eighty years back to nineteen ahead.
pub(super) fn two_digit_year(n: i64, set: &Setting) -> Option<Meaning> {
    let report = i64::from(set.report.year());
    let ahead = (n - (report + 19)).rem_euclid(100);
    let year = report + 19 + ahead - 100 * i64::from(ahead > 0);
    let year = if set.narrative { near_century(n, set).unwrap_or(year) } else { year };
    Some(Meaning::stretch(Calendar::Year(Some(i16::try_from(year).ok()?)), Anchor::Report(set.report)))
}

/// A year of two digits in a history lies in the century last spoken of.
fn near_century(n: i64, set: &Setting) -> Option<i64> {
    let year = i64::from(set.spoken.and_then(year_of)?);
    (year > 0).then_some(year / 100 * 100 + n)
}

pub(super) fn two_digit_decade(n: i64, set: &Setting) -> Option<Meaning> {
    if n % 10 != 0 || !(0..100).contains(&n) {
        return None;
    }
    let report = i64::from(set.report.year());
    let mut year = report / 100 * 100 + n;
    if year > report {
        year -= 100;
    }
    Some(Meaning::stretch(Calendar::Decade(i16::try_from(year / 10).ok()?), Anchor::Report(set.report)))
}

pub(super) fn before_christ(arg: &Arg) -> Option<Meaning> {
    let year = i16::try_from(1 - arg.int()?).ok()?;
    (year > -9999).then(|| Meaning::stretch(Calendar::Year(Some(year)), Anchor::None))
}

fn in_year(year: &Arg, set: &Setting, make: impl Fn(i16) -> Option<Calendar>) -> Option<Meaning> {
    if let Some((y, anchor)) = year.year() {
        return Some(Meaning::stretch(make(y)?, anchor));
    }
    let (base, anchor) = base(set);
    Some(Meaning::stretch(make(base.year())?, anchor))
}

/// Of the stretch with no year told, the year: by tense where it tells, else the nearest.
fn choose_year(
    set: &Setting,
    make: impl Fn(i16) -> Option<Calendar>,
    nearest: impl Fn(i64) -> bool,
) -> Option<(Calendar, Anchor)> {
    let (base, anchor) = base(set);
    let year = base.year();
    if set.narrative {
        // A history goes forward: after a December comes the January of the next year.
        let ahead = make(year).and_then(calendar::interval).and_then(|i| i.from);
        let turns =
            told_by_month(set) && ahead.is_some_and(|a| i16::from(base.month()) - i16::from(a.month()) >= 6);
        return make(year + i16::from(turns)).map(|c| (c, anchor));
    }
    let this = make(year);
    let interval = this.and_then(calendar::interval);
    let inside = interval.is_some_and(|i| i.from <= Some(base) && Some(base) <= i.to);
    if inside {
        return this.map(|c| (c, anchor));
    }
    let ahead = interval.is_some_and(|i| i.from > Some(base));
    let days = interval
        .and_then(|i| if ahead { i.from } else { i.to })
        .map_or(0, |d| i64::from(d.since(base).map_or(0, |s| s.get_days())));
    let other = match set.tense {
        Some(Tense::Past) if ahead => year.checked_sub(1)?,
        Some(Tense::Future) if !ahead => year.checked_add(1)?,
        None | Some(Tense::Present) if !nearest(days) => {
            if ahead {
                year.checked_sub(1)?
            } else {
                year.checked_add(1)?
            }
        }
        _ => year,
    };
    make(other).or(this).map(|c| (c, anchor))
}

/// The time last spoken of was a day or month, not a year.
fn told_by_month(set: &Setting) -> bool {
    matches!(set.spoken, Some(Calendar::Month(..) | Calendar::Day(..)))
}

/// A half of a year.
pub(super) fn half(year: &Arg, n: i8, set: &Setting) -> Option<Meaning> {
    in_year(year, set, |y| Some(Calendar::Half(Some(y), Some(n))))
}

pub(super) fn quarter(year: &Arg, q: i8, set: &Setting) -> Option<Meaning> {
    if year.year().is_some() {
        return in_year(year, set, |y| Some(Calendar::Quarter(Some(y), Some(q))));
    }
    // Results are told of quarters that are over: only a plan for one that is near looks ahead.
    let make = |y| Some(Calendar::Quarter(Some(y), Some(q)));
    let ahead = |set: &Setting| choose_year(set, make, |days| (-300..10).contains(&days));
    let near = |c: &Calendar| {
        let starts = calendar::interval(*c).and_then(|i| i.from);
        starts <= calendar::plus_days(set.report, 183)
    };
    let (calendar, anchor) = match ahead(set)? {
        (c, anchor) if near(&c) => (c, anchor),
        _ => ahead(&Setting { tense: Some(Tense::Past), ..*set })?,
    };
    Some(Meaning::stretch(calendar, anchor))
}

pub(super) fn season(year: &Arg, season: Season, set: &Setting) -> Option<Meaning> {
    if year.year().is_some() {
        return in_year(year, set, |y| Some(Calendar::Season(Some(y), season)));
    }
    let make = |y| Some(Calendar::Season(Some(y), season));
    let (calendar, anchor) = choose_year(set, make, |days| (-300..183).contains(&days))?;
    Some(Meaning::stretch(calendar, anchor))
}

pub(super) fn month(year: &Arg, m: i8, set: &Setting) -> Option<Meaning> {
    if year.year().is_some() {
        return in_year(year, set, |y| Some(Calendar::Month(Some(y), Some(m))));
    }
    let make = |y| Some(Calendar::Month(Some(y), Some(m)));
    let (calendar, anchor) = choose_year(set, make, |days| (-270..100).contains(&days))?;
    Some(Meaning::stretch(calendar, anchor))
}

pub(super) fn day(year: &Arg, m: i8, d: i8, set: &Setting) -> Option<Meaning> {
    if let Some((y, anchor)) = year.year() {
        return Some(Meaning::stretch(Calendar::day(Date::new(y, m, d).ok()?), anchor));
    }
    // A day with its month is told without a year when it is near; tense decides only when it isn't.
    let (base, anchor) = base(set);
    if set.narrative {
        let turns = told_by_month(set) && base.month() - m >= 6;
        let date = Date::new(base.year() + i16::from(turns), m, d).ok()?;
        return Some(Meaning::stretch(Calendar::day(date), anchor));
    }
    let distance = |date: &Date| i64::from(date.since(base).map_or(0, |s| s.get_days()));
    let mut candidates: Vec<Date> = (-4..=4)
        .filter_map(|n| Date::new(base.year().checked_add(n)?, m, d).ok())
        .filter(|date| (1..=9999).contains(&date.year()))
        .collect();
    candidates.sort_by_key(|date| distance(date).abs());
    let nearest = *candidates.first()?;
    let wrong = match set.tense {
        Some(Tense::Past) => distance(&nearest) > 60,
        Some(Tense::Future) => distance(&nearest) < -60,
        Some(Tense::Present) | None => distance(&nearest) > 150,
    };
    let date = if wrong {
        let ahead = distance(&nearest) > 0;
        candidates.iter().copied().find(|date| (distance(date) > 0) != ahead).unwrap_or(nearest)
    } else {
        nearest
    };
    Some(Meaning::stretch(Calendar::day(date), anchor))
}

pub(super) fn day_of_month(d: i8, set: &Setting) -> Option<Meaning> {
    let (base, anchor) = if set.spoken.is_some() && set.narrative { spoken_day(set) } else { base(set) };
    let at = |n: i64| {
        let first = calendar::plus_months(base.first_of_month(), n)?;
        Date::new(first.year(), first.month(), d).ok()
    };
    let here = at(0);
    let date = match set.tense {
        _ if set.narrative => here?,
        Some(Tense::Past) if here.is_none_or(|h| h > base) => at(-1).or(here)?,
        Some(Tense::Future) if here.is_none_or(|h| h < base) => at(1).or(here)?,
        _ => here.or_else(|| at(-1))?,
    };
    Some(Meaning::stretch(Calendar::day(date), anchor))
}

pub(super) fn weekday(w: i8, direction: &Arg, set: &Setting) -> Option<Meaning> {
    if !(1..=7).contains(&w) {
        return None;
    }
    let (base, anchor) = base(set);
    let date = match direction {
        Arg::Word(word) => match word.as_str() {
            "last" => calendar::weekday_on_or_before(calendar::plus_days(base, -1)?, w)?,
            "next" => calendar::weekday_on_or_after(calendar::plus_days(base, 1)?, w)?,
            // The Monday to Sunday in which the report lies, the one before, the one after.
            "thisweek" | "lastweek" | "nextweek" => {
                let monday = calendar::weekday_on_or_before(base, 1)?;
                let weeks = match word.as_str() {
                    "lastweek" => -7,
                    "nextweek" => 7,
                    _ => 0,
                };
                calendar::plus_days(monday, weeks + i64::from(w) - 1)?
            }
            "after" => {
                let (spoken, _) = spoken_by(Unit::Day, set);
                calendar::weekday_on_or_after(calendar::plus_days(spoken, 1)?, w)?
            }
            "before" => {
                let (spoken, _) = spoken_by(Unit::Day, set);
                calendar::weekday_on_or_before(calendar::plus_days(spoken, -1)?, w)?
            }
            _ => return None,
        },
        _ => match set.tense {
            _ if set.narrative => calendar::weekday_on_or_after(base, w)?,
            Some(Tense::Future) => calendar::weekday_on_or_after(base, w)?,
            _ => calendar::weekday_on_or_before(base, w)?,
        },
    };
    Some(Meaning::stretch(Calendar::day(date), anchor))
}

/// A month, season or quarter with "last", "this" or "next" before it.
pub(super) fn nearest(what: &Arg, direction: &Arg, set: &Setting) -> Option<Meaning> {
    let what = what.meaning()?.calendar()?;
    let Arg::Word(direction) = direction else { return None };
    let (base, anchor) = base(set);
    let at = |n: i16| {
        let y = base.year().checked_add(n);
        Some(match what {
            Calendar::Month(_, m) => Calendar::Month(y, m),
            Calendar::Season(_, s) => Calendar::Season(y, s),
            Calendar::Quarter(_, q) => Calendar::Quarter(y, q),
            Calendar::Half(_, h) => Calendar::Half(y, h),
            Calendar::Day(_, m, d) => Calendar::Day(y, m, d),
            _ => return None,
        })
    };
    let ends = |c: &Calendar| calendar::interval(*c).and_then(|i| i.to);
    let starts = |c: &Calendar| calendar::interval(*c).and_then(|i| i.from);
    let found = match direction.as_str() {
        "last" => [0, -1, -2].into_iter().filter_map(at).find(|c| ends(c).is_some_and(|e| e < base)),
        "next" => [-1, 0, 1].into_iter().filter_map(at).find(|c| starts(c).is_some_and(|s| s > base)),
        "this" => {
            // A winter that began last December is still this one.
            [-1, 0]
                .into_iter()
                .filter_map(at)
                .find(|c| starts(c).is_some_and(|s| s <= base) && ends(c).is_some_and(|e| base <= e))
                .or_else(|| at(0))
        }
        _ => None,
    }?;
    Some(Meaning::stretch(found, anchor))
}

/// A weekend by tense, or "last", "this", "next".
pub(super) fn weekend(direction: &Arg, set: &Setting) -> Option<Meaning> {
    let (base, anchor) = base(set);
    let n = match direction {
        Arg::Word(word) => match word.as_str() {
            "last" => -1,
            "next" => 1,
            _ => 0,
        },
        _ => match set.tense {
            Some(Tense::Past) if base.weekday().to_monday_one_offset() < 6 => -1,
            _ => 0,
        },
    };
    let day = calendar::shift(base, Unit::Week, n)?;
    Some(Meaning::stretch(calendar::containing(day, Unit::Weekend)?, anchor))
}

/// A feast or observance, whose day depends on the year alone.
pub(super) fn feast(year: &Arg, set: &Setting, at: impl Fn(i16) -> Option<Date>) -> Option<Meaning> {
    if let Some((y, anchor)) = year.year() {
        return Some(Meaning::stretch(Calendar::day(at(y)?), anchor));
    }
    let make = |y| at(y).map(Calendar::day);
    let (calendar, anchor) = choose_year(set, make, |days| (-240..120).contains(&days))?;
    Some(Meaning::stretch(calendar, anchor))
}
