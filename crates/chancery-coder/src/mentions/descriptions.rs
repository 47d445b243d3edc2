//! Actors by description: an office without a name, unnamed people, bodies of a state, both sides,
//! the two countries, a counterpart.

use std::ops::Range;

use chancery_syntax::{Dep, Pos};

use super::finder::{Finder, blank};
use super::{Actor, ActorKind, Manner};

impl Finder<'_> {
    pub(super) fn find_descriptions(&mut self) {
        let n = self.doc.tokens().len();
        for noun in 0..n {
            if self.taken[noun].is_some() || !matches!(self.doc.pos(noun), Pos::Noun | Pos::Propn | Pos::Adj)
            {
                continue;
            }
            let dep = self.doc.dep(noun);
            let modifier = matches!(dep, Dep::Compound | Dep::Amod) && self.doc.head(noun) > noun;
            if let Some(t) = self.titled[noun] {
                if self.titles[t].tokens.end == noun + 1 && !modifier_of_name(self, noun) {
                    self.take_office(t, noun);
                }
            } else {
                self.take_description(noun, modifier);
            }
        }
    }

    /// The tokens of a described actor: its noun with the modifiers before it.
    fn phrase(&self, noun: usize) -> Range<usize> {
        let doc = self.doc;
        let mut start = noun;
        while start > 0 {
            let at = start - 1;
            let inside = doc.head(at) == noun || doc.ancestors(at).take(3).any(|a| a == noun);
            let fits = matches!(
                doc.dep(at),
                Dep::Amod
                    | Dep::Compound
                    | Dep::Poss
                    | Dep::Nummod
                    | Dep::Nmod
                    | Dep::Case
                    | Dep::Det
                    | Dep::Advmod
                    | Dep::Punct
                    | Dep::Quantmod
            ) && doc.word(at) != ",";
            if !inside || !fits {
                break;
            }
            start = at;
        }
        while start < noun
            && (matches!(doc.dep(start), Dep::Det | Dep::Punct | Dep::Case)
                || self.titled[start].is_none() && matches!(doc.pos(start), Pos::Det | Pos::Pron))
        {
            start += 1;
        }
        start..noun + 1
    }

    /// An office without its holder's name.
    fn take_office(&mut self, t: usize, noun: usize) {
        let title = self.titles[t].clone();
        let side = self
            .side_around(noun)
            .or_else(|| title.tokens.clone().find_map(|k| self.side_at(k)))
            .or_else(|| self.side_before(title.tokens.start));
        let kept: Vec<String> = self.world.offices.sides(&title.phrase).map(str::to_owned).collect();
        let side = side.or_else(|| kept.iter().find(|s| self.states.contains_key(*s)).cloned());
        let Some(office) = self.world.offices.read(&title.phrase, side.as_deref()).cloned() else { return };
        let tokens = title.tokens.start.min(self.phrase(noun).start)..noun + 1;
        let words = fold_head(&title.phrase);
        if PLAIN_WORDS.contains(&words.as_str())
            && side.is_none()
            && !self.definite(tokens.start)
            && !title.plural
        {
            // "a driver", "a driver of growth": no actor of the record without a side.
            if office.id == "citizen" || office.id == "chief_of_staff" || office.id == "expert" {
                return;
            }
        }
        if title.plural {
            self.take_plural_office(&office.id, tokens, noun, side);
            return;
        }
        // The one in the report who is known to hold it.
        let matching = |a: &Actor| {
            a.kind == ActorKind::Person
                && side.as_ref().is_none_or(|s| a.side.as_ref() == Some(s))
                && a.office
                    .as_deref()
                    .is_some_and(|o| o == office.id || GENERIC.contains(&(words.as_str(), o)))
        };
        let leader = words == "leader";
        let indefinite = self.indefinite(noun);
        if !indefinite {
            let earlier = self
                .out
                .actor_mentions
                .iter()
                .filter(|m| m.tokens.end <= tokens.start)
                .map(|m| m.actor)
                .rev_unique()
                .into_iter()
                .find(|&a| matching(&self.out.actors[a]) || leader && self.is_leader(a, side.as_deref()));
            if let Some(actor) = earlier {
                self.mention(tokens, noun, actor, Manner::Description, None, "office of one named before");
                return;
            }
        }
        let holder = side.as_ref().filter(|_| !title.former && !indefinite).and_then(|side| {
            if leader {
                self.world.leader(side, self.published)
            } else if office.single {
                self.world.holder(side, &office.id, self.published)
            } else {
                None
            }
        });
        let mut actor = Actor {
            name: self.doc.words(tokens.clone()).to_owned(),
            country: side.as_ref().and_then(|s| self.world.state(s)).map(|s| s.code.clone()),
            side: side.clone(),
            sector: Some(office.sector.clone()),
            office: Some(office.id.clone()),
            ..blank(ActorKind::Office)
        };
        if let Some(holder) = holder {
            let id = holder.person.id.clone();
            if let Some(named) =
                self.out.actors.iter().position(|a| a.kind == ActorKind::Person && a.id.as_ref() == Some(&id))
            {
                self.mention(tokens, noun, named, Manner::Description, None, "office of one named");
                return;
            }
            actor.id = Some(id);
            actor.gender = holder.person.gender;
        }
        actor.anonymous = side.is_some() && office.id == "spokesperson" || indefinite;
        if actor.side.is_none()
            && actor.office.is_some()
            && matches!(office.sector.as_str(), "GOV" | "MIL" | "LEG" | "JUD")
            && self.definite(tokens.start)
        {
            actor.side = self.dominant().map(str::to_owned);
            actor.country.clone_from(&actor.side);
        }
        let index = self.actor(actor);
        self.mention(tokens, noun, index, Manner::Description, None, "office");
    }

    fn side_before(&self, token: usize) -> Option<String> {
        let before = token.checked_sub(1)?;
        let at = if matches!(self.doc.word(before), "'s" | "’s") { before.checked_sub(1)? } else { before };
        self.side_at(at)
    }

    fn is_leader(&self, actor: usize, side: Option<&str>) -> bool {
        let actor = &self.out.actors[actor];
        actor.kind == ActorKind::Person
            && side.is_none_or(|s| actor.side.as_deref() == Some(s))
            && actor.office.as_deref().is_some_and(|o| {
                matches!(
                    o,
                    "president"
                        | "prime_minister"
                        | "leader"
                        | "supreme_leader"
                        | "monarch"
                        | "crown_prince"
                        | "rebel_leader"
                        | "party_leader"
                        | "opposition_leader"
                )
            })
    }

    /// "the two leaders", "both ministers", "foreign ministers": its members where they were just named.
    fn take_plural_office(&mut self, office: &str, tokens: Range<usize>, noun: usize, side: Option<String>) {
        let pair = self.pair_word(noun);
        let mut members = Vec::new();
        if pair {
            members = self.last_people(tokens.start, 2, office);
        }
        let actor = Actor {
            name: self.doc.words(tokens.clone()).to_owned(),
            country: side.as_ref().and_then(|s| self.world.state(s)).map(|s| s.code.clone()),
            side,
            office: Some(office.to_owned()),
            sector: self.world.offices.named(office).map(|o| o.sector.clone()),
            plural: true,
            anonymous: members.is_empty(),
            members,
            ..blank(ActorKind::Group)
        };
        let index = self.actor(actor);
        self.mention(tokens, noun, index, Manner::Description, None, "offices");
    }

    /// "both", "two", "the pair" over a noun.
    fn pair_word(&self, noun: usize) -> bool {
        self.doc
            .children(noun)
            .iter()
            .any(|&c| c < noun && matches!(self.doc.lemma(c).to_lowercase().as_str(), "both" | "two"))
    }

    /// The last so many different people named before a token, of different sides.
    fn last_people(&self, before: usize, count: usize, office: &str) -> Vec<usize> {
        let mut out: Vec<usize> = Vec::new();
        for mention in self
            .out
            .actor_mentions
            .iter()
            .filter(|m| m.tokens.end <= before)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
        {
            let actor = &self.out.actors[mention.actor];
            let apt = actor.kind == ActorKind::Person
                && (office.is_empty() || actor.office.as_deref() != Some("spokesperson"));
            if apt
                && !out.contains(&mention.actor)
                && out.iter().all(|&o| self.out.actors[o].side != actor.side)
            {
                out.push(mention.actor);
                if out.len() == count {
                    break;
                }
            }
        }
        out.reverse();
        if out.len() == count { out } else { Vec::new() }
    }

    fn last_states(&self, before: usize, count: usize) -> Vec<usize> {
        let mut out: Vec<usize> = Vec::new();
        for mention in self
            .out
            .actor_mentions
            .iter()
            .filter(|m| m.tokens.end <= before)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
        {
            let side = self.out.actors[mention.actor].side.clone();
            let state = side.and_then(|s| self.by_key.get(&format!("state:{s}")).copied());
            if let Some(state) = state
                && !out.contains(&state)
            {
                out.push(state);
                if out.len() == count {
                    break;
                }
            }
        }
        out.reverse();
        if out.len() == count { out } else { Vec::new() }
    }

    fn definite(&self, token: usize) -> bool {
        token.checked_sub(1).is_some_and(|b| {
            matches!(
                self.doc.word(b).to_lowercase().as_str(),
                "the" | "his" | "her" | "its" | "their" | "'s" | "’s"
            )
        })
    }

    fn indefinite(&self, noun: usize) -> bool {
        self.doc.children_by(noun, Dep::Det).any(|d| {
            matches!(self.doc.word(d).to_lowercase().as_str(), "a" | "an" | "another" | "any" | "some" | "no")
        })
    }

    /// Nouns for bodies and groups.
    fn take_description(&mut self, noun: usize, modifier: bool) {
        let doc = self.doc;
        let lemma = doc.lemma(noun).to_lowercase();
        let word = doc.word(noun).to_lowercase();
        let tokens = self.phrase(noun);
        if lemma == "counterpart" {
            self.take_counterpart(tokens, noun);
            return;
        }
        if self.pair_word(noun)
            && matches!(
                lemma.as_str(),
                "side"
                    | "country"
                    | "nation"
                    | "state"
                    | "government"
                    | "neighbour"
                    | "neighbor"
                    | "power"
                    | "party"
                    | "ally"
                    | "capital"
                    | "rival"
                    | "republic"
                    | "army"
            )
        {
            let members = self.last_states(tokens.start, 2);
            let actor = Actor {
                name: doc.words(tokens.clone()).to_owned(),
                members,
                plural: true,
                ..blank(ActorKind::Group)
            };
            let index = self.actor(actor);
            self.mention(tokens, noun, index, Manner::Description, None, "both sides");
            return;
        }
        let side = self.side_around(noun);
        if matches!(lemma.as_str(), "side") {
            if let Some(side) = side.filter(|s| self.world.state(s).is_some()) {
                let index = self.state_actor(&side);
                self.mention(tokens, noun, index, Manner::Description, None, "side");
            }
            return;
        }
        if matches!(
            lemma.as_str(),
            "country" | "nation" | "kingdom" | "republic" | "bloc" | "alliance" | "state" | "island"
        ) && self.definite(noun)
            && side.is_none()
            && doc.tag(noun).as_str() == "NN"
        {
            // "the country": the state spoken of last.
            if let Some(actor) = self.last_of(tokens.start, lemma == "bloc" || lemma == "alliance") {
                self.mention(tokens, noun, actor, Manner::Description, None, "the country");
            }
            return;
        }
        let Some((kind, sector, home)) = sort_of(&lemma, &word) else { return };
        if modifier && kind != ActorKind::Ministry {
            return;
        }
        if home == Home::Sided && side.is_none() && lemma != "court" {
            return;
        }
        let near = || self.home(noun);
        let high_court = lemma == "court"
            && doc
                .children(noun)
                .iter()
                .any(|&c| matches!(doc.word(c), "Supreme" | "Constitutional" | "High"));
        let side = match home {
            Home::Sided if high_court => side.or_else(near),
            Home::Own => side.or_else(near),
            Home::Sided | Home::Open => side,
        };
        if home == Home::Sided && side.is_none() {
            return;
        }
        let country = side.as_ref().and_then(|s| self.world.state(s)).map(|s| s.code.clone());
        let plural = kind == ActorKind::Group
            && (doc.tag(noun).as_str().starts_with("NNS") || doc.tag(noun).as_str() == "NNPS");
        let key = format!("{lemma}:{}", side.as_deref().unwrap_or_default());
        let fresh = kind == ActorKind::Ministry
            || kind == ActorKind::Group
                && matches!(
                    lemma.as_str(),
                    "police" | "army" | "troop" | "soldier" | "protester" | "demonstrator" | "opposition"
                );
        let index = match self.by_key.get(&key).filter(|_| fresh) {
            Some(&known) => known,
            None => {
                let actor = Actor {
                    name: doc.words(tokens.clone()).to_owned(),
                    country,
                    side,
                    sector: Some(sector.to_owned()),
                    anonymous: matches!(
                        lemma.as_str(),
                        "official"
                            | "source"
                            | "diplomat"
                            | "person"
                            | "people"
                            | "aide"
                            | "negotiator"
                            | "witness"
                    ),
                    plural,
                    ..blank(kind)
                };
                let made = self.actor(actor);
                self.by_key.insert(key, made);
                made
            }
        };
        let manner = if modifier { Manner::Adjective } else { Manner::Description };
        self.mention(tokens, noun, index, manner, None, "description");
    }

    fn last_of(&self, before: usize, organisation: bool) -> Option<usize> {
        let wanted = if organisation { ActorKind::Organisation } else { ActorKind::State };
        self.out
            .actor_mentions
            .iter()
            .filter(|m| {
                m.tokens.end <= before
                    && (organisation || m.manner != Manner::Adjective)
                    && self.out.actors[m.actor].kind == wanted
            })
            .max_by_key(|m| m.tokens.end)
            .map(|m| m.actor)
    }

    /// "his Indian counterpart": the holder of the other's office on the side told; open where none is told.
    fn take_counterpart(&mut self, tokens: Range<usize>, noun: usize) {
        // A name behind it, "his counterpart Sergey Lavrov", has its own mention.
        let named = self.doc.children(noun).iter().any(|&c| {
            self.taken[c]
                .is_some_and(|m| self.out.actors[self.out.actor_mentions[m].actor].kind == ActorKind::Person)
        }) || self
            .taken
            .get(noun + 1)
            .copied()
            .flatten()
            .is_some_and(|m| self.out.actors[self.out.actor_mentions[m].actor].kind == ActorKind::Person);
        if named {
            return;
        }
        let side = self.side_around(noun);
        let other = self.last_person_in_sentence(noun);
        let office = other.and_then(|o| self.out.actors[o].office.clone());
        let holder = match (&side, &office) {
            (Some(side), Some(office)) => self.world.holder(side, office, self.published),
            _ => None,
        };
        let known = holder.and_then(|h| {
            self.out
                .actors
                .iter()
                .position(|a| a.kind == ActorKind::Person && a.id.as_ref() == Some(&h.person.id))
        });
        let index = known.unwrap_or_else(|| {
            let actor = Actor {
                name: self.doc.words(tokens.clone()).to_owned(),
                country: side.as_ref().and_then(|s| self.world.state(s)).map(|s| s.code.clone()),
                id: holder.map(|h| h.person.id.clone()),
                gender: holder.and_then(|h| h.person.gender),
                side,
                office,
                sector: Some("GOV".to_owned()),
                ..blank(ActorKind::Office)
            };
            self.actor(actor)
        });
        self.mention(tokens, noun, index, Manner::Description, None, "counterpart");
    }

    fn last_person_in_sentence(&self, token: usize) -> Option<usize> {
        let start = self.sentence(token).start;
        self.out
            .actor_mentions
            .iter()
            .filter(|m| {
                m.tokens.start >= start
                    && m.tokens.end <= token
                    && self.out.actors[m.actor].kind == ActorKind::Person
            })
            .max_by_key(|m| m.tokens.end)
            .map(|m| m.actor)
    }
}

