//! `chancery export`: the record in files that others read.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chancery_export::{CodedReport, OFFSETS, in_code_points};
use clap::{Args, ValueEnum};
use serde_json::json;

use crate::asking::{self, Filters};
use crate::cli::{Common, Outcome};
use crate::commands::events::columns;
use crate::terminal::{self, Out};

/// Write the record, or what the filters admit of it, in another format.
#[derive(Debug, Args)]
pub(crate) struct Export {
    #[arg(long, value_enum)]
    format: Format,
    /// The file to write, or for reports the folder; without it a file goes to standard output.
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    #[command(flatten)]
    filters: Filters,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A row an event.
    Csv,
    /// A line an event.
    Jsonl,
    /// Each coded report as a file, its events with their record ids in `world`.
    Reports,
}

impl Export {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let store = asking::open(common)?;
        if self.format == Format::Reports {
            let folder =
                self.out.as_deref().context("reports are written to a folder: give it with --out")?;
            return reports(&store, folder);
        }
        let events = store.events(&self.filters.filter())?;
        let mut file = match &self.out {
            Some(path) => Some(Pending::new(path)?),
            None => None,
        };
        let mut target = match &mut file {
            Some(pending) => Out::to(Box::new(pending.file.try_clone()?)),
            None => Out::stdout(),
        };
        match self.format {
            Format::Csv => columns(&events).csv(&mut target)?,
            Format::Jsonl | Format::Reports => {
                for event in &events {
                    serde_json::to_writer(&mut target, event)?;
                    writeln!(target)?;
                }
            }
        }
        target.flush()?;
        if let Some(pending) = file {
            pending.done()?;
            terminal::tell(&format!("{} written", asking::counted(events.len(), "event")));
        }
        out.flush()?;
        Ok(Outcome::Done)
    }
}

/// A file that has its name only when it is whole.
struct Pending {
    file: fs::File,
    at: PathBuf,
    to: PathBuf,
}

impl Pending {
    fn new(to: &Path) -> anyhow::Result<Self> {
        let mut name = to.file_name().context("the path names no file")?.to_owned();
        name.push(".part");
        let at = to.with_file_name(name);
        let file = fs::File::create(&at).with_context(|| format!("cannot write {}", at.display()))?;
        Ok(Self { file, at, to: to.to_owned() })
    }

    fn done(self) -> anyhow::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.at, &self.to).with_context(|| format!("cannot write {}", self.to.display()))
    }
}

/// Each coded report under the name of the file it was read from.
fn reports(store: &chancery_record::Store, folder: &Path) -> anyhow::Result<Outcome> {
    let mut written = 0;
    for report in store.reports()? {
        let (coding, ids) = store.coding(&report.id)?;
        let coded = CodedReport {
            id: report.key.as_deref().unwrap_or(&report.id),
            file: &report.origin.file,
            record: report.origin.record,
            outlet: report.outlet.as_deref(),
            title: report.title.as_deref(),
            url: report.url.as_deref(),
            dated_by: serde_json::to_value(report.dated_by)?.as_str().unwrap_or_default().to_owned(),
            offsets: OFFSETS,
            coding: in_code_points(&report.text, coding),
        };
        let mut value = serde_json::to_value(&coded)?;
        for (i, id) in ids.iter().enumerate() {
            value["events"][i]["world"] = json!(id);
        }
        value["report"] = json!(report.id);
        let name = Path::new(&report.origin.file)
            .file_stem()
            .map_or_else(|| report.id.clone(), |s| s.to_string_lossy().into_owned());
        let name = report.origin.record.map_or(name.clone(), |n| format!("{name}-{n}"));
        let file = folder.join(format!("{name}.json"));
        fs::create_dir_all(folder)?;
        let pending = Pending::new(&file)?;
        serde_json::to_writer_pretty(&pending.file, &value)?;
        pending.done()?;
        written += 1;
    }
    terminal::tell(&format!("{} written to {}", asking::counted(written, "report"), folder.display()));
    Ok(Outcome::Done)
}
