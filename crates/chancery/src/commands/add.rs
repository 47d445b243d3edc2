//! `chancery add`: reads, codes and keeps; then tells what was done and what is coming.

use std::io::Write as _;

use chancery_coder::Coding;
use chancery_record::{Added, Filter, Store};
use chancery_reports::Report;
use clap::Args;

use crate::asking::counted;
use crate::cli::{Common, Outcome};
use crate::commands::diary;
use crate::input::{self, Input};
use crate::progress::Progress;
use crate::terminal::Out;
use crate::{engine, pipeline};

/// Reports that are kept together: a run that is stopped has kept whole batches.
const BATCH: usize = 128;

/// The diary after adding looks this far ahead.
const DAYS_AHEAD: i32 = 60;

/// Read reports, code them and keep them in the store; then show the coming days.
///
/// Safe to stop and to repeat: what is kept already is passed over. In folders, NAME.gold.json, READMEs
/// and hidden files are passed over too.
#[derive(Debug, Args)]
pub(crate) struct Add {
    #[command(flatten)]
    input: Input,
    /// Don't show the diary.
    #[arg(long)]
    quiet: bool,
}

impl Add {
    pub(crate) fn run(&self, common: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let options = self.input.options();
        let (sources, mut faults) = self.input.sources()?;
        let mut store = Store::open_or_create(&common.store)?;
        let kept = store.report_ids()?;
        let (coder, name) = engine::named_coder(common)?;
        let progress = Progress::of_bytes(sources.iter().map(|source| source.bytes).sum());
        for fault in &faults {
            progress.tell(&input::complaint(fault));
        }
        let mut done = Added::default();
        let mut batch = Vec::with_capacity(BATCH);
        let code = |report: &Report| (!kept.contains(&report.id)).then(|| engine::code(&coder, report));
        pipeline::run(&sources, &options, &progress, code, |_, coded| {
            match coded {
                Ok((report, Some(coding))) => batch.push((report, coding)),
                Ok((_, None)) => done.known += 1,
                Err(fault) if fault.reason.is_a_coding() => {}
                Err(fault) => {
                    progress.tell(&input::complaint(&fault));
                    faults.push(fault);
                }
            }
            if batch.len() == BATCH { keep(&mut store, &mut batch, &name, &mut done) } else { Ok(()) }
        })?;
        keep(&mut store, &mut batch, &name, &mut done)?;
        progress.finish();
        let (reports, events) = store.size()?;
        writeln!(
            out,
            "{} added, {} kept already, {} could not be read",
            counted(done.new, "report"),
            done.known,
            faults.len()
        )?;
        writeln!(out, "{} holds {reports} reports and {events} events", common.store.display())?;
        if let Some(day) = store.newest()?.filter(|_| !self.quiet) {
            writeln!(out)?;
            diary::ahead(&store, &Filter::default(), day, DAYS_AHEAD, out)?;
        }
        Ok(if faults.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
    }
}

fn keep(
    store: &mut Store,
    batch: &mut Vec<(Report, Coding)>,
    coder: &str,
    done: &mut Added,
) -> anyhow::Result<()> {
    let added = store.add(batch, coder)?;
    done.new += added.new;
    done.known += added.known;
    batch.clear();
    Ok(())
}
