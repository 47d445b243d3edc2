//! What the words of a rule mean: the functions of the rules' terms, over the calendar.

use jiff::civil::Date;

use crate::calendar;
use crate::timex::{Anchor, Grain, Interval, Mod, Tense, TimexKind};
use crate::value::{Calendar, Clock, DayPart, Season, Unit, Value, Zone};

/// What an expression is read against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    /// The report's date.
    pub report: Date,
    /// The time last spoken of, where there is one.
    pub spoken: Option<Calendar>,
    /// The day last spoken of.
    pub day: Option<Date>,
    /// The quarter last spoken of: what "a year ago" is compared with in a company's results.
    pub quarter: Option<Calendar>,
    pub tense: Option<Tense>,
    /// In a history, what tells no year or month takes that of the time last spoken of.
    pub narrative: bool,
}

/// An expression's meaning.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Meaning {
    pub kind: TimexKind,
    pub value: Value,
    pub modifier: Option<Mod>,
    pub interval: Option<Interval>,
    pub grain: Grain,
    pub quant: Option<String>,
    pub freq: Option<String>,
    pub anchor: Anchor,
}

/// An argument of a function.
#[derive(Clone, Debug)]
pub(crate) enum Arg {
    Missing,
    /// In thousandths.
    Number(i64),
    Word(String),
    Meaning(Box<Meaning>),
}

impl Arg {
    fn int(&self) -> Option<i64> {
        match self {
            Self::Number(n) if n % 1000 == 0 => Some(n / 1000),
            _ => None,
        }
    }

    /// A count; "a week" counts one.
    fn count(&self) -> Option<i64> {
        if matches!(self, Self::Missing) { Some(1) } else { self.int() }
    }

    fn small(&self) -> Option<i8> {
        self.int().and_then(|n| i8::try_from(n).ok())
    }

    fn unit(&self) -> Option<Unit> {
        let Self::Word(word) = self else { return None };
        Some(match word.as_str() {
            "second" => Unit::Second,
            "minute" => Unit::Minute,
            "hour" => Unit::Hour,
            "day" => Unit::Day,
            "weekend" => Unit::Weekend,
            "week" => Unit::Week,
            "month" => Unit::Month,
            "season" => Unit::Season,
            "quarter" => Unit::Quarter,
            "half" => Unit::Half,
            "year" => Unit::Year,
            "decade" => Unit::Decade,
            "century" => Unit::Century,
            "millennium" => Unit::Millennium,
            _ => return None,
        })
    }

    fn season(&self) -> Option<Season> {
        let Self::Word(word) = self else { return None };
        Some(match word.as_str() {
            "winter" => Season::Winter,
            "spring" => Season::Spring,
            "summer" => Season::Summer,
            "autumn" => Season::Autumn,
            _ => return None,
        })
    }

    fn day_part(&self) -> Option<DayPart> {
        let Self::Word(word) = self else { return None };
        Some(match word.as_str() {
            "dawn" => DayPart::Dawn,
            "morning" => DayPart::Morning,
            "midday" => DayPart::Midday,
            "afternoon" => DayPart::Afternoon,
            "evening" => DayPart::Evening,
            "night" => DayPart::Night,
            "daytime" => DayPart::Daytime,
            _ => return None,
        })
    }

    fn modifier(&self) -> Option<Mod> {
        let Self::Word(word) = self else { return None };
        Some(match word.as_str() {
            "before" => Mod::Before,
            "after" => Mod::After,
            "on_or_before" => Mod::OnOrBefore,
            "on_or_after" => Mod::OnOrAfter,
            "less_than" => Mod::LessThan,
            "more_than" => Mod::MoreThan,
            "equal_or_less" => Mod::EqualOrLess,
            "equal_or_more" => Mod::EqualOrMore,
            "start" => Mod::Start,
            "mid" => Mod::Mid,
            "end" => Mod::End,
            "approx" => Mod::Approx,
            _ => return None,
        })
    }

    fn meaning(&self) -> Option<&Meaning> {
        match self {
            Self::Meaning(m) => Some(m),
            _ => None,
        }
    }

