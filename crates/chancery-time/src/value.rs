//! TIMEX3 values: what they say, how they are printed and read back (TimeML 1.2.1, after ISO 8601).

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use jiff::civil::Date;

/// Seasons as TIMEX3 writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Season {
    Winter,
    Spring,
    Summer,
    Autumn,
}

/// Parts of a day as TIMEX3 writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayPart {
    Dawn,
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
    Daytime,
}

/// Units of a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Season,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
}

/// How many of a unit: thousandths, so that "two and a half" is exact; `None` is TIMEX3's `X`.
pub type Amount = Option<i64>;

/// A stretch of the calendar; `None` fields are TIMEX3's `X`. Years are astronomical: 0 is 1 BC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// `19` for 1900–1999; before Christ negative, `BC03` for 399–300 BC.
    Century(i16),
    /// `198` for 1980–1989; before Christ negative, `BC047` for 479–470 BC.
    Decade(i16),
    Year(Option<i16>),
    Half(Option<i16>, Option<i8>),
    Quarter(Option<i16>, Option<i8>),
    Season(Option<i16>, Season),
    Month(Option<i16>, Option<i8>),
    /// An ISO week, Monday to Sunday.
    Week(Option<i16>, Option<i8>),
    /// The Saturday and Sunday of an ISO week.
    Weekend(Option<i16>, Option<i8>),
    /// A weekday of no certain week, 1 for Monday: `XXXX-WXX-1`.
    Weekday(i8),
    Day(Option<i16>, Option<i8>, Option<i8>),
}

/// The hour, to the grain told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    Part(DayPart),
    /// Hour (24 is the end of the day), minute, second.
    At(i8, Option<i8>, Option<i8>),
    /// An unknown hour.
    Open,
}

/// A clock's zone: none told, universal time, or minutes east of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    Untold,
    Utc,
    Offset(i16),
}

/// A TIMEX3 value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    PresentRef,
    PastRef,
    FutureRef,
    Calendar(Calendar),
    Time(Calendar, Clock, Zone),
    /// Parts from the longest unit to the shortest; never empty.
    Length(Vec<(Amount, Unit)>),
}

impl Calendar {
    /// A known day.
    #[must_use]
    pub fn day(date: Date) -> Self {
        Self::Day(Some(date.year()), Some(date.month()), Some(date.day()))
    }

    /// The day, where it is one and known.
    #[must_use]
    pub fn as_day(self) -> Option<Date> {
        match self {
            Self::Day(Some(y), Some(m), Some(d)) => Date::new(y, m, d).ok(),
            _ => None,
        }
    }
}

impl Unit {
    /// The letter (or letters) after the number, and whether `T` must come before.
    const fn code(self) -> (&'static str, bool) {
        match self {
            Self::Second => ("S", true),
            Self::Minute => ("M", true),
            Self::Hour => ("H", true),
            Self::Day => ("D", false),
            Self::Weekend => ("WE", false),
            Self::Week => ("W", false),
            Self::Month => ("M", false),
            Self::Season => ("SN", false),
            Self::Quarter => ("Q", false),
            Self::Half => ("HY", false),
            Self::Year => ("Y", false),
            Self::Decade => ("DE", false),
            Self::Century => ("CE", false),
            Self::Millennium => ("ML", false),
        }
    }

    const ALL: [Self; 14] = [
        Self::Weekend,
        Self::Season,
        Self::Half,
        Self::Decade,
        Self::Century,
        Self::Millennium,
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Year,
    ];

    fn read(text: &str, timed: bool) -> Option<(Self, &str)> {
        Self::ALL.into_iter().find_map(|unit| {
            let (code, t) = unit.code();
            if t != timed {
                return None;
            }
            text.strip_prefix(code).map(|rest| (unit, rest))
        })
    }

    /// Its length in days, thousandths; months and years by their mean.
    #[must_use]
    pub const fn millidays(self) -> i64 {
        match self {
            Self::Second | Self::Minute => 1,
            Self::Hour => 42,
            Self::Day => 1_000,
            Self::Weekend => 2_000,
            Self::Week => 7_000,
            Self::Month => 30_437,
            Self::Season | Self::Quarter => 91_311,
            Self::Half => 182_621,
            Self::Year => 365_243,
            Self::Decade => 3_652_425,
            Self::Century => 36_524_250,
            Self::Millennium => 365_242_500,
        }
    }
}

fn year(f: &mut Formatter<'_>, year: Option<i16>) -> fmt::Result {
    match year {
        None => f.write_str("XXXX"),
        Some(y) if y <= 0 => write!(f, "BC{:04}", 1 - i32::from(y)),
        Some(y) => write!(f, "{y:04}"),
    }
}

fn two(f: &mut Formatter<'_>, number: Option<i8>) -> fmt::Result {
    match number {
        None => f.write_str("XX"),
        Some(n) => write!(f, "{n:02}"),
    }
}

