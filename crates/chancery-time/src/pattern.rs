//! The pattern language of the rules, and its matcher.
//!
//! A pattern is a row of items, each matching at a token:
//! `word` the word in any case (`Word` only with that capital), `<class>` a word of a class or a number
//! (`<class:name>` to capture it under another name), `@name` a named pattern, `( … | … )` alternatives,
//! `?` after an item makes it optional, `~` demands that no space stands here, `{ … }` marks the words that
//! are the expression where they are not the whole match.

use std::collections::BTreeMap;

use crate::lexicon::Lexicon;
use crate::numbers::{self, NumberClasses, NumberKind};
use crate::tokens::{Case, Gap, Token};

/// Captures at most, in one pattern.
pub(crate) const CAPTURES: usize = 8;

#[derive(Clone, Debug)]
enum Op {
    Word {
        id: u32,
        capital: bool,
    },
    Class {
        class: usize,
        capital: bool,
        capture: usize,
    },
    Number {
        kind: NumberKind,
        capture: usize,
    },
    /// An expression that rules of a lower level read.
    Time {
        kind: TimeKind,
        capture: usize,
    },
    Glue,
    Split(usize, usize),
    Jump(usize),
    Open(usize),
    Close(usize),
    Accept,
}

/// Which expressions stand for a `<date>`, `<clock>`, `<length>` in a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeKind {
    Date,
    Clock,
    Length,
}

impl TimeKind {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "date" => Self::Date,
            "clock" => Self::Clock,
            "length" => Self::Length,
            _ => return None,
        })
    }
}

/// Finds the expressions of lower levels, for patterns that are made of them.
pub(crate) trait Times {
    /// How many tokens the expression of this kind that begins at a token takes.
    fn time_at(&self, at: usize, kind: TimeKind) -> Option<usize>;
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    ops: Vec<Op>,
    /// Names of the captures, by slot.
    pub names: Vec<String>,
    /// How many `{ … }` it has.
    pub extents: usize,
}

/// What a match begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum First {
    Word(u32),
    Class(usize),
    Digits,
    Spelled,
    Time,
}

/// A captured item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Capture {
    /// First token, and how many; none where the item took no part.
    pub at: u32,
    pub length: u16,
    /// The class of a word, or what else it is.
    pub class: u16,
    /// A number's value in thousandths.
    pub millis: i64,
}

impl Capture {
    fn new(at: usize, length: usize, class: u16, millis: i64) -> Option<Self> {
        Some(Self { at: u32::try_from(at).ok()?, length: u16::try_from(length).ok()?, class, millis })
    }

    /// The tokens that it takes.
    pub(crate) fn tokens(self) -> (usize, usize) {
        let at = self.at as usize;
        (at, at + usize::from(self.length))
    }
}

/// [`Capture::class`] of a number, and of an expression.
pub(crate) const NUMBER: u16 = u16::MAX;
pub(crate) const TIME: u16 = u16::MAX - 1;

#[derive(Clone, Debug)]
pub(crate) struct Match {
    pub end: usize,
    pub captures: [Capture; CAPTURES],
    /// Token ranges of the `{ … }`.
    pub extents: [(usize, usize); 3],
}

// --- Reading -----------------------------------------------------------------------------------------

#[derive(Clone, Debug)]
enum Node {
    Op(Op),
    Row(Vec<Self>),
    Either(Vec<Self>),
    Maybe(Box<Self>),
}

struct Compiler<'a> {
    lexicon: &'a mut Lexicon,
    named: &'a BTreeMap<String, String>,
    names: Vec<String>,
    extents: usize,
    depth: usize,
}

/// Reads a pattern.
///
/// # Errors
/// An unknown class or named pattern, an unclosed bracket, more captures than there are slots.
pub(crate) fn compile(
    text: &str,
    lexicon: &mut Lexicon,
    named: &BTreeMap<String, String>,
) -> Result<Pattern, String> {
    let mut compiler = Compiler { lexicon, named, names: Vec::new(), extents: 0, depth: 0 };
    let node = compiler.read(text)?;
    let mut ops = Vec::new();
    emit(&node, &mut ops);
    ops.push(Op::Accept);
    Ok(Pattern { ops, names: compiler.names, extents: compiler.extents })
}

