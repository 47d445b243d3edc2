//! Verbs, nouns and adjectives that attribute: each with its source and the content in its frame.

use std::ops::Range;

use chancery_syntax::{Dep, Document, Pos, Tag};

use super::content::{self, Content};
use super::quotes::Quotes;
use super::{Attribution, Stance, tree};
use crate::coding::SourceKind;
use crate::knowledge::sources::{Cue, CueKind, Frame, Sources};

/// A bare attribution, its source not yet resolved.
pub(super) fn attribution(
    source: Option<Range<usize>>,
    source_head: Option<usize>,
    cue: Range<usize>,
    content: Vec<Range<usize>>,
    stance: Stance,
    rule: &str,
) -> Attribution {
    Attribution {
        source,
        source_head,
        actor: None,
        name: None,
        kind: SourceKind::Unattributed,
        side: None,
        cue,
        content,
        stance,
        said: None,
        within: None,
        carried: false,
        quoted: false,
        rule: rule.to_owned(),
    }
}

/// Every cue of the text in its order. A verb of direct speech without content of its own is kept
/// with none: a quote may stand beside it.
pub(super) fn find(doc: &Document, k: &Sources, quotes: &Quotes) -> Vec<Attribution> {
    let mut out = Vec::new();
    for i in 0..doc.tokens().len() {
        let found = match doc.pos(i) {
            Pos::Verb => verb(doc, i, k, quotes),
            Pos::Noun => noun(doc, i, k),
            Pos::Adj => adjective(doc, i, k),
            _ => None,
        };
        out.extend(found);
    }
    cut_coordinated(doc, k, &mut out);
    out.extend(headings(doc, quotes));
    out
}

/// Ends the first verb's content before the second verb that shares its subject.
fn cut_coordinated(doc: &Document, k: &Sources, all: &mut [Attribution]) {
    let mut cuts = Vec::new();
    for a in all.iter() {
        let verb = a.cue.end - 1;
        let content = Content { ranges: a.content.clone(), preposition: None };
        if let Some(upper) = coordinated(doc, verb, &content, k) {
            cuts.push((upper, a.cue.start));
        }
    }
    for (upper, at) in cuts {
        for a in all.iter_mut().filter(|a| a.cue.contains(&upper)) {
            for range in a.content.iter_mut().filter(|r| r.contains(&at)) {
                let end =
                    (range.start..at).rev().find(|&i| doc.dep(i) != Dep::Cc && doc.pos(i) != Pos::Punct);
                range.end = end.map_or(at, |i| i + 1);
            }
        }
    }
}

fn with_particle(doc: &Document, verb: usize) -> Option<String> {
    let particle = doc.children(verb).iter().copied().find(|&c| {
        c > verb
            && (doc.dep(c) == Dep::Prt
                || (c == verb + 1
                    && (doc.pos(c) == Pos::Adv
                        || doc.dep(c) == Dep::Acomp
                        || (doc.dep(c) == Dep::Prep && doc.children(c).is_empty()))))
    })?;
    Some(format!("{} {}", doc.lemma(verb), doc.word(particle).to_lowercase()))
}

fn verb(doc: &Document, verb: usize, k: &Sources, quotes: &Quotes) -> Option<Attribution> {
    let passive = tree::is_passive(doc, verb);
    let full = with_particle(doc, verb);
    let mut open = None;
    let phrasal = full.as_deref().into_iter().flat_map(|l| k.cues(CueKind::Verb, l));
    for cue in phrasal.chain(k.cues(CueKind::Verb, doc.lemma(verb))) {
        let passive = passive || cue.takes(Frame::Raised);
        let content = if passive {
            let to_someone = matches!(cue.id.as_str(), "tell" | "ask") || cue.takes(Frame::ObjectInfinitive);
            content::of_passive(
                doc,
                verb,
                cue,
                to_someone && cue.stance != Stance::Speculate && cue.stance != Stance::Relay,
            )
        } else {
            content::of_verb(doc, verb, cue, quotes)
        };
        match content {
            // A thing shows, provides and lists; only a document says something by it.
            Some(content)
                if cue.stance == Stance::Show
                    && (cue.id == "contain" || !clausal(doc, &content))
                    && !by_document(doc, verb, k) => {}
            // "expressed concern about": the noun is the cue.
            Some(content) if k.is_light(doc.lemma(verb)) && heads_noun_cue(doc, verb, &content, k) => {
                return None;
            }
            Some(content) => return Some(finish(doc, verb, cue, content, passive, k)),
            None if open.is_none() && cue.takes(Frame::Quote) && cue.stance.tells() => open = Some(cue),
            None => {}
        }
    }
    open.map(|cue| finish(doc, verb, cue, Content::default(), passive, k))
}

