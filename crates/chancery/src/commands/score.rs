//! `chancery score`: how well coded reports agree with annotated ones.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use chancery_coder::Coder;
use chancery_events::{CodedReport, derive, record_as_of};
use chancery_reports::Options;
use clap::Args;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::cli::{Common, Outcome};
use crate::engine;
use crate::scoring::{Coded, Event, Figure, Tally, Thread, ThreadTally, match_events, sides};
use crate::terminal::Out;

const GOLD: &str = ".gold.json";
const THREAD: &str = "thread.gold.json";

/// Score coded reports against annotated ones.
///
/// Figures, all from 0 to 1: event_p, event_r, event_f1: events found, one to one, by likeness of form,
/// participants, time and place. strict_f1: those whose form, sides, direction, time and status are all
/// right. form, type, sides, place, status: accuracy over the matched events. direction: the sides that
/// do it, over forms that one side does to another. time: both ends right, where the gold has both;
/// time_iou: mean overlap of days. names, part_of: F1 over the matched events. claim_f1: claims found,
/// by status and two of source, kind and side. quote: quotes that stand letter for letter in the
/// report. identity, false_merges, false_splits, bcubed: one event kept as one through the reports of
/// a folder, where codings name events in `world`. thread_…: the engagement of each thread.gold.json as
/// of the days of its timeline: found, status, time, the sides that confirmed, those without a word,
/// and status and confirmed together (thread_all).
#[derive(Debug, Args)]
pub(crate) struct Score {
    /// A folder with NAME.gold.json files and NAME.txt beside them, at any depth.
    gold: PathBuf,
    /// A folder with NAME.json for each, below the same sub-folders, as `chancery code --out` writes
    /// them; a report without one counts as coded to nothing. Where none is given the reports are coded,
    /// and each folder's events derived, here and now.
    system: Option<PathBuf>,
    /// The figures as one JSON object, rounded to four places.
    #[arg(long)]
    json: bool,
    /// Print the first N missed and spurious events of each report.
    #[arg(long, value_name = "N", default_value_t = 0)]
    show: usize,
}

/// The codings to be scored, by the path below the gold's folder, without `.gold.json`.
#[derive(Default)]
struct System {
    events: BTreeMap<PathBuf, Vec<Event>>,
    /// A thread's events as of a day, by `THREAD/as-of-DAY`.
    as_of: BTreeMap<PathBuf, Vec<Event>>,
}

impl Score {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let mut files = Vec::new();
        gold_files(&self.gold, &mut files).with_context(|| format!("cannot read {}", self.gold.display()))?;
        files.sort();
        let (threads, names): (Vec<PathBuf>, Vec<PathBuf>) =
            files.into_iter().partition(|f| f.ends_with(THREAD));
        if names.is_empty() {
            bail!("{} holds no NAME{GOLD}; is it the folder of the annotated reports?", self.gold.display());
        }
        let names: Vec<PathBuf> = names.iter().map(|path| self.below(path)).collect();
        let days = self.days(&threads)?;
        let system = match &self.system {
            Some(folder) => read_system(folder, &names, &days)?,
            None => self.code(common, &names, &days)?,
        };
        let mut tally = Tally::default();
        for name in &names {
            let gold = read_events(&with_suffix(&self.gold, name, GOLD))?;
            let text = text_of(&with_suffix(&self.gold, name, ".txt"))?;
            let coded = system.events.get(name).map_or(&[][..], Vec::as_slice);
            let matching = match_events(&gold, coded);
            let thread = name.parent().unwrap_or(Path::new("")).to_string_lossy();
            tally.add(&gold, coded, &matching, text.as_deref(), &thread);
            if self.show > 0 {
                let (m, g, s) = (matching.pairs.len(), matching.missed.len(), matching.spurious.len());
                writeln!(out, "== {}: {m} matched, {g} missed, {s} spurious", name.display())?;
                for (tag, events) in [("missed", &matching.missed), ("spurious", &matching.spurious)] {
                    for event in events.iter().take(self.show) {
                        writeln!(out, "   {tag:<8} {}", line(event))?;
                    }
                }
            }
        }
        let mut figures = tally.figures();
        if !system.as_of.is_empty() {
            let mut tally = ThreadTally::default();
            for path in &threads {
                let folder = self.below(path).parent().unwrap_or(Path::new("")).to_path_buf();
                let as_of =
                    |day: Date| system.as_of.get(&folder.join(as_of(day))).cloned().unwrap_or_default();
                tally.add(&read_json::<Thread>(path)?, as_of);
            }
            figures.extend(tally.figures());
        }
        print(&figures, self.json, out)?;
        Ok(Outcome::Done)
    }

    /// A gold file's path below the gold's folder, without `.gold.json`.
    fn below(&self, path: &Path) -> PathBuf {
        let below = path.strip_prefix(&self.gold).unwrap_or(path).to_string_lossy();
        PathBuf::from(below.trim_end_matches(GOLD))
    }

    /// The days of each thread's timelines, by the thread's folder.
    fn days(&self, threads: &[PathBuf]) -> anyhow::Result<BTreeMap<PathBuf, Vec<Date>>> {
        let mut days = BTreeMap::new();
        for path in threads {
            let thread: Thread = read_json(path)?;
            let followed = std::iter::once(&thread.engagement).chain(&thread.others);
            let of_thread = followed.flat_map(|f| f.timeline.iter().map(|entry| entry.as_of)).collect();
            days.insert(self.below(path).parent().unwrap_or(Path::new("")).to_path_buf(), of_thread);
        }
        Ok(days)
    }

    /// Codes the reports, and derives the events of each folder as if it were a record of its own.
    fn code(
        &self,
        common: &Common,
        names: &[PathBuf],
        days: &BTreeMap<PathBuf, Vec<Date>>,
    ) -> anyhow::Result<System> {
        let coder = engine::coder(common)?;
        let coded: Vec<CodedReport> = names
            .par_iter()
            .map(|name| coded(&coder, &with_suffix(&self.gold, name, ".txt")))
            .collect::<anyhow::Result<_>>()?;
        let mut folders: BTreeMap<&Path, Vec<(&PathBuf, CodedReport)>> = BTreeMap::new();
        for (name, report) in names.iter().zip(coded) {
            folders.entry(name.parent().unwrap_or(Path::new(""))).or_default().push((name, report));
        }
        let mut system = System::default();
        for (folder, named) in folders {
            let (names, reports): (Vec<&PathBuf>, Vec<CodedReport>) = named.into_iter().unzip();
            let derivation = derive(&reports);
            let mut events: Vec<Vec<Event>> = reports
                .iter()
                .map(|report| as_scored(&report.coding.events))
                .collect::<anyhow::Result<_>>()?;
            for decision in &derivation.decisions {
                events[decision.mention.report][decision.mention.event].world = Some(decision.track.clone());
            }
            system.events.extend(names.into_iter().cloned().zip(events));
            for day in days.get(folder).into_iter().flatten() {
                let events = as_scored(&record_as_of(&derivation, &reports, *day))?;
                system.as_of.insert(folder.join(as_of(*day)), events);
            }
        }
        Ok(system)
    }
}

