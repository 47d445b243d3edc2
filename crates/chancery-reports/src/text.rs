//! Plain text: a date line (`date 2022-10-28 …`), a header block (`Date: …`), or a dateline with
//! its year (`MOSCOW, Nov. 8, 2022 (Agency) —`).

use crate::dates;
use crate::fields::{self, Field};
use crate::options::Options;
use crate::read::Draft;
use crate::report::DatedBy;

/// A header block is at the top and short.
const MOST_HEADERS: usize = 20;

/// Reads a text file: finds its date, header and where the news begins.
pub(crate) fn read(mut draft: Draft, options: &Options) -> Draft {
    header(&mut draft, options);
    draft
}

/// Dates a draft by the first words of its text, where these are a date line or a dateline.
pub(crate) fn date(draft: &mut Draft, options: &Options) {
    if !date_line(draft, options) {
        dateline(draft, options);
    }
}

/// `date 2022-10-28 …`: the word, the day, then the news on the same line or the next.
fn date_line(draft: &mut Draft, options: &Options) -> bool {
    let text = &draft.text[draft.body..];
    let start = draft.body + (text.len() - text.trim_start_matches(blank).len());
    let line = draft.text[start..].lines().next().unwrap_or_default();
    let keyword = ["date", "dated", "published"]
        .into_iter()
        .find(|k| line.get(..k.len()).is_some_and(|w| w.eq_ignore_ascii_case(k)));
    let after_word = keyword.map_or(0, str::len);
    let Some(rest) = keyword.map(|_| &line[after_word..]) else {
        // A line that is a date and nothing else.
        return match dates::leading(line, options.date_order) {
            Some((end, day)) if line[end..].trim().is_empty() => {
                draft.date = Some((day, DatedBy::DateLine));
                draft.body = skip_blank(&draft.text, start + line.len());
                true
            }
            _ => false,
        };
    };
    let gap = rest.len() - rest.trim_start_matches([' ', '\t', ':', '\u{a0}']).len();
    if gap == 0 {
        return false;
    }
    let Some((end, day)) = dates::leading(&rest[gap..], options.date_order) else { return false };
    draft.date = Some((day, DatedBy::DateLine));
    draft.body = skip_blank(&draft.text, start + after_word + gap + end);
    true
}

/// Lines of `Name: value` with a date among them, then an empty line, then the news.
fn header(draft: &mut Draft, options: &Options) -> bool {
    let mut at = draft.text.len() - draft.text.trim_start_matches(blank).len();
    let mut found: Vec<(Field, String)> = Vec::new();
    for (count, line) in draft.text[at..].split_inclusive('\n').enumerate() {
        let bare = line.trim();
        if bare.is_empty() && !found.is_empty() {
            break;
        }
        let Some((name, value)) = bare.split_once(':').filter(|_| count < MOST_HEADERS) else { break };
        // A name is a word or two; a sentence with a colon is news already.
        if name.len() > 24 || name.split_whitespace().count() > 2 || value.starts_with("//") {
            break;
        }
        let field = Field::ALL
            .into_iter()
            .filter(|f| *f != Field::Text)
            .find(|f| fields::choose(*f, std::iter::once(name), options).is_some());
        match field {
            Some(field) => found.push((field, value.to_owned())),
            None if found.is_empty() => break,
            None => {}
        }
        at += line.len();
    }
    if !found.iter().any(|(field, _)| *field == Field::Date) {
        return false;
    }
    for (field, value) in found {
        fields::put(draft, field, &value, DatedBy::Header, options);
    }
    draft.body = skip_blank(&draft.text, at);
    true
}

/// A dateline that tells its year: the place in capitals or not, the day, then a dash, a bracket or
/// a colon.
fn dateline(draft: &mut Draft, options: &Options) -> bool {
    const MOST_PLACE: usize = 60;
    let text = draft.text[draft.body..].trim_start_matches(blank);
    let line = text.lines().next().unwrap_or_default();
    let Some((place, rest)) = line.split_once(',') else { return false };
    if place.len() > MOST_PLACE || !place.starts_with(char::is_uppercase) {
        return false;
    }
    // "MOSCOW, Russia, Nov. 8, 2022" has a second name before its day.
    let mut rest = rest;
    for _ in 0..2 {
        let trimmed = rest.trim_start();
        if let Some((end, day)) = dates::leading(trimmed, options.date_order) {
            let after = trimmed[end..].trim_start();
            let closed = ['-', '–', '—', '(', ':', '/', '.'].iter().any(|c| after.starts_with(*c));
            if closed {
                draft.date = Some((day, DatedBy::Dateline));
            }
            return closed;
        }
        match trimmed.split_once(',') {
            Some((name, more)) if name.len() <= MOST_PLACE => rest = more,
            _ => return false,
        }
    }
    false
}

fn blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// The first byte at or after `at` that is no white space, nor a dash that parts date and news.
fn skip_blank(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start();
    let rest = match rest.strip_prefix(['-', '–', '—', ':']) {
        Some(more) if more.starts_with(char::is_whitespace) => more.trim_start(),
        _ => rest,
    };
    text.len() - rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, date: &str, news: &str) -> Draft {
        let options = Options::default();
        let mut draft = read(Draft { text: text.to_owned(), ..Draft::default() }, &options);
        if draft.date.is_none() {
            super::date(&mut draft, &options);
        }
        let found = match &draft.date {
            Some((Ok(day), _)) => day.to_string(),
            Some((Err(reason), _)) => reason.to_string(),
            None => "none".to_owned(),
        };
        assert_eq!(found, date, "of {text:?}");
        assert_eq!(&draft.text[draft.body..], news);
        draft
    }

    #[test]
    fn a_date_line() {
        check("date 2022-10-28 India said", "2022-10-28", "India said");
        check(" date 2022-10-28 India said", "2022-10-28", "India said");
        check("Date: 2022-10-28\n\nIndia said", "2022-10-28", "India said");
        check("2022-10-28\nIndia said", "2022-10-28", "India said");
        check("Friday, October 28, 2022\r\n\r\nIndia said", "2022-10-28", "India said");
        check("Published 28 October 2022 — India said", "2022-10-28", "India said");
    }

    #[test]
    fn no_date_line() {
        check("dates were not agreed", "none", "dates were not agreed");
        check("date palms of 2022-10-28", "none", "date palms of 2022-10-28");
        check("2022-10-28 was the day", "none", "2022-10-28 was the day");
        check("", "none", "");
    }

    #[test]
    fn a_day_that_is_none() {
        check("date 2023-02-30 India said", "“2023-02-30” is no day of the calendar", "India said");
    }

    #[test]
    fn a_header_block() {
        let draft = check(
            "Title: Talks in Moscow\nDate: 28 October 2022\nSource: The Courier\n\nIndia: a giant\n",
            "2022-10-28",
            "India: a giant\n",
        );
        assert_eq!(draft.title.as_deref(), Some("Talks in Moscow"));
        assert_eq!(draft.outlet.as_deref(), Some("The Courier"));
        check("NEW DELHI: India said", "none", "NEW DELHI: India said");
    }

    #[test]
    fn a_dateline_with_its_year() {
        let text = "MOSCOW, Nov. 8, 2022 (Agencies) - India said";
        check(text, "2022-11-08", text);
        let text = "NUSA DUA, Indonesia, November 14, 2022 — India said";
        check(text, "2022-11-14", text);
        let text = "MOSCOW, Nov 8 (Agencies) - India said";
        check(text, "none", text);
        let text = "Moscow, which on November 8, 2022, hosted talks";
        check(text, "none", text);
    }
}