fn by_document(doc: &Document, verb: usize, k: &Sources) -> bool {
    tree::subject(doc, verb)
        .is_some_and(|s| doc.pos(s) == Pos::Noun && k.people.kind(doc.lemma(s)) == Some(SourceKind::Document))
}

/// "said that talks were under way and added that a date would follow": the parser hangs the second
/// verb of speaking on the verb of the first one's content. Gives the first.
fn coordinated(doc: &Document, verb: usize, content: &Content, k: &Sources) -> Option<usize> {
    let head = doc.head(verb);
    if doc.dep(verb) != Dep::Conj || tree::own_subject(doc, verb).is_some() || !clausal(doc, content) {
        return None;
    }
    let upper = doc.head(head);
    let speaks = k.cues(CueKind::Verb, doc.lemma(upper)).any(|c| c.takes(Frame::Quote) && c.stance.tells());
    (doc.dep(head) == Dep::Ccomp
        && upper < head
        && speaks
        && doc.tag(upper) == doc.tag(verb)
        && doc.child_by(verb, Dep::Aux).is_none())
    .then_some(upper)
}

/// The content is a clause with a subject of its own.
fn clausal(doc: &Document, content: &Content) -> bool {
    content
        .ranges
        .iter()
        .cloned()
        .flatten()
        .any(|i| tree::is_subject(doc.dep(i)) && content.ranges.iter().any(|r| r.contains(&doc.head(i))))
}

/// The content is the phrase of a noun that attributes by itself.
fn heads_noun_cue(doc: &Document, verb: usize, content: &Content, k: &Sources) -> bool {
    doc.child_by(verb, Dep::Dobj).is_some_and(|o| {
        content.ranges.iter().any(|r| r.contains(&o)) && doc.pos(o) == Pos::Noun && noun(doc, o, k).is_some()
    })
}

/// "“…,” replied the envoy": the parser takes the speaker behind the verb for its object.
fn inverted(doc: &Document, verb: usize, cue: &Cue) -> Option<usize> {
    let led = verb > 0 && (doc.word(verb - 1) == "," || tree::is_quote_mark(doc, verb - 1));
    let object = doc.child_by(verb, Dep::Dobj)?;
    let led = led && matches!(doc.tag(verb), Tag::Vbd | Tag::Vbz | Tag::Vbp);
    (led && cue.takes(Frame::Quote) && object > verb && doc.subtree(object).start == verb + 1)
        .then_some(object)
}

/// "issued a statement saying …": the one who issues it speaks.
fn issuer(doc: &Document, document: usize, k: &Sources) -> Option<(usize, usize)> {
    let verb = doc.head(document);
    (doc.dep(document) == Dep::Dobj
        && k.is_light(doc.lemma(verb))
        && k.people.kind(doc.lemma(document)) == Some(SourceKind::Document))
    .then(|| tree::subject(doc, verb).map(|s| (s, verb)))
    .flatten()
}

