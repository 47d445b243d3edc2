//! The model: loaded once from bytes, then shared; text in, parsed documents out.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use crate::characters::{Characters, SPACE};
use crate::document::{Document, Entity, Token};
use crate::encoder::{Encoder, PADDING};
use crate::labels::{Pos, Tag};
use crate::lemmas::Lemmas;
use crate::lexicon::{Lexicon, Use, WordId};
use crate::matrix::{Matrix, WIDTH, product};
use crate::names::Names;
use crate::pack::{Lasting, Pack, Source, Transient};
use crate::parser::{Arcs, Parser};
use crate::rules::{Memory, Outcome, Rules, Traits};
use crate::scorer;
use crate::tokenizer::{Piece, Tokenizer};
use crate::tree;
use crate::words::Vocabulary;

/// Why bytes are no model.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    #[error("not a packed model file")]
    NotAModel,
    #[error("the model file is cut short")]
    Cut,
    #[error("the model file has no {0:?}: it was packed by another version")]
    Missing(String),
    #[error("the model file's {0:?} is not as expected: it was packed by another version")]
    Wrong(String),
}

/// What to compute. Leaving entities out saves two fifths of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Find named entities.
    pub entities: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { entities: true }
    }
}

/// All that is read from the file.
pub(crate) struct Weights {
    pub(crate) arch: pulp::Arch,
    pub(crate) characters: Characters,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) tokenizer: Tokenizer,
    pub(crate) rules: Rules,
    lemmas: Lemmas,
    pub(crate) syntax: Encoder,
    tagger: Matrix,
    tagger_bias: Vec<f32>,
    tags: Vec<Tag>,
    parser: Parser,
    pub(crate) names: Names,
}

/// spaCy's `en_core_web_sm`, ready to parse. Share it between threads: each works with room of its
/// own, and a text's parse is the same whatever is parsed beside it or was parsed before.
pub struct Model {
    weights: Weights,
    workshops: Mutex<Vec<Workshop>>,
}

/// A longer text is parsed in pieces. spaCy refuses such texts, so that its output is met wherever it
/// gives one.
pub const LONGEST_TEXT: usize = 1_000_000;

/// Floats in a buffer of vectors that is kept for the next texts.
const LARGEST_KEPT: usize = 4_000_000;

/// Texts are parsed together until they have this many tokens.
const BATCH: usize = 768;

impl Model {
    /// Loads a packed model; what is needed of the bytes is copied.
    ///
    /// # Errors
    /// When the bytes are no packed model, or one that another version packed.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let pack = Pack::open(bytes)?;
        Self::load(&pack, Transient(&pack))
    }

    /// Loads a packed model that is part of the program. The large tables are used in place, not
    /// copied, if they lie aligned, as with [`include_model!`](crate::include_model).
    ///
    /// # Errors
    /// When the bytes are no packed model, or one that another version packed.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, ModelError> {
        let pack = Pack::open(bytes)?;
        Self::load(&pack, Lasting(&pack))
    }

    fn load(pack: &Pack<'_>, source: impl Source) -> Result<Self, ModelError> {
        let characters = Characters::load(pack)?;
        let vocabulary = Vocabulary::load(pack)?;
        let tokenizer = Tokenizer::load(pack, &characters, |text| vocabulary.id(text))?;
        let tags = pack.strings("tagger.labels")?;
        let tags = tags.iter().map(Tag::from_name).collect::<Option<Vec<_>>>();
        let tags = tags.ok_or_else(|| ModelError::Wrong("tagger.labels".to_owned()))?;
        let weights = Weights {
            arch: pulp::Arch::new(),
            tokenizer,
            vocabulary,
            rules: Rules::load(pack)?,
            lemmas: Lemmas::load(pack)?,
            syntax: Encoder::load(source, "syntax", 6)?,
            tagger: Matrix::load(source, "tagger", WIDTH, tags.len())?,
            tagger_bias: source.floats("tagger.bias", tags.len())?.into_owned(),
            tags,
            parser: Parser::load(pack, source)?,
            names: Names::load(pack, source)?,
            characters,
        };
        Ok(Self { weights, workshops: Mutex::new(Vec::new()) })
    }

    /// Parses a text as one unit.
    #[must_use]
    pub fn parse(&self, text: &str) -> Document {
        self.parse_batch(&[text]).pop().unwrap_or_default()
    }

    /// Parses texts, each as one unit. Short texts are parsed faster so than one by one.
    #[must_use]
    pub fn parse_batch(&self, texts: &[&str]) -> Vec<Document> {
        self.parse_batch_with(texts, Options::default())
    }

    /// Parses texts, each as one unit, and computes what is asked for.
    #[must_use]
    pub fn parse_batch_with(&self, texts: &[&str], options: Options) -> Vec<Document> {
        let units: Vec<Unit<'_>> = texts
            .iter()
            .enumerate()
            .flat_map(|(document, &text)| units(&self.weights.characters, document, 0, text))
            .collect();
        let mut builders: Vec<Builder<'_>> = texts.iter().map(|text| Builder::new(text)).collect();
        self.parse_units(&units, options, &mut builders);
        builders.into_iter().map(|builder| builder.finish(true)).collect()
    }

    /// Parses a text paragraph by paragraph: its lines, without the white space around them, are the
    /// units. The document covers the whole text.
    #[must_use]
    pub fn parse_paragraphs(&self, text: &str) -> Document {
        self.parse_paragraphs_with(text, Options::default())
    }

    /// As [`Model::parse_paragraphs`], and computes what is asked for.
    #[must_use]
    pub fn parse_paragraphs_with(&self, text: &str, options: Options) -> Document {
        let mut all = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
            let is_space = |c: char| self.weights.characters.is(c, SPACE);
            let from = start + (line.len() - line.trim_start_matches(is_space).len());
            all.extend(units(&self.weights.characters, 0, from, line.trim_matches(is_space)));
            start += line.len();
        }
        let mut builders = [Builder::new(text)];
        self.parse_units(&all, options, &mut builders);
        let [builder] = builders;
        builder.finish(false)
    }

    fn parse_units(&self, units: &[Unit<'_>], options: Options, builders: &mut [Builder<'_>]) {
        let pool = || self.workshops.lock().unwrap_or_else(PoisonError::into_inner);
        let mut workshop = pool().pop().unwrap_or_default();
        let mut rest = units;
        while !rest.is_empty() {
            rest = workshop.parse_some(&self.weights, rest, options, builders);
        }
        // The buffers of a huge text are not kept.
        if workshop.x.capacity() <= LARGEST_KEPT {
            pool().push(workshop);
        }
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model").finish_non_exhaustive()
    }
}

