//! Pronouns: he, she, it, they and their possessives, by number, gender, nearness and subjecthood;
//! what has no safe antecedent stays open.

use chancery_syntax::{Dep, Pos};

use super::finder::Finder;
use super::{ActorKind, Manner};
use crate::knowledge::world::Gender;

/// How many sentences back an antecedent may stand.
const REACH: usize = 3;

impl Finder<'_> {
    pub(super) fn find_pronouns(&mut self) {
        let mut order: Vec<usize> = (0..self.out.actor_mentions.len()).collect();
        order.sort_by_key(|&m| self.out.actor_mentions[m].tokens.start);
        // Mentions by sentence, in text order; pronouns join as they are resolved.
        let mut by_sentence: Vec<Vec<usize>> = vec![Vec::new(); self.doc.sentences().len() + 1];
        for m in order {
            by_sentence[self.doc.sentence_of(self.out.actor_mentions[m].head)].push(m);
        }
        for token in 0..self.doc.tokens().len() {
            if self.taken[token].is_some() || self.doc.pos(token) != Pos::Pron {
                continue;
            }
            let wanted = match self.doc.word(token).to_lowercase().as_str() {
                "he" | "him" | "his" | "himself" => Wanted::Person(Gender::Male),
                "she" | "her" | "hers" | "herself" => Wanted::Person(Gender::Female),
                "it" | "its" | "itself" => {
                    if self.expletive(token) {
                        continue;
                    }
                    Wanted::Body
                }
                "they" | "them" | "their" | "themselves" => Wanted::Many,
                _ => continue,
            };
            let sentence = self.doc.sentence_of(token);
            if let Some(actor) = self.antecedent(token, sentence, wanted, &by_sentence) {
                let m = self.mention(token..token + 1, token, actor, Manner::Pronoun, None, "pronoun");
                let at = by_sentence[sentence]
                    .partition_point(|&k| self.out.actor_mentions[k].tokens.start < token);
                by_sentence[sentence].insert(at, m);
            }
        }
    }

    fn antecedent(
        &self,
        token: usize,
        sentence: usize,
        wanted: Wanted,
        by_sentence: &[Vec<usize>],
    ) -> Option<usize> {
        let possessive = self.doc.dep(token) == Dep::Poss;
        // "The Russian leader thanked him": the object is not the subject.
        let subject = self
            .doc
            .children(self.doc.head(token))
            .iter()
            .find(|&&c| c != token && matches!(self.doc.dep(c), Dep::Nsubj | Dep::Nsubjpass))
            .and_then(|&s| self.taken[s]);
        let subject = subject
            .map(|m| self.out.actor_mentions[m].actor)
            .filter(|_| !possessive && !reflexive(self.doc.word(token)));
        for back in 0..=REACH.min(sentence) {
            let mut best: Option<(i64, usize)> = None;
            for &m in &by_sentence[sentence - back] {
                let mention = &self.out.actor_mentions[m];
                if back == 0 && mention.tokens.end > token
                    || mention.manner == Manner::Adjective
                    || Some(mention.actor) == subject
                    || !self.suits(mention.actor, wanted)
                {
                    continue;
                }
                // The object of a verb is not its subject: "Putin told him".
                if back == 0
                    && !possessive
                    && self.doc.head(mention.head) == self.doc.head(token)
                    && !reflexive(self.doc.word(token))
                {
                    continue;
                }
                let role = match self.doc.dep(mention.head) {
                    Dep::Nsubj | Dep::Nsubjpass => 60,
                    Dep::Agent => 30,
                    Dep::Dobj | Dep::Dative => 15,
                    Dep::Poss => 5,
                    Dep::Conj => 10,
                    _ => 0,
                };
                let person = match self.out.actors[mention.actor].kind {
                    ActorKind::Person => 12,
                    ActorKind::State => 6,
                    _ => 0,
                };
                let near = if back == 0 {
                    i64::try_from(token - mention.tokens.end.min(token)).unwrap_or(i64::MAX).min(60)
                } else {
                    i64::try_from(mention.tokens.start - self.sentence(mention.head).start)
                        .unwrap_or(0)
                        .min(60)
                };
                let score = role + person - near;
                // The first subject of the sentence before wins over later ones; within one sentence the nearest.
                if best.is_none_or(|(s, _)| score > s) {
                    best = Some((score, mention.actor));
                }
            }
            if let Some((_, actor)) = best {
                return Some(actor);
            }
        }
        None
    }

    fn suits(&self, actor: usize, wanted: Wanted) -> bool {
        let actor = &self.out.actors[actor];
        match wanted {
            Wanted::Person(gender) => {
                matches!(actor.kind, ActorKind::Person) && actor.gender.is_none_or(|g| g == gender)
                    || actor.kind == ActorKind::Office
                        && !actor.plural
                        && actor.gender.is_none_or(|g| g == gender)
            }
            Wanted::Body => {
                matches!(
                    actor.kind,
                    ActorKind::State
                        | ActorKind::Organisation
                        | ActorKind::Ministry
                        | ActorKind::ArmedGroup
                        | ActorKind::Company
                        | ActorKind::Party
                        | ActorKind::Media
                ) && !actor.plural
            }
            Wanted::Many => actor.plural || matches!(actor.kind, ActorKind::ArmedGroup),
        }
    }

    /// "It is expected that", "it was not clear": no actor.
    fn expletive(&self, token: usize) -> bool {
        let doc = self.doc;
        if doc.dep(token) == Dep::Expl {
            return true;
        }
        if !matches!(doc.dep(token), Dep::Nsubj | Dep::Nsubjpass) {
            return false;
        }
        let verb = doc.head(token);
        let clause = doc
            .children(verb)
            .iter()
            .any(|&c| matches!(doc.dep(c), Dep::Ccomp | Dep::Xcomp | Dep::Csubj | Dep::Advcl) && c > verb);
        let passive = doc.child_by(verb, Dep::Auxpass).is_some();
        let copula = doc.lemma(verb) == "be" || doc.lemma(verb) == "seem" || doc.lemma(verb) == "appear";
        copula
            && (doc.child_by(verb, Dep::Acomp).is_some() && clause || doc.child_by(verb, Dep::Attr).is_some())
            || passive && clause
    }
}

#[derive(Clone, Copy)]
enum Wanted {
    Person(Gender),
    Body,
    Many,
}

fn reflexive(word: &str) -> bool {
    word.to_lowercase().contains("sel")
}