/// The title stands before a name that has taken it.
fn modifier_of_name(finder: &Finder<'_>, noun: usize) -> bool {
    let next = noun + 1;
    let named = |t: usize| {
        finder
            .taken
            .get(t)
            .copied()
            .flatten()
            .map(|m| &finder.out.actor_mentions[m])
            .is_some_and(|m| m.title.as_ref().is_some_and(|t| t.end == next))
    };
    named(next) || named(next + 1)
}

/// How an unsided description comes by its side.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Home {
    /// The state spoken of: "the army", "police".
    Own,
    /// None, if the words give none: "rebels", "protesters".
    Open,
    /// No actor at all unless the words give a side: "team", "company".
    Sided,
}

fn sort_of(lemma: &str, word: &str) -> Option<(ActorKind, &'static str, Home)> {
    let ministry = |sector| Some((ActorKind::Ministry, sector, Home::Own));
    let group = |sector, home| Some((ActorKind::Group, sector, home));
    match lemma {
        "ministry" | "government" | "cabinet" | "presidency" | "administration" | "regime" | "junta"
        | "embassy" | "consulate" | "mission" | "department" => match lemma {
            "embassy" | "consulate" => Some((ActorKind::Asset, "GOV", Home::Sided)),
            "mission" | "department" => Some((ActorKind::Ministry, "GOV", Home::Sided)),
            _ => ministry("GOV"),
        },
        "parliament" | "legislature" | "senate" | "congress" | "assembly" => ministry("LEG"),
        "army" | "military" | "navy" | "air force" | "coastguard" => ministry("MIL"),
        "court" => Some((ActorKind::Ministry, "JUD", Home::Sided)),
        "police" => group("COP", Home::Own),
        "authority" if word == "authorities" => group("GOV", Home::Own),
        "troop" | "soldier" | "force" | "peacekeeper" | "airman" | "marine" | "commando" | "sailor"
            if word.ends_with('s') || word.ends_with("men") =>
        {
            group("MIL", Home::Own)
        }
        "official" | "diplomat" | "lawmaker" | "negotiator" | "delegation" | "representative"
        | "minister" | "legislator" | "officer" | "envoy" | "aide" => group("GOV", Home::Open),
        "protester" | "demonstrator" | "protestor" | "activist" | "student" | "crowd" | "mob"
        | "dissident" | "rioter" | "striker" | "marcher" | "supporter" | "follower" => {
            group("CVL", Home::Own)
        }
        "rebel" | "militant" | "insurgent" | "guerrilla" | "separatist" | "gunman" | "gunmen" | "militia"
        | "fighter" | "terrorist" | "mutineer" | "militiaman" | "mercenary" | "jihadist" | "extremist" => {
            group("REB", Home::Open)
        }
        "opposition" => group("OPP", Home::Open),
        "source" => group("GOV", Home::Open),
        "people" | "person" | "resident" | "civilian" | "citizen" | "refugee" | "villager" | "worker"
        | "union" | "migrant" | "national" | "journalist" | "farmer" | "fisherman" | "hostage"
        | "prisoner" | "victim" => group("CVL", Home::Open),
        "leader" | "country" | "nation" | "power" | "ally" | "neighbour" | "neighbor" | "government_"
        | "state" | "partner" | "member"
            if word.ends_with('s') =>
        {
            group("GOV", Home::Open)
        }
        "west" => Some((ActorKind::Group, "GOV", Home::Open)),
        "team" | "company" | "firm" | "bank" | "agency" | "intelligence" | "expert" | "specialist"
        | "coalition" | "bloc" | "party" | "investor" | "airline" | "group" => group("", Home::Sided),
        "ship" | "vessel" | "warship" | "tanker" | "jet" | "plane" | "aircraft" | "warplane"
        | "submarine" | "boat" | "trawler" | "missile" | "drone" | "fleet" | "destroyer" | "frigate"
        | "carrier" | "balloon" | "convoy" | "tank" | "helicopter" | "bomber" => {
            Some((ActorKind::Asset, "MIL", Home::Sided))
        }
        _ => None,
    }
}

