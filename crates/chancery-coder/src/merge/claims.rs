//! The claims on an event: on whose word, with which status, in which words.

use std::ops::Range;

use chancery_syntax::{Document, Pos};

use super::{Input, Told};
use crate::coding::{Claim, ClaimStatus, SourceKind};
use crate::sources::Stance;

/// One claim for each source and status among the mentions.
pub(super) fn of(input: &Input<'_>, told: &[Told], mentions: &[usize]) -> Vec<Claim> {
    let mut out: Vec<Claim> = Vec::new();
    for &index in mentions {
        let one = &told[index];
        let span = input.doc.bytes(quote(input.doc, one.mention.span.clone(), one.mention.predicate));
        let quote = input.doc.text()[span.clone()].to_owned();
        let claim = match input.attributions.for_span(one.mention.span.clone()) {
            None => Claim {
                source: None,
                kind: SourceKind::Unattributed,
                side: None,
                status: one.status.into(),
                quote,
                span,
                said: None,
                rules: one.rules.clone(),
            },
            Some(attribution) => {
                let status = match attribution.stance {
                    Stance::Deny => ClaimStatus::Denied,
                    Stance::Confirm => ClaimStatus::Confirmed,
                    Stance::NoWord => ClaimStatus::NoWord,
                    _ => one.status.into(),
                };
                let mut rules = vec![attribution.rule.clone()];
                rules.extend(one.rules.iter().cloned());
                Claim {
                    source: attribution.name.clone(),
                    kind: attribution.kind,
                    side: attribution.side.clone(),
                    status,
                    quote,
                    span,
                    said: attribution.said,
                    rules,
                }
            }
        };
        if !out.iter().any(|c| c.source == claim.source && c.status == claim.status) {
            out.push(claim);
        }
    }
    out
}

/// The clause without the punctuation and conjunctions at its ends, within the predicate's sentence.
fn quote(doc: &Document, span: Range<usize>, predicate: usize) -> Range<usize> {
    let sentence = &doc.sentences()[doc.sentence_of(predicate)];
    let mut start = span.start.max(sentence.start);
    let mut end = span.end.min(sentence.end);
    let loose = |t: usize| matches!(doc.pos(t), Pos::Punct | Pos::Space | Pos::Cconj);
    while start + 1 < end && loose(start) {
        start += 1;
    }
    while end > start + 1 && loose(end - 1) {
        end -= 1;
    }
    if start >= end { predicate..predicate + 1 } else { start..end }
}