impl Compiler<'_> {
    fn read(&mut self, text: &str) -> Result<Node, String> {
        if self.depth > 8 {
            return Err("named patterns contain each other".to_owned());
        }
        let mut spaced = String::new();
        for c in text.chars() {
            if matches!(c, '(' | ')' | '|' | '{' | '}') {
                spaced.extend([' ', c, ' ']);
            } else {
                spaced.push(c);
            }
        }
        let items: Vec<&str> = spaced.split_whitespace().collect();
        let mut at = 0;
        let node = self.either(&items, &mut at)?;
        if at < items.len() {
            return Err(format!("`{}` closes nothing", items[at]));
        }
        Ok(node)
    }

    fn either(&mut self, items: &[&str], at: &mut usize) -> Result<Node, String> {
        let mut branches = vec![self.row(items, at)?];
        while items.get(*at) == Some(&"|") {
            *at += 1;
            branches.push(self.row(items, at)?);
        }
        Ok(if branches.len() == 1 { branches.remove(0) } else { Node::Either(branches) })
    }

    fn row(&mut self, items: &[&str], at: &mut usize) -> Result<Node, String> {
        let mut row = Vec::new();
        while let Some(&item) = items.get(*at) {
            match item {
                "|" | ")" => break,
                "(" => {
                    *at += 1;
                    let inner = self.either(items, at)?;
                    if items.get(*at) != Some(&")") {
                        return Err("a `(` is not closed".to_owned());
                    }
                    *at += 1;
                    if items.get(*at) == Some(&"?") {
                        *at += 1;
                        row.push(Node::Maybe(Box::new(inner)));
                    } else {
                        row.push(inner);
                    }
                }
                "{" => {
                    *at += 1;
                    row.push(Node::Op(Op::Open(self.extents)));
                }
                "}" => {
                    *at += 1;
                    row.push(Node::Op(Op::Close(self.extents)));
                    self.extents += 1;
                    if self.extents > 3 {
                        return Err("at most three `{ … }`".to_owned());
                    }
                }
                _ => {
                    *at += 1;
                    let (item, maybe) = match item.strip_suffix('?') {
                        Some(inner) if !inner.is_empty() => (inner, true),
                        _ => (item, false),
                    };
                    let node = self.item(item)?;
                    row.push(if maybe { Node::Maybe(Box::new(node)) } else { node });
                }
            }
        }
        Ok(Node::Row(row))
    }

    fn item(&mut self, item: &str) -> Result<Node, String> {
        if item == "~" {
            return Ok(Node::Op(Op::Glue));
        }
        if let Some(name) = item.strip_prefix('@') {
            let text = self.named.get(name).ok_or_else(|| format!("no pattern is called `{name}`"))?.clone();
            self.depth += 1;
            let node = self.read(&text)?;
            self.depth -= 1;
            return Ok(node);
        }
        if let Some(inner) = item.strip_prefix('<').and_then(|i| i.strip_suffix('>')) {
            let (class, name) = inner.split_once(':').unwrap_or((inner, inner));
            let capture = self.slot(name)?;
            if let Some(kind) = NumberKind::from_name(class) {
                return Ok(Node::Op(Op::Number { kind, capture }));
            }
            if let Some(kind) = TimeKind::from_name(class) {
                return Ok(Node::Op(Op::Time { kind, capture }));
            }
            let class = self.lexicon.class(class).ok_or_else(|| format!("no class is called `{class}`"))?;
            let capital = self.lexicon.class_info(class).capital;
            return Ok(Node::Op(Op::Class { class, capital, capture }));
        }
        let capital = item.chars().next().is_some_and(char::is_uppercase);
        let id = self.lexicon.intern(&item.to_lowercase())?;
        Ok(Node::Op(Op::Word { id, capital }))
    }

    fn slot(&mut self, name: &str) -> Result<usize, String> {
        if let Some(slot) = self.names.iter().position(|n| n == name) {
            return Ok(slot);
        }
        if self.names.len() == CAPTURES {
            return Err(format!("at most {CAPTURES} captures"));
        }
        self.names.push(name.to_owned());
        Ok(self.names.len() - 1)
    }
}

fn emit(node: &Node, ops: &mut Vec<Op>) {
    match node {
        Node::Op(op) => ops.push(op.clone()),
        Node::Row(row) => row.iter().for_each(|n| emit(n, ops)),
        Node::Maybe(inner) => {
            let split = ops.len();
            ops.push(Op::Accept);
            emit(inner, ops);
            ops[split] = Op::Split(split + 1, ops.len());
        }
        Node::Either(branches) => {
            let mut jumps = Vec::new();
            for (i, branch) in branches.iter().enumerate() {
                if i + 1 == branches.len() {
                    emit(branch, ops);
                } else {
                    let split = ops.len();
                    ops.push(Op::Accept);
                    emit(branch, ops);
                    jumps.push(ops.len());
                    ops.push(Op::Accept);
                    ops[split] = Op::Split(split + 1, ops.len());
                }
            }
            for jump in jumps {
                ops[jump] = Op::Jump(ops.len());
            }
        }
    }
}

// --- Matching ----------------------------------------------------------------------------------------

