//! Names of the tables in the text: states, their adjectives and people, capitals, bodies,
//! organisations, armed groups, parties, companies, media.

use std::ops::Range;

use chancery_syntax::{Dep, EntityLabel, Pos};

use super::finder::{Finder, blank};
use super::{Actor, ActorKind, Manner};
use crate::knowledge::world::fold::fold;
use crate::knowledge::world::{Named, Sense};

impl Finder<'_> {
    pub(super) fn find_names(&mut self) {
        let n = self.doc.tokens().len();
        let mut hits: Vec<(Range<usize>, Vec<Named>)> = Vec::new();
        let mut i = 0;
        while i < n {
            match self.name_at(i) {
                Some((tokens, readings)) => {
                    i = tokens.end;
                    hits.push((tokens, readings));
                }
                None => i += 1,
            }
        }
        for (_, readings) in &hits {
            if let [only] = readings.as_slice()
                && matches!(only.sense, Sense::State | Sense::Adjective | Sense::People | Sense::Capital)
                && let Some(side) = &only.side
            {
                *self.states.entry(side.clone()).or_default() += 1;
            }
        }
        for (tokens, readings) in hits {
            self.take_name(tokens, &readings);
        }
        self.introduce_acronyms();
        self.halves_of_korea();
    }

    /// The longest name that begins at a token, with its readings.
    fn name_at(&self, start: usize) -> Option<(Range<usize>, Vec<Named>)> {
        let doc = self.doc;
        let first = fold(doc.word(start));
        let key = first.split(' ').next().unwrap_or_default();
        let most = self.world.longest_from(key);
        if most == 0 {
            return None;
        }
        let end = self.sentence(start).end.min(start + 2 * most);
        (start + 1..=end).rev().find_map(|e| {
            let tokens = start..e;
            let words = doc.words(tokens.clone());
            if words.len() > 120
                || words.contains('\n')
                || matches!(
                    doc.word(e - 1),
                    "'s" | "’s" | "-" | "," | "." | "–" | "—" | "'" | "’" | "(" | "/" | ":" | "\""
                )
            {
                return None;
            }
            let readings: Vec<Named> = self
                .world
                .named(words)
                .into_iter()
                .filter(|r| self.fits(&tokens, words, r))
                .cloned()
                .collect();
            (!readings.is_empty()).then_some((tokens, readings))
        })
    }

    /// Whether the words may stand for this reading at all.
    fn fits(&self, tokens: &Range<usize>, words: &str, named: &Named) -> bool {
        let lower = !words.chars().any(char::is_uppercase);
        if lower {
            // Described bodies ("the 27-nation bloc", "the nuclear watchdog") need a definite article.
            let definite = tokens.start > 0
                && matches!(
                    self.doc.word(tokens.start - 1).to_lowercase().as_str(),
                    "the" | "un" | "u.n." | "'s" | "’s"
                );
            return named.kind == ActorKind::Organisation && words.contains(' ') && definite
                || matches!(words, "peshmerga" | "janjaweed" | "blue helmets");
        }
        // Within a longer person's name: "Israel Katz", "Michael Jordan".
        if let Some(e) = self.entity[tokens.start] {
            let entity = &self.doc.entities()[e];
            if entity.label == EntityLabel::Person
                && entity.tokens.len() > tokens.len()
                && matches!(named.sense, Sense::State | Sense::Capital | Sense::Actor)
            {
                let next = entity.tokens.end > tokens.end
                    && self.capital(tokens.end)
                    && self.titled[tokens.end].is_none();
                if next
                    && !self
                        .world
                        .people_named(self.doc.words(entity.tokens.clone()), self.published)
                        .is_empty()
                {
                    return false;
                }
            }
        }
        // "Paris, Texas".
        if named.sense == Sense::Capital
            && self.american_state_after(tokens.end).is_some()
            && named.country.as_deref() != Some("USA")
        {
            return false;
        }
        if named.sense == Sense::Capital
            && tokens.end < self.doc.tokens().len()
            && tokens.len() == 1
            && self.capital(tokens.end)
            && self.label(tokens.start) == Some(EntityLabel::Person)
        {
            return false;
        }
        true
    }

    fn take_name(&mut self, tokens: Range<usize>, readings: &[Named]) {
        let Some(named) = self.choose(&tokens, readings) else { return };
        let head = self.head_of(&tokens);
        let (manner, rule) = match named.sense {
            Sense::State => (if self.modifies(head) { Manner::Adjective } else { Manner::Name }, "state"),
            Sense::Adjective if self.stands_alone(head) => (Manner::Name, "people"),
            Sense::Adjective => (Manner::Adjective, "adjective"),
            Sense::People => (Manner::Name, "people"),
            Sense::Capital if self.is_location(head) => return self.hold_place(tokens),
            Sense::Capital => (if self.modifies(head) { Manner::Adjective } else { Manner::Name }, "capital"),
            Sense::Body => (if self.modifies(head) { Manner::Adjective } else { Manner::Name }, "body"),
            Sense::Organisation => {
                (if self.modifies(head) { Manner::Adjective } else { Manner::Name }, "organisation")
            }
            Sense::Actor => (if self.modifies(head) { Manner::Adjective } else { Manner::Name }, "actor"),
        };
        let actor = if matches!(named.sense, Sense::State | Sense::Capital) || rule == "adjective" {
            match &named.country {
                Some(code) => self.state_actor(&code.clone()),
                None => self.keyed_actor(&named),
            }
        } else if rule == "people" {
            self.people_actor(&named)
        } else {
            self.keyed_actor(&named)
        };
        self.mention(tokens, head, actor, manner, None, rule);
    }

    /// A capital under a preposition of place is a place: it is taken later.
    fn hold_place(&mut self, _tokens: Range<usize>) {}

    fn people_actor(&mut self, named: &Named) -> usize {
        let key = format!("people:{}", named.side.as_deref().unwrap_or_default());
        if let Some(&actor) = self.by_key.get(&key) {
            return actor;
        }
        let actor = self.actor(Actor {
            name: named.name.clone(),
            country: named.country.clone(),
            side: named.side.clone(),
            sector: Some("CVL".to_owned()),
            plural: true,
            ..blank(ActorKind::Group)
        });
        self.by_key.insert(key, actor);
        actor
    }

    fn keyed_actor(&mut self, named: &Named) -> usize {
        let key = format!("{:?}:{}", named.sense, named.name);
        if let Some(&actor) = self.by_key.get(&key) {
            return actor;
        }
        let actor = self.actor(Actor {
            name: named.name.clone(),
            country: named.country.clone(),
            side: named.side.clone(),
            id: Some(format!("{}:{}", prefix(named.sense), fold(&named.name).replace(' ', "-"))),
            sector: named.sector.clone(),
            ..blank(named.kind)
        });
        self.by_key.insert(key, actor);
        actor
    }

    /// The reading that the report's other names speak for; none where it stays open.
    fn choose(&self, tokens: &Range<usize>, readings: &[Named]) -> Option<Named> {
        let mut best: Option<(usize, &Named)> = None;
        for named in readings {
            let mut score = 1;
            if let Some(country) = &named.country {
                score += 10 * self.states.get(country).copied().unwrap_or(0).min(50);
            }
            // Brussels is the Union's seat unless Belgium is spoken of.
            if named.sense == Sense::Capital && named.side.as_deref() == Some("EU") {
                score += 3;
            }
            // "Congress", "Duma": a body whose state the report never names may be another's.
            if named.sense == Sense::Organisation {
                score += 5;
            }
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, named));
            }
        }
        let (_, named) = best?;
        let mut named = named.clone();
        if named.sense == Sense::Body && SHARED_BODIES.contains(&fold(&named.name).as_str()) {
            let head = self.head_of(tokens);
            let own = named.side.clone().unwrap_or_default();
            let side =
                self.side_around(head).filter(|s| s.len() == 3).unwrap_or_else(|| self.whose_body(head, own));
            named.country = Some(side.clone());
            named.side = Some(side);
        }
        Some(named)
    }

    /// Of the states that have such a body: its usual one where the sentence names that, else the
    /// one that the report is mostly about.
    fn whose_body(&self, head: usize, own: String) -> String {
        let total: usize = self.states.values().sum();
        let said = self.sentence(head).any(|t| self.side_at(t).as_ref() == Some(&own));
        let other = self.dominant().filter(|code| self.states.get(*code).is_some_and(|n| n * 2 >= total));
        if said { own } else { other.map_or(own, str::to_owned) }
    }

    /// It stands before a noun that it tells more of.
    pub(super) fn modifies(&self, token: usize) -> bool {
        matches!(self.doc.dep(token), Dep::Amod | Dep::Compound | Dep::Nmod) && self.doc.head(token) > token
    }

    /// "the Iranians", "Palestinians": an adjective with no noun behind it.
    fn stands_alone(&self, head: usize) -> bool {
        let dep = self.doc.dep(head);
        let plural = self.doc.word(head).ends_with('s') && !self.doc.word(head).ends_with("ss");
        !matches!(dep, Dep::Amod | Dep::Compound | Dep::Nmod | Dep::Acomp | Dep::Attr | Dep::Advmod)
            && (plural || self.doc.pos(head) == Pos::Propn && self.doc.dep(head) != Dep::Poss)
            && self.doc.head(head) != head + 1
    }

    /// Under a preposition of place, or where a dateline has it.
    pub(super) fn is_location(&self, head: usize) -> bool {
        let doc = self.doc;
        match doc.dep(head) {
            Dep::Pobj => {
                let preposition = doc.head(head);
                match doc.lemma(preposition).to_lowercase().as_str() {
                    "in" | "at" | "near" | "outside" | "inside" | "around" | "across" | "into" | "via"
                    | "through" | "throughout" => true,
                    "to" | "from" | "for" => {
                        let verb = doc.lemma(doc.head(preposition));
                        MOTION.contains(&verb)
                    }
                    "of" => matches!(
                        doc.lemma(doc.head(preposition)),
                        "city"
                            | "capital"
                            | "north"
                            | "south"
                            | "east"
                            | "west"
                            | "town"
                            | "outskirts"
                            | "suburb"
                    ),
                    _ => false,
                }
            }
            Dep::Dobj => matches!(doc.lemma(doc.head(head)), "visit" | "leave" | "reach" | "enter" | "tour"),
            Dep::Conj | Dep::Appos if doc.head(head) < head => self.is_location(doc.head(head)),
            _ => false,
        }
    }

    /// "the Gulf Cooperation Council (GCC)": letters in brackets after a name are its short form.
    fn introduce_acronyms(&mut self) {
        let doc = self.doc;
        for i in 0..self.out.actor_mentions.len() {
            let (end, actor) = (self.out.actor_mentions[i].tokens.end, self.out.actor_mentions[i].actor);
            if end + 2 < doc.tokens().len()
                && doc.word(end) == "("
                && doc.word(end + 2) == ")"
                && self.taken[end + 1].is_none()
            {
                let letters = doc.word(end + 1).to_owned();
                if letters.len() <= 8 && letters.chars().all(|c| c.is_uppercase() || c == '-') {
                    for t in 0..doc.tokens().len() {
                        if self.taken[t].is_none() && doc.word(t) == letters {
                            let manner = if self.modifies(t) { Manner::Adjective } else { Manner::Name };
                            self.mention(t..t + 1, t, actor, manner, None, "acronym");
                        }
                    }
                }
            }
        }
    }

    /// "the North", "the South" where the report is about Korea.
    fn halves_of_korea(&mut self) {
        for (word, code) in [("North", "PRK"), ("South", "KOR")] {
            if !self.states.contains_key(code) {
                continue;
            }
            for t in 1..self.doc.tokens().len() {
                let alone = self.taken[t].is_none()
                    && self.doc.word(t) == word
                    && self.doc.word(t - 1).eq_ignore_ascii_case("the");
                if alone && !(t + 1 < self.taken.len() && self.capital(t + 1) && self.doc.head(t) == t + 1) {
                    let actor = self.state_actor(code);
                    let manner = if self.modifies(t) { Manner::Adjective } else { Manner::Name };
                    self.mention(t..t + 1, t, actor, manner, None, "half of Korea");
                }
            }
        }
    }
}

