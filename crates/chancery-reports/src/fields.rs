//! The fields of a record by the many names that columns, keys and headers give them.

use crate::dates;
use crate::html;
use crate::options::Options;
use crate::read::Draft;
use crate::report::DatedBy;

/// A field of a report that a record may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Date,
    Text,
    Title,
    Outlet,
    Url,
    Key,
}

/// Names that are read as a field, the likelier first. Letters and digits alone count, in lower case.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Date,
        &[
            "published",
            "publishedat",
            "publisheddate",
            "publishdate",
            "publicationdate",
            "datepublished",
            "pubdate",
            "date",
            "dateline",
            "datetime",
            "pubtime",
            "publicationtime",
            "versioncreated",
            "firstcreated",
            "storydate",
            "articledate",
            "timestamp",
            "loaddate",
            "created",
            "createdat",
            "datum",
        ],
    ),
    (
        Field::Text,
        &[
            "text",
            "body",
            "bodytext",
            "fulltext",
            "articletext",
            "articlebody",
            "maintext",
            "cleantext",
            "content",
            "contenttext",
            "article",
            "story",
            "storytext",
            "plaintext",
            "texte",
            "bodyhtml",
            "contenthtml",
            "html",
            "description",
        ],
    ),
    (Field::Title, &["title", "headline", "hl", "hlead", "subject", "titre", "titel", "heading"]),
    (
        Field::Outlet,
        &[
            "outlet",
            "source",
            "sourcename",
            "publisher",
            "publication",
            "newspaper",
            "sitename",
            "media",
            "medium",
            "agency",
            "provider",
            "sourcedomain",
            "domain",
        ],
    ),
    (Field::Url, &["url", "link", "address", "permalink", "sourceurl", "canonicalurl", "uri", "href"]),
    (
        Field::Key,
        &[
            "id",
            "key",
            "docid",
            "documentid",
            "articleid",
            "storyid",
            "reportid",
            "guid",
            "uuid",
            "accession",
            "an",
        ],
    ),
];

impl Field {
    pub const ALL: [Self; 6] = [Self::Date, Self::Text, Self::Title, Self::Outlet, Self::Url, Self::Key];

    /// The field's own name, as a caller sets it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Text => "text",
            Self::Title => "title",
            Self::Outlet => "outlet",
            Self::Url => "url",
            Self::Key => "id",
        }
    }

    /// The field with this own name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }
}

/// A name as it is compared: its letters and digits in lower case.
pub(crate) fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How well a name speaks for a field: the lower the better, `None` where it doesn't.
fn rank(field: Field, name: &str) -> Option<usize> {
    let (_, names) = NAMES.iter().find(|(f, _)| *f == field)?;
    let name = folded(name);
    names.iter().position(|n| *n == name)
}

/// The index of the name that is to be read as the field: the one that the caller set, else the
/// likeliest.
pub(crate) fn choose<'a>(
    field: Field,
    names: impl Iterator<Item = &'a str> + Clone,
    options: &Options,
) -> Option<usize> {
    let mut set = options.columns.iter().filter(|(f, _)| *f == field).map(|(_, name)| name.trim()).peekable();
    if set.peek().is_some() {
        return set.find_map(|wanted| names.clone().position(|name| name.trim() == wanted));
    }
    names
        .enumerate()
        .filter_map(|(index, name)| Some((rank(field, name)?, index)))
        .min()
        .map(|(_, index)| index)
}

/// Whether the names look like those of a record of reports.
pub(crate) fn look_like_columns(names: &[&str], options: &Options) -> bool {
    let has = |field| choose(field, names.iter().copied(), options).is_some();
    (has(Field::Text) || has(Field::Title)) && (has(Field::Date) || has(Field::Key) || has(Field::Url))
}

/// Puts a field's value into the draft of a report.
pub(crate) fn put(draft: &mut Draft, field: Field, value: &str, by: DatedBy, options: &Options) {
    let trimmed = value.trim();
    if trimmed.is_empty() {
        return;
    }
    let kept = || Some(trimmed.to_owned());
    match field {
        Field::Date => draft.date = Some((dates::field(trimmed, options.date_order), by)),
        Field::Text if is_markup(value) => draft.text = html::plain(value),
        Field::Text => value.clone_into(&mut draft.text),
        Field::Title => draft.title = kept(),
        Field::Outlet => draft.outlet = kept(),
        Field::Url => draft.url = kept(),
        Field::Key => draft.key = kept(),
    }
}

/// Whether a text is a piece of a page: it has the ends of paragraphs.
fn is_markup(text: &str) -> bool {
    ["</p>", "</P>", "<br>", "<br/>", "<br />"].iter().any(|tag| text.contains(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], field: Field, chosen: Option<&str>) {
        let found = choose(field, names.iter().copied(), &Options::default());
        assert_eq!(found.map(|i| names[i]), chosen);
    }

    #[test]
    fn names_are_guessed() {
        let names = ["Load-Date", "Publication Date", "Headline", "Full text", "Description", "Source"];
        check(&names, Field::Date, Some("Publication Date"));
        check(&names, Field::Text, Some("Full text"));
        check(&names, Field::Title, Some("Headline"));
        check(&names, Field::Outlet, Some("Source"));
        check(&names, Field::Url, None);
    }

    #[test]
    fn names_are_set() {
        let options = Options { columns: vec![(Field::Text, "Inhalt".into())], ..Options::default() };
        let names = ["text", "Inhalt"];
        assert_eq!(choose(Field::Text, names.into_iter(), &options), Some(1));
        assert_eq!(choose(Field::Text, ["text"].into_iter(), &options), None, "a set name is not replaced");
    }
}
