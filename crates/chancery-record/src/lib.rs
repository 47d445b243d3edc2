//! The store of reports, codings and events (one SQLite file), and what it can be asked.
//!
//! Adding keeps a report and its coding and goes through the walk of `chancery-events` as far as the report changes it;
//! asking folds the claims of the events that a [`Filter`] finds, as of a day.

mod store;
mod add;
mod refresh;
mod recode;
mod filter;
mod query;
mod search;
mod sql;
mod error;

pub use add::Added;
pub use error::{RecordError, Result};
pub use filter::Filter;
pub use recode::Recoded;
pub use search::Hit;
pub use sql::{Cell, Rows};
pub use store::Store;
