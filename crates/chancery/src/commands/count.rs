//! `chancery count`: events counted by what they have in common.

use std::collections::BTreeMap;
use std::io::Write as _;

use chancery_coder::Role;
use chancery_events::RecordEvent;
use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::asking::{self, Filters, Format};
use crate::cli::{Common, Outcome};
use crate::listing::Listing;
use crate::terminal::Out;

/// Count events (not reports) by what they have in common.
#[derive(Debug, Args)]
pub(crate) struct Count {
    /// By what, in this order.
    #[arg(long, value_delimiter = ',', required = true, value_name = "BY")]
    by: Vec<By>,
    /// Also the combinations that have none.
    #[arg(long)]
    zeros: bool,
    #[command(flatten)]
    filters: Filters,
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// The sides that act and those acted upon: an event of many counts once for each directed pair.
    Dyad,
    /// Each side that takes part.
    Side,
    Form,
    Type,
    Status,
    Year,
    Month,
    Day,
    Country,
}

impl Count {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let store = asking::open(common)?;
        let day = asking::day(&store, self.filters.as_of)?;
        let events = store.events(&self.filters.filter())?;
        let mut counts: BTreeMap<Vec<String>, u64> = BTreeMap::new();
        for event in &events {
            let mut cells: Vec<Vec<String>> = vec![Vec::new()];
            for by in &self.by {
                let values = by.values(event);
                cells = cells
                    .into_iter()
                    .flat_map(|cell| values.iter().map(move |v| [cell.clone(), vec![v.clone()]].concat()))
                    .collect();
            }
            for cell in cells {
                *counts.entry(cell).or_default() += 1;
            }
        }
        if self.zeros {
            fill(&mut counts, &self.by);
        }
        let mut names: Vec<String> = self.by.iter().map(|by| format!("{by:?}").to_lowercase()).collect();
        names.push("events".to_owned());
        let rows = counts.into_iter().map(|(mut cell, n)| {
            cell.push(n.to_string());
            cell
        });
        let listing = Listing { names, rows: rows.collect() };
        match self.format {
            Format::Table => {
                writeln!(out, "as of {day}: {}", asking::counted(events.len(), "event"))?;
                listing.table(out)?;
            }
            Format::Json => writeln!(out, "{:#}", listing.json("counts"))?,
            Format::Csv => listing.csv(out)?,
        }
        Ok(Outcome::Done)
    }
}

/// All combinations of the values that occur; of months and years also those between, so that a series has no holes.
fn fill(counts: &mut BTreeMap<Vec<String>, u64>, by: &[By]) {
    let mut combinations: Vec<Vec<String>> = vec![Vec::new()];
    for (i, by) in by.iter().enumerate() {
        let mut values: Vec<String> = counts.keys().map(|cell| cell[i].clone()).collect();
        values.sort();
        values.dedup();
        by.between(&mut values);
        combinations = combinations
            .into_iter()
            .flat_map(|cell| values.iter().map(move |v| [cell.clone(), vec![v.clone()]].concat()))
            .collect();
    }
    for cell in combinations {
        counts.entry(cell).or_insert(0);
    }
}

impl By {
    /// The cells to which an event belongs; an event that a field doesn't fit is in the cell without a name.
    fn values(self, event: &RecordEvent) -> Vec<String> {
        let date = event.time.from.or(event.time.to);
        let written = |format: &str| vec![date.map(|d| d.strftime(format).to_string()).unwrap_or_default()];
        let values = match self {
            Self::Dyad => dyads(event),
            Self::Side => sides(event, |_| true),
            Self::Form => vec![event.form.to_string()],
            Self::Type => vec![event.plover.to_string()],
            Self::Status => vec![event.status.as_str().to_owned()],
            Self::Year => written("%Y"),
            Self::Month => written("%Y-%m"),
            Self::Day => written("%Y-%m-%d"),
            Self::Country => vec![event.place.country.clone().unwrap_or_default()],
        };
        if values.is_empty() { vec![String::new()] } else { values }
    }

    fn between(self, values: &mut Vec<String>) {
        let dates: Vec<Date> = values
            .iter()
            .filter_map(|v| match self {
                Self::Month => format!("{v}-01").parse().ok(),
                Self::Year => format!("{v}-01-01").parse().ok(),
                _ => None,
            })
            .collect();
        let (Some(first), Some(last)) = (dates.iter().min(), dates.iter().max()) else { return };
        let mut at = *first;
        while at <= *last {
            values.push(at.strftime(if self == Self::Month { "%Y-%m" } else { "%Y" }).to_string());
            at = at.last_of_month().tomorrow().unwrap_or(Date::MAX);
            if at == Date::MAX {
                break;
            }
        }
        values.sort();
        values.dedup();
    }
}

fn sides(event: &RecordEvent, role: impl Fn(Role) -> bool) -> Vec<String> {
    let mut sides: Vec<String> =
        event.participants.iter().filter(|p| role(p.role)).filter_map(|p| p.side.clone()).collect();
    sides.sort();
    sides.dedup();
    sides
}

/// Directed pairs of sides: from who acts to whom it is done with or to; among equals each pair both ways.
fn dyads(event: &RecordEvent) -> Vec<String> {
    let from = sides(event, |r| r == Role::Agent);
    let mut to =
        sides(event, |r| matches!(r, Role::Counterpart | Role::Target | Role::Beneficiary | Role::Host));
    if to.iter().all(|side| from.contains(side)) {
        to.clone_from(&from);
    }
    let mut pairs: Vec<String> = Vec::new();
    for a in &from {
        pairs.extend(to.iter().filter(|b| *b != a).map(|b| format!("{a}>{b}")));
    }
    pairs
}
