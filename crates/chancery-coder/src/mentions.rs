//! Actors and places in a report: names, titles, descriptions and pronouns resolved to who and where.

use std::ops::Range;

/// What an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActorKind {
    Person,
    /// An office or an unnamed holder of it: "the Indian foreign minister", "a spokeswoman".
    Office,
    Ministry,
    State,
    Organisation,
    ArmedGroup,
    Party,
    Company,
    Media,
    /// People by description: protesters, officials, diplomats, soldiers.
    Group,
    /// A thing that stands for its owner: a ship, an embassy.
    Asset,
}

/// One mention of an actor in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorMention {
    pub tokens: Range<usize>,
    /// The mention's syntactic head token.
    pub head: usize,
    pub kind: ActorKind,
    /// Index into [`Mentions::actors`].
    pub actor: usize,
    pub rule: &'static str,
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
}

impl Mentions {
    /// The actor mention whose head is this token.
    #[must_use]
    pub fn actor_headed(&self, token: usize) -> Option<&ActorMention> {
        self.actor_mentions.iter().find(|m| m.head == token)
    }

    /// The place mention whose head is this token.
    #[must_use]
    pub fn place_headed(&self, token: usize) -> Option<&PlaceMention> {
        self.places.iter().find(|m| m.head == token)
    }
}
