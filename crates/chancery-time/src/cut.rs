//! From an expression to the days of what it dates: the governing word ("since", "by", "for") and whether
//! the act is past, going on or ahead decide which part of the expression's days are meant.

use jiff::civil::Date;

use crate::calendar;
use crate::timex::{Grain, Interval, Mod, Relation, Timex, TimexKind};
use crate::value::{Unit, Value};

/// How what is dated stands to the report's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It took place, or should have.
    Past,
    /// It goes on.
    Underway,
    /// It is planned, expected, offered, ruled out.
    Ahead,
    /// Nothing tells.
    Open,
}

impl Timex {
    /// The days within which lies what this expression dates, in a report of this date.
    ///
    /// "This year" of a plan runs from the report's date on, of a past act up to it; "by May" of a plan
    /// from the report's date to 31 May; "since 2013" from its first day up to the report's date, or on;
    /// "for three months" that long from or up to the report's date. An end that the words leave open is
    /// `None`, and both are for what recurs or has no place in the calendar ("soon").
    #[must_use]
    pub fn event_days(&self, report: Date, course: Course) -> Interval {
        if self.recurs() {
            return Interval::default();
        }
        match &self.value.parse() {
            Ok(Value::FutureRef) => return Interval::default(),
            Ok(Value::PresentRef) => {
                return match course {
                    Course::Past => Interval::day(report),
                    _ => Interval { from: Some(report), to: None },
                };
            }
            Ok(Value::PastRef) => return Interval { from: None, to: Some(report) },
            Ok(Value::Length(parts)) if self.interval.is_none() => {
                return length(parts, self.relation.as_ref().map(|(r, _)| *r), report, course);
            }
            _ => {}
        }
        let Some(days) = self.days() else { return Interval::default() };
        let relation = if self.whole.is_some() { None } else { self.relation.as_ref().map(|(r, _)| *r) };
        let bounded = if self.kind == TimexKind::Duration {
            days
        } else {
            self.bounded(days, relation, report, course)
        };
        let placed = cut(bounded, report, course);
        // Words that make no sense for the course ("will last until" a day gone by) leave the days as they are.
        let sound = placed.from.is_none() || placed.to.is_none() || placed.from <= placed.to;
        if sound { placed } else { days }
    }

    /// What the governing word makes of the days.
    fn bounded(&self, days: Interval, relation: Option<Relation>, report: Date, course: Course) -> Interval {
        let ahead = course == Course::Ahead;
        if self.grain < Grain::Day
            && matches!(relation, Some(Relation::After | Relation::Before | Relation::By))
        {
            // "Shortly after midnight on Tuesday" is still Tuesday.
            return days;
        }
        match relation {
            Some(Relation::Since) => {
                Interval { from: days.from, to: if course == Course::Past { Some(report) } else { None } }
            }
            Some(Relation::From) if course != Course::Past => Interval { from: days.from, to: None },
            Some(Relation::By | Relation::Until | Relation::To | Relation::Within)
                if course != Course::Past =>
            {
                Interval { from: Some(report), to: days.to }
            }
            Some(Relation::Until) => Interval { from: None, to: days.to },
            // "By October" of what is done: no later.
            Some(Relation::By) if self.grain > Grain::Day => Interval { from: None, to: days.to },
            // The end is a part of what "before the end of the year" is before.
            Some(Relation::Before) if self.modifier == Some(Mod::End) => {
                Interval { from: ahead.then_some(report), to: days.to }
            }
            Some(Relation::Before) => Interval {
                from: ahead.then_some(report),
                to: days.from.and_then(|d| calendar::plus_days(d, -1)),
            },
            Some(Relation::After) => Interval {
                from: days.to.and_then(|d| calendar::plus_days(d, 1)),
                to: (course == Course::Past).then_some(report),
            },
            _ if course == Course::Underway => match (days.from, days.to) {
                // It began on a day told, and has not ended.
                (Some(from), Some(to)) if from <= report && to <= report => {
                    Interval { from: Some(from), to: None }
                }
                _ => days,
            },
            _ => days,
        }
    }
}

/// A length of time, which a past act reaches back by and a plan ahead.
fn length(
    parts: &[(Option<i64>, Unit)],
    relation: Option<Relation>,
    report: Date,
    course: Course,
) -> Interval {
    if !matches!(relation, Some(Relation::For | Relation::Within | Relation::In | Relation::Over)) {
        return Interval::default();
    }
    let sign = if course == Course::Ahead { 1 } else { -1 };
    let mut far = Some(report);
    for (amount, unit) in parts {
        let Some(amount) = amount else {
            // "For weeks": nobody knows since when.
            return match course {
                Course::Ahead => Interval { from: Some(report), to: None },
                _ => Interval { from: None, to: Some(report) },
            };
        };
        far = far.and_then(|day| calendar::shift(day, *unit, sign * (amount / 1000)));
    }
    match course {
        Course::Ahead => Interval { from: Some(report), to: far },
        _ => Interval { from: far, to: Some(report) },
    }
}

/// Cuts days at the report's date: what is past has not reached beyond it, what is ahead begins no earlier.
/// Days that lie wholly on the other side stay as they are.
#[must_use]
pub fn cut(days: Interval, report: Date, course: Course) -> Interval {
    match course {
        Course::Past
            if days.from.is_none_or(|from| from <= report) && days.to.is_none_or(|to| to > report) =>
        {
            Interval { from: days.from, to: Some(report) }
        }
        Course::Ahead if days.to.is_none_or(|to| to >= report) && days.from.is_some_and(|f| f < report) => {
            Interval { from: Some(report), to: days.to }
        }
        _ => days,
    }
}
