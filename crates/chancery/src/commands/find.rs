//! `chancery find`: full text.

use std::io::Write as _;

use clap::Args;
use jiff::civil::Date;

use crate::asking::{self, Format};
use crate::cli::{Common, Outcome};
use crate::listing::Listing;
use crate::terminal::Out;

/// Find reports by their words: `"grain deal" AND Odesa NOT wheat`, `sanction*`.
#[derive(Debug, Args)]
pub(crate) struct Find {
    #[arg(required = true)]
    words: Vec<String>,
    /// Only reports published up to this day.
    #[arg(long, value_name = "DAY")]
    as_of: Option<Date>,
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: usize,
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

impl Find {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let store = asking::open(common)?;
        let until = self.as_of.map(|d| d.to_string());
        let hits = store.find(&self.words.join(" "), until.as_deref(), self.limit)?;
        let mut listing = Listing::new(&["report", "published", "outlet", "events", "passage"]);
        for hit in hits {
            listing.rows.push(vec![
                hit.report,
                hit.published,
                hit.outlet.unwrap_or_default(),
                hit.events.to_string(),
                hit.passage.split_whitespace().collect::<Vec<_>>().join(" "),
            ]);
        }
        match self.format {
            Format::Table => listing.table(out)?,
            Format::Json => writeln!(out, "{:#}", listing.json("reports"))?,
            Format::Csv => listing.csv(out)?,
        }
        Ok(Outcome::Done)
    }
}