fn finish(
    doc: &Document,
    verb: usize,
    cue: &Cue,
    content: Content,
    passive: bool,
    k: &Sources,
) -> Attribution {
    let head = if passive {
        tree::agent(doc, verb)
    } else {
        coordinated(doc, verb, &content, k)
            .and_then(|upper| tree::subject(doc, upper))
            .or_else(|| tree::own_subject(doc, verb))
            .or_else(|| inverted(doc, verb, cue))
            .or_else(|| tree::subject(doc, verb))
    };
    // "has let it be known that": said by the one who lets it.
    let head = if doc.lemma(verb) == "know" && doc.lemma(doc.head(verb)) == "let" {
        tree::subject(doc, doc.head(verb))
    } else {
        head
    };
    let mut head = head.filter(|&h| doc.dep(h) != Dep::Expl);
    let issued =
        head.filter(|&h| doc.dep(verb) == Dep::Acl && doc.head(verb) == h).and_then(|h| issuer(doc, h, k));
    let mut span = cue_span(doc, verb, content.preposition);
    if let Some((subject, light)) = issued {
        head = Some(subject);
        span.start = cue_span(doc, light, None).start;
    }
    let source = head.map(|h| {
        let phrase = tree::phrase(doc, h);
        // What hangs on the source and holds the cue, as "the man who said", is cut before the cue.
        if phrase.contains(&verb) && h < verb {
            tree::trim(doc, phrase.start..doc.subtree(verb).start.max(h + 1))
        } else {
            phrase
        }
    });
    attribution(source, head, span, content.ranges, cue.stance, &cue.id)
}

/// The verb with its auxiliaries, negation and adverbs before it, its particle and preposition after
/// it, and the manner of a statement or interview.
fn cue_span(doc: &Document, verb: usize, preposition: Option<usize>) -> Range<usize> {
    let mut start = verb;
    while start > 0 {
        let i = start - 1;
        let before = doc.head(i) == verb || (start < verb && doc.head(i) == start);
        if before
            && matches!(doc.dep(i), Dep::Aux | Dep::Auxpass | Dep::Neg | Dep::Advmod)
            && doc.pos(i) != Pos::Punct
            && !matches!(doc.tag(i), Tag::Wrb)
        {
            start = i;
        } else {
            break;
        }
    }
    // Adverbs that open the sentence belong to the sentence.
    while start < verb && doc.dep(start) == Dep::Advmod && own_subject_after(doc, verb, start) {
        start += 1;
    }
    let mut end = verb + 1;
    let particle = doc.children_by(verb, Dep::Prt).find(|&p| p >= verb && p <= verb + 2);
    if let Some(p) = particle {
        end = p + 1;
    }
    if let Some(p) = preposition {
        end = end.max(p + 1);
    } else if end < doc.tokens().len()
        && doc.word(end) == "in"
        && doc.head(end) == verb
        && let Some(o) = doc.child_by(end, Dep::Pobj)
        && matches!(
            doc.lemma(o),
            "statement" | "interview" | "tweet" | "letter" | "email" | "speech" | "post" | "note"
        )
    {
        end = o + 1;
    }
    if end < doc.tokens().len() && doc.word(end) == ":" {
        end += 1;
    }
    start..end
}

fn own_subject_after(doc: &Document, verb: usize, token: usize) -> bool {
    tree::own_subject(doc, verb).is_some_and(|s| s > token && s < verb)
}

fn noun(doc: &Document, noun: usize, k: &Sources) -> Option<Attribution> {
    let cue = k.cues(CueKind::Noun, doc.lemma(noun)).next()?;
    let content = k
        .cues(CueKind::Noun, doc.lemma(noun))
        .find_map(|c| content::of_nominal(doc, noun, c).map(|f| (c, f)));
    let Some((cue, content)) = content else { return said_by(doc, noun, cue, k) };
    let end = content.preposition.map_or(noun + 1, |p| p + 1);
    let head = doc.head(noun);
    let light = doc.dep(noun) == Dep::Dobj && k.is_light(doc.lemma(head)) && head < noun;
    let mut start = noun;
    let possessor = doc.child_by(noun, Dep::Poss);
    let by = doc
        .children(noun)
        .iter()
        .copied()
        .filter(|&c| doc.dep(c) == Dep::Prep && matches!(doc.lemma(c), "by" | "from" | "among"))
        .find_map(|p| doc.child_by(p, Dep::Pobj))
        .filter(|&b| !content.ranges.iter().any(|r| r.contains(&b)));
    let speaker = if light && !tree::is_passive(doc, head) {
        start = cue_span(doc, head, None).start;
        tree::subject(doc, head).filter(|&s| doc.dep(s) != Dep::Expl)
    } else if possessor.is_some() {
        possessor
    } else {
        by
    };
    if speaker.is_none()
        && !matches!(cue.stance, Stance::Assert | Stance::Speculate | Stance::Relay | Stance::Deny)
    {
        return None;
    }
    let source = speaker.map(|s| tree::phrase(doc, s)).filter(|s| !s.contains(&noun));
    Some(attribution(source, speaker, start..end, content.ranges, cue.stance, &cue.id))
}

