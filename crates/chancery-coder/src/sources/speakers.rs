//! Who a source is: its name as the record gives it, what kind of source it is, for whom it speaks, and
//! on which day it spoke.

use std::ops::Range;

use chancery_syntax::{Dep, Document, EntityLabel, Pos, Tag};
use chancery_time::Interval;
use jiff::civil::Date;

use super::{Attribution, Stance, tree};
use crate::coding::SourceKind;
use crate::knowledge::sources::Sources;
use crate::mentions::{ActorKind, Manner, Mentions};

/// Gives every attribution its source's name, kind and side, in text order, so that "he", "the
/// ministry" and "the people" find the one who spoke before.
pub(super) fn resolve(doc: &Document, mentions: &Mentions, k: &Sources, all: &mut [Attribution]) {
    for i in 0..all.len() {
        let (before, rest) = all.split_at_mut(i);
        let Some(a) = rest.first_mut() else { break };
        one(doc, mentions, k, before, a);
    }
    state_outlets(k, all);
}

/// A state's own agency announces for its government, unless it tells somebody else's words.
fn state_outlets(k: &Sources, all: &mut [Attribution]) {
    for i in 0..all.len() {
        let Some(side) = all[i].name.as_deref().and_then(|n| k.people.state_outlet(&n.to_lowercase())) else {
            continue;
        };
        let relays = all
            .iter()
            .enumerate()
            .any(|(j, b)| j != i && b.tells() && !b.cue.is_empty() && all[i].covers(b.cue.start));
        if all[i].side.is_none() {
            all[i].side = Some(side.to_owned());
        }
        all[i].kind = if relays { SourceKind::Media } else { SourceKind::Official };
    }
}

fn one(doc: &Document, mentions: &Mentions, k: &Sources, before: &[Attribution], a: &mut Attribution) {
    let Some(head) = a.source_head else {
        a.kind = SourceKind::Unattributed;
        return;
    };
    let head = antecedent(doc, head);
    let span = a.source.clone().filter(|s| s.contains(&head)).unwrap_or_else(|| tree::phrase(doc, head));
    let mention = mentions.actor_headed(head);
    if doc.pos(head) == Pos::Pron
        && !matches!(doc.word(head).to_lowercase().as_str(), "one" | "some" | "many")
    {
        pronoun(doc, mentions, before, head, a);
        return;
    }
    a.kind = by_words(doc, k, head, &span).unwrap_or(SourceKind::Official);
    a.name = Some(name(doc, k, head, &span));
    if let Some(earlier) = definite(doc, k, before, head, a.kind) {
        a.name.clone_from(&earlier.name);
        a.side.clone_from(&earlier.side);
        a.actor = earlier.actor;
        return;
    }
    // Two that speak together speak for no one side, unless for the same.
    let others: Vec<usize> = doc.children_by(head, Dep::Conj).collect();
    if !others.is_empty() {
        let side = |t: usize| mentions.actor_headed(t).and_then(|m| mentions.actors[m.actor].side.clone());
        let first = side(head);
        a.side = first.filter(|f| others.iter().all(|&o| side(o).as_ref() == Some(f)));
        a.actor = mention.map(|m| m.actor);
        a.name = Some(doc.words(tree::phrase(doc, head)).to_owned());
        return;
    }
    let Some(m) = mention else {
        a.side = side_within(mentions, &span, head);
        owned(doc, mentions, head, a);
        return;
    };
    let actor = &mentions.actors[m.actor];
    a.actor = Some(m.actor);
    a.side.clone_from(&actor.side);
    // A description that stays unresolved is named by its own words, a state by the report's word for it.
    let described =
        matches!(actor.kind, ActorKind::Group | ActorKind::Office | ActorKind::Asset) || actor.anonymous;
    let called = m.manner == Manner::Name && actor.kind == ActorKind::State;
    if called {
        a.name = Some(doc.words(m.tokens.clone()).to_owned());
    } else if !described && !k.people.is_body(doc.lemma(head)) {
        a.name = Some(actor.name.clone());
    }
    a.kind = match actor.kind {
        ActorKind::Media => SourceKind::Media,
        ActorKind::Ministry
        | ActorKind::State
        | ActorKind::ArmedGroup
        | ActorKind::Party
        | ActorKind::Asset => SourceKind::Official,
        ActorKind::Group
        | ActorKind::Person
        | ActorKind::Office
        | ActorKind::Organisation
        | ActorKind::Company => a.kind,
    };
    if a.side.is_none() {
        a.side = side_within(mentions, &span, head).or_else(|| {
            mentions
                .actor_mentions
                .iter()
                .filter(|o| o.actor == m.actor && o.manner != Manner::Pronoun)
                .take(LOOKED_AT)
                .find_map(|o| side_within(mentions, &tree::phrase(doc, o.head), o.head))
        });
    }
    owned(doc, mentions, head, a);
}

