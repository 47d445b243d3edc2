//! Places: states, capitals, cities and regions where they are spoken of as such, with the reading
//! that fits the report.

use std::ops::Range;

use chancery_syntax::{Dep, EntityLabel, Pos};

use super::finder::{Finder, blank};
use super::{Actor, ActorKind, Manner, PlaceMention};
use crate::knowledge::world::Place;

impl Finder<'_> {
    pub(super) fn find_places(&mut self) {
        self.states_as_places();
        let n = self.doc.tokens().len();
        let mut i = 0;
        while i < n {
            match self.place_at(i) {
                Some((tokens, place, rule)) => {
                    i = tokens.end;
                    self.acting_region(&tokens, &place);
                    self.put_place(tokens, place, rule);
                }
                None => i += 1,
            }
        }
    }

    /// A state's name is a place as well as an actor.
    fn states_as_places(&mut self) {
        for m in 0..self.out.actor_mentions.len() {
            let mention = &self.out.actor_mentions[m];
            if self.out.actors[mention.actor].kind != ActorKind::State
                || !matches!(mention.rule, "state" | "capital")
            {
                continue;
            }
            let (tokens, head, code) =
                (mention.tokens.clone(), mention.head, self.out.actors[mention.actor].country.clone());
            let words = self.doc.words(tokens.clone()).to_owned();
            let capital = mention.rule == "capital";
            let Some(code) = code else { continue };
            let state = self.world.state(&code);
            let name =
                if capital { words.as_str() } else { state.map_or(words.as_str(), |s| s.name.as_str()) };
            let place = self.world.places(name).into_iter().find(|p| p.country.as_deref() == Some(&code));
            self.out.places.push(PlaceMention {
                tokens,
                head,
                name: words.clone(),
                country: Some(code.clone()),
                id: place.as_ref().and_then(|p| p.id.clone()).or_else(|| state.map(|s| s.id.clone())),
                point: place.map(|p| p.point),
                rule: if capital { "capital" } else { "state" },
            });
        }
    }

    fn place_at(&self, start: usize) -> Option<(Range<usize>, Place, &'static str)> {
        let doc = self.doc;
        if self.taken[start].is_some()
            || !self.capital(start)
            || !doc.word(start).chars().any(char::is_alphabetic)
        {
            return None;
        }
        let end = self.sentence(start).end.min(start + 6);
        (start + 1..=end).rev().find_map(|e| {
            let tokens = start..e;
            let last = e - 1;
            if self.taken[last].is_some()
                || !self.namelike(last) && doc.pos(last) != Pos::Num
                || doc.words(tokens.clone()).contains(['\n', ',', '.', '('])
                    && !doc.words(tokens.clone()).starts_with("St.")
            {
                return None;
            }
            // Not the beginning of a longer name.
            let head = self.head_of(&tokens);
            let places = self.world.places(doc.words(tokens.clone()));
            if places.is_empty() {
                return None;
            }
            let label = self.label(head);
            let entity = self.entity[head].map(|i| doc.entities()[i].tokens.len());
            let whole = entity.is_none_or(|l| l <= tokens.len() + 1);
            let told = matches!(label, Some(EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac)) && whole
                || self.is_location(head) && doc.pos(head) == Pos::Propn;
            let region = places[0].population == 0
                && doc.pos(head) == Pos::Propn
                && label != Some(EntityLabel::Person);
            let qualified = self.country_after(e).is_some();
            if !(told || region || qualified && doc.pos(head) == Pos::Propn) {
                return None;
            }
            if label == Some(EntityLabel::Person) && !self.is_location(head) {
                return None;
            }
            let place = self.choose_place(places, e)?;
            Some((tokens, place, if told { "place" } else { "region" }))
        })
    }

    /// "Paris, Texas", "Georgetown, Guyana": the country or state that follows a comma.
    fn country_after(&self, end: usize) -> Option<(Option<String>, String)> {
        if end + 1 >= self.doc.tokens().len() || self.doc.word(end) != "," {
            return None;
        }
        if let Some(side) = self.side_at(end + 1)
            && self.world.state(&side).is_some()
        {
            return Some((Some(side), String::new()));
        }
        self.american_state_after(end).map(|admin| (Some("USA".to_owned()), admin.to_owned()))
    }

    /// The code of the American state that follows a comma.
    pub(super) fn american_state_after(&self, end: usize) -> Option<&'static str> {
        if end + 1 >= self.doc.tokens().len() || self.doc.word(end) != "," {
            return None;
        }
        (end + 1..(end + 4).min(self.doc.tokens().len())).rev().find_map(|e| {
            let words = self.doc.words(end + 1..e + 1);
            STATES.iter().find(|(name, short, _)| *name == words || *short == words).map(|(_, _, code)| *code)
        })
    }

    fn choose_place(&self, places: Vec<Place>, end: usize) -> Option<Place> {
        let after = self.country_after(end);
        let score = |p: &Place| -> (i64, u64) {
            let mut score = 0;
            if let Some((country, admin)) = &after
                && p.country == *country
            {
                score += 1000;
                if !admin.is_empty() && p.admin == *admin {
                    score += 1000;
                }
            }
            if let Some(country) = &p.country {
                score +=
                    20 * i64::try_from(self.states.get(country).copied().unwrap_or(0).min(10)).unwrap_or(0);
            }
            if p.population == 0 {
                score += 150;
            }
            score += i64::from(p.population > 500_000) * 60 + i64::from(p.population > 3_000_000) * 100;
            (score, p.population)
        };
        places.into_iter().max_by_key(score)
    }

    /// "Gaza's rulers", "Chechnya said": a region that acts or owns.
    fn acting_region(&mut self, tokens: &Range<usize>, place: &Place) {
        let head = self.head_of(tokens);
        let acts = matches!(self.doc.dep(head), Dep::Nsubj | Dep::Agent | Dep::Poss)
            && matches!(place.kind.as_str(), "region" | "province" | "state");
        if let (true, Some(code)) = (acts, &place.country) {
            let actor = Actor {
                name: self.doc.words(tokens.clone()).to_owned(),
                country: Some(code.clone()),
                side: Some(code.clone()),
                id: place.id.clone(),
                sector: Some("GOV".to_owned()),
                ..blank(ActorKind::State)
            };
            let actor = self.actor(actor);
            self.mention(tokens.clone(), head, actor, Manner::Name, None, "region");
        }
    }

    fn put_place(&mut self, tokens: Range<usize>, place: Place, rule: &'static str) {
        let head = self.head_of(&tokens);
        let name = self.doc.words(tokens.clone()).to_owned();
        self.out.places.push(PlaceMention {
            tokens,
            head,
            name,
            country: place.country,
            id: place.id,
            point: Some(place.point),
            rule,
        });
    }
}

