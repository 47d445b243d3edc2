//! The record as of a day, of a derivation held in memory.

use std::collections::{BTreeMap, BTreeSet};

use chancery_coder::Status;
use jiff::civil::Date;

use crate::event::RecordEvent;
use crate::life::{Telling, life, sides_shown};
use crate::report::CodedReport;
use crate::walk::Derivation;

/// All events as known at the end of `as_of`, in the order in which they became known.
/// Nothing of a report published later takes part.
#[must_use]
pub fn record_as_of(derivation: &Derivation, reports: &[CodedReport], as_of: Date) -> Vec<RecordEvent> {
    let mut out = Vec::new();
    let mut received: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut wholes: BTreeMap<&str, &str> = BTreeMap::new();
    for track in &derivation.tracks {
        for member in &track.members {
            let Some(report) = reports.get(member.mention.report).filter(|r| r.published <= as_of) else {
                continue;
            };
            let Some(event) = report.coding.events.get(member.mention.event) else { continue };
            let Some(whole) = member.whole.as_deref() else { continue };
            wholes.insert(&track.id, whole);
            if event.status == Status::Held {
                received.entry(whole).or_default().extend(sides_shown(event));
            }
        }
    }
    let nobody = BTreeSet::new();
    for track in &derivation.tracks {
        let tellings: Vec<Telling<'_>> = track
            .members
            .iter()
            .filter_map(|m| Some((reports.get(m.mention.report)?, m.mention.of(reports)?)))
            .filter(|(report, _)| report.published <= as_of)
            .map(|(report, event)| Telling {
                report: &report.id,
                published: report.published,
                outlet: report.outlet.as_deref(),
                witness: &report.witness,
                event,
            })
            .collect();
        let shown = received.get(track.id.as_str()).unwrap_or(&nobody);
        if let Some(mut event) = life(&track.id, &tellings, shown) {
            event.part_of =
                wholes.get(track.id.as_str()).filter(|w| **w != track.id).map(|w| (*w).to_owned());
            out.push(event.as_of(as_of));
        }
    }
    out
}
