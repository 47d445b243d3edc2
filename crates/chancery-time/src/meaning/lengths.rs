//! Lengths of time, parts of stretches, and what recurs.

use super::moves::base;
use super::{Arg, Meaning, Setting};
use crate::calendar;
use crate::timex::{Anchor, Grain, Interval, Mod, TimexKind};
use crate::value::{Calendar, Unit, Value};

/// Sets the `mod`; early, mid- and late cut the interval to their third.
pub(super) fn modify(modifier: Mod, mut meaning: Meaning) -> Meaning {
    meaning.modifier = Some(modifier);
    if let Some(interval) = meaning.interval {
        meaning.interval = Some(match modifier {
            Mod::Start | Mod::Mid | Mod::End => calendar::third(interval, modifier),
            Mod::OnOrAfter | Mod::After => Interval { from: interval.from, to: None },
            Mod::OnOrBefore | Mod::Before => Interval { from: None, to: interval.to },
            _ => interval,
        });
        if meaning.grain == Grain::Month && matches!(modifier, Mod::Start | Mod::Mid | Mod::End) {
            meaning.grain = Grain::PartOfMonth;
        }
    }
    meaning
}

/// The first fifteen days of a month, or the others.
pub(super) fn half_of_month(whole: &Meaning, first: bool) -> Option<Meaning> {
    let Calendar::Month(Some(_), Some(_)) = whole.calendar()? else { return None };
    let start = whole.first_day()?;
    let mut meaning = whole.clone();
    let (modifier, interval) = if first {
        (Mod::Start, Interval::closed(start, calendar::plus_days(start, 14)?))
    } else {
        (Mod::End, Interval::closed(calendar::plus_days(start, 15)?, start.last_of_month()))
    };
    meaning.modifier = Some(modifier);
    meaning.interval = Some(interval);
    meaning.grain = Grain::PartOfMonth;
    Some(meaning)
}

/// "earlier this month": up to the report's date, where that lies within.
pub(super) fn sofar(whole: &Meaning, set: &Setting) -> Meaning {
    let mut meaning = Meaning { modifier: Some(Mod::Start), ..whole.clone() };
    if let Some(interval) = &mut meaning.interval
        && interval.from <= Some(set.report)
        && interval.to > Some(set.report)
    {
        interval.to = Some(set.report);
    }
    meaning
}

/// "later this month": from the report's date on.
pub(super) fn rest(whole: &Meaning, set: &Setting) -> Meaning {
    let mut meaning = Meaning { modifier: Some(Mod::End), ..whole.clone() };
    if let Some(interval) = &mut meaning.interval
        && interval.from < Some(set.report)
        && interval.to >= Some(set.report)
    {
        interval.from = Some(set.report);
    }
    meaning
}

pub(super) const fn grain_of(unit: Unit) -> Grain {
    match unit {
        Unit::Second | Unit::Minute => Grain::Minute,
        Unit::Hour => Grain::Hour,
        Unit::Day => Grain::Day,
        Unit::Weekend => Grain::Weekend,
        Unit::Week => Grain::Week,
        Unit::Month => Grain::Month,
        Unit::Season => Grain::Season,
        Unit::Quarter => Grain::Quarter,
        Unit::Half => Grain::Half,
        Unit::Year => Grain::Year,
        Unit::Decade => Grain::Decade,
        Unit::Century | Unit::Millennium => Grain::Century,
    }
}

pub(super) fn length(n: &Arg, unit: Unit) -> Option<Meaning> {
    let millis = &match n {
        Arg::Number(millis) => *millis,
        Arg::Missing => 1000,
        Arg::Word(_) | Arg::Meaning(_) => return None,
    };
    let (amount, unit) = match unit {
        Unit::Decade => (millis.checked_mul(10)?, Unit::Year),
        Unit::Century => (millis.checked_mul(100)?, Unit::Year),
        Unit::Millennium => (millis.checked_mul(1000)?, Unit::Year),
        Unit::Half => (millis.checked_mul(6)?, Unit::Month),
        other => (*millis, other),
    };
    let value = Value::Length(vec![(Some(amount), unit)]);
    Some(Meaning::of(value, TimexKind::Duration, grain_of(unit), Anchor::None))
}

/// "three years and two months".
pub(super) fn plus(a: &Meaning, b: &Meaning) -> Option<Meaning> {
    let (Value::Length(first), Value::Length(second)) = (&a.value, &b.value) else { return None };
    let mut parts = first.clone();
    parts.extend(second.iter().copied());
    if parts.windows(2).any(|w| w[0].1 <= w[1].1) {
        return None;
    }
    Some(Meaning::of(Value::Length(parts), TimexKind::Duration, a.grain, Anchor::None))
}

/// A duration that ends or begins at the report's date: "the past three weeks", "the next six months".
pub(super) fn reach(length: &Meaning, sign: i64, set: &Setting) -> Option<Meaning> {
    let Value::Length(parts) = &length.value else { return None };
    let mut meaning = length.clone();
    let (base, anchor) = base(set);
    meaning.anchor = anchor;
    if sign < 0 && parts.iter().any(|(amount, _)| amount.is_none()) {
        // "Recent months" begin nobody knows when.
        meaning.interval = Some(Interval { from: None, to: Some(base) });
        return Some(meaning);
    }
    let mut far = Some(base);
    for (amount, unit) in parts {
        // "The coming days" are seven, weeks and months six, years three.
        let amount = amount.unwrap_or(match unit {
            Unit::Day => 7_000,
            Unit::Week | Unit::Month => 6_000,
            _ => 3_000,
        });
        far = far.and_then(|day| calendar::shift(day, *unit, sign.checked_mul(amount / 1000)?));
    }
    meaning.interval =
        far.map(|far| if sign < 0 { Interval::closed(far, base) } else { Interval::closed(base, far) });
    Some(meaning)
}

/// A set: "every Monday", "twice a year". The value is what recurs, without its place in the calendar.
pub(super) fn each(what: &Meaning, quant: &Arg, freq: &Arg) -> Option<Meaning> {
    let mut meaning = what.clone();
    meaning.kind = TimexKind::Set;
    meaning.interval = None;
    meaning.anchor = Anchor::None;
    meaning.value = match what.value {
        Value::Calendar(Calendar::Day(_, m, d)) => Value::Calendar(Calendar::Day(None, m, d)),
        Value::Calendar(Calendar::Month(_, m)) => Value::Calendar(Calendar::Month(None, m)),
        Value::Calendar(Calendar::Season(_, s)) => Value::Calendar(Calendar::Season(None, s)),
        Value::Calendar(Calendar::Quarter(_, q)) => Value::Calendar(Calendar::Quarter(None, q)),
        Value::Calendar(Calendar::Weekend(..)) => Value::Calendar(Calendar::Weekend(None, None)),
        Value::Time(_, clock, zone) => Value::Time(Calendar::Day(None, None, None), clock, zone),
        ref other => other.clone(),
    };
    if let Arg::Word(word) = quant {
        meaning.quant = Some(word.to_uppercase());
    }
    if let Arg::Number(n) = freq {
        meaning.freq = Some(format!("{}X", n / 1000));
    }
    Some(meaning)
}
