//! Speakers carried on: sentences in the voice of the one who spoke before, without a cue of their own.

use std::ops::Range;

use chancery_syntax::{Dep, Document, Pos, Tag};

use super::quotes::Quotes;
use super::{Attribution, Stance, tree};

/// How many sentences a voice may go on without being named again.
const REACH: usize = 3;

/// Adds a carried attribution for each sentence that free indirect speech gives to an earlier source:
/// in the same paragraph, under a modal that looks on from the time of speaking, or with some of the
/// speaker's words in quotation marks.
pub(super) fn on(doc: &Document, quotes: &Quotes, all: &mut Vec<Attribution>) {
    let mut covered = vec![false; doc.tokens().len()];
    let mut by_sentence: Vec<Vec<usize>> = vec![Vec::new(); doc.sentences().len()];
    for (i, a) in all.iter().enumerate().filter(|(_, a)| a.tells()) {
        for t in a.content.iter().cloned().flatten() {
            covered[t] = true;
        }
        by_sentence[doc.sentence_of(a.cue.start)].push(i);
    }
    let mut added = Vec::new();
    let mut voice: Option<(usize, usize)> = None;
    for (s, sentence) in doc.sentences().iter().enumerate() {
        if doc.paragraphs()[doc.paragraph_of(sentence.start)].start == sentence.start {
            voice = None;
        }
        let speaker = by_sentence[s]
            .iter()
            .copied()
            .filter(|&i| leads(doc, &all[i], sentence))
            .min_by_key(|&i| (all[i].rule == "cited", usize::MAX - all[i].size()));
        if let Some(i) = speaker {
            voice = Some((i, 0));
            continue;
        }
        if sentence.clone().filter(|&i| covered[i]).count() * 2 > sentence.len() {
            continue;
        }
        let Some((i, gap)) = voice else { continue };
        let others = by_sentence[s].iter().any(|&j| all[j].source_head.is_some());
        if gap < REACH
            && !others
            && (backshifted(doc, sentence) || quoting(sentence, quotes))
            && !addresses(doc, sentence)
        {
            let mut one = all[i].clone();
            one.cue = sentence.start..sentence.start;
            one.content = vec![tree::trim(doc, sentence.clone())];
            one.carried = true;
            one.quoted = false;
            one.stance = Stance::Assert;
            "carried".clone_into(&mut one.rule);
            added.push(one);
            voice = Some((i, gap + 1));
        } else {
            voice = None;
        }
    }
    all.extend(added);
}

/// The attribution speaks for its sentence: a source who says something, a good part of the sentence
/// being what is said.
fn leads(doc: &Document, a: &Attribution, sentence: &Range<usize>) -> bool {
    let speech = matches!(
        a.stance,
        Stance::Assert
            | Stance::Confirm
            | Stance::Deny
            | Stance::Promise
            | Stance::Warn
            | Stance::Ask
            | Stance::Relay
    );
    if !speech || a.source_head.is_none() || a.cue.is_empty() {
        return false;
    }
    let said: usize =
        a.content.iter().map(|r| r.end.min(sentence.end).saturating_sub(r.start.max(sentence.start))).sum();
    doc.ancestors(a.cue.start).count() <= 3 && said * 3 >= sentence.len()
}

/// The main verb looks on from the time of speaking: would, could, might, should, ought to.
fn backshifted(doc: &Document, sentence: &Range<usize>) -> bool {
    let Some(root) = sentence.clone().find(|&i| doc.head(i) == i) else { return false };
    std::iter::once(&root).chain(doc.children(root)).any(|&c| {
        (c == root || doc.dep(c) == Dep::Aux)
            && doc.tag(c) == Tag::Md
            && matches!(doc.lemma(c), "would" | "could" | "might" | "should" | "ought")
    })
}

/// Some words of the sentence are quoted.
fn quoting(sentence: &Range<usize>, quotes: &Quotes) -> bool {
    sentence.clone().any(|i| quotes.at(i).is_some())
}

/// The report speaks to its reader.
fn addresses(doc: &Document, sentence: &Range<usize>) -> bool {
    sentence
        .clone()
        .any(|i| doc.pos(i) == Pos::Pron && matches!(doc.word(i), "I" | "we" | "We" | "you" | "You"))
}
