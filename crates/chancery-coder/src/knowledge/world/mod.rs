//! The world's actors and places: states, organisations, people and the offices they held, armed
//! groups, parties, companies, media, cities and regions. Read from `world/*.tsv`, checked, indexed.

pub mod fold;
pub mod offices;
mod load;
mod people;
mod places;
mod table;

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use self::fold::fold;
use self::offices::Offices;
use self::people::People;
pub use self::people::{Gender, Person, PersonMatch, Spell};
use self::places::Cities;
pub use self::places::Place;

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

impl ActorKind {
    /// The kind's name in the record.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Office => "office",
            Self::Ministry => "ministry",
            Self::State => "state",
            Self::Organisation => "organisation",
            Self::ArmedGroup => "armed_group",
            Self::Party => "party",
            Self::Company => "company",
            Self::Media => "media",
            Self::Group => "group",
            Self::Asset => "asset",
        }
    }
}

/// A state or territory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// ISO 3166-1 alpha-3, `XKX` for Kosovo, ISO 3166-3 for what is no more.
    pub code: String,
    pub name: String,
    pub capital: String,
    /// The office whose holder "the leader" is.
    pub leads: String,
    /// Wikidata id.
    pub id: String,
}

/// What a name of the tables stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The main form of the name.
    pub name: String,
    pub sense: Sense,
    pub kind: ActorKind,
    /// Code of the country it belongs to.
    pub country: Option<String>,
    /// Code of the state or organisation it acts for.
    pub side: Option<String>,
    pub sector: Option<String>,
    /// The text must have the very capitals of the alias: "WHO", "US".
    exact: Option<String>,
    /// The row that says so.
    pub row: String,
}

/// How a name speaks of its bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sense {
    /// "Russia".
    State,
    /// "Russian".
    Adjective,
    /// "Russians".
    People,
    /// "Moscow": a place, and by it the state.
    Capital,
    /// "Kremlin", "State Department", "Knesset": a body of the state.
    Body,
    /// "United Nations", "Security Council".
    Organisation,
    /// Armed groups, parties, companies, media.
    Actor,
}

/// All tables, indexed.
#[derive(Clone, Debug, Default)]
pub struct World {
    states: BTreeMap<String, State>,
    names: HashMap<String, Vec<Named>>,
    /// The first word of each name → the most words that a name so begun has.
    first_words: HashMap<String, usize>,
    pub offices: Offices,
    people: People,
    cities: Cities,
    regions: HashMap<String, Vec<Place>>,
    members: Vec<Member>,
    warnings: Vec<String>,
}

#[derive(Clone, Debug)]
struct Member {
    organisation: String,
    member: String,
    from: Option<Date>,
    to: Option<Date>,
}

impl World {
    /// What was odd in the tables, though not wrong: two holders of a single-seat office at one time.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    #[must_use]
    pub fn state(&self, code: &str) -> Option<&State> {
        self.states.get(code)
    }

    pub fn states(&self) -> impl Iterator<Item = &State> {
        self.states.values()
    }

    /// The readings of a name, as it is spelled in a text.
    #[must_use]
    pub fn named(&self, words: &str) -> Vec<&Named> {
        let key = fold(words);
        let Some(all) = self.names.get(&key) else { return Vec::new() };
        all.iter().filter(|n| n.exact.as_ref().is_none_or(|e| *e == capitals(words))).collect()
    }

    /// The most words of a name that begins with this folded word; 0 where none does.
    #[must_use]
    pub fn longest_from(&self, first: &str) -> usize {
        self.first_words.get(first).copied().unwrap_or(0)
    }

    /// The people who may be meant by a full name, likeliest first for that day.
    #[must_use]
    pub fn people_named(&self, name: &str, on: Date) -> Vec<PersonMatch<'_>> {
        self.people.named(name, on)
    }

    /// The people in office on that day whose family name is this word.
    #[must_use]
    pub fn people_surnamed(&self, word: &str, on: Date) -> Vec<PersonMatch<'_>> {
        self.people.surnamed(word, on)
    }

    #[must_use]
    pub fn person(&self, index: usize) -> Option<&Person> {
        self.people.get(index)
    }

    /// Who held an office of a side on a day: the one, where exactly one spell fits, or the latest to begin.
    #[must_use]
    pub fn holder(&self, side: &str, office: &str, on: Date) -> Option<PersonMatch<'_>> {
        self.people.holder(side, office, on)
    }

    /// The holder of the office that leads a state on a day.
    #[must_use]
    pub fn leader(&self, side: &str, on: Date) -> Option<PersonMatch<'_>> {
        let leads =
            self.states.get(side).map(|s| s.leads.as_str()).filter(|l| !l.is_empty()).unwrap_or("president");
        [
            leads,
            "president",
            "leader",
            "prime_minister",
            "monarch",
            "secretary_general",
            "director_general",
            "commission_president",
        ]
        .into_iter()
        .find_map(|office| self.holder(side, office, on))
    }

    /// The gender that a given name is borne by.
    #[must_use]
    pub fn forename(&self, word: &str) -> Option<Gender> {
        self.people.forename(&fold(word))
    }

    /// The places of a name: regions first, then cities, largest first.
    #[must_use]
    pub fn places(&self, name: &str) -> Vec<Place> {
        let key = fold(name);
        let mut out = self.regions.get(&key).cloned().unwrap_or_default();
        out.extend(self.cities.find(&key));
        out
    }

    /// The state whose capital, or seat of government, a folded name is.
    #[must_use]
    pub fn capital_of(&self, name: &str) -> Option<&str> {
        let list = self.names.get(&fold(name))?;
        list.iter().find(|n| n.sense == Sense::Capital).and_then(|n| n.country.as_deref())
    }

    /// The members of an organisation on a day, in order of code.
    #[must_use]
    pub fn members(&self, organisation: &str, on: Date) -> Vec<&str> {
        let mut out: Vec<&str> = self
            .members
            .iter()
            .filter(|m| {
                m.organisation == organisation
                    && m.from.is_none_or(|d| d <= on)
                    && m.to.is_none_or(|d| on <= d)
            })
            .map(|m| m.member.as_str())
            .collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// The letters and digits of a name in their own case: what an acronym is told by.
fn capitals(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric() || *c == '+').collect()
}
