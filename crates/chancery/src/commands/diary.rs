//! `chancery diary`: what is coming, day by day, as of a day.

use std::io::{self, Write as _};

use chancery_events::{LifeStatus, RecordEvent};
use chancery_record::{Filter, Store};
use clap::Args;
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::asking::{self, Filters, Format};
use crate::cli::{Common, Outcome};
use crate::commands::events::columns;
use crate::terminal::Out;

/// What is coming, day by day, with who has said so and who has not.
#[derive(Debug, Args)]
pub(crate) struct Diary {
    #[command(flatten)]
    filters: Filters,
    /// How many days ahead.
    #[arg(long, default_value_t = 60, value_name = "N")]
    days: i32,
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

impl Diary {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let store = asking::open(common)?;
        let day = asking::day(&store, self.filters.as_of)?;
        let filter = self.filters.filter();
        match self.format {
            Format::Table => ahead(&store, &filter, day, self.days, out)?,
            Format::Json => {
                let (events, _) = entries(&store, &filter, day, self.days)?;
                serde_json::to_writer_pretty(
                    &mut *out,
                    &serde_json::json!({ "as_of": day, "events": events }),
                )?;
                writeln!(out)?;
            }
            Format::Csv => columns(&entries(&store, &filter, day, self.days)?.0).csv(out)?,
        }
        Ok(Outcome::Done)
    }
}

/// Writes the diary of the days after `day` under its heading.
pub(crate) fn ahead(
    store: &Store,
    filter: &Filter,
    day: Date,
    days: i32,
    out: &mut Out,
) -> anyhow::Result<()> {
    let (events, until) = entries(store, filter, day, days)?;
    writeln!(out, "diary as of {day}: {} to {until}", asking::counted(events.len(), "event"))?;
    Ok(write(&events, out)?)
}

/// The events that are coming after `day`, and the last day that is looked at.
fn entries(store: &Store, filter: &Filter, day: Date, days: i32) -> anyhow::Result<(Vec<RecordEvent>, Date)> {
    let until = day.saturating_add(days.days());
    let ahead = Filter { from: filter.from.or(Some(day)), to: filter.to.or(Some(until)), ..filter.clone() };
    let mut events = store.events(&ahead)?;
    events.retain(|event| coming(event, day));
    Ok((events, until))
}

/// Whether an event still lies ahead, or is called off and its day not yet over.
fn coming(event: &RecordEvent, day: Date) -> bool {
    use chancery_coder::Status::{Held, NotHeld};
    let ends = event.time.to.or(event.time.from);
    !matches!(event.status, LifeStatus::Told(Held | NotHeld) | LifeStatus::Lapsed(_))
        && ends.is_some_and(|to| to >= day)
}

/// Entries under their days; a part stands under its whole.
fn write(events: &[RecordEvent], out: &mut Out) -> io::Result<()> {
    let listed = |id: &str| events.iter().any(|e| e.id == id);
    for event in events.iter().filter(|e| !e.part_of.as_deref().is_some_and(listed)) {
        writeln!(out)?;
        entry(event, "", out)?;
        for part in events.iter().filter(|e| e.part_of.as_deref() == Some(&event.id)) {
            entry(part, "  ", out)?;
        }
    }
    Ok(())
}

fn entry(event: &RecordEvent, indent: &str, out: &mut Out) -> io::Result<()> {
    let place = asking::place(event);
    let at = if place.is_empty() { String::new() } else { format!(", {place}") };
    let when = asking::when(event);
    writeln!(
        out,
        "{indent}{when:<24}  {:<10}  {}{at}: {}",
        event.form,
        asking::who(event),
        asking::spoken(event.status.as_str())
    )?;
    if !event.positions.is_empty() {
        let positions: Vec<String> = event.positions.iter().map(asking::position).collect();
        writeln!(out, "{indent}{:<24}  {}", "", positions.join("; "))?;
    }
    writeln!(out, "{indent}{:<24}  {} · {}", "", event.id, asking::counted(event.reports.len(), "report"))
}
