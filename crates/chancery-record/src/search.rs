//! Full text: the reports that hold words, the best first.

use rusqlite::params;

use crate::error::Result;
use crate::store::Store;

/// A report that holds the words, with the passage where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub report: String,
    pub published: String,
    pub outlet: Option<String>,
    pub title: Option<String>,
    /// The passage; the words found stand between `⟦` and `⟧`.
    pub passage: String,
    /// How many events of the record the report speaks of.
    pub events: i64,
}

impl Store {
    /// The reports published up to `until` that hold `words`, in the syntax of FTS5; at most `limit`.
    pub fn find(&self, words: &str, until: Option<&str>, limit: usize) -> Result<Vec<Hit>> {
        let mut statement = self.db.prepare_cached(
            "SELECT r.id, r.published, r.outlet, r.title, snippet(reports_text, 1, '⟦', '⟧', '…', 24),
                    (SELECT count(*) FROM mentions m WHERE m.report = r.id)
             FROM reports_text JOIN reports r ON r.rowid = reports_text.rowid
             WHERE reports_text MATCH ?1 AND (?2 IS NULL OR r.published <= ?2) ORDER BY rank, r.published, r.id LIMIT ?3",
        )?;
        let rows =
            statement.query_map(params![words, until, i64::try_from(limit).unwrap_or(i64::MAX)], |r| {
                Ok(Hit {
                    report: r.get(0)?,
                    published: r.get(1)?,
                    outlet: r.get(2)?,
                    title: r.get(3)?,
                    passage: r.get(4)?,
                    events: r.get(5)?,
                })
            })?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }
}
