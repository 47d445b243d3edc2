//! From event mentions to the report's events: one event once, its fields sharpened by every mention,
//! parts tied to wholes.

mod claims;
mod dating;

mod parts;
mod scenes;
mod what;

pub use dating::date;
pub use scenes::date as date_by_scene;

use jiff::civil::Date;

use chancery_syntax::Document;
use chancery_time::Timex;

use crate::coding::{Event, EventTime, Form, Participant, Place, PloverType, Role, Status};
use crate::frames::EventMention;
use crate::mentions::Mentions;
use crate::sources::Attributions;

/// An event mention with its status folded and its day found.
#[derive(Clone, Debug)]
pub struct Told {
    pub mention: EventMention,
    pub status: Status,
    /// Ids of the rules that made the status.
    pub rules: Vec<String>,
    pub time: EventTime,
}

/// What merging reads.
pub struct Input<'a> {
    pub doc: &'a Document,
    pub mentions: &'a Mentions,
    pub timexes: &'a [Timex],
    pub attributions: &'a Attributions,
    pub published: Date,
}

/// Mentions that speak of one event.
struct Cluster {
    told: Vec<usize>,
    form: Form,
    plover: PloverType,
    /// Roles with actors, in the order in which they were bound.
    participants: Vec<(Role, usize, std::ops::Range<usize>)>,
    time: EventTime,
    place: Option<usize>,
    status: Status,
}

/// Merges the mentions, which are in text order, to events.
#[must_use]
pub fn events(input: &Input<'_>, told: &[Told]) -> Vec<Event> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for (index, one) in told.iter().enumerate() {
        match clusters.iter().rposition(|c| same(input, told, c, one)) {
            Some(at) => join(&mut clusters[at], index, one),
            None => {
                if !one.mention.participants.is_empty() {
                    clusters.push(open(index, one));
                }
            }
        }
    }
    let wholes = parts::tie(input, told, &mut clusters);
    let mut events: Vec<Event> =
        clusters.iter().enumerate().map(|(n, c)| event(input, told, c, n + 1)).collect();
    for (event, whole) in events.iter_mut().zip(wholes) {
        event.part_of = whole.map(|w| format!("e{}", w + 1));
        event.what = what::sentence(event);
    }
    events
}

fn open(index: usize, one: &Told) -> Cluster {
    Cluster {
        told: vec![index],
        form: one.mention.form,
        plover: one.mention.plover,
        participants: one.mention.participants.iter().map(|b| (b.role, b.actor, b.tokens.clone())).collect(),
        time: one.time.clone(),
        place: one.mention.place,
        status: one.status,
    }
}

/// Two mentions are one event if they are of one kind, share actors without contradiction, and their
/// times and places don't exclude each other. A definite noun without actors points to the last of its kind.
fn same(input: &Input<'_>, told: &[Told], cluster: &Cluster, one: &Told) -> bool {
    let m = &one.mention;
    if !kin(cluster.form, m.form) || (cluster.form == Form::Other && cluster.plover != m.plover) {
        return false;
    }
    if !dating::compatible(&cluster.time, &one.time) {
        return false;
    }
    if let (Some(a), Some(b)) = (cluster.place, m.place) {
        let (a, b) = (&input.mentions.places[a], &input.mentions.places[b]);
        if a.country.is_some() && b.country.is_some() && a.country != b.country {
            return false;
        }
    }
    if m.participants.is_empty() {
        return m.definite && m.nominal;
    }
    if !m.nominal
        && cluster.told.iter().any(|&t| !told[t].mention.nominal)
        && ahead(cluster.status) != ahead(one.status)
    {
        return false;
    }
    let gap = cluster
        .told
        .iter()
        .map(|&t| {
            input.doc.sentence_of(told[t].mention.predicate).abs_diff(input.doc.sentence_of(m.predicate))
        })
        .min()
        .unwrap_or(usize::MAX);
    // Utterances are many: only the same frame in the same sentence is one.
    if matches!(m.form, Form::Statement | Form::Appeal | Form::Accusation | Form::Other) {
        let near = gap == 0 && cluster.told.iter().any(|&t| told[t].mention.frame == m.frame);
        if !near && !m.nominal {
            return false;
        }
    }
    // What was only inferred is no evidence.
    let named: Vec<_> = m
        .participants
        .iter()
        .filter(|b| matches!(b.inferred, None | Some("party.clause" | "party.around" | "host.place")))
        .collect();
    let shared = named.iter().filter(|b| cluster.participants.iter().any(|(_, a, _)| *a == b.actor)).count();
    if shared >= 2 || (shared == named.len() && shared > 0 && (m.nominal || gap <= 2)) {
        return true;
    }
    let side = |a: usize| input.mentions.actors[a].side.as_deref();
    let sides: Vec<_> = cluster.participants.iter().filter_map(|(_, a, _)| side(*a)).collect();
    let theirs: Vec<_> = named.iter().filter_map(|b| side(b.actor)).collect();
    let contained = !theirs.is_empty() && theirs.iter().all(|s| sides.contains(s));
    let contains = !sides.is_empty() && sides.iter().all(|s| theirs.contains(s));
    (contained || contains) && (shared > 0 || (m.nominal && gap <= 4)) && !rivals(input, cluster, m)
}