    /// A year told as a number or as the year of a meaning.
    fn year(&self) -> Option<(i16, Anchor)> {
        match self {
            Self::Number(_) => Some((i16::try_from(self.int()?).ok()?, Anchor::None)),
            Self::Meaning(m) => Some((m.calendar().and_then(year_of)?, m.anchor)),
            Self::Missing | Self::Word(_) => None,
        }
    }
}

impl Meaning {
    fn of(value: Value, kind: TimexKind, grain: Grain, anchor: Anchor) -> Self {
        Self { kind, value, modifier: None, interval: None, grain, quant: None, freq: None, anchor }
    }

    /// A stretch of the calendar.
    pub(crate) fn stretch(calendar: Calendar, anchor: Anchor) -> Self {
        let mut meaning =
            Self::of(Value::Calendar(calendar), TimexKind::Date, calendar::grain(calendar), anchor);
        meaning.interval = calendar::interval(calendar);
        meaning
    }

    pub(crate) fn calendar(&self) -> Option<Calendar> {
        match &self.value {
            Value::Calendar(c) | Value::Time(c, ..) => Some(*c),
            _ => None,
        }
    }

    fn first_day(&self) -> Option<Date> {
        self.interval.and_then(|i| i.from)
    }
}

/// The year in which a stretch lies.
pub(crate) fn year_of(calendar: Calendar) -> Option<i16> {
    match calendar {
        Calendar::Century(_) | Calendar::Decade(_) | Calendar::Weekday(_) => None,
        Calendar::Year(y)
        | Calendar::Half(y, _)
        | Calendar::Quarter(y, _)
        | Calendar::Season(y, _)
        | Calendar::Month(y, _)
        | Calendar::Week(y, _)
        | Calendar::Weekend(y, _)
        | Calendar::Day(y, ..) => y,
    }
}

/// The names of the functions and the fewest and most arguments that each takes.
pub(crate) const FUNCTIONS: &[(&str, usize, usize)] = &[
    ("ref", 1, 1),
    ("year", 1, 1),
    ("year2", 1, 1),
    ("yearlike", 2, 2),
    ("soon", 0, 0),
    ("bc", 1, 1),
    ("decade", 1, 1),
    ("decade2", 1, 1),
    ("century", 1, 2),
    ("half", 2, 2),
    ("quarter", 2, 2),
    ("season", 2, 2),
    ("month", 2, 2),
    ("day", 3, 3),
    ("dayof", 2, 2),
    ("dom", 1, 1),
    ("weekday", 1, 2),
    ("anyweekday", 1, 1),
    ("step", 2, 2),
    ("nearest", 2, 2),
    ("spoken", 1, 2),
    ("ago", 2, 2),
    ("hence", 2, 2),
    ("latest", 0, 0),
    ("yearago", 0, 0),
    ("earlier", 2, 2),
    ("later", 2, 2),
    ("off", 3, 3),
    ("same", 2, 2),
    ("first", 2, 2),
    ("mod", 2, 2),
    ("sofar", 1, 1),
    ("rest", 1, 1),
    ("length", 2, 2),
    ("lengthhalf", 2, 2),
    ("lengthx", 1, 1),
    ("offback", 3, 3),
    ("firsthalf", 2, 2),
    ("on", 2, 2),
    ("plus", 2, 2),
    ("past", 1, 1),
    ("coming", 1, 1),
    ("each", 1, 3),
    ("fixed", 3, 3),
    ("nth", 4, 4),
    ("easter", 2, 2),
    ("election", 1, 1),
    ("clock", 5, 5),
    ("military", 2, 2),
    ("overnight", 0, 0),
    ("after", 1, 1),
    ("part", 2, 2),
    ("weekend", 1, 1),
    ("openday", 0, 0),
    ("nothing", 0, 0),
];

