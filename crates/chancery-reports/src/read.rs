//! Reads reports: tells the format, hands the bytes to its reader, and makes reports of its drafts.

use std::io::{Cursor, Read};

use jiff::civil::Date;

use crate::encoding::Charset;
use crate::error::{ReadError, Reason};
use crate::format::{self, Format};
use crate::options::Options;
use crate::report::{DatedBy, Origin, Report};
use crate::{archive, exports, feed, html, json, markdown, table, text, warc};

/// The bytes from which format and encoding are told.
const HEAD: usize = 1 << 16;

/// A report as a format's reader found it, not yet dated and checked.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) date: Option<(Result<Date, Reason>, DatedBy)>,
    pub(crate) outlet: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) key: Option<String>,
    pub(crate) text: String,
    pub(crate) body: usize,
    pub(crate) notes: Vec<String>,
}

/// What a format's reader gives for one record: its number where there are many, the member of the
/// archive it stood in, and the draft or why there is none.
pub(crate) struct Record {
    pub(crate) member: Option<String>,
    pub(crate) number: Option<u64>,
    pub(crate) draft: Result<Draft, Reason>,
}

pub(crate) type Records<'a> = Box<dyn Iterator<Item = Record> + Send + 'a>;
pub(crate) type Source<'a> = Box<dyn Read + Send + 'a>;

impl Record {
    /// The only record of its file.
    pub(crate) fn only(draft: Result<Draft, Reason>) -> Self {
        Self { member: None, number: None, draft }
    }

    pub(crate) fn numbered(number: u64, draft: Result<Draft, Reason>) -> Self {
        Self { member: None, number: Some(number), draft }
    }
}

/// Reads the reports of one file, in its order. Files of many records are read piece by piece.
///
/// `name` is the file's name: it stands in each report's origin, and settles the format where the
/// content leaves a doubt. A fault costs the record it stands in, or the file where it can't be
/// read on.
pub fn read<'a>(
    name: &'a str,
    source: impl Read + Send + 'a,
    options: &'a Options,
) -> impl Iterator<Item = Result<Report, ReadError>> + Send + 'a {
    records(name, Box::new(source), options, 0).map(move |record| {
        let file = match record.member {
            Some(member) => format!("{name}!{member}"),
            None => name.to_owned(),
        };
        let origin = Origin { file, record: record.number };
        match record.draft.and_then(|draft| finish(draft, options)) {
            Ok(report) => Ok(Report { origin, ..report }),
            Err(reason) => Err(ReadError { origin, reason }),
        }
    })
}

/// The records of a file or of a member of an archive; `depth` counts the archives around it.
pub(crate) fn records<'a>(
    name: &str,
    mut source: Source<'a>,
    options: &'a Options,
    depth: usize,
) -> Records<'a> {
    let mut head = Vec::new();
    if let Err(error) = source.by_ref().take(HEAD as u64).read_to_end(&mut head) {
        return one(Err(error.into()));
    }
    let charset = Charset::of(&head);
    let format = format::tell(&head, &charset.decode(&head).text, name, options);
    let source: Source<'a> = Box::new(Cursor::new(head).chain(source));
    match format {
        Format::Empty => one(Err(Reason::Empty)),
        Format::Binary => one(Err(Reason::NotText)),
        Format::Gzip => archive::gzip(name, source, options, depth),
        Format::Zip => archive::zip(source, options, depth),
        Format::Text => one(whole_text(source, charset, options).map(|draft| text::read(draft, options))),
        Format::Markdown => {
            one(whole_text(source, charset, options).and_then(|draft| markdown::read(draft, options)))
        }
        Format::JsonLines => json::lines(source, charset, options),
        Format::Json => json::whole(source, charset, options),
        Format::Warc => warc::read(source, options),
        Format::Export(service) => {
            let bytes = match all(source, options.max_unpacked) {
                Ok(bytes) => bytes,
                Err(reason) => return one(Err(reason)),
            };
            Box::new(exports::read(&charset.decode(&bytes).text, service, options).into_iter())
        }
        Format::Html => {
            let page = all(source, options.max_unpacked);
            one(page.and_then(|bytes| html::read(&bytes, charset, None, options)))
        }
        Format::Feed => feed::read(source, options),
        Format::Xml => one(Err(Reason::Unsupported(
            "it is XML of a kind that is not read; RSS and Atom are; convert it to one of them, or to text or JSON".to_owned(),
        ))),
        Format::Table { delimiter } => table::read(source, charset, delimiter, options),
    }
}

/// The one record of a file.
pub(crate) fn one<'a>(draft: Result<Draft, Reason>) -> Records<'a> {
    Box::new(std::iter::once(Record::only(draft)))
}

/// Reads a source to its end, but no more than `limit` bytes.
pub(crate) fn all(source: Source<'_>, limit: u64) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    source.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(Reason::Bomb { limit }) } else { Ok(bytes) }
}

/// The draft of a file that is the text of one report.
fn whole_text(source: Source<'_>, charset: Charset, options: &Options) -> Result<Draft, Reason> {
    // UTF-16 takes two bytes for what UTF-8 has in one.
    let most = if charset.is_utf16() { options.max_text.saturating_mul(2) } else { options.max_text };
    let bytes = all(source, most as u64).map_err(|reason| match reason {
        Reason::Bomb { .. } => Reason::TooLong { limit: options.max_text },
        other => other,
    })?;
    if crate::encoding::is_binary(&bytes) {
        return Err(Reason::NotText);
    }
    let decoded = charset.decode(&bytes);
    Ok(Draft {
        notes: decoded.note.into_iter().collect(),
        text: decoded.text.into_owned(),
        ..Draft::default()
    })
}

/// Makes a report of a draft: dates it, and checks that there is something to code.
fn finish(mut draft: Draft, options: &Options) -> Result<Report, Reason> {
    if draft.text.len() > options.max_text {
        return Err(Reason::TooLong { limit: options.max_text });
    }
    if draft.date.is_none() {
        text::date(&mut draft, options);
    }
    if draft.text[draft.body..].trim().is_empty() {
        return Err(Reason::Empty);
    }
    let (published, dated_by) = match (draft.date, options.date) {
        (Some((day, by)), _) => (day?, by),
        (None, Some(given)) => (given, DatedBy::Given),
        (None, None) => return Err(Reason::Undated),
    };
    Ok(Report {
        id: Report::identity(published, &draft.text),
        published,
        dated_by,
        outlet: draft.outlet.or_else(|| options.outlet.clone()),
        title: draft.title,
        url: draft.url,
        key: draft.key,
        text: draft.text,
        body: draft.body,
        origin: Origin::default(),
        notes: draft.notes,
    })
}
