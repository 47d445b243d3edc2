//! From the parser's arcs to a tree: arcs that were lifted in training go back to their true heads
//! (Nivre and Nilsson 2005, the "head" encoding), sentences follow from the roots.

use std::collections::BTreeMap;

use crate::parser::{Arcs, Label};

/// Passes over the text until every head lies within its sentence.
const PASSES: usize = 12;
/// Tokens visited per token of the text, at most, in search of true heads.
const SEARCH: usize = 256;

/// Finds true heads of lifted arcs and the tokens that begin a sentence.
pub(crate) fn settle(arcs: &mut Arcs, is_space: impl Fn(usize) -> bool) -> Vec<bool> {
    let edges = Edges::of(&arcs.heads);
    if !arcs.labels.iter().any(|label| label.lifted_from.is_some()) {
        return edges.sentence_starts(&arcs.heads);
    }
    lower(arcs, &edges, is_space);
    Edges::of(&arcs.heads).sentence_starts(&arcs.heads)
}

/// The first and last token of what hangs on each token.
struct Edges {
    left: Vec<usize>,
    right: Vec<usize>,
}

impl Edges {
    fn of(heads: &[usize]) -> Self {
        let mut edges = Self { left: (0..heads.len()).collect(), right: (0..heads.len()).collect() };
        for _ in 0..PASSES {
            for (i, &head) in heads.iter().enumerate() {
                edges.widen(head, i);
            }
            for (i, &head) in heads.iter().enumerate().rev() {
                edges.widen(head, i);
            }
            if edges.hold(heads) {
                break;
            }
        }
        edges
    }

    fn widen(&mut self, head: usize, child: usize) {
        self.left[head] = self.left[head].min(self.left[child]);
        self.right[head] = self.right[head].max(self.right[child]);
    }

    fn sentence_starts(&self, heads: &[usize]) -> Vec<bool> {
        let mut starts = vec![false; heads.len()];
        for (i, &head) in heads.iter().enumerate() {
            if head == i {
                starts[self.left[i]] = true;
            }
        }
        starts
    }

    /// Does every head lie within its sentence?
    fn hold(&self, heads: &[usize]) -> bool {
        let starts = self.sentence_starts(heads);
        let mut start = 0;
        for end in 0..heads.len() {
            if end > 0 && starts[end] || end == heads.len() - 1 {
                if heads[start..end].iter().any(|&head| head < start || head > end) {
                    return false;
                }
                start = end;
            }
        }
        true
    }
}

/// Moves each lifted arc to the nearest token below its head that has the label told.
fn lower(arcs: &mut Arcs, edges: &Edges, is_space: impl Fn(usize) -> bool) {
    let count = arcs.heads.len();
    let mut firsts = vec![0; count + 1];
    for (i, &head) in arcs.heads.iter().enumerate() {
        firsts[head + 1] += usize::from(head != i);
    }
    for i in 0..count {
        firsts[i + 1] += firsts[i];
    }
    let mut next = firsts.clone();
    let mut children = vec![0; firsts[count]];
    for (i, &head) in arcs.heads.iter().enumerate() {
        if head != i {
            children[next[head]] = i;
            next[head] += 1;
        }
    }
    let mut moved: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut budget = count.saturating_mul(SEARCH);
    let (mut level, mut below, mut here) = (Vec::new(), Vec::new(), Vec::new());
    for i in 0..count {
        let Label { dep, lifted_from: Some(wanted) } = arcs.labels[i] else { continue };
        let old = arcs.heads[i];
        let mut found = None;
        level.clear();
        level.push(old);
        'search: while !level.is_empty() {
            below.clear();
            for &node in &level {
                here.clear();
                here.extend(&children[firsts[node]..firsts[node + 1]]);
                here.extend(moved.get(&node).into_iter().flatten());
                here.sort_unstable();
                for &child in &here {
                    let within = (edges.left[node]..=edges.right[node]).contains(&child);
                    if !within || arcs.heads[child] != node || child == i || is_space(child) {
                        continue;
                    }
                    if arcs.labels[child] == (Label { dep: wanted, lifted_from: None }) {
                        found = Some(child);
                        break 'search;
                    }
                    below.push(child);
                }
                budget = budget.saturating_sub(here.len());
            }
            if budget == 0 {
                break;
            }
            std::mem::swap(&mut level, &mut below);
        }
        if let Some(head) = found {
            arcs.heads[i] = head;
            moved.entry(head).or_default().push(i);
        }
        arcs.labels[i] = Label { dep, lifted_from: None };
    }
}