/// Words of titles that, said generally, reach several offices.
const GENERIC: &[(&str, &str)] = &[
    ("minister", "foreign_minister"),
    ("minister", "defence_minister"),
    ("minister", "trade_minister"),
    ("minister", "finance_minister"),
    ("minister", "energy_minister"),
    ("minister", "interior_minister"),
    ("minister", "agriculture_minister"),
    ("minister", "economy_minister"),
    ("minister", "deputy_foreign_minister"),
    ("minister", "health_minister"),
    ("minister", "prime_minister"),
    ("secretary", "foreign_minister"),
    ("secretary", "defence_minister"),
    ("secretary", "finance_minister"),
    ("chief", "secretary_general"),
    ("chief", "director_general"),
    ("chief", "foreign_policy_chief"),
    ("chief", "commission_president"),
    ("chief", "intelligence_chief"),
    ("envoy", "special_envoy"),
    ("envoy", "ambassador"),
    ("ambassador", "special_envoy"),
    ("diplomat", "foreign_minister"),
    ("diplomat", "foreign_policy_chief"),
    ("diplomat", "deputy_foreign_minister"),
    ("diplomat", "ambassador"),
    ("premier", "prime_minister"),
    ("chancellor", "prime_minister"),
    ("adviser", "security_adviser"),
    ("general", "military_chief"),
    ("spokesman", "spokesperson"),
    ("spokeswoman", "spokesperson"),
    ("king", "monarch"),
    ("prince", "crown_prince"),
    ("negotiator", "ambassador"),
    ("negotiator", "special_envoy"),
    ("mediator", "special_envoy"),
    ("head", "director_general"),
    ("president", "commission_president"),
    ("president", "council_president"),
];

