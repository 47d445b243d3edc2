//! Actors and places in a report: names, titles, descriptions and pronouns resolved to who and where.

mod descriptions;
mod finder;
mod names;
mod people;
mod places;
mod pronouns;
mod runs;
mod titles;

pub use self::finder::find;
pub use crate::knowledge::world::ActorKind;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::coding::Sighting;
use crate::knowledge::world::Gender;

/// One mention of an actor in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorMention {
    pub tokens: Range<usize>,
    /// The mention's syntactic head token.
    pub head: usize,
    pub kind: ActorKind,
    /// Index into [`Mentions::actors`].
    pub actor: usize,
    /// The title that stands with the name: "Foreign Minister", as tokens.
    pub title: Option<Range<usize>>,
    /// How the words speak of the actor.
    pub manner: Manner,
    pub rule: &'static str,
}

/// How the words of a mention speak of their actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Manner {
    /// By its name: "Sergey Lavrov", "Russia", "Moscow" where it acts.
    Name,
    /// By an adjective or a noun before another: "*Russian* invasion", "*Kremlin* claims".
    Adjective,
    /// By its office or a description: "the Indian foreign minister", "protesters".
    Description,
    /// By a pronoun or a possessive: "he", "its".
    Pronoun,
}

/// An actor of the report: all mentions that speak of the same one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The fullest form that the report gives, without its title.
    pub name: String,
    pub kind: ActorKind,
    /// Code of the country it belongs to.
    pub country: Option<String>,
    /// Code of the state or organisation it acts for.
    pub side: Option<String>,
    /// Id in the world tables.
    pub id: Option<String>,
    /// PLOVER sector: GOV, MIL, REB, OPP, …
    pub sector: Option<String>,
    /// Unnamed people who speak: "officials", "people familiar with the matter".
    pub anonymous: bool,
    /// For "both sides", "the two ministers", "Modi and Putin": the single actors.
    pub members: Vec<usize>,
    /// Id of the office in which the report speaks of a person or its unnamed holder: `foreign_minister`.
    pub office: Option<String>,
    pub gender: Option<Gender>,
    /// More than one: "officials", "both sides".
    pub plural: bool,
}

/// One mention of a place in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    pub tokens: Range<usize>,
    pub head: usize,
    pub name: String,
    pub country: Option<String>,
    /// Id in the world tables.
    pub id: Option<String>,
    /// Latitude and longitude in degrees.
    pub point: Option<(f64, f64)>,
    pub rule: &'static str,
}

/// Who and where in one report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mentions {
    pub actors: Vec<Actor>,
    /// In text order.
    pub actor_mentions: Vec<ActorMention>,
    /// In text order.
    pub places: Vec<PlaceMention>,
    /// Office-holders as the report itself names them.
    pub sightings: Vec<Sighting>,
    /// Token → the actor mention and the place mention that it heads; see [`Mentions::index`].
    heads: BTreeMap<usize, (Option<usize>, Option<usize>)>,
}

impl Mentions {
    /// Puts the mentions in text order and builds the look-up by head token.
    pub fn index(&mut self) {
        self.actor_mentions.sort_by_key(|m| (m.tokens.start, m.tokens.end));
        self.places.sort_by_key(|m| (m.tokens.start, m.tokens.end));
        self.heads.clear();
        for (i, mention) in self.actor_mentions.iter().enumerate() {
            self.heads.entry(mention.head).or_default().0.get_or_insert(i);
        }
        for (i, place) in self.places.iter().enumerate() {
            self.heads.entry(place.head).or_default().1.get_or_insert(i);
        }
    }

    /// The actor mention whose head is this token.
    #[must_use]
    pub fn actor_headed(&self, token: usize) -> Option<&ActorMention> {
        self.heads.get(&token).and_then(|h| h.0).map(|i| &self.actor_mentions[i])
    }

    /// The place mention whose head is this token.
    #[must_use]
    pub fn place_headed(&self, token: usize) -> Option<&PlaceMention> {
        self.heads.get(&token).and_then(|h| h.1).map(|i| &self.places[i])
    }

    /// The single actors behind one: its members, and theirs, or itself where it has none.
    #[must_use]
    pub fn singles(&self, actor: usize) -> Vec<usize> {
        let mut out = Vec::new();
        let mut open = vec![actor];
        let mut seen = Vec::new();
        while let Some(at) = open.pop() {
            if seen.contains(&at) {
                continue;
            }
            seen.push(at);
            match self.actors.get(at) {
                Some(a) if !a.members.is_empty() => open.extend(a.members.iter().rev()),
                Some(_) => out.push(at),
                None => {}
            }
        }
        out
    }
}
