//! Who stands in which role: the frame's slots looked up among the proposition's arguments.

use chancery_syntax::{Dep, Document, Pos};

use super::{Bound, Input};
use crate::coding::{Form, Role};
use crate::knowledge::frames::{Binding, Slot};
use crate::mentions::{ActorKind, ActorMention, Manner};
use crate::propositions::{self, Proposition};

/// Binds the roles of a frame. A word that names no actor gives the actors that it belongs to: in
/// "halted Russian gas deliveries" the object gives Russia.
pub(crate) fn bind(
    input: &Input<'_>,
    by_predicate: &[Option<usize>],
    proposition: &Proposition,
    binding: &Binding,
) -> Vec<Bound> {
    let mut out: Vec<Bound> = Vec::new();
    for (role, slots) in binding {
        let many = matches!(role, Role::Agent | Role::Counterpart | Role::Attendee);
        let before = out.len();
        for slot in slots {
            if out.len() > before && !(many && *role == Role::Agent && matches!(slot, Slot::Prep(_))) {
                break;
            }
            for token in fillers(input, by_predicate, proposition, slot) {
                for (actor, tokens) in actors(input, token, *role) {
                    if !out.iter().any(|b| b.actor == actor) {
                        out.push(Bound { role: *role, actor, tokens, inferred: None });
                    }
                }
            }
        }
    }
    out
}

/// Head tokens that stand in a slot of the proposition, or of the noun that is its object.
fn fillers(input: &Input<'_>, by_predicate: &[Option<usize>], p: &Proposition, slot: &Slot) -> Vec<usize> {
    use propositions::Role as G;
    let role = match slot {
        Slot::Subject => G::Subject,
        Slot::Object => G::Object,
        Slot::Recipient => G::Recipient,
        Slot::Possessor => G::Possessor,
        Slot::Compound => G::Compound,
        Slot::Predicative => G::Predicative,
        Slot::Prep(prep) => G::Prep(prep.clone()),
        Slot::ClauseSubject | Slot::ClauseObject => {
            let inner = if *slot == Slot::ClauseSubject { G::Subject } else { G::Object };
            let clauses = p.role(&G::Clause).filter_map(|t| by_predicate[t]);
            return clauses.flat_map(|c| input.propositions[c].role(&inner).collect::<Vec<_>>()).collect();
        }
    };
    p.role(&role).collect()
}

/// The actors that a noun phrase names, with the words that name them.
pub(crate) fn actors(input: &Input<'_>, token: usize, role: Role) -> Vec<(usize, std::ops::Range<usize>)> {
    let mut out = Vec::new();
    for head in conjuncts(input.doc, token) {
        let named = input.doc.children_by(head, Dep::Appos).find_map(|a| named(input, a));
        let own = input.mentions.actor_headed(head);
        // "His Russian counterpart, Sergey Lavrov": the name says more than the description.
        if let Some(mention) = named.filter(|n| own.is_none_or(|o| says_more(input, n, o))) {
            out.push((mention.actor, mention.tokens.clone()));
        } else if let Some(mention) = own {
            let members = &input.mentions.actors[mention.actor].members;
            if members.is_empty() {
                out.push((mention.actor, mention.tokens.clone()));
            } else {
                out.extend(
                    input.mentions.singles(mention.actor).into_iter().map(|m| (m, mention.tokens.clone())),
                );
            }
        } else if let Some(place) = input.mentions.place_headed(head)
            && let Some(country) = &place.country
            && let Some(actor) = state(input, country)
        {
            out.push((actor, place.tokens.clone()));
        } else if role != Role::Agent || input.doc.pos(head) == Pos::Noun {
            out.extend(owners(input, head));
        }
    }
    out.dedup_by_key(|(actor, _)| *actor);
    out
}

/// The actor mention that a phrase in apposition names.
fn named<'a>(input: &'a Input<'_>, token: usize) -> Option<&'a ActorMention> {
    input.mentions.actor_headed(token).filter(|m| m.manner == Manner::Name)
}

