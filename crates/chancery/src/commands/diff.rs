//! `chancery diff`: what became new, moved, firm, cancelled or held between two days.

use std::collections::BTreeMap;
use std::io::Write as _;

use chancery_events::RecordEvent;
use chancery_record::Filter;
use clap::Args;
use jiff::civil::Date;

use crate::asking::{self, Filters, Format};
use crate::cli::{Common, Outcome};
use crate::listing::Listing;
use crate::terminal::Out;

/// What changed in the record between the ends of two days.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    from_day: Date,
    to_day: Date,
    #[command(flatten)]
    filters: Filters,
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

impl Diff {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let store = asking::open(common)?;
        let filter = self.filters.filter();
        // The filter says which events are meant as they stand on the later day; what they were before is asked of all.
        let later = store.events(&Filter { as_of: Some(self.to_day), ..filter })?;
        let earlier = store.events(&Filter { as_of: Some(self.from_day), ..Filter::default() })?;
        let before: BTreeMap<&str, &RecordEvent> = earlier.iter().map(|e| (e.id.as_str(), e)).collect();
        let mut listing = Listing::new(&["event", "change", "before", "now", "when", "form", "who"]);
        for event in &later {
            for (change, was, is) in changes(before.get(event.id.as_str()).copied(), event) {
                listing.rows.push(vec![
                    event.id.clone(),
                    change.to_owned(),
                    was,
                    is,
                    asking::when(event),
                    event.form.to_string(),
                    asking::who(event),
                ]);
            }
        }
        match self.format {
            Format::Table => {
                writeln!(
                    out,
                    "from {} to {}: {}",
                    self.from_day,
                    self.to_day,
                    asking::counted(listing.rows.len(), "change")
                )?;
                if !listing.rows.is_empty() {
                    listing.table(out)?;
                }
            }
            Format::Json => writeln!(out, "{:#}", listing.json("changes"))?,
            Format::Csv => listing.csv(out)?,
        }
        Ok(Outcome::Done)
    }
}

/// Each change of an event, with what was and what is.
fn changes(before: Option<&RecordEvent>, now: &RecordEvent) -> Vec<(&'static str, String, String)> {
    let Some(before) = before else {
        return vec![("new", String::new(), asking::spoken(now.status.as_str()))];
    };
    let mut out = Vec::new();
    if before.status != now.status {
        out.push(("status", asking::spoken(before.status.as_str()), asking::spoken(now.status.as_str())));
    }
    if (before.time.from, before.time.to) != (now.time.from, now.time.to) {
        out.push(("time", asking::when(before), asking::when(now)));
    }
    if asking::standing(before) != asking::standing(now) {
        out.push(("positions", asking::standing(before), asking::standing(now)));
    }
    if before.place.country != now.place.country {
        out.push(("place", asking::place(before), asking::place(now)));
    }
    out
}
