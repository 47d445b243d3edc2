//! Published dates as records, headers and datelines write them. Nothing is guessed: a date that
//! may be read two ways is refused unless the caller settles the order.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::error::Reason;
use crate::options::DateOrder;

/// No report is taken for older or younger than these years.
const YEARS: std::ops::RangeInclusive<i16> = 1700..=2199;

/// Month names and their abbreviations in English, French and German.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "janvier", "januar", "jänner"],
    &["february", "feb", "février", "févr", "februar"],
    &["march", "mar", "mars", "märz"],
    &["april", "apr", "avril", "avr"],
    &["may", "mai"],
    &["june", "jun", "juin", "juni"],
    &["july", "jul", "juillet", "juil", "juli"],
    &["august", "aug", "août"],
    &["september", "sept", "sep", "septembre"],
    &["october", "oct", "octobre", "oktober", "okt"],
    &["november", "nov", "novembre"],
    &["december", "dec", "décembre", "déc", "dezember", "dez"],
];

const WEEKDAYS: &[&str] = &[
    "monday",
    "mon",
    "lundi",
    "montag",
    "tuesday",
    "tue",
    "tues",
    "mardi",
    "dienstag",
    "wednesday",
    "wed",
    "mercredi",
    "mittwoch",
    "thursday",
    "thu",
    "thur",
    "thurs",
    "jeudi",
    "donnerstag",
    "friday",
    "fri",
    "vendredi",
    "freitag",
    "saturday",
    "sat",
    "samedi",
    "samstag",
    "sunday",
    "sun",
    "dimanche",
    "sonntag",
];

/// A date found at the start of a text: the bytes it takes, and the day or why there is none.
pub(crate) type Leading = (usize, Result<Date, Reason>);

/// Reads the date with which a text begins; `None` where it begins with none.
pub(crate) fn leading(text: &str, order: Option<DateOrder>) -> Option<Leading> {
    let pieces = Pieces::of(text);
    let mut at = 0;
    if pieces.word(at).is_some_and(|w| WEEKDAYS.contains(&w.as_str())) {
        at += 1;
    }
    let first = pieces.get(at)?;
    let found = if let Some(month) = month(&pieces, at) {
        // November 8, 2022
        let day = pieces.number(at + 1, 2)?;
        let year = pieces.number(at + 2, 4).filter(|_| pieces.digits(at + 2) == 4)?;
        (at + 2, ymd(year, month, day))
    } else {
        let digits = pieces.digits(at);
        let second = pieces.get(at + 1);
        let number = pieces.number(at, 14);
        match digits {
            // 20221028, 20221028T0930Z, 20221028093000
            8 | 12 | 14 => {
                let all = &text[first.0..first.0 + 8];
                (at, ymd(part(all, 0..4), part(all, 4..6), part(all, 6..8)))
            }
            // 2022-10-28, 2022/10/28, 2022.10.28
            4 if second.is_some_and(|s| pieces.gap(at, "-/.") && s.1 - s.0 <= 2) => {
                let (month, day) = (pieces.number(at + 1, 2)?, pieces.number(at + 2, 2)?);
                if !pieces.gap(at + 1, "-/.") {
                    return None;
                }
                (at + 2, ymd(number?, month, day))
            }
            // 8 November 2022, 8-Nov-2022
            1 | 2 if month(&pieces, at + 1).is_some() => {
                let year = pieces.number(at + 2, 4).filter(|_| pieces.digits(at + 2) == 4)?;
                (at + 2, ymd(year, month(&pieces, at + 1)?, number?))
            }
            // 28/10/2022, 10/28/2022, 28.10.2022
            1 | 2 if pieces.gap(at, "-/.") && pieces.gap(at + 1, "-/.") => {
                let year = pieces.number(at + 2, 4).filter(|_| pieces.digits(at + 2) == 4)?;
                (at + 2, numbers(number?, pieces.number(at + 1, 2)?, year, pieces.gap(at, "."), order))
            }
            _ => return None,
        }
    };
    let (last, day) = found;
    let end = pieces.get(last)?.1;
    let words = text[pieces.get(0)?.0..end].to_owned();
    Some((
        end,
        day.map_err(|fault| match fault {
            Fault::NoSuchDay => Reason::NoSuchDay(words),
            Fault::Ambiguous => Reason::AmbiguousDate(words),
        }),
    ))
}

/// Reads a field that holds a date, with or without a time, or a count of seconds or milliseconds
/// since 1970.
pub(crate) fn field(value: &str, order: Option<DateOrder>) -> Result<Date, Reason> {
    let value = value.trim();
    if matches!(value.len(), 10 | 13)
        && value.bytes().all(|b| b.is_ascii_digit())
        && let Ok(number) = value.parse::<i64>()
    {
        let seconds = if value.len() == 13 { number / 1000 } else { number };
        let stamp =
            jiff::Timestamp::from_second(seconds).map_err(|_| Reason::UnreadableDate(shortened(value)))?;
        return Ok(TimeZone::UTC.to_datetime(stamp).date());
    }
    match leading(value, order) {
        Some((_, day)) => day,
        None => Err(Reason::UnreadableDate(shortened(value))),
    }
}

fn shortened(value: &str) -> String {
    value.chars().take(40).collect()
}

enum Fault {
    NoSuchDay,
    Ambiguous,
}

fn ymd(year: i64, month: i64, day: i64) -> Result<Date, Fault> {
    let (Ok(year), Ok(month), Ok(day)) = (i16::try_from(year), i8::try_from(month), i8::try_from(day)) else {
        return Err(Fault::NoSuchDay);
    };
    if !YEARS.contains(&year) {
        return Err(Fault::NoSuchDay);
    }
    Date::new(year, month, day).map_err(|_| Fault::NoSuchDay)
}

