//! The order of the search: names of the tables, titles, people, descriptions, pronouns, places.

use std::collections::BTreeMap;
use std::ops::Range;

use chancery_syntax::{Dep, Document, EntityLabel, Pos};
use jiff::civil::Date;

use super::titles::Title;
use super::{Actor, ActorKind, ActorMention, Manner, Mentions};
use crate::knowledge::world::World;

/// Finds who and where in a report published on that day. Time grows with the text's length.
#[must_use]
pub fn find(doc: &Document, published: Date, world: &World) -> Mentions {
    let mut finder = Finder::new(doc, published, world);
    finder.find_titles();
    finder.find_names();
    finder.find_people();
    finder.find_descriptions();
    finder.find_pronouns();
    finder.find_places();
    finder.finish()
}

/// The state of the search.
pub(super) struct Finder<'a> {
    pub(super) doc: &'a Document,
    pub(super) published: Date,
    pub(super) world: &'a World,
    pub(super) out: Mentions,
    /// Token → mention that covers it.
    pub(super) taken: Vec<Option<usize>>,
    /// Titles in text order, and token → title.
    pub(super) titles: Vec<Title>,
    pub(super) titled: Vec<Option<usize>>,
    /// Token → index of the entity that holds it.
    pub(super) entity: Vec<Option<usize>>,
    /// Side of state or organisation → its actor.
    pub(super) by_key: BTreeMap<String, usize>,
    /// How often each state is named.
    pub(super) states: BTreeMap<String, usize>,
}

impl<'a> Finder<'a> {
    fn new(doc: &'a Document, published: Date, world: &'a World) -> Self {
        let n = doc.tokens().len();
        let mut entity = vec![None; n];
        for (i, e) in doc.entities().iter().enumerate() {
            for slot in entity.iter_mut().take(e.tokens.end.min(n)).skip(e.tokens.start) {
                *slot = Some(i);
            }
        }
        Self {
            doc,
            published,
            world,
            out: Mentions::default(),
            taken: vec![None; n],
            titles: Vec::new(),
            titled: vec![None; n],
            entity,
            by_key: BTreeMap::new(),
            states: BTreeMap::new(),
        }
    }

    fn finish(mut self) -> Mentions {
        self.name_actors();
        self.out.index();
        self.out
    }

    /// Gives each named actor the fullest form that the report has.
    fn name_actors(&mut self) {
        let mut best: BTreeMap<usize, (usize, String)> = BTreeMap::new();
        for mention in &self.out.actor_mentions {
            let words = self.doc.words(mention.tokens.clone());
            let actor = &self.out.actors[mention.actor];
            let state = actor.kind == ActorKind::State;
            // A capital stands for its state only where the report has no plainer name, and a name
            // before a noun ("NATO leaders") only where it has no other; a state's adjective never.
            let weight = match mention.manner {
                Manner::Name if state && mention.rule == "capital" => 1,
                Manner::Name => words.chars().count() + 1,
                Manner::Adjective if !state => 1,
                Manner::Adjective | Manner::Description | Manner::Pronoun => continue,
            };
            let slot = best.entry(mention.actor).or_insert((0, String::new()));
            if weight > slot.0 {
                *slot = (weight, words.to_owned());
            }
        }
        for (actor, (_, words)) in best {
            self.out.actors[actor].name = words;
        }
    }

    /// Adds a mention and marks its tokens.
    pub(super) fn mention(
        &mut self,
        tokens: Range<usize>,
        head: usize,
        actor: usize,
        manner: Manner,
        title: Option<Range<usize>>,
        rule: &'static str,
    ) -> usize {
        let index = self.out.actor_mentions.len();
        for slot in self.taken.iter_mut().take(tokens.end).skip(tokens.start) {
            *slot = Some(index);
        }
        let kind = self.out.actors[actor].kind;
        self.out.actor_mentions.push(ActorMention { tokens, head, kind, actor, title, manner, rule });
        index
    }

    pub(super) fn actor(&mut self, actor: Actor) -> usize {
        self.out.actors.push(actor);
        self.out.actors.len() - 1
    }

    /// The actor of a state, made where the report has none yet.
    pub(super) fn state_actor(&mut self, code: &str) -> usize {
        let key = format!("state:{code}");
        if let Some(&actor) = self.by_key.get(&key) {
            return actor;
        }
        let state = self.world.state(code);
        let actor = self.actor(Actor {
            name: state.map_or_else(|| code.to_owned(), |s| s.name.clone()),
            country: Some(code.to_owned()),
            side: Some(code.to_owned()),
            id: state.map(|s| s.id.clone()).filter(|id| !id.is_empty()),
            sector: Some("GOV".to_owned()),
            ..blank(ActorKind::State)
        });
        self.by_key.insert(key, actor);
        actor
    }

