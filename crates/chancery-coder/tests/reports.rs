//! Runs `cases/reports/*.md`: whole reports with the events and claims that must come of them.
//! `cases/README.md` tells how a case is written.

#![expect(clippy::disallowed_methods, reason = "the cases are files beside the code")]
#![expect(clippy::unwrap_used, reason = "a fault in a case file fails the test")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chancery_coder::knowledge::Files;
use chancery_coder::{Claim, Coder, Coding, Event};
use chancery_syntax::Model;
use jiff::civil::Date;

/// A report and what must come of it.
struct Case {
    /// Line of the report's first words.
    line: usize,
    published: Date,
    text: String,
    wanted: Vec<Wanted>,
}

enum Wanted {
    Event {
        line: usize,
        told: String,
    },
    /// Of the event told above it.
    Claim {
        line: usize,
        told: String,
    },
    NoOther,
}

#[test]
fn every_report_gives_the_events_that_its_case_tells() {
    let model =
        Model::from_static(chancery_syntax::include_model!("../../../knowledge/model/en_core_web_sm.bin"))
            .unwrap();
    let coder = Coder::new(model, &Files::embedded()).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/reports");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "md"));
    files.sort();
    let (mut cases, mut faults) = (0, String::new());
    for path in files {
        let file = format!("cases/reports/{}", path.file_name().unwrap().display());
        for case in read(&file, &std::fs::read_to_string(&path).unwrap()) {
            cases += 1;
            let coding = coder.code(&case.text, case.published);
            for (line, fault) in differences(&case, &coding) {
                let _ = writeln!(faults, "{file}:{line}: {fault}; it gives:\n{}", told(&coding));
            }
        }
    }
    assert!(cases > 0, "no case under {}", folder.display());
    assert!(faults.is_empty(), "\n{faults}");
}

/// The cases of a file: in its fenced blocks a report at the margin, what must come of it indented under it.
fn read(file: &str, text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut published = None;
    // A line at the margin goes on with the report above it, or begins a new one.
    let mut in_report = false;
    for (number, line) in text.lines().enumerate() {
        let number = number + 1;
        if let Some(info) = line.strip_prefix("```") {
            published = info.strip_prefix("case ").map(|date| {
                date.trim().parse().unwrap_or_else(|_| panic!("{file}:{number}: a date follows `case`"))
            });
            in_report = false;
            continue;
        }
        let Some(published) = published else { continue };
        if !line.starts_with("    ") {
            match cases.last_mut().filter(|_| in_report) {
                Some(case) => {
                    case.text.push('\n');
                    case.text.push_str(line);
                }
                None if line.is_empty() => {}
                None => {
                    cases.push(Case { line: number, published, text: line.to_owned(), wanted: Vec::new() });
                    in_report = true;
                }
            }
            continue;
        }
        in_report = false;
        let case = cases.last_mut().unwrap_or_else(|| panic!("{file}:{number}: a report stands first"));
        let told = line.split(" # ").next().unwrap().trim().to_owned();
        case.wanted.push(match told.as_str() {
            "no event" | "no other event" => Wanted::NoOther,
            _ if line.starts_with("        ") => Wanted::Claim { line: number, told },
            _ => Wanted::Event { line: number, told },
        });
    }
    for case in &mut cases {
        case.text.truncate(case.text.trim_end().len());
        assert!(!case.wanted.is_empty(), "{file}:{}: the case asks for nothing", case.line);
    }
    cases
}

/// What the coding has not, or has too much, with the line that asks for it.
fn differences(case: &Case, coding: &Coding) -> Vec<(usize, String)> {
    let mut left: Vec<&Event> = coding.events.iter().collect();
    let mut current: Option<&Event> = None;
    let mut faults = Vec::new();
    for wanted in &case.wanted {
        match wanted {
            Wanted::Event { line, told } => {
                let at = left.iter().position(|event| is(event, told, coding));
                current = at.map(|at| left.remove(at));
                if current.is_none() {
                    faults.push((*line, format!("no event is “{told}”")));
                }
            }
            Wanted::Claim { line, told } => {
                if current.is_some_and(|event| !event.claims.iter().any(|claim| says(claim, told))) {
                    faults.push((*line, format!("the event above has no claim “{told}”")));
                }
            }
            Wanted::NoOther if left.is_empty() => {}
            Wanted::NoOther => faults.push((case.line, format!("{} events too many", left.len()))),
        }
    }
    faults
}

