//! Markdown with front matter between `---` (YAML's `key: value` lines) or `+++` (TOML).

use crate::error::Reason;
use crate::fields::{self, Field};
use crate::options::Options;
use crate::read::Draft;
use crate::report::DatedBy;

/// Reads front matter; the news begins after it.
pub(crate) fn read(mut draft: Draft, options: &Options) -> Result<Draft, Reason> {
    let start = draft.text.len() - draft.text.trim_start().len();
    let fence = if draft.text[start..].starts_with("+++") { "+++" } else { "---" };
    let open = start + draft.text[start..].find('\n').map_or(0, |n| n + 1);
    let mut close = open;
    let mut end = None;
    for line in draft.text[open..].split_inclusive('\n') {
        if line.trim_end() == fence {
            end = Some(close + line.len());
            break;
        }
        close += line.len();
    }
    let Some(end) = end else {
        return Err(Reason::Damaged(format!("the front matter is not closed with {fence}")));
    };
    let matter = &draft.text[open..close];
    let pairs = if fence == "+++" { toml_pairs(matter)? } else { yaml_pairs(matter) };
    let names: Vec<&str> = pairs.iter().map(|(name, _)| name.as_str()).collect();
    let body = end + (draft.text[end..].len() - draft.text[end..].trim_start().len());
    let fields = Field::ALL.into_iter().filter(|f| *f != Field::Text);
    for field in fields {
        if let Some(index) = fields::choose(field, names.iter().copied(), options) {
            fields::put(&mut draft, field, &pairs[index].1, DatedBy::FrontMatter, options);
        }
    }
    draft.body = body;
    Ok(draft)
}

/// The plain `key: value` lines of a YAML block; lists and nested maps hold nothing wanted here.
fn yaml_pairs(matter: &str) -> Vec<(String, String)> {
    let unquoted = |value: &str| {
        let value = value.trim();
        for quote in ['"', '\''] {
            if let Some(inner) = value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote)) {
                return inner.to_owned();
            }
        }
        value.split(" #").next().unwrap_or_default().trim().to_owned()
    };
    matter
        .lines()
        .filter(|line| !line.starts_with([' ', '\t', '#', '-']))
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), unquoted(value)))
        .collect()
}

fn toml_pairs(matter: &str) -> Result<Vec<(String, String)>, Reason> {
    let table: toml::Table =
        toml::from_str(matter).map_err(|e| Reason::Damaged(format!("front matter: {}", e.message())))?;
    Ok(table
        .into_iter()
        .map(|(name, value)| {
            let value = match value {
                toml::Value::String(text) => text,
                other => other.to_string(),
            };
            (name, value)
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str) -> (String, Option<String>, String) {
        let draft = Draft { text: text.to_owned(), ..Draft::default() };
        let draft = read(draft, &Options::default()).unwrap();
        let day = draft.date.map_or("none".to_owned(), |(day, _)| day.unwrap().to_string());
        (day, draft.title, draft.text[draft.body..].to_owned())
    }

    #[test]
    fn yaml() {
        let (day, title, news) = check(
            "---\ntitle: \"Talks: a start\"\ndate: 2022-10-28T10:00:00Z # as printed\ntags:\n  - date: 1999-01-01\n---\n\nIndia said.\n",
        );
        assert_eq!(
            (day.as_str(), title.as_deref(), news.as_str()),
            ("2022-10-28", Some("Talks: a start"), "India said.\n")
        );
    }

    #[test]
    fn toml() {
        let (day, title, news) = check("+++\r\ndate = 2022-10-28\r\ntitle = 'Talks'\r\n+++\r\nIndia said.");
        assert_eq!(
            (day.as_str(), title.as_deref(), news.as_str()),
            ("2022-10-28", Some("Talks"), "India said.")
        );
    }

    #[test]
    fn not_closed() {
        let draft = Draft { text: "---\ndate: 2022-10-28\nIndia said.".to_owned(), ..Draft::default() };
        assert!(matches!(read(draft, &Options::default()), Err(Reason::Damaged(_))));
    }
}
