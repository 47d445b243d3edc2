//! What a cue's words govern: the content of a verb, noun or adjective in each of its frames.

use std::ops::Range;

use chancery_syntax::{Dep, Document, Pos, Tag};

use super::quotes::Quotes;
use super::tree;
use crate::knowledge::sources::{Cue, Frame};

/// Content and what it adds to the cue.
#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    pub(super) ranges: Vec<Range<usize>>,
    /// The preposition that belongs to the cue.
    pub(super) preposition: Option<usize>,
}

impl Content {
    fn after(range: Range<usize>) -> Self {
        Self { ranges: vec![range], ..Self::default() }
    }
}

fn right(doc: &Document, verb: usize, dep: Dep) -> Option<usize> {
    doc.children_by(verb, dep).find(|&c| c > verb)
}

fn has_to(doc: &Document, verb: usize) -> bool {
    doc.children(verb).iter().any(|&c| doc.tag(c) == Tag::To && c < verb)
}

/// The clause under a verb as it stands in the text, without what precedes the verb.
fn clause(doc: &Document, verb: usize, head: usize) -> Range<usize> {
    let range = doc.subtree(head);
    tree::trim(doc, range.start.max(verb + 1)..range.end)
}

/// A verb's preposition from the list, with the head of its phrase.
fn preposition(doc: &Document, verb: usize, cue: &Cue) -> Option<(usize, usize)> {
    doc.children(verb)
        .iter()
        .copied()
        .filter(|&c| c > verb && matches!(doc.dep(c), Dep::Prep | Dep::Dative | Dep::Prt | Dep::Agent))
        .filter(|&c| cue.prepositions.iter().any(|p| p == doc.lemma(c)))
        .find_map(|p| {
            doc.children(p)
                .iter()
                .copied()
                .find(|&c| c > p && matches!(doc.dep(c), Dep::Pobj | Dep::Pcomp | Dep::Prep))
                .map(|o| (p, o))
        })
}

fn empty_pronoun(doc: &Document, token: usize) -> bool {
    doc.dep(token) == Dep::Expl || matches!(doc.word(token), "it" | "It" | "there" | "There")
}

/// Content of an active verb, right of it or around it.
pub(super) fn of_verb(doc: &Document, verb: usize, cue: &Cue, quotes: &Quotes) -> Option<Content> {
    let object = right(doc, verb, Dep::Dobj);
    if cue.takes(Frame::ObjectAs)
        && let Some(found) = object_as(doc, verb, object)
    {
        return Some(found);
    }
    if cue.takes(Frame::Quote)
        && let Some(ranges) = fronted(doc, verb)
    {
        return Some(Content { ranges, preposition: None });
    }
    let ccomp = doc.children_by(verb, Dep::Ccomp).find(|&c| c > verb);
    if let Some(c) = ccomp {
        let infinitive = has_to(doc, c);
        let fits = if infinitive {
            cue.takes(Frame::ObjectInfinitive) || cue.takes(Frame::Infinitive)
        } else {
            cue.takes(Frame::Clause) || cue.takes(Frame::Quote) || cue.takes(Frame::ObjectInfinitive)
        };
        if fits {
            return Some(Content::after(clause(doc, verb, c)));
        }
    }
    if let Some(x) = right(doc, verb, Dep::Xcomp) {
        let gerund = doc.tag(x) == Tag::Vbg;
        if gerund && cue.takes(Frame::Gerund) {
            return Some(Content::after(clause(doc, verb, x)));
        }
        if has_to(doc, x) || doc.pos(x) != Pos::Verb {
            if let Some(o) = object.filter(|&o| o < x)
                && cue.takes(Frame::ObjectInfinitive)
            {
                return Some(Content::after(tree::hull(&tree::phrase(doc, o), &clause(doc, verb, x))));
            }
            if cue.takes(Frame::Infinitive) || (cue.takes(Frame::ObjectInfinitive) && object.is_none()) {
                return Some(Content::after(clause(doc, verb, x)));
            }
        }
    }
    if cue.takes(Frame::Quote)
        && let Some(found) = around(doc, verb, quotes)
    {
        return Some(found);
    }
    if cue.takes(Frame::Object)
        && let Some(o) = object
        && !doc.word(o).ends_with("self")
        && !doc.word(o).ends_with("selves")
    {
        let mut range = tree::phrase(doc, o);
        if let Some((p, _)) = preposition(doc, verb, cue)
            && p > o
        {
            range = tree::hull(&range, &tree::trim(doc, doc.subtree(p)));
        }
        return Some(Content::after(range.start.max(verb + 1)..range.end));
    }
    if let Some((p, o)) = preposition(doc, verb, cue) {
        let mut range = tree::trim(doc, p + 1..doc.subtree(p).end);
        if let Some(x) = right(doc, verb, Dep::Xcomp).or_else(|| right(doc, verb, Dep::Advcl))
            && x > o
            && has_to(doc, x)
        {
            range = tree::hull(&range, &clause(doc, verb, x));
        }
        let glued = (verb + 1..p).all(|i| matches!(doc.pos(i), Pos::Adv | Pos::Adp | Pos::Part));
        return Some(Content { ranges: vec![range], preposition: glued.then_some(p) });
    }
    None
}