/// Applies a function; `None` where the arguments make no sense, so that the rule does not hold.
pub(crate) fn apply(name: &str, args: &[Arg], set: &Setting) -> Option<Meaning> {
    let arg = |n: usize| args.get(n).unwrap_or(&Arg::Missing);
    match name {
        "ref" => reference(arg(0), set),
        "year" => Some(Meaning::stretch(Calendar::Year(Some(arg(0).year()?.0)), Anchor::None)),
        "yearlike" => {
            let (year, _) = arg(0).year()?;
            let second = i16::try_from(arg(1).int()?).ok()?;
            let end = year - year % 100 + second;
            (end > year).then(|| Meaning::stretch(Calendar::Year(Some(end)), Anchor::None))
        }
        // "Soon" told of the past does not point ahead of the report.
        "soon" if set.tense == Some(Tense::Past) => None,
        "soon" => reference(&Arg::Word("future".to_owned()), set),
        "year2" => two_digit_year(arg(0).int()?, set),
        "bc" => Some(before_christ(arg(0))?),
        "decade" => {
            let n = i16::try_from(arg(0).int()?).ok()?;
            (n % 10 == 0).then(|| Meaning::stretch(Calendar::Decade(n / 10), Anchor::None))
        }
        "decade2" => two_digit_decade(arg(0).int()?, set),
        "century" => {
            let n = i16::try_from(arg(0).int()?).ok()?;
            Some(Meaning::stretch(Calendar::Century(n - 1), Anchor::None))
        }
        "half" => in_year(arg(0), set, |y| Some(Calendar::Half(Some(y), Some(ranged(arg(1), 2)?)))),
        "quarter" => quarter(arg(0), ranged(arg(1), 4)?, set),
        "season" => season(arg(0), arg(1).season()?, set),
        "month" => month(arg(0), ranged(arg(1), 12)?, set),
        "day" => day(arg(0), ranged(arg(1), 12)?, ranged(arg(2), 31)?, set),
        "dayof" => {
            let within = arg(0).meaning()?;
            let Calendar::Month(Some(y), Some(m)) = within.calendar()? else { return None };
            let date = Date::new(y, m, ranged(arg(1), 31)?).ok()?;
            Some(Meaning::stretch(Calendar::day(date), within.anchor))
        }
        "dom" => day_of_month(ranged(arg(0), 31)?, set),
        "weekday" => weekday(arg(0).small()?, arg(1), set),
        "anyweekday" => Some(Meaning::stretch(Calendar::Weekday(ranged(arg(0), 7)?), Anchor::None)),
        "step" => step(arg(0).unit()?, arg(1).int()?, set),
        "nearest" => nearest(arg(0), arg(1), set),
        "spoken" => spoken(arg(0).unit()?, arg(1).int().unwrap_or(0), set),
        "ago" => {
            let (n, unit) = (arg(0).count()?, arg(1).unit()?);
            let compared = if n == 1 && unit == Unit::Year { year_before(set.quarter) } else { None };
            compared.or_else(|| moved(unit, -n, Anchor::Report(set.report), set.report, set))
        }
        "latest" => latest_quarter(set),
        "yearago" => year_before(set.quarter).or_else(|| step(Unit::Year, -1, set)),
        "hence" => moved(arg(1).unit()?, arg(0).count()?, Anchor::Report(set.report), set.report, set),
        "earlier" => {
            let (n, unit) = (arg(0).count()?, arg(1).unit()?);
            if n == 1 && unit == Unit::Year {
                let compared = set.spoken.filter(|c| matches!(c, Calendar::Month(..) | Calendar::Half(..)));
                if let Some(found) = year_before(compared.or(set.quarter)) {
                    return Some(found);
                }
            }
            let (base, anchor) = spoken_by(arg(1).unit()?, set);
            moved(arg(1).unit()?, -arg(0).count()?, anchor, base, set)
        }
        "later" => {
            let (base, anchor) = spoken_by(arg(1).unit()?, set);
            moved(arg(1).unit()?, arg(0).count()?, anchor, base, set)
        }
        "off" => {
            let base = arg(2).meaning()?;
            moved(arg(1).unit()?, arg(0).count()?, base.anchor, base.first_day()?, set)
        }
        "same" => same(arg(0), arg(1)),
        "first" => first_of(arg(0).unit()?, arg(1).meaning()?),
        "mod" => Some(modify(arg(0).modifier()?, arg(1).meaning()?.clone())),
        "sofar" => Some(sofar(arg(0).meaning()?, set)),
        "rest" => Some(rest(arg(0).meaning()?, set)),
        "length" => length(arg(0), arg(1).unit()?),
        "lengthhalf" => length(&Arg::Number(arg(0).int()?.checked_mul(1000)? + 500), arg(1).unit()?),
        "offback" => {
            let base = arg(2).meaning()?;
            moved(arg(1).unit()?, -arg(0).count()?, base.anchor, base.first_day()?, set)
        }
        "firsthalf" => half_of_month(arg(0).meaning()?, arg(1).int()? == 1),
        "on" => on(arg(0).meaning()?, arg(1).meaning()?),
        "lengthx" => {
            let unit = arg(0).unit()?;
            Some(Meaning::of(
                Value::Length(vec![(None, unit)]),
                TimexKind::Duration,
                grain_of(unit),
                Anchor::None,
            ))
        }
        "plus" => plus(arg(0).meaning()?, arg(1).meaning()?),
        "past" => reach(arg(0).meaning()?, -1, set),
        "coming" => reach(arg(0).meaning()?, 1, set),
        "each" => each(arg(0).meaning()?, arg(1), arg(2)),
        "fixed" => feast(arg(0), set, |y| Date::new(y, ranged(arg(1), 12)?, ranged(arg(2), 31)?).ok()),
        "nth" => feast(arg(0), set, |y| {
            calendar::nth_weekday(y, ranged(arg(1), 12)?, ranged(arg(2), 7)?, arg(3).small()?)
        }),
        // The Tuesday after the first Monday of November (2 U.S.C. 7).
        "election" => feast(arg(0), set, |y| calendar::plus_days(calendar::nth_weekday(y, 11, 1, 1)?, 1)),
        "easter" => feast(arg(0), set, |y| calendar::plus_days(calendar::easter(y)?, arg(1).int()?)),
        "clock" => clock(arg(0), arg(1), arg(2), arg(3), arg(4), set),
        "military" => {
            let n = arg(0).int().filter(|n| (0..=2400).contains(n))?;
            let (hour, minute) = (Arg::Number(n / 100 * 1000), Arg::Number(n % 100 * 1000));
            clock(&Arg::Missing, &hour, &minute, &Arg::Missing, arg(1), set)
        }
        "overnight" => {
            let mut meaning = part_of_day(&step_arg(Unit::Day, -1, set)?, DayPart::Night, set)?;
            meaning.interval = Some(Interval::closed(calendar::plus_days(set.report, -1)?, set.report));
            Some(meaning)
        }
        "after" => after(arg(0).meaning()?, set),
        "part" => part_of_day(arg(0), arg(1).day_part()?, set),
        "weekend" => weekend(arg(0), set),
        "openday" => Some(Meaning::stretch(Calendar::Day(None, None, None), Anchor::None)),
        _ => None,
    }
}

