//! What a page tells of itself: title, outlet, address, and the published date from its JSON-LD,
//! its meta elements, its time elements or its address, in that order.

use dom_query::{Document, Selection};
use jiff::civil::Date;
use serde_json::Value;

use crate::dates;
use crate::options::Options;
use crate::read::Draft;
use crate::report::DatedBy;

/// Names of meta elements that tell when a page was published, the surer first.
const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "publisheddate",
    "publish-date",
    "publishdate",
    "publication_date",
    "publicationdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "dcterms.created",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "citation_publication_date",
    "article_date_original",
    "date",
];

/// JSON-LD is searched this deep.
const DEEPEST: usize = 16;

/// Reads what a page tells of itself; the text is left to the caller.
pub(super) fn read(page: &Document, url: Option<&str>, options: &Options) -> Draft {
    let data = article_data(page);
    let meta = |names: &[&str]| {
        let all = page.select("meta");
        names.iter().find_map(|name| {
            all.iter()
                .find(|m| names_it(m, name))
                .and_then(|m| m.attr("content"))
                .map(|v| v.trim().to_owned())
        })
    };
    let canonical = || page.select_single("link[rel=canonical]").attr("href").map(|v| v.to_string());
    let url =
        url.map(str::to_owned).or_else(canonical).or_else(|| meta(&["og:url"])).filter(|v| !v.is_empty());
    let text = |pointer: &str| data.as_ref()?.pointer(pointer)?.as_str().map(str::to_owned);
    let heading = || Some(page.select_single("title").text().trim().to_owned());
    let title = text("/headline").or_else(|| meta(&["og:title", "twitter:title"])).or_else(heading);
    let outlet = meta(&["og:site_name", "application-name"])
        .or_else(|| text("/publisher/name"))
        .or_else(|| host(url.as_deref()?));
    let dated = |value: Option<String>, by| {
        let day = dates::field(value?.as_str(), options.date_order).ok()?;
        Some((Ok(day), by))
    };
    let date = dated(text("/datePublished"), DatedBy::JsonLd)
        .or_else(|| DATES.iter().find_map(|name| dated(meta(&[name]), DatedBy::Meta)))
        .or_else(|| times(page).into_iter().find_map(|value| dated(Some(value), DatedBy::TimeElement)))
        .or_else(|| Some((Ok(day_in(url.as_deref()?)?), DatedBy::Address)));
    let kept = |value: Option<String>| value.filter(|v| !v.is_empty());
    Draft { date, title: kept(title), outlet: kept(outlet), url, ..Draft::default() }
}

fn names_it(meta: &Selection<'_>, name: &str) -> bool {
    ["property", "name", "itemprop"]
        .iter()
        .any(|attribute| meta.attr(attribute).is_some_and(|v| v.trim().eq_ignore_ascii_case(name)))
}

/// The article that the page's JSON-LD describes: the first object that has a published date and
/// calls itself an article or a posting, else the first that has one.
fn article_data(page: &Document) -> Option<Value> {
    let mut dated = Vec::new();
    for script in &page.select("script[type='application/ld+json']") {
        if let Ok(value) = serde_json::from_str(&script.text()) {
            collect(value, DEEPEST, &mut dated);
        }
    }
    let is_article = |value: &Value| {
        let kind = value.get("@type").map(Value::to_string).unwrap_or_default();
        ["Article", "Posting", "Report"].iter().any(|word| kind.contains(word))
    };
    let index = dated.iter().position(is_article).unwrap_or(0);
    (index < dated.len()).then(|| dated.swap_remove(index))
}

fn collect(value: Value, depth: usize, found: &mut Vec<Value>) {
    if depth == 0 {
        return;
    }
    match value {
        Value::Array(list) => list.into_iter().for_each(|v| collect(v, depth - 1, found)),
        Value::Object(object) if object.contains_key("datePublished") => found.push(Value::Object(object)),
        Value::Object(object) => object.into_iter().for_each(|(_, v)| collect(v, depth - 1, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What the time elements say, those first that call themselves the published date or stand in the article.
fn times(page: &Document) -> Vec<String> {
    let surer = "time[itemprop=datePublished], time[pubdate], [itemprop=datePublished]";
    [surer, "article time", "time"]
        .iter()
        .flat_map(|selector| page.select(selector).iter().collect::<Vec<_>>())
        .map(|time| {
            let told = time.attr("datetime").or_else(|| time.attr("content"));
            told.map_or_else(|| time.text().trim().to_owned(), |v| v.trim().to_owned())
        })
        .collect()
}

/// The day in an address such as `…/2022/10/28/talks`, `…/2022-10-28-talks`, `…/20221028/talks`.
fn day_in(url: &str) -> Option<Date> {
    let (_, path) = url.split_once("://").unwrap_or(("", url)).1.split_once('/')?;
    let starts = path.char_indices().filter(|&(at, c)| {
        c.is_ascii_digit() && !path[..at].ends_with(|before: char| before.is_ascii_alphanumeric())
    });
    starts.filter(|&(at, _)| path[at..].starts_with("19") || path[at..].starts_with("20")).find_map(
        |(at, _)| {
            let rest = &path[at..];
            let end =
                rest.find(|c: char| !(c.is_ascii_digit() || c == '/' || c == '-')).unwrap_or(rest.len());
            let (_, day) = dates::leading(&rest[..end], None)?;
            day.ok()
        },
    )
}

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, wanted: Option<(&str, DatedBy)>) {
        let draft = read(&Document::from(html), None, &Options::default());
        let found = draft.date.map(|(day, by)| (day.unwrap().to_string(), by));
        assert_eq!(found, wanted.map(|(day, by)| (day.to_owned(), by)), "of {html}");
    }

    #[test]
    fn how_the_date_is_found() {
        let data = r#"<script type="application/ld+json">[{"@type":"NewsArticle","datePublished":"2022-10-28"}]</script>"#;
        let meta = r#"<meta property="article:published_time" content="2022-10-27T23:00:00Z">"#;
        let time = r#"<article><time datetime="2022-10-26">yesterday</time></article>"#;
        let link =
            r#"<link rel="canonical" href="https://www.courier.example/world/2022/10/25/talks-2.html">"#;
        check(&[data, meta, time, link].concat(), Some(("2022-10-28", DatedBy::JsonLd)));
        check(&[meta, time, link].concat(), Some(("2022-10-27", DatedBy::Meta)));
        check(&[time, link].concat(), Some(("2022-10-26", DatedBy::TimeElement)));
        check(link, Some(("2022-10-25", DatedBy::Address)));
        check("<p>October 28, 2022</p>", None);
    }

    #[test]
    fn broken_data_is_passed_over() {
        let broken = r#"<script type="application/ld+json">{"datePublished":</script>"#;
        let meta = r#"<meta name="date" content="someday"><meta name="pubdate" content="28 October 2022">"#;
        check(&[broken, meta].concat(), Some(("2022-10-28", DatedBy::Meta)));
    }

    #[test]
    fn days_in_addresses() {
        let day = |url| day_in(url).map(|d| d.to_string());
        assert_eq!(day("https://x.example/2022/10/28/talks").as_deref(), Some("2022-10-28"));
        assert_eq!(day("https://x.example/world/2022-10-28-talks").as_deref(), Some("2022-10-28"));
        assert_eq!(day("https://x.example/20221028/talks").as_deref(), Some("2022-10-28"));
        assert_eq!(day("https://x.example/world/talks-20221"), None);
        assert_eq!(day("https://x.example/2022/talks"), None);
        assert_eq!(day("https://20221028.example/"), None);
    }
}