/// "called the murder heinous", "described it as a crime".
fn object_as(doc: &Document, verb: usize, object: Option<usize>) -> Option<Content> {
    if let Some(c) = right(doc, verb, Dep::Ccomp)
        && doc.pos(c) != Pos::Verb
        && doc.children(c).iter().any(|&s| tree::is_subject(doc.dep(s)))
        && doc.children_by(c, Dep::Aux).next().is_none()
        && doc.pos(c) != Pos::Aux
    {
        return Some(Content::after(clause(doc, verb, c)));
    }
    let predicative = right(doc, verb, Dep::Oprd);
    let Some(o) = object else {
        return predicative.map(|p| Content::after(clause(doc, verb, p)));
    };
    let span = tree::phrase(doc, o);
    if predicative.is_none() && span.clone().any(|i| tree::is_quote_mark(doc, i)) && doc.lemma(verb) == "call"
    {
        return Some(Content::after(span));
    }
    let predicate = right(doc, verb, Dep::Oprd).or_else(|| right(doc, verb, Dep::Xcomp)).or_else(|| {
        doc.children_by(verb, Dep::Prep).find(|&p| p > o && matches!(doc.lemma(p), "as" | "to"))
    })?;
    (predicate > o)
        .then(|| Content::after(tree::hull(&tree::phrase(doc, o), &tree::trim(doc, doc.subtree(predicate)))))
}

/// "…, he said", "…, he said, …": the content stands before the reporting clause or around it.
fn around(doc: &Document, verb: usize, quotes: &Quotes) -> Option<Content> {
    let content = match doc.children_by(verb, Dep::Ccomp).find(|&c| c < verb) {
        Some(c) => before(doc, verb, c, quotes),
        None if doc.tag(verb) == Tag::Vbg => return None,
        None => parenthetical(doc, verb)?,
    };
    (!content.is_empty()).then_some(Content { ranges: content, preposition: None })
}

/// The clause before "he said", and what takes it up again behind.
fn before(doc: &Document, verb: usize, content: usize, quotes: &Quotes) -> Vec<Range<usize>> {
    let range = doc.subtree(content);
    let region = region(doc, verb, content);
    // A semicolon parts two statements; a comma or a closing mark leads over to who makes the first.
    if region.start > range.start && matches!(doc.word(region.start - 1), ";" | ":" | "(") {
        return Vec::new();
    }
    let start =
        quotes.at(range.start).filter(|q| !q.contains(verb)).map_or(range.start, super::quotes::Quote::start);
    let mut ranges: Vec<_> =
        tree::without(&(start..range.end), &region).into_iter().map(|r| tree::trim(doc, r)).collect();
    ranges.extend(resumed(doc, verb, region.end));
    ranges.retain(|r| !r.is_empty());
    tree::join(ranges)
}