/// How many mentions of an actor are asked for whom it acts.
const LOOKED_AT: usize = 8;

/// "He", "they": the one who spoke before, if near and fit, or else whom the mention stands for.
fn pronoun(doc: &Document, mentions: &Mentions, before: &[Attribution], head: usize, a: &mut Attribution) {
    let word = doc.word(head).to_lowercase();
    let plural = matches!(word.as_str(), "they" | "their" | "both");
    let resolved = mentions.actor_headed(head).map(|m| m.actor);
    let earlier =
        before.iter().rev().filter(|b| b.source_head.is_some() && b.stance != Stance::Want).find(|b| {
            let group = b.source.as_ref().is_some_and(|s| {
                doc.word(s.end - 1).ends_with('s') || doc.words(s.clone()).contains(" and ")
            });
            b.name.is_some() && (!plural || group || b.kind == SourceKind::Anonymous)
        });
    if let Some(actor) = resolved.map(|i| &mentions.actors[i]) {
        a.actor = resolved;
        a.name = Some(actor.name.clone());
        a.side.clone_from(&actor.side);
        let same = before.iter().rev().find(|b| b.actor == resolved);
        a.kind = same
            .map_or(if actor.anonymous { SourceKind::Anonymous } else { SourceKind::Official }, |b| b.kind);
        if a.side.is_none() {
            a.side = same.and_then(|b| b.side.clone());
        }
    } else if let Some(b) = earlier {
        a.name.clone_from(&b.name);
        a.kind = b.kind;
        a.side.clone_from(&b.side);
        a.actor = b.actor;
    } else {
        a.kind = SourceKind::Unattributed;
    }
}

/// "The newspaper", "the source", "a spokesman" with no body: the one of the kind that spoke before.
fn definite<'a>(
    doc: &Document,
    k: &Sources,
    before: &'a [Attribution],
    head: usize,
    kind: SourceKind,
) -> Option<&'a Attribution> {
    if doc.pos(head) != Pos::Noun || doc.tag(head) != Tag::Nn {
        return None;
    }
    let spokesman = k.people.is_spokesperson(doc.lemma(head));
    let own: Vec<usize> = doc.children(head).iter().copied().filter(|&c| doc.pos(c) != Pos::Punct).collect();
    let bare = own.iter().all(|&c| doc.dep(c) == Dep::Det);
    let the = own.iter().any(|&c| doc.word(c).eq_ignore_ascii_case("the"));
    if !bare
        || !(the || spokesman)
        || !(spokesman || matches!(kind, SourceKind::Media) || doc.lemma(head) == "source")
    {
        return None;
    }
    let wanted = if doc.lemma(head) == "source" { SourceKind::Anonymous } else { kind };
    before.iter().rev().find(|b| {
        b.kind == wanted
            && b.name
                .as_deref()
                .is_some_and(|n| wanted == SourceKind::Anonymous || n.chars().any(char::is_uppercase))
    })
}

/// "His office", "her government": the owner's.
fn owned(doc: &Document, mentions: &Mentions, head: usize, a: &mut Attribution) {
    let Some(owner) = doc.child_by(head, Dep::Poss) else { return };
    let Some(m) = mentions.actor_headed(owner) else { return };
    let actor = &mentions.actors[m.actor];
    if a.side.is_none() {
        a.side.clone_from(&actor.side);
    }
    if doc.pos(owner) == Pos::Pron {
        let rest = doc.words(owner + 1..head + 1);
        a.name = Some(format!("{}'s {rest}", actor.name));
    }
}

