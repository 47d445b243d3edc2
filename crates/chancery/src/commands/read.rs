//! `chancery read`: a report with the words that its events rest on.

use std::io::Write as _;

use clap::Args;

use crate::asking;
use crate::cli::{Common, Outcome};
use crate::terminal::Out;

/// Read a report, then the events that it tells of, each with its words.
#[derive(Debug, Args)]
pub(crate) struct Read {
    /// The report's id, or its beginning.
    report: String,
}

impl Read {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let store = asking::open(common)?;
        let report = store.report(&self.report)?;
        let (coding, ids) = store.coding(&report.id)?;
        let outlet = report.outlet.as_ref().map(|o| format!(", {o}")).unwrap_or_default();
        writeln!(out, "report {} of {}{outlet}", report.id, report.published)?;
        if let Some(title) = &report.title {
            writeln!(out, "{title}")?;
        }
        writeln!(out, "\n{}\n", report.news().trim())?;
        for (event, id) in coding.events.iter().zip(ids) {
            let from = event.time.from.map(|d| d.to_string()).unwrap_or_default();
            writeln!(
                out,
                "{id}  {}, {}: {} {from}",
                event.form,
                asking::spoken(event.status.as_str()),
                event.what
            )?;
            for claim in &event.claims {
                let source = claim.source.as_deref().unwrap_or("the report");
                writeln!(out, "    {} · {source}: “{}”", asking::spoken(claim.status.as_str()), claim.quote)?;
            }
        }
        Ok(Outcome::Done)
    }
}