/// A stretch of a document that is parsed without regard to the rest.
struct Unit<'a> {
    document: usize,
    /// Where it begins in its document, in bytes.
    start: usize,
    text: &'a str,
}

/// A text as one unit, or in pieces if it is too long, cut after white space where there is some.
fn units<'a>(
    characters: &Characters,
    document: usize,
    start: usize,
    text: &'a str,
) -> impl Iterator<Item = Unit<'a>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while rest.len() > LONGEST_TEXT {
        let window = &rest[..rest.floor_char_boundary(LONGEST_TEXT)];
        let cut = window.char_indices().rev().find(|&(_, c)| characters.is(c, SPACE));
        let cut = cut.map_or(window.len(), |(at, c)| at + c.len_utf8());
        pieces.push(&rest[..cut]);
        rest = &rest[cut..];
    }
    pieces.push(rest);
    let mut next = start;
    pieces.into_iter().filter(|piece| !piece.is_empty()).map(move |text| {
        let start = next;
        next += text.len();
        Unit { document, start, text }
    })
}

/// A document in the making.
struct Builder<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    sentences: Vec<Range<usize>>,
    paragraphs: Vec<Range<usize>>,
    entities: Vec<Entity>,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, tokens: Vec::new(), sentences: Vec::new(), paragraphs: Vec::new(), entities: Vec::new() }
    }

    /// With `whole`, the text is one paragraph however many units it was parsed in.
    fn finish(self, whole: bool) -> Document {
        let paragraphs = match whole {
            true if self.tokens.is_empty() => Vec::new(),
            true => std::iter::once(0..self.tokens.len()).collect(),
            false => self.paragraphs,
        };
        Document::new(self.text.to_owned(), self.tokens, self.sentences, paragraphs, self.entities)
    }
}

/// What one thread works with: the words it has met, and buffers.
#[derive(Default)]
struct Workshop {
    lexicon: Lexicon,
    memory: Memory,
    lemmas: HashMap<(WordId, Pos, u16), Box<str>>,
    pieces: Vec<Piece>,
    x: Vec<f32>,
    y: Vec<f32>,
    scratch: Vec<f32>,
    scores: Vec<f32>,
    room: scorer::Room,
    traits: Vec<Traits>,
    outcomes: Vec<Outcome>,
}

/// One unit's place in the batch, and its parse.
struct Parsed {
    pieces: Range<usize>,
    /// The row of its first token.
    row: usize,
    arcs: Arcs,
    starts: Vec<bool>,
    entities: Vec<Entity>,
}