fn ranged(arg: &Arg, most: i8) -> Option<i8> {
    arg.small().filter(|n| (1..=most).contains(n))
}

fn reference(arg: &Arg, set: &Setting) -> Option<Meaning> {
    let Arg::Word(word) = arg else { return None };
    let anchor = Anchor::Report(set.report);
    let (value, interval) = match word.as_str() {
        "present" => (Value::PresentRef, Interval::day(set.report)),
        "past" => (Value::PastRef, Interval { from: None, to: Some(set.report) }),
        "future" => (Value::FutureRef, Interval { from: Some(set.report), to: None }),
        _ => return None,
    };
    let mut meaning = Meaning::of(value, TimexKind::Date, Grain::Vague, anchor);
    meaning.interval = Some(interval);
    Some(meaning)
}

/// A year of two digits is the one of that ending from eighty years back to nineteen ahead.
fn two_digit_year(n: i64, set: &Setting) -> Option<Meaning> {
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

fn two_digit_decade(n: i64, set: &Setting) -> Option<Meaning> {
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

fn before_christ(arg: &Arg) -> Option<Meaning> {
    let year = i16::try_from(1 - arg.int()?).ok()?;
    (year > -9999).then(|| Meaning::stretch(Calendar::Year(Some(year)), Anchor::None))
}

/// Where a year is not told: the report's, or in a history that last spoken of.
fn base(set: &Setting) -> (Date, Anchor) {
    if set.narrative { spoken_day(set) } else { (set.report, Anchor::Report(set.report)) }
}

fn spoken_day(set: &Setting) -> (Date, Anchor) {
    match set.spoken.and_then(calendar::interval).and_then(|i| i.from) {
        Some(day) => (day, Anchor::Spoken(day)),
        None => (set.report, Anchor::Report(set.report)),
    }
}

/// "The next day" counts from a day, whatever months and years were told since.
fn spoken_by(unit: Unit, set: &Setting) -> (Date, Anchor) {
    match (unit, set.day) {
        (Unit::Second | Unit::Minute | Unit::Hour | Unit::Day, Some(day)) => (day, Anchor::Spoken(day)),
        (Unit::Second | Unit::Minute | Unit::Hour | Unit::Day, None) if !set.narrative => {
            (set.report, Anchor::Report(set.report))
        }
        _ => spoken_day(set),
    }
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

fn quarter(year: &Arg, q: i8, set: &Setting) -> Option<Meaning> {
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

fn season(year: &Arg, season: Season, set: &Setting) -> Option<Meaning> {
    if year.year().is_some() {
        return in_year(year, set, |y| Some(Calendar::Season(Some(y), season)));
    }
    let make = |y| Some(Calendar::Season(Some(y), season));
    let (calendar, anchor) = choose_year(set, make, |days| (-300..183).contains(&days))?;
    Some(Meaning::stretch(calendar, anchor))
}

fn month(year: &Arg, m: i8, set: &Setting) -> Option<Meaning> {
    if year.year().is_some() {
        return in_year(year, set, |y| Some(Calendar::Month(Some(y), Some(m))));
    }
    let make = |y| Some(Calendar::Month(Some(y), Some(m)));
    let (calendar, anchor) = choose_year(set, make, |days| (-270..100).contains(&days))?;
    Some(Meaning::stretch(calendar, anchor))
}

fn day(year: &Arg, m: i8, d: i8, set: &Setting) -> Option<Meaning> {
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

fn day_of_month(d: i8, set: &Setting) -> Option<Meaning> {
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

fn weekday(w: i8, direction: &Arg, set: &Setting) -> Option<Meaning> {
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

/// "this month" 0, "last month" -1, "next month" 1.
fn step(unit: Unit, n: i64, set: &Setting) -> Option<Meaning> {
    let (base, anchor) = base(set);
    let day = calendar::shift(start_of(unit, base), unit, n)?;
    Some(Meaning::stretch(calendar::containing(day, unit)?, anchor))
}

fn step_arg(unit: Unit, n: i64, set: &Setting) -> Option<Arg> {
    step(unit, n, set).map(|m| Arg::Meaning(Box::new(m)))
}

/// "the following February": the first after the time last spoken of.
fn after(what: &Meaning, set: &Setting) -> Option<Meaning> {
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

/// A month, season or quarter with "last", "this" or "next" before it.
fn nearest(what: &Arg, direction: &Arg, set: &Setting) -> Option<Meaning> {
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

/// "that year" 0, "the next day" 1, "the previous week" -1: counted from the time last spoken of.
fn spoken(unit: Unit, n: i64, set: &Setting) -> Option<Meaning> {
    let (base, anchor) = spoken_by(unit, set);
    let day = calendar::shift(start_of(unit, base), unit, n)?;
    Some(Meaning::stretch(calendar::containing(day, unit)?, anchor))
}

/// The same month, quarter or half of the year before: "up from 2 per cent a year earlier".
fn year_before(period: Option<Calendar>) -> Option<Meaning> {
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
fn latest_quarter(set: &Setting) -> Option<Meaning> {
    match set.quarter {
        Some(quarter) => Some(Meaning::stretch(quarter, Anchor::Spoken(calendar::interval(quarter)?.from?))),
        None => step(Unit::Quarter, -1, set),
    }
}

/// A time so many units from another, told to the grain of the unit.
fn moved(unit: Unit, n: i64, anchor: Anchor, base: Date, set: &Setting) -> Option<Meaning> {
    let day = calendar::shift(base, unit, n)?;
    if matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
        let mut meaning = Meaning::stretch(Calendar::day(set.report), anchor);
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
fn same(what: &Arg, year: &Arg) -> Option<Meaning> {
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

fn first_of(unit: Unit, whole: &Meaning) -> Option<Meaning> {
    Some(Meaning::stretch(calendar::containing(whole.first_day()?, unit)?, whole.anchor))
}

/// Sets the `mod`; early, mid- and late cut the interval to their third.
fn modify(modifier: Mod, mut meaning: Meaning) -> Meaning {
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
fn half_of_month(whole: &Meaning, first: bool) -> Option<Meaning> {
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

/// A time of day on a day told apart from it.
fn on(clock: &Meaning, date: &Meaning) -> Option<Meaning> {
    let (Value::Time(_, time, zone), Some(day @ Calendar::Day(..))) = (&clock.value, date.calendar()) else {
        return None;
    };
    let value = Value::Time(day, *time, *zone);
    Some(Meaning { value, interval: date.interval, anchor: date.anchor, ..clock.clone() })
}

/// "earlier this month": up to the report's date, where that lies within.
fn sofar(whole: &Meaning, set: &Setting) -> Meaning {
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
fn rest(whole: &Meaning, set: &Setting) -> Meaning {
    let mut meaning = Meaning { modifier: Some(Mod::End), ..whole.clone() };
    if let Some(interval) = &mut meaning.interval
        && interval.from < Some(set.report)
        && interval.to >= Some(set.report)
    {
        interval.from = Some(set.report);
    }
    meaning
}

const fn grain_of(unit: Unit) -> Grain {
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

fn length(n: &Arg, unit: Unit) -> Option<Meaning> {
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
fn plus(a: &Meaning, b: &Meaning) -> Option<Meaning> {
    let (Value::Length(first), Value::Length(second)) = (&a.value, &b.value) else { return None };
    let mut parts = first.clone();
    parts.extend(second.iter().copied());
    if parts.windows(2).any(|w| w[0].1 <= w[1].1) {
        return None;
    }
    Some(Meaning::of(Value::Length(parts), TimexKind::Duration, a.grain, Anchor::None))
}

/// A duration that ends or begins at the report's date: "the past three weeks", "the next six months".
fn reach(length: &Meaning, sign: i64, set: &Setting) -> Option<Meaning> {
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
fn each(what: &Meaning, quant: &Arg, freq: &Arg) -> Option<Meaning> {
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

/// A feast or observance, whose day depends on the year alone.
fn feast(year: &Arg, set: &Setting, at: impl Fn(i16) -> Option<Date>) -> Option<Meaning> {
    if let Some((y, anchor)) = year.year() {
        return Some(Meaning::stretch(Calendar::day(at(y)?), anchor));
    }
    let make = |y| at(y).map(Calendar::day);
    let (calendar, anchor) = choose_year(set, make, |days| (-240..120).contains(&days))?;
    Some(Meaning::stretch(calendar, anchor))
}

/// A time of day on a day (the report's where none is told): hour, minute, "am" or "pm", zone.
fn clock(day: &Arg, hour: &Arg, minute: &Arg, half: &Arg, zone: &Arg, set: &Setting) -> Option<Meaning> {
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

fn part_of_day(day: &Arg, part: DayPart, set: &Setting) -> Option<Meaning> {
    let (calendar, anchor, interval) = day_for_time(day, set)?;
    let value = Value::Time(calendar, Clock::Part(part), Zone::Untold);
    let mut meaning = Meaning::of(value, TimexKind::Time, Grain::PartOfDay, anchor);
    meaning.interval = interval;
    Some(meaning)
}

/// A weekend by tense, or "last", "this", "next".
fn weekend(direction: &Arg, set: &Setting) -> Option<Meaning> {
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
