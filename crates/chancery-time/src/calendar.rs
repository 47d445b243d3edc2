//! Calendar arithmetic: the days that a stretch of the calendar covers, and its neighbours.

use jiff::Span;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::timex::{Grain, Interval, Mod};
use crate::value::{Calendar, Season, Unit};

fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// From the first of a month to the last of another.
fn months(year: i16, first: i8, last_year: i16, last: i8) -> Option<Interval> {
    Some(Interval::closed(date(year, first, 1)?, date(last_year, last, 1)?.last_of_month()))
}

/// The Monday of an ISO week.
pub(crate) fn monday(year: i16, week: i8) -> Option<Date> {
    ISOWeekDate::new(year, week, Weekday::Monday).ok().map(ISOWeekDate::date)
}

/// A day moved by days; `None` outside the calendar.
pub(crate) fn plus_days(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// A day moved by months, cut to the month's last day.
pub(crate) fn plus_months(day: Date, months: i64) -> Option<Date> {
    day.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// The first month of a season; winter begins in December of the year before.
const fn season_start(season: Season) -> i8 {
    match season {
        Season::Winter => 12,
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
    }
}

/// The days that a calendar value covers; `None` where a field is unknown.
#[must_use]
pub fn interval(value: Calendar) -> Option<Interval> {
    match value {
        Calendar::Century(c) if c < 0 => before_christ(c, 100),
        Calendar::Decade(d) if d < 0 => before_christ(d, 10),
        Calendar::Century(c) => {
            let first = c.checked_mul(100)?;
            months(first.max(1), 1, first.checked_add(99)?, 12)
        }
        Calendar::Decade(d) => {
            let first = d.checked_mul(10)?;
            months(first.max(1), 1, first.checked_add(9)?, 12)
        }
        Calendar::Year(y) => months(y?, 1, y?, 12),
        Calendar::Half(y, h) => {
            let first = (h? - 1) * 6 + 1;
            months(y?, first, y?, first + 5)
        }
        Calendar::Quarter(y, q) => {
            let first = (q? - 1) * 3 + 1;
            months(y?, first, y?, first + 2)
        }
        // A winter is named by the year of its January or, in news of autumn, of its December: the
        // December of the year told and the two months after it.
        Calendar::Season(y, Season::Winter) => months(y?, 12, y?.checked_add(1)?, 2),
        Calendar::Season(y, s) => months(y?, season_start(s), y?, season_start(s) + 2),
        Calendar::Month(y, m) => months(y?, m?, y?, m?),
        Calendar::Week(y, w) => {
            let first = monday(y?, w?)?;
            Some(Interval::closed(first, plus_days(first, 6)?))
        }
        Calendar::Weekend(y, w) => {
            let first = monday(y?, w?)?;
            Some(Interval::closed(plus_days(first, 5)?, plus_days(first, 6)?))
        }
        Calendar::Weekday(_) => None,
        Calendar::Day(y, m, d) => date(y?, m?, d?).map(Interval::day),
    }
}

/// So many years before Christ that share their first digits.
fn before_christ(digits: i16, length: i16) -> Option<Interval> {
    let last = digits.checked_mul(length)?.checked_add(1)?;
    months(last.checked_sub(length - 1)?, 1, last, 12)
}

/// The grain of a calendar value.
#[must_use]
pub const fn grain(value: Calendar) -> Grain {
    match value {
        Calendar::Century(_) => Grain::Century,
        Calendar::Decade(_) => Grain::Decade,
        Calendar::Year(_) => Grain::Year,
        Calendar::Half(..) => Grain::Half,
        Calendar::Quarter(..) => Grain::Quarter,
        Calendar::Season(..) => Grain::Season,
        Calendar::Month(..) => Grain::Month,
        Calendar::Week(..) => Grain::Week,
        Calendar::Weekend(..) => Grain::Weekend,
        Calendar::Weekday(_) | Calendar::Day(..) => Grain::Day,
    }
}

/// The stretch of this unit in which a day lies.
#[must_use]
pub(crate) fn containing(day: Date, unit: Unit) -> Option<Calendar> {
    let (y, m) = (day.year(), day.month());
    let week = day.iso_week_date();
    Some(match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Calendar::day(day),
        Unit::Weekend => Calendar::Weekend(Some(week.year()), Some(week.week())),
        Unit::Week => Calendar::Week(Some(week.year()), Some(week.week())),
        Unit::Month => Calendar::Month(Some(y), Some(m)),
        Unit::Quarter => Calendar::Quarter(Some(y), Some((m - 1) / 3 + 1)),
        Unit::Half => Calendar::Half(Some(y), Some((m - 1) / 6 + 1)),
        Unit::Season => match m {
            12 => Calendar::Season(Some(y), Season::Winter),
            1 | 2 => Calendar::Season(Some(y - 1), Season::Winter),
            3..=5 => Calendar::Season(Some(y), Season::Spring),
            6..=8 => Calendar::Season(Some(y), Season::Summer),
            _ => Calendar::Season(Some(y), Season::Autumn),
        },
        Unit::Year => Calendar::Year(Some(y)),
        // Before Christ the year 479 is astronomical -478, of the decade that is told as 47.
        Unit::Decade => Calendar::Decade(if y > 0 { y / 10 } else { -((1 - y) / 10) }),
        Unit::Century => Calendar::Century(if y > 0 { y / 100 } else { -((1 - y) / 100) }),
        Unit::Millennium => return None,
    })
}

/// A day moved by so many units.
pub(crate) fn shift(day: Date, unit: Unit, n: i64) -> Option<Date> {
    let months = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return Some(day),
        Unit::Day => return plus_days(day, n),
        Unit::Weekend | Unit::Week => return plus_days(day, n.checked_mul(7)?),
        Unit::Month => 1,
        Unit::Season | Unit::Quarter => 3,
        Unit::Half => 6,
        Unit::Year => 12,
        Unit::Decade => 120,
        Unit::Century => 1_200,
        Unit::Millennium => 12_000,
    };
    plus_months(day, n.checked_mul(months)?)
}

