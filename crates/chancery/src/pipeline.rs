//! Many reports through one piece of work: read on one thread, worked on by all, taken in the order
//! in which they were read.

use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use chancery_reports::{Options, ReadError, Report};
use rayon::prelude::*;

use crate::input::Source;
use crate::progress::Progress;

/// Reports are handed on when there are this many, or this much text.
const MOST_REPORTS: usize = 64;
const MOST_BYTES: usize = 1 << 20;

/// The batches that may wait between reading and work.
const WAITING: usize = 2;

/// Something read: which source it is of, and the report or why there is none.
type Read = (usize, Result<Report, ReadError>);

/// Reads the sources and hands each report with what `work` makes of it to `take`, in their order.
///
/// # Errors
/// The first error of `take`, which ends the run.
pub(crate) fn run<T: Send>(
    sources: &[Source],
    options: &Options,
    progress: &Progress,
    work: impl Fn(&Report) -> T + Sync,
    mut take: impl FnMut(&Source, Result<(Report, T), ReadError>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(WAITING);
        scope.spawn(move || {
            let mut batch = Batch::default();
            for (index, source) in sources.iter().enumerate() {
                let mut open = true;
                source.read(options, |report| {
                    batch.push((index, report));
                    open = !batch.is_full() || sender.send(std::mem::take(&mut batch)).is_ok();
                    open
                });
                if !open {
                    return;
                }
            }
            // Nobody listens any more only when the run has failed, and that is told elsewhere.
            let _ = sender.send(batch);
        });
        drain(&receiver, sources, progress, &work, &mut take)
    })
}

fn drain<T: Send>(
    receiver: &Receiver<Batch>,
    sources: &[Source],
    progress: &Progress,
    work: &(impl Fn(&Report) -> T + Sync),
    take: &mut impl FnMut(&Source, Result<(Report, T), ReadError>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut at = 0;
    let mut count: u64 = 0;
    for batch in receiver {
        let done: Vec<_> = batch
            .reads
            .into_par_iter()
            .map(|(index, read)| {
                let worked = read.map(|report| {
                    let result = work(&report);
                    (report, result)
                });
                (index, worked)
            })
            .collect();
        for (index, worked) in done {
            while at < index {
                progress.advance(sources[at].bytes);
                at += 1;
            }
            count += u64::from(worked.is_ok());
            take(&sources[index], worked)?;
        }
        progress.show(format!("{count} reports"));
    }
    Ok(())
}

#[derive(Default)]
struct Batch {
    reads: Vec<Read>,
    bytes: usize,
}

impl Batch {
    fn push(&mut self, read: Read) {
        self.bytes += read.1.as_ref().map_or(0, |report| report.text.len());
        self.reads.push(read);
    }

    fn is_full(&self) -> bool {
        self.reads.len() >= MOST_REPORTS || self.bytes >= MOST_BYTES
    }
}