/// What a matcher looks at.
#[derive(Clone, Copy)]
pub(crate) struct Input<'a> {
    pub tokens: &'a [Token],
    pub lexicon: &'a Lexicon,
    pub numbers: &'a NumberClasses,
    pub times: &'a dyn Times,
}

#[derive(Clone)]
struct Thread {
    op: usize,
    at: usize,
    captures: [Capture; CAPTURES],
    extents: [(usize, usize); 3],
}

impl Pattern {
    /// What its matches may begin with.
    ///
    /// # Errors
    /// The pattern matches without any word.
    pub(crate) fn firsts(&self) -> Result<Vec<First>, String> {
        let mut firsts = Vec::new();
        let mut stack = vec![0];
        while let Some(at) = stack.pop() {
            let first = match &self.ops[at] {
                Op::Word { id, .. } => First::Word(*id),
                Op::Class { class, .. } => First::Class(*class),
                Op::Number { kind, .. } => {
                    if kind.spelled() {
                        firsts.push(First::Spelled);
                    }
                    First::Digits
                }
                Op::Time { .. } => First::Time,
                Op::Glue | Op::Open(_) | Op::Close(_) => {
                    stack.push(at + 1);
                    continue;
                }
                Op::Split(a, b) => {
                    stack.extend([*a, *b]);
                    continue;
                }
                Op::Jump(to) => {
                    stack.push(*to);
                    continue;
                }
                Op::Accept => return Err("it matches without any word".to_owned()),
            };
            if !firsts.contains(&first) {
                firsts.push(first);
            }
        }
        Ok(firsts)
    }

    /// It is made of other expressions.
    pub(crate) fn composes(&self) -> bool {
        self.ops.iter().any(|op| matches!(op, Op::Time { .. }))
    }

    /// The longest match that begins at a token. Patterns hold no repetition, so the work is bounded.
    pub(crate) fn find(&self, input: Input<'_>, start: usize) -> Option<Match> {
        let mut best: Option<Match> = None;
        let mut thread = Thread {
            op: 0,
            at: start,
            captures: [Capture::default(); CAPTURES],
            extents: [(usize::MAX, 0); 3],
        };
        let mut stack: Vec<Thread> = Vec::new();
        loop {
            loop {
                match &self.ops[thread.op] {
                    Op::Accept => {
                        if best.as_ref().is_none_or(|b| b.end < thread.at) {
                            best = Some(Match {
                                end: thread.at,
                                captures: thread.captures,
                                extents: thread.extents,
                            });
                        }
                        break;
                    }
                    Op::Split(a, b) => {
                        let mut other = thread.clone();
                        other.op = *b;
                        stack.push(other);
                        thread.op = *a;
                        continue;
                    }
                    Op::Jump(to) => {
                        thread.op = *to;
                        continue;
                    }
                    Op::Open(n) => thread.extents[*n].0 = thread.at,
                    Op::Close(n) => thread.extents[*n].1 = thread.at,
                    Op::Glue => {
                        if input.tokens.get(thread.at).is_none_or(|t| t.gap != Gap::Glued) {
                            break;
                        }
                    }
                    op => {
                        let Some(token) = input.tokens.get(thread.at) else { break };
                        if thread.at > start && token.gap == Gap::Paragraph {
                            break;
                        }
                        let Some((length, capture)) = one(op, token, thread.at, input) else { break };
                        if let Some((slot, capture)) = capture {
                            thread.captures[slot] = capture;
                        }
                        thread.at += length;
                    }
                }
                thread.op += 1;
            }
            let Some(next) = stack.pop() else { break };
            thread = next;
        }
        best
    }
}

/// Matches one item at a token: the tokens it takes, and what it captures.
fn one(op: &Op, token: &Token, at: usize, input: Input<'_>) -> Option<(usize, Option<(usize, Capture)>)> {
    match op {
        Op::Word { id, capital } => {
            (token.word == *id && (!capital || token.case != Case::Lower)).then_some((1, None))
        }
        Op::Class { class, capital, capture } => {
            if input.lexicon.mask(token.word) & (1 << class) == 0 || (*capital && token.case == Case::Lower) {
                return None;
            }
            Some((1, Some((*capture, Capture::new(at, 1, u16::try_from(*class).ok()?, 0)?))))
        }
        Op::Number { kind, capture } => {
            let (length, millis) = numbers::read(*kind, input.tokens, at, input.lexicon, input.numbers)?;
            Some((length, Some((*capture, Capture::new(at, length, NUMBER, millis)?))))
        }
        Op::Time { kind, capture } => {
            let length = input.times.time_at(at, *kind)?;
            Some((length, Some((*capture, Capture::new(at, length, TIME, 0)?))))
        }
        _ => None,
    }
}
