//! Whether a mention tells of an event that is already known: for and against, added up.
//!
//! Who takes part and when it lies decide for engagements; for words and measures also what they are
//! about. Some differences are never made good: other people of the same side, another host, a time apart
//! that no postponement explains. A time that is not told is no evidence.

use std::collections::BTreeSet;

use chancery_coder::{Form, PloverType, Role, Status};

use crate::names::Name;
use crate::portrait::{Class, Part, Phase, Portrait, Track};
use crate::time::Days;

/// From this score on a mention joins.
pub const THRESHOLD: f64 = 4.0;

/// One ground for or against, with its weight.
pub type Ground = (&'static str, f64);

/// What speaks for and against a mention's being a track's event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    pub grounds: Vec<Ground>,
    /// The difference that can't be made good, if there is one.
    pub bar: Option<&'static str>,
}

/// A verdict that is still being reached: the grounds so far, or the bar.
type Step = Result<(), &'static str>;

impl Verdict {
    #[must_use]
    pub fn score(&self) -> f64 {
        self.grounds.iter().map(|(_, weight)| weight).sum()
    }

    #[must_use]
    pub fn joins(&self) -> bool {
        self.bar.is_none() && self.score() >= THRESHOLD
    }
}

/// What a track's members tell together, as identity needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Features {
    class: Class,
    forms: BTreeSet<Form>,
    types: BTreeSet<PloverType>,
    parts: Vec<Part>,
    countries: BTreeSet<String>,
    places: BTreeSet<String>,
    words: Vec<BTreeSet<String>>,
    phase: Phase,
    /// The newest telling that dates it, sharpened by older ones.
    days: Option<Days>,
    opened: i32,
    newest: i32,
    plan_open: bool,
}

impl Features {
    /// `None` for a track without members.
    #[must_use]
    pub fn of(track: &Track) -> Option<Self> {
        let first = &track.members.first()?.portrait;
        let mut features = Self {
            class: first.class,
            forms: BTreeSet::new(),
            types: BTreeSet::new(),
            parts: Vec::new(),
            countries: BTreeSet::new(),
            places: BTreeSet::new(),
            words: Vec::new(),
            phase: first.phase,
            days: None,
            opened: first.published,
            newest: first.published,
            plan_open: false,
        };
        for member in &track.members {
            features.take(&member.portrait);
        }
        Some(features)
    }

    /// Takes in one more mention, the newest.
    pub fn take(&mut self, m: &Portrait) {
        self.forms.insert(m.form);
        self.types.insert(m.plover);
        for part in &m.parts {
            let known = self
                .parts
                .iter()
                .any(|p| p.side == part.side && p.role == part.role && p.name.words == part.name.words);
            if !known {
                self.parts.push(part.clone());
            }
        }
        self.countries.extend(m.country.clone());
        self.places.extend(m.place.iter().cloned());
        self.words.push(m.words.clone());
        self.newest = m.published;
        if self.phase != Phase::Done || m.phase == Phase::Done {
            self.phase = m.phase;
        }
        self.plan_open = self.phase == Phase::Plan;
        if let Some(days) = m.days {
            self.days = Some(match self.days {
                Some(old) if old.overlap(days) > 0 && old.length() < days.length() => old,
                _ => days,
            });
        }
    }
}

/// Judges whether a mention is the track's event.
#[must_use]
pub fn verdict(m: &Portrait, track: &Features) -> Verdict {
    let mut verdict = Verdict::default();
    let bar = form(m, track, &mut verdict.grounds)
        .and_then(|()| people(m, track, &mut verdict.grounds))
        .and_then(|()| place(m, track, &mut verdict.grounds))
        .and_then(|()| when(m, track, &mut verdict.grounds))
        .and_then(|()| content(m, track, &mut verdict.grounds));
    verdict.bar = bar.err();
    verdict
}

fn form(m: &Portrait, track: &Features, grounds: &mut Vec<Ground>) -> Step {
    if m.class != track.class {
        return Err("another kind of event");
    }
    if track.forms.contains(&m.form) {
        grounds.push(("same form", 1.0));
    }
    if !m.class.is_engagement() {
        if track.types.contains(&m.plover) {
            grounds.push(("same type", 0.5));
        } else {
            grounds.push(("another type", -1.0));
        }
    }
    Ok(())
}

const PRINCIPALS: &[Role] = &[Role::Agent, Role::Counterpart, Role::Target, Role::Beneficiary];
const ACTORS: &[Role] = &[Role::Agent];
const OBJECTS: &[Role] = &[Role::Counterpart, Role::Target, Role::Beneficiary];

fn sides<'a>(parts: &'a [Part], roles: &[Role]) -> BTreeSet<&'a str> {
    parts.iter().filter(|p| roles.contains(&p.role)).filter_map(|p| p.side.as_deref()).collect()
}

fn names<'a>(parts: &'a [Part], side: &str, roles: &[Role]) -> Vec<&'a Name> {
    parts
        .iter()
        .filter(|p| p.side.as_deref() == Some(side) && roles.contains(&p.role))
        .map(|p| &p.name)
        .collect()
}