/// "…, said Price, and there would be no concessions": what follows the reporting clause in the same
/// voice, a clause with a subject of its own and no participle of further saying.
fn resumed(doc: &Document, verb: usize, after: usize) -> Vec<Range<usize>> {
    let own = |c: usize| {
        doc.children(c).iter().copied().find(|&s| tree::is_subject(doc.dep(s)) || doc.dep(s) == Dep::Expl)
    };
    doc.children(verb)
        .iter()
        .copied()
        .filter(|&c| c > after)
        .filter(|&c| match doc.dep(c) {
            Dep::Ccomp => own(c).is_some(),
            Dep::Advcl => own(c).is_some() && !matches!(doc.tag(c), Tag::Vbg | Tag::Vbn),
            Dep::Conj => own(c).is_some() && !speaks(doc, c),
            _ => false,
        })
        .map(|c| {
            let range = doc.subtree(c);
            let joint = range.start.checked_sub(1).filter(|&i| i > verb && doc.dep(i) == Dep::Cc);
            tree::trim(doc, joint.unwrap_or(range.start).max(after)..range.end)
        })
        .collect()
}

/// The clause reports words of its own: it has a clause under it.
fn speaks(doc: &Document, verb: usize) -> bool {
    doc.children(verb).iter().any(|&c| doc.dep(c) == Dep::Ccomp)
}

/// "Human rights, Hebestreit pointed out, will be raised": the subject stands before the reporting
/// clause, its predicate behind.
fn fronted(doc: &Document, verb: usize) -> Option<Vec<Range<usize>>> {
    let rest = right(doc, verb, Dep::Ccomp)?;
    if doc.children(rest).iter().any(|&c| tree::is_subject(doc.dep(c)) || doc.dep(c) == Dep::Mark)
        || has_to(doc, rest)
    {
        return None;
    }
    let subject = tree::own_subject(doc, verb)?;
    let front =
        doc.children(verb).iter().copied().find(|&c| {
            c < subject && matches!(doc.dep(c), Dep::Npadvmod | Dep::Dep | Dep::Dobj | Dep::Nsubj)
        })?;
    let (front, rest) = (tree::trim(doc, doc.subtree(front)), tree::trim(doc, doc.subtree(rest)));
    let comma = front.end < subject
        && doc.word(front.end) == ","
        && rest.start > verb
        && doc.word(rest.start - 1) == ",";
    comma.then(|| vec![front, rest])
}

/// The reporting clause hangs on the content's verb: "…, as he put it, …".
fn parenthetical(doc: &Document, verb: usize) -> Option<Vec<Range<usize>>> {
    let head = doc.head(verb);
    let dep = doc.dep(verb);
    let spliced = dep == Dep::Conj
        && head < verb
        && tree::own_subject(doc, verb).is_some()
        && doc.children(head).iter().all(|&c| doc.dep(c) != Dep::Cc || c < head || c > verb);
    if head == verb || !(spliced || matches!(dep, Dep::Parataxis | Dep::Ccomp | Dep::Advcl | Dep::Dep)) {
        return None;
    }
    let mut own = tree::trim(doc, doc.subtree(verb));
    // What speaks on behind the reporting clause is no part of it.
    let resumed = resumed(doc, verb, verb);
    if let Some(first) = resumed.first() {
        own.end = own.end.min(first.start);
    }
    let sentence = tree::sentence(doc, verb);
    let bounded = |i: Option<usize>| {
        i.is_some_and(|i| {
            i < sentence.end
                && (matches!(doc.word(i), "," | "—" | "–" | "-" | "--") || tree::is_quote_mark(doc, i))
        })
    };
    let left = bounded(own.start.checked_sub(1)) || bounded(Some(own.start));
    let right = own.end >= sentence.end || doc.pos(own.end) == Pos::Punct || !resumed.is_empty();
    let marked = doc.children(verb).iter().any(|&c| doc.dep(c) == Dep::Mark);
    let as_told = doc.children(verb).iter().any(|&c| doc.dep(c) == Dep::Mark && doc.lemma(c) == "as");
    if !(left && right) || (marked && !as_told && dep != Dep::Parataxis) {
        return None;
    }
    let mut ranges: Vec<_> = tree::without(&doc.subtree(head), &doc.subtree(verb))
        .into_iter()
        .map(|r| tree::trim(doc, r))
        .collect();
    ranges.extend(resumed);
    ranges.retain(|r| !r.is_empty());
    let ranges = tree::join(ranges);
    ranges.first().is_some_and(|r| r.start < verb).then_some(ranges)
}

