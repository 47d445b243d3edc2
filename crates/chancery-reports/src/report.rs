//! A report: one dated text from one outlet, and where it was read.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// One dated text from one outlet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The first 32 hexadecimal digits of the SHA-256 of `published`, a line feed and `text`.
    pub id: String,
    pub published: Date,
    pub dated_by: DatedBy,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    /// The id that the input itself gives the report.
    pub key: Option<String>,
    /// The text as decoded, never changed. A text file stands here whole, its date line included.
    pub text: String,
    /// The byte in `text` at which the news begins, after a date line, header block or front matter.
    pub body: usize,
    pub origin: Origin,
    /// What reading had to mend or leave out, in sentences.
    pub notes: Vec<String>,
}

/// How the published date was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DatedBy {
    /// A line or the first words of the text: `date 2022-10-28 …`.
    DateLine,
    /// `MOSCOW, Nov. 8, 2022 (Agency) —`
    Dateline,
    /// A header block: `Date: …`.
    Header,
    /// Markdown's front matter.
    FrontMatter,
    /// A column or key of the record.
    Field,
    /// The feed's entry.
    Feed,
    /// `datePublished` of the page's JSON-LD.
    JsonLd,
    /// A `meta` element of the page.
    Meta,
    /// A `time` element of the page.
    TimeElement,
    /// The day in the page's address.
    Address,
    /// The caller gave it for reports that tell none.
    Given,
}

/// Where a report was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    /// The file's name as given; a member of an archive after a `!`.
    pub file: String,
    /// The number of the record within the file, from one, where a file holds many.
    pub record: Option<u64>,
}

impl Report {
    /// The text after its date line, header block or front matter.
    #[must_use]
    pub fn news(&self) -> &str {
        &self.text[self.body..]
    }

    /// The identity of a report: the same text of the same day has the same one, wherever it was read.
    #[must_use]
    pub fn identity(published: Date, text: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(published.to_string());
        hash.update("\n");
        hash.update(text);
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.record {
            Some(record) => write!(f, "{}, record {record}", self.file),
            None => f.write_str(&self.file),
        }
    }
}