impl Workshop {
    /// Parses the first units, as many as go into a batch, and returns the rest.
    fn parse_some<'u, 't>(
        &mut self,
        weights: &Weights,
        units: &'u [Unit<'t>],
        options: Options,
        builders: &mut [Builder<'_>],
    ) -> &'u [Unit<'t>] {
        if self.lexicon.trim() {
            self.lemmas.clear();
        }
        self.pieces.clear();
        let mut batch = Vec::new();
        let mut rows = 1 + PADDING;
        for unit in units {
            if self.pieces.len() >= BATCH {
                break;
            }
            let first = self.pieces.len();
            weights.tokenizer.tokenize(weights, &mut self.lexicon, unit.text, &mut self.pieces);
            let pieces = first..self.pieces.len();
            batch.push(Parsed {
                row: rows,
                arcs: Arcs::default(),
                starts: Vec::new(),
                entities: Vec::new(),
                pieces: pieces.clone(),
            });
            rows += pieces.len() + PADDING;
        }
        rows += 1;
        self.encode(weights, &batch, rows, false);
        self.outcomes.clear();
        for parsed in &mut batch {
            self.parse_syntax(weights, parsed);
        }
        if options.entities {
            self.encode(weights, &batch, rows, true);
            for parsed in &mut batch {
                let vectors = &self.x[parsed.row * WIDTH..(parsed.row + parsed.pieces.len()) * WIDTH];
                let pieces = &self.pieces[parsed.pieces.clone()];
                let is_space = |i: usize| self.lexicon.get(pieces[i].word).is_space;
                let entities = &mut parsed.entities;
                weights.names.find(weights.arch, vectors, &parsed.starts, is_space, &mut self.room, entities);
            }
        }
        let (done, rest) = units.split_at(batch.len());
        for (unit, parsed) in done.iter().zip(batch) {
            self.write(weights, unit, &parsed, &mut builders[unit.document]);
        }
        rest
    }

    /// Leaves the vectors in context in `x`.
    fn encode(&mut self, weights: &Weights, batch: &[Parsed], rows: usize, names: bool) {
        let which = |piece: &Piece| match names {
            true => Use::Names,
            false => Use::Syntax { space_after: piece.space_after },
        };
        self.lexicon.want(weights, self.pieces.iter().map(|p| (p.word, which(p))));
        self.x.clear();
        self.x.resize(rows * WIDTH, 0.0);
        for parsed in batch {
            let rows = self.x[parsed.row * WIDTH..].chunks_exact_mut(WIDTH);
            for (row, piece) in rows.zip(&self.pieces[parsed.pieces.clone()]) {
                row.copy_from_slice(self.lexicon.vector(piece.word, which(piece)));
            }
        }
        let encoder = if names { &weights.names.encoder } else { &weights.syntax };
        encoder.encode(weights.arch, &mut self.x, &mut self.y, &mut self.scratch);
    }

    /// Tags, arcs, sentences and what the rules make of them.
    fn parse_syntax(&mut self, weights: &Weights, parsed: &mut Parsed) {
        let count = parsed.pieces.len();
        let vectors = &self.x[parsed.row * WIDTH..(parsed.row + count) * WIDTH];
        self.scores.resize(count * weights.tagger.outputs(), 0.0);
        product(weights.arch, vectors, WIDTH, &weights.tagger, &mut self.scores);
        weights.parser.parse(weights.arch, vectors, count, &mut self.room, &mut parsed.arcs);
        let pieces = &self.pieces[parsed.pieces.clone()];
        parsed.starts = tree::settle(&mut parsed.arcs, |i| self.lexicon.get(pieces[i].word).is_space);

        self.traits.clear();
        let scores = self.scores.chunks_exact(weights.tagger.outputs());
        for ((piece, scores), label) in pieces.iter().zip(scores).zip(&parsed.arcs.labels) {
            let mut best = (f32::NEG_INFINITY, Tag::Xx);
            for ((&score, &bias), &tag) in scores.iter().zip(&weights.tagger_bias).zip(&weights.tags) {
                if score + bias > best.0 {
                    best = (score + bias, tag);
                }
            }
            let word = self.lexicon.get(piece.word);
            let (class, is_space) = (word.rule_class, word.is_space);
            self.traits.push(Traits { tag: best.1, dep: label.dep, class, is_space });
        }
        weights.rules.apply(&self.traits, &mut self.memory, &mut self.outcomes);
    }

    /// Appends a unit to its document.
    fn write(&mut self, weights: &Weights, unit: &Unit<'_>, parsed: &Parsed, builder: &mut Builder<'_>) {
        let first = builder.tokens.len();
        let pieces = self.pieces[parsed.pieces.clone()].iter();
        for (i, (piece, outcome)) in pieces.zip(&self.outcomes[parsed.pieces.clone()]).enumerate() {
            let morph = weights.rules.morphs[usize::from(outcome.morph)];
            let lemma = match outcome.lemma {
                Some(lemma) => weights.rules.lemmas[usize::from(lemma)].clone(),
                None => {
                    let key = (piece.word, outcome.pos, outcome.morph);
                    let known = self.lemmas.entry(key).or_insert_with(|| {
                        let word = self.lexicon.get(piece.word);
                        weights.lemmas.lemma(&weights.characters, &word.text, &word.lower, outcome.pos, morph)
                    });
                    known.clone()
                }
            };
            builder.tokens.push(Token {
                start: unit.start + piece.start,
                end: unit.start + piece.end,
                space_after: piece.space_after,
                tag: outcome.tag,
                pos: outcome.pos,
                morph,
                lemma,
                head: first + parsed.arcs.heads[i],
                dep: outcome.dep,
            });
        }
        let count = parsed.pieces.len();
        let mut start = 0;
        for end in 1..=count {
            if end == count || parsed.starts[end] {
                builder.sentences.push(first + start..first + end);
                start = end;
            }
        }
        if count > 0 {
            builder.paragraphs.push(first..first + count);
        }
        builder.entities.extend(parsed.entities.iter().map(|entity| Entity {
            tokens: first + entity.tokens.start..first + entity.tokens.end,
            label: entity.label,
        }));
    }
}
