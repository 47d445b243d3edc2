//! The parsed text: tokens with their heads, sentences, paragraphs, entities, and ways to walk them.

use std::ops::Range;

use crate::labels::{Dep, EntityLabel, Pos, Tag};

/// One token. Offsets are bytes into [`Document::text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub start: usize,
    pub end: usize,
    /// A single space follows that belongs to no token.
    pub space_after: bool,
    /// Penn Treebank tag.
    pub tag: Tag,
    /// Universal part of speech.
    pub pos: Pos,
    /// Morphological features in UD notation, `""` where there are none.
    pub morph: &'static str,
    pub lemma: Box<str>,
    /// Index of the syntactic head; a root is its own head.
    pub head: usize,
    /// ClearNLP dependency label.
    pub dep: Dep,
}

/// A named entity: a range of tokens with its OntoNotes label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    pub tokens: Range<usize>,
    pub label: EntityLabel,
}

/// A parsed text. Token indices run over the whole text; heads never leave their sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    text: String,
    tokens: Vec<Token>,
    sentences: Vec<Range<usize>>,
    paragraphs: Vec<Range<usize>>,
    entities: Vec<Entity>,
    /// Children of each token in text order: `children[child_starts[i]..child_starts[i + 1]]`.
    child_starts: Vec<usize>,
    children: Vec<usize>,
}

impl Document {
    /// Builds a document from its parts. `sentences` and `paragraphs` are token ranges in order.
    #[must_use]
    pub fn new(
        text: String,
        tokens: Vec<Token>,
        sentences: Vec<Range<usize>>,
        paragraphs: Vec<Range<usize>>,
        entities: Vec<Entity>,
    ) -> Self {
        let mut child_starts = vec![0; tokens.len() + 1];
        for (i, token) in tokens.iter().enumerate() {
            if token.head != i {
                child_starts[token.head + 1] += 1;
            }
        }
        for i in 0..tokens.len() {
            child_starts[i + 1] += child_starts[i];
        }
        let mut next = child_starts.clone();
        let mut children = vec![0; child_starts[tokens.len()]];
        for (i, token) in tokens.iter().enumerate() {
            if token.head != i {
                children[next[token.head]] = i;
                next[token.head] += 1;
            }
        }
        Self { text, tokens, sentences, paragraphs, entities, child_starts, children }
    }

    /// The text exactly as it was given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Sentences as token ranges.
    #[must_use]
    pub fn sentences(&self) -> &[Range<usize>] {
        &self.sentences
    }

    /// Paragraphs as token ranges.
    #[must_use]
    pub fn paragraphs(&self) -> &[Range<usize>] {
        &self.paragraphs
    }

    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The words of token `i` as they stand in the text.
    #[must_use]
    pub fn word(&self, i: usize) -> &str {
        &self.text[self.tokens[i].start..self.tokens[i].end]
    }

    #[must_use]
    pub fn lemma(&self, i: usize) -> &str {
        &self.tokens[i].lemma
    }

    #[must_use]
    pub fn dep(&self, i: usize) -> Dep {
        self.tokens[i].dep
    }

    #[must_use]
    pub fn tag(&self, i: usize) -> Tag {
        self.tokens[i].tag
    }

    #[must_use]
    pub fn pos(&self, i: usize) -> Pos {
        self.tokens[i].pos
    }

    #[must_use]
    pub fn head(&self, i: usize) -> usize {
        self.tokens[i].head
    }

    /// Children of token `i`, in text order.
    #[must_use]
    pub fn children(&self, i: usize) -> &[usize] {
        &self.children[self.child_starts[i]..self.child_starts[i + 1]]
    }

    /// Children of token `i` with this label, in text order.
    pub fn children_by(&self, i: usize, dep: Dep) -> impl Iterator<Item = usize> + '_ {
        self.children(i).iter().copied().filter(move |&c| self.tokens[c].dep == dep)
    }

    /// The first child of token `i` with this label.
    #[must_use]
    pub fn child_by(&self, i: usize, dep: Dep) -> Option<usize> {
        self.children_by(i, dep).next()
    }

    /// Heads of token `i`, nearest first, ending with its root; empty for a root.
    pub fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let mut at = i;
        std::iter::from_fn(move || {
            let head = self.tokens[at].head;
            if head == at {
                return None;
            }
            at = head;
            Some(head)
        })
    }

    /// The smallest token range that holds token `i` and all that hangs on it.
    #[must_use]
    pub fn subtree(&self, i: usize) -> Range<usize> {
        let (mut low, mut high) = (i, i);
        let mut open = vec![i];
        while let Some(at) = open.pop() {
            low = low.min(at);
            high = high.max(at);
            open.extend_from_slice(self.children(at));
        }
        low..high + 1
    }

    /// The byte range of a token range; empty at the text's start for an empty one.
    #[must_use]
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        if tokens.is_empty() {
            return 0..0;
        }
        self.tokens[tokens.start].start..self.tokens[tokens.end - 1].end
    }

    /// The words of a token range as they stand in the text.
    #[must_use]
    pub fn words(&self, tokens: Range<usize>) -> &str {
        &self.text[self.bytes(tokens)]
    }

    /// Index of the sentence that holds token `i`.
    #[must_use]
    pub fn sentence_of(&self, i: usize) -> usize {
        self.sentences.partition_point(|s| s.end <= i)
    }

    /// Index of the paragraph that holds token `i`.
    #[must_use]
    pub fn paragraph_of(&self, i: usize) -> usize {
        self.paragraphs.partition_point(|p| p.end <= i)
    }

    /// The token that holds the byte offset, or the next one after it.
    #[must_use]
    pub fn token_at(&self, byte: usize) -> Option<usize> {
        let i = self.tokens.partition_point(|t| t.end <= byte);
        (i < self.tokens.len()).then_some(i)
    }
}