fn apart(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> bool {
    !a.is_empty() && !b.is_empty() && a.is_disjoint(b)
}

fn people(m: &Portrait, track: &Features, grounds: &mut Vec<Ground>) -> Step {
    let directed = m.class == Class::Visit || !m.class.is_engagement() && m.class != Class::Accord;
    if directed && apart(&sides(&m.parts, ACTORS), &sides(&track.parts, ACTORS)) {
        return Err("done by another side");
    }
    if directed && m.class != Class::Visit && apart(&sides(&m.parts, OBJECTS), &sides(&track.parts, OBJECTS))
    {
        return Err("done to another side");
    }
    let (host, hosts) = (sides(&m.parts, &[Role::Host]), sides(&track.parts, &[Role::Host]));
    if apart(&host, &hosts) {
        return Err("another host");
    }
    if m.class.is_engagement() && !host.is_disjoint(&hosts) {
        grounds.push(("same host", 0.5));
    }
    let all = [PRINCIPALS, &[Role::Host, Role::Mediator]].concat();
    let (mine, theirs) = (sides(&m.parts, &all), sides(&track.parts, &all));
    let shared = mine.intersection(&theirs).count();
    let union = mine.union(&theirs).count();
    if union > 0 {
        grounds.push(("sides in common", 1.5 * shared as f64 / union as f64));
    }
    let roles: &[Role] = if m.class == Class::Visit { ACTORS } else { PRINCIPALS };
    let mut alike = 0.0;
    for side in mine.intersection(&theirs) {
        let (a, b) = (names(&m.parts, side, roles), names(&track.parts, side, roles));
        // A name of one word may be a person's or a country's; it can speak for a person and not against one.
        let pairs =
            a.iter().flat_map(|x| b.iter().map(move |y| (*x, *y))).filter(|(x, y)| x.person || y.person);
        let best = pairs.map(|(x, y)| x.likeness(y)).fold(0.0, f64::max);
        let persons = |names: &[&Name]| !names.is_empty() && names.iter().any(|n| n.person);
        if best == 0.0 && persons(&a) && persons(&b) {
            return Err("other people of the same side");
        }
        alike += best;
    }
    if alike > 0.0 {
        grounds.push(("same people", (0.75 * alike).min(1.5)));
    }
    if shared == 0 {
        let named = m.parts.iter().any(|p| track.parts.iter().any(|q| p.name.likeness(&q.name) >= 0.8));
        if !named {
            return Err("nobody in common");
        }
        grounds.push(("same names", 1.0));
    }
    Ok(())
}

fn place(m: &Portrait, track: &Features, grounds: &mut Vec<Ground>) -> Step {
    if let Some(country) = &m.country {
        if track.countries.contains(country) {
            grounds.push(("same country", 0.5));
        } else if !track.countries.is_empty() {
            grounds.push(("another country", if m.class.is_engagement() { -2.0 } else { -1.0 }));
        }
    }
    if !m.place.is_disjoint(&track.places) {
        grounds.push(("same place", 0.25));
    }
    Ok(())
}

/// How many days after its old time a plan that was not carried out may be taken up again and be the same plan.
const CARRIED: i32 = 270;

fn when(m: &Portrait, track: &Features, grounds: &mut Vec<Ground>) -> Step {
    match (m.days, track.days) {
        (Some(a), Some(b)) => {
            let gap = a.gap(b);
            if a.overlap(b) > 0 {
                let blur = a.length().max(b.length());
                let weight = match blur {
                    ..=4 => 2.5,
                    5..=12 => 2.25,
                    13..=31 => 2.0,
                    32..=100 => 1.25,
                    101..=370 => 0.75,
                    _ => 0.25,
                };
                grounds.push(("same time", weight));
            } else if gap <= 1 && a.length().min(b.length()) <= 4 {
                grounds.push(("a day apart", 1.0));
            } else if track.plan_open
                && a.from > b.from
                && gap <= CARRIED
                && m.published >= track.newest
                && a.to >= track.newest
            {
                let told = m.status == Status::Postponed;
                grounds.push(("a plan moved to another time", if told { 1.5 } else { 0.75 }));
            } else if track.plan_open && m.phase == Phase::Plan && gap <= 31 && a.to >= m.published {
                grounds.push(("a plan brought forward", 0.5));
            } else {
                return Err("at another time");
            }
        }
        (None, Some(b)) => {
            if m.phase == Phase::Plan && track.phase == Phase::Done && m.published > b.to {
                return Err("a plan told after it was held");
            }
            if m.phase == Phase::Plan && track.phase == Phase::Plan {
                grounds.push(("an open plan", 0.75));
            }
        }
        (Some(a), None) => {
            if track.phase == Phase::Done && a.from > track.newest {
                return Err("later than what was held");
            }
            if track.plan_open && a.to >= track.opened {
                grounds.push(("an open plan", 0.75));
            } else if a.to < track.opened && track.phase == Phase::Plan {
                return Err("before it was planned");
            }
        }
        (None, None) => {
            if m.phase != track.phase && track.phase == Phase::Done && m.phase == Phase::Plan {
                return Err("a plan told after it was held");
            }
            if m.phase == Phase::Plan && track.phase == Phase::Plan {
                grounds.push(("an open plan", 0.75));
            }
        }
    }
    Ok(())
}

fn content(m: &Portrait, track: &Features, grounds: &mut Vec<Ground>) -> Step {
    let best = track.words.iter().map(|words| coverage(&m.words, words)).fold(0.0, f64::max);
    let dated = m.days.is_some() && track.days.is_some();
    if m.class.is_engagement() {
        grounds.push(("like words", 0.75 * best));
    } else {
        grounds.push(("like words", 3.0 * best));
        if best == 0.0 && !m.words.is_empty() && !(dated && m.class == Class::Accord) {
            grounds.push(("no word in common", -1.0));
        }
    }
    Ok(())
}

/// Words in common as a share of the shorter of two lists, held down where both are short.
fn coverage(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let shared = a.intersection(b).count() as f64;
    if shared == 0.0 { 0.0 } else { shared / (a.len().min(b.len()) as f64 + 1.0) }
}
