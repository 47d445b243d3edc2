//! Which time expression dates which proposition.

use chancery_syntax::{Dep, Document};
use chancery_time::{Timex, TimexKind};

use super::Input;

/// For each proposition the time expression that dates it.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<Option<usize>>);

impl Times {
    /// Attaches each time expression to the proposition that governs it, and lets coordinate and
    /// participial clauses share what they have no expression of their own for.
    #[must_use]
    pub fn attach(input: &Input<'_>) -> Self {
        let by_predicate = super::predicates(input);
        let mut out = vec![None; input.propositions.len()];
        for (index, timex) in input.timexes.iter().enumerate() {
            if matches!(timex.kind, TimexKind::Set) || timex.interval.is_none() {
                continue;
            }
            let Some(head) = head_of(input.doc, timex) else { continue };
            let governor =
                std::iter::once(head).chain(input.doc.ancestors(head)).find_map(|t| by_predicate[t]);
            if let Some(p) = governor {
                let slot: &mut Option<usize> = &mut out[p];
                if slot.is_none_or(|old| finer(timex, &input.timexes[old])) {
                    *slot = Some(index);
                }
            }
        }
        let own = out.clone();
        for (index, proposition) in input.propositions.iter().enumerate() {
            if out[index].is_none() {
                out[index] =
                    shared(input, &by_predicate, &own, proposition.light.unwrap_or(proposition.predicate));
            }
        }
        Self(out)
    }

    /// The time expression of a proposition.
    #[must_use]
    pub fn of(&self, proposition: usize) -> Option<usize> {
        self.0.get(proposition).copied().flatten()
    }
}

/// The token of the expression that hangs outside of it.
fn head_of(doc: &Document, timex: &Timex) -> Option<usize> {
    let first = doc.token_at(timex.span.start)?;
    let last = doc.token_at(timex.span.end.saturating_sub(1))?;
    (first..=last).find(|&t| {
        let head = doc.head(t);
        head == t || head < first || head > last
    })
}

fn finer(a: &Timex, b: &Timex) -> bool {
    a.grain < b.grain
}

/// A conjunct, a participle and an object noun have the time of what they hang on.
fn shared(
    input: &Input<'_>,
    by_predicate: &[Option<usize>],
    own: &[Option<usize>],
    token: usize,
) -> Option<usize> {
    let mut at = token;
    for _ in 0..4 {
        let head = input.doc.head(at);
        if head == at {
            return None;
        }
        let shares = match input.doc.dep(at) {
            Dep::Conj | Dep::Dobj | Dep::Nsubjpass | Dep::Pobj | Dep::Prep => true,
            Dep::Advcl => !input.doc.children(at).iter().any(|&c| input.doc.dep(c) == Dep::Mark),
            _ => false,
        };
        if !shares {
            return None;
        }
        if let Some(time) = by_predicate[head].and_then(|p| own[p]) {
            return Some(time);
        }
        at = head;
    }
    None
}
