//! The dependency parser: arc-eager transitions with unshifting and sentence breaks (spaCy's
//! `ArcEager`; Nivre 2008; Honnibal and Johnson 2014).

use crate::labels::Dep;
use crate::matrix::Scores;
use crate::model::ModelError;
use crate::pack::{Pack, Source};
use crate::scorer::{Room, Scorer};

/// The label of an arc. A label that was lifted in training to make the tree projective tells the
/// label of its true head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) dep: Dep,
    pub(crate) lifted_from: Option<Dep>,
}

const ROOT: Label = Label { dep: Dep::Root, lifted_from: None };

#[derive(Clone, Copy)]
enum Action {
    Shift,
    Reduce,
    Left(Label),
    Right(Label),
    Break,
}

pub(crate) struct Parser {
    scorer: Scorer<8>,
    actions: Vec<Action>,
}

/// Heads and labels of a text's tokens; a token without a head is its own.
#[derive(Default)]
pub(crate) struct Arcs {
    pub(crate) heads: Vec<usize>,
    pub(crate) labels: Vec<Label>,
}

impl Parser {
    pub(crate) fn load(pack: &Pack<'_>, source: impl Source) -> Result<Self, ModelError> {
        let lines = pack.strings("parser.actions")?;
        let actions = lines.iter().map(parse_action).collect::<Option<Vec<_>>>();
        let actions = actions.ok_or_else(|| ModelError::Wrong("parser.actions".to_owned()))?;
        Ok(Self { scorer: Scorer::load(source, "parser", actions.len())?, actions })
    }

    /// Parses a text, given the vectors of its tokens in context.
    pub(crate) fn parse(
        &self,
        arch: pulp::Arch,
        vectors: &[f32],
        count: usize,
        room: &mut Room,
        arcs: &mut Arcs,
    ) {
        self.scorer.start(arch, vectors, room);
        let mut state = State::new(count);
        let mut scores: Scores = [0.0; 128];
        arcs.labels.clear();
        arcs.labels.resize(count, ROOT);
        while !state.is_final() {
            self.scorer.score(arch, state.features(), room, &mut scores);
            let valid = state.valid();
            let mut best: Option<(f32, Action)> = None;
            for (&action, &score) in self.actions.iter().zip(&scores) {
                if valid[kind(action)] && best.is_none_or(|(highest, _)| score > highest) {
                    best = Some((score, action));
                }
            }
            let Some((_, action)) = best else { break };
            state.apply(action, &mut arcs.labels);
        }
        arcs.heads.clear();
        arcs.heads.extend(state.heads.iter().enumerate().map(|(i, head)| head.unwrap_or(i)));
        for (i, label) in arcs.labels.iter_mut().enumerate() {
            if arcs.heads[i] == i {
                *label = ROOT;
            }
        }
    }
}

fn parse_action(line: &str) -> Option<Action> {
    let (kind, label) = line.split_once('\t')?;
    let arc = || {
        let (dep, from) = label.split_once("||").map_or((label, None), |(dep, from)| (dep, Some(from)));
        let lifted_from = match from {
            Some(from) => Some(Dep::from_name(from)?),
            None => None,
        };
        Some(Label { dep: Dep::from_name(dep)?, lifted_from })
    };
    Some(match kind {
        "0" => Action::Shift,
        "1" => Action::Reduce,
        "2" => Action::Left(arc()?),
        "3" => Action::Right(arc()?),
        "4" => Action::Break,
        _ => return None,
    })
}

fn kind(action: Action) -> usize {
    match action {
        Action::Shift => 0,
        Action::Reduce => 1,
        Action::Left(_) => 2,
        Action::Right(_) => 3,
        Action::Break => 4,
    }
}

