//! Reports that are themselves somebody's words: press releases, read-outs, statements. Their issuer says
//! all that nobody else in them is said to say.

use std::ops::Range;

use chancery_syntax::{Document, EntityLabel, Pos};

use super::cues::attribution;
use super::{Attribution, Stance};
use crate::knowledge::sources::Sources;

/// How many words in a heading or dateline is looked for.
const OPENING: usize = 16;

/// The attribution of a whole report to its issuer: a body in capitals before the dateline's place ("THE
/// WHITE HOUSE, WASHINGTON"), or a heading that calls the text a release, a read-out, a statement.
pub(super) fn find(doc: &Document, k: &Sources) -> Option<Attribution> {
    let first = doc.paragraphs().first()?.clone();
    let start = first.clone().find(|&i| doc.word(i).chars().any(char::is_uppercase))?;
    let opening = start..first.end.min(start + OPENING);
    if start > first.start + 8 {
        return None;
    }
    let whole = first.start..doc.tokens().len();
    let all = vec![whole];
    if let Some(body) = letterhead(doc, &opening, k) {
        return Some(attribution(
            Some(body.clone()),
            Some(body.end - 1),
            first.start..first.start,
            all,
            Stance::Assert,
            "release",
        ));
    }
    let kind = opening.clone().take(3).find(|&i| {
        doc.pos(i) != Pos::Verb
            && (k.people.is_voice(&doc.lemma(i).to_lowercase())
                || k.people.is_voice(&doc.word(i).to_lowercase()))
    })?;
    let headed = doc.word(first.end - 1) != "." || doc.paragraphs().len() == 1;
    let speaker = doc
        .entities()
        .iter()
        .find(|e| {
            e.tokens.start > kind
                && e.tokens.end <= first.end
                && matches!(e.label, EntityLabel::Person | EntityLabel::Org | EntityLabel::Gpe)
        })
        .map(|e| e.tokens.clone())?;
    headed.then(|| {
        attribution(
            Some(speaker.clone()),
            Some(speaker.end - 1),
            kind..kind + 1,
            all,
            Stance::Assert,
            "release",
        )
    })
}

/// A body's name in capitals that opens the text, up to a comma.
fn letterhead(doc: &Document, opening: &Range<usize>, k: &Sources) -> Option<Range<usize>> {
    let comma = opening.clone().find(|&i| doc.word(i) == ",")?;
    let name = opening.start..comma;
    let capitals = name.clone().all(|i| doc.word(i).chars().all(|c| !c.is_lowercase()));
    let body = name.clone().any(|i| {
        let word = doc.word(i).to_lowercase();
        k.people.is_body(&word) || word == "house"
    });
    (name.len() > 1 && capitals && body).then_some(name)
}
