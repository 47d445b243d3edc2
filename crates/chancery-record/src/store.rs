//! The store's file: made, opened, checked, copied.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chancery_coder::Coding;
use chancery_reports::{DatedBy, Origin, Report};
use jiff::civil::Date;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Row, backup::Backup, params};

use crate::error::{RecordError, Result};

/// The mark of a Chancery store in SQLite's header: "CHCY".
const APPLICATION: i32 = 0x4348_4359;
/// The format that this program writes.
const FORMAT: i64 = 1;

/// A store that is open.
#[derive(Debug)]
pub struct Store {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
}

impl Store {
    /// Opens the store at `path`, making it where there is none.
    pub fn open_or_create(path: &Path) -> Result<Self> {
        let db = Connection::open(path)?;
        Self::ready(db, path, true)
    }

    /// Opens the store at `path`; an error where there is none.
    pub fn open(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(RecordError::Missing(path.to_owned()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags)?;
        Self::ready(db, path, false)
    }

    fn ready(db: Connection, path: &Path, create: bool) -> Result<Self> {
        db.busy_timeout(Duration::from_secs(30))?;
        let foreign = |error: rusqlite::Error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => RecordError::NotAStore(path.to_owned()),
            _ => RecordError::Sqlite(error),
        };
        let tables: i64 =
            db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0)).map_err(foreign)?;
        let application: i32 = db.query_row("PRAGMA application_id", [], |r| r.get(0))?;
        if tables == 0 && create {
            db.pragma_update(None, "journal_mode", "wal")?;
            db.execute_batch(&format!(
                "BEGIN IMMEDIATE;\n{}\nPRAGMA application_id = {APPLICATION}; PRAGMA user_version = {FORMAT}; COMMIT;",
                include_str!("schema.sql")
            ))?;
        } else if application != APPLICATION {
            return Err(RecordError::NotAStore(path.to_owned()));
        }
        let found: i64 = db.query_row("PRAGMA user_version", [], |r| r.get(0))?;
        if found > FORMAT {
            return Err(RecordError::Newer { path: path.to_owned(), found, known: FORMAT });
        }
        db.pragma_update(None, "synchronous", "normal")?;
        db.pragma_update(None, "cache_size", -65_536)?;
        db.set_prepared_statement_cache_capacity(64);
        Ok(Self { db, path: path.to_owned() })
    }

    /// The date of the newest report: the day as of which the record is shown unless another is asked for.
    pub fn newest(&self) -> Result<Option<Date>> {
        let day: Option<String> =
            self.db.query_row("SELECT max(published) FROM reports", [], |r| r.get(0))?;
        day.map(|d| date(&d)).transpose()
    }

    /// How many reports and events the store holds.
    pub fn size(&self) -> Result<(u64, u64)> {
        let count = |sql: &str| self.db.query_row(sql, [], |r| r.get::<_, i64>(0)).map(i64::unsigned_abs);
        Ok((count("SELECT count(*) FROM reports")?, count("SELECT count(*) FROM events")?))
    }

    /// Whether the report is kept already.
    pub fn contains(&self, report: &str) -> Result<bool> {
        let mut statement = self.db.prepare_cached("SELECT 1 FROM reports WHERE id = ?1")?;
        Ok(statement.exists([report])?)
    }

    /// The ids of all reports.
    pub fn report_ids(&self) -> Result<BTreeSet<String>> {
        let mut statement = self.db.prepare("SELECT id FROM reports")?;
        Ok(statement.query_map([], |r| r.get(0))?.collect::<std::result::Result<_, _>>()?)
    }

    /// The report with this id, or whose id alone begins so.
    pub fn report(&self, id: &str) -> Result<Report> {
        let sql = format!("SELECT {REPORT_COLUMNS} FROM reports WHERE id >= ?1 AND id < ?1 || 'g' LIMIT 2");
        let mut statement = self.db.prepare_cached(&sql)?;
        let found: Vec<Report> =
            statement.query_map([id], report_of)?.collect::<std::result::Result<_, _>>()?;
        match <[Report; 1]>::try_from(found) {
            Ok([report]) => Ok(report),
            Err(_) => Err(RecordError::NoReport(id.to_owned())),
        }
    }

    /// All reports in the record's order.
    pub fn reports(&self) -> Result<Vec<Report>> {
        let mut statement =
            self.db.prepare(&format!("SELECT {REPORT_COLUMNS} FROM reports ORDER BY published, id"))?;
        Ok(statement.query_map([], report_of)?.collect::<std::result::Result<_, _>>()?)
    }

    /// The coding of a report, as it was added, and for each event its id in the record.
    pub fn coding(&self, report: &str) -> Result<(Coding, Vec<String>)> {
        let rest: Option<String> = self
            .db
            .query_row("SELECT rest FROM codings WHERE report = ?1", [report], |r| r.get(0))
            .optional()?;
        let rest = rest.ok_or_else(|| RecordError::NoReport(report.to_owned()))?;
        let mut coding: Coding = read_json(&rest, "codings.rest")?;
        let mut ids = Vec::new();
        let mut statement =
            self.db.prepare_cached("SELECT told, event FROM mentions WHERE report = ?1 ORDER BY ordinal")?;
        let mut rows = statement.query([report])?;
        while let Some(row) = rows.next()? {
            coding
                .events
                .push(read_json(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?, "mentions.told")?);
            ids.push(row.get::<_, Option<String>>(1)?.unwrap_or_default());
        }
        Ok((coding, ids))
    }

    /// Copies the store, while others may be reading it, to a file that must not exist yet.
    pub fn backup(&self, to: &Path) -> Result<()> {
        let mut copy = Connection::open_with_flags(
            to,
            OpenFlags::SQLITE_OPEN_READ_WRITE
                | OpenFlags::SQLITE_OPEN_CREATE
                | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        Backup::new(&self.db, &mut copy)?.run_to_completion(1024, Duration::ZERO, None)?;
        Ok(())
    }

    /// What is wrong with the file, in sentences; nothing where all is well.
    pub fn check(&self) -> Result<Vec<String>> {
        let mut faults: Vec<String> = Vec::new();
        let mut statement = self.db.prepare("PRAGMA integrity_check")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let line: String = row.get(0)?;
            if line != "ok" {
                faults.push(line);
            }
        }
        for (sql, fault) in [
            ("SELECT count(*) FROM mentions WHERE event IS NULL", "mentions without an event"),
            (
                "SELECT count(*) FROM reports WHERE id NOT IN (SELECT report FROM codings)",
                "reports without a coding",
            ),
            (
                "SELECT count(*) FROM events WHERE id NOT IN (SELECT event FROM mentions)",
                "events without a mention",
            ),
            (
                "SELECT count(DISTINCT event) FROM mentions WHERE event NOT IN (SELECT id FROM events)",
                "mentions of no event",
            ),
        ] {
            let count: i64 = self.db.query_row(sql, [], |r| r.get(0))?;
            if count > 0 {
                faults.push(format!("{count} {fault}"));
            }
        }
        Ok(faults)
    }

    /// Where the store lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts a report into the store, without its coding. Within a transaction of the caller's.
    pub(crate) fn keep(&self, report: &Report, witness: &str) -> Result<()> {
        let mut statement = self.db.prepare_cached(
            "INSERT INTO reports (id, published, outlet, title, url, input_key, dated_by, file, record, notes, body, text, witness)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?;
        let row = statement.insert(params![
            report.id,
            report.published.to_string(),
            report.outlet,
            report.title,
            report.url,
            report.key,
            json_word(&report.dated_by),
            report.origin.file,
            report.origin.record.map(u64::cast_signed),
            write_json(&report.notes),
            i64::try_from(report.body).unwrap_or(0),
            report.text,
            witness
        ])?;
        let mut statement =
            self.db.prepare_cached("INSERT INTO reports_text (rowid, title, text) VALUES (?1, ?2, ?3)")?;
        statement.execute(params![row, report.title, report.text])?;
        Ok(())
    }
}

