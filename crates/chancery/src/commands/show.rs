//! `chancery show`: one event's life, claim by claim.

use std::io::Write as _;

use clap::Args;
use jiff::civil::Date;

use crate::asking::{self, Format};
use crate::cli::{Common, Outcome};
use crate::terminal::Out;

/// Show one event's life: each claim, in order, with its words.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The event's id, or its beginning.
    event: String,
    /// As it stood at the end of this day.
    #[arg(long, value_name = "DAY")]
    as_of: Option<Date>,
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

impl Show {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let store = asking::open(common)?;
        let day = asking::day(&store, self.as_of)?;
        let event = store.event(&self.event, day)?;
        if self.format != Format::Table {
            serde_json::to_writer_pretty(&mut *out, &serde_json::json!({ "as_of": day, "event": event }))?;
            writeln!(out)?;
            return Ok(Outcome::Done);
        }
        writeln!(out, "{}  as of {day}\n", event.id)?;
        writeln!(out, "{}", event.what)?;
        let field = |name: &str, value: &str| {
            if value.is_empty() { String::new() } else { format!("{name:<13}{value}\n") }
        };
        write!(out, "{}", field("type", &format!("{}, {}", event.plover, event.form)))?;
        write!(out, "{}", field("status", &asking::spoken(event.status.as_str())))?;
        let words = event.time.text.as_ref().map(|t| format!("  “{t}”")).unwrap_or_default();
        write!(out, "{}", field("when", &format!("{}{words}", asking::when(&event))))?;
        write!(out, "{}", field("where", &asking::place(&event)))?;
        write!(out, "{}", field("part of", event.part_of.as_deref().unwrap_or_default()))?;
        for (i, p) in event.participants.iter().enumerate() {
            let side = p.side.as_ref().map(|s| format!(" ({s})")).unwrap_or_default();
            write!(
                out,
                "{}",
                format_args!("{:<13}{}{side}, {}\n", if i == 0 { "who" } else { "" }, p.name, p.role)
            )?;
        }
        for (i, p) in event.positions.iter().enumerate() {
            writeln!(out, "{:<13}{}", if i == 0 { "positions" } else { "" }, asking::position(p))?;
        }
        for (i, change) in event.history.iter().enumerate() {
            let from = change.from.as_ref().map(|f| format!("{} → ", asking::spoken(f))).unwrap_or_default();
            let to = asking::spoken(change.to.as_deref().unwrap_or("open"));
            writeln!(
                out,
                "{:<13}{} {} {from}{to}",
                if i == 0 { "history" } else { "" },
                change.day,
                change.field
            )?;
        }
        writeln!(
            out,
            "\n{}, {} independent",
            asking::counted(event.reports.len(), "report"),
            event.witnesses
        )?;
        for claim in &event.claims {
            let source = claim.source.as_deref().unwrap_or("the report");
            let side = claim.side.as_ref().map(|s| format!(" ({s})")).unwrap_or_default();
            let outlet = claim.outlet.as_ref().map(|o| format!(", {o}")).unwrap_or_default();
            let report: String = claim.report.chars().take(10).collect();
            writeln!(
                out,
                "\n{}  {}  {source}{side}, {}",
                claim.said,
                asking::spoken(claim.status.as_str()),
                claim.kind
            )?;
            writeln!(out, "            “{}”", claim.quote)?;
            writeln!(out, "            report {report} of {}{outlet}", claim.published)?;
        }
        Ok(Outcome::Done)
    }
}
