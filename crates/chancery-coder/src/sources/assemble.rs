//! Puts quotes with the cues beside them, orders the attributions, and answers who says each token.

use std::ops::Range;

use chancery_syntax::{Document, Pos};

use super::quotes::{Quote, Quotes};
use super::{Attribution, Attributions, Stance, tree};
use crate::knowledge::sources::{CueKind, Frame, Sources};

/// A quote of fewer words than this that nobody is said to speak is a name or a raised eyebrow.
const SPOKEN: usize = 4;

fn takes_quotes(a: &Attribution, k: &Sources, doc: &Document) -> bool {
    if a.rule == "heading" {
        return true;
    }
    a.stance.tells()
        && a.stance != Stance::Believe
        && a.cue.clone().any(|i| {
            k.cues(CueKind::Verb, doc.lemma(i))
                .chain(k.cues(CueKind::Noun, doc.lemma(i)))
                .any(|c| c.takes(Frame::Quote))
        })
}

/// Widens content to the quotes that it cuts, gives each quote that stands alone to the cue beside it,
/// and drops cues of speech that found no words.
pub(super) fn quotes(doc: &Document, quotes: &Quotes, k: &Sources, all: &mut Vec<Attribution>) {
    all.sort_by_key(|a| a.cue.start);
    for a in all.iter_mut() {
        widen(doc, quotes, a);
    }
    let quotable: Vec<bool> = all.iter().map(|a| takes_quotes(a, k, doc)).collect();
    let mut covered = vec![false; doc.tokens().len()];
    for a in all.iter().filter(|a| a.stance.tells() || a.quoted) {
        for i in a.content.iter().cloned().flatten() {
            covered[i] = true;
        }
    }
    let mut last: Option<usize> = None;
    for quote in &quotes.all {
        let taken = quote.parts[0].clone().filter(|&i| covered[i]).count();
        if taken * 2 > quote.parts[0].len() {
            last = owner(all, quote).or(last);
            if let Some(i) = owner(all, quote) {
                extend(all, i, quote, &mut covered);
            }
            continue;
        }
        let found =
            beside(doc, quote, quotes, all, &quotable).or_else(|| follows(doc, quote, quotes, all, last));
        if let Some(i) = found {
            give(doc, quote, quotes, &mut all[i]);
            for t in all[i].content.iter().cloned().flatten() {
                covered[t] = true;
            }
            last = Some(i);
        }
    }
    all.retain(|a| !a.content.is_empty());
}

fn owner(all: &[Attribution], quote: &Quote) -> Option<usize> {
    let middle = quote.parts[0].start + quote.parts[0].len() / 2;
    all.iter()
        .enumerate()
        .filter(|(_, a)| a.covers(middle) && a.stance.tells() && !quote.contains(a.cue.start))
        .min_by_key(|(_, a)| a.size())
        .map(|(i, _)| i)
}

/// A quote that runs on into further paragraphs takes its speaker along.
fn extend(all: &mut [Attribution], at: usize, quote: &Quote, covered: &mut [bool]) {
    for part in &quote.parts {
        all[at].content.push(part.clone());
        for i in part.clone() {
            covered[i] = true;
        }
    }
    all[at].content = tree::join(std::mem::take(&mut all[at].content));
    all[at].quoted = true;
}

/// The content holds whole quotes, never a piece of one, unless the cue itself stands in the quote.
fn widen(doc: &Document, quotes: &Quotes, a: &mut Attribution) {
    // What is said within a quote ends with it.
    let own = a
        .cue
        .clone()
        .find_map(|i| quotes.at(i))
        .and_then(|q| q.parts.iter().find(|p| p.contains(&a.cue.start)));
    if let Some(part) = own {
        for range in &mut a.content {
            *range = range.start.max(part.start + 1)..range.end.min(part.end);
        }
        a.content.retain(|r| r.clone().any(|i| doc.pos(i) != Pos::Punct));
        return;
    }
    let mut quoted = false;
    for range in &mut a.content {
        let first = (range.start..range.end).find_map(|i| quotes.at(i));
        quoted |= first.is_some();
        let cue = a.cue.start;
        if let Some(q) = quotes.at(range.start).filter(|q| !q.contains(cue))
            && let Some(part) = q.parts.iter().find(|p| p.contains(&range.start))
            && (part.start >= a.cue.end || part.end <= a.cue.start)
        {
            range.start = part.start;
        }
        if let Some(q) = range.end.checked_sub(1).and_then(|i| quotes.at(i)).filter(|q| !q.contains(cue))
            && let Some(part) = q.parts.iter().find(|p| p.contains(&(range.end - 1)))
            && (part.start >= a.cue.end || part.end <= a.cue.start)
        {
            range.end = part.end;
        }
    }
    a.quoted = quoted;
}

/// The cue in the quote's own sentences that stands next to it.
fn beside(
    doc: &Document,
    quote: &Quote,
    quotes: &Quotes,
    all: &[Attribution],
    quotable: &[bool],
) -> Option<usize> {
    let first = tree::sentence(doc, quote.start());
    let last = tree::sentence(doc, quote.end() - 1);
    let after = tree::sentence(doc, quote.end().min(doc.tokens().len() - 1));
    let paragraph = tree::paragraph(doc, quote.start());
    let scope = first.start.max(paragraph.start)..last.end.max(if starts_with_speaker(doc, quote, all) {
        after.end
    } else {
        0
    });
    let distance = |a: &Attribution| {
        let region = a
            .source
            .as_ref()
            .map_or(a.cue.clone(), |s| if s.len() < 25 { tree::hull(s, &a.cue) } else { a.cue.clone() });
        if region.start >= quote.end() {
            region.start - quote.end()
        } else {
            quote.start().saturating_sub(region.end)
        }
    };
    all.iter()
        .enumerate()
        .filter(|&(i, a)| quotable[i] && scope.contains(&a.cue.start) && quotes.at(a.cue.start).is_none())
        .filter(|(_, a)| a.cue.end <= quote.start() || a.cue.start >= quote.end())
        .filter(|(_, a)| distance(a) <= 12)
        .min_by_key(|(_, a)| (distance(a) + if a.content.is_empty() { 0 } else { 4 }, a.cue.start))
        .filter(|(_, a)| quote.words() >= SPOKEN || distance(a) <= 2)
        .map(|(i, _)| i)
}

