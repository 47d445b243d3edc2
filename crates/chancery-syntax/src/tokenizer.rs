//! Text into tokens: runs between spaces, exceptions, affixes, and a last pass for exceptions that
//! the affixes tore apart (spaCy's tokenizer, with the English rules of the model).

use std::collections::HashMap;

use crate::affixes::{Affixes, is_url};
use crate::characters::{Characters, SPACE};
use crate::lexicon::{Lexicon, Word, WordId};
use crate::model::{ModelError, Weights};
use crate::pack::Pack;

/// A token before anything is known about it; bytes into the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) word: WordId,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) space_after: bool,
}

/// An exception's token: its text and its norm's id where it has one.
#[derive(Debug)]
pub(crate) struct Part {
    text: Box<str>,
    norm: Option<u64>,
}

pub(crate) struct Tokenizer {
    affixes: Affixes,
    exceptions: HashMap<Box<str>, Box<[Part]>>,
    /// Bytes of the longest exception: no longer text is looked up.
    longest: usize,
    /// Sequences of tokens that spell an exception, by their first token.
    torn: HashMap<Box<str>, Vec<Vec<Box<str>>>>,
}

impl Tokenizer {
    pub(crate) fn load(
        pack: &Pack<'_>,
        characters: &Characters,
        id: impl Fn(&str) -> u64,
    ) -> Result<Self, ModelError> {
        let mut tokenizer = Self {
            affixes: Affixes::load(pack)?,
            exceptions: HashMap::new(),
            longest: 0,
            torn: HashMap::new(),
        };
        let lines = pack.strings("tokenizer.exceptions")?;
        for line in lines.iter() {
            let mut fields = line.split('\u{1f}');
            let Some(key) = fields.next() else { continue };
            let parts = fields.map(|part| match part.split_once('\u{1e}') {
                Some((text, norm)) => Part { text: text.into(), norm: Some(id(norm)) },
                None => Part { text: part.into(), norm: None },
            });
            tokenizer.exceptions.insert(key.into(), parts.collect());
            tokenizer.longest = tokenizer.longest.max(key.len());
            let mut has_infix = false;
            Affixes::infixes(characters, key, |_, _| has_infix = true);
            if has_infix
                || key.contains(' ')
                || tokenizer.affixes.prefix(characters, key) > 0
                || tokenizer.affixes.suffix(characters, key) > 0
            {
                tokenizer.add_torn(characters, key);
            }
        }
        Ok(tokenizer)
    }

    /// Notes how an exception is tokenised when it is not known as one.
    fn add_torn(&mut self, characters: &Characters, key: &str) {
        let mut sequence: Vec<Box<str>> = Vec::new();
        if key.chars().all(|c| characters.is(c, SPACE)) {
            sequence.push(key.into());
        } else {
            let split = Split { tokenizer: self, characters, with_exceptions: false };
            split.chunk(key, &mut |start, end, _| sequence.push(key[start..end].into()));
        }
        let Some(first) = sequence.first() else { return };
        let known = self.torn.entry(first.clone()).or_default();
        if !known.contains(&sequence) {
            known.push(sequence);
        }
    }

    fn exception(&self, text: &str) -> Option<&[Part]> {
        if text.len() > self.longest {
            return None;
        }
        self.exceptions.get(text).map(AsRef::as_ref)
    }

    /// Does a sequence of tokens that spells an exception begin with this word?
    pub(crate) fn begins_torn(&self, word: &str) -> bool {
        self.torn.contains_key(word)
    }

    /// Appends the tokens of the text to `out`.
    pub(crate) fn tokenize(
        &self,
        weights: &Weights,
        lexicon: &mut Lexicon,
        text: &str,
        out: &mut Vec<Piece>,
    ) {
        let characters = &weights.characters;
        let first = out.len();
        let mut start = 0;
        let mut in_space = None;
        for (at, c) in text.char_indices() {
            let is_space = characters.is(c, SPACE);
            if in_space == Some(!is_space) {
                if start < at {
                    self.run(weights, lexicon, text, start, at, out);
                }
                start = at;
                if c == ' '
                    && let Some(last) = out[first..].last_mut()
                {
                    last.space_after = true;
                    start = at + 1;
                }
            }
            in_space = Some(is_space);
        }
        if start < text.len() {
            self.run(weights, lexicon, text, start, text.len(), out);
        }
        self.mend(weights, lexicon, text, first, out);
    }

    /// Appends the tokens of one run of white space or of other characters.
    fn run(
        &self,
        weights: &Weights,
        lexicon: &mut Lexicon,
        text: &str,
        start: usize,
        end: usize,
        out: &mut Vec<Piece>,
    ) {
        let run = &text[start..end];
        if let Some(known) = lexicon.run(run) {
            let mut at = start;
            out.extend(known.iter().map(|&(word, length)| {
                at += length as usize;
                Piece { word, start: at - length as usize, end: at, space_after: false }
            }));
            return;
        }
        let first = out.len();
        let split = Split { tokenizer: self, characters: &weights.characters, with_exceptions: true };
        split.chunk(run, &mut |from, to, norm| {
            let word = lexicon.word(weights, &run[from..to], norm);
            out.push(Piece { word, start: start + from, end: start + to, space_after: false });
        });
        lexicon.keep_run(run, &out[first..]);
    }