/// A name in apposition to a description of a person, office or group.
fn says_more(input: &Input<'_>, name: &ActorMention, description: &ActorMention) -> bool {
    let kind = |m: &ActorMention| input.mentions.actors[m.actor].kind;
    name.actor != description.actor
        && description.manner == Manner::Description
        && matches!(kind(name), ActorKind::Person | ActorKind::Organisation | ActorKind::ArmedGroup)
        && matches!(
            kind(description),
            ActorKind::Office | ActorKind::Group | ActorKind::Person | ActorKind::State
        )
}

/// The actors that stand around a noun that has none of its own: in its relative clause, or as arguments of the
/// verb that it hangs on.
pub(crate) fn around(
    input: &Input<'_>,
    by_predicate: &[Option<usize>],
    noun: usize,
) -> Vec<(usize, std::ops::Range<usize>)> {
    let doc = input.doc;
    let clause = doc.children_by(noun, Dep::Relcl).next();
    let governor = doc.ancestors(noun).find_map(|t| by_predicate[t]);
    let Some(p) = clause.and_then(|c| by_predicate[c]).or(governor) else { return Vec::new() };
    let mut out = Vec::new();
    for argument in &input.propositions[p].arguments {
        if argument.head != noun && !matches!(argument.role, propositions::Role::Clause) {
            out.extend(actors(input, argument.head, Role::Agent));
        }
    }
    out.dedup_by_key(|(actor, _)| *actor);
    out
}

/// The actor of the report that is this state.
pub(crate) fn state(input: &Input<'_>, code: &str) -> Option<usize> {
    input
        .mentions
        .actors
        .iter()
        .position(|a| a.kind == ActorKind::State && a.side.as_deref() == Some(code) && a.members.is_empty())
}

/// Actors to whom a thing belongs: by possessive, adjective, compound or "of".
fn owners(input: &Input<'_>, head: usize) -> Vec<(usize, std::ops::Range<usize>)> {
    let doc = input.doc;
    let mut out = Vec::new();
    for &child in doc.children(head) {
        match doc.dep(child) {
            Dep::Poss | Dep::Amod | Dep::Compound | Dep::Nmod => {
                if let Some(m) = input.mentions.actor_headed(child) {
                    out.push((m.actor, m.tokens.clone()));
                }
            }
            Dep::Prep if matches!(doc.lemma(child), "of" | "from" | "in" | "to" | "with" | "by") => {
                for object in doc.children_by(child, Dep::Pobj) {
                    for head in conjuncts(doc, object) {
                        if let Some(m) = input.mentions.actor_headed(head) {
                            out.push((m.actor, m.tokens.clone()));
                        }
                    }
                }
            }
            _ => {}
        }
    }
    out
}

/// A token and those coordinated with it.
pub(crate) fn conjuncts(doc: &Document, token: usize) -> Vec<usize> {
    let mut out = vec![token];
    let mut at = 0;
    while at < out.len() {
        out.extend(doc.children_by(out[at], Dep::Conj));
        at += 1;
    }
    out
}

/// The place of the act: the object of a locative preposition; of a visit, where it goes.
pub(crate) fn place(
    input: &Input<'_>,
    _by_predicate: &[Option<usize>],
    p: &Proposition,
    form: Form,
) -> Option<usize> {
    let going = matches!(form, Form::Visit | Form::Deployment | Form::Attack);
    let preps: &[&str] = if going {
        &[
            "in", "to", "at", "into", "on", "near", "towards", "toward", "around", "outside", "off", "for",
            "over", "inside", "across", "against",
        ]
    } else {
        &["in", "at", "on", "near", "around", "outside", "off", "inside", "across", "from"]
    };
    let place_at = |token: usize| {
        conjuncts(input.doc, token)
            .into_iter()
            .find_map(|t| input.mentions.places.iter().position(|m| m.head == t))
    };
    for prep in preps {
        let role = propositions::Role::Prep((*prep).to_owned());
        if let Some(place) = p.role(&role).find_map(place_at) {
            return Some(place);
        }
    }
    if going {
        return p.role(&propositions::Role::Object).find_map(place_at);
    }
    None
}
