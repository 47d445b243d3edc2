//! Dated news reports from the formats that people have them in: bytes in, reports out.
//! Pure: opens no file; a published date is never guessed.
//!
//! ```
//! use chancery_reports::{Options, read};
//!
//! let file = "date 2022-10-28 The minister is expected in Moscow on November 8.";
//! let options = Options::default();
//! let reports: Vec<_> = read("visit.txt", file.as_bytes(), &options).collect::<Result<_, _>>()?;
//! assert_eq!(reports[0].published.to_string(), "2022-10-28");
//! assert_eq!(reports[0].news(), "The minister is expected in Moscow on November 8.");
//! # Ok::<(), chancery_reports::ReadError>(())
//! ```

mod read;
mod format;
mod encoding;
mod archive;
mod text;
mod markdown;
mod json;
mod table;
mod html;
mod feed;
mod warc;
mod exports;
mod fields;
mod dates;
mod report;
mod options;
mod error;

pub use error::{ReadError, Reason};
pub use fields::Field;
pub use options::{DateOrder, Options};
pub use read::read;
pub use report::{DatedBy, Origin, Report};
