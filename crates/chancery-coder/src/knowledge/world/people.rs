//! People and the offices they held, found by name, by family name, and by office and day.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::fold::{alike, fold, same_person, skeleton, words};

/// The gender that pronouns go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    Male,
    Female,
}

/// One person of the tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    /// Other forms of the name.
    pub aliases: Vec<String>,
    /// Wikidata id; otherwise side and folded name.
    pub id: String,
    pub gender: Option<Gender>,
    /// Spells in office, in the tables' order.
    pub spells: Vec<Spell>,
}

/// Time in an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spell {
    pub side: String,
    pub office: String,
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// The row that says so.
    pub row: String,
}

impl Spell {
    /// In office on that day.
    #[must_use]
    pub fn covers(&self, on: Date) -> bool {
        self.from.is_none_or(|d| d <= on) && self.to.is_none_or(|d| on <= d)
    }

    /// Days between the spell and that day; 0 within it.
    #[must_use]
    pub fn distance(&self, on: Date) -> i32 {
        let days = |a: Date, b: Date| (b - a).get_days();
        match (self.from, self.to) {
            (Some(from), _) if on < from => days(on, from),
            (_, Some(to)) if to < on => days(to, on),
            _ => 0,
        }
    }
}

/// A person with the spell that fits the day best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonMatch<'a> {
    pub index: usize,
    pub person: &'a Person,
    pub spell: &'a Spell,
    /// In that office on the day asked for.
    pub current: bool,
}

#[derive(Clone, Debug, Default)]
pub(super) struct People {
    people: Vec<Person>,
    /// Skeletons of last words (and first, for names that begin with the family's) → people.
    by_last: HashMap<String, Vec<usize>>,
    by_first: HashMap<String, Vec<usize>>,
    by_office: BTreeMap<(String, String), Vec<(usize, usize)>>,
    forenames: HashMap<String, Gender>,
    ids: HashMap<String, usize>,
}

/// Sides whose people are named by the family name first.
const FAMILY_FIRST: &[&str] = &["CHN", "TWN", "KOR", "PRK", "VNM", "KHM", "HKG", "MAC", "SGP", "MMR"];

impl People {
    /// Adds a spell, to the person of the same id or the same name and side.
    pub(super) fn add(
        &mut self,
        name: &str,
        aliases: Vec<String>,
        id: &str,
        gender: Option<Gender>,
        spell: Spell,
    ) {
        let by_name = format!("{}:{}", spell.side, fold(name).replace(' ', "-"));
        let key = if id.is_empty() { by_name.clone() } else { id.to_owned() };
        let found = self.ids.get(&key).or_else(|| self.ids.get(&by_name)).copied();
        let index = found.unwrap_or_else(|| {
            self.people.push(Person {
                name: name.to_owned(),
                aliases: Vec::new(),
                id: key.clone(),
                gender,
                spells: Vec::new(),
            });
            self.people.len() - 1
        });
        self.ids.entry(key).or_insert(index);
        self.ids.entry(by_name).or_insert(index);
        let family_first = FAMILY_FIRST.contains(&spell.side.as_str());
        let person = &mut self.people[index];
        if person.gender.is_none() {
            person.gender = gender;
        }
        if !id.is_empty() && person.id.contains(':') {
            id.clone_into(&mut person.id);
        }
        person.spells.push(spell);
        let mut forms = aliases;
        if person.name != name {
            forms.push(name.to_owned());
        }
        for form in &forms {
            if !person.aliases.contains(form) {
                person.aliases.push(form.clone());
            }
        }
        forms.push(name.to_owned());
        for form in forms {
            let folded = fold(&form);
            let list = words(&folded);
            for (word, map) in [
                (list.last(), &mut self.by_last),
                (list.first().filter(|_| family_first && list.len() > 1), &mut self.by_first),
            ] {
                if let Some(word) = word {
                    let people = map.entry(skeleton(word)).or_default();
                    if people.last() != Some(&index) && !people.contains(&index) {
                        people.push(index);
                    }
                }
            }
        }
    }

