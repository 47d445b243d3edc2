//! Which format a file is in, told by its content; its name is asked only where that leaves a doubt.

use crate::exports::{self, Service};
use crate::fields;
use crate::options::Options;

/// A format that reports come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Empty,
    Binary,
    Gzip,
    Zip,
    Text,
    Markdown,
    JsonLines,
    Json,
    Html,
    Warc,
    /// A text export of many articles.
    Export(Service),
    Feed,
    /// XML of another kind.
    Xml,
    Table {
        delimiter: u8,
    },
}

/// Tells the format from the first bytes, the same bytes decoded, and the file's name.
pub(crate) fn tell(head: &[u8], text: &str, name: &str, options: &Options) -> Format {
    if head.starts_with(b"\x1f\x8b") {
        return Format::Gzip;
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Format::Zip;
    }
    if head.starts_with(b"WARC/1.") {
        return Format::Warc;
    }
    if crate::encoding::is_binary(head) {
        return Format::Binary;
    }
    let start = text.trim_start();
    if start.is_empty() {
        return Format::Empty;
    }
    if start.starts_with(['{', '[']) {
        return json(start, name);
    }
    if start.starts_with('<') {
        return markup(start);
    }
    if start.starts_with("---\n") || start.starts_with("---\r") || start.starts_with("+++\n") {
        return Format::Markdown;
    }
    if let Some(service) = exports::service(start) {
        return Format::Export(service);
    }
    match delimiter(start, name, options) {
        Some(delimiter) => Format::Table { delimiter },
        None => Format::Text,
    }
}

/// The kind of a text that begins with a tag, told by its first element.
fn markup(start: &str) -> Format {
    let mut rest = start;
    while let Some(after) = rest.strip_prefix(['<']).filter(|r| r.starts_with(['?', '!'])) {
        if after.get(..8).is_some_and(|word| word.eq_ignore_ascii_case("!doctype")) {
            let kind = after[8..].trim_start();
            if kind.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("html")) {
                return Format::Html;
            }
        }
        // A document type may hold declarations of its own, in brackets.
        let declares = after.find('[').is_some_and(|at| at < after.find('>').unwrap_or(0));
        let close = match after {
            _ if after.starts_with("!--") => "-->",
            _ if declares => "]>",
            _ => ">",
        };
        let Some(end) = after.find(close) else { break };
        rest = after[end + close.len()..].trim_start();
    }
    let name = rest.trim_start_matches('<');
    let end = name.find(|c: char| !(c.is_alphanumeric() || c == ':')).unwrap_or(name.len());
    match name[..end].to_ascii_lowercase().as_str() {
        "rss" | "feed" | "rdf:rdf" => Format::Feed,
        "html" | "head" | "body" | "article" | "main" | "section" | "div" | "p" | "meta" | "title" => {
            Format::Html
        }
        _ if start.starts_with("<?xml") => Format::Xml,
        // A tag in front of plain text is a part of the text.
        _ => Format::Text,
    }
}

/// Lines of JSON, or one JSON value over many lines.
fn json(start: &str, name: &str) -> Format {
    if has_extension(name, &["jsonl", "ndjson"]) {
        return Format::JsonLines;
    }
    if start.starts_with('[') {
        return Format::Json;
    }
    let whole = |line: &str| serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
    let objects = start.lines().take(20).filter(|line| line.starts_with('{') && whole(line));
    if objects.count() > 0 || !start.contains('\n') { Format::JsonLines } else { Format::Json }
}

/// The sign between columns, where the first line names columns.
fn delimiter(start: &str, name: &str, options: &Options) -> Option<u8> {
    let line = start.lines().next().unwrap_or_default();
    let names = |sign: char| -> Vec<&str> { line.split(sign).map(|n| n.trim().trim_matches('"')).collect() };
    for sign in ['\t', ',', ';', '|'] {
        if line.contains(sign) && fields::look_like_columns(&names(sign), options) {
            return u8::try_from(sign).ok();
        }
    }
    let often = |signs: &[char]| {
        signs.iter().copied().max_by_key(|&sign| names(sign).len()).and_then(|sign| u8::try_from(sign).ok())
    };
    if has_extension(name, &["tsv", "tab"]) {
        Some(b'\t')
    } else if has_extension(name, &["csv"]) {
        often(&['|', '\t', ';', ','])
    } else {
        None
    }
}

fn has_extension(name: &str, wanted: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, e)| wanted.iter().any(|w| e.eq_ignore_ascii_case(w)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, format: Format) {
        assert_eq!(tell(text.as_bytes(), text, name, &Options::default()), format);
    }

    #[test]
    fn content_tells() {
        check(" date 2022-10-28 India said, on Friday", "x", Format::Text);
        check("---\ndate: 2022-10-28\n---\nText", "x.txt", Format::Markdown);
        check("{\"date\":\"2022-10-28\",\"text\":\"x\"}\n{\"a\":1}\n", "x.json", Format::JsonLines);
        check("{\n  \"date\": \"2022-10-28\"\n}\n", "x.txt", Format::Json);
        check("[{\"date\": 1}]", "x", Format::Json);
        check("id,date,text\n1,2022-10-28,x", "x.txt", Format::Table { delimiter: b',' });
        check("id\tpublished\tbody\n", "x.csv", Format::Table { delimiter: b'\t' });
        check("\"Titel\";\"Datum\";\"Text\"\n", "x", Format::Table { delimiter: b';' });
        check("MOSCOW, October 28, talks", "x.txt", Format::Text);
        check("<?xml version=\"1.0\"?>\n<!-- a > b -->\n<rss version=\"2.0\">", "x", Format::Feed);
        check("<!DOCTYPE rss [<!ENTITY a \"b\">]>\n<rss>", "x", Format::Feed);
        check("<!DOCTYPE HTML>\n<HTML>", "x.txt", Format::Html);
        check("<?xml version=\"1.0\"?><nitf>", "x", Format::Xml);
        check("<i>Moscow</i>: talks", "x", Format::Text);
        check(" \n\t", "x", Format::Empty);
        check("\0\0\0\0", "x.txt", Format::Binary);
    }

    #[test]
    fn the_name_settles_a_doubt() {
        check("a,b,c\n1,2,3", "x.csv", Format::Table { delimiter: b',' });
        check("a;b;c\n1;2,5;3", "x.CSV", Format::Table { delimiter: b';' });
        check("a,b,c\n1,2,3", "x.txt", Format::Text);
        check("{\"broken\n", "x.jsonl", Format::JsonLines);
    }
}
