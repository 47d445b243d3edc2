//! From propositions to event mentions: frames bind roles and name type and form.

mod matching;
mod roles;
mod when;

use std::ops::Range;

use chancery_syntax::{Dep, Document};
use chancery_time::Timex;

use crate::coding::{Form, PloverType, Role, Status};
use crate::knowledge::frames::{Frame, Frames, HeadKind};
use crate::mentions::Mentions;
use crate::propositions::{PredicateKind, Proposition};

pub use when::Times;

/// An actor in a role of an event mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    pub role: Role,
    /// Index into [`Mentions::actors`].
    pub actor: usize,
    /// The words that name it here.
    pub tokens: Range<usize>,
    /// Not bound by the frame but taken from the words around it; the rule that did so.
    pub inferred: Option<&'static str>,
}

/// Words of the report that tell of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventMention {
    pub frame: String,
    pub plover: PloverType,
    pub form: Form,
    /// The status that the frame's own words bring.
    pub frame_status: Option<Status>,
    pub participants: Vec<Bound>,
    /// Index into [`Mentions::places`].
    pub place: Option<usize>,
    /// Index into the report's time expressions.
    pub time: Option<usize>,
    /// Index of the proposition.
    pub proposition: usize,
    pub predicate: usize,
    /// Told by a noun.
    pub nominal: bool,
    /// The noun points back or to what is known: "the visit", "their talks".
    pub definite: bool,
    /// Tokens of the clause or phrase that tells it.
    pub span: Range<usize>,
}

/// What the frames read.
pub struct Input<'a> {
    pub doc: &'a Document,
    pub mentions: &'a Mentions,
    pub propositions: &'a [Proposition],
    pub timexes: &'a [Timex],
    pub frames: &'a Frames,
}

/// Finds the event mentions of a report, in text order of their predicates.
#[must_use]
pub fn find(input: &Input<'_>, times: &Times) -> Vec<EventMention> {
    let by_predicate = predicates(input);
    let mut hits = Vec::new();
    // What a pattern took as its own object: by token, the hit and its form.
    let mut taken: Vec<Option<(usize, Form)>> = vec![None; input.doc.tokens().len()];
    for (index, proposition) in input.propositions.iter().enumerate() {
        let Some(hit) = matching::best(input, proposition) else { continue };
        for &token in hit.filled.iter().filter(|&&t| t != proposition.predicate) {
            taken[token] = Some((hits.len(), hit.frame.form));
        }
        hits.push((hit.frame, mention(input, times, &by_predicate, index, hit.frame)));
    }
    let mut absorbed = vec![false; hits.len()];
    for at in 0..hits.len() {
        if let Some((verb, form)) = taken[hits[at].1.predicate]
            && form == hits[at].1.form
            && verb != at
            && !absorbed[verb]
        {
            absorbed[at] = true;
            let noun = hits[at].1.clone();
            absorb(&mut hits[verb].1, noun);
        }
    }
    let mut out = Vec::new();
    for ((frame, mut mention), absorbed) in hits.into_iter().zip(absorbed) {
        if absorbed {
            continue;
        }
        infer_second_party(input, &mut mention);
        if keep(input, frame, &mention) {
            out.push(mention);
        }
    }
    out
}

/// For each token the proposition that it is the predicate of.
pub(crate) fn predicates(input: &Input<'_>) -> Vec<Option<usize>> {
    let mut out = vec![None; input.doc.tokens().len()];
    for (index, proposition) in input.propositions.iter().enumerate() {
        out[proposition.predicate] = Some(index);
        if let Some(light) = proposition.light {
            out[light].get_or_insert(index);
        }
    }
    out
}

