//! Phrases that attribute: "according to", "in the words of", "reportedly", and sources cited.

use std::ops::Range;

use chancery_syntax::{Dep, Document, Pos};

use super::cues::attribution;
use super::quotes::Quotes;
use super::{Attribution, Stance, tree};
use crate::knowledge::sources::{Phrase, Sources};

pub(super) fn find(doc: &Document, k: &Sources, quotes: &Quotes, all: &mut Vec<Attribution>) {
    let mut i = 0;
    while i < doc.tokens().len() {
        let first = doc.word(i).to_lowercase();
        let hit = k.phrases(&first).filter(|p| matches_at(doc, i, p)).max_by_key(|p| p.words.len());
        if let Some(phrase) = hit {
            let cue = i..i + phrase.words.len();
            all.retain(|a| !tree::overlap(&a.cue, &cue));
            all.extend(if phrase.sourced {
                sourced(doc, &cue, phrase, quotes)
            } else {
                unsourced(doc, &cue, phrase)
            });
            i = cue.end;
        } else {
            i += 1;
        }
    }
    cited(doc, all);
}

fn matches_at(doc: &Document, at: usize, phrase: &Phrase) -> bool {
    phrase
        .words
        .iter()
        .enumerate()
        .all(|(n, word)| at + n < doc.tokens().len() && doc.word(at + n).to_lowercase() == *word)
}

fn sourced(doc: &Document, cue: &Range<usize>, phrase: &Phrase, quotes: &Quotes) -> Option<Attribution> {
    let speaker = doc.child_by(cue.end - 1, Dep::Pobj)?;
    if speaker < cue.end
        || (doc.pos(speaker) == Pos::Noun
            && doc.children(speaker).is_empty()
            && doc.lemma(speaker) == doc.word(speaker).to_lowercase())
    {
        return None;
    }
    let mut source = tree::phrase(doc, speaker);
    source.start = source.start.max(cue.end);
    let mut hole = cue.start..source.end;
    let sentence = tree::sentence(doc, cue.start);
    // The phrase may hang on any word of its clause; at a sentence's edge it governs the whole of it.
    let opens = tree::trim(doc, sentence.start..cue.start).is_empty();
    let closes = tree::trim(doc, hole.end..sentence.end).is_empty();
    let comma = cue.start > 0 && doc.word(cue.start - 1) == ",";
    let range = if opens || (closes && comma) {
        sentence
    } else {
        doc.subtree(tree::clause_head(doc, doc.head(cue.start)))
    };
    if closes {
        hole.end = hole.end.max(source.end);
    }
    let range = match quotes.at(cue.start) {
        Some(q) => q
            .parts
            .iter()
            .find(|p| p.contains(&cue.start))
            .map_or(range.clone(), |p| range.start.max(p.start)..range.end.min(p.end)),
        None => range,
    };
    let mut content: Vec<_> = tree::without(&range, &hole)
        .into_iter()
        .map(|r| tree::trim(doc, r))
        .filter(|r| !r.is_empty())
        .collect();
    if opens && !content.is_empty() && matches!(doc.word(hole.end.min(doc.tokens().len() - 1)), ":") {
        content.truncate(1);
    }
    (!content.is_empty())
        .then(|| attribution(Some(source), Some(speaker), cue.clone(), content, phrase.stance, &phrase.id))
}

fn unsourced(doc: &Document, cue: &Range<usize>, phrase: &Phrase) -> Option<Attribution> {
    let head = tree::clause_head(doc, doc.head(cue.start));
    let content: Vec<_> = tree::without(&doc.subtree(head), cue)
        .into_iter()
        .map(|r| tree::trim(doc, r))
        .filter(|r| !r.is_empty())
        .collect();
    (!content.is_empty()).then(|| attribution(None, None, cue.clone(), content, phrase.stance, &phrase.id))
}

/// "…, the paper reported, citing officials": the cited one says what the citing clause says.
fn cited(doc: &Document, all: &mut Vec<Attribution>) {
    let mut out = Vec::new();
    for i in 0..doc.tokens().len() {
        if !matches!(doc.word(i), "citing" | "quoting") {
            continue;
        }
        let Some(object) = doc.child_by(i, Dep::Dobj) else { continue };
        let head = tree::clause_head(doc, doc.head(i));
        let said = all.iter().find(|a| a.cue.contains(&head) && !a.content.is_empty() && a.stance.tells());
        let content = match said {
            Some(a) => a.content.clone(),
            None => {
                let own = doc.subtree(i);
                tree::without(&doc.subtree(head), &own).into_iter().map(|r| tree::trim(doc, r)).collect()
            }
        };
        let content: Vec<_> = content.into_iter().filter(|r| !r.is_empty() && !r.contains(&i)).collect();
        if !content.is_empty() {
            out.push(attribution(
                Some(tree::phrase(doc, object)),
                Some(object),
                i..i + 1,
                content,
                Stance::Relay,
                "cited",
            ));
        }
    }
    all.extend(out);
}
