//! What the words of a rule mean: the functions of the rules' terms, over the calendar.

mod hours;
mod lengths;
mod moves;
mod near;

use jiff::civil::Date;

use hours::{clock, on, part_of_day};
use lengths::{each, grain_of, half_of_month, length, modify, plus, reach, rest, sofar};
use moves::{after, first_of, latest_quarter, moved, same, spoken, spoken_by, step, step_arg, year_before};
use near::{
    before_christ, day, day_of_month, feast, half, month, nearest, quarter, season, two_digit_decade,
    two_digit_year, weekday, weekend,
};

use crate::calendar;
use crate::timex::{Anchor, Grain, Interval, Mod, Tense, TimexKind};
use crate::value::{Calendar, DayPart, Season, Unit, Value};

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
    ("bcmonth", 2, 2),
    ("bcdecade", 1, 1),
    ("bccentury", 1, 1),
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
        "bcmonth" => {
            let year = before_christ(arg(0))?.calendar().and_then(year_of);
            Some(Meaning::stretch(Calendar::Month(year, Some(ranged(arg(1), 12)?)), Anchor::None))
        }
        "bcdecade" => {
            let n = i16::try_from(arg(0).int()?).ok()?;
            (n > 0 && n % 10 == 0).then(|| Meaning::stretch(Calendar::Decade(-(n / 10)), Anchor::None))
        }
        "bccentury" => {
            let n = i16::try_from(arg(0).int()?).ok()?;
            (n > 1).then(|| Meaning::stretch(Calendar::Century(1 - n), Anchor::None))
        }
        "decade" => {
            let n = i16::try_from(arg(0).int()?).ok()?;
            (n % 10 == 0).then(|| Meaning::stretch(Calendar::Decade(n / 10), Anchor::None))
        }
        "decade2" => two_digit_decade(arg(0).int()?, set),
        "century" => {
            let n = i16::try_from(arg(0).int()?).ok()?;
            Some(Meaning::stretch(Calendar::Century(n - 1), Anchor::None))
        }
        "half" => half(arg(0), ranged(arg(1), 2)?, set),
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
            compared.or_else(|| moved(unit, -n, Anchor::Report(set.report), set.report))
        }
        "latest" => latest_quarter(set),
        "yearago" => year_before(set.quarter).or_else(|| step(Unit::Year, -1, set)),
        "hence" => moved(arg(1).unit()?, arg(0).count()?, Anchor::Report(set.report), set.report),
        "earlier" => {
            let (n, unit) = (arg(0).count()?, arg(1).unit()?);
            if n == 1 && unit == Unit::Year {
                let compared = set.spoken.filter(|c| matches!(c, Calendar::Month(..) | Calendar::Half(..)));
                if let Some(found) = year_before(compared.or(set.quarter)) {
                    return Some(found);
                }
            }
            let (base, anchor) = spoken_by(arg(1).unit()?, set);
            moved(arg(1).unit()?, -arg(0).count()?, anchor, base)
        }
        "later" => {
            let (base, anchor) = spoken_by(arg(1).unit()?, set);
            moved(arg(1).unit()?, arg(0).count()?, anchor, base)
        }
        "off" => {
            let base = arg(2).meaning()?;
            moved(arg(1).unit()?, arg(0).count()?, base.anchor, base.first_day()?)
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
            moved(arg(1).unit()?, -arg(0).count()?, base.anchor, base.first_day()?)
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