    /// Builds the index of offices, once all spells are in.
    pub(super) fn finish(&mut self) {
        for (p, person) in self.people.iter().enumerate() {
            for (s, spell) in person.spells.iter().enumerate() {
                self.by_office.entry((spell.side.clone(), spell.office.clone())).or_default().push((p, s));
            }
        }
        for list in self.by_office.values_mut() {
            list.sort_by_key(|&(p, s)| self.people[p].spells[s].from);
        }
    }

    pub(super) fn add_forename(&mut self, folded: &str, gender: Gender) {
        self.forenames.insert(folded.to_owned(), gender);
    }

    pub(super) fn forename(&self, folded: &str) -> Option<Gender> {
        self.forenames.get(folded).copied()
    }

    pub(super) fn get(&self, index: usize) -> Option<&Person> {
        self.people.get(index)
    }

    pub(super) fn all(&self) -> &[Person] {
        &self.people
    }

    pub(super) fn offices(&self) -> impl Iterator<Item = (&(String, String), &[(usize, usize)])> {
        self.by_office.iter().map(|(k, v)| (k, v.as_slice()))
    }

    pub(super) fn named(&self, name: &str, on: Date) -> Vec<PersonMatch<'_>> {
        let folded = fold(name);
        let Some(last) = words(&folded).last().map(|w| skeleton(w)) else { return Vec::new() };
        let candidates = self.by_last.get(&last).into_iter().flatten();
        let fits = |p: &&usize| {
            let person = &self.people[**p];
            std::iter::once(&person.name).chain(&person.aliases).any(|form| {
                let form = fold(form);
                form == folded || same_person(&form, &folded)
            })
        };
        self.ranked(candidates.filter(fits).copied(), on)
    }

    pub(super) fn surnamed(&self, word: &str, on: Date) -> Vec<PersonMatch<'_>> {
        let folded = fold(word);
        let key = skeleton(&folded);
        let last = self.by_last.get(&key).into_iter().flatten().filter(|p| {
            let name = fold(&self.people[**p].name);
            words(&name).last().is_some_and(|w| alike(w, &folded))
        });
        let first = self.by_first.get(&key).into_iter().flatten().filter(|p| {
            let name = fold(&self.people[**p].name);
            words(&name).first().is_some_and(|w| *w == folded)
        });
        let mut out = self.ranked(last.chain(first).copied(), on);
        out.retain(|m| m.current);
        out
    }

    pub(super) fn holder(&self, side: &str, office: &str, on: Date) -> Option<PersonMatch<'_>> {
        let list = self.by_office.get(&(side.to_owned(), office.to_owned()))?;
        let (p, s) = *list.iter().rev().find(|&&(p, s)| {
            let spell = &self.people[p].spells[s];
            spell.from.is_some() && spell.covers(on)
        })?;
        Some(PersonMatch {
            index: p,
            person: &self.people[p],
            spell: &self.people[p].spells[s],
            current: true,
        })
    }

    /// Each person with the nearest spell, nearest first.
    fn ranked(&self, people: impl Iterator<Item = usize>, on: Date) -> Vec<PersonMatch<'_>> {
        let mut out: Vec<PersonMatch<'_>> = Vec::new();
        for index in people {
            let person = &self.people[index];
            let nearest =
                person.spells.iter().min_by_key(|s| (s.distance(on), s.from.map(std::cmp::Reverse)));
            if let Some(spell) = nearest
                && !out.iter().any(|m| m.index == index)
            {
                out.push(PersonMatch { index, person, spell, current: spell.covers(on) });
            }
        }
        out.sort_by_key(|m| m.spell.distance(on));
        // Two spellings of one person, from two sources, are one.
        let mut one: Vec<PersonMatch<'_>> = Vec::new();
        for m in out {
            if !one.iter().any(|o| {
                o.spell.side == m.spell.side && same_person(&fold(&o.person.name), &fold(&m.person.name))
            }) {
                one.push(m);
            }
        }
        one
    }
}