/// A date of three numbers. Points stand only in dates with the day first.
fn numbers(a: i64, b: i64, year: i64, points: bool, order: Option<DateOrder>) -> Result<Date, Fault> {
    let order = if points { Some(DateOrder::DayFirst) } else { order };
    match order {
        Some(DateOrder::DayFirst) => ymd(year, b, a),
        Some(DateOrder::MonthFirst) => ymd(year, a, b),
        None if a == b || b > 12 => ymd(year, a, b),
        None if a > 12 => ymd(year, b, a),
        None => Err(Fault::Ambiguous),
    }
}

fn part(digits: &str, range: std::ops::Range<usize>) -> i64 {
    digits[range].parse().unwrap_or(0)
}

fn month(pieces: &Pieces<'_>, at: usize) -> Option<i64> {
    let word = pieces.word(at)?;
    let index = MONTHS.iter().position(|names| names.contains(&word.as_str()))?;
    i64::try_from(index + 1).ok()
}

/// The first few runs of letters and of digits in a text, as byte ranges, with what parts them.
struct Pieces<'a> {
    text: &'a str,
    runs: Vec<(usize, usize)>,
}

impl<'a> Pieces<'a> {
    fn of(text: &'a str) -> Self {
        const WANTED: usize = 4;
        let mut runs: Vec<(usize, usize)> = Vec::new();
        let mut kind = None;
        for (at, c) in text.char_indices() {
            let this = if c.is_ascii_digit() {
                Some(true)
            } else if c.is_alphabetic() {
                Some(false)
            } else {
                None
            };
            match this {
                Some(_) if this == kind => {
                    if let Some(run) = runs.last_mut() {
                        run.1 = at + c.len_utf8();
                    }
                }
                Some(_) if runs.len() == WANTED => break,
                Some(_) => runs.push((at, at + c.len_utf8())),
                // A date stands close together: points, commas, strokes and blanks.
                None if !matches!(c, ' ' | '\t' | ',' | '.' | '-' | '/' | '\u{a0}') => break,
                None => {}
            }
            kind = this;
        }
        Self { text, runs }
    }

    fn get(&self, at: usize) -> Option<(usize, usize)> {
        self.runs.get(at).copied()
    }

    fn words(&self, at: usize) -> &str {
        self.get(at).map_or("", |(from, to)| &self.text[from..to])
    }

    fn word(&self, at: usize) -> Option<String> {
        let word = self.words(at);
        word.chars().next().filter(|c| c.is_alphabetic())?;
        (word.len() <= 12).then(|| word.to_lowercase())
    }

    fn digits(&self, at: usize) -> usize {
        let word = self.words(at);
        if word.bytes().all(|b| b.is_ascii_digit()) { word.len() } else { 0 }
    }

    fn number(&self, at: usize, most: usize) -> Option<i64> {
        (1..=most).contains(&self.digits(at)).then(|| self.words(at).parse().ok())?
    }

    /// Whether exactly one of these signs stands between a run and the next.
    fn gap(&self, at: usize, signs: &str) -> bool {
        match (self.get(at), self.get(at + 1)) {
            (Some(a), Some(b)) => {
                let between = &self.text[a.1..b.0];
                between.len() == 1 && signs.contains(between)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, wanted: &str) {
        let found = match field(value, None) {
            Ok(day) => day.to_string(),
            Err(reason) => reason.to_string(),
        };
        assert_eq!(found, wanted, "of {value:?}");
    }

    #[test]
    fn written_dates() {
        check("2022-10-28", "2022-10-28");
        check("2022-10-28T23:30:00+05:30", "2022-10-28");
        check("2022/10/28 10:00", "2022-10-28");
        check("20221028", "2022-10-28");
        check("20221028T093000Z", "2022-10-28");
        check("20221028093000", "2022-10-28");
        check("Fri, 28 Oct 2022 10:00:00 GMT", "2022-10-28");
        check("October 28, 2022 Friday", "2022-10-28");
        check("Oct. 28, 2022", "2022-10-28");
        check("Friday 28 October 2022", "2022-10-28");
        check("28-Oct-2022", "2022-10-28");
        check("28 octobre 2022", "2022-10-28");
        check("28. Oktober 2022", "2022-10-28");
        check("8. März 2022", "2022-03-08");
        check("28.10.2022", "2022-10-28");
        check("28/10/2022", "2022-10-28");
        check("10/28/2022", "2022-10-28");
        check("1666953000", "2022-10-28");
        check("1666953000000", "2022-10-28");
    }

    #[test]
    fn refused_dates() {
        check("03/04/2022", "“03/04/2022” may be day and month or month and day");
        check("2023-02-30", "“2023-02-30” is no day of the calendar");
        check("30 February 2023", "“30 February 2023” is no day of the calendar");
        check("9999-12-31", "“9999-12-31” is no day of the calendar");
        check("28/10/22", "“28/10/22” is no date that can be read");
        check("last Friday", "“last Friday” is no date that can be read");
        check("", "“” is no date that can be read");
        check("2022", "“2022” is no date that can be read");
        check("November 2022", "“November 2022” is no date that can be read");
    }

    #[test]
    fn a_settled_order() {
        assert_eq!(field("03/04/2022", Some(DateOrder::DayFirst)).unwrap().to_string(), "2022-04-03");
        assert_eq!(field("03/04/2022", Some(DateOrder::MonthFirst)).unwrap().to_string(), "2022-03-04");
    }

    #[test]
    fn only_the_start_of_a_text() {
        assert_eq!(leading("2022-10-28 Talks were held", None).unwrap().0, 10);
        assert!(leading("Talks were held on 2022-10-28", None).is_none());
        assert!(leading("12 killed in strike", None).is_none());
        assert!(leading("May 9 parade", None).is_none());
    }
}
