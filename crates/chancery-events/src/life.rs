//! The life of an event: what its tellings, in their order, make of its fields, its status and the
//! sides' positions, as of a day.
//!
//! The caller hands over only the tellings that were published by the day; that is all of what "as of" means here,
//! beside the passing of the event's own date.

use std::collections::{BTreeMap, BTreeSet};

use chancery_coder::{
    Claim, ClaimStatus, Event, EventTime, Form, Participant, Place, Role, SourceKind, Status,
};
use jiff::civil::Date;

use crate::event::{Change, LifeStatus, RecordEvent, TimedClaim};
use crate::names::Name;
use crate::portrait::{Class, Phase};
use crate::positions::positions;
use crate::time::{Days, day};

/// One report's telling of the event.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    pub report: &'a str,
    pub published: Date,
    pub outlet: Option<&'a str>,
    pub witness: &'a str,
    pub event: &'a Event,
}

/// Folds the tellings of one event, in the order of the walk, into what they make known of it.
/// `None` where there are none. `part_of` is left to the caller, who knows the other events; `received` are the sides
/// that an event within this one shows to have taken part. Whether its date has passed in silence is asked
/// of the result, with [`RecordEvent::as_of`].
#[must_use]
pub fn life(id: &str, tellings: &[Telling<'_>], received: &BTreeSet<String>) -> Option<RecordEvent> {
    let first = tellings.first()?;
    let newest = tellings.last()?;
    let mut fold = Fold::default();
    for telling in tellings {
        fold.take(telling);
    }
    let status = fold.status.unwrap_or(newest.event.status);
    let participants = participants(tellings);
    let form = commonest(tellings, |e| e.form).unwrap_or(newest.event.form);
    let positions = positions(status, form, tellings, &participants, received);
    let witnesses: BTreeSet<&str> = tellings.iter().map(|t| t.witness).collect();
    let mut reports: Vec<String> = tellings.iter().map(|t| t.report.to_owned()).collect();
    reports.dedup();
    Some(RecordEvent {
        id: id.to_owned(),
        plover: commonest(tellings, |e| e.plover).unwrap_or(newest.event.plover),
        form,
        what: newest.event.what.clone(),
        participants,
        place: fold.place,
        time: fold.time,
        status: LifeStatus::Told(status),
        part_of: None,
        claims: claims(tellings),
        positions,
        history: fold.history,
        reports,
        witnesses: witnesses.len(),
        first_published: first.published,
        last_published: newest.published,
    })
}

/// The value that most tellings give, the newer of two equally common ones.
fn commonest<T: Ord + Copy>(tellings: &[Telling<'_>], of: impl Fn(&Event) -> T) -> Option<T> {
    let mut counts: BTreeMap<T, (usize, usize)> = BTreeMap::new();
    for (i, telling) in tellings.iter().enumerate() {
        let entry = counts.entry(of(telling.event)).or_default();
        *entry = (entry.0 + 1, i);
    }
    counts.into_iter().max_by_key(|(_, rank)| *rank).map(|(value, _)| value)
}

#[derive(Default)]
struct Fold {
    status: Option<Status>,
    /// Whether a side concerned stands behind the status with its official word.
    stands: bool,
    time: EventTime,
    place: Place,
    history: Vec<Change>,
}

impl Fold {
    fn take(&mut self, telling: &Telling<'_>) {
        self.take_status(telling);
        self.take_time(telling);
        self.take_place(telling);
    }

    fn note(&mut self, telling: &Telling<'_>, field: &str, from: Option<String>, to: Option<String>) {
        if from != to {
            self.history.push(Change {
                day: telling.published,
                report: telling.report.to_owned(),
                field: field.into(),
                from,
                to,
            });
        }
    }

    /// What a side concerned last said officially stands until that side, or events, contradict it.
    fn take_status(&mut self, telling: &Telling<'_>) {
        let told = telling.event.status;
        let concerned = sides_concerned(telling.event);
        let backed = officially(telling.event, &concerned, told);
        let takes = match self.status {
            None => true,
            Some(now) => match (Phase::of(now), Phase::of(told)) {
                (Phase::Done, Phase::Done) => now == Status::Underway,
                (Phase::Done, Phase::Plan) => false,
                (Phase::Done, Phase::Dead) => told == Status::NotHeld && backed,
                (Phase::Plan | Phase::Dead, Phase::Done) | (Phase::Plan, Phase::Dead) => true,
                (Phase::Dead, Phase::Dead) => true,
                (Phase::Dead, Phase::Plan) => backed || !self.stands || told != Status::Rumoured,
                (Phase::Plan, Phase::Plan) => {
                    rank(told) >= rank(now) || now == Status::Postponed || backed || !self.stands
                }
            },
        };
        if takes {
            let before = self.status.map(|s| s.as_str().to_owned());
            self.note(telling, "status", before, Some(told.as_str().to_owned()));
            self.stands = backed || self.stands && self.status == Some(told);
            self.status = Some(told);
        }
    }

    /// The newest time, unless an older one within it is sharper.
    fn take_time(&mut self, telling: &Telling<'_>) {
        let new = &telling.event.time;
        let phase = telling.event.status;
        let known = self.time.from.is_some() || self.time.to.is_some();
        if new.from.is_none() && new.to.is_none() {
            // A plan that is told on without a date, after its date has passed, has none any more.
            let passed = self.time.to.is_some_and(|to| to < telling.published);
            if known && passed && Phase::of(phase) == Phase::Plan && phase != Status::Postponed {
                self.note(telling, "time", self.interval(), None);
                self.time = EventTime::default();
            }
            return;
        }
        let bare = new.from.is_none() && new.to == Some(telling.published);
        if bare && known {
            return;
        }
        let old_days = self.days();
        let new_days = Days::told(new, phase, telling.published);
        let lasting = matches!(
            telling.event.form,
            Form::Visit | Form::Talks | Form::Exercise | Form::Conference | Form::Protest
        );
        let keeps = match (old_days, new_days) {
            (Some(old), Some(new_days)) if old.overlap(new_days) > 0 => {
                // A few days more are a longer stay, many are a vaguer word.
                let blurred = new_days.length() > old.length() + if lasting { 7 } else { 0 };
                let a_day_of_it = lasting
                    && old.length() <= 7
                    && new_days.length() == 1
                    && old.length() > 1
                    && phase == Status::Held;
                let open = new.to.is_none() && self.time.to.is_some();
                blurred || a_day_of_it || open
            }
            // A plan's newest time holds, even where it is earlier; of what was held a vaguer day is told of something else.
            (Some(old), Some(new_days)) => {
                phase == Status::Held && self.status == Some(Status::Held) && old.length() < new_days.length()
            }
            (Some(_), None) => true,
            (None, _) => false,
        };
        if !keeps {
            let (before, after) = (self.interval(), interval(new));
            if known {
                self.note(telling, "time", before, after);
            }
            self.time = new.clone();
        }
    }

    fn days(&self) -> Option<Days> {
        match (self.time.from, self.time.to) {
            (Some(from), Some(to)) => Some(Days { from: day(from), to: day(to) }),
            (Some(from), None) => Some(Days { from: day(from), to: day(from) + 31 }),
            _ => None,
        }
    }

    fn interval(&self) -> Option<String> {
        interval(&self.time)
    }

    fn take_place(&mut self, telling: &Telling<'_>) {
        let new = &telling.event.place;
        let sharper = new.name.is_some() || self.place.name.is_none() && new.country.is_some();
        if !sharper {
            return;
        }
        let country_only = |p: &Place| p.name.is_none();
        let moved =
            self.place.country.is_some() && new.country.is_some() && self.place.country != new.country;
        if moved {
            self.note(
                telling,
                "place",
                self.place.name.clone().or_else(|| self.place.country.clone()),
                new.name.clone().or_else(|| new.country.clone()),
            );
        }
        if moved || country_only(&self.place) || telling.event.status == Status::Held {
            let country = new.country.clone().or_else(|| self.place.country.clone());
            self.place = Place { country, ..new.clone() };
        }
    }
}

fn interval(time: &EventTime) -> Option<String> {
    let end = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
    (time.from.is_some() || time.to.is_some()).then(|| format!("{}..{}", end(time.from), end(time.to)))
}

/// How settled a plan is.
pub(crate) fn rank(status: Status) -> u8 {
    match status {
        Status::Rumoured => 0,
        Status::Proposed | Status::Conditional => 1,
        Status::Expected => 2,
        Status::Scheduled => 3,
        Status::Postponed
        | Status::Held
        | Status::Underway
        | Status::Cancelled
        | Status::RuledOut
        | Status::NotHeld => 4,
    }
}

/// The sides whose word counts: those that act, are acted upon, host or mediate.
pub(crate) fn sides_concerned(event: &Event) -> BTreeSet<&str> {
    event.participants.iter().filter(|p| p.role != Role::Attendee).filter_map(|p| p.side.as_deref()).collect()
}

/// Whether a side concerned itself says officially what the report tells as the event's status.
fn officially(event: &Event, concerned: &BTreeSet<&str>, told: Status) -> bool {
    event.claims.iter().any(|c| {
        is_official(c) && c.side.as_deref().is_some_and(|s| concerned.contains(s)) && agrees(c.status, told)
    })
}

fn agrees(claim: ClaimStatus, told: Status) -> bool {
    claim == ClaimStatus::from(told) || claim == ClaimStatus::Confirmed && Phase::of(told) != Phase::Dead
}

/// A side's own word: an official's, or a paper's in its name.
pub(crate) fn is_official(claim: &Claim) -> bool {
    matches!(claim.kind, SourceKind::Official | SourceKind::Document)
}

fn claims(tellings: &[Telling<'_>]) -> Vec<TimedClaim> {
    let mut claims: Vec<TimedClaim> = tellings
        .iter()
        .flat_map(|t| {
            t.event.claims.iter().map(|c| TimedClaim {
                source: c.source.clone(),
                kind: c.kind,
                side: c.side.clone(),
                status: c.status,
                quote: c.quote.clone(),
                span: c.span.clone(),
                said: c.said.unwrap_or(t.published),
                report: t.report.to_owned(),
                published: t.published,
                outlet: t.outlet.map(str::to_owned),
            })
        })
        .collect();
    claims.sort_by(|a, b| (a.said, a.published, &a.report).cmp(&(b.said, b.published, &b.report)));
    claims
}

/// Everybody who is told to take part, each under the fullest name, with the role that most reports give.
fn participants(tellings: &[Telling<'_>]) -> Vec<Participant> {
    struct Known {
        participant: Participant,
        name: Name,
        roles: BTreeMap<&'static str, (usize, Role)>,
        tellings: usize,
    }
    let mut known: Vec<Known> = Vec::new();
    for telling in tellings {
        for p in &telling.event.participants {
            let name = Name::of(p);
            let same = |k: &&mut Known| {
                k.participant.side == p.side
                    && (k.name.likeness(&name) >= 0.8 || !k.name.person && !name.person && p.side.is_some())
                    && (k.roles.contains_key(p.role.as_str()) || name.person)
            };
            if let Some(k) = known.iter_mut().find(same) {
                k.tellings += 1;
                k.roles.entry(p.role.as_str()).or_insert((0, p.role)).0 += 1;
                let fuller = name.words.len() > k.name.words.len() && name.person
                    || k.participant.actor.is_none() && p.actor.is_some();
                if fuller {
                    k.participant = Participant { role: k.participant.role, ..p.clone() };
                    k.name = name;
                }
            } else {
                let roles = BTreeMap::from([(p.role.as_str(), (1, p.role))]);
                known.push(Known { participant: p.clone(), name, roles, tellings: 1 });
            }
        }
    }
    for k in &mut known {
        if let Some((_, role)) =
            k.roles.values().max_by_key(|(count, role)| (*count, *role == k.participant.role))
        {
            k.participant.role = *role;
        }
    }
    // A state that stands for its leader in one report is not a second participant.
    let stands_for: Vec<bool> = known
        .iter()
        .map(|k| {
            !k.name.person
                && k.participant.side.is_some()
                && known.iter().any(|o| {
                    o.name.person
                        && o.participant.side == k.participant.side
                        && o.participant.role == k.participant.role
                })
        })
        .collect();
    let mut kept = stands_for.iter();
    known.retain(|_| !kept.next().copied().unwrap_or(false));
    known.into_iter().map(|k| k.participant).collect()
}

/// The sides that an event's being held shows to have taken part officially: who received, met, or signed.
#[must_use]
pub fn sides_shown(event: &Event) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    if event.status != Status::Held {
        return out;
    }
    let class = Class::of(event.form);
    for p in &event.participants {
        let person = Name::of(p).person;
        let takes_part = match p.role {
            Role::Agent | Role::Counterpart => true,
            Role::Mediator => class == Class::Accord,
            Role::Host | Role::Attendee | Role::Target | Role::Beneficiary => false,
        };
        let shows = match class {
            Class::Gathering | Class::Call => person,
            Class::Accord => event.form == Form::Signing || person,
            Class::Visit | Class::Utterance | Class::Economic | Class::Force | Class::Form(_) => false,
        };
        if takes_part && shows {
            out.extend(p.side.clone());
        }
    }
    out
}
