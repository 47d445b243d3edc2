//! WARC, the format of web archives (ISO 28500): the HTML pages of its response records, one record in
//! memory at a time. What is no page (requests, metadata, pictures, answers that are no success) is
//! no report and is passed over.

use std::io::{BufRead, BufReader, Read};

use flate2::read::MultiGzDecoder;

use crate::encoding::Charset;
use crate::error::Reason;
use crate::html;
use crate::options::Options;
use crate::read::{Draft, Record, Records, Source, all};

/// A header line, and a block of headers, are no longer than this.
const LONGEST_LINE: u64 = 64 << 10;
const MOST_HEADERS: usize = 200;

/// A page is no larger than this.
const MOST_PAGE: u64 = 16 << 20;

/// Reads the pages of an archive.
pub(crate) fn read<'a>(source: Source<'a>, options: &'a Options) -> Records<'a> {
    let mut source = BufReader::with_capacity(1 << 16, source);
    let mut number = 0;
    let mut ended = false;
    Box::new(std::iter::from_fn(move || {
        while !ended {
            number += 1;
            match record(&mut source, options) {
                Ok(Some(Some(draft))) => return Some(Record::numbered(number, draft)),
                Ok(Some(None)) => {}
                Ok(None) => ended = true,
                Err(reason) => {
                    // Without its length there is no telling where the next record begins.
                    ended = true;
                    return Some(Record::numbered(number, Err(reason)));
                }
            }
        }
        None
    }))
}

/// One record: `None` at the end, an inner `None` where it holds no page.
fn record(
    source: &mut impl BufRead,
    options: &Options,
) -> Result<Option<Option<Result<Draft, Reason>>>, Reason> {
    let version = loop {
        match line(source)? {
            None => return Ok(None),
            Some(line) if line.is_empty() => {}
            Some(line) => break line,
        }
    };
    if !version.starts_with("WARC/") {
        return Err(Reason::Damaged(
            "a record does not begin with its version, so the rest is not read".to_owned(),
        ));
    }
    let headers = headers(source)?;
    let length: u64 = value(&headers, "Content-Length")
        .and_then(|length| length.parse().ok())
        .ok_or_else(|| Reason::Damaged("a record tells no length, so the rest is not read".to_owned()))?;
    let is_page = value(&headers, "WARC-Type").is_some_and(|kind| kind.eq_ignore_ascii_case("response"))
        && value(&headers, "Content-Type").is_some_and(|kind| kind.starts_with("application/http"));
    if !is_page || length > MOST_PAGE {
        skip(source, length)?;
        return Ok(Some((is_page).then_some(Err(Reason::Bomb { limit: MOST_PAGE }))));
    }
    let mut block = Vec::new();
    source.by_ref().take(length).read_to_end(&mut block)?;
    if (block.len() as u64) < length {
        return Err(Reason::Damaged("it ends within a record".to_owned()));
    }
    let url = value(&headers, "WARC-Target-URI").map(|url| url.trim_matches(['<', '>']).to_owned());
    Ok(Some(page(&block, url.as_deref(), options)))
}

/// The page in an HTTP answer, where it is a success and HTML.
fn page(block: &[u8], url: Option<&str>, options: &Options) -> Option<Result<Draft, Reason>> {
    let mut rest = block;
    let status = line(&mut rest).ok()??;
    let code = status.split_whitespace().nth(1)?;
    let headers = headers(&mut rest).ok()?;
    let kind = value(&headers, "Content-Type").unwrap_or("text/html").to_ascii_lowercase();
    if !code.starts_with('2') || !(kind.contains("html") || kind.contains("xml+")) {
        return None;
    }
    let mut body = rest.to_vec();
    if value(&headers, "Transfer-Encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
        body = unchunked(&body).unwrap_or(body);
    }
    if value(&headers, "Content-Encoding").is_some_and(|coding| coding.contains("gzip"))
        && body.starts_with(b"\x1f\x8b")
    {
        match all(Box::new(MultiGzDecoder::new(&body[..])), MOST_PAGE) {
            Ok(unpacked) => body = unpacked,
            Err(reason) => return Some(Err(reason)),
        }
    }
    let told =
        kind.split_once("charset=").and_then(|(_, label)| Charset::named(label.trim_matches(['"', ' '])));
    let charset = match told {
        Some(told) if std::str::from_utf8(&body).is_err() => told,
        _ => Charset::of(&body[..body.len().min(1 << 16)]),
    };
    Some(html::read(&body, charset, url, options))
}

