//! HTML pages: the main text without navigation and advertising, and what the page tells of itself.

mod about;
mod prose;

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use crate::encoding::Charset;
use crate::error::Reason;
use crate::options::Options;
use crate::read::Draft;

pub(crate) use prose::plain;

/// No page of news is larger or deeper than this.
const MOST_BYTES: usize = 8 << 20;
const MOST_DEPTH: usize = 800;

/// Reads a page. `url` is its address where the surrounding file tells it.
pub(crate) fn read(
    bytes: &[u8],
    charset: Charset,
    url: Option<&str>,
    options: &Options,
) -> Result<Draft, Reason> {
    if bytes.len() > MOST_BYTES {
        return Err(Reason::TooLong { limit: MOST_BYTES });
    }
    let charset = match declared(bytes) {
        Some(declared) if std::str::from_utf8(bytes).is_err() => declared,
        _ => charset,
    };
    let decoded = charset.decode(bytes);
    if depth(&decoded.text) > MOST_DEPTH {
        return Err(Reason::Damaged(format!("its elements are nested deeper than {MOST_DEPTH}")));
    }
    let page = Document::from(decoded.text.as_ref());
    let mut draft = about::read(&page, url, options);
    draft.notes.extend(decoded.note);
    draft.text = main_text(page);
    Ok(draft)
}

/// The page's article; all its prose where no article can be told apart.
fn main_text(page: Document) -> String {
    page.select("script, style, noscript, template, nav, aside, footer, form, figure, iframe").remove();
    let all = prose::blocks(&page);
    let config = Config { disable_json_ld: true, max_elements_to_parse: 200_000, ..Config::default() };
    let article = Readability::with_document(page, None, Some(config)).and_then(|mut r| r.parse());
    match article {
        Ok(article) => {
            let text = plain(&article.content);
            if text.is_empty() { all } else { text }
        }
        Err(_) => all,
    }
}

/// The encoding that the page names in its first bytes.
fn declared(bytes: &[u8]) -> Option<Charset> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=")?;
    let label = after.trim_start_matches(['"', '\'', ' ']);
    let end =
        label.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(label.len());
    Charset::named(&label[..end])
}

/// How deep elements are nested, by a count of tags; those that close themselves do not count.
fn depth(html: &str) -> usize {
    const SHALLOW: &[&str] = &[
        "p", "li", "td", "tr", "th", "dt", "dd", "option", "br", "img", "hr", "meta", "link", "input",
        "source", "area", "base", "col", "embed", "wbr", "track", "param",
    ];
    let (mut now, mut most) = (0_usize, 0);
    for tag in html.split('<').skip(1) {
        let (closing, rest) = match tag.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, tag),
        };
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        if name.is_empty() || SHALLOW.contains(&name.as_str()) {
            continue;
        }
        now = if closing { now.saturating_sub(1) } else { now + 1 };
        most = most.max(now);
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Talks in Moscow | The Courier</title>
<meta property="og:site_name" content="The Courier">
<link rel="canonical" href="https://courier.example/world/talks-in-moscow">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},
{"@type":"NewsArticle","headline":"Talks in Moscow","datePublished":"2022-10-28T08:00:00+05:30"}]}</script>
</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Talks in Moscow</h1>
<p>External Affairs Minister S Jaishankar is expected to make a brief visit to Russia on November 8, people familiar with
the matter said, in what would be his first journey there since the summer of last year.</p>
<p><a href="/other">Read also: Five things to know about the summit</a></p>
<p>There was no official word from the Indian side regarding the visit, which was announced on Thursday by the Russian
foreign ministry&rsquo;s spokeswoman, Maria Zakharova, at her weekly briefing for the press.</p>
<aside><p>Subscribe to our newsletter</p></aside>
<p>The minister will meet his counterpart, Sergey Lavrov, and the two will discuss the &ldquo;current state&rdquo; of ties,
she said, and also the situation in the region and preparations for the summit of the year.</p>
</article><footer><p>© The Courier 2022. All rights reserved.</p></footer></body></html>"#;

    fn page(html: &str) -> Draft {
        read(html.as_bytes(), Charset::of(html.as_bytes()), None, &Options::default()).unwrap()
    }

    #[test]
    fn an_article() {
        let draft = page(PAGE);
        assert_eq!(draft.title.as_deref(), Some("Talks in Moscow"));
        assert_eq!(draft.outlet.as_deref(), Some("The Courier"));
        assert_eq!(draft.url.as_deref(), Some("https://courier.example/world/talks-in-moscow"));
        let paragraphs: Vec<&str> = draft.text.split("\n\n").collect();
        assert_eq!(paragraphs.len(), 3, "{paragraphs:?}");
        assert!(paragraphs[0].ends_with("since the summer of last year."));
        assert!(paragraphs[1].contains("foreign ministry’s spokeswoman"));
        assert!(paragraphs[2].contains("the “current state” of ties, she said"));
    }

    #[test]
    fn declared_encodings() {
        let html = b"<html><head><meta charset='iso-8859-2'></head><body><p>Prezydent Lech Wa\xb3\xeasa</p></body></html>";
        let draft = read(html, Charset::of(html), None, &Options::default()).unwrap();
        assert_eq!(draft.text, "Prezydent Lech Wałęsa");
    }

    #[test]
    fn hostile_pages_end() {
        let deep = "<div>".repeat(100_000);
        assert!(matches!(
            read(deep.as_bytes(), Charset::of(b""), None, &Options::default()),
            Err(Reason::Damaged(_))
        ));
        for html in ["", "<", "<html", "<p>", "</p></p>", "<!doctype html><body><table><p>x<table><p>y"] {
            page(html);
        }
        page(&"<b><i>".repeat(399));
        page(&"<p>".repeat(50_000));
    }
}