/// The side of an actor or place that the words of a source name beside its head: "*Canada*'s delegate",
/// "*Ukrainian* authorities", "the ambassador of *France*".
fn side_within(mentions: &Mentions, span: &Range<usize>, head: usize) -> Option<String> {
    let from = mentions.actor_mentions.partition_point(|m| m.tokens.start < span.start);
    let near = mentions.actor_mentions[from..]
        .iter()
        .take_while(|m| m.tokens.start < span.end)
        .filter(|m| m.head != head && m.tokens.end <= span.end)
        .find_map(|m| mentions.actors[m.actor].side.clone());
    near.or_else(|| {
        mentions
            .places
            .iter()
            .filter(|p| span.start <= p.tokens.start && p.tokens.end <= span.end)
            .find_map(|p| p.country.clone())
    })
}

/// A relative pronoun stands for the noun above its clause, or else the noun before it.
fn antecedent(doc: &Document, head: usize) -> usize {
    if !matches!(doc.tag(head), Tag::Wp | Tag::Wdt | Tag::WpPoss) {
        return head;
    }
    if let Some(clause) = doc.ancestors(head).find(|&a| doc.dep(a) == Dep::Relcl) {
        return doc.head(clause);
    }
    let sentence = tree::sentence(doc, head);
    (sentence.start..head).rev().find(|&i| matches!(doc.pos(i), Pos::Noun | Pos::Propn)).unwrap_or(head)
}

/// The personal name within a source's phrase.
fn named(doc: &Document, span: &Range<usize>) -> Option<Range<usize>> {
    doc.entities()
        .iter()
        .find(|e| {
            e.label == EntityLabel::Person && span.contains(&e.tokens.start) && e.tokens.end <= span.end
        })
        .map(|e| e.tokens.clone())
}

/// What kind of source the words name; `None` where they do not tell.
fn by_words(doc: &Document, k: &Sources, head: usize, span: &Range<usize>) -> Option<SourceKind> {
    let people = &k.people;
    let text = doc.words(span.clone());
    let bare = text.trim_start_matches("The ").trim_start_matches("the ");
    let entity =
        doc.entities().iter().find(|e| e.tokens.contains(&head)).map(|e| doc.words(e.tokens.clone()));
    let entity_bare = entity.map(|e| e.trim_start_matches("The ").trim_start_matches("the ").to_lowercase());
    for candidate in [bare.to_lowercase()].into_iter().chain(entity_bare) {
        if people.state_outlet(&candidate).is_some() || people.is_outlet(&candidate) {
            return Some(SourceKind::Media);
        }
    }
    if doc.pos(head) == Pos::Propn && people.is_outlet_word(doc.word(head)) {
        return Some(SourceKind::Media);
    }
    let described = |kind: SourceKind| {
        span.clone().any(|i| doc.pos(i) == Pos::Noun && people.kind(doc.lemma(i)) == Some(kind))
    };
    if named(doc, span).is_some() || (doc.pos(head) == Pos::Propn && doc.tag(head) != Tag::Nnps) {
        if described(SourceKind::Media) && named(doc, span).is_none() {
            return Some(SourceKind::Media);
        }
        if described(SourceKind::Expert) && !described(SourceKind::Official) {
            return Some(SourceKind::Expert);
        }
        return people
            .kind(&doc.lemma(head).to_lowercase())
            .filter(|&kind| kind == SourceKind::Media)
            .or(Some(SourceKind::Official));
    }
    if span.clone().any(|i| people.is_unnamed(&doc.word(i).to_lowercase())) {
        return Some(SourceKind::Anonymous);
    }
    // "one of those people", "some of the ministers": a share of a group goes unnamed.
    let share = doc.children_by(head, Dep::Prep).any(|p| doc.lemma(p) == "of")
        && matches!(
            doc.word(head).to_lowercase().as_str(),
            "one" | "two" | "three" | "some" | "several" | "many" | "most" | "another"
        );
    if share || doc.tag(head) == Tag::Nnps {
        return Some(SourceKind::Anonymous);
    }
    let lemma = doc.lemma(head).to_lowercase();
    if people.is_voice(&lemma) && issuer(doc, head).is_some() {
        return Some(SourceKind::Official);
    }
    if people.is_spokesperson(&lemma) || people.is_body(&lemma) {
        return Some(SourceKind::Official);
    }
    let kind = people.kind(&lemma);
    // "the envoy" is somebody in particular, "an envoy" and "envoys" are not.
    let definite = doc.children(head).iter().any(|&c| {
        doc.dep(c) == Dep::Poss || (doc.dep(c) == Dep::Det && doc.word(c).eq_ignore_ascii_case("the"))
    });
    if kind == Some(SourceKind::Anonymous)
        && definite
        && doc.tag(head) == Tag::Nn
        && !k.people.is_faceless(&lemma)
    {
        return Some(SourceKind::Official);
    }
    kind
}