struct State {
    stack: Vec<usize>,
    /// Tokens that went back to the buffer, the nearest last.
    returned: Vec<usize>,
    /// The first token that was never on the stack.
    next: usize,
    heads: Vec<Option<usize>>,
    /// The child attached last on each side of a token, and the one attached before a child on the
    /// same side of the same head.
    last_left: Vec<Option<usize>>,
    last_right: Vec<Option<usize>>,
    attached_before: Vec<Option<usize>>,
    unshiftable: Vec<bool>,
    starts: Vec<bool>,
}

impl State {
    fn new(count: usize) -> Self {
        Self {
            stack: Vec::new(),
            returned: Vec::new(),
            next: 0,
            heads: vec![None; count],
            last_left: vec![None; count],
            last_right: vec![None; count],
            attached_before: vec![None; count],
            unshiftable: vec![false; count],
            starts: vec![false; count],
        }
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffered() == 0
    }

    fn buffered(&self) -> usize {
        self.heads.len() - self.next + self.returned.len()
    }

    /// The token `i` places down the stack.
    fn stacked(&self, i: usize) -> Option<usize> {
        self.stack.len().checked_sub(i + 1).map(|at| self.stack[at])
    }

    /// The token `i` places into the buffer.
    fn buffer(&self, i: usize) -> Option<usize> {
        match self.returned.len().checked_sub(i + 1) {
            Some(at) => Some(self.returned[at]),
            None => Some(self.next + i - self.returned.len()).filter(|&token| token < self.heads.len()),
        }
    }

    fn features(&self) -> [Option<usize>; 8] {
        let (b0, s0) = (self.buffer(0), self.stacked(0));
        [
            b0,
            self.buffer(1),
            s0,
            self.stacked(1),
            self.stacked(2),
            b0.and_then(|b| self.last_left[b]),
            s0.and_then(|s| self.last_left[s]),
            s0.and_then(|s| self.last_right[s]),
        ]
    }

    /// Which kinds of action may follow: shift, reduce, left, right, break.
    fn valid(&self) -> [bool; 5] {
        let (empty, buffered) = (self.stack.is_empty(), self.buffered());
        let b0_starts = self.buffer(0).is_some_and(|b| self.starts[b]);
        let b0_unshiftable = self.buffer(0).is_some_and(|b| self.unshiftable[b]);
        let arc = !empty && buffered > 0 && !b0_starts;
        let can_break = match (self.buffer(0), self.buffer(1)) {
            (Some(b0), Some(b1)) => b1 == b0 + 1 && !self.starts[b1],
            _ => false,
        };
        [empty || buffered >= 2 && !b0_starts && !b0_unshiftable, !empty, arc, arc, can_break]
    }

    fn push(&mut self) {
        let token = self.returned.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(token);
    }

    fn attach(&mut self, head: usize, child: usize) {
        if let Some(old) = self.heads[child] {
            let last = if old > child { &mut self.last_left[old] } else { &mut self.last_right[old] };
            if *last == Some(child) {
                *last = self.attached_before[child];
            }
        }
        let last = if head > child { &mut self.last_left[head] } else { &mut self.last_right[head] };
        self.attached_before[child] = last.replace(child);
        self.heads[child] = Some(head);
    }

    fn apply(&mut self, action: Action, labels: &mut [Label]) {
        let (s0, b0) = (self.stacked(0), self.buffer(0));
        match (action, s0, b0) {
            (Action::Shift, ..) => self.push(),
            (Action::Reduce, Some(s0), _) => {
                self.stack.pop();
                if self.heads[s0].is_none() && !self.stack.is_empty() {
                    self.unshiftable[s0] = true;
                    self.returned.push(s0);
                }
            }
            (Action::Left(label), Some(s0), Some(b0)) => {
                self.attach(b0, s0);
                labels[s0] = label;
                self.unshiftable[b0] = false;
                self.stack.pop();
            }
            (Action::Right(label), Some(s0), Some(b0)) => {
                self.attach(s0, b0);
                labels[b0] = label;
                self.push();
            }
            (Action::Break, ..) => {
                if let Some(b1) = self.buffer(1) {
                    self.starts[b1] = true;
                }
            }
            _ => {}
        }
    }
}