    /// The last pass: where tokens in sequence spell an exception, they are replaced by its parts.
    fn mend(&self, weights: &Weights, lexicon: &mut Lexicon, text: &str, first: usize, out: &mut Vec<Piece>) {
        let mut found: Vec<(usize, usize)> = Vec::new();
        let tokens = &out[first..];
        for (i, piece) in tokens.iter().enumerate() {
            if !lexicon.get(piece.word).begins_torn {
                continue;
            }
            let Some(sequences) = self.torn.get(&text[piece.start..piece.end]) else { continue };
            for sequence in sequences {
                let spelled = tokens.get(i..i + sequence.len());
                let words = sequence.iter().map(AsRef::as_ref);
                if spelled.is_some_and(|pieces| pieces.iter().map(|p| &text[p.start..p.end]).eq(words)) {
                    found.push((i, i + sequence.len()));
                }
            }
        }
        if found.is_empty() {
            return;
        }
        // Longer spans first, then earlier ones; a span is kept unless an end of it was seen before.
        found.sort_by_key(|&(start, end)| (std::cmp::Reverse(end - start), start));
        let mut seen = vec![false; tokens.len()];
        found.retain(|&(start, end)| {
            let free = !seen[start] && !seen[end - 1];
            seen[start..end].fill(true);
            free
        });
        found.sort_unstable();
        let old = out.split_off(first);
        let mut next = 0;
        for (start, end) in found {
            out.extend_from_slice(&old[next..start]);
            next = end;
            let (from, to) = (old[start].start, old[end - 1].end);
            let Some(parts) = self.exception(&text[from..to]) else {
                out.extend_from_slice(&old[start..end]);
                continue;
            };
            let mut at = from;
            for part in parts {
                let word = lexicon.word(weights, &part.text, part.norm);
                out.push(Piece { word, start: at, end: at + part.text.len(), space_after: false });
                at += part.text.len();
            }
            if let Some(last) = out.last_mut() {
                last.space_after = old[end - 1].space_after;
            }
        }
        out.extend_from_slice(&old[next..]);
    }
}

impl Word {
    /// Can't be split: ASCII letters alone match no affix.
    fn is_plain(text: &str) -> bool {
        text.bytes().all(|b| b.is_ascii_alphabetic())
    }
}

/// Receives the byte range of each token of a run, with an exception's norm.
type Sink<'a> = dyn FnMut(usize, usize, Option<u64>) + 'a;

struct Split<'a> {
    tokenizer: &'a Tokenizer,
    characters: &'a Characters,
    with_exceptions: bool,
}

impl Split<'_> {
    fn exception(&self, text: &str) -> Option<&[Part]> {
        if self.with_exceptions { self.tokenizer.exception(text) } else { None }
    }

    fn parts(parts: &[Part], start: usize, sink: &mut Sink<'_>) {
        let mut at = start;
        for part in parts {
            sink(at, at + part.text.len(), part.norm);
            at += part.text.len();
        }
    }

    /// Splits one run without white space, or one of white space only.
    fn chunk(&self, text: &str, sink: &mut Sink<'_>) {
        if let Some(parts) = self.exception(text) {
            return Self::parts(parts, 0, sink);
        }
        if Word::is_plain(text) {
            return sink(0, text.len(), None);
        }
        let (mut start, mut end) = (0, text.len());
        let mut suffixes = Vec::new();
        while start < end {
            let rest = &text[start..end];
            if self.exception(rest).is_some() {
                break;
            }
            let prefix = self.tokenizer.affixes.prefix(self.characters, rest);
            if prefix > 0 && self.exception(&rest[prefix..]).is_some() {
                sink(start, start + prefix, None);
                start += prefix;
                break;
            }
            let suffix = self.tokenizer.affixes.suffix(self.characters, &rest[prefix..]);
            let cut = rest.len() - suffix;
            if suffix > 0 && self.exception(&rest[..cut]).is_some() {
                suffixes.push((end - suffix, end));
                end -= suffix;
                break;
            }
            if prefix == 0 && suffix == 0 {
                break;
            }
            if prefix > 0 {
                sink(start, start + prefix, None);
                start += prefix;
            }
            if suffix > 0 {
                suffixes.push((end - suffix, end));
                end -= suffix;
            }
        }
        self.middle(text, start, end, sink);
        for (start, end) in suffixes.into_iter().rev() {
            sink(start, end, None);
        }
    }

    /// What is left between the affixes: an exception, an address, or pieces between infixes.
    fn middle(&self, text: &str, start: usize, end: usize, sink: &mut Sink<'_>) {
        let middle = &text[start..end];
        if middle.is_empty() {
            return;
        }
        if let Some(parts) = self.exception(middle) {
            return Self::parts(parts, start, sink);
        }
        if Word::is_plain(middle) || is_url(self.characters, middle) {
            return sink(start, end, None);
        }
        let mut last = 0;
        Affixes::infixes(self.characters, middle, |from, to| {
            if from == 0 {
                return;
            }
            if from != last {
                sink(start + last, start + from, None);
            }
            sink(start + from, start + to, None);
            last = to;
        });
        if last < middle.len() {
            sink(start + last, end, None);
        }
    }
}
