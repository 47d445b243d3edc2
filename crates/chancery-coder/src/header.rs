//! What stands before a report's own words: its date line and the dateline ("BEIJING, March 15 (Agency) -").
//! They are no part of the first sentence, and mislead a parser that takes them for one.

use std::ops::Range;

/// The bytes before a report's first sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// All of it.
    pub span: Range<usize>,
    /// The dateline's place, as far as it is in capitals: "BEIJING", "LA PAZ/LIMA".
    pub place: Option<Range<usize>>,
}

/// The longest dateline that is looked for, in bytes.
const LONGEST: usize = 90;

/// Finds the header: `date 2022-10-28 ` at the start, then a dateline that begins in capitals and ends in a
/// dash or colon within its first line.
#[must_use]
pub fn find(text: &str) -> Header {
    let start = text.len() - text.trim_start().len();
    let mut at = start;
    if let Some(rest) = text[at..].strip_prefix("date ")
        && let Some(date) = rest.split_ascii_whitespace().next()
        && date.len() == 10
        && date
            .bytes()
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() })
    {
        at += "date ".len() + (rest.len() - rest.trim_start().len()) + date.len();
        at += text[at..].len() - text[at..].trim_start().len();
    }
    match dateline(&text[at..]) {
        Some((place, end)) => Header { span: 0..at + end, place: Some(at..at + place) },
        None => Header { span: 0..at, place: None },
    }
}

/// End of the place in capitals, and end of the dateline with its dash or colon and the space behind it.
fn dateline(text: &str) -> Option<(usize, usize)> {
    let line = text.lines().next()?;
    let mut longest = LONGEST.min(line.len());
    while !line.is_char_boundary(longest) {
        longest -= 1;
    }
    let head = &line[..longest];
    let capitals =
        head.find(|c: char| c.is_lowercase() || ",(:—–-".contains(c) && c != '-').unwrap_or(head.len());
    let place = head[..capitals].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.').len();
    // "UN experts …" and "US-led …" begin in capitals too: a place is followed by its mark, not by a word.
    let mark = [" - ", " — ", " – ", ": ", "—"]
        .iter()
        .filter_map(|m| head.find(m).map(|i| (i, i + m.len())))
        .min()?;
    let words = head[..place].chars().filter(|c| c.is_alphabetic()).count();
    let between = head.get(place..mark.0)?;
    let plain = between.trim().is_empty()
        || between.trim_start().starts_with([',', '(', '/'])
        || between.trim_end().ends_with(')');
    (words >= 3 && place <= mark.0 && plain).then_some((place, mark.1))
}

/// The text with its header blanked: the same bytes, spaces where the header stood.
#[must_use]
pub fn blanked(text: &str, header: &Header) -> String {
    let mut out = String::with_capacity(text.len());
    for _ in 0..header.span.end {
        out.push(' ');
    }
    out.push_str(&text[header.span.end..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, body: &str, place: Option<&str>) {
        let header = find(text);
        assert_eq!(&text[header.span.end..], body);
        assert_eq!(header.place.map(|p| &text[p]), place);
        assert_eq!(blanked(text, &find(text)).len(), text.len());
    }

    #[test]
    fn date_lines_and_datelines_are_found_and_sentences_are_left_alone() {
        check("date 2022-10-12 BEIJING (Agency) - China on Wednesday", "China on Wednesday", Some("BEIJING"));
        check(" date 2022-03-15 DUBAI, March 15 - Saudi Arabia has", "Saudi Arabia has", Some("DUBAI"));
        check("date 2022-10-27 NEW DELHI: External Affairs", "External Affairs", Some("NEW DELHI"));
        check("date 2009-03-04 THE HAGUE/KHARTOUM (Agency) - The", "The", Some("THE HAGUE/KHARTOUM"));
        check("date 2022-11-03 NEW DELHI — A week after", "A week after", Some("NEW DELHI"));
        check("date 2022-10-28 External affairs minister - no", "External affairs minister - no", None);
        check("UN experts - who came late - left", "UN experts - who came late - left", None);
        check("US-led forces: a history", "US-led forces: a history", None);
        check("", "", None);
        check("date ", "date ", None);
        check("date 2022-1é-28 x", "date 2022-1é-28 x", None);
    }
}