fn mention(
    input: &Input<'_>,
    times: &Times,
    by_predicate: &[Option<usize>],
    index: usize,
    frame: &Frame,
) -> EventMention {
    let proposition = &input.propositions[index];
    let nominal = head_kind(proposition.kind) == HeadKind::Noun;
    let binding = if nominal { &frame.noun_roles } else { &frame.verb_roles };
    let participants = roles::bind(input, by_predicate, proposition, binding);
    EventMention {
        frame: frame.id.clone(),
        plover: frame.plover,
        form: frame.form,
        frame_status: frame.status,
        place: roles::place(input, by_predicate, proposition, frame.form),
        time: times.of(index),
        proposition: index,
        predicate: proposition.predicate,
        nominal,
        definite: nominal && definite(input.doc, proposition.predicate),
        span: proposition.span.clone(),
        participants,
    }
}

pub(crate) fn head_kind(kind: PredicateKind) -> HeadKind {
    match kind {
        PredicateKind::Verb => HeadKind::Verb,
        PredicateKind::Noun | PredicateKind::LightVerb => HeadKind::Noun,
        PredicateKind::Adjective => HeadKind::Adjective,
    }
}

/// "the", "this", "that" or a possessive stands before the noun.
fn definite(doc: &Document, noun: usize) -> bool {
    doc.children(noun).iter().any(|&c| match doc.dep(c) {
        Dep::Det => matches!(doc.lemma(c), "the" | "this" | "that" | "these" | "those" | "both"),
        Dep::Poss => true,
        _ => false,
    })
}

/// A verb's own object is the same event: "imposed sanctions on Russia". Its roles fill the verb's gaps.
fn absorb(event: &mut EventMention, noun: EventMention) {
    for bound in noun.participants {
        if !event.participants.iter().any(|b| b.actor == bound.actor) {
            event.participants.push(bound);
        }
    }
    event.place = event.place.or(noun.place);
    event.time = event.time.or(noun.time);
}

/// Acts have two parties. Where the frame bound but one, the other is sought in the clause: an actor of
/// another side, nearest to the predicate.
fn infer_second_party(input: &Input<'_>, mention: &mut EventMention) {
    let sides: Vec<_> =
        mention.participants.iter().filter_map(|b| input.mentions.actors[b.actor].side.as_deref()).collect();
    let distinct = {
        let mut s = sides.clone();
        s.sort_unstable();
        s.dedup();
        s.len()
    };
    if mention.participants.is_empty() || distinct > 1 {
        return;
    }
    let has = |role| mention.participants.iter().any(|b| b.role == role);
    let role = match mention.form {
        Form::Statement => match mention.plover {
            PloverType::Accuse | PloverType::Threaten => Role::Target,
            PloverType::Support => Role::Beneficiary,
            _ => Role::Counterpart,
        },
        Form::Accusation | Form::Sanction | Form::Attack | Form::Protest => Role::Target,
        Form::Appeal | Form::Promise | Form::Offer | Form::Invitation => Role::Counterpart,
        Form::Aid => Role::Beneficiary,
        _ => return,
    };
    if has(role) {
        return;
    }
    let found = input
        .mentions
        .actor_mentions
        .iter()
        .filter(|m| mention.span.contains(&m.head))
        .filter(|m| {
            let actor = &input.mentions.actors[m.actor];
            actor.side.is_some()
                && !actor.anonymous
                && !sides.contains(&actor.side.as_deref().unwrap_or_default())
        })
        .min_by_key(|m| m.head.abs_diff(mention.predicate));
    if let Some(m) = found {
        mention.participants.push(Bound {
            role,
            actor: m.actor,
            tokens: m.tokens.clone(),
            inferred: Some("party.clause"),
        });
    }
}

/// An event needs a political actor; a noun that needs one of its own must have it.
fn keep(input: &Input<'_>, frame: &Frame, mention: &EventMention) -> bool {
    let actors = mention.participants.iter().map(|b| &input.mentions.actors[b.actor]);
    let political = actors.filter(|a| a.side.is_some() || a.id.is_some()).count();
    if mention.nominal {
        if frame.needs_actor { political > 0 } else { political > 0 || mention.definite }
    } else {
        political > 0
    }
}

/// The words that a pattern's bracket took.
pub(crate) struct Hit<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) filled: Vec<usize>,
}
