//! `chancery recode`: codes all reports again, and tells what changed.

use std::io::Write as _;

use clap::Args;

use crate::asking::{self, counted};
use crate::cli::{Common, Outcome};
use crate::engine;
use crate::terminal::Out;

/// Code every report again, with this program and its knowledge, and say which events changed.
#[derive(Debug, Args)]
pub(crate) struct Recode {
    /// Name each event that changed.
    #[arg(long)]
    list: bool,
}

impl Recode {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let mut store = asking::open(common)?;
        let (coder, name) = engine::named_coder(common)?;
        let done = store.recode(|report| engine::code(&coder, report), &name)?;
        writeln!(
            out,
            "{} coded again: {} added, {} changed, {} removed",
            counted(done.reports, "report"),
            counted(done.added.len(), "event"),
            done.changed.len(),
            done.removed.len()
        )?;
        if self.list {
            for (what, ids) in
                [("added", &done.added), ("changed", &done.changed), ("removed", &done.removed)]
            {
                for id in ids {
                    writeln!(out, "{what} {id}")?;
                }
            }
        }
        Ok(Outcome::Done)
    }
}
