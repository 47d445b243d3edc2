//! Absence of word as a claim: declined to comment, did not respond, no official word from, has yet
//! to announce, neither confirmed nor denied.

use std::ops::Range;

use chancery_syntax::{Dep, Document, Pos};

use super::cues::attribution;
use super::{Attribution, Stance, tree};
use crate::knowledge::sources::Sources;

pub(super) fn find(doc: &Document, k: &Sources, all: &mut Vec<Attribution>) {
    let mut found = Vec::new();
    for i in 0..doc.tokens().len() {
        let one = match doc.pos(i) {
            Pos::Verb | Pos::Aux => verb(doc, i, k),
            Pos::Noun => noun(doc, i, k),
            Pos::Adj => quiet(doc, i, k),
            _ => None,
        };
        if let Some(one) = one
            && !found.iter().any(|f: &Attribution| tree::overlap(&f.cue, &one.cue))
        {
            found.push(one);
        }
    }
    // The words of silence are no assertion as well.
    all.retain(|a| !found.iter().any(|f| !a.quoted && tree::overlap(&f.cue, &a.cue)));
    all.extend(found);
}

fn is_negated(doc: &Document, verb: usize) -> Option<usize> {
    doc.child_by(verb, Dep::Neg).or_else(|| {
        doc.children(verb).iter().copied().find(|&c| {
            c < verb && matches!(doc.word(c).to_lowercase().as_str(), "neither" | "never" | "nor" | "hardly")
        })
    })
}

/// A subject that is nobody: "neither side has confirmed".
fn empty_subject(doc: &Document, subject: usize) -> bool {
    matches!(doc.word(subject).to_lowercase().as_str(), "neither" | "none" | "nobody")
        || doc.children(subject).iter().any(|&c| {
            matches!(doc.dep(c), Dep::Det | Dep::Preconj | Dep::Cc)
                && matches!(doc.word(c).to_lowercase().as_str(), "neither" | "no")
        })
}

fn verb(doc: &Document, verb: usize, k: &Sources) -> Option<Attribution> {
    let lemma = doc.lemma(verb);
    let speaks = |v: usize| k.silence.speaking.contains(doc.lemma(v));
    if k.silence.refusals.contains(lemma) {
        let x = doc.child_by(verb, Dep::Xcomp).filter(|&x| speaks(x))?;
        return made(doc, verb, verb, x, "silence.refused");
    }
    // "has yet to announce", "is yet to say".
    if matches!(lemma, "have" | "be")
        && let Some(x) = doc.child_by(verb, Dep::Xcomp).filter(|&x| x > verb && speaks(x))
        && (verb + 1..x).any(|i| doc.word(i) == "yet")
    {
        return made(doc, verb, verb, x, "silence.yet");
    }
    if speaks(verb) && doc.children_by(verb, Dep::Aux).any(|a| doc.word(a) == "to") {
        let yet = (verb.saturating_sub(4)..verb).find(|&i| doc.word(i) == "yet");
        if let Some(yet) =
            yet.filter(|&y| y > 0 && matches!(doc.lemma(y - 1), "have" | "be") && doc.dep(verb) != Dep::Xcomp)
        {
            return made(doc, verb, yet - 1, verb, "silence.yet");
        }
    }
    if !k.silence.unsaid.contains(lemma) {
        return None;
    }
    if lemma != "say" && tree::subject(doc, verb).is_some_and(|s| s < verb && empty_subject(doc, s)) {
        return made(doc, verb, verb, verb, "silence.neither");
    }
    let negation = is_negated(doc, verb).or_else(|| {
        let head = doc.head(verb);
        (doc.dep(verb) == Dep::Conj).then(|| is_negated(doc, head)).flatten()
    })?;
    if tree::is_passive(doc, verb) {
        let passive = tree::agent(doc, verb).is_some();
        return passive.then(|| made(doc, verb, negation.min(verb), verb, "silence.unsaid")).flatten();
    }
    // "did not say that …" with a statement behind it may deny; "say whether", "say anything", or no
    // object at all is silence.
    let finite = doc.child_by(verb, Dep::Ccomp).or_else(|| doc.child_by(verb, Dep::Advcl));
    let open_question = finite.is_some_and(|c| {
        doc.children(c).iter().any(|&m| {
            matches!(
                doc.word(m),
                "whether" | "if" | "when" | "where" | "how" | "who" | "why" | "what" | "which"
            )
        })
    });
    if lemma == "say" && finite.is_some() && !open_question {
        return None;
    }
    // "neither confirmed nor denied", "has not confirmed or denied".
    let last = doc.children_by(verb, Dep::Conj).filter(|&c| speaks(c)).last().unwrap_or(verb);
    made(doc, verb, negation.min(verb), last, "silence.unsaid")
}

