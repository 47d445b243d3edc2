//! Whether the days of the annotated events follow from the words that the annotation gives for them.

use std::fs;
use std::path::Path;

use chancery_time::civil::Date;
use chancery_time::{Course, Grammar, Interval, Tense, Timex, TimexKind};
use serde_json::Value;

use crate::tempeval::{files, grammar};
use crate::{Outcome, say};

/// Events whose words hold a time expression, and of these, whose days follow.
#[derive(Default)]
struct Count {
    dated: u32,
    read: u32,
    right: u32,
    /// Of these, the ones with a date, not only a length.
    named: u32,
    named_right: u32,
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let Some(folder) = arguments.first() else { return Err("give the folder of annotated reports".into()) };
    let show = arguments.iter().any(|a| a == "--errors");
    let grammar = grammar()?;
    let mut count = Count::default();
    for thread in files(Path::new(folder))?.iter().filter(|p| p.is_dir()) {
        for gold in files(thread)? {
            let name = gold.to_string_lossy();
            let Some(stem) = name.strip_suffix(".gold.json").filter(|s| !s.ends_with("thread")) else {
                continue;
            };
            let text = fs::read_to_string(format!("{stem}.txt"))?;
            let record: Value = serde_json::from_str(&fs::read_to_string(&gold)?)?;
            report(&grammar, &text, &record, stem, show, &mut count)?;
        }
    }
    let share = |n: u32, of: u32| 100.0 * f64::from(n) / f64::from(of.max(1));
    say(&format!(
        "{} events dated in words, {} ({:.1} %) with a time expression in them; days follow for {} ({:.1} % of these)",
        count.dated,
        count.read,
        share(count.read, count.dated),
        count.right,
        share(count.right, count.read)
    ));
    say(&format!(
        "with a date among them: {}, days follow for {} ({:.1} %)",
        count.named,
        count.named_right,
        share(count.named_right, count.named)
    ));
    Ok(())
}

fn report(
    grammar: &Grammar,
    text: &str,
    record: &Value,
    stem: &str,
    show: bool,
    count: &mut Count,
) -> Outcome {
    let day = |v: &Value| v.as_str().and_then(|s| s.parse::<Date>().ok());
    let Some(published) = day(&record["published"]) else { return Ok(()) };
    for event in record["events"].as_array().into_iter().flatten() {
        let Some(words) = event["time"]["text"].as_str() else { continue };
        let gold = Interval { from: day(&event["time"]["from"]), to: day(&event["time"]["to"]) };
        count.dated += 1;
        let course = course(event["status"].as_str().unwrap_or_default());
        // Whoever knows the status knows the tense.
        let tense = match course {
            Course::Past => Some(Tense::Past),
            Course::Ahead => Some(Tense::Future),
            Course::Underway | Course::Open => None,
        };
        let inside = |at: usize| places(text, words).any(|(start, end)| (start..end).contains(&at));
        let found = grammar.annotate(text, published, &|at| if inside(at) { tense } else { None });
        let read: Vec<(Interval, &Timex)> = places(text, words)
            .flat_map(|(start, end)| found.iter().filter(move |t| t.span.start < end && start < t.span.end))
            .map(|t| (t.event_days(published, course), t))
            .collect();
        if read.is_empty() {
            if show {
                say(&format!("none   {words:?} {:?}..{:?}\t{stem}", gold.from, gold.to));
            }
            continue;
        }
        count.read += 1;
        let right = read.iter().any(|(days, _)| agree(*days, gold, published, course));
        count.right += u32::from(right);
        let dated = read.iter().any(|(_, t)| matches!(t.kind, TimexKind::Date | TimexKind::Time));
        count.named += u32::from(dated);
        count.named_right += u32::from(dated && right);
        if show && !right {
            let (days, timex) = &read[0];
            say(&format!(
                "wrong  {words:?} {} {:?}..{:?}\tgot {:?}..{:?}\t{} by {} {:?}\t{published} {stem}",
                event["status"], gold.from, gold.to, days.from, days.to, timex.value, timex.rule, timex.tense
            ));
        }
    }
    Ok(())
}

/// Where the words stand in the text.
fn places<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
    text.match_indices(words).map(|(at, w)| (at, at + w.len()))
}

/// The guide lets what is underway end openly or on the report's date.
fn agree(days: Interval, gold: Interval, published: Date, course: Course) -> bool {
    let ends = |to: Option<Date>| if course == Course::Underway && to == Some(published) { None } else { to };
    days.from == gold.from && ends(days.to) == ends(gold.to)
}

fn course(status: &str) -> Course {
    match status {
        "held" | "not_held" => Course::Past,
        "underway" => Course::Underway,
        "rumoured" | "postponed" | "cancelled" => Course::Open,
        _ => Course::Ahead,
    }
}