const REPORT_COLUMNS: &str =
    "id, published, outlet, title, url, input_key, dated_by, file, record, notes, body, text";

fn report_of(row: &Row<'_>) -> rusqlite::Result<Report> {
    let dated_by: String = row.get(6)?;
    let published: String = row.get(1)?;
    let invalid =
        |i, what: &str| rusqlite::Error::InvalidColumnType(i, what.to_owned(), rusqlite::types::Type::Text);
    Ok(Report {
        id: row.get(0)?,
        published: published.parse().map_err(|_| invalid(1, "published"))?,
        dated_by: serde_json::from_value::<DatedBy>(serde_json::Value::String(dated_by))
            .map_err(|_| invalid(6, "dated_by"))?,
        outlet: row.get(2)?,
        title: row.get(3)?,
        url: row.get(4)?,
        key: row.get(5)?,
        text: row.get(11)?,
        body: usize::try_from(row.get::<_, i64>(10)?).unwrap_or(0),
        origin: Origin { file: row.get(7)?, record: row.get::<_, Option<i64>>(8)?.map(i64::cast_unsigned) },
        notes: serde_json::from_str(&row.get::<_, String>(9)?).map_err(|_| invalid(9, "notes"))?,
    })
}

/// A date as the store writes it.
pub(crate) fn date(text: &str) -> Result<Date> {
    text.parse().map_err(|_| RecordError::Damaged { place: "a date".into(), message: text.to_owned() })
}

pub(crate) fn read_json<T: serde::de::DeserializeOwned>(text: &str, place: &str) -> Result<T> {
    serde_json::from_str(text)
        .map_err(|e| RecordError::Damaged { place: place.to_owned(), message: e.to_string() })
}

/// JSON of plain data, which can't fail.
pub(crate) fn write_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The bare word that a value is in JSON.
pub(crate) fn json_word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
