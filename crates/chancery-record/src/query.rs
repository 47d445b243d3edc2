//! Asking for events: by filter, by id, as of any day.

use std::collections::BTreeSet;

use chancery_events::RecordEvent;
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension as _, params_from_iter};

use crate::error::{RecordError, Result};
use crate::filter::Filter;
use crate::store::{Store, read_json};

/// A condition in SQL, with its values.
#[derive(Default)]
struct Where {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Where {
    fn and(&mut self, condition: &str, values: impl IntoIterator<Item = String>) {
        self.conditions.push(condition.to_owned());
        self.values.extend(values.into_iter().map(Value::Text));
    }

    fn sql(&self) -> String {
        if self.conditions.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", self.conditions.join(" AND "))
        }
    }
}

impl Store {
    /// The day as of which the record is shown: the one asked for, or that of the newest report.
    pub fn day(&self, filter: &Filter) -> Result<Option<Date>> {
        match filter.as_of {
            Some(day) => Ok(Some(day)),
            None => self.newest(),
        }
    }

    /// The events that the filter admits, by their time; those without a time last.
    pub fn events(&self, filter: &Filter) -> Result<Vec<RecordEvent>> {
        let (Some(day), Some(newest)) = (self.day(filter)?, self.newest()?) else { return Ok(Vec::new()) };
        let mut events = Vec::new();
        if day >= newest {
            let condition = self.told_now(filter);
            let mut statement =
                self.db.prepare(&format!("SELECT record FROM events e{}", condition.sql()))?;
            let mut rows = statement.query(params_from_iter(condition.values))?;
            while let Some(row) = rows.next()? {
                let event: RecordEvent =
                    read_json(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?, "events.record")?;
                events.push(event.as_of(day));
            }
        } else {
            for id in self.told_by(day, filter)? {
                events.extend(self.fold(&id, day)?.map(|event| event.as_of(day)));
            }
        }
        events.retain(|event| filter.admits(event));
        sort(&mut events);
        Ok(events)
    }

    /// One event as of a day, by its id, the beginning of its id, or an id that it once had.
    pub fn event(&self, id: &str, as_of: Date) -> Result<RecordEvent> {
        let known = self.resolve(id)?;
        let event = self.fold(&known, as_of)?;
        event.map(|event| event.as_of(as_of)).ok_or_else(|| RecordError::NoEvent(id.to_owned()))
    }

    /// The id in full and as it is now.
    pub fn resolve(&self, id: &str) -> Result<String> {
        let missing = || RecordError::NoEvent(id.to_owned());
        let mut statement =
            self.db.prepare_cached("SELECT id FROM events WHERE id >= ?1 AND id < ?1 || '~' LIMIT 2")?;
        let found: Vec<String> =
            statement.query_map([id], |r| r.get(0))?.collect::<std::result::Result<_, _>>()?;
        if let [one] = found.as_slice() {
            return Ok(one.clone());
        }
        let redirect: Option<String> =
            self.db.query_row("SELECT new FROM redirects WHERE old = ?1", [id], |r| r.get(0)).optional()?;
        redirect.ok_or_else(missing)
    }

    /// The events that a report speaks of, in its order.
    pub fn events_of_report(&self, report: &str) -> Result<Vec<String>> {
        let mut statement = self
            .db
            .prepare_cached("SELECT DISTINCT event FROM mentions WHERE report = ?1 ORDER BY ordinal")?;
        Ok(statement.query_map([report], |r| r.get(0))?.collect::<std::result::Result<_, _>>()?)
    }

    fn told_now(&self, filter: &Filter) -> Where {
        let mut condition = Where::default();
        for side in &filter.sides {
            condition.and("e.id IN (SELECT event FROM participants WHERE side = ?)", [side.clone()]);
        }
        if !filter.forms.is_empty() {
            let holes = vec!["?"; filter.forms.len()].join(",");
            condition
                .and(&format!("e.form IN ({holes})"), filter.forms.iter().map(|f| f.as_str().to_owned()));
        }
        if !filter.types.is_empty() {
            let holes = vec!["?"; filter.types.len()].join(",");
            condition
                .and(&format!("e.type IN ({holes})"), filter.types.iter().map(|t| t.as_str().to_owned()));
        }
        for side in &filter.confirmed_by {
            condition.and("e.id IN (SELECT event FROM positions WHERE side = ? AND stance IN ('announced', 'confirmed'))", [side.clone()]);
        }
        for side in &filter.silent {
            condition.and(
                "e.id IN (SELECT event FROM positions WHERE side = ? AND stance = 'no_word')",
                [side.clone()],
            );
        }
        if let Some(from) = filter.from {
            condition.and("e.id IN (SELECT id FROM events WHERE time_to >= ? UNION ALL SELECT id FROM events WHERE time_to IS NULL AND time_from >= ?)",
                [from.to_string(), from.to_string()],
            );
        }
        if let Some(to) = filter.to {
            condition.and("(e.time_from <= ? OR e.time_from IS NULL)", [to.to_string()]);
        }
        reports(&mut condition, filter, "e.id", None);
        condition
    }

    /// The ids of events that reports up to a day speak of, as far as the filter can be asked of the tables.
    fn told_by(&self, day: Date, filter: &Filter) -> Result<BTreeSet<String>> {
        let mut condition = Where::default();
        condition.and("m.published <= ?", [day.to_string()]);
        for side in &filter.sides {
            condition.and("m.event IN (SELECT event FROM participants WHERE side = ?)", [side.clone()]);
        }
        reports(&mut condition, filter, "m.event", Some(day));
        let mut statement =
            self.db.prepare(&format!("SELECT DISTINCT m.event FROM mentions m{}", condition.sql()))?;
        let ids = statement.query_map(params_from_iter(condition.values), |r| r.get(0))?;
        Ok(ids.collect::<std::result::Result<_, _>>()?)
    }
}

/// Conditions on the reports that speak of an event; only those up to `day` count.
fn reports(condition: &mut Where, filter: &Filter, event: &str, day: Option<Date>) {
    let mut inner: Vec<&str> = Vec::new();
    let mut values: Vec<String> = Vec::new();
    if let Some(from) = filter.published_from {
        inner.push("r.published >= ?");
        values.push(from.to_string());
    }
    if let Some(to) = filter.published_to {
        inner.push("r.published <= ?");
        values.push(to.to_string());
    }
    if let Some(outlet) = &filter.outlet {
        inner.push("lower(r.outlet) = lower(?)");
        values.push(outlet.clone());
    }
    if let Some(text) = &filter.text {
        inner.push("r.rowid IN (SELECT rowid FROM reports_text WHERE reports_text MATCH ?)");
        values.push(text.clone());
    }
    if inner.is_empty() {
        return;
    }
    if let Some(day) = day {
        inner.push("r.published <= ?");
        values.push(day.to_string());
    }
    let sql = format!(
        "{event} IN (SELECT x.event FROM reports r JOIN mentions x ON x.report = r.id WHERE {})",
        inner.join(" AND ")
    );
    condition.and(&sql, values);
}

fn sort(events: &mut [RecordEvent]) {
    events.sort_by(|a, b| {
        let day = |e: &RecordEvent| e.time.from.or(e.time.to).unwrap_or(Date::MAX);
        (day(a), a.time.to, a.first_published, &a.id).cmp(&(day(b), b.time.to, b.first_published, &b.id))
    });
}
