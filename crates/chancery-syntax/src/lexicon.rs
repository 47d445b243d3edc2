//! The words met so far, each with its features and vectors, so that nothing that depends on a word
//! alone is computed twice. A lexicon belongs to one thread; results never depend on what is in it.

use std::collections::HashMap;

use crate::characters::SPACE;
use crate::encoder::Encoder;
use crate::matrix::WIDTH;
use crate::model::Weights;
use crate::tokenizer::Piece;
use crate::words::Features;

/// Index of a word in the lexicon.
pub(crate) type WordId = u32;

/// Longer runs are rarely met again.
const LONGEST_RUN: usize = 64;
/// With more words or runs than this, the lexicon starts anew before the next batch.
const MOST_WORDS: usize = 40_000;
const MOST_RUNS: usize = 80_000;
/// Where a vector is not computed yet.
const NONE: u32 = u32::MAX;
/// Vectors are computed for this many words at a time.
const BATCH: usize = 48;

pub(crate) struct Word {
    pub(crate) features: Features,
    pub(crate) text: Box<str>,
    pub(crate) lower: Box<str>,
    pub(crate) is_space: bool,
    /// Begins a sequence of tokens that spells a tokenizer exception.
    pub(crate) begins_torn: bool,
    /// Which conditions on the lower-case form of the attribute rules hold.
    pub(crate) rule_class: u16,
    /// Places among the vectors: syntax without and with a space after, names.
    vectors: [u32; 3],
}

/// Which of a word's vectors.
#[derive(Clone, Copy)]
pub(crate) enum Use {
    Syntax { space_after: bool },
    Names,
}

impl Use {
    fn slot(self) -> usize {
        match self {
            Self::Syntax { space_after } => usize::from(space_after),
            Self::Names => 2,
        }
    }
}

/// A place in one of the lexicon's lists, whose size the two limits and the longest text bound.
fn index(place: usize) -> u32 {
    u32::try_from(place).expect("a lexicon is small")
}

#[derive(Default)]
pub(crate) struct Lexicon {
    words: Vec<Word>,
    plain: HashMap<Box<str>, WordId>,
    /// Words whose norm an exception gives.
    with_norm: HashMap<(WordId, u64), WordId>,
    runs: HashMap<Box<str>, (u32, u32)>,
    run_pieces: Vec<(WordId, u32)>,
    vectors: Vec<f32>,
    wanted: Vec<(WordId, usize)>,
    rows: Vec<f32>,
    scratch: Vec<f32>,
}

impl Lexicon {
    /// Makes room between batches. Tells whether it did: word ids from before are void then.
    pub(crate) fn trim(&mut self) -> bool {
        let full = self.words.len() > MOST_WORDS || self.runs.len() > MOST_RUNS;
        if full {
            *self = Self::default();
        }
        full
    }

    pub(crate) fn get(&self, word: WordId) -> &Word {
        &self.words[word as usize]
    }

    /// The tokens of a run that was met before: words and lengths in bytes.
    pub(crate) fn run(&self, run: &str) -> Option<&[(WordId, u32)]> {
        if run.len() > LONGEST_RUN {
            return None;
        }
        let &(start, end) = self.runs.get(run)?;
        Some(&self.run_pieces[start as usize..end as usize])
    }

    pub(crate) fn keep_run(&mut self, run: &str, pieces: &[Piece]) {
        if run.len() > LONGEST_RUN {
            return;
        }
        let start = self.run_pieces.len();
        self.run_pieces.extend(pieces.iter().map(|p| (p.word, index(p.end - p.start))));
        self.runs.insert(run.into(), (index(start), index(self.run_pieces.len())));
    }

    /// The word with this text, and this norm if an exception gives one.
    pub(crate) fn word(&mut self, weights: &Weights, text: &str, norm: Option<u64>) -> WordId {
        let plain = match self.plain.get(text) {
            Some(&word) => word,
            None => {
                let word = self.add(weights, text, None);
                self.plain.insert(text.into(), word);
                word
            }
        };
        let Some(norm) = norm else { return plain };
        if let Some(&word) = self.with_norm.get(&(plain, norm)) {
            return word;
        }
        let word = self.add(weights, text, Some(norm));
        self.with_norm.insert((plain, norm), word);
        word
    }

    fn add(&mut self, weights: &Weights, text: &str, norm: Option<u64>) -> WordId {
        let characters = &weights.characters;
        let lower = characters.lower(text);
        let is_space = !text.is_empty() && text.chars().all(|c| characters.is(c, SPACE));
        self.words.push(Word {
            features: weights.vocabulary.features(characters, text, &lower, norm, is_space),
            text: text.into(),
            is_space,
            begins_torn: weights.tokenizer.begins_torn(text),
            rule_class: weights.rules.class_of(&lower),
            lower: lower.into(),
            vectors: [NONE; 3],
        });
        index(self.words.len() - 1)
    }

    /// Computes those vectors of the words that are not known yet.
    pub(crate) fn want(&mut self, weights: &Weights, words: impl Iterator<Item = (WordId, Use)>) {
        for (word, which) in words {
            let vector = &mut self.words[word as usize].vectors[which.slot()];
            if *vector == NONE {
                *vector = index(self.vectors.len() / WIDTH + self.wanted.len());
                self.wanted.push((word, which.slot()));
            }
        }
        let wanted = std::mem::take(&mut self.wanted);
        // One encoder at a time, but in the order that was promised.
        let first = self.vectors.len();
        self.vectors.resize(first + wanted.len() * WIDTH, 0.0);
        for names in [false, true] {
            let encoder: &Encoder = if names { &weights.names.encoder } else { &weights.syntax };
            let mine: Vec<(usize, Features)> = wanted
                .iter()
                .enumerate()
                .filter(|(_, w)| (w.1 == 2) == names)
                .map(|(i, &(word, slot))| {
                    let mut features = self.words[word as usize].features;
                    features[4] = u64::from(slot == 1);
                    (i, features)
                })
                .collect();
            for batch in mine.chunks(BATCH) {
                let mut out = [0.0; BATCH * WIDTH];
                let out = &mut out[..batch.len() * WIDTH];
                let features = batch.iter().map(|(_, features)| features);
                encoder.embed(weights.arch, features, &mut self.rows, &mut self.scratch, out);
                for ((i, _), vector) in batch.iter().zip(out.as_chunks::<WIDTH>().0) {
                    let start = first + i * WIDTH;
                    self.vectors[start..start + WIDTH].copy_from_slice(vector);
                }
            }
        }
        self.wanted = wanted;
        self.wanted.clear();
    }

    /// A vector that was wanted.
    pub(crate) fn vector(&self, word: WordId, which: Use) -> &[f32] {
        let start = self.words[word as usize].vectors[which.slot()] as usize * WIDTH;
        &self.vectors[start..start + WIDTH]
    }
}