    /// The token of a range that hangs outside of it.
    pub(super) fn head_of(&self, tokens: &Range<usize>) -> usize {
        let outside = |&i: &usize| {
            let head = self.doc.head(i);
            (head == i || !tokens.contains(&head)) && self.doc.dep(i) != Dep::Punct
        };
        tokens.clone().rev().find(outside).unwrap_or(tokens.end.saturating_sub(1))
    }

    pub(super) fn label(&self, token: usize) -> Option<EntityLabel> {
        self.entity[token].map(|e| self.doc.entities()[e].label)
    }

    /// The word begins with a capital.
    pub(super) fn capital(&self, token: usize) -> bool {
        self.doc.word(token).chars().next().is_some_and(char::is_uppercase)
    }

    /// The bound of the sentence around a token.
    pub(super) fn sentence(&self, token: usize) -> Range<usize> {
        self.doc.sentences().get(self.doc.sentence_of(token)).cloned().unwrap_or(token..token + 1)
    }

    /// The state that the report names most, if it is ahead of all others.
    pub(super) fn dominant(&self) -> Option<&str> {
        let (code, most) = self.states.iter().max_by_key(|(_, n)| **n)?;
        (self.states.values().filter(|n| *n == most).count() == 1).then_some(code)
    }

    /// The state at home in the report: the one it names well ahead of all others, else the last one named.
    pub(super) fn home(&self, token: usize) -> Option<String> {
        let total: usize = self.states.values().sum();
        let leading =
            self.dominant().filter(|code| self.states.get(*code).is_some_and(|n| n * 5 >= total * 2));
        leading
            .map(str::to_owned)
            .or_else(|| self.nearest_state(token))
            .or_else(|| self.dominant().map(str::to_owned))
    }

    /// The state named last before a token within its sentence or the one before.
    pub(super) fn nearest_state(&self, token: usize) -> Option<String> {
        let sentence = self.doc.sentence_of(token);
        let from = self.doc.sentences().get(sentence.saturating_sub(1)).map_or(0, |s| s.start);
        (from..token).rev().find_map(|t| {
            let mention = &self.out.actor_mentions[self.taken[t]?];
            let actor = &self.out.actors[mention.actor];
            (actor.kind == ActorKind::State).then(|| actor.side.clone()).flatten()
        })
    }

    /// The side that the words hung on a noun give it: "Russian", "Russia's", "of Russia".
    pub(super) fn side_around(&self, noun: usize) -> Option<String> {
        for &child in self.doc.children(noun) {
            let wanted = match self.doc.dep(child) {
                Dep::Amod | Dep::Compound | Dep::Poss | Dep::Nmod | Dep::Nummod => child < noun,
                Dep::Prep => {
                    if !matches!(self.doc.lemma(child), "of" | "from" | "for" | "in") {
                        continue;
                    }
                    let side = self
                        .doc
                        .children_by(child, Dep::Pobj)
                        .find_map(|o| self.side_at(o).or_else(|| self.side_around_compound(o)));
                    if side.is_some() {
                        return side;
                    }
                    false
                }
                _ => false,
            };
            if wanted && let Some(side) = self.side_at(child).or_else(|| self.side_around_compound(child)) {
                return Some(side);
            }
        }
        None
    }

    /// "Foreign Ministry" under "spokesman": the modifiers of the modifier.
    fn side_around_compound(&self, noun: usize) -> Option<String> {
        self.doc
            .children(noun)
            .iter()
            .filter(|&&c| {
                matches!(self.doc.dep(c), Dep::Amod | Dep::Compound | Dep::Poss | Dep::Nmod) && c < noun
            })
            .find_map(|&c| self.side_at(c))
    }

    /// The side of the mention at a token.
    pub(super) fn side_at(&self, token: usize) -> Option<String> {
        let mention = &self.out.actor_mentions[self.taken[token]?];
        let actor = &self.out.actors[mention.actor];
        if matches!(actor.kind, ActorKind::Media | ActorKind::Company) {
            return None;
        }
        actor.side.clone()
    }

    /// A word of a name: capitalised and no punctuation.
    pub(super) fn namelike(&self, token: usize) -> bool {
        self.capital(token)
            && matches!(
                self.doc.pos(token),
                Pos::Propn
                    | Pos::Noun
                    | Pos::Adj
                    | Pos::X
                    | Pos::Verb
                    | Pos::Intj
                    | Pos::Adp
                    | Pos::Det
                    | Pos::Pron
                    | Pos::Adv
                    | Pos::Num
            )
            && self.doc.word(token).chars().any(char::is_alphabetic)
    }
}

/// An actor of which nothing but the kind is known.
pub(super) fn blank(kind: ActorKind) -> Actor {
    Actor {
        name: String::new(),
        kind,
        country: None,
        side: None,
        id: None,
        sector: None,
        anonymous: false,
        members: Vec::new(),
        office: None,
        gender: None,
        plural: false,
    }
}
