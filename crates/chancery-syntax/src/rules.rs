//! The attribute rules: universal part of speech and morphology from tag, label and word, with some
//! lemmas. All rules are matched first, then applied in order, so that later ones win.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use crate::labels::{Dep, Pos, Tag};
use crate::model::ModelError;
use crate::pack::Pack;

/// What the rules look at in a token.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Traits {
    pub(crate) tag: Tag,
    pub(crate) dep: Dep,
    /// From [`Rules::class_of`].
    pub(crate) class: u16,
    pub(crate) is_space: bool,
}

/// What the rules make of a token.
#[derive(Clone, Copy)]
pub(crate) struct Outcome {
    pub(crate) tag: Tag,
    pub(crate) dep: Dep,
    pub(crate) pos: Pos,
    /// Index into [`Rules::morphs`].
    pub(crate) morph: u16,
    /// Index into [`Rules::lemmas`].
    pub(crate) lemma: Option<u16>,
}

#[derive(Clone, Copy)]
enum Setting {
    Tag(Tag),
    Dep(Dep),
    Pos(Pos),
    Morph(u16),
    Lemma(u16),
}

/// The conditions on one token, as sets of bits; `lower` is one of [`Rules::sets`].
#[derive(Clone, Copy)]
struct Condition {
    tags: u64,
    deps: u64,
    lower: Option<usize>,
    is_space: Option<bool>,
}

const ANY: Condition = Condition { tags: u64::MAX, deps: u64::MAX, lower: None, is_space: None };

#[derive(Default)]
struct Rule {
    /// Which token of the pattern is set.
    index: usize,
    patterns: Vec<Vec<Condition>>,
    settings: Vec<Setting>,
}

/// Outcomes of tokens by themselves, computed so far.
pub(crate) type Memory = HashMap<Traits, Outcome>;

#[derive(Default)]
pub(crate) struct Rules {
    rules: Vec<Rule>,
    /// Patterns of several tokens: rule and pattern.
    wide: Vec<(usize, usize)>,
    /// The sets of words that conditions name.
    sets: Vec<BTreeSet<String>>,
    /// The class of each word in any set; the rest are of class 0.
    classes: HashMap<String, u16>,
    /// Which sets a class is in, and whether one of them belongs to a pattern of several tokens.
    class_sets: Vec<Vec<usize>>,
    class_is_wide: Vec<bool>,
    pub(crate) morphs: Vec<&'static str>,
    pub(crate) lemmas: Vec<Box<str>>,
}

impl Rules {
    pub(crate) fn load(pack: &Pack<'_>) -> Result<Self, ModelError> {
        let mut rules = Self { morphs: vec![""], ..Self::default() };
        for line in pack.strings("rules")?.iter() {
            rules.read(line).ok_or_else(|| ModelError::Wrong(format!("rules: {line}")))?;
        }
        let mut members: BTreeMap<Vec<usize>, u16> = BTreeMap::from([(Vec::new(), 0)]);
        rules.class_sets.push(Vec::new());
        let words: BTreeSet<&String> = rules.sets.iter().flatten().collect();
        for word in words {
            let sets: Vec<usize> = (0..rules.sets.len()).filter(|&s| rules.sets[s].contains(word)).collect();
            let next = u16::try_from(members.len()).unwrap_or(u16::MAX);
            let class = *members.entry(sets.clone()).or_insert(next);
            if class == next {
                rules.class_sets.push(sets);
            }
            rules.classes.insert(word.clone(), class);
        }
        for (r, rule) in rules.rules.iter().enumerate() {
            for (p, pattern) in rule.patterns.iter().enumerate() {
                if pattern.len() > 1 {
                    rules.wide.push((r, p));
                }
            }
        }
        let wide_sets: BTreeSet<usize> = rules
            .wide
            .iter()
            .flat_map(|&(r, p)| &rules.rules[r].patterns[p])
            .filter_map(|c| c.lower)
            .collect();
        rules.class_is_wide =
            rules.class_sets.iter().map(|sets| sets.iter().any(|s| wide_sets.contains(s))).collect();
        Ok(rules)
    }

