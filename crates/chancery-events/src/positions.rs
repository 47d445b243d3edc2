//! Where each side stands on an event: on record for it as its status now tells it, against it, or silent.

use std::collections::{BTreeMap, BTreeSet};

use chancery_coder::{Claim, ClaimStatus, Form, Participant, Role, SourceKind, Status};
use jiff::civil::Date;

use crate::event::{Position, Stance};
use crate::life::{Telling, is_official, sides_concerned, sides_shown};
use crate::names::{Name, folded_words};
use crate::portrait::{Class, Phase};

/// What a claim says, as far as positions go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    /// For the plan or its fulfilment, with how settled it tells it to be.
    For(u8),
    PutOff,
    Off,
    Denies,
    Silent,
}

fn word(status: ClaimStatus) -> Word {
    match status {
        ClaimStatus::Held | ClaimStatus::Underway | ClaimStatus::Scheduled | ClaimStatus::Confirmed => {
            Word::For(3)
        }
        ClaimStatus::Expected => Word::For(2),
        ClaimStatus::Conditional | ClaimStatus::Proposed => Word::For(1),
        ClaimStatus::Rumoured => Word::For(0),
        ClaimStatus::Postponed => Word::PutOff,
        ClaimStatus::Cancelled | ClaimStatus::RuledOut | ClaimStatus::NotHeld => Word::Off,
        ClaimStatus::Denied => Word::Denies,
        ClaimStatus::NoWord => Word::Silent,
    }
}

/// How settled a claim must tell the plan to be, to count as being on record for it.
fn needed(status: Status) -> u8 {
    match status {
        Status::Proposed | Status::Conditional | Status::Underway => 1,
        Status::Expected | Status::Held => 2,
        Status::Rumoured | Status::Scheduled => 3,
        Status::Postponed | Status::Cancelled | Status::RuledOut | Status::NotHeld => 0,
    }
}

