//! People by name: with a title, by full name, by family name after the first mention.

use chancery_syntax::{Dep, EntityLabel, Pos};

use super::finder::{Finder, blank};
use super::runs::Run;
use super::titles::Title;
use super::{Actor, ActorKind, Manner};
use crate::coding::Sighting;
use crate::knowledge::world::fold::{fold, same_person, words};
use crate::knowledge::world::{Gender, PersonMatch};

/// What the words around a name tell of its bearer.
#[derive(Default)]
struct Told {
    side: Option<String>,
    office: Option<String>,
    former: bool,
    gender: Option<Gender>,
}

impl Finder<'_> {
    pub(super) fn find_people(&mut self) {
        let runs = self.runs();
        // Full names first, so that a family name in a headline meets its bearer.
        let mut later = Vec::new();
        for run in runs {
            let folded = fold(self.doc.words(run.tokens.clone()));
            if words(&folded).len() > 1 { self.take_full_name(&run, &folded) } else { later.push(run) }
        }
        for run in later {
            self.take_single_name(&run);
        }
    }

    /// Whether a run of two or more words is a person, and if so who.
    fn take_full_name(&mut self, run: &Run, folded: &str) {
        let doc = self.doc;
        let head = self.head_of(&run.tokens);
        let matches = self.world.people_named(doc.words(run.tokens.clone()), self.published);
        let labelled = run.tokens.clone().filter(|&t| self.label(t) == Some(EntityLabel::Person)).count() * 2
            >= run.tokens.len();
        let other_label = run
            .tokens
            .clone()
            .all(|t| self.label(t).is_some_and(|l| !matches!(l, EntityLabel::Person | EntityLabel::Norp)));
        let adjacent = run.title.is_some_and(|t| self.titles[t].tokens.end == run.tokens.start);
        let forename = folded.split(' ').next().and_then(|w| self.world.forename(w));
        let person = !matches.is_empty()
            || adjacent && !NOT_PEOPLE.iter().any(|w| folded.split(' ').any(|x| x == *w))
            || labelled && !self.at_noun_head(head)
            || forename.is_some() && !other_label;
        if !person || NOT_PEOPLE.iter().any(|w| folded.split(' ').next_back() == Some(w)) {
            return;
        }
        let told = self.told(run, head);
        let best = self.best(&matches, &told);
        let mut actor = Actor { name: doc.words(run.tokens.clone()).to_owned(), ..blank(ActorKind::Person) };
        if let Some(best) = best {
            actor.id = Some(best.person.id.clone());
            actor.side = Some(best.spell.side.clone());
            actor.office = Some(best.spell.office.clone());
            actor.gender = best.person.gender;
        }
        if told.side.is_some() {
            actor.side.clone_from(&told.side);
        }
        if told.office.is_some() {
            actor.office.clone_from(&told.office);
        }
        actor.gender = told.gender.or(actor.gender).or(forename);
        if let Some(side) = &actor.side {
            actor.country = self.world.state(side).map(|s| s.code.clone());
        }
        actor.sector =
            actor.office.as_deref().and_then(|o| self.world.offices.named(o)).map(|o| o.sector.clone());
        let index = self.chain(folded, actor);
        if self.out.actors[index].side.is_none()
            && told
                .office
                .is_some_and(|o| !matches!(o.as_str(), "citizen" | "expert" | "chief_executive" | "cleric"))
            && let Some(side) = self.near_side(run.tokens.start)
        {
            self.out.actors[index].country = self.world.state(&side).map(|s| s.code.clone());
            self.out.actors[index].side = Some(side);
        }
        self.place_person(run, head, index, "full name");
    }

    /// The side that the sentence's or the report's one state gives to an office told without one.
    fn near_side(&self, token: usize) -> Option<String> {
        self.home(token)
    }

    /// The head of a longer phrase: "Wagner Group", "Deutsche Bank".
    fn at_noun_head(&self, head: usize) -> bool {
        self.doc.dep(head) == Dep::Compound
            && self.doc.pos(self.doc.head(head)) == Pos::Propn
            && self.doc.head(head) == head + 1
    }

    fn place_person(&mut self, run: &Run, head: usize, actor: usize, rule: &'static str) {
        let title = run.title.map(|t| self.titles[t].clone());
        let mut tokens = run.tokens.clone();
        // "King Salman", "Pope Francis": such a title is part of the name.
        if let Some(title) = &title
            && title.tokens.end == tokens.start
            && title.tokens.len() == 1
            && matches!(
                title.phrase.as_str(),
                "king" | "queen" | "prince" | "princess" | "pope" | "emir" | "emperor" | "sheikh"
            )
            && self.capital(title.tokens.start)
        {
            tokens.start = title.tokens.start;
        }
        let span = title.as_ref().filter(|t| t.tokens.end <= run.tokens.start).map(|t| t.tokens.clone());
        if let (Some(span), Some(side), Some(office)) =
            (&span, self.out.actors[actor].side.clone(), self.out.actors[actor].office.clone())
            && self.world.offices.named(&office).is_some_and(|o| o.single)
            && title.as_ref().is_some_and(|t| !t.former && !t.plural)
        {
            let bytes = self.doc.bytes(span.start..tokens.end);
            self.out.sightings.push(Sighting {
                office,
                person: self.doc.words(run.tokens.clone()).to_owned(),
                side,
                span: bytes,
            });
        }
        let manner =
            if matches!(self.doc.dep(head), Dep::Compound | Dep::Nmod) && self.doc.head(head) >= tokens.end {
                Manner::Adjective
            } else {
                Manner::Name
            };
        self.mention(tokens, head, actor, manner, span, rule);
    }

    /// The actor of a name: the one of an earlier mention that may be the same person's, or a new one.
    fn chain(&mut self, folded: &str, actor: Actor) -> usize {
        let earlier = self.out.actors.iter().position(|a| {
            a.kind == ActorKind::Person
                && (a.side.is_none() || actor.side.is_none() || a.side == actor.side)
                && {
                    let name = fold(&a.name);
                    name == folded || same_person(&name, folded) || a.id.is_some() && a.id == actor.id
                }
        });
        let Some(earlier) = earlier else { return self.actor(actor) };
        let known = &mut self.out.actors[earlier];
        if actor.name.len() > known.name.len() {
            known.name = actor.name;
        }
        known.side = known.side.take().or(actor.side);
        known.country = known.country.take().or(actor.country);
        known.office = known.office.take().or(actor.office);
        known.gender = known.gender.or(actor.gender);
        known.id = known.id.take().or(actor.id);
        known.sector = known.sector.take().or(actor.sector);
        earlier
    }

    /// A single word: the family name of one who is named in full, or of one in high office.
    fn take_single_name(&mut self, run: &Run) {
        let doc = self.doc;
        let token = run.tokens.start;
        let folded = fold(doc.words(run.tokens.clone()));
        let head = self.head_of(&run.tokens);
        let told = self.told(run, head);
        if folded.len() < 2 {
            return;
        }
        let mut bearers: Vec<usize> = Vec::new();
        for (i, actor) in self.out.actors.iter().enumerate() {
            if actor.kind != ActorKind::Person {
                continue;
            }
            let name = fold(&actor.name);
            let list = words(&name);
            let mine = words(&folded);
            let Some(&word) = mine.first() else { continue };
            if list.last() == Some(&word)
                || list.first() == Some(&word)
                || list.len() > 2 && list.contains(&word)
            {
                bearers.push(i);
            }
        }
        if bearers.len() > 1 {
            if let Some(side) = &told.side {
                bearers.retain(|&b| self.out.actors[b].side.as_ref() == Some(side));
            }
            let by_last: Vec<usize> = bearers
                .iter()
                .copied()
                .filter(|&b| words(&fold(&self.out.actors[b].name)).last() == words(&folded).last())
                .collect();
            if !by_last.is_empty() {
                bearers = by_last;
            }
            // Of several bearers the title or the courtesy decides; otherwise it stays open.
            if bearers.len() > 1 {
                let fit: Vec<usize> = bearers
                    .iter()
                    .copied()
                    .filter(|&b| {
                        told.office.is_some() && self.out.actors[b].office == told.office
                            || told.gender.is_some() && self.out.actors[b].gender == told.gender
                    })
                    .collect();
                if fit.len() == 1 {
                    bearers = fit;
                } else {
                    return;
                }
            }
        }
        if let &[bearer] = bearers.as_slice() {
            if self.label(token).is_some_and(|l| matches!(l, EntityLabel::Gpe | EntityLabel::Date))
                && run.title.is_none()
                && !self.world.places(&folded).is_empty()
                && self.is_location(head)
            {
                return;
            }
            self.place_person(run, head, bearer, "family name");
            return;
        }
        let titled = run.title.is_some_and(|t| self.titles[t].tokens.end == token);
        let candidates: Vec<PersonMatch<'_>> = self.world.people_surnamed(&folded, self.published);
        let high: Vec<&PersonMatch<'_>> = candidates
            .iter()
            .filter(|m| HIGH.contains(&m.spell.office.as_str()))
            .filter(|m| told.side.as_ref().is_none_or(|s| *s == m.spell.side))
            .filter(|m| {
                told.office.as_ref().is_none_or(|o| {
                    *o == m.spell.office
                        || m.person.spells.iter().any(|s| s.office == *o && s.covers(self.published))
                })
            })
            .collect();
        let rank = |m: &PersonMatch<'_>| {
            (
                self.states.get(&m.spell.side).copied().unwrap_or(0),
                usize::from(TOP.contains(&m.spell.office.as_str())),
            )
        };
        let best = high.iter().copied().max_by_key(|m| rank(m));
        let unique = best
            .is_some_and(|b| high.iter().filter(|m| rank(m) == rank(b) && m.index != b.index).count() == 0);
        let labelled = matches!(self.label(token), Some(EntityLabel::Person));
        let subject = matches!(
            doc.dep(head),
            Dep::Nsubj
                | Dep::Nsubjpass
                | Dep::Poss
                | Dep::Conj
                | Dep::Pobj
                | Dep::Dobj
                | Dep::Compound
                | Dep::Appos
                | Dep::Root
                | Dep::Agent
        );
        if let (Some(best), true) = (best, unique)
            && (titled
                || (subject
                    && folded.len() > 3
                    && doc.pos(token) == Pos::Propn
                    && (labelled
                        || TOP.contains(&best.spell.office.as_str())
                            && self.states.contains_key(&best.spell.side)
                            && self.label(token) != Some(EntityLabel::Gpe))))
        {
            let actor = Actor {
                name: doc.words(run.tokens.clone()).to_owned(),
                id: Some(best.person.id.clone()),
                side: told.side.clone().or_else(|| Some(best.spell.side.clone())),
                country: self.world.state(&best.spell.side).map(|s| s.code.clone()),
                office: told.office.clone().or_else(|| Some(best.spell.office.clone())),
                sector: self.world.offices.named(&best.spell.office).map(|o| o.sector.clone()),
                gender: best.person.gender.or(told.gender),
                ..blank(ActorKind::Person)
            };
            let index = self.actor(actor);
            self.place_person(run, head, index, "family name in office");
            return;
        }
        if titled || labelled && matches!(doc.dep(head), Dep::Nsubj | Dep::Nsubjpass | Dep::Poss) {
            let side = told.side.clone().or_else(|| {
                told.office
                    .as_ref()
                    .filter(|o| !matches!(o.as_str(), "citizen" | "expert"))
                    .and_then(|_| self.near_side(token))
            });
            let actor = Actor {
                name: doc.words(run.tokens.clone()).to_owned(),
                country: side.as_ref().and_then(|s| self.world.state(s)).map(|s| s.code.clone()),
                side,
                sector: told
                    .office
                    .as_deref()
                    .and_then(|o| self.world.offices.named(o))
                    .map(|o| o.sector.clone()),
                office: told.office,
                gender: told.gender,
                ..blank(ActorKind::Person)
            };
            let index = self.actor(actor);
            self.place_person(run, head, index, "name with title");
        }
    }

    /// What the title before a name, the words around it and an apposition behind it tell.
    fn told(&self, run: &Run, head: usize) -> Told {
        let mut out = Told::default();
        if let Some(t) = run.title {
            self.told_by(&self.titles[t], head, &mut out);
        }
        if out.side.is_none() && self.doc.dep(head) == Dep::Appos && self.doc.head(head) < run.tokens.start {
            self.told_by_noun(self.doc.head(head), &mut out);
        }
        // "Hakan Fidan, the Turkish foreign minister": an office in apposition; "Mr X is China's ambassador".
        let doc = self.doc;
        for &child in doc.children(head) {
            if doc.dep(child) == Dep::Appos
                && child > head
                && child < head + 30
                && (out.office.is_none() || out.side.is_none())
            {
                self.told_by_noun(child, &mut out);
            }
        }
        if out.side.is_none() && run.tokens.end + 1 < doc.tokens().len() && doc.word(run.tokens.end) == "," {
            let stop = self.sentence(head).end.min(run.tokens.end + 12);
            let mut at = run.tokens.end + 1;
            while at < stop && doc.word(at) != "," {
                if let Some(t) = self.titled[at] {
                    self.told_by(&self.titles[t], head, &mut out);
                    break;
                }
                if !matches!(doc.pos(at), Pos::Det | Pos::Adj | Pos::Propn | Pos::Noun | Pos::Part) {
                    break;
                }
                at += 1;
            }
        }
        // "President Hugo Chavez of Venezuela".
        if out.side.is_none() {
            let of = doc.children_by(head, Dep::Prep).find(|&p| doc.lemma(p) == "of" && p == run.tokens.end);
            out.side = of.and_then(|p| doc.child_by(p, Dep::Pobj)).and_then(|o| self.side_at(o));
        }
        if out.side.is_none() && run.tokens.end + 1 < self.taken.len() && doc.word(run.tokens.end) == "of" {
            out.side = self.side_at(run.tokens.end + 1).or_else(|| {
                (run.tokens.end + 2 < self.taken.len() && doc.word(run.tokens.end + 1) == "the")
                    .then(|| self.side_at(run.tokens.end + 2))
                    .flatten()
            });
        }
        out
    }

    fn told_by(&self, title: &Title, name_head: usize, out: &mut Told) {
        let doc = self.doc;
        let last = title.tokens.end - 1;
        // Sides before the title: "Russian Foreign Minister", "Kremlin spokesman", "China's new ambassador".
        let mut side = None;
        let from = self.sentence(last).start.max(title.tokens.start.saturating_sub(6));
        let mut at = title.tokens.start;
        while at > from {
            at -= 1;
            if let Some(found) = self.side_at(at) {
                side = Some(found);
                break;
            }
            let passes =
                matches!(doc.pos(at), Pos::Adj | Pos::Noun | Pos::Propn | Pos::Part | Pos::Adv | Pos::Num)
                    || matches!(doc.word(at), "'s" | "’s" | "-");
            if !passes
                || doc.word(at) == ","
                || self.taken[at].is_some()
                || matches!(doc.pos(at), Pos::Verb | Pos::Adp)
            {
                break;
            }
        }
        // A name of the side within the title: "UN secretary-general", "US envoy".
        if side.is_none() {
            side = title.tokens.clone().find_map(|t| self.side_at(t));
        }
        side = side.or_else(|| self.side_around(name_head)).or_else(|| self.side_around(last));
        // "John Howard and Helen Clark, the leaders of Australia and New Zealand": whose is whose is not told.
        if title.plural {
            side = None;
        }
        if side.is_none()
            && !title.plural
            && title.tokens.end < self.taken.len()
            && doc.word(title.tokens.end) == "of"
        {
            let next = title.tokens.end + 1;
            side = (next..(next + 3).min(self.taken.len())).find_map(|t| self.side_at(t));
        }
        if side.is_none() {
            let mut kept: Vec<&str> = self.world.offices.sides(&title.phrase).collect();
            kept.dedup();
            if let Some(&first) = kept.first() {
                side = if kept.len() == 1 {
                    Some(first.to_owned())
                } else {
                    kept.iter().find(|s| self.states.contains_key(**s)).map(|s| (*s).to_owned())
                };
            }
        }
        let office = self.world.offices.read(&title.phrase, side.as_deref());
        if out.side.is_none() {
            out.side = side;
        }
        let id = office.map(|o| o.id.clone());
        match id.as_deref() {
            Some("citizen") => {
                out.gender = out.gender.or(match title.phrase.as_str() {
                    "mr" | "herr" | "senor" | "monsieur" | "shri" | "husband" | "son" | "brother"
                    | "uncle" | "nephew" => Some(Gender::Male),
                    "mrs" | "ms" | "miss" | "madame" | "daw" | "wife" | "widow" | "daughter" | "sister"
                    | "smt" => Some(Gender::Female),
                    _ => None,
                });
            }
            Some(_) => {
                if title.phrase.ends_with("woman")
                    || matches!(title.phrase.as_str(), "queen" | "princess" | "first lady" | "baroness")
                {
                    out.gender = Some(Gender::Female);
                } else if title.phrase.ends_with("spokesman")
                    || matches!(title.phrase.as_str(), "king" | "prince" | "emir" | "sultan" | "sheikh")
                {
                    out.gender = Some(Gender::Male);
                }
                if out.office.is_none() {
                    out.office = id;
                    out.former = title.former;
                }
            }
            None => {}
        }
    }

    fn told_by_noun(&self, noun: usize, out: &mut Told) {
        if let Some(t) = self.titled[noun] {
            self.told_by(&self.titles[t], noun, out);
        }
        if out.side.is_none() {
            out.side = self.side_around(noun);
        }
    }

    /// The person of the tables whom the words around allow; none where they speak against all.
    fn best<'m>(&self, matches: &[PersonMatch<'m>], told: &Told) -> Option<PersonMatch<'m>> {
        let fits = |m: &&PersonMatch<'_>| {
            told.side.as_ref().is_none_or(|side| m.person.spells.iter().any(|s| s.side == *side))
                && m.spell.distance(self.published) < 40 * 366
        };
        let chosen = matches.iter().filter(fits).min_by_key(|m| {
            let office = told.office.as_ref().is_some_and(|o| m.person.spells.iter().any(|s| s.office == *o));
            (!office, m.spell.distance(self.published))
        })?;
        // The spell of the told side and office, as near the day as may be.
        let spell = chosen
            .person
            .spells
            .iter()
            .filter(|s| told.side.as_ref().is_none_or(|side| s.side == *side))
            .min_by_key(|s| {
                (told.office.as_ref().is_some_and(|o| s.office != *o), s.distance(self.published))
            })
            .unwrap_or(chosen.spell);
        Some(PersonMatch { spell, ..*chosen })
    }
}

