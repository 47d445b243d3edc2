//! The walk through the reports in their order: each mention opens a track or joins one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::identity::{Features, Verdict, verdict};
use crate::keys::{Key, keys_of_mention, keys_of_portrait};
use crate::portrait::{Portrait, Track, TrackMember};
use crate::report::{CodedReport, MentionRef};

/// What was decided of one mention, by which evidence and on which day.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    pub mention: MentionRef,
    pub day: Date,
    pub track: String,
    /// The grounds on which it joined; `None` where it opened the track.
    pub joined: Option<Verdict>,
}

/// All tracks of a set of reports, in the order in which they were opened, and how they came about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Derivation {
    pub tracks: Vec<Track>,
    pub decisions: Vec<Decision>,
}

/// The id of the event that a mention opens: it hangs on the report and on where in it the mention stands,
/// and on nothing that comes later.
#[must_use]
pub fn event_id(report: &CodedReport, event: usize) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325; // FNV-1a, 64 bits
    let mut eat = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    eat(report.id.as_bytes());
    eat(b"\n");
    if let Some(e) = report.coding.events.get(event) {
        eat(e.id.as_bytes());
    }
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut id = String::from("ev-");
    // The finaliser of SplitMix64: FNV alone leaves the ids of one report alike.
    let mut rest = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    rest = (rest ^ (rest >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    rest ^= rest >> 31;
    for _ in 0..10 {
        id.push(char::from(DIGITS[(rest & 31) as usize]));
        rest >>= 5;
    }
    id
}

/// For each mention of a report, the place in `candidates` of the track that it joins.
///
/// Best pairs first, equal ones by the mention's place and the track's id; a report tells of an event once, so that no two of its mentions join one track. What is
/// part of something is looked at after its whole, and is drawn to the parts of that.
/// `candidates` are the tracks that the mentions' keys find, as they stood before this report;
/// `wholes` the index of each mention's whole.
#[must_use]
pub fn decide(
    mentions: &[Portrait],
    wholes: &[Option<usize>],
    candidates: &[(&Track, &Features)],
) -> Vec<Option<(usize, Verdict)>> {
    let mut out: Vec<Option<(usize, Verdict)>> = vec![None; mentions.len()];
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for parts in [false, true] {
        let mut pairs: Vec<(f64, usize, usize, Verdict)> = Vec::new();
        for (m, portrait) in mentions.iter().enumerate() {
            let whole = wholes.get(m).copied().flatten().filter(|w| *w != m);
            if whole.is_some() != parts {
                continue;
            }
            let within = whole.and_then(|w| out[w].as_ref()).map(|(c, _)| candidates[*c].0.id.as_str());
            for (c, (track, features)) in candidates.iter().enumerate() {
                let mut verdict = verdict(portrait, features);
                if within.is_some_and(|id| track.wholes.contains(id)) {
                    verdict.grounds.push(("part of the same whole", 1.0));
                }
                if verdict.joins() {
                    pairs.push((verdict.score(), m, c, verdict));
                }
            }
        }
        pairs.sort_by(|a, b| {
            b.0.total_cmp(&a.0)
                .then(a.1.cmp(&b.1))
                .then_with(|| candidates[a.2].0.id.cmp(&candidates[b.2].0.id))
        });
        for (_, m, c, verdict) in pairs {
            if out[m].is_none() && taken.insert(c) {
                out[m] = Some((c, verdict));
            }
        }
    }
    out
}

/// The index of each event's whole within a coding.
#[must_use]
pub fn wholes_of(report: &CodedReport) -> Vec<Option<usize>> {
    let events = &report.coding.events;
    events.iter().map(|e| e.part_of.as_ref().and_then(|id| events.iter().position(|o| &o.id == id))).collect()
}

/// Derives all events of a set of reports. The order in which the reports are given doesn't matter.
#[must_use]
pub fn derive(reports: &[CodedReport]) -> Derivation {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by(|a, b| reports[*a].order().cmp(&reports[*b].order()));
    order.dedup_by(|a, b| reports[*a].order() == reports[*b].order());
    let mut derivation = Derivation::default();
    let mut features: Vec<Features> = Vec::new();
    let mut index: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for r in order {
        let report = &reports[r];
        let portraits: Vec<Portrait> =
            report.coding.events.iter().map(|e| Portrait::of(e, report.published)).collect();
        let wholes = wholes_of(report);
        let mut found: BTreeSet<usize> = BTreeSet::new();
        for key in portraits.iter().flat_map(keys_of_mention) {
            found.extend(index.get(&key).into_iter().flatten());
        }
        let found: Vec<usize> = found.into_iter().collect();
        let candidates: Vec<(&Track, &Features)> =
            found.iter().map(|t| (&derivation.tracks[*t], &features[*t])).collect();
        let decided = decide(&portraits, &wholes, &candidates);
        let mut homes: Vec<usize> = Vec::new();
        for (event, (portrait, decision)) in portraits.into_iter().zip(decided).enumerate() {
            let mention = MentionRef { report: r, event };
            let (track, verdict) = match decision {
                Some((candidate, verdict)) => (found[candidate], Some(verdict)),
                None => {
                    derivation.tracks.push(Track { id: event_id(report, event), ..Track::default() });
                    (derivation.tracks.len() - 1, None)
                }
            };
            for key in keys_of_portrait(&portrait) {
                let cell = index.entry(key).or_default();
                if !cell.contains(&track) {
                    cell.push(track);
                }
            }
            derivation.tracks[track].members.push(TrackMember {
                mention,
                portrait: portrait.clone(),
                whole: None,
            });
            if let Some(known) = features.get_mut(track) {
                known.take(&portrait);
            } else if let Some(new) = Features::of(&derivation.tracks[track]) {
                features.push(new);
            }
            let id = derivation.tracks[track].id.clone();
            derivation.decisions.push(Decision {
                mention,
                day: report.published,
                track: id,
                joined: verdict,
            });
            homes.push(track);
        }
        for (event, whole) in wholes.iter().enumerate() {
            if let Some(whole) = whole {
                let id = derivation.tracks[homes[*whole]].id.clone();
                let track = &mut derivation.tracks[homes[event]];
                if track.id != id {
                    track.wholes.insert(id.clone());
                    if let Some(member) = track.members.last_mut() {
                        member.whole = Some(id);
                    }
                }
            }
        }
    }
    derivation
}
