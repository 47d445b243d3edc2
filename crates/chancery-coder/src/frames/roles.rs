//! Who stands in which role: the frame's slots looked up among the proposition's arguments.

use chancery_syntax::{Dep, Document, Pos};

use super::{Bound, Input};
use crate::coding::{Form, Role};
use crate::knowledge::frames::{Binding, Slot};
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
        if let Some(mention) = input.mentions.actor_headed(head) {
            let members = &input.mentions.actors[mention.actor].members;
            if members.is_empty() {
                out.push((mention.actor, mention.tokens.clone()));
            } else {
                out.extend(members.iter().map(|&m| (m, mention.tokens.clone())));
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

/// The actor of the report that is this state.
fn state(input: &Input<'_>, code: &str) -> Option<usize> {
    input.mentions.actors.iter().position(|a| {
        a.kind == crate::mentions::ActorKind::State && a.side.as_deref() == Some(code) && a.members.is_empty()
    })
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
