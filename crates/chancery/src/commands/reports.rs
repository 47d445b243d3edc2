//! `chancery reports`: what files hold, before anything is coded or kept.

use std::io::Write as _;

use clap::Args;

use crate::cli::{Common, Outcome};
use crate::input::{self, Input};
use crate::terminal::{self, Out};

/// List the reports that files hold, with the date of each and how it was found. Keeps nothing.
#[derive(Debug, Args)]
pub(crate) struct Reports {
    #[command(flatten)]
    input: Input,
}

impl Reports {
    pub(crate) fn run(&self, _: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let options = self.input.options();
        let (sources, mut faults) = self.input.sources()?;
        let mut table = terminal::table(&["published", "dated by", "words", "outlet", "title", "origin"]);
        let mut read = 0;
        for source in sources {
            source.read(&options, |report| {
                match report {
                    Ok(report) => {
                        read += 1;
                        for note in &report.notes {
                            terminal::tell(&format!("{}: {note}", report.origin));
                        }
                        let found = serde_json::to_value(report.dated_by).unwrap_or_default();
                        table.add_row([
                            report.published.to_string(),
                            found.as_str().unwrap_or_default().replace('_', " "),
                            report.news().split_whitespace().count().to_string(),
                            report.outlet.clone().unwrap_or_default(),
                            report.title.clone().unwrap_or_default(),
                            report.origin.to_string(),
                        ]);
                    }
                    Err(fault) if fault.reason.is_a_coding() => {}
                    Err(fault) => faults.push(fault),
                }
                true
            });
        }
        if read > 0 {
            writeln!(out, "{}", table.trim_fmt())?;
        }
        for fault in &faults {
            terminal::tell(&input::complaint(fault));
        }
        terminal::tell(&format!("{read} reports, {} could not be read", faults.len()));
        Ok(if faults.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
    }
}