/// Reads and codes the one report of a file.
fn coded(coder: &Coder, path: &Path) -> anyhow::Result<CodedReport> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let name = path.display().to_string();
    let report = chancery_reports::read(&name, file, &Options::default())
        .next()
        .with_context(|| format!("{name} holds no report"))??;
    let coding = engine::code(coder, &report);
    Ok(CodedReport {
        id: report.id.clone(),
        published: report.published,
        outlet: report.outlet.clone(),
        witness: report.id,
        coding,
    })
}

/// Events in the shape in which they are scored.
fn as_scored<T: Serialize>(events: &[T]) -> anyhow::Result<Vec<Event>> {
    Ok(serde_json::from_value(serde_json::to_value(events)?)?)
}

/// The codings that lie in files.
fn read_system(
    folder: &Path,
    names: &[PathBuf],
    days: &BTreeMap<PathBuf, Vec<Date>>,
) -> anyhow::Result<System> {
    let mut system = System::default();
    let mut read = |name: PathBuf, into: fn(&mut System) -> &mut BTreeMap<PathBuf, Vec<Event>>| {
        let path = with_suffix(folder, &name, ".json");
        if path.exists() {
            into(&mut system).insert(name, read_events(&path)?);
        }
        anyhow::Ok(())
    };
    for name in names {
        read(name.clone(), |system| &mut system.events)?;
    }
    for (thread, days) in days {
        for day in days {
            read(thread.join(as_of(*day)), |system| &mut system.as_of)?;
        }
    }
    Ok(system)
}

fn as_of(day: Date) -> String {
    format!("as-of-{day}")
}

fn with_suffix(folder: &Path, name: &Path, suffix: &str) -> PathBuf {
    let mut path = folder.join(name).into_os_string();
    path.push(suffix);
    PathBuf::from(path)
}

/// The annotated reports and threads below a folder.
fn gold_files(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if entry.file_type()?.is_dir() {
            gold_files(&entry.path(), files)?;
        } else if name.to_string_lossy().ends_with(GOLD) {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn read_events(path: &Path) -> anyhow::Result<Vec<Event>> {
    Ok(read_json::<Coded>(path)?.events)
}

fn read_json<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let json = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&json).with_context(|| {
        format!("{} is not in the shape that docs/annotation-guide.md tells", path.display())
    })
}

/// A report's text, with line feeds alone at the ends of its lines.
fn text_of(path: &Path) -> anyhow::Result<Option<String>> {
    if !path.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Some(text.replace("\r\n", "\n").replace('\r', "\n")))
}

/// An event on one line.
fn line(event: &Event) -> String {
    let word = |w: &Option<String>| w.clone().unwrap_or_else(|| "-".to_owned());
    let day = |d: Option<Date>| d.map_or_else(|| "-".to_owned(), |d| d.to_string());
    let sides: Vec<String> = sides(event).into_iter().collect();
    format!(
        "{}/{} [{}] {}..{} {}: {}",
        word(&event.plover),
        word(&event.form),
        sides.join(", "),
        day(event.time.from),
        day(event.time.to),
        word(&event.status),
        word(&event.what)
    )
}

/// The figures, one a line, or as one JSON object.
fn print(figures: &[(&str, Figure)], json: bool, out: &mut Out) -> anyhow::Result<()> {
    if json {
        let members: Vec<String> = figures
            .iter()
            .map(|(name, figure)| match figure {
                Figure::Count(n) => format!("\"{name}\": {n}"),
                Figure::Share(share) => format!("\"{name}\": {:?}", rounded(*share)),
            })
            .collect();
        writeln!(out, "{{{}}}", members.join(", "))?;
        return Ok(());
    }
    for (name, figure) in figures {
        match figure {
            Figure::Count(n) => writeln!(out, "{name:<16} {n}")?,
            Figure::Share(share) => writeln!(out, "{name:<16} {share:.3}")?,
        }
    }
    Ok(())
}

fn rounded(share: f64) -> f64 {
    format!("{share:.4}").parse().unwrap_or(share)
}
