//! `chancery code`: reports in, codings out; keeps nothing.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

use anyhow::Context as _;
use chancery_coder::Coding;
use chancery_export::{CodedReport, OFFSETS, in_code_points};
use chancery_reports::Report;
use clap::{Args, ValueEnum};

use crate::cli::{Common, Outcome};
use crate::input::{self, Input, Source};
use crate::progress::Progress;
use crate::terminal::{self, Out};
use crate::{engine, pipeline};

/// Code reports and print the codings, or write them beside each other; keeps nothing.
///
/// Without --out each coding is one line of JSON. With --out DIR the coding of SUB/NAME.txt is written
/// to DIR/SUB/NAME.json. In folders, NAME.gold.json, READMEs and hidden files are passed over. Offsets
/// in JSON count Unicode code points of the report's text.
#[derive(Debug, Args)]
pub(crate) struct Code {
    #[command(flatten)]
    input: Input,
    /// Write a file for each report below this folder.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Jsonl, conflicts_with = "out")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Jsonl,
    Table,
}

impl Code {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let options = self.input.options();
        let (sources, mut faults) = self.input.sources()?;
        let coder = engine::coder(common)?;
        let progress = Progress::of_bytes(sources.iter().map(|source| source.bytes).sum());
        for fault in &faults {
            progress.tell(&input::complaint(fault));
        }
        let mut sink = Sink {
            folder: self.out.as_deref(),
            written: BTreeSet::new(),
            table: (self.format == Format::Table).then(event_table),
            out,
        };
        let (mut reports, mut events) = (0, 0);
        let code = |report: &Report| engine::code(&coder, report);
        pipeline::run(&sources, &options, &progress, code, |source, coded| {
            match coded {
                Ok((report, coding)) => {
                    reports += 1;
                    events += coding.events.len();
                    sink.put(source, &report, coding)?;
                }
                Err(fault) if fault.reason.is_a_coding() => {}
                Err(fault) => {
                    progress.tell(&input::complaint(&fault));
                    faults.push(fault);
                }
            }
            Ok(())
        })?;
        progress.finish();
        sink.finish()?;
        if let Some(folder) = &self.out {
            terminal::tell(&format!(
                "{reports} reports with {events} events coded to {}; {} could not be read",
                folder.display(),
                faults.len()
            ));
        }
        Ok(if faults.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
    }
}

/// Where codings go: files, lines or a table.
struct Sink<'a> {
    folder: Option<&'a Path>,
    written: BTreeSet<PathBuf>,
    table: Option<comfy_table::Table>,
    out: &'a mut Out,
}

impl Sink<'_> {
    fn put(&mut self, source: &Source, report: &Report, coding: Coding) -> anyhow::Result<()> {
        if let Some(table) = &mut self.table {
            rows(table, report, &coding);
            return Ok(());
        }
        let dated_by = serde_json::to_value(report.dated_by).unwrap_or_default();
        let coded = CodedReport {
            id: report.key.as_deref().unwrap_or(&report.id),
            file: &report.origin.file,
            record: report.origin.record,
            outlet: report.outlet.as_deref(),
            title: report.title.as_deref(),
            url: report.url.as_deref(),
            dated_by: dated_by.as_str().unwrap_or_default().to_owned(),
            offsets: OFFSETS,
            coding: in_code_points(&report.text, coding),
        };
        let Some(folder) = self.folder else {
            serde_json::to_writer(&mut *self.out, &coded)?;
            return Ok(writeln!(self.out)?);
        };
        let below = self.unused(&place(source, report));
        let path = folder.join(below);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).with_context(|| format!("cannot make the folder {}", parent.display()))?;
        let mut json = serde_json::to_vec_pretty(&coded)?;
        json.push(b'\n');
        fs::write(&path, json).with_context(|| format!("cannot write {}", path.display()))
    }

    /// The path, or the next free one with a number where two reports have the same.
    fn unused(&mut self, wanted: &Path) -> PathBuf {
        let mut path = wanted.to_owned();
        let mut number = 2;
        while !self.written.insert(path.clone()) {
            path = wanted.with_extension(format!("{number}.json"));
            number += 1;
        }
        path
    }

    fn finish(self) -> anyhow::Result<()> {
        if let Some(table) = self.table {
            writeln!(self.out, "{}", table.trim_fmt())?;
        }
        Ok(())
    }
}

/// The path of a report's coding below the folder of `--out`.
fn place(source: &Source, report: &Report) -> PathBuf {
    let mut path = source.below.clone();
    if let Some((_, member)) = report.origin.file.split_once('!') {
        // A member's name comes with the file: nothing in it may lead out of the folder.
        let safe = Path::new(member).components().filter(|part| matches!(part, Component::Normal(_)));
        path.extend(safe);
    }
    match report.origin.record {
        Some(record) => path.with_extension(format!("{record}.json")),
        None => path.with_extension("json"),
    }
}

fn event_table() -> comfy_table::Table {
    terminal::table(&["published", "from", "to", "form", "status", "participants", "place", "report"])
}

fn rows(table: &mut comfy_table::Table, report: &Report, coding: &Coding) {
    for event in &coding.events {
        let day = |day: Option<jiff::civil::Date>| day.map(|d| d.to_string()).unwrap_or_default();
        let participants: Vec<String> = event
            .participants
            .iter()
            .map(|p| match &p.side {
                Some(side) => format!("{} ({side})", p.name),
                None => p.name.clone(),
            })
            .collect();
        table.add_row([
            coding.published.to_string(),
            day(event.time.from),
            day(event.time.to),
            event.form.to_string(),
            event.status.to_string(),
            participants.join(", "),
            event.place.name.clone().unwrap_or_default(),
            report.origin.to_string(),
        ]);
    }
}