/// `verb` carries the subject; the cue runs from its auxiliaries to `last`, whose complement is the
/// matter on which nothing is said.
fn made(doc: &Document, verb: usize, first: usize, last: usize, rule: &str) -> Option<Attribution> {
    let head = tree::subject(doc, verb)?;
    if doc.dep(head) == Dep::Expl {
        return None;
    }
    let mut start = first.min(verb);
    while start > 0
        && (doc.head(start - 1) == verb || doc.head(start - 1) == last)
        && matches!(
            doc.dep(start - 1),
            Dep::Aux | Dep::Auxpass | Dep::Neg | Dep::Advmod | Dep::Preconj | Dep::Cc
        )
    {
        start -= 1;
    }
    let mut source = tree::phrase(doc, head);
    if source.contains(&last) {
        source = head..head + 1;
    }
    let end = doc.subtree(last).end;
    let content: Vec<Range<usize>> = doc
        .children(last)
        .iter()
        .copied()
        .filter(|&c| c > last)
        .filter(|&c| matches!(doc.dep(c), Dep::Dobj | Dep::Ccomp | Dep::Xcomp | Dep::Prep | Dep::Advcl))
        .map(|c| tree::trim(doc, doc.subtree(c).start.max(last + 1)..doc.subtree(c).end.min(end)))
        .filter(|r| !r.is_empty())
        .collect();
    Some(attribution(Some(source), Some(head), start..last + 1, tree::join(content), Stance::NoWord, rule))
}

/// "no official word from the Indian side", "issued no confirmation", "gave no date".
fn noun(doc: &Document, noun: usize, k: &Sources) -> Option<Attribution> {
    if !k.silence.nouns.contains(doc.lemma(noun)) {
        return None;
    }
    let no = doc.children(noun).iter().copied().find(|&c| {
        c < noun && matches!(doc.word(c).to_lowercase().as_str(), "no" | "any" | "little" | "without")
    });
    let head = doc.head(noun);
    let giver = matches!(doc.dep(noun), Dep::Dobj | Dep::Attr | Dep::Nsubj | Dep::Nsubjpass)
        && k.silence.givers.contains(doc.lemma(head));
    let negated_giver = giver && is_negated(doc, head).is_some();
    let start = match no {
        Some(no) if doc.word(no).eq_ignore_ascii_case("any") && !negated_giver => return None,
        Some(no) => no,
        None if negated_giver => noun,
        None => return None,
    };
    let by = doc
        .children(noun)
        .iter()
        .chain(doc.children(head).iter())
        .copied()
        .filter(|&c| {
            c > noun
                && matches!(doc.dep(c), Dep::Prep | Dep::Agent)
                && k.silence.silent.contains(doc.lemma(c))
                && doc.lemma(c) != "of"
        })
        .find_map(|p| doc.child_by(p, Dep::Pobj));
    let speaker = by.or_else(|| {
        (doc.dep(noun) == Dep::Dobj && giver && !tree::is_passive(doc, head))
            .then(|| tree::subject(doc, head))
            .flatten()
            .filter(|&s| doc.dep(s) != Dep::Expl)
    });
    if speaker.is_none() && !giver {
        return None;
    }
    let start = if doc.dep(noun) == Dep::Dobj && giver && head < start { head } else { start };
    let source = speaker.map(|s| tree::phrase(doc, s)).filter(|s| !s.contains(&noun));
    let content: Vec<Range<usize>> = doc
        .children(noun)
        .iter()
        .chain(doc.children(head).iter().filter(|_| giver))
        .copied()
        .filter(|&c| {
            c > noun
                && by.is_none_or(|b| {
                    !doc.subtree(c).contains(&b) || doc.subtree(c).len() > doc.subtree(b).len() + 1
                })
        })
        .filter(|&c| matches!(doc.dep(c), Dep::Prep | Dep::Acl | Dep::Ccomp | Dep::Relcl))
        .map(|c| {
            let mut range = tree::trim(doc, doc.subtree(c));
            if let Some(source) = source.as_ref().filter(|s| range.contains(&s.start) && s.end < range.end) {
                range.start = source.end;
            }
            range
        })
        .filter(|r| !r.is_empty() && source.as_ref().is_none_or(|s| !tree::overlap(s, r)))
        .collect();
    Some(attribution(source, speaker, start..noun + 1, tree::join(content), Stance::NoWord, "silence.noun"))
}

/// "kept silent", "stayed mum".
fn quiet(doc: &Document, adjective: usize, k: &Sources) -> Option<Attribution> {
    if !k.silence.quiet.contains(doc.lemma(adjective))
        || !matches!(doc.dep(adjective), Dep::Acomp | Dep::Oprd | Dep::Xcomp)
    {
        return None;
    }
    let verb = doc.head(adjective);
    made(doc, verb, verb, adjective, "silence.quiet")
}
