//! Adding reports: each is kept, and the walk is gone through again from its place in the order, as far as it
//! changes anything.
//!
//! The newest report is decided against the tracks as they stand. A report that comes late may change what later ones
//! decided: those that look into the cells of a track that changed are decided again, in their order, until nothing
//! changes. So the record is that of the whole walk, whatever the order of adding.

use std::collections::{BTreeMap, BTreeSet};

use chancery_coder::{Coding, Event};
use chancery_events::{
    CodedReport, Features, Key, MentionRef, Portrait, Track, TrackMember, decide, event_id, keys_of_mention,
    wholes_of,
};
use chancery_reports::Report;
use jiff::civil::Date;
use rusqlite::{params, params_from_iter};

use crate::error::Result;
use crate::store::{Store, date, read_json, write_json};

/// What came of adding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    pub new: usize,
    pub known: usize,
}

/// A report's place in the total order.
type Place = (String, String);

/// The event that a mention belongs to, and the event that this one is told to be part of.
type Home = (Option<String>, Option<String>);

/// Tracks with their features, kept between the reports of one batch.
type Known = BTreeMap<String, (Track, Features)>;

impl Store {
    /// Keeps coded reports and re-derives what they touch: all of them or, if the program is stopped, none.
    /// Reports that are kept already are passed over. `coder` names the program and knowledge that coded them.
    pub fn add(&mut self, reports: &[(Report, Coding)], coder: &str) -> Result<Added> {
        let mut added = Added::default();
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let done = self.add_all(reports, coder, &mut added);
        self.db.execute_batch(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        done.map(|()| added)
    }

    fn add_all(&self, reports: &[(Report, Coding)], coder: &str, added: &mut Added) -> Result<()> {
        let mut touched = BTreeSet::new();
        let mut known = Known::new();
        for (report, coding) in reports {
            if self.contains(&report.id)? {
                added.known += 1;
                continue;
            }
            added.new += 1;
            self.keep(report, &Self::witness(report))?;
            self.keep_coding(&report.id, report.published, coding, coder)?;
            self.walk_from((report.published.to_string(), report.id.clone()), &mut known, &mut touched)?;
        }
        self.refresh(&touched)
    }

    /// The name of the telling that a report carries: its first sixty words, whatever their spacing, case and marks.
    /// A wire story in ten papers is one.
    fn witness(report: &Report) -> String {
        let words: Vec<String> = report.news().split_whitespace().take(60).map(str::to_lowercase).collect();
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in words.join(" ").bytes().filter(u8::is_ascii_alphanumeric) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        format!("{hash:016x}")
    }

    pub(crate) fn keep_coding(
        &self,
        report: &str,
        published: Date,
        coding: &Coding,
        coder: &str,
    ) -> Result<()> {
        let rest = Coding { events: Vec::new(), ..coding.clone() };
        self.db
            .prepare_cached("INSERT OR REPLACE INTO codings (report, coder, rest) VALUES (?1, ?2, ?3)")?
            .execute(params![report, coder, write_json(&rest)])?;
        let mut mention = self.db.prepare_cached(
            "INSERT INTO mentions (report, ordinal, local, published, told) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let mut cell =
            self.db.prepare_cached("INSERT OR IGNORE INTO cells (cell, mention) VALUES (?1, ?2)")?;
        for (ordinal, event) in coding.events.iter().enumerate() {
            let ordinal = i64::try_from(ordinal).unwrap_or(i64::MAX);
            let row = mention.insert(params![
                report,
                ordinal,
                event.id,
                published.to_string(),
                write_json(event)
            ])?;
            for key in chancery_events::keys_of_portrait(&Portrait::of(event, published)) {
                cell.execute(params![cell_of(&key), row])?;
            }
        }
        Ok(())
    }

    /// Decides the report at `start` and all that hangs on it. Ids of events that changed are put into `touched`.
    pub(crate) fn walk_from(
        &self,
        start: Place,
        known: &mut Known,
        touched: &mut BTreeSet<String>,
    ) -> Result<()> {
        let at_the_end = !self
            .db
            .prepare_cached(
                "SELECT 1 FROM mentions WHERE (published, report) > (?1, ?2) AND event IS NOT NULL LIMIT 1",
            )?
            .exists([&start.0, &start.1])?;
        let mut queue = BTreeSet::from([start]);
        while let Some(place) = queue.pop_first() {
            let changed = self.redecide(&place, known, at_the_end)?;
            if at_the_end {
                touched.extend(changed);
                break;
            }
            for event in &changed {
                queue.extend(self.lookers(event, &place)?);
            }
            touched.extend(changed);
        }
        Ok(())
    }

    /// The reports after `place` with mentions that look into the cells of a track, or belong to it.
    fn lookers(&self, event: &str, place: &Place) -> Result<Vec<Place>> {
        let mut statement = self.db.prepare_cached(
            "WITH held (cell) AS (SELECT DISTINCT c.cell FROM mentions m CROSS JOIN cells c USING (mention) WHERE m.event = ?1),
                  near (cell) AS (SELECT cell FROM held UNION
                      SELECT rtrim(cell, '0123456789') || (CAST(substr(cell, length(rtrim(cell, '0123456789')) + 1) AS INTEGER) + 1) FROM held)
             SELECT DISTINCT m.published, m.report FROM near CROSS JOIN cells c USING (cell) CROSS JOIN mentions m USING (mention)
             WHERE (m.published, m.report) > (?2, ?3)
             UNION SELECT published, report FROM mentions WHERE event = ?1 AND (published, report) > (?2, ?3)",
        )?;
        let rows = statement.query_map(params![event, place.0, place.1], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Decides the mentions of one report; returns the events that won or lost one.
    fn redecide(&self, place: &Place, known: &mut Known, at_the_end: bool) -> Result<BTreeSet<String>> {
        let (report, before) = self.coded(&place.1)?;
        let portraits: Vec<Portrait> =
            report.coding.events.iter().map(|e| Portrait::of(e, report.published)).collect();
        let wholes = wholes_of(&report);
        let mut ids: BTreeSet<String> = BTreeSet::new();
        for portrait in &portraits {
            ids.extend(self.candidates(portrait, place)?);
        }
        let mut tracks: Vec<(Track, Features)> = Vec::new();
        for id in ids {
            if let Some(track) = known.get(&id).filter(|_| at_the_end) {
                tracks.push(track.clone());
                continue;
            }
            let track = self.track(&id, place)?;
            if let Some(features) = Features::of(&track) {
                if at_the_end {
                    known.insert(id, (track.clone(), features.clone()));
                }
                tracks.push((track, features));
            }
        }
        let views: Vec<(&Track, &Features)> = tracks.iter().map(|(t, f)| (t, f)).collect();
        let decided = decide(&portraits, &wholes, &views);
        let homes: Vec<String> = decided
            .iter()
            .enumerate()
            .map(|(event, d)| {
                d.as_ref().map_or_else(|| event_id(&report, event), |(c, _)| tracks[*c].0.id.clone())
            })
            .collect();
        let mut changed = BTreeSet::new();
        let mut update = self.db.prepare_cached(
            "UPDATE mentions SET event = ?1, whole = ?2, joined = ?3 WHERE report = ?4 AND ordinal = ?5",
        )?;
        for (event, home) in homes.iter().enumerate() {
            let whole = wholes[event].map(|w| homes[w].as_str()).filter(|w| w != home);
            let old = before.get(event);
            if old.is_some_and(|(o, w)| o.as_deref() == Some(home) && w.as_deref() == whole) {
                continue;
            }
            let grounds = decided[event].as_ref().map(|(_, verdict)| write_json(&verdict.grounds));
            update.execute(params![
                home,
                whole,
                grounds,
                place.1,
                i64::try_from(event).unwrap_or(i64::MAX)
            ])?;
            changed.insert(home.clone());
            known.remove(home);
            if let Some((Some(old), _)) = old {
                changed.insert(old.clone());
                known.remove(old);
                if old == &event_id(&report, event) && old != home {
                    self.redirect(old, home)?;
                }
            }
            // Parts move the standing of their wholes.
            changed.extend(whole.map(str::to_owned));
        }
        if known.len() > 20_000 {
            known.clear();
        }
        Ok(changed)
    }

    fn redirect(&self, old: &str, new: &str) -> Result<()> {
        self.db.prepare_cached("UPDATE redirects SET new = ?2 WHERE new = ?1")?.execute([old, new])?;
        self.db
            .prepare_cached("INSERT OR REPLACE INTO redirects (old, new) VALUES (?1, ?2)")?
            .execute([old, new])?;
        self.db.prepare_cached("DELETE FROM redirects WHERE old = ?1")?.execute([new])?;
        Ok(())
    }

    /// A report as the walk reads it, and for each of its events the home and the whole that it has so far.
    fn coded(&self, id: &str) -> Result<(CodedReport, Vec<Home>)> {
        let (published, outlet, witness): (String, Option<String>, String) = self
            .db
            .prepare_cached("SELECT published, outlet, witness FROM reports WHERE id = ?1")?
            .query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
        let published = date(&published)?;
        let mut events: Vec<Event> = Vec::new();
        let mut homes = Vec::new();
        let mut statement = self
            .db
            .prepare_cached("SELECT told, event, whole FROM mentions WHERE report = ?1 ORDER BY ordinal")?;
        let mut rows = statement.query([id])?;
        while let Some(row) = rows.next()? {
            events.push(read_json(&row.get::<_, String>(0)?, "mentions.told")?);
            homes.push((row.get(1)?, row.get(2)?));
        }
        let coding = Coding { published, events, sightings: Vec::new(), notes: Vec::new() };
        Ok((CodedReport { id: id.to_owned(), published, outlet, witness, coding }, homes))
    }

    /// The tracks that a mention may belong to, as they stood before `place`. Cells are few and days many, so
    /// that the join is held to this order.
    fn candidates(&self, portrait: &Portrait, place: &Place) -> Result<Vec<String>> {
        let mut cells: Vec<String> = keys_of_mention(portrait).iter().map(cell_of).collect();
        if cells.is_empty() {
            return Ok(Vec::new());
        }
        let holes = vec!["?"; cells.len()].join(",");
        let sql = format!(
            "SELECT DISTINCT m.event FROM cells c CROSS JOIN mentions m USING (mention)
             WHERE c.cell IN ({holes}) AND m.event IS NOT NULL AND (m.published, m.report) < (?, ?)"
        );
        cells.extend([place.0.clone(), place.1.clone()]);
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(cells), |r| r.get(0))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// A track as it stood before `place`.
    fn track(&self, id: &str, place: &Place) -> Result<Track> {
        let mut track = Track { id: id.to_owned(), ..Track::default() };
        let mut statement = self.db.prepare_cached(
            "SELECT published, ordinal, told, whole FROM mentions WHERE event = ?1 AND (published, report) < (?2, ?3)
             ORDER BY published, report, ordinal",
        )?;
        let mut rows = statement.query(params![id, place.0, place.1])?;
        while let Some(row) = rows.next()? {
            let published = date(&row.get::<_, String>(0)?)?;
            let event: Event = read_json(&row.get::<_, String>(2)?, "mentions.told")?;
            let whole: Option<String> = row.get(3)?;
            track.wholes.extend(whole.clone());
            let mention =
                MentionRef { report: 0, event: usize::try_from(row.get::<_, i64>(1)?).unwrap_or(0) };
            track.members.push(TrackMember { mention, portrait: Portrait::of(&event, published), whole });
        }
        Ok(track)
    }
}

fn cell_of(key: &Key) -> String {
    format!("{:?}|{}|{}|{}", key.class, key.who.0, key.who.1, key.year)
}