/// Whether an event is as its line tells.
fn is(event: &Event, told: &str, coding: &Coding) -> bool {
    let mut parts = told.split('|').map(str::trim);
    let head = parts.next().unwrap_or_default();
    let short = format!("{} {}", event.status, event.form);
    let long = format!("{} {} {}", event.status, event.plover, event.form);
    (head == short || head == long) && parts.all(|part| has(event, part, coding))
}

/// Whether an event has what one part of its line tells.
fn has(event: &Event, part: &str, coding: &Coding) -> bool {
    let (word, rest) = part.split_once(' ').unwrap_or((part, ""));
    let day = |text: &str| Some(text.parse::<Date>().unwrap_or_else(|_| panic!("no day: {text}")));
    let lies = |from, to| event.time.from == from && event.time.to == to;
    match word {
        "on" => lies(day(rest), day(rest)),
        "from" => match rest.split_once(" to ") {
            Some((from, to)) => lies(day(from), day(to)),
            None => lies(day(rest), None),
        },
        "to" => lies(None, day(rest)),
        "undated" => lies(None, None),
        "in" => {
            let (name, country) = rest.rsplit_once(", ").map_or((None, rest), |(n, c)| (Some(n), c));
            event.place.country.as_deref() == Some(country).filter(|c| *c != "-")
                && (name.is_none() || event.place.name.as_deref() == name)
        }
        "part" => event.part_of.as_ref().is_some_and(|id| {
            let whole = coding.events.iter().find(|e| e.id == *id);
            whole.is_some_and(|whole| rest.strip_prefix("of ") == Some(whole.form.as_str()))
        }),
        role => event
            .participants
            .iter()
            .any(|p| p.role.as_str() == role && named(rest, Some(p.name.as_str()), p.side.as_deref())),
    }
}

/// Whether a claim is as its line tells: `STATUS KIND NAME (SIDE) "words of the quote"`.
fn says(claim: &Claim, told: &str) -> bool {
    let (told, quote) = told.split_once('"').unwrap_or((told, ""));
    let mut words = told.trim().splitn(3, ' ');
    words.next() == Some(claim.status.as_str())
        && words.next().is_none_or(|kind| kind == claim.kind.as_str())
        && words.next().is_none_or(|name| named(name, claim.source.as_deref(), claim.side.as_deref()))
        && claim.quote.contains(quote.trim_end_matches('"'))
}

/// Whether name and side are those of `NAME (SIDE)`; a side that is not told is not asked.
fn named(told: &str, name: Option<&str>, side: Option<&str>) -> bool {
    match told.strip_suffix(')').and_then(|t| t.rsplit_once(" (")) {
        Some((wanted, wanted_side)) => name == Some(wanted) && side.unwrap_or("-") == wanted_side,
        None => name == Some(told),
    }
}

/// A coding in the form of a case, to be compared and, where it is right, taken over.
fn told(coding: &Coding) -> String {
    let mut out = String::new();
    for event in &coding.events {
        let _ = write!(out, "    {} {} {}", event.status, event.plover, event.form);
        for p in &event.participants {
            let _ = write!(out, " | {} {} ({})", p.role, p.name, p.side.as_deref().unwrap_or("-"));
        }
        let _ = match (event.time.from, event.time.to) {
            (None, None) => write!(out, " | undated"),
            (Some(from), Some(to)) if from == to => write!(out, " | on {from}"),
            (Some(from), Some(to)) => write!(out, " | from {from} to {to}"),
            (Some(from), None) => write!(out, " | from {from}"),
            (None, Some(to)) => write!(out, " | to {to}"),
        };
        let country = event.place.country.as_deref().unwrap_or("-");
        let _ = match &event.place.name {
            Some(name) => writeln!(out, " | in {name}, {country}"),
            None => writeln!(out, " | in {country}"),
        };
        for claim in &event.claims {
            let _ = write!(out, "        {} {}", claim.status, claim.kind);
            if let Some(source) = &claim.source {
                let _ = write!(out, " {source} ({})", claim.side.as_deref().unwrap_or("-"));
            }
            let _ = writeln!(out, " \"{}\"", claim.quote);
        }
    }
    if coding.events.is_empty() {
        out.push_str("    no event\n");
    }
    out
}
