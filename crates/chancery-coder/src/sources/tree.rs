//! Walks over the parse that attribution needs: subjects through control and coordination, ranges
//! without their edges, ranges less other ranges.

use std::ops::Range;

use chancery_syntax::{Dep, Document, Pos, Tag};

/// How far control and coordination are followed.
const REACH: usize = 6;

pub(super) fn sentence(doc: &Document, token: usize) -> Range<usize> {
    doc.sentences()[doc.sentence_of(token)].clone()
}

pub(super) fn paragraph(doc: &Document, token: usize) -> Range<usize> {
    doc.paragraphs()[doc.paragraph_of(token)].clone()
}

pub(super) fn is_subject(dep: Dep) -> bool {
    matches!(dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Csubj)
}

pub(super) fn is_passive(doc: &Document, verb: usize) -> bool {
    doc.child_by(verb, Dep::Auxpass).is_some()
        || doc.child_by(verb, Dep::Nsubjpass).is_some()
        || (doc.tag(verb) == Tag::Vbn
            && matches!(doc.dep(verb), Dep::Acl)
            && doc.child_by(verb, Dep::Dobj).is_none())
        || (doc.tag(verb) == Tag::Vbn
            && matches!(doc.dep(verb), Dep::Advcl)
            && doc.child_by(verb, Dep::Aux).is_none()
            && doc.children(verb).iter().all(|&c| !is_subject(doc.dep(c))))
}

/// The verb's own subject.
pub(super) fn own_subject(doc: &Document, verb: usize) -> Option<usize> {
    doc.children(verb).iter().copied().find(|&c| is_subject(doc.dep(c)))
}

/// The subject of a verb, its own or one that it shares through coordination, control or a
/// participle.
pub(super) fn subject(doc: &Document, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..REACH {
        if let Some(own) = own_subject(doc, at) {
            return Some(own);
        }
        let head = doc.head(at);
        if head == at {
            return None;
        }
        match doc.dep(at) {
            Dep::Conj | Dep::Advcl | Dep::Xcomp | Dep::Dep | Dep::Ccomp | Dep::Parataxis => {
                if doc.dep(at) == Dep::Xcomp
                    && let Some(object) = doc.child_by(head, Dep::Dobj)
                    && object < at
                {
                    return Some(object);
                }
                at = head;
            }
            Dep::Acl | Dep::Relcl => return Some(head),
            Dep::Pcomp => at = if doc.head(head) == head { return None } else { doc.head(head) },
            Dep::Prep => at = head,
            _ => return None,
        }
        if matches!(doc.pos(at), Pos::Noun | Pos::Propn | Pos::Pron) && own_subject(doc, at).is_none() {
            return Some(at);
        }
    }
    None
}

/// The agent of a passive: the object of its "by".
pub(super) fn agent(doc: &Document, verb: usize) -> Option<usize> {
    doc.children(verb)
        .iter()
        .copied()
        .filter(|&c| doc.dep(c) == Dep::Agent || (doc.dep(c) == Dep::Prep && doc.lemma(c) == "by"))
        .find_map(|by| doc.child_by(by, Dep::Pobj))
}

/// The phrase of a noun. A relative pronoun stands alone.
pub(super) fn phrase(doc: &Document, head: usize) -> Range<usize> {
    if matches!(doc.tag(head), Tag::Wp | Tag::Wdt) {
        return head..head + 1;
    }
    trim(doc, doc.subtree(head))
}

pub(super) fn is_quote_mark(doc: &Document, token: usize) -> bool {
    matches!(doc.word(token), "\"" | "“" | "”" | "''" | "``" | "‘" | "«" | "»")
        || matches!(doc.tag(token), Tag::OpenQuote | Tag::CloseQuote)
}

/// A range without commas, stops, dashes, spaces and stray marks at its ends.
pub(super) fn trim(doc: &Document, range: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end);
    let loose = |i: usize| {
        doc.pos(i) == Pos::Space
            || (doc.pos(i) == Pos::Punct
                && !is_quote_mark(doc, i)
                && !matches!(doc.word(i), "(" | ")" | "[" | "]"))
    };
    while start < end && (loose(start) || matches!(doc.word(start), ")" | "]")) {
        start += 1;
    }
    while end > start && loose(end - 1) && !(doc.word(end - 1) == "?" || doc.word(end - 1) == "!") {
        end -= 1;
    }
    start..end
}

/// The parts of a range that lie outside another.
pub(super) fn without(range: &Range<usize>, hole: &Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    if hole.start >= range.end || hole.end <= range.start {
        out.push(range.clone());
        return out;
    }
    if range.start < hole.start {
        out.push(range.start..hole.start);
    }
    if hole.end < range.end {
        out.push(hole.end..range.end);
    }
    out
}

pub(super) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

pub(super) fn hull(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    a.start.min(b.start)..a.end.max(b.end)
}

/// Sorts ranges and joins those that touch or overlap.
pub(super) fn join(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|r| !r.is_empty());
    ranges.sort_by_key(|r| (r.start, r.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for r in ranges {
        match out.last_mut() {
            Some(last) if r.start <= last.end => last.end = last.end.max(r.end),
            _ => out.push(r),
        }
    }
    out
}

/// The nearest verb above the token, or the token itself.
pub(super) fn clause_head(doc: &Document, token: usize) -> usize {
    if matches!(doc.pos(token), Pos::Verb | Pos::Aux) {
        return token;
    }
    let mut last = token;
    for a in doc.ancestors(token) {
        last = a;
        if matches!(doc.pos(a), Pos::Verb | Pos::Aux) {
            return a;
        }
    }
    last
}
