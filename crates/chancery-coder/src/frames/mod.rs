//! From propositions to event mentions: frames bind roles and name type and form.

mod features;
mod learned;
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
use crate::softmax::Softmax;
use crate::sources::Attributions;
use learned::Verdict;

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
    pub attributions: &'a Attributions,
    /// The learned model of acts; `None` to go by frames alone.
    pub acts: Option<&'a Softmax>,
}

pub use features::of as features;

/// The frame that a proposition fits.
#[must_use]
pub fn frame_of<'a>(input: &Input<'a>, proposition: &Proposition) -> Option<&'a Frame> {
    matching::best(input, proposition).map(|hit| hit.frame)
}

/// Finds the event mentions of a report, in text order of their predicates.
#[must_use]
pub fn find(input: &Input<'_>, times: &Times) -> Vec<EventMention> {
    let by_predicate = predicates(input);
    let mut hits = Vec::new();
    // What a pattern took as its own object: by token, the hit and its form.
    let mut taken: Vec<Option<(usize, Form)>> = vec![None; input.doc.tokens().len()];
    for (index, proposition) in input.propositions.iter().enumerate() {
        let hit = matching::best(input, proposition);
        let verdict = learned::verdict(input, proposition, hit.as_ref().map(|h| h.frame));
        let hit = match (hit, verdict) {
            (_, Verdict::Drop) => continue,
            (Some(hit), Verdict::Keep) => hit,
            (hit, Verdict::Take(plover, form)) => {
                let filled = hit.map(|h| h.filled).unwrap_or_default();
                let Some(frame) = input.frames.typical(plover, form) else { continue };
                Hit { frame, filled }
            }
            (None, Verdict::Keep) => continue,
        };
        for &token in hit.filled.iter().filter(|&&t| t != proposition.predicate) {
            taken[token] = Some((hits.len(), hit.frame.form));
        }
        hits.push((hit.frame, mention(input, times, &by_predicate, index, hit.frame)));
    }
    let salient = salient(input);
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
        borrow(input, &by_predicate, &mut mention);
        host_of_place(input, &mut mention);
        infer_second_party(input, &salient, &mut mention);
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

/// A gathering or talk told by a bare noun has the actors that are told with it.
fn borrow(input: &Input<'_>, by_predicate: &[Option<usize>], mention: &mut EventMention) {
    let gathering = matches!(
        mention.form,
        Form::Meeting
            | Form::Call
            | Form::Talks
            | Form::Summit
            | Form::Visit
            | Form::Signing
            | Form::Agreement
    );
    if !mention.nominal || !gathering || !mention.participants.is_empty() {
        return;
    }
    for (actor, tokens) in roles::around(input, by_predicate, mention.predicate) {
        mention.participants.push(Bound { role: Role::Agent, actor, tokens, inferred: Some("party.around") });
    }
}

/// The guest's host is the state where the place lies, if the words name no other.
fn host_of_place(input: &Input<'_>, mention: &mut EventMention) {
    let hosted = matches!(mention.form, Form::Visit | Form::Summit | Form::Conference);
    if !hosted || mention.participants.is_empty() || mention.participants.iter().any(|b| b.role == Role::Host)
    {
        return;
    }
    let Some(place) = mention.place.map(|p| &input.mentions.places[p]) else { return };
    let Some(actor) = place.country.as_ref().and_then(|c| roles::state(input, c)) else { return };
    if mention.participants.iter().all(|b| b.actor != actor) {
        mention.participants.push(Bound {
            role: Role::Host,
            actor,
            tokens: place.tokens.clone(),
            inferred: Some("host.place"),
        });
    }
}

/// Acts have two parties. Where the frame bound but one side, the other is sought in the clause, then in the
/// sentence (nearest to the predicate), then among the sides that the whole report is about.
fn infer_second_party(input: &Input<'_>, salient: &[(String, usize)], mention: &mut EventMention) {
    let side = |a: usize| input.mentions.actors[a].side.as_deref();
    let mut own: Vec<&str> = mention.participants.iter().filter_map(|b| side(b.actor)).collect();
    own.sort_unstable();
    own.dedup();
    if mention.participants.is_empty() || own.len() > 1 {
        return;
    }
    let Some(role) = second_role(mention) else { return };
    if mention.participants.iter().any(|b| b.role == role) {
        return;
    }
    let fits = |m: &&crate::mentions::ActorMention| {
        let actor = &input.mentions.actors[m.actor];
        actor.members.is_empty()
            && !actor.anonymous
            && actor.kind != crate::mentions::ActorKind::Media
            && actor.side.as_deref().is_some_and(|s| !own.contains(&s))
    };
    let within = |range: Range<usize>| {
        input
            .mentions
            .actor_mentions
            .iter()
            .filter(|m| range.contains(&m.head))
            .filter(fits)
            .min_by_key(|m| m.head.abs_diff(mention.predicate))
            .map(|m| (m.actor, m.tokens.clone()))
    };
    let sentence = input.doc.sentences()[input.doc.sentence_of(mention.predicate)].clone();
    let about = || {
        let (other, actor) = salient.iter().find(|(s, _)| !own.contains(&s.as_str()))?;
        let known = salient.iter().take(2).any(|(s, _)| own.contains(&s.as_str()) || s == other);
        known.then(|| (*actor, mention.predicate..mention.predicate + 1))
    };
    let found = within(mention.span.clone())
        .map(|f| (f, "party.clause"))
        .or_else(|| within(sentence).map(|f| (f, "party.sentence")))
        .or_else(|| about().map(|f| (f, "party.report")));
    if let Some(((actor, tokens), rule)) = found {
        mention.participants.push(Bound { role, actor, tokens, inferred: Some(rule) });
    }
}

/// The role that a second party has in an act of this form; `None` where acts are of one party.
fn second_role(mention: &EventMention) -> Option<Role> {
    let agent = mention.participants.iter().any(|b| b.role == Role::Agent);
    if !agent {
        return Some(Role::Agent);
    }
    Some(match mention.form {
        Form::Statement => match mention.plover {
            PloverType::Accuse | PloverType::Threaten => Role::Target,
            PloverType::Support => Role::Beneficiary,
            _ => Role::Counterpart,
        },
        Form::Accusation
        | Form::Attack
        | Form::Protest
        | Form::Expulsion
        | Form::Recall
        | Form::Withdrawal
        | Form::Deployment => Role::Target,
        Form::Sanction if mention.plover == PloverType::Concede => Role::Beneficiary,
        Form::Sanction => Role::Target,
        Form::Appeal | Form::Promise | Form::Offer | Form::Invitation | Form::Trade => Role::Counterpart,
        Form::Meeting | Form::Call | Form::Talks | Form::Agreement | Form::Signing => Role::Counterpart,
        Form::Aid => Role::Beneficiary,
        Form::Visit => Role::Host,
        Form::Other => match mention.plover {
            PloverType::Concede => Role::Beneficiary,
            PloverType::Sanction | PloverType::Coerce | PloverType::Assault => Role::Target,
            PloverType::Support | PloverType::Cooperate | PloverType::Consult | PloverType::Reject => {
                Role::Counterpart
            }
            _ => return None,
        },
        _ => return None,
    })
}

/// The sides that a report speaks of, most often named first, each with its state or first actor.
fn salient(input: &Input<'_>) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize, usize)> = Vec::new();
    for mention in &input.mentions.actor_mentions {
        let actor = &input.mentions.actors[mention.actor];
        let Some(side) = actor.side.as_ref().filter(|_| actor.members.is_empty()) else { continue };
        let state = actor.kind == crate::mentions::ActorKind::State;
        match counts.iter_mut().find(|(s, _, _)| s == side) {
            Some((_, n, representative)) => {
                *n += 1;
                if state && input.mentions.actors[*representative].kind != crate::mentions::ActorKind::State {
                    *representative = mention.actor;
                }
            }
            None => counts.push((side.clone(), 1, mention.actor)),
        }
    }
    counts.sort_by_key(|(_, n, _)| std::cmp::Reverse(*n));
    counts.into_iter().map(|(s, _, a)| (s, a)).collect()
}

/// An event needs a political actor; a noun that needs one of its own must have it.
fn keep(input: &Input<'_>, frame: &Frame, mention: &EventMention) -> bool {
    let sided = |b: &&Bound| {
        let actor = &input.mentions.actors[b.actor];
        actor.side.is_some() || actor.id.is_some()
    };
    let political = mention.participants.iter().any(|b| sided(&b));
    let own = mention
        .participants
        .iter()
        .filter(sided)
        .any(|b| !b.inferred.is_some_and(|r| r.starts_with("party")));
    if mention.nominal {
        if frame.needs_actor { own } else { political || mention.definite }
    } else {
        political
    }
}

/// The words that a pattern's bracket took.
pub(crate) struct Hit<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) filled: Vec<usize>,
}