/// Bodies that many states have under one name.
const SHARED_BODIES: &[&str] = &[
    "congress",
    "ministry of defence",
    "royal court",
    "royal palace",
    "government house",
    "chancellery",
    "national security council",
    "justice department",
    "department of justice",
    "treasury department",
    "home office",
    "capitol",
    "royal navy",
    "central command",
    "grand national assembly",
    "house of commons",
    "house of lords",
    "state council",
    "national security agency",
    "department of foreign affairs and trade",
    "diet",
    "federation council",
    "central intelligence agency",
    "government of national accord",
    "supreme national security council",
    "royal air force",
];

/// Verbs and nouns after which "to", "from" and "for" lead to a place.
const MOTION: &[&str] = &[
    "travel", "fly", "go", "come", "arrive", "return", "head", "leave", "depart", "drive", "move", "trip",
    "visit", "flight", "journey", "tour", "flee", "send", "bring", "withdraw", "deploy", "fly out", "sail",
    "march", "route", "way", "back", "home", "set", "take", "road", "train", "transfer", "invite",
    "evacuate", "ship", "report", "retreat", "push", "drive",
];

fn prefix(sense: Sense) -> &'static str {
    match sense {
        Sense::Body => "body",
        Sense::Organisation => "org",
        _ => "actor",
    }
}