/// The tokens of a reporting clause without its content: verb, subject and adjuncts.
fn region(doc: &Document, verb: usize, content: usize) -> Range<usize> {
    let mut out = verb..verb + 1;
    for &c in doc.children(verb) {
        if c != content && doc.pos(c) != Pos::Punct && !matches!(doc.dep(c), Dep::Ccomp | Dep::Conj | Dep::Cc)
        {
            let sub = doc.subtree(c);
            if sub.start > content || sub.end <= doc.subtree(content).start {
                out = tree::hull(&out, &sub);
            }
        }
    }
    // A sentence adverb before the content is no part of the hole.
    out.start.max(doc.subtree(content).start)..out.end
}

/// Content of a passive: "He is said to have left", "It is understood that …".
pub(super) fn of_passive(doc: &Document, verb: usize, cue: &Cue, tells_someone: bool) -> Option<Content> {
    let reduced = matches!(doc.dep(verb), Dep::Acl) && tree::own_subject(doc, verb).is_none();
    let subject = tree::own_subject(doc, verb).or_else(|| tree::subject(doc, verb));
    let mut ranges = Vec::new();
    let told = subject.filter(|&s| !empty_pronoun(doc, s) && !tells_someone);
    if let Some(s) = told {
        let range = tree::phrase(doc, s);
        if reduced {
            ranges.push(tree::trim(doc, range.start..doc.subtree(verb).start.min(range.end)));
        } else if range.end <= verb {
            ranges.push(range);
        }
    }
    let complement = right(doc, verb, Dep::Ccomp)
        .filter(|_| cue.takes(Frame::Clause) || cue.takes(Frame::Quote))
        .or_else(|| right(doc, verb, Dep::Xcomp))
        .or_else(|| right(doc, verb, Dep::Oprd))
        .map(|c| clause(doc, verb, c))
        .or_else(|| preposition(doc, verb, cue).map(|(p, _)| tree::trim(doc, doc.subtree(p))));
    let by = tree::agent(doc, verb);
    match complement {
        Some(range) if by.is_none_or(|b| !range.contains(&b)) => ranges.push(range),
        Some(_) => {}
        None if cue.takes(Frame::Object) && (by.is_some() || cue.stance.tells()) => {}
        None => return None,
    }
    ranges.retain(|r| !r.is_empty());
    (!ranges.is_empty()).then_some(Content { ranges, preposition: None })
}

/// Content of a noun or adjective: its clause, or the object of its preposition.
pub(super) fn of_nominal(doc: &Document, head: usize, cue: &Cue) -> Option<Content> {
    let clausal = doc.children(head).iter().copied().find(|&c| {
        c > head
            && match doc.dep(c) {
                Dep::Acl => {
                    has_to(doc, c)
                        || doc.children(c).iter().any(|&m| doc.dep(m) == Dep::Mark && doc.lemma(m) == "that")
                }
                Dep::Ccomp | Dep::Xcomp => true,
                // "his denial that it sent arms": the clause lacks nothing that "that" could stand for.
                Dep::Relcl => {
                    let that = doc.children(c).iter().copied().find(|&m| doc.word(m) == "that");
                    let objects = doc.children_by(c, Dep::Dobj).count();
                    that.is_some_and(|m| doc.tag(m) == Tag::In || (doc.dep(m) == Dep::Dobj && objects > 1))
                }
                Dep::Advcl => {
                    doc.children(c).iter().any(|&m| doc.dep(m) == Dep::Mark && doc.lemma(m) == "that")
                }
                _ => false,
            }
    });
    if let Some(c) = clausal {
        let fits = if has_to(doc, c) { cue.takes(Frame::Infinitive) } else { cue.takes(Frame::Clause) };
        if fits {
            return Some(Content::after(clause(doc, head, c)));
        }
    }
    let (p, _) = preposition(doc, head, cue)?;
    let range = tree::trim(doc, p + 1..doc.subtree(p).end);
    (!range.is_empty()).then(|| Content { ranges: vec![range], preposition: (p == head + 1).then_some(p) })
}