/// Header lines up to an empty one.
fn headers(source: &mut impl BufRead) -> Result<Vec<(String, String)>, Reason> {
    let mut headers: Vec<(String, String)> = Vec::new();
    while let Some(line) = line(source)?.filter(|line| !line.is_empty()) {
        if headers.len() == MOST_HEADERS {
            return Err(Reason::Damaged("a record has too many headers".to_owned()));
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    Ok(headers)
}

fn value<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// One line without its end; `None` at the end of the source.
fn line(source: &mut impl BufRead) -> Result<Option<String>, Reason> {
    let mut bytes = Vec::new();
    source.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes)?;
    if bytes.len() as u64 == LONGEST_LINE {
        return Err(Reason::Damaged("a header line is too long".to_owned()));
    }
    if bytes.is_empty() {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(bytes.trim_ascii_end()).into_owned()))
}

fn skip(source: &mut impl BufRead, length: u64) -> Result<(), Reason> {
    let passed = std::io::copy(&mut source.by_ref().take(length), &mut std::io::sink())?;
    if passed < length { Err(Reason::Damaged("it ends within a record".to_owned())) } else { Ok(()) }
}

/// The body of an answer that was sent in chunks; `None` where it isn't.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut rest = body;
    let mut whole = Vec::new();
    loop {
        let size = line(&mut rest).ok()??;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?;
        line(&mut rest).ok()?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(records: &[(&str, &str)]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (kind, block) in records {
            let head = format!(
                "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://courier.example/2022/10/28/talks\r\n\
                 Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
                block.len()
            );
            bytes.extend_from_slice(head.as_bytes());
            bytes.extend_from_slice(block.as_bytes());
            bytes.extend_from_slice(b"\r\n\r\n");
        }
        bytes
    }

    #[track_caller]
    fn check(bytes: &[u8], wanted: &[&str]) {
        let options = Options::default();
        let found: Vec<String> = read(Box::new(bytes), &options)
            .map(|record| match record.draft {
                Ok(draft) => {
                    let day = draft.date.map_or("none".into(), |(day, _)| day.unwrap().to_string());
                    format!("{} {day} {}", record.number.unwrap(), draft.text)
                }
                Err(reason) => format!("{} {reason}", record.number.unwrap()),
            })
            .collect();
        assert_eq!(found, wanted);
    }

    const OK: &str =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>India said.</p></body></html>";

    #[test]
    fn pages_of_responses() {
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n<p>Russia\r\n9;x=y\r\n said.</p\r\n1\r\n>\r\n0\r\n\r\n";
        let bytes = archive(&[
            ("warcinfo", "software: x"),
            ("request", "GET / HTTP/1.1\r\n\r\n"),
            ("response", OK),
            ("response", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Gone.</p>"),
            ("response", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n..."),
            ("response", chunked),
        ]);
        check(&bytes, &["3 2022-10-28 India said.", "6 2022-10-28 Russia said."]);
    }

    #[test]
    fn broken_archives() {
        let bytes = archive(&[("response", OK), ("response", OK)]);
        let cut = &bytes[..bytes.len() - 30];
        check(cut, &["1 2022-10-28 India said.", "2 it is damaged: it ends within a record"]);
        let strange = [&bytes[..], b"noise"].concat();
        check(
            &strange,
            &[
                "1 2022-10-28 India said.",
                "2 2022-10-28 India said.",
                "3 it is damaged: a record does not begin with its version, so the rest is not read",
            ],
        );
    }
}