fn one(f: &mut Formatter<'_>, number: Option<i8>) -> fmt::Result {
    match number {
        None => f.write_str("X"),
        Some(n) => write!(f, "{n}"),
    }
}

impl Season {
    const fn code(self) -> &'static str {
        match self {
            Self::Winter => "WI",
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
        }
    }

    const ALL: [Self; 4] = [Self::Winter, Self::Spring, Self::Summer, Self::Autumn];
}

impl DayPart {
    const fn code(self) -> &'static str {
        match self {
            Self::Dawn => "DW",
            Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
            Self::Daytime => "DT",
        }
    }

    const ALL: [Self; 7] =
        [Self::Dawn, Self::Morning, Self::Midday, Self::Afternoon, Self::Evening, Self::Night, Self::Daytime];
}

impl Display for Calendar {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Century(c) if c < 0 => write!(f, "BC{:02}", -i32::from(c)),
            Self::Decade(d) if d < 0 => write!(f, "BC{:03}", -i32::from(d)),
            Self::Century(c) => write!(f, "{c:02}"),
            Self::Decade(d) => write!(f, "{d:03}"),
            Self::Year(y) => year(f, y),
            Self::Half(y, n) => {
                year(f, y)?;
                f.write_str("-H")?;
                one(f, n)
            }
            Self::Quarter(y, n) => {
                year(f, y)?;
                f.write_str("-Q")?;
                one(f, n)
            }
            Self::Season(y, s) => {
                year(f, y)?;
                write!(f, "-{}", s.code())
            }
            Self::Month(y, m) => {
                year(f, y)?;
                f.write_str("-")?;
                two(f, m)
            }
            Self::Week(y, w) => {
                year(f, y)?;
                f.write_str("-W")?;
                two(f, w)
            }
            Self::Weekend(y, w) => {
                year(f, y)?;
                f.write_str("-W")?;
                two(f, w)?;
                f.write_str("-WE")
            }
            Self::Weekday(d) => write!(f, "XXXX-WXX-{d}"),
            Self::Day(y, m, d) => {
                year(f, y)?;
                f.write_str("-")?;
                two(f, m)?;
                f.write_str("-")?;
                two(f, d)
            }
        }
    }
}

impl Display for Clock {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Part(p) => write!(f, "T{}", p.code()),
            Self::Open => f.write_str("TXX"),
            Self::At(h, m, s) => {
                write!(f, "T{h:02}")?;
                if let Some(m) = m {
                    write!(f, ":{m:02}")?;
                    if let Some(s) = s {
                        write!(f, ":{s:02}")?;
                    }
                }
                Ok(())
            }
        }
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::PresentRef => f.write_str("PRESENT_REF"),
            Self::PastRef => f.write_str("PAST_REF"),
            Self::FutureRef => f.write_str("FUTURE_REF"),
            Self::Calendar(c) => c.fmt(f),
            Self::Time(c, clock, zone) => {
                c.fmt(f)?;
                clock.fmt(f)?;
                match *zone {
                    Zone::Untold => Ok(()),
                    Zone::Utc => f.write_str("Z"),
                    Zone::Offset(minutes) => {
                        let sign = if minutes < 0 { '-' } else { '+' };
                        let minutes = i32::from(minutes).abs();
                        write!(f, "{sign}{:02}", minutes / 60)?;
                        if minutes % 60 == 0 { Ok(()) } else { write!(f, ":{:02}", minutes % 60) }
                    }
                }
            }
            Self::Length(parts) => {
                f.write_str("P")?;
                let mut timed = false;
                for (amount, unit) in parts {
                    let (code, t) = unit.code();
                    if t && !timed {
                        f.write_str("T")?;
                        timed = true;
                    }
                    match amount {
                        None => f.write_str("X")?,
                        Some(n) if n % 1000 == 0 => write!(f, "{}", n / 1000)?,
                        Some(n) => {
                            let fraction = format!("{:03}", n % 1000);
                            write!(f, "{}.{}", n / 1000, fraction.trim_end_matches('0'))?;
                        }
                    }
                    f.write_str(code)?;
                }
                Ok(())
            }
        }
    }
}

/// A text that is no TIMEX3 value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no TIMEX3 value")]
pub struct ValueError(pub String);

impl FromStr for Value {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        read_value(text).ok_or_else(|| ValueError(text.to_owned()))
    }
}

fn read_value(text: &str) -> Option<Value> {
    match text {
        "PRESENT_REF" => return Some(Value::PresentRef),
        "PAST_REF" => return Some(Value::PastRef),
        "FUTURE_REF" => return Some(Value::FutureRef),
        _ => {}
    }
    if let Some(rest) = text.strip_prefix('P') {
        return read_length(rest);
    }
    let Some((date, time)) = text.split_once('T') else { return read_calendar(text).map(Value::Calendar) };
    let calendar = if date.is_empty() { Calendar::Day(None, None, None) } else { read_calendar(date)? };
    let (clock, zone) = read_clock(time)?;
    Some(Value::Time(calendar, clock, zone))
}

