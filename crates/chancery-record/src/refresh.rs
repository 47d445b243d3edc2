//! An event as of a day, folded from the mentions that are kept; and the tables that hold all events as of the newest report.

use std::collections::BTreeSet;

use chancery_coder::{Event, Status};
use chancery_events::{RecordEvent, Telling, life, sides_shown};
use jiff::civil::Date;
use rusqlite::params;

use crate::error::Result;
use crate::store::{Store, date, json_word, read_json, write_json};

impl Store {
    /// The event as told by the reports up to a day; `None` where none of them speaks of it. Whether it has lapsed is not asked.
    pub(crate) fn fold(&self, id: &str, as_of: Date) -> Result<Option<RecordEvent>> {
        struct Row {
            report: String,
            published: Date,
            outlet: Option<String>,
            witness: String,
            event: Event,
        }
        let day = as_of.to_string();
        let mut rows: Vec<Row> = Vec::new();
        let mut part_of: Option<String> = None;
        let mut statement = self.db.prepare_cached(
            "SELECT m.report, m.published, r.outlet, r.witness, m.told, m.whole FROM mentions m JOIN reports r ON r.id = m.report
             WHERE m.event = ?1 AND m.published <= ?2 ORDER BY m.published, m.report, m.ordinal",
        )?;
        let mut found = statement.query(params![id, day])?;
        while let Some(row) = found.next()? {
            let event = read_json(row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?, "mentions.told")?;
            part_of = row.get::<_, Option<String>>(5)?.or(part_of);
            rows.push(Row {
                report: row.get(0)?,
                published: date(&row.get::<_, String>(1)?)?,
                outlet: row.get(2)?,
                witness: row.get(3)?,
                event,
            });
        }
        let tellings: Vec<Telling<'_>> = rows
            .iter()
            .map(|r| Telling {
                report: &r.report,
                published: r.published,
                outlet: r.outlet.as_deref(),
                witness: &r.witness,
                event: &r.event,
            })
            .collect();
        let mut received = BTreeSet::new();
        let mut statement =
            self.db.prepare_cached("SELECT told FROM mentions WHERE whole = ?1 AND published <= ?2")?;
        let mut parts = statement.query(params![id, day])?;
        while let Some(row) = parts.next()? {
            let event: Event =
                read_json(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?, "mentions.told")?;
            if event.status == Status::Held {
                received.extend(sides_shown(&event));
            }
        }
        Ok(life(id, &tellings, &received)
            .map(|event| RecordEvent { part_of: part_of.filter(|whole| whole != id), ..event }))
    }

    /// Brings the tables of events up to date for the events named.
    pub(crate) fn refresh(&self, touched: &BTreeSet<String>) -> Result<()> {
        let Some(_) = self.newest()? else { return Ok(()) };
        let mut clear: Vec<rusqlite::CachedStatement<'_>> = Vec::new();
        for table in ["participants", "claims", "positions"] {
            clear.push(self.db.prepare_cached(&format!("DELETE FROM {table} WHERE event = ?1"))?);
        }
        let mut delete = self.db.prepare_cached("DELETE FROM events WHERE id = ?1")?;
        for id in touched {
            for statement in &mut clear {
                statement.execute([id])?;
            }
            match self.fold(id, Date::MAX)? {
                Some(event) => self.write_event(&event)?,
                None => {
                    delete.execute([id])?;
                }
            }
        }
        Ok(())
    }

    fn write_event(&self, event: &RecordEvent) -> Result<()> {
        let day = |d: Option<Date>| d.map(|d| d.to_string());
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO events (id, type, form, what, status, time_from, time_to, country, place, part_of,
                     reports, witnesses, first_published, last_published, record)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            )?
            .execute(params![
                event.id,
                event.plover.as_str(),
                event.form.as_str(),
                event.what,
                event.status.as_str(),
                day(event.time.from),
                day(event.time.to),
                event.place.country,
                event.place.name,
                event.part_of,
                count(event.reports.len()),
                count(event.witnesses),
                event.first_published.to_string(),
                event.last_published.to_string(),
                write_json(event)
            ])?;
        let mut participant = self.db.prepare_cached(
            "INSERT INTO participants (event, name, side, role, actor, kind, country) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for p in &event.participants {
            participant.execute(params![
                event.id,
                p.name,
                p.side,
                p.role.as_str(),
                p.actor,
                p.kind,
                p.country
            ])?;
        }
        let mut claim = self.db.prepare_cached(
            "INSERT INTO claims (event, report, source, kind, side, status, said, quote, quote_from, quote_to)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        for c in &event.claims {
            claim.execute(params![
                event.id,
                c.report,
                c.source,
                c.kind.as_str(),
                c.side,
                c.status.as_str(),
                c.said.to_string(),
                c.quote,
                count(c.span.start),
                count(c.span.end)
            ])?;
        }
        let mut position = self.db.prepare_cached(
            "INSERT INTO positions (event, side, stance, status, since, source, report, quote) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        for p in &event.positions {
            let status = p.status.as_ref().map(json_word);
            position.execute(params![
                event.id,
                p.side,
                p.stance.as_str(),
                status,
                p.since.to_string(),
                p.source,
                p.report,
                p.quote
            ])?;
        }
        Ok(())
    }
}
