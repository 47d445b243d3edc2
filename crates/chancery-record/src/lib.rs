//! The store of reports, codings and events (one SQLite file), and what it can be asked.
