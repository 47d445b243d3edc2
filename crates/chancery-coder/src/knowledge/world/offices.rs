//! Offices and the words for them: "external affairs minister", "secretary of state", "top diplomat".

use std::collections::HashMap;

use super::fold::fold;
use super::table::Table;
use crate::knowledge::{Files, KnowledgeError};

/// An office, or a class of them where many people hold one at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// `foreign_minister`.
    pub id: String,
    /// One person holds it at a time in one state.
    pub single: bool,
    /// PLOVER sector of its holders.
    pub sector: String,
}

/// All offices and the phrases that name them.
#[derive(Clone, Debug, Default)]
pub struct Offices {
    offices: Vec<Office>,
    /// Folded phrase → the sides it is kept to (none: any side) and the office.
    phrases: HashMap<String, Vec<(Vec<String>, usize)>>,
    longest: usize,
}

/// How a portfolio becomes a title.
const TITLES: &[&str] = &[
    "{} minister",
    "minister of {}",
    "minister for {}",
    "minister of the {}",
    "minister for the {}",
    "minister in charge of {}",
    "{} supremo",
];

impl Offices {
    /// Reads `world/offices.tsv`.
    ///
    /// # Errors
    /// The table is missing or malformed.
    pub fn load(files: &Files) -> Result<Self, KnowledgeError> {
        let table = Table::open(
            files,
            "world/offices.tsv",
            &["id", "seat", "sector", "portfolios", "words", "sides", "source"],
        )?;
        let mut out = Self::default();
        for row in table.rows() {
            let row = row?;
            if !matches!(row.cell(1), "single" | "many") {
                return Err(row.fault("a seat is `single` or `many`"));
            }
            let id = row.cell(0);
            let office = out.offices.iter().position(|o| o.id == id).unwrap_or_else(|| {
                out.offices.push(Office {
                    id: id.to_owned(),
                    single: row.cell(1) == "single",
                    sector: row.cell(2).to_owned(),
                });
                out.offices.len() - 1
            });
            let sides: Vec<String> =
                row.cell(5).split(',').filter(|s| !s.is_empty()).map(str::to_owned).collect();
            for portfolio in row.list(3) {
                for title in TITLES {
                    out.add(&title.replace("{}", portfolio), &sides, office);
                }
            }
            for words in row.list(4) {
                out.add(words, &sides, office);
            }
        }
        Ok(out)
    }

    fn add(&mut self, words: &str, sides: &[String], office: usize) {
        let key = fold(words);
        self.longest = self.longest.max(key.split(' ').count());
        let list = self.phrases.entry(key).or_default();
        if !list.iter().any(|(s, o)| *o == office && s == sides) {
            list.push((sides.to_vec(), office));
        }
    }

    #[must_use]
    pub fn all(&self) -> &[Office] {
        &self.offices
    }

    #[must_use]
    pub fn named(&self, id: &str) -> Option<&Office> {
        self.offices.iter().find(|o| o.id == id)
    }

    /// The most words that a phrase has.
    #[must_use]
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// The office that a folded phrase names for a side: the reading kept to that side first, then
    /// the one for any side, then whichever there is where no side is known.
    #[must_use]
    pub fn read(&self, folded: &str, side: Option<&str>) -> Option<&Office> {
        let list = self.phrases.get(folded)?;
        let own = side.and_then(|side| list.iter().find(|(sides, _)| sides.iter().any(|s| s == side)));
        let any = list.iter().find(|(sides, _)| sides.is_empty());
        let only = if side.is_none() { list.first() } else { None };
        own.or(any).or(only).map(|(_, office)| &self.offices[*office])
    }

    /// Some office has these words.
    #[must_use]
    pub fn has(&self, folded: &str) -> bool {
        self.phrases.contains_key(folded)
    }

    /// The sides that these words are kept to, where all readings are kept to some.
    pub fn sides(&self, folded: &str) -> impl Iterator<Item = &str> {
        let list = self.phrases.get(folded).filter(|l| l.iter().all(|(s, _)| !s.is_empty()));
        list.into_iter().flatten().flat_map(|(s, _)| s).map(String::as_str)
    }
}