    /// Reads a line of the packed rules.
    fn read(&mut self, line: &str) -> Option<()> {
        let fields: Vec<&str> = line.split('\t').collect();
        match fields.as_slice() {
            ["rule", index] => self.rules.push(Rule { index: index.parse().ok()?, ..Rule::default() }),
            ["set", attribute, value] => {
                let setting = match *attribute {
                    "TAG" => Setting::Tag(Tag::from_name(value)?),
                    "DEP" => Setting::Dep(Dep::from_name(value)?),
                    "POS" => Setting::Pos(Pos::from_name(value)?),
                    "MORPH" => Setting::Morph(self.morph(if *value == "_" { "" } else { value })?),
                    "LEMMA" => {
                        self.lemmas.push((*value).into());
                        Setting::Lemma(u16::try_from(self.lemmas.len() - 1).ok()?)
                    }
                    _ => return None,
                };
                self.rules.last_mut()?.settings.push(setting);
            }
            ["pattern"] => self.rules.last_mut()?.patterns.push(Vec::new()),
            ["token"] => self.rules.last_mut()?.patterns.last_mut()?.push(ANY),
            [attribute, predicate, values @ ..] => {
                let words = self.sets.len();
                let condition = self.rules.last_mut()?.patterns.last_mut()?.last_mut()?;
                match (*attribute, *predicate) {
                    ("TAG", "IN") => condition.tags = bits(values, Tag::ALL, Tag::as_str),
                    ("TAG", "NOT_IN") => condition.tags = !bits(values, Tag::ALL, Tag::as_str),
                    ("DEP", "IN") => condition.deps = bits(values, Dep::ALL, Dep::as_str),
                    ("DEP", "NOT_IN") => condition.deps = !bits(values, Dep::ALL, Dep::as_str),
                    ("IS_SPACE", "IS") => condition.is_space = Some(values == ["true"]),
                    ("LOWER", "IN") => {
                        condition.lower = Some(words);
                        self.sets.push(values.iter().map(|&v| v.to_owned()).collect());
                    }
                    _ => return None,
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn morph(&mut self, morph: &str) -> Option<u16> {
        let known = self.morphs.iter().position(|&m| m == morph);
        u16::try_from(known.unwrap_or_else(|| {
            self.morphs.push(lasting(morph));
            self.morphs.len() - 1
        }))
        .ok()
    }

    /// Which conditions on its lower-case form a word meets.
    pub(crate) fn class_of(&self, lower: &str) -> u16 {
        self.classes.get(lower).copied().unwrap_or(0)
    }

    /// Applies the rules to all tokens of a text.
    pub(crate) fn apply(&self, tokens: &[Traits], memory: &mut Memory, out: &mut Vec<Outcome>) {
        out.extend(
            tokens
                .iter()
                .enumerate()
                .map(|(i, &traits)| *memory.entry(traits).or_insert_with(|| self.outcome(&tokens[i..=i], 0))),
        );
        let first = out.len() - tokens.len();
        for i in 0..tokens.len() {
            if !self.class_is_wide[usize::from(tokens[i].class)] {
                continue;
            }
            for &(r, p) in &self.wide {
                let rule = &self.rules[r];
                for start in i.saturating_sub(1)..=i {
                    if self.matches(&rule.patterns[p], tokens, start) {
                        let target = start + rule.index;
                        out[first + target] = self.outcome(tokens, target);
                    }
                }
            }
        }
    }

    /// What all the rules together make of token `i`.
    fn outcome(&self, tokens: &[Traits], i: usize) -> Outcome {
        let Traits { tag, dep, .. } = tokens[i];
        let mut outcome = Outcome { tag, dep, pos: Pos::X, morph: 0, lemma: None };
        for rule in &self.rules {
            let Some(start) = i.checked_sub(rule.index) else { continue };
            if !rule.patterns.iter().any(|pattern| self.matches(pattern, tokens, start)) {
                continue;
            }
            for &setting in &rule.settings {
                match setting {
                    Setting::Tag(tag) => outcome.tag = tag,
                    Setting::Dep(dep) => outcome.dep = dep,
                    Setting::Pos(pos) => outcome.pos = pos,
                    Setting::Morph(morph) => outcome.morph = morph,
                    Setting::Lemma(lemma) => outcome.lemma = Some(lemma),
                }
            }
        }
        outcome
    }

    fn matches(&self, pattern: &[Condition], tokens: &[Traits], start: usize) -> bool {
        let Some(tokens) = tokens.get(start..start + pattern.len()) else { return false };
        pattern.iter().zip(tokens).all(|(condition, token)| {
            condition.tags >> (token.tag as u64) & 1 == 1
                && condition.deps >> (token.dep as u64) & 1 == 1
                && condition.is_space.is_none_or(|is_space| is_space == token.is_space)
                && condition.lower.is_none_or(|set| self.class_sets[usize::from(token.class)].contains(&set))
        })
    }
}

/// The set of those labels that are named. Names outside the closed sets match no token.
fn bits<L: Copy>(names: &[&str], all: &[L], name: impl Fn(L) -> &'static str) -> u64 {
    let named = all.iter().enumerate().filter(|&(_, &label)| names.contains(&name(label)));
    named.fold(0, |bits, (i, _)| bits | 1 << i)
}

/// A copy that stays for the program's life, one for each distinct string.
fn lasting(string: &str) -> &'static str {
    static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = known.get(string) {
        return found;
    }
    let copy: &'static str = Box::leak(string.into());
    known.insert(copy);
    copy
}