fn read_length(mut text: &str) -> Option<Value> {
    let mut parts = Vec::new();
    let mut timed = false;
    while !text.is_empty() {
        if let Some(rest) = text.strip_prefix('T') {
            timed = true;
            text = rest;
        }
        let (amount, rest) = if let Some(rest) = text.strip_prefix('X') {
            (None, rest)
        } else {
            let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
            let (whole, fraction) = text[..end].split_once('.').unwrap_or((&text[..end], ""));
            if fraction.len() > 3 || whole.is_empty() {
                return None;
            }
            let mut amount = whole.parse::<i64>().ok()?.checked_mul(1000)?;
            if !fraction.is_empty() {
                amount = amount.checked_add(format!("{fraction:0<3}").parse::<i64>().ok()?)?;
            }
            (Some(amount), &text[end..])
        };
        let (unit, rest) = Unit::read(rest, timed)?;
        parts.push((amount, unit));
        text = rest;
    }
    if parts.is_empty() { None } else { Some(Value::Length(parts)) }
}

fn read_number(text: &str) -> Option<Option<i8>> {
    if text.bytes().all(|b| b == b'X') && !text.is_empty() {
        return Some(None);
    }
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().map(Some)
}

fn read_calendar(text: &str) -> Option<Calendar> {
    let (year, rest) = if let Some(digits) = text.strip_prefix("BC") {
        match digits.len() {
            2 => return digits.parse::<i16>().ok().filter(|n| *n > 0).map(|n| Calendar::Century(-n)),
            3 => return digits.parse::<i16>().ok().filter(|n| *n > 0).map(|n| Calendar::Decade(-n)),
            _ => {}
        }
        let number = digits.get(..4)?.parse::<i16>().ok()?;
        (Some(1 - number), &digits[4..])
    } else if let Some(rest) = text.strip_prefix("XXXX") {
        (None, rest)
    } else {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let number = text[..end].parse::<i16>().ok()?;
        match (end, text.len()) {
            (2, 2) => return Some(Calendar::Century(number)),
            (3, 3) => return Some(Calendar::Decade(number)),
            (4, _) if number > 0 => (Some(number), &text[4..]),
            _ => return None,
        }
    };
    if rest.is_empty() {
        return Some(Calendar::Year(year));
    }
    let rest = rest.strip_prefix('-')?;
    if let Some(season) = Season::ALL.into_iter().find(|s| s.code() == rest) {
        return Some(Calendar::Season(year, season));
    }
    if let Some(n) = rest.strip_prefix('Q') {
        return read_number(n).map(|n| Calendar::Quarter(year, n));
    }
    if let Some(n) = rest.strip_prefix('H') {
        return read_number(n).map(|n| Calendar::Half(year, n));
    }
    if let Some(week) = rest.strip_prefix('W') {
        let (number, day) = week.split_once('-').map_or((week, None), |(w, d)| (w, Some(d)));
        let number = read_number(number)?;
        return match day {
            None => Some(Calendar::Week(year, number)),
            Some("WE") => Some(Calendar::Weekend(year, number)),
            Some(day) if year.is_none() && number.is_none() => {
                day.parse().ok().filter(|d| (1..=7).contains(d)).map(Calendar::Weekday)
            }
            Some(_) => None,
        };
    }
    let (month, day) = rest.split_once('-').map_or((rest, None), |(m, d)| (m, Some(d)));
    let month = read_number(month)?;
    match day {
        None => Some(Calendar::Month(year, month)),
        Some(day) => Some(Calendar::Day(year, month, read_number(day)?)),
    }
}

fn read_clock(text: &str) -> Option<(Clock, Zone)> {
    if let Some(part) = DayPart::ALL.into_iter().find(|p| p.code() == text) {
        return Some((Clock::Part(part), Zone::Untold));
    }
    if text == "XX" {
        return Some((Clock::Open, Zone::Untold));
    }
    let (clock, zone) = if let Some(clock) = text.strip_suffix('Z') {
        (clock, Zone::Utc)
    } else if let Some(at) = text.rfind(['+', '-']) {
        let (hours, minutes) = text[at + 1..].split_once(':').unwrap_or((&text[at + 1..], "0"));
        let size = hours.parse::<i16>().ok()?.checked_mul(60)?.checked_add(minutes.parse().ok()?)?;
        (&text[..at], Zone::Offset(if text[at..].starts_with('-') { -size } else { size }))
    } else {
        (text, Zone::Untold)
    };
    let mut fields = clock.split(':').map(|n| n.parse::<i8>().ok());
    let hour = fields.next()??;
    let minute = fields.next();
    let second = fields.next();
    if fields.next().is_some() || !(0..=24).contains(&hour) {
        return None;
    }
    let minute = minute.map_or(Some(None), |m| m.map(Some))?;
    let second = second.map_or(Some(None), |s| s.map(Some))?;
    Some((Clock::At(hour, minute, second), zone))
}