/// What lies ahead cannot be what was.
fn ahead(status: Status) -> bool {
    matches!(
        status,
        Status::Scheduled | Status::Expected | Status::Conditional | Status::Proposed | Status::Postponed
    )
}

/// Both name a person of one side, and not the same.
fn rivals(input: &Input<'_>, cluster: &Cluster, m: &EventMention) -> bool {
    use crate::mentions::ActorKind::Person;
    m.participants.iter().any(|b| {
        let actor = &input.mentions.actors[b.actor];
        actor.kind == Person
            && !cluster.participants.iter().any(|(_, a, _)| *a == b.actor)
            && cluster.participants.iter().any(|(_, a, _)| {
                let other = &input.mentions.actors[*a];
                other.kind == Person && other.side == actor.side
            })
    })
}

/// Forms that may tell of one thing.
fn kin(a: Form, b: Form) -> bool {
    a == b
        || matches!(
            (a, b),
            (Form::Meeting, Form::Talks)
                | (Form::Talks, Form::Meeting)
                | (Form::Agreement, Form::Signing)
                | (Form::Signing, Form::Agreement)
        )
}

fn join(cluster: &mut Cluster, index: usize, one: &Told) {
    cluster.told.push(index);
    for bound in &one.mention.participants {
        if !cluster.participants.iter().any(|(_, a, _)| *a == bound.actor) {
            cluster.participants.push((bound.role, bound.actor, bound.tokens.clone()));
        }
    }
    cluster.time = dating::sharper(&cluster.time, &one.time);
    cluster.place = cluster.place.or(one.mention.place);
    if rank(one) > 0 && cluster.status == Status::Held && one.status != Status::Held {
        cluster.status = one.status;
    }
}

/// Nouns tell little of status; verbs tell it.
fn rank(one: &Told) -> usize {
    usize::from(!one.mention.nominal) + usize::from(!one.rules.is_empty())
}

fn event(input: &Input<'_>, told: &[Told], cluster: &Cluster, number: usize) -> Event {
    let participants = participants(input, cluster);
    let place = cluster.place.map_or_else(Place::default, |p| {
        let place = &input.mentions.places[p];
        Place {
            country: place.country.clone(),
            name: Some(place.name.clone()),
            span: Some(input.doc.bytes(place.tokens.clone())),
        }
    });
    let mut rules: Vec<String> = cluster.told.iter().map(|&t| told[t].mention.frame.clone()).collect();
    rules.dedup();
    Event {
        id: format!("e{number}"),
        plover: cluster.plover,
        form: cluster.form,
        what: String::new(),
        participants,
        place,
        time: cluster.time.clone(),
        status: cluster.status,
        part_of: None,
        claims: claims::of(input, told, &cluster.told),
        mentions: cluster.told.iter().map(|&t| input.doc.bytes(told[t].mention.span.clone())).collect(),
        rules,
    }
}

/// The participants as the record names them. A person says more than the state that he acts for, so
/// the bare state is left out where a person of it has the same role.
fn participants(input: &Input<'_>, cluster: &Cluster) -> Vec<Participant> {
    use crate::mentions::ActorKind::State;
    let actors = &input.mentions.actors;
    cluster
        .participants
        .iter()
        .filter(|(role, a, _)| {
            actors[*a].kind != State
                || !cluster.participants.iter().any(|(r, b, _)| {
                    r == role && b != a && actors[*b].kind != State && actors[*b].side == actors[*a].side
                })
        })
        .map(|(role, a, tokens)| {
            let actor = &actors[*a];
            Participant {
                name: actor.name.clone(),
                side: actor.side.clone(),
                role: *role,
                actor: actor.id.clone(),
                kind: Some(actor.kind.as_str().to_owned()),
                country: actor.country.clone(),
                span: Some(input.doc.bytes(tokens.clone())),
            }
        })
        .collect()
}
