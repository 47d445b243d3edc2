//! `chancery events`: what happened or is planned.

use std::io::Write as _;

use chancery_events::RecordEvent;
use clap::Args;

use crate::asking::{self, Filters, Format};
use crate::cli::{Common, Outcome};
use crate::listing::Listing;
use crate::terminal::Out;

/// List the events of the record, by their time.
#[derive(Debug, Args)]
pub(crate) struct Events {
    #[command(flatten)]
    filters: Filters,
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

impl Events {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let store = asking::open(common)?;
        let day = asking::day(&store, self.filters.as_of)?;
        let events = store.events(&self.filters.filter())?;
        match self.format {
            Format::Table => {
                writeln!(out, "as of {day}: {}", asking::counted(events.len(), "event"))?;
                if !events.is_empty() {
                    table(&events).table(out)?;
                }
            }
            Format::Json => {
                serde_json::to_writer_pretty(
                    &mut *out,
                    &serde_json::json!({ "as_of": day, "events": events }),
                )?;
                writeln!(out)?;
            }
            Format::Csv => columns(&events).csv(out)?,
        }
        Ok(Outcome::Done)
    }
}

fn table(events: &[RecordEvent]) -> Listing {
    let mut listing =
        Listing::new(&["event", "when", "form", "who", "place", "status", "positions", "told by"]);
    for event in events {
        listing.rows.push(vec![
            event.id.clone(),
            asking::when(event),
            event.form.to_string(),
            asking::who(event),
            asking::place(event),
            asking::spoken(event.status.as_str()),
            asking::standing(event),
            told_by(event),
        ]);
    }
    listing
}

/// One row an event, one column a field: what a script reads.
pub(crate) fn columns(events: &[RecordEvent]) -> Listing {
    let mut listing = Listing::new(&[
        "id",
        "type",
        "form",
        "what",
        "from",
        "to",
        "time_text",
        "status",
        "participants",
        "sides",
        "country",
        "place",
        "part_of",
        "positions",
        "reports",
        "witnesses",
        "first_published",
        "last_published",
    ]);
    for event in events {
        let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
        let participants: Vec<String> = event
            .participants
            .iter()
            .map(|p| format!("{}|{}|{}", p.name, p.side.as_deref().unwrap_or_default(), p.role))
            .collect();
        let mut sides: Vec<&str> = event.participants.iter().filter_map(|p| p.side.as_deref()).collect();
        sides.sort_unstable();
        sides.dedup();
        let positions: Vec<String> =
            event.positions.iter().map(|p| format!("{}|{}|{}", p.side, p.stance.as_str(), p.since)).collect();
        listing.rows.push(vec![
            event.id.clone(),
            event.plover.to_string(),
            event.form.to_string(),
            event.what.clone(),
            day(event.time.from),
            day(event.time.to),
            event.time.text.clone().unwrap_or_default(),
            event.status.as_str().to_owned(),
            participants.join(";"),
            sides.join(";"),
            event.place.country.clone().unwrap_or_default(),
            event.place.name.clone().unwrap_or_default(),
            event.part_of.clone().unwrap_or_default(),
            positions.join(";"),
            event.reports.len().to_string(),
            event.witnesses.to_string(),
            event.first_published.to_string(),
            event.last_published.to_string(),
        ]);
    }
    listing
}

/// `3 reports`, or `10 reports, 1 witness` where some repeat another.
fn told_by(event: &RecordEvent) -> String {
    let reports = asking::counted(event.reports.len(), "report");
    if event.witnesses == event.reports.len() {
        reports
    } else {
        let witnesses = if event.witnesses == 1 { "witness" } else { "witnesses" };
        format!("{reports}, {} {witnesses}", event.witnesses)
    }
}
