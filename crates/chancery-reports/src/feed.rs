//! RSS and Atom: a report an entry, with what text the feed carries.

use std::io::Cursor;

use chrono::{DateTime, NaiveDate, Utc};
use feed_rs::model::Entry;
use jiff::civil::Date;

use crate::dates;
use crate::error::Reason;
use crate::html;
use crate::options::Options;
use crate::read::{Draft, Record, Records, Source, all, one};
use crate::report::DatedBy;

/// No feed is larger than this.
const MOST_BYTES: u64 = 64 << 20;

/// Reads the entries of a feed.
pub(crate) fn read<'a>(source: Source<'a>, options: &'a Options) -> Records<'a> {
    let bytes = match all(source, MOST_BYTES) {
        Ok(bytes) => bytes,
        Err(reason) => return one(Err(reason)),
    };
    let order = options.date_order;
    let parser = feed_rs::parser::Builder::new()
        // The day is the one that the outlet wrote, in its own time zone.
        .timestamp_parser(move |written| as_instant(dates::field(written, order).ok()?))
        // Entries without an id of their own are not given a random one.
        .id_generator(|_, _, _| String::new())
        .build();
    let feed = match parser.parse(Cursor::new(bytes)) {
        Ok(feed) => feed,
        Err(error) => return one(Err(Reason::Damaged(error.to_string()))),
    };
    let outlet = feed.title.map(|title| title.content);
    Box::new(
        feed.entries
            .into_iter()
            .zip(1..)
            .map(move |(entry, number)| Record::numbered(number, Ok(draft(entry, outlet.clone())))),
    )
}

fn draft(entry: Entry, outlet: Option<String>) -> Draft {
    let date = entry.published.or(entry.updated).and_then(as_day);
    let summary = entry.summary.map(|summary| summary.content);
    let body = entry.content.and_then(|content| content.body);
    // Some feeds put a teaser in one and the story in the other.
    let longer = [body, summary].into_iter().flatten().map(|text| html::plain(&text)).max_by_key(String::len);
    let full = |text: String| if text.trim().is_empty() { None } else { Some(text) };
    Draft {
        date: date.map(|day| (Ok(day), DatedBy::Feed)),
        outlet: outlet.and_then(full),
        title: entry.title.map(|title| html::plain(&title.content)).and_then(full),
        url: entry.links.into_iter().next().map(|link| link.href),
        key: full(entry.id),
        text: longer.unwrap_or_default(),
        ..Draft::default()
    }
}

fn as_instant(day: Date) -> Option<DateTime<Utc>> {
    let (month, of_month) = (u32::try_from(day.month()).ok()?, u32::try_from(day.day()).ok()?);
    let day = NaiveDate::from_ymd_opt(i32::from(day.year()), month, of_month)?;
    Some(day.and_hms_opt(0, 0, 0)?.and_utc())
}

fn as_day(instant: DateTime<Utc>) -> Option<Date> {
    instant.date_naive().to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(xml: &str, wanted: &[(&str, &str, &str)]) {
        let options = Options::default();
        let found: Vec<(String, String, String)> = read(Box::new(xml.as_bytes()), &options)
            .map(|record| {
                let draft = record.draft.unwrap();
                let day = draft.date.map_or("none".into(), |(day, _)| day.unwrap().to_string());
                (day, draft.title.unwrap_or_default(), draft.text)
            })
            .collect();
        let wanted: Vec<_> = wanted.iter().map(|&(a, b, c)| (a.into(), b.into(), c.into())).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn rss() {
        check(
            r#"<rss version="2.0"><channel><title>The Courier</title>
            <item><title>Talks &amp; trade</title><link>https://courier.example/1</link>
            <pubDate>Fri, 28 Oct 2022 00:30:00 +0530</pubDate>
            <description>&lt;p&gt;India said.&lt;/p&gt;&lt;p&gt;Russia said.&lt;/p&gt;</description></item>
            <item><title>Undated</title><description>Nothing.</description></item></channel></rss>"#,
            &[
                ("2022-10-28", "Talks & trade", "India said.\n\nRussia said."),
                ("none", "Undated", "Nothing."),
            ],
        );
    }

    #[test]
    fn atom() {
        check(
            r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>The Courier</title><id>x</id><updated>2022-10-29T00:00:00Z</updated>
            <entry><id>a</id><title>Talks</title><published>2022-10-28T23:00:00-05:00</published>
            <updated>2022-10-29T09:00:00Z</updated><summary>Short.</summary>
            <content type="html">&lt;p&gt;India said more.&lt;/p&gt;</content></entry></feed>"#,
            &[("2022-10-28", "Talks", "India said more.")],
        );
    }
}
