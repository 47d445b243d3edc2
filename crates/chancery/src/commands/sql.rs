//! `chancery sql`: questions in SQL that can only read.

use std::io::Write as _;

use clap::Args;

use crate::asking::{self, Format};
use crate::cli::{Common, Outcome};
use crate::listing::Listing;
use crate::terminal::Out;

/// Ask the store in SQL. Whatever would write is refused.
#[derive(Debug, Args)]
pub(crate) struct Sql {
    question: String,
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

impl Sql {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let rows = asking::open(common)?.sql(&self.question)?;
        let listing = Listing {
            names: rows.names,
            rows: rows.rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect(),
        };
        match self.format {
            Format::Table => listing.table(out)?,
            Format::Json => writeln!(out, "{:#}", listing.json("rows"))?,
            Format::Csv => listing.csv(out)?,
        }
        Ok(Outcome::Done)
    }
}
