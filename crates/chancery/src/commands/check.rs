//! `chancery check`: whether the knowledge does what its examples say, and whether the store is whole.

use std::io::Write as _;

use chancery_coder::examples;
use chancery_record::Store;
use clap::Args;

use crate::asking::counted;
use crate::cli::{Common, Outcome};
use crate::engine;
use crate::terminal::Out;

/// Run the examples of the knowledge, and check the store where there is one.
///
/// With --knowledge DIR the examples of that folder are run with the rest. Exit code 1 where one does
/// not come out, or where the store has a fault.
#[derive(Debug, Args)]
pub(crate) struct Check {}

impl Check {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let coder = engine::coder(common)?;
        let (run, failures) = examples::check(&coder);
        for failure in &failures {
            writeln!(out, "{}: {}: “{}”: {}", failure.file, failure.frame, failure.text, failure.message)?;
        }
        writeln!(out, "knowledge: {} run, {} failed", counted(run, "example"), failures.len())?;
        let mut faults = Vec::new();
        if common.store.exists() {
            faults = Store::open(&common.store)?.check()?;
            for fault in &faults {
                writeln!(out, "{}: {fault}", common.store.display())?;
            }
            writeln!(out, "{}: {}", common.store.display(), counted(faults.len(), "fault"))?;
        }
        Ok(if failures.is_empty() && faults.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
    }
}