/// The parser may end the sentence at the quote and leave "he said." to the next.
fn starts_with_speaker(doc: &Document, quote: &Quote, all: &[Attribution]) -> bool {
    let end = quote.end();
    if end >= doc.tokens().len() {
        return false;
    }
    let sentence = tree::sentence(doc, end);
    sentence.start == end
        && sentence.len() <= 12
        && all.iter().any(|a| a.content.is_empty() && sentence.contains(&a.cue.start))
}

/// A quote without a cue in its sentence goes on where the speaker before it left off.
fn follows(
    doc: &Document,
    quote: &Quote,
    quotes: &Quotes,
    all: &[Attribution],
    last: Option<usize>,
) -> Option<usize> {
    if quote.words() < SPOKEN {
        return None;
    }
    let sentence = tree::sentence(doc, quote.start());
    if !tree::trim(doc, sentence.start..quote.start()).is_empty() {
        return None;
    }
    let paragraph = doc.paragraph_of(quote.start());
    // The nearest cue before the quote, in its paragraph or at the end of the one before.
    let near = all
        .iter()
        .enumerate()
        .filter(|(_, a)| {
            a.cue.start < quote.start() && a.stance != Stance::Want && quotes.at(a.cue.start).is_none()
        })
        .filter(|(_, a)| doc.paragraph_of(a.cue.start) + 1 >= paragraph)
        .filter(|(_, a)| a.source_head.is_some())
        .max_by_key(|(_, a)| (doc.sentence_of(a.cue.start), usize::MAX - a.cue.start));
    let (i, a) = near?;
    let same = doc.paragraph_of(a.cue.start) == paragraph;
    let gap = doc.sentence_of(quote.start()) - doc.sentence_of(a.cue.start);
    let ended_quoted = last == Some(i) || a.content.last().is_some_and(|r| quotes.at(r.end - 1).is_some());
    (if same { gap <= 2 || ended_quoted } else { ended_quoted || gap <= 1 }).then_some(i)
}

fn give(doc: &Document, quote: &Quote, quotes: &Quotes, a: &mut Attribution) {
    a.quoted = true;
    let mut first = quote.parts[0].clone();
    let sentence = tree::sentence(doc, first.start);
    let region = a
        .source
        .as_ref()
        .map_or(a.cue.clone(), |s| if s.len() < 25 { tree::hull(s, &a.cue) } else { a.cue.clone() });
    if a.content.is_empty() {
        // Words of the sentence that lead into the quote are the speaker's as well, when the cue
        // stands behind it: "It is 'a disgrace', he said".
        if region.start >= quote.end() && sentence.start < first.start && sentence.end > quote.start() {
            let lead =
                tree::trim(doc, sentence.start.max(tree::paragraph(doc, first.start).start)..first.start);
            if !lead.is_empty() && quotes.at(lead.start).is_none() {
                first.start = lead.start;
            }
        }
        if a.cue.end <= first.start && sentence.contains(&a.cue.start) {
            let between = a.cue.end..first.start;
            let glue = between.clone().all(|i| matches!(doc.pos(i), Pos::Punct | Pos::Space));
            let that = between.clone().find(|&i| doc.word(i) == "that");
            if let (false, Some(that)) = (glue, that) {
                first.start = that;
            }
        }
    }
    a.content.push(first);
    a.content.extend(quote.parts.iter().skip(1).cloned());
    a.content = tree::join(std::mem::take(&mut a.content));
}

/// Text order; of two attributions with the same cue and content the first stays.
pub(super) fn order(all: &mut Vec<Attribution>) {
    for a in all.iter_mut() {
        a.content = tree::join(std::mem::take(&mut a.content));
    }
    all.sort_by_key(|a| (a.cue.start, a.cue.end));
    all.dedup_by(|b, a| a.cue == b.cue && a.content == b.content);
}

fn first_token(a: &Attribution) -> usize {
    a.content.iter().map(|r| r.start).chain([a.cue.start]).min().unwrap_or(a.cue.start)
}

/// Nests the attributions and answers for each token whose word it is.
pub(super) fn finish(doc: &Document, mut all: Vec<Attribution>) -> Attributions {
    all.sort_by_key(|a| (first_token(a), usize::MAX - a.size(), a.cue.start));
    // Larger first, so that what is written last over a token is the innermost; what nobody is said to
    // say never hides who says it.
    let mut by_size: Vec<usize> = (0..all.len()).collect();
    by_size.sort_by_key(|&i| (all[i].source_head.is_some(), usize::MAX - all[i].size(), all[i].cue.start));
    let mut over: Vec<Option<usize>> = vec![None; doc.tokens().len()];
    for &i in &by_size {
        let cue = head_token(&all[i]);
        all[i].within = cue.and_then(|c| over.get(c).copied().flatten());
        let spans: Vec<Range<usize>> = all[i].content.clone();
        for t in spans.into_iter().flatten() {
            if t < over.len() && all[i].tells() {
                over[t] = Some(i);
            }
        }
    }
    Attributions { all, over }
}

fn head_token(a: &Attribution) -> Option<usize> {
    if a.cue.is_empty() { a.content.first().map(|r| r.start) } else { Some(a.cue.start) }
}
