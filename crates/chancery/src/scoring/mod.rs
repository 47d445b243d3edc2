//! How well coded reports agree with annotated ones: each event of the one matched to its like of the
//! other, then field by field. `docs/annotation-guide.md` says how reports are annotated.

mod shape;
mod likeness;
mod tally;
mod identity;
mod thread;

pub(crate) use likeness::{match_events, sides};
pub(crate) use shape::{Coded, Event, Thread};
pub(crate) use tally::{Figure, Tally};
pub(crate) use thread::ThreadTally;