/// The positions of the sides, for an event whose status is `status` as told by `tellings`, in the order of the walk.
pub(crate) fn positions(
    status: Status,
    form: Form,
    tellings: &[Telling<'_>],
    participants: &[Participant],
    received: &BTreeSet<String>,
) -> Vec<Position> {
    let concerned: BTreeSet<&str> = participants.iter().filter_map(|p| p.side.as_deref()).collect();
    let mut on_record: BTreeMap<String, Position> = BTreeMap::new();
    let mut denials: BTreeMap<String, Position> = BTreeMap::new();
    let mut silent: BTreeMap<String, Position> = BTreeMap::new();
    let mut announced: Option<Date> = None;
    for (i, telling) in tellings.iter().enumerate() {
        let newest = i + 1 == tellings.len();
        // Of one report's words, those against come before those for: an official who will travel and an
        // authority that won't let him land leave their side on record for it.
        let against = |c: &&Claim| {
            matches!(word(c.status), Word::Off | Word::Denies | Word::PutOff)
                && !counts(word(c.status), status)
        };
        let official =
            || telling.event.claims.iter().filter(|c| is_official(c) || c.status == ClaimStatus::NoWord);
        for claim in official().filter(against).chain(official().filter(|c| !against(c))) {
            for side in sides_of(claim.side.as_deref(), claim.source.as_deref(), telling) {
                let said = claim.said.unwrap_or(telling.published);
                let at = |stance, of| Position {
                    side: side.clone(),
                    stance,
                    status: of,
                    since: said,
                    source: claim.source.clone(),
                    report: telling.report.to_owned(),
                    quote: Some(claim.quote.clone()),
                };
                let word = word(claim.status);
                let heard = word == Word::For(3) || concerned.contains(side.as_str());
                if counts(word, status) && heard {
                    let confirms = claim.status == ClaimStatus::Confirmed
                        || announced.is_some() && !on_record.contains_key(&side);
                    let stance = if confirms { Stance::Confirmed } else { Stance::Announced };
                    announced.get_or_insert(said);
                    denials.remove(&side);
                    on_record.entry(side.clone()).or_insert_with(|| at(stance, Some(claim.status)));
                    continue;
                }
                match word {
                    // Its own later word withdraws the earlier.
                    Word::Off | Word::Denies | Word::PutOff if Phase::of(status) != Phase::Dead => {
                        on_record.remove(&side);
                        if word == Word::Denies {
                            denials.insert(side.clone(), at(Stance::Denied, Some(claim.status)));
                        }
                    }
                    Word::Denies => {
                        denials.insert(side.clone(), at(Stance::Denied, Some(claim.status)));
                    }
                    Word::Silent if newest => {
                        silent.entry(side.clone()).or_insert_with(|| at(Stance::NoWord, None));
                    }
                    Word::Silent | Word::Off | Word::PutOff | Word::For(_) => {}
                }
            }
        }
        for side in doers(status, telling) {
            on_record.entry(side.clone()).or_insert_with(|| shown(side, status, telling));
        }
        if status == Status::Held && telling.event.status == Status::Held {
            for side in sides_shown(telling.event) {
                on_record.entry(side.clone()).or_insert_with(|| shown(side, status, telling));
            }
        }
    }
    if let Some(last) = tellings.last().filter(|_| status == Status::Held && Class::of(form) == Class::Visit)
    {
        let hosts = participants
            .iter()
            .filter(|p| matches!(p.role, Role::Host | Role::Agent))
            .filter_map(|p| p.side.as_deref());
        for side in hosts.filter(|s| received.contains(*s)) {
            on_record.entry(side.to_owned()).or_insert_with(|| shown(side.to_owned(), status, last));
        }
    }
    let mut out: Vec<Position> = Vec::new();
    for (side, position) in denials {
        if !on_record.contains_key(&side) {
            out.push(position);
        }
    }
    for (side, position) in silent {
        if !on_record.contains_key(&side) && concerned.contains(side.as_str()) {
            out.push(position);
        }
    }
    out.extend(on_record.into_values());
    out.sort_by(|a, b| (a.since, &a.side).cmp(&(b.since, &b.side)));
    out
}

fn counts(word: Word, status: Status) -> bool {
    match status {
        Status::Postponed => word == Word::PutOff,
        Status::Cancelled | Status::RuledOut | Status::NotHeld => word == Word::Off,
        Status::Held
        | Status::Underway
        | Status::Scheduled
        | Status::Expected
        | Status::Conditional
        | Status::Proposed
        | Status::Rumoured => matches!(word, Word::For(level) if level >= needed(status)),
    }
}

fn shown(side: String, status: Status, telling: &Telling<'_>) -> Position {
    Position {
        side,
        stance: Stance::Confirmed,
        status: Some(ClaimStatus::from(status)),
        since: telling.published,
        source: None,
        report: telling.report.to_owned(),
        quote: None,
    }
}

/// The sides for which a claim speaks. "Both capitals" has no code of its own: where the source names
/// participants, it speaks for theirs.
fn sides_of(side: Option<&str>, source: Option<&str>, telling: &Telling<'_>) -> Vec<String> {
    if let Some(side) = side {
        return vec![side.to_owned()];
    }
    let Some(source) = source else { return Vec::new() };
    let concerned = sides_concerned(telling.event);
    let named = |p: &&Participant| !p.name.is_empty() && source.contains(p.name.as_str());
    let sides: BTreeSet<&str> =
        telling.event.participants.iter().filter(named).filter_map(|p| p.side.as_deref()).collect();
    sides.into_iter().filter(|s| concerned.contains(s)).map(str::to_owned).collect()
}

/// The sides whose own doing the report itself tells: who calls off or puts off, and who carries out what only he can
/// (a measure, an expulsion, a pull-out), has said so by doing it.
fn doers(status: Status, telling: &Telling<'_>) -> BTreeSet<String> {
    let event = telling.event;
    if event.status != status {
        return BTreeSet::new();
    }
    let own = |c: &&Claim| c.kind == SourceKind::Unattributed && c.status == ClaimStatus::from(status);
    match status {
        Status::Cancelled | Status::Postponed => {
            let mut sides = BTreeSet::new();
            for claim in event.claims.iter().filter(own) {
                let words: Vec<String> = folded_words(&claim.quote).take(8).collect();
                let first = |p: &&Participant| {
                    Name::of(p)
                        .words
                        .iter()
                        .filter_map(|w| words.iter().position(|x| x == w))
                        .min()
                        .map(|at| (at, p.side.clone()))
                };
                let named = event
                    .participants
                    .iter()
                    .filter(|p| p.role != Role::Host)
                    .filter_map(|p| first(&p))
                    .min();
                sides.extend(named.and_then(|(_, side)| side));
            }
            sides
        }
        Status::Held | Status::Underway if event.claims.iter().any(|c| own(&c)) => {
            let by_doing = matches!(
                event.form,
                Form::Sanction
                    | Form::Expulsion
                    | Form::Recall
                    | Form::Withdrawal
                    | Form::Conference
                    | Form::Exercise
            );
            let agents = event.participants.iter().filter(|p| by_doing && p.role == Role::Agent);
            agents.filter_map(|p| p.side.clone()).collect()
        }
        Status::Held
        | Status::Underway
        | Status::Scheduled
        | Status::Expected
        | Status::Conditional
        | Status::Proposed
        | Status::Rumoured
        | Status::RuledOut
        | Status::NotHeld => BTreeSet::new(),
    }
}
