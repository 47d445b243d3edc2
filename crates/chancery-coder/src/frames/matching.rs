//! Which frame a proposition fits: patterns tried against its words, the most telling one wins.

use chancery_syntax::{Dep, Document};

use super::{Hit, Input, head_kind};
use crate::knowledge::frames::{Filler, HeadKind, Part, Pattern};
use crate::mentions::ActorKind;
use crate::propositions::{Proposition, Role};

/// The frame whose pattern asks for most among those that fit; the first in file order among equals.
/// A fallback frame only where no other fits.
pub(crate) fn best<'a>(input: &Input<'a>, proposition: &Proposition) -> Option<Hit<'a>> {
    let kind = head_kind(proposition.kind);
    let head = proposition.lemma.split(' ').next().unwrap_or_default();
    let mut best: Option<(bool, usize, Hit<'a>)> = None;
    for (frame, pattern) in input.frames.candidates(kind, head) {
        let Some(filled) = fits(input, proposition, pattern, kind) else { continue };
        let rank = (!frame.fallback, pattern.weight());
        if best.as_ref().is_none_or(|(own, weight, _)| rank > (*own, *weight)) {
            best = Some((rank.0, rank.1, Hit { frame, filled }));
        }
    }
    best.map(|(_, _, hit)| hit)
}

/// The tokens that the pattern's brackets take, if it fits.
fn fits(input: &Input<'_>, p: &Proposition, pattern: &Pattern, kind: HeadKind) -> Option<Vec<usize>> {
    let doc = input.doc;
    let mut filled = Vec::new();
    if let Some(filler) = &pattern.before {
        let role = if kind == HeadKind::Noun { Role::Compound } else { Role::Subject };
        let modifiers = doc.children(p.predicate).iter().copied().filter(|&c| {
            kind == HeadKind::Noun
                && matches!(doc.dep(c), Dep::Amod | Dep::Compound | Dep::Nmod | Dep::Poss | Dep::Nummod)
        });
        let token = p.role(&role).chain(modifiers).find(|&t| fills(input, filler, t))?;
        if kind != HeadKind::Noun {
            filled.push(token);
        }
    }
    for part in &pattern.parts {
        match part {
            Part::Word(word) => {
                if !has_word(doc, p, word) {
                    return None;
                }
            }
            Part::Object(filler) => {
                let object = p.role(&Role::Object).chain(p.role(&Role::Predicative));
                filled.push(object.chain(light_object(p)).find(|&t| fills(input, filler, t))?);
            }
            Part::Prep(prep, filler) => {
                let role = Role::Prep(prep.clone());
                filled.push(p.role(&role).find(|&t| fills(input, filler, t))?);
            }
            Part::Clause(filler) => {
                p.role(&Role::Clause)
                    .find(|&t| filler.resolves.is_empty() && (is_open(filler) || filler.has(doc.lemma(t))))?;
            }
        }
    }
    Some(filled)
}

/// Under a light verb the predicate noun stands as its object.
fn light_object(p: &Proposition) -> Option<usize> {
    p.light.map(|_| p.predicate)
}

fn is_open(filler: &Filler) -> bool {
    *filler == Filler::default()
}

/// A particle, adverb or preposition of the pattern stands by the predicate.
fn has_word(doc: &Document, p: &Proposition, word: &str) -> bool {
    p.lemma.split(' ').skip(1).any(|w| w == word)
        || p.arguments.iter().any(|a| a.role == Role::Prep(word.to_owned()))
        || doc.children(p.predicate).iter().any(|&c| {
            matches!(
                doc.dep(c),
                Dep::Prt | Dep::Advmod | Dep::Prep | Dep::Acomp | Dep::Oprd | Dep::Ccomp | Dep::Xcomp
            ) && doc.lemma(c) == word
        })
}

/// The noun phrase headed by this token is what the bracket asks for.
fn fills(input: &Input<'_>, filler: &Filler, token: usize) -> bool {
    if is_open(filler) {
        return true;
    }
    let doc = input.doc;
    if filler.has(doc.lemma(token)) || filler.has(&doc.word(token).to_lowercase()) {
        return true;
    }
    // "a number of diplomats", "dozens of tanks", "ministers and officials".
    let inside = doc.children(token).iter().copied().any(|c| match doc.dep(c) {
        Dep::Prep if doc.lemma(c) == "of" => doc.children_by(c, Dep::Pobj).any(|o| filler.has(doc.lemma(o))),
        Dep::Conj | Dep::Compound | Dep::Nmod => filler.has(doc.lemma(c)),
        _ => false,
    });
    inside || filler.resolves.iter().any(|kind| resolves(input, kind, token))
}

fn resolves(input: &Input<'_>, kind: &str, token: usize) -> bool {
    if kind == "any" {
        return true;
    }
    let mention = input.mentions.actor_headed(token);
    if kind == "place" {
        return input.mentions.place_headed(token).is_some()
            || mention.is_some_and(|m| m.kind == ActorKind::State);
    }
    let Some(mention) = mention else { return false };
    match kind {
        "actor" => true,
        "person" => matches!(mention.kind, ActorKind::Person | ActorKind::Office | ActorKind::Group),
        "state" => mention.kind == ActorKind::State,
        "organisation" => mention.kind == ActorKind::Organisation,
        _ => false,
    }
}
