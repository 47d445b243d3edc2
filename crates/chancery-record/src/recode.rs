//! Coding every report that is kept again, with a newer program or other knowledge, and what that changes.

use std::collections::{BTreeMap, BTreeSet};

use chancery_coder::Coding;
use chancery_events::RecordEvent;
use chancery_reports::Report;

use crate::error::Result;
use crate::filter::Filter;
use crate::store::Store;

/// What coding again changed of the events as of the newest report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recoded {
    pub reports: usize,
    pub added: Vec<String>,
    pub changed: Vec<String>,
    pub removed: Vec<String>,
}

impl Store {
    /// Codes all reports again, in one transaction: an interrupted run leaves the store as it was.
    /// `code` gives the coding of a report; `coder` names the program and knowledge that it comes from.
    pub fn recode(&mut self, mut code: impl FnMut(&Report) -> Coding, coder: &str) -> Result<Recoded> {
        let before = self.by_id()?;
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let done = self.recode_all(&mut code, coder);
        self.db.execute_batch(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        let reports = done?;
        let after = self.by_id()?;
        let changed = |id: &&String| before.get(*id).is_some_and(|old| *old != after[*id]);
        Ok(Recoded {
            reports,
            added: after.keys().filter(|id| !before.contains_key(*id)).cloned().collect(),
            changed: after.keys().filter(changed).cloned().collect(),
            removed: before.keys().filter(|id| !after.contains_key(*id)).cloned().collect(),
        })
    }

    fn by_id(&self) -> Result<BTreeMap<String, RecordEvent>> {
        Ok(self.events(&Filter::default())?.into_iter().map(|e| (e.id.clone(), e)).collect())
    }

    fn recode_all(&self, code: &mut impl FnMut(&Report) -> Coding, coder: &str) -> Result<usize> {
        for table in ["positions", "claims", "participants", "events", "cells", "mentions", "redirects"] {
            self.db.execute(&format!("DELETE FROM {table}"), [])?;
        }
        let mut known = BTreeMap::new();
        let mut touched = BTreeSet::new();
        let ids: Vec<String> = self
            .db
            .prepare("SELECT id FROM reports ORDER BY published, id")?
            .query_map([], |r| r.get(0))?
            .collect::<std::result::Result<_, _>>()?;
        for id in &ids {
            let report = self.report(id)?;
            self.keep_coding(id, report.published, &code(&report), coder)?;
            self.walk_from((report.published.to_string(), id.clone()), &mut known, &mut touched)?;
        }
        self.refresh(&touched)?;
        Ok(ids.len())
    }
}
