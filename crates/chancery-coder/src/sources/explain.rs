//! Who says a stretch of the text, by which rule and through which chain, told in words.

use std::fmt::Write as _;
use std::ops::Range;

use chancery_syntax::Document;

use super::{Attribution, Attributions};

/// Tells for the bytes of a span who says so: the innermost source first, then each in whose words it
/// stands, with cue, stance and rule.
#[must_use]
pub fn explain(doc: &Document, found: &Attributions, bytes: Range<usize>) -> String {
    let mut out = String::new();
    let Some(token) = doc.token_at(bytes.start) else {
        return "no word stands there".to_owned();
    };
    let end = doc.token_at(bytes.end.saturating_sub(1)).map_or(token + 1, |t| t.max(token) + 1);
    let Some(first) = found.for_span(token..end) else {
        return format!("“{}”: the report's own word; no attribution covers it", doc.words(token..end));
    };
    let _ = writeln!(out, "“{}”", doc.words(token..end));
    let mut at = Some(first);
    let mut depth = 0;
    while let Some(a) = at {
        let _ = writeln!(out, "{}{}", "  ".repeat(depth), line(doc, a));
        at = a.within.map(|i| &found.all()[i]);
        depth += 1;
    }
    out
}

fn line(doc: &Document, a: &Attribution) -> String {
    let who = match (&a.name, &a.source) {
        (Some(name), _) => name.clone(),
        (None, Some(source)) => doc.words(source.clone()).to_owned(),
        (None, None) => "nobody named".to_owned(),
    };
    let side = a.side.as_deref().map(|s| format!(", for {s}")).unwrap_or_default();
    let said = a.said.map(|d| format!(", said {d}")).unwrap_or_default();
    let how = if a.carried {
        "carried on from the sentence before".to_owned()
    } else {
        format!("by “{}”", doc.words(a.cue.clone()))
    };
    format!("{who} ({}{side}{said}): {} {how} [{}]", a.kind, a.stance.as_str(), a.rule)
}