/// The last such weekday (1 for Monday) on or before a day.
pub(crate) fn weekday_on_or_before(day: Date, weekday: i8) -> Option<Date> {
    let back = (day.weekday().to_monday_one_offset() - weekday).rem_euclid(7);
    plus_days(day, -i64::from(back))
}

/// The first such weekday on or after a day.
pub(crate) fn weekday_on_or_after(day: Date, weekday: i8) -> Option<Date> {
    let ahead = (weekday - day.weekday().to_monday_one_offset()).rem_euclid(7);
    plus_days(day, i64::from(ahead))
}

/// Early, mid- or late: a third of a stretch. A month's thirds are 1–10, 11–20 and the rest; a year's
/// are four months each; other stretches are cut by their days.
#[must_use]
pub fn third(whole: Interval, part: Mod) -> Interval {
    let (Some(from), Some(to)) = (whole.from, whole.to) else { return whole };
    let days = i64::from(to.since(from).map_or(0, |span| span.get_days())) + 1;
    if days < 3 {
        return whole;
    }
    let month = from.day() == 1 && from.first_of_month() == to.first_of_month() && to == from.last_of_month();
    let year = from.month() == 1 && from.day() == 1 && to.month() == 12 && to.day() == 31;
    let starts = if month {
        (plus_days(from, 10), plus_days(from, 20))
    } else if year {
        let third = i64::from(to.year() - from.year() + 1) * 4;
        (plus_months(from, third), plus_months(from, third * 2))
    } else {
        (plus_days(from, days / 3), plus_days(from, days - days / 3))
    };
    let (Some(second), Some(last)) = starts else { return whole };
    let (Some(first_end), Some(second_end)) = (plus_days(second, -1), plus_days(last, -1)) else {
        return whole;
    };
    match part {
        Mod::Start => Interval::closed(from, first_end),
        Mod::Mid => Interval::closed(second, second_end),
        Mod::End => Interval::closed(last, to),
        _ => whole,
    }
}

/// Easter Sunday of the Gregorian calendar (Butcher's algorithm; Meeus, Astronomical Algorithms, ch. 8).
pub(crate) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    date(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?)
}

/// The nth such weekday of a month; the last for -1.
pub(crate) fn nth_weekday(year: i16, month: i8, weekday: i8, n: i8) -> Option<Date> {
    let first = date(year, month, 1)?;
    let day = if n < 0 {
        weekday_on_or_before(first.last_of_month(), weekday)?
    } else {
        plus_days(weekday_on_or_after(first, weekday)?, 7 * (i64::from(n) - 1))?
    };
    (day.month() == month).then_some(day)
}
