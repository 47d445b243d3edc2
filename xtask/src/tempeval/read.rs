//! Reads the corpora's files: TimeML, and the token format of CAT in which MEANTIME is published.

use std::ops::Range;

use chancery_time::civil::Date;

/// An annotated expression.
pub(crate) struct Gold {
    pub span: Range<usize>,
    pub kind: String,
    pub value: String,
}

/// An annotated text.
pub(crate) struct Marked {
    pub text: String,
    pub published: Date,
    pub gold: Vec<Gold>,
    /// Only what begins before this offset is annotated.
    pub scored_to: usize,
    /// Spans in which neither side is counted.
    pub passed_over: Vec<Range<usize>>,
}

/// The value of an attribute within a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let end = tag[start..].find('"')? + start;
    Some(&tag[start..end])
}

fn date(value: &str) -> Result<Date, String> {
    let plain = value.get(..10).ok_or_else(|| format!("creation time `{value}` is no day"))?;
    plain.parse().map_err(|e| format!("creation time `{value}`: {e}"))
}

/// Appends XML text with its entities resolved.
fn unescape(text: &str, into: &mut String) {
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    into.push_str(&plain.replace("&amp;", "&"));
}

/// A TimeML file: the creation time of its head, the text and the expressions of its TEXT.
pub(crate) fn timeml(file: &str, _: bool) -> Result<Marked, String> {
    let head = file.find("<DCT>").ok_or("no DCT")?;
    let published = date(attribute(&file[head..], "value").ok_or("no creation time")?)?;
    let start = file.find("<TEXT>").ok_or("no TEXT")? + "<TEXT>".len();
    let end = file.rfind("</TEXT>").ok_or("TEXT is not closed")?;
    let mut marked =
        Marked { text: String::new(), published, gold: Vec::new(), scored_to: 0, passed_over: Vec::new() };
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut rest = &file[start..end];
    while let Some(at) = rest.find('<') {
        unescape(&rest[..at], &mut marked.text);
        let close = rest[at..].find('>').ok_or("a tag is not closed")? + at;
        let tag = &rest[at..=close];
        if tag.starts_with("<TIMEX3") {
            open.push((marked.text.len(), tag.to_owned()));
        } else if tag.starts_with("</TIMEX3")
            && let Some((from, tag)) = open.pop()
            && open.is_empty()
        {
            let of = |name| attribute(&tag, name).unwrap_or_default().to_owned();
            marked.gold.push(Gold { span: from..marked.text.len(), kind: of("type"), value: of("value") });
        }
        rest = &rest[close + 1..];
    }
    unescape(rest, &mut marked.text);
    marked.scored_to = marked.text.len();
    Ok(marked)
}

/// A CAT file: tokens with their sentence, and expressions as rows of tokens. MEANTIME annotates the
/// headline, the date line and the four sentences after it, numbered 0 to 5.
pub(crate) fn cat(file: &str, creation: bool) -> Result<Marked, String> {
    const LAST_SENTENCE: u32 = 5;
    let mut text = String::new();
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut sentence = 0;
    let mut scored_to = 0;
    for (at, _) in file.match_indices("<token ") {
        let close = file[at..].find('>').ok_or("a tag is not closed")? + at;
        let number: u32 =
            attribute(&file[at..close], "sentence").and_then(|n| n.parse().ok()).ok_or("no sentence")?;
        let end = file[close..].find("</token>").ok_or("a token is not closed")? + close;
        let word = &file[close + 1..end];
        let glued = matches!(word, "," | "." | ";" | ":" | ")" | "?" | "!" | "%" | "'s" | "'" | "n't")
            || text.ends_with(['(', '$']);
        if number != sentence {
            text.push_str(if number <= 2 { "\n\n" } else { "\n" });
        } else if !glued && !text.is_empty() {
            text.push(' ');
        }
        sentence = number;
        let start = text.len();
        unescape(word, &mut text);
        spans.push(start..text.len());
        if number <= LAST_SENTENCE {
            scored_to = text.len();
        }
    }
    let mut published = None;
    let mut gold = Vec::new();
    let mut passed_over = Vec::new();
    for (at, _) in file.match_indices("<TIMEX3 ") {
        let close = file[at..].find('>').ok_or("a tag is not closed")? + at;
        let tag = &file[at..close];
        let of = |name| attribute(tag, name).unwrap_or_default();
        let created = of("functionInDocument") == "CREATION_TIME";
        if created {
            published = date(of("value")).ok();
        }
        if tag.ends_with('/') {
            continue;
        }
        let end = file[close..].find("</TIMEX3>").ok_or("a TIMEX3 is not closed")? + close;
        let mut tokens = file[close..end].match_indices("t_id=\"").filter_map(|(i, _)| {
            let digits: String = file[close + i + 6..].chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<usize>().ok()?.checked_sub(1)
        });
        let Some(first) = tokens.next() else { continue };
        let last = tokens.last().unwrap_or(first);
        let (Some(a), Some(b)) = (spans.get(first), spans.get(last)) else { continue };
        let span = a.start..b.end;
        if span.start >= scored_to {
            continue;
        }
        if created && !creation {
            passed_over.push(span);
        } else {
            gold.push(Gold { span, kind: of("type").to_owned(), value: of("value").to_owned() });
        }
    }
    gold.sort_by_key(|g| g.span.start);
    // Three of the articles have no sound creation time, and nothing to read their words against.
    let Some(published) = published else {
        return Ok(Marked { text, published: Date::MIN, gold: Vec::new(), scored_to: 0, passed_over });
    };
    Ok(Marked { text, published, gold, scored_to, passed_over })
}