/// The states of the USA: name, newspaper abbreviation, code of the tables.
const STATES: &[(&str, &str, &str)] = &[
    ("Alabama", "Ala.", "AL"),
    ("Alaska", "Alaska", "AK"),
    ("Arizona", "Ariz.", "AZ"),
    ("Arkansas", "Ark.", "AR"),
    ("California", "Calif.", "CA"),
    ("Colorado", "Colo.", "CO"),
    ("Connecticut", "Conn.", "CT"),
    ("Delaware", "Del.", "DE"),
    ("Florida", "Fla.", "FL"),
    ("Georgia", "Ga.", "GA"),
    ("Hawaii", "Hawaii", "HI"),
    ("Idaho", "Idaho", "ID"),
    ("Illinois", "Ill.", "IL"),
    ("Indiana", "Ind.", "IN"),
    ("Iowa", "Iowa", "IA"),
    ("Kansas", "Kan.", "KS"),
    ("Kentucky", "Ky.", "KY"),
    ("Louisiana", "La.", "LA"),
    ("Maine", "Maine", "ME"),
    ("Maryland", "Md.", "MD"),
    ("Massachusetts", "Mass.", "MA"),
    ("Michigan", "Mich.", "MI"),
    ("Minnesota", "Minn.", "MN"),
    ("Mississippi", "Miss.", "MS"),
    ("Missouri", "Mo.", "MO"),
    ("Montana", "Mont.", "MT"),
    ("Nebraska", "Neb.", "NE"),
    ("Nevada", "Nev.", "NV"),
    ("New Hampshire", "N.H.", "NH"),
    ("New Jersey", "N.J.", "NJ"),
    ("New Mexico", "N.M.", "NM"),
    ("New York", "N.Y.", "NY"),
    ("North Carolina", "N.C.", "NC"),
    ("North Dakota", "N.D.", "ND"),
    ("Ohio", "Ohio", "OH"),
    ("Oklahoma", "Okla.", "OK"),
    ("Oregon", "Ore.", "OR"),
    ("Pennsylvania", "Pa.", "PA"),
    ("Rhode Island", "R.I.", "RI"),
    ("South Carolina", "S.C.", "SC"),
    ("South Dakota", "S.D.", "SD"),
    ("Tennessee", "Tenn.", "TN"),
    ("Texas", "TX", "TX"),
    ("Utah", "Utah", "UT"),
    ("Vermont", "Vt.", "VT"),
    ("Virginia", "Va.", "VA"),
    ("Washington", "Wash.", "WA"),
    ("West Virginia", "W.Va.", "WV"),
    ("Wisconsin", "Wis.", "WI"),
    ("Wyoming", "Wyo.", "WY"),
    ("D.C.", "DC", "DC"),
];