/// Offices whose holders are called by their family names alone.
const HIGH: &[&str] = &[
    "president",
    "prime_minister",
    "monarch",
    "crown_prince",
    "supreme_leader",
    "leader",
    "foreign_minister",
    "defence_minister",
    "finance_minister",
    "secretary_general",
    "commission_president",
    "foreign_policy_chief",
    "council_president",
    "director_general",
    "security_adviser",
    "speaker",
    "vice_president",
    "party_leader",
    "rebel_leader",
    "opposition_leader",
    "special_envoy",
    "trade_minister",
    "interior_minister",
    "energy_minister",
    "spokesperson",
    "ambassador",
    "military_chief",
    "deputy_prime_minister",
    "chief_of_staff",
];

/// Those of them who need neither title nor label.
const TOP: &[&str] = &[
    "president",
    "prime_minister",
    "supreme_leader",
    "leader",
    "foreign_minister",
    "crown_prince",
    "secretary_general",
];

/// Last words of names that are no person's.
const NOT_PEOPLE: &[&str] = &[
    "ministry",
    "group",
    "bank",
    "party",
    "agency",
    "council",
    "committee",
    "commission",
    "university",
    "times",
    "post",
    "news",
    "corporation",
    "company",
    "airlines",
    "street",
    "square",
    "palace",
    "house",
    "airport",
    "river",
    "island",
    "islands",
    "sea",
    "ocean",
    "mountains",
    "bay",
    "strait",
    "canal",
    "province",
    "region",
    "district",
    "county",
    "city",
    "court",
    "accord",
    "accords",
    "agreement",
    "treaty",
    "summit",
    "forum",
    "conference",
    "war",
    "act",
    "bill",
    "plan",
    "protocol",
    "initiative",
    "day",
    "week",
    "army",
    "navy",
    "force",
    "forces",
    "union",
    "league",
    "front",
    "movement",
    "embassy",
    "department",
    "office",
    "centre",
    "center",
    "institute",
    "foundation",
    "association",
    "federation",
    "organisation",
    "organization",
    "hotel",
    "stadium",
    "cathedral",
    "church",
    "mosque",
    "school",
    "hospital",
    "base",
    "camp",
    "road",
    "bridge",
    "gate",
    "games",
    "cup",
    "prize",
    "pipeline",
    "corridor",
    "front",
    "declaration",
    "statement",
    "resolution",
    "charter",
    "constitution",
    "doctrine",
    "stream",
    "guard",
    "guards",
    "corps",
    "police",
    "parliament",
    "assembly",
    "senate",
    "congress",
    "government",
    "administration",
    "republic",
    "kingdom",
    "state",
    "states",
    "valley",
    "coast",
    "peninsula",
    "heights",
    "desert",
    "lake",
];
