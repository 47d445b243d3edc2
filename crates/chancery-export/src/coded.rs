//! Coded reports as JSON, in the shape of the annotation guide: the coding with what tells the
//! report apart, offsets counted in Unicode code points.

use chancery_coder::Coding;
use serde::Serialize;

/// A coded report as it is written.
#[derive(Clone, Debug, Serialize)]
pub struct CodedReport<'a> {
    /// The id that the input gives the report, else the one of its content.
    pub id: &'a str,
    pub file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<u64>,
    pub outlet: Option<&'a str>,
    pub title: Option<&'a str>,
    pub url: Option<&'a str>,
    /// How the published date was found.
    pub dated_by: String,
    /// The unit of all offsets.
    pub offsets: &'static str,
    #[serde(flatten)]
    pub coding: Coding,
}

/// The unit in which wire formats count offsets.
pub const OFFSETS: &str = "code points";

/// The coding with its spans, bytes of `text`, counted in code points.
#[must_use]
pub fn in_code_points(text: &str, mut coding: Coding) -> Coding {
    if text.is_ascii() {
        return coding;
    }
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let count = |byte: usize| starts.partition_point(|&start| start < byte);
    coding.change_spans(|span| *span = count(span.start)..count(span.end));
    coding
}

#[cfg(test)]
mod tests {
    use chancery_coder::Note;

    use super::*;

    #[test]
    fn spans_are_counted_in_code_points() {
        let text = "Çavuşoğlu met “Wang Yi”.";
        let quote = "met “Wang Yi”";
        let start = text.find(quote).unwrap();
        let note = Note { span: start..start + quote.len(), rule: String::new(), text: String::new() };
        let published = "2022-10-28".parse().unwrap();
        let coding = Coding { published, events: vec![], sightings: vec![], notes: vec![note] };
        let counted = in_code_points(text, coding);
        let span = counted.notes[0].span.clone();
        let found: String = text.chars().skip(span.start).take(span.len()).collect();
        assert_eq!(found, quote);
    }
}