/// "a statement saying …", "issued a statement, …": the noun stands beside a verb that is found by itself.
fn said_by(doc: &Document, noun: usize, cue: &Cue, k: &Sources) -> Option<Attribution> {
    if !cue.takes(Frame::Quote) {
        return None;
    }
    let head = doc.head(noun);
    (doc.dep(noun) == Dep::Dobj && k.is_light(doc.lemma(head)) && !tree::is_passive(doc, head)).then(|| {
        let speaker = tree::subject(doc, head);
        let source = speaker.map(|s| tree::phrase(doc, s)).filter(|s| !s.contains(&noun));
        attribution(
            source,
            speaker,
            cue_span(doc, head, None).start..noun + 1,
            Vec::new(),
            cue.stance,
            &cue.id,
        )
    })
}

fn adjective(doc: &Document, adjective: usize, k: &Sources) -> Option<Attribution> {
    // "was confident that", "made it clear that".
    let made =
        doc.lemma(doc.head(adjective)) == "make" && matches!(doc.dep(adjective), Dep::Ccomp | Dep::Oprd);
    if doc.dep(adjective) != Dep::Acomp && !made {
        return None;
    }
    let (cue, content) = k
        .cues(CueKind::Adjective, doc.lemma(adjective))
        .find_map(|c| content::of_nominal(doc, adjective, c).map(|f| (c, f)))?;
    let copula = doc.head(adjective);
    let head = tree::subject(doc, copula)
        .filter(|&s| doc.dep(s) != Dep::Expl && !matches!(doc.lemma(s), "it" | "there"));
    let start = cue_span(doc, copula, None).start;
    let end = content.preposition.map_or(adjective + 1, |p| p + 1);
    let source = head.map(|h| tree::phrase(doc, h)).filter(|s| !s.contains(&adjective));
    // Making it clear is saying so; being sure is not.
    let stance = if made && cue.stance == Stance::Believe { Stance::Assert } else { cue.stance };
    Some(attribution(source, head, start..end, content.ranges, stance, &cue.id))
}

/// "Kremlin: no decision on visit": a heading or a transcript's turn, the speaker before a colon.
fn headings(doc: &Document, quotes: &Quotes) -> Vec<Attribution> {
    let mut out = Vec::new();
    for paragraph in doc.paragraphs() {
        let Some(colon) =
            (paragraph.start..paragraph.end.min(paragraph.start + 9)).find(|&i| doc.word(i) == ":")
        else {
            continue;
        };
        let source = paragraph.start..colon;
        let named = source.clone().all(|i| {
            matches!(doc.pos(i), Pos::Propn | Pos::Noun | Pos::Adj | Pos::Det | Pos::Adp)
                || (doc.pos(i) == Pos::Punct && matches!(doc.word(i), "." | "-" | ","))
        }) && source.clone().any(|i| doc.pos(i) == Pos::Propn);
        let content = heading_content(doc, colon + 1..paragraph.end);
        if source.is_empty() || !named || content.len() < 3 || quotes.at(colon).is_some() {
            continue;
        }
        let head = source.clone().rev().find(|&i| doc.pos(i) == Pos::Propn || doc.pos(i) == Pos::Noun);
        out.push(attribution(Some(source), head, colon..colon + 1, vec![content], Stance::Assert, "heading"));
    }
    out
}

fn heading_content(doc: &Document, range: Range<usize>) -> Range<usize> {
    tree::trim(doc, range)
}
