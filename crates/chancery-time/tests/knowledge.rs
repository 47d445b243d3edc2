//! The rules of the knowledge folder, read as the program reads them: their examples, tables of phrasings,
//! what is no time, days of what is dated, and what must hold for any text and date.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use chancery_time::civil::{Date, date};
use chancery_time::{Course, EXAMPLE_DATE, Grammar, Style, Tense, Timex, Value};
use proptest::prelude::*;

static ENGLISH: LazyLock<Grammar> = LazyLock::new(english);

#[expect(clippy::disallowed_methods, reason = "the rules are tested as they stand in the folder")]
fn english() -> Grammar {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge/time/en");
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(&folder)
        .expect("the rules' folder")
        .map(|entry| {
            let path = entry.expect("a file of rules").path();
            let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
            (name, std::fs::read(&path).expect("a readable file"))
        })
        .collect();
    files.sort();
    Grammar::from_files(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
        .expect("sound rules")
}

fn read(text: &str, on: Date) -> Vec<Timex> {
    ENGLISH.annotate(text, on, &|_| None)
}

#[test]
fn every_example_holds() {
    let failures: Vec<String> = ENGLISH.check_examples().iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn one_value_many_phrasings() {
    let table: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("data/phrasings.toml")).expect("a table of values");
    let mut wrong = Vec::new();
    for (value, phrasings) in &table {
        for words in phrasings {
            let text = format!("On it: {words}.");
            let found = read(&text, EXAMPLE_DATE);
            let read: Vec<_> = found.iter().map(|t| (&text[t.span.clone()], t.value.as_str())).collect();
            if read != [(words.as_str(), value.as_str())] {
                wrong.push(format!("{words:?} should be {value}, is {read:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_that_look_like_time() {
    let mut wrong = Vec::new();
    for text in include_str!("data/no-times.txt").lines() {
        for timex in read(text, EXAMPLE_DATE) {
            wrong.push(format!("{:?} in {text:?} by {}", &text[timex.span.clone()], timex.rule));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The days of what the first expression dates, in a report of 28 October 2022.
#[track_caller]
fn check_days(text: &str, course: Course, days: &str) {
    let tense = match course {
        Course::Past => Some(Tense::Past),
        Course::Ahead => Some(Tense::Future),
        _ => None,
    };
    let found = ENGLISH.annotate(text, EXAMPLE_DATE, &|_| tense);
    let timex = found.first().unwrap_or_else(|| panic!("nothing read in {text:?}"));
    let is = timex.event_days(EXAMPLE_DATE, course);
    let day = |d: Option<Date>| d.map_or(String::new(), |d| d.to_string());
    assert_eq!(format!("{}..{}", day(is.from), day(is.to)), days, "{text:?} as {}", timex.value);
}

#[test]
fn a_period_is_cut_at_the_report() {
    check_days("They met this year.", Course::Past, "2022-01-01..2022-10-28");
    check_days("They will meet this year.", Course::Ahead, "2022-10-28..2022-12-31");
    check_days("They will meet this week.", Course::Ahead, "2022-10-28..2022-10-30");
    check_days("They met this week.", Course::Past, "2022-10-24..2022-10-28");
    check_days("They met last week.", Course::Past, "2022-10-17..2022-10-23");
    check_days("They will meet next week.", Course::Ahead, "2022-10-31..2022-11-06");
    check_days("They will meet in the coming days.", Course::Ahead, "2022-10-28..2022-11-04");
    check_days("They will meet in the coming weeks.", Course::Ahead, "2022-10-28..2022-12-09");
    check_days("They will meet in the coming months.", Course::Ahead, "2022-10-28..2023-04-28");
    check_days("It will be signed by May.", Course::Ahead, "2022-10-28..2023-05-31");
    check_days("It will be signed before the end of the year.", Course::Ahead, "2022-10-28..2022-12-31");
    check_days("They met in mid-September.", Course::Past, "2022-09-11..2022-09-20");
    check_days("They will meet early next year.", Course::Ahead, "2023-01-01..2023-04-30");
    check_days("They will meet this autumn.", Course::Ahead, "2022-10-28..2022-11-30");
    check_days("They will meet soon.", Course::Ahead, "..");
    check_days("They meet every year.", Course::Open, "..");
    check_days("It has been in force since 2013.", Course::Underway, "2013-01-01..");
    check_days("It will be barred for three months.", Course::Ahead, "2022-10-28..2023-01-28");
    check_days("They fought for three weeks.", Course::Past, "2022-10-07..2022-10-28");
    check_days("They met on Friday.", Course::Past, "2022-10-28..2022-10-28");
    check_days("They met on Saturday.", Course::Past, "2022-10-22..2022-10-22");
    check_days("He is there on November 7 and 8.", Course::Ahead, "2022-11-07..2022-11-08");
    check_days("He is there from Monday to Wednesday.", Course::Ahead, "2022-10-31..2022-11-02");
    check_days("He arrives on Sunday for two days.", Course::Ahead, "2022-10-30..2022-10-31");
    check_days("It was the first visit since October 2018.", Course::Past, "2018-10-01..2018-10-31");
}

#[test]
fn the_calendar_has_its_corners() {
    let check = |text: &str, on: Date, value: &str| {
        let found = read(text, on);
        assert_eq!(found.first().map(|t| t.value.as_str()), Some(value), "{text:?} on {on}");
    };
    check("a year ago", date(2024, 2, 29), "2023");
    check("yesterday", date(2024, 3, 1), "2024-02-29");
    check("February 29, 2024", date(2022, 1, 1), "2024-02-29");
    check("last month", date(2022, 3, 31), "2022-02");
    check("yesterday", date(2023, 1, 1), "2022-12-31");
    check("last week", date(2021, 1, 4), "2020-W53");
    check("this week", date(2021, 1, 3), "2020-W53");
    check("at midnight", date(2022, 10, 28), "2022-10-28T24:00");
    check("last year", date(2, 1, 1), "0001");
    check("this year", date(9999, 12, 31), "9999");
    assert!(read("February 29, 2023", EXAMPLE_DATE).iter().all(|t| !t.value.ends_with("02-29")));
    assert!(read("30 February 2023", EXAMPLE_DATE).iter().all(|t| !t.value.ends_with("02-30")));
}

#[test]
fn hostile_texts_are_read() {
    let texts =
        ["", "\0", "9999999999999999999999 years ago", "’s ’ ’80s", "May\u{301} 3", "the the the the"];
    let ends = [date(1, 1, 1), date(9999, 12, 31), date(-9999, 1, 1)];
    for text in texts {
        for on in ends {
            for timex in read(text, on) {
                assert!(text.is_char_boundary(timex.span.start) && text.is_char_boundary(timex.span.end));
            }
        }
    }
    let long = "two days after the end of early next week, ".repeat(2_000);
    assert!(!read(&long, EXAMPLE_DATE).is_empty());
}

/// Pieces that time expressions are made of, so that random texts come near them.
const PIECES: &[&str] = &[
    "the",
    "end",
    "of",
    "early",
    "mid",
    "-",
    "last",
    "next",
    "this",
    "May",
    "March",
    "November",
    "8",
    "30",
    "31",
    "2022",
    "1999",
    "week",
    "weeks",
    "year",
    "years",
    "ago",
    "later",
    "from",
    "to",
    "between",
    "and",
    "Monday",
    "Friday",
    "morning",
    "at",
    "5",
    "p.m.",
    "two",
    "twenty",
    "three",
    "about",
    "more",
    "than",
    "quarter",
    "third",
    "half",
    "first",
    "'",
    "s",
    ",",
    "since",
    "until",
    "a",
    "day",
    "days",
    "before",
    "after",
    "every",
    "BC",
    "400",
    "9999",
    "century",
    "hundred",
    "thousand",
    "million",
    "Easter",
    "Thanksgiving",
    "now",
    "summer",
    "fiscal",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn values_read_back_as_printed(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..14),
        year in 1_i16..=9999, month in 1_i8..=12, day in 1_i8..=28,
        narrative in any::<bool>(),
    ) {
        let text = pieces.join(" ");
        let style = if narrative { Style::Narrative } else { Style::News };
        let mut end = 0;
        for timex in ENGLISH.annotate_as(&text, date(year, month, day), &|_| None, style) {
            prop_assert!(timex.span.start >= end, "expressions overlap in {text:?}");
            end = timex.span.end;
            let value: Value = timex.value.parse().unwrap();
            prop_assert_eq!(value.to_string(), timex.value.clone());
            if let Some(interval) = timex.interval {
                prop_assert!(interval.from.is_none() || interval.to.is_none() || interval.from <= interval.to);
            }
            for course in [Course::Past, Course::Underway, Course::Ahead, Course::Open] {
                let days = timex.event_days(date(year, month, day), course);
                prop_assert!(days.from.is_none() || days.to.is_none() || days.from <= days.to);
            }
        }
    }

    #[test]
    fn weekdays_move_with_the_report(year in 1900_i16..=2100, month in 1_i8..=12, day in 1_i8..=28, weekday in 0_usize..7, future in any::<bool>()) {
        let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let text = format!("They meet on {}.", names[weekday]);
        let tense = if future { Tense::Future } else { Tense::Past };
        let on = date(year, month, day);
        let later = on.checked_add(jiff::Span::new().days(7)).unwrap();
        let read = |on: Date| ENGLISH.annotate(&text, on, &|_| Some(tense))[0].interval.unwrap().from.unwrap();
        prop_assert_eq!(read(later).since(read(on)).unwrap().get_days(), 7);
        prop_assert_eq!(usize::try_from(read(on).weekday().to_monday_zero_offset()).unwrap(), weekday);
        let right_side = if future { read(on) >= on } else { read(on) <= on };
        prop_assert!(right_side);
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        for timex in read(&text, EXAMPLE_DATE) {
            prop_assert!(text.get(timex.span.clone()).is_some());
        }
    }
}
