//! `chancery score`: how well coded reports agree with annotated ones.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;

use crate::cli::{Common, Outcome};
use crate::scoring::{Coded, Event, Figure, Tally, match_events, sides};
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
/// report. identity, false_merges, false_splits, bcubed: one event kept as one through a thread of
/// reports, where the coding has `world`.
#[derive(Debug, Args)]
pub(crate) struct Score {
    /// A folder with NAME.gold.json files and NAME.txt beside them, at any depth.
    gold: PathBuf,
    /// A folder with NAME.json for each, below the same sub-folders, as `chancery code --out` writes
    /// them; a report without one counts as coded to nothing.
    system: PathBuf,
    /// The figures as one JSON object, rounded to four places.
    #[arg(long)]
    json: bool,
    /// Print the first N missed and spurious events of each report.
    #[arg(long, value_name = "N", default_value_t = 0)]
    show: usize,
}

impl Score {
    pub(crate) fn run(&self, _: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let mut files = Vec::new();
        gold_files(&self.gold, &mut files).with_context(|| format!("cannot read {}", self.gold.display()))?;
        if files.is_empty() {
            bail!("{} holds no NAME{GOLD}; is it the folder of the annotated reports?", self.gold.display());
        }
        files.sort();
        let mut tally = Tally::default();
        for path in &files {
            let gold = read_events(path)?;
            let name = path.to_string_lossy();
            let text_path = PathBuf::from(format!("{}.txt", name.trim_end_matches(GOLD)));
            let text = text_of(&text_path)?;
            let below = path.strip_prefix(&self.gold).unwrap_or(path);
            let system = self.coded(below)?;
            let matching = match_events(&gold, &system);
            let thread = below.parent().unwrap_or(Path::new("")).to_string_lossy();
            tally.add(&gold, &system, &matching, text.as_deref(), &thread);
            if self.show > 0 {
                let (m, g, s) = (matching.pairs.len(), matching.missed.len(), matching.spurious.len());
                writeln!(out, "== {}: {m} matched, {g} missed, {s} spurious", below.display())?;
                for (tag, events) in [("missed", &matching.missed), ("spurious", &matching.spurious)] {
                    for event in events.iter().take(self.show) {
                        writeln!(out, "   {tag:<8} {}", line(event))?;
                    }
                }
            }
        }
        print(&tally.figures(), self.json, out)?;
        Ok(Outcome::Done)
    }

    /// The system's events for the gold file at this path below the gold's folder.
    fn coded(&self, below: &Path) -> anyhow::Result<Vec<Event>> {
        let name = below.to_string_lossy();
        let path = self.system.join(format!("{}.json", name.trim_end_matches(GOLD)));
        if path.exists() { read_events(&path) } else { Ok(Vec::new()) }
    }
}

/// The annotated reports below a folder.
fn gold_files(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if entry.file_type()?.is_dir() {
            gold_files(&entry.path(), files)?;
        } else if name.to_string_lossy().ends_with(GOLD) && name != THREAD {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn read_events(path: &Path) -> anyhow::Result<Vec<Event>> {
    let json = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let coded: Coded = serde_json::from_slice(&json).with_context(|| {
        format!("{} is no coded report; it needs `events` in the guide's shape", path.display())
    })?;
    Ok(coded.events)
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
    let day = |d: Option<jiff::civil::Date>| d.map_or_else(|| "-".to_owned(), |d| d.to_string());
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
            Figure::Count(n) => writeln!(out, "{name:<14} {n}")?,
            Figure::Share(share) => writeln!(out, "{name:<14} {share:.3}")?,
        }
    }
    Ok(())
}

fn rounded(share: f64) -> f64 {
    format!("{share:.4}").parse().unwrap_or(share)
}
