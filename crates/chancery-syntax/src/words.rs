//! What the model knows of a word by itself: its norm and the ids of the features it is embedded by.

use std::collections::HashMap;

use crate::characters::{Characters, DIGIT, LETTER, UPPERCASE};
use crate::hashes;
use crate::model::ModelError;
use crate::pack::Pack;

/// Ids of strings and the norms of words.
pub(crate) struct Vocabulary {
    symbols: HashMap<Box<str>, u64>,
    base_norms: HashMap<Box<str>, u64>,
    norms: HashMap<u64, u64>,
}

/// Feature ids in the order of the embedding tables: norm, first letter, last three letters, shape,
/// followed by a space, white space.
pub(crate) type Features = [u64; 6];

impl Vocabulary {
    pub(crate) fn load(pack: &Pack<'_>) -> Result<Self, ModelError> {
        let symbols = pack.strings("symbols")?;
        let symbols = symbols.iter().zip(0..).map(|(symbol, id)| (symbol.into(), id)).collect();
        let mut vocabulary = Self { symbols, base_norms: HashMap::new(), norms: HashMap::new() };
        let (words, norms) = (pack.strings("norms.base.words")?, pack.strings("norms.base")?);
        for (word, norm) in words.iter().zip(norms.iter()) {
            vocabulary.base_norms.insert(word.into(), vocabulary.id(norm));
        }
        for (word, norm) in pack.hashes("norms.keys")?.into_iter().zip(pack.strings("norms")?.iter()) {
            vocabulary.norms.insert(word, vocabulary.id(norm));
        }
        Ok(vocabulary)
    }

    /// The id of a string: its place among spaCy's symbols or its hash.
    pub(crate) fn id(&self, string: &str) -> u64 {
        self.symbols.get(string).copied().unwrap_or_else(|| hashes::of_bytes(string.as_bytes()))
    }

    /// The features of a word. An exception of the tokenizer may give its own `norm`.
    pub(crate) fn features(
        &self,
        characters: &Characters,
        word: &str,
        lower: &str,
        norm: Option<u64>,
        is_space: bool,
    ) -> Features {
        let norm = norm
            .or_else(|| self.norms.get(&self.id(word)).copied())
            .or_else(|| self.base_norms.get(word).copied())
            .unwrap_or_else(|| self.id(lower));
        let prefix = word.chars().next().map_or(0, char::len_utf8);
        let suffix: usize = word.chars().rev().take(3).map(char::len_utf8).sum();
        let shape = self.id(&shape(characters, word));
        let (prefix, suffix) = (self.id(&word[..prefix]), self.id(&word[word.len() - suffix..]));
        [norm, prefix, suffix, shape, 0, u64::from(is_space)]
    }
}

/// Letters as `X` and `x`, digits as `d`, runs of one shape cut to four; `LONG` from 100 characters.
fn shape(characters: &Characters, word: &str) -> String {
    if word.len() >= 100 && word.chars().nth(99).is_some() {
        return "LONG".to_owned();
    }
    let mut shape = String::new();
    let (mut last, mut run) = (None, 0);
    for c in word.chars() {
        let class = characters.of(c);
        let mark = match () {
            () if class & LETTER != 0 && class & UPPERCASE != 0 => 'X',
            () if class & LETTER != 0 => 'x',
            () if class & DIGIT != 0 => 'd',
            () => c,
        };
        run = if last == Some(mark) { run + 1 } else { 0 };
        last = Some(mark);
        if run < 4 {
            shape.push(mark);
        }
    }
    shape
}
