//! The grammar's vocabulary: words, the classes they belong to, and what they mean in each.

use std::collections::{BTreeMap, HashMap};

/// What a word means in a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Datum {
    Number(i64),
    Name(String),
}

/// A class of words; the bit that it has in a word's mask is its index.
#[derive(Clone, Debug)]
pub(crate) struct Class {
    /// Its words count only when they begin with a capital.
    pub capital: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Word {
    pub mask: u64,
    pub meanings: Vec<(usize, Datum)>,
}

/// All words that rules know. Word 0 is the word that they don't.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    ids: HashMap<String, u32>,
    words: Vec<Word>,
    classes: Vec<Class>,
    by_name: BTreeMap<String, usize>,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self {
            ids: HashMap::new(),
            words: vec![Word::default()],
            classes: Vec::new(),
            by_name: BTreeMap::new(),
        }
    }
}

impl Lexicon {
    pub(crate) fn intern(&mut self, word: &str) -> Result<u32, String> {
        if let Some(&id) = self.ids.get(word) {
            return Ok(id);
        }
        let id = u32::try_from(self.words.len()).map_err(|_| "too many words".to_owned())?;
        self.ids.insert(word.to_owned(), id);
        self.words.push(Word::default());
        Ok(id)
    }

    /// 0 where the word is unknown.
    pub(crate) fn id(&self, word: &str) -> u32 {
        self.ids.get(word).copied().unwrap_or(0)
    }

    pub(crate) fn add_class(&mut self, name: &str, capital: bool) -> Result<usize, String> {
        if self.by_name.contains_key(name) {
            return Err(format!("class `{name}` stands already elsewhere"));
        }
        if self.classes.len() == 64 {
            return Err("there may be 64 classes at most".to_owned());
        }
        self.by_name.insert(name.to_owned(), self.classes.len());
        self.classes.push(Class { capital });
        Ok(self.classes.len() - 1)
    }

    pub(crate) fn add_meaning(&mut self, word: &str, class: usize, datum: Datum) -> Result<(), String> {
        let id = self.intern(word)?;
        let word = &mut self.words[id as usize];
        word.mask |= 1 << class;
        word.meanings.push((class, datum));
        Ok(())
    }

    pub(crate) fn class(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    pub(crate) fn class_info(&self, class: usize) -> &Class {
        &self.classes[class]
    }

    pub(crate) fn mask(&self, word: u32) -> u64 {
        self.words.get(word as usize).map_or(0, |w| w.mask)
    }

    pub(crate) fn meaning(&self, word: u32, class: usize) -> Option<&Datum> {
        self.words.get(word as usize)?.meanings.iter().find(|(c, _)| *c == class).map(|(_, d)| d)
    }

    /// What a word counts in a class of numbers.
    pub(crate) fn number(&self, word: u32, class: usize) -> Option<i64> {
        match self.meaning(word, class)? {
            Datum::Number(n) => Some(*n),
            Datum::Name(_) => None,
        }
    }
}