/// Whose statement or letter it is: "a Defence Ministry statement", "Moscow's note".
fn issuer(doc: &Document, document: usize) -> Option<usize> {
    doc.children(document)
        .iter()
        .copied()
        .find(|&c| matches!(doc.dep(c), Dep::Poss | Dep::Compound | Dep::Nmod) && doc.pos(c) == Pos::Propn)
        .or_else(|| {
            doc.children(document)
                .iter()
                .copied()
                .filter(|&c| doc.dep(c) == Dep::Prep && matches!(doc.lemma(c), "by" | "from"))
                .find_map(|p| doc.child_by(p, Dep::Pobj))
        })
}

/// The name under which the record keeps the source.
fn name(doc: &Document, k: &Sources, head: usize, span: &Range<usize>) -> String {
    if let Some(person) = named(doc, span) {
        return fullest(doc, &person);
    }
    // A spokesman speaks for a body; where none is named he stays the spokesman.
    if k.people.is_spokesperson(doc.lemma(head))
        && let Some(body) = span.clone().find(|&i| k.people.is_body(&doc.lemma(i).to_lowercase()))
    {
        let start = (span.start..=body)
            .rev()
            .take_while(|&i| {
                i == body
                    || matches!(doc.dep(i), Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Poss | Dep::Case)
            })
            .last()
            .unwrap_or(body);
        return doc.words(start..body + 1).to_owned();
    }
    if let Some(issuer) =
        issuer(doc, head).filter(|_| k.people.kind(doc.lemma(head)) == Some(SourceKind::Document))
    {
        let phrase = tree::phrase(doc, issuer);
        return doc.words(phrase).trim_end_matches("'s").trim_end_matches("’s").to_owned();
    }
    let mut core = span.clone();
    if doc.pos(core.start) == Pos::Det && core.len() > 1 {
        core.start += 1;
    }
    // The name ends where a clause or an apposition begins.
    let end = doc
        .children(head)
        .iter()
        .copied()
        .filter(|&c| c > head && matches!(doc.dep(c), Dep::Relcl | Dep::Acl | Dep::Appos | Dep::Punct))
        .map(|c| doc.subtree(c).start)
        .find(|&s| s > head)
        .unwrap_or(core.end);
    doc.words(tree::trim(doc, core.start..end.min(core.end).max(core.start + 1)))
        .trim_end_matches("'s")
        .trim_end_matches("’s")
        .to_owned()
}

/// The longest form of a personal name in the report that ends in the same family name.
fn fullest(doc: &Document, person: &Range<usize>) -> String {
    let last = doc.word(person.end - 1);
    let own = doc.words(person.clone());
    doc.entities()
        .iter()
        .filter(|e| e.label == EntityLabel::Person && doc.word(e.tokens.end - 1) == last)
        .map(|e| doc.words(e.tokens.clone()))
        .fold(own, |best, other| {
            if other.len() > best.len() && other.contains(own.trim_end_matches("'s")) { other } else { best }
        })
        .trim_end_matches("'s")
        .trim_end_matches("’s")
        .to_owned()
}

/// The day of speaking: a time expression that hangs on the cue or lies between it and its source.
pub(super) fn date(
    doc: &Document,
    published: Date,
    times: &[(Range<usize>, Interval)],
    all: &mut [Attribution],
) {
    if times.is_empty() {
        return;
    }
    for a in all.iter_mut().filter(|a| !a.cue.is_empty()) {
        let sentence = doc.bytes(tree::sentence(doc, a.cue.start));
        let first = times.partition_point(|(span, _)| span.end <= sentence.start);
        for (span, interval) in times[first..].iter().take_while(|(span, _)| span.start < sentence.end) {
            let Some(token) = doc.token_at(span.start) else { continue };
            if a.covers(token) || a.source.as_ref().is_some_and(|s| s.contains(&token)) {
                continue;
            }
            let hangs =
                std::iter::once(token).chain(doc.ancestors(token)).take(4).any(|t| a.cue.contains(&t));
            let (Some(from), Some(to)) = (interval.from, interval.to) else { continue };
            if hangs && from == to && to <= published {
                a.said = Some(to);
                break;
            }
        }
    }
}
