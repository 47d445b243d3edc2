//! Passages between quotation marks, also over sentences and paragraphs.

use std::ops::Range;

use chancery_syntax::{Document, Tag};

/// A quoted passage: its token ranges with their marks, one for each paragraph that it runs through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    pub(super) parts: Vec<Range<usize>>,
}

impl Quote {
    fn new(tokens: Range<usize>) -> Self {
        Self { parts: Vec::from([tokens]) }
    }

    pub(super) fn start(&self) -> usize {
        self.parts[0].start
    }

    pub(super) fn end(&self) -> usize {
        self.parts[self.parts.len() - 1].end
    }

    pub(super) fn contains(&self, token: usize) -> bool {
        self.parts.iter().any(|p| p.contains(&token))
    }

    /// Words between the marks.
    pub(super) fn words(&self) -> usize {
        self.parts.iter().map(|p| p.len().saturating_sub(2)).sum()
    }
}

/// The quotes of a text and the one over each token.
#[derive(Clone, Debug, Default)]
pub(super) struct Quotes {
    pub(super) all: Vec<Quote>,
    over: Vec<Option<usize>>,
}

impl Quotes {
    pub(super) fn at(&self, token: usize) -> Option<&Quote> {
        self.over.get(token).copied().flatten().map(|i| &self.all[i])
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Open,
    Close,
    /// A straight mark, which is either.
    Either,
}

fn double_mark(doc: &Document, i: usize) -> Option<Mark> {
    match doc.word(i) {
        "“" | "«" | "„" | "``" => Some(Mark::Open),
        "”" | "»" => Some(Mark::Close),
        "\"" | "''" => Some(Mark::Either),
        _ => None,
    }
}

fn single_mark(doc: &Document, i: usize, paragraph: &Range<usize>) -> Option<Mark> {
    let glued_before = i > paragraph.start
        && doc.tokens()[i - 1].end == doc.tokens()[i].start
        && !doc.tokens()[i - 1].space_after;
    match doc.word(i) {
        "‘" | "`" => Some(Mark::Open),
        "’" | "'" if doc.tag(i) != Tag::Pos => {
            if glued_before {
                Some(Mark::Close)
            } else if doc.word(i) == "'" {
                Some(Mark::Open)
            } else {
                None
            }
        }
        _ => None,
    }
}

/// Pairs marks within each paragraph; a mark left open is closed by the paragraph's end and taken up
/// again if the next paragraph opens with one.
pub(super) fn find(doc: &Document) -> Quotes {
    let mut all: Vec<Quote> = Vec::new();
    let mut unclosed = false;
    for paragraph in doc.paragraphs() {
        let resumes = unclosed;
        unclosed = false;
        let first = all.len();
        let mut open: Option<usize> = None;
        for i in paragraph.clone() {
            let Some(mark) = double_mark(doc, i) else { continue };
            match (mark, open) {
                (Mark::Open | Mark::Either, None) => open = Some(i),
                (Mark::Close | Mark::Either, Some(start)) => {
                    all.push(Quote::new(start..i + 1));
                    open = None;
                }
                (Mark::Open, Some(_)) | (Mark::Close, None) => {}
            }
        }
        if let Some(start) = open {
            // A lone mark with nothing like a sentence behind it is an inch sign or a slip.
            if paragraph.end - start > 2 {
                all.push(Quote::new(start..paragraph.end));
                unclosed = true;
            }
        }
        if resumes && all.len() > first && first > 0 && all[first].start() == paragraph.start {
            let part = all.remove(first);
            all[first - 1].parts.extend(part.parts);
        }
    }
    singles(doc, &mut all);
    all.sort_by_key(Quote::start);
    let mut over = vec![None; doc.tokens().len()];
    for (q, quote) in all.iter().enumerate() {
        for i in quote.parts.iter().cloned().flatten() {
            over[i] = Some(q);
        }
    }
    Quotes { all, over }
}

/// Single marks quote where they stand outside double ones.
fn singles(doc: &Document, all: &mut Vec<Quote>) {
    let mut covered = vec![false; doc.tokens().len()];
    for i in all.iter().flat_map(|q| q.parts.iter().cloned().flatten()) {
        covered[i] = true;
    }
    for paragraph in doc.paragraphs() {
        let mut open: Option<usize> = None;
        for i in paragraph.clone().filter(|&i| !covered[i]) {
            match (single_mark(doc, i, paragraph), open) {
                (Some(Mark::Open), None) => open = Some(i),
                (Some(Mark::Close), Some(start)) => {
                    all.push(Quote::new(start..i + 1));
                    open = None;
                }
                _ => {}
            }
        }
    }
}