/// Title words that are common nouns first.
const PLAIN_WORDS: &[&str] = &[
    "driver",
    "worker",
    "resident",
    "expert",
    "farmer",
    "husband",
    "wife",
    "son",
    "daughter",
    "brother",
    "sister",
    "mother",
    "prisoner",
    "suspect",
    "analyst",
    "student",
    "teacher",
    "doctor",
    "adviser",
    "aide",
    "author",
    "writer",
    "reporter",
    "journalist",
    "witness",
    "tourist",
    "refugee",
    "fellow",
    "author",
    "engineer",
    "owner",
    "executive",
    "relative",
    "citizen",
    "survivor",
    "cousin",
    "uncle",
    "nephew",
    "scientist",
    "photographer",
    "lawyer",
    "trader",
    "broker",
    "priest",
    "monk",
];

/// The last word of a title's phrase before any "of".
fn fold_head(phrase: &str) -> String {
    let before = phrase
        .split(" of ")
        .next()
        .unwrap_or(phrase)
        .split(" for ")
        .next()
        .unwrap_or(phrase)
        .split(" to ")
        .next()
        .unwrap_or(phrase);
    before.rsplit(' ').next().unwrap_or(before).to_owned()
}

/// Distinct items from the last to the first.
trait RevUnique {
    fn rev_unique(self) -> Vec<usize>;
}

impl<I: Iterator<Item = usize>> RevUnique for I {
    fn rev_unique(self) -> Vec<usize> {
        let all: Vec<usize> = self.collect();
        let mut out = Vec::new();
        for item in all.into_iter().rev() {
            if !out.contains(&item) {
                out.push(item);
            }
        }
        out
    }
}
