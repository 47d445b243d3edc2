//! Text exports of Nexis Uni and Factiva: many articles a file, labelled in English, French or
//! German. The count of articles is held against the count that the file itself tells.

use crate::dates;
use crate::error::Reason;
use crate::options::Options;
use crate::read::{Draft, Record};
use crate::report::DatedBy;

/// Which service a text was exported from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Service {
    Nexis,
    Factiva,
}

/// How Nexis heads each document: `1 of 50 DOCUMENTS`.
const OF: &[&str] = &[" of ", " de ", " sur ", " von "];
const DOCUMENTS: &[&str] = &["documents", "document", "dokumenten", "dokumente"];

/// Labels of Nexis's lines that end or surround the text.
const NEXIS_LABELS: &[&str] = &[
    "BYLINE",
    "SECTION",
    "LENGTH",
    "DATELINE",
    "HIGHLIGHT",
    "LOAD-DATE",
    "LANGUAGE",
    "PUBLICATION-TYPE",
    "JOURNAL-CODE",
    "SUBJECT",
    "COUNTRY",
    "STATE",
    "CITY",
    "PERSON",
    "ORGANIZATION",
    "COMPANY",
    "INDUSTRY",
    "GEOGRAPHIC",
    "COPYRIGHT",
    "TYPE",
    "GRAPHIC",
    "SOURCE",
    "CORRECTION-DATE",
    "LONGUEUR",
    "RUBRIQUE",
    "AUTEUR",
    "DATE-CHARGEMENT",
    "LANGUE",
    "TYPE-PUBLICATION",
    "LÄNGE",
    "RUBRIK",
    "AUTOR",
    "UPDATE",
    "SPRACHE",
    "PUBLICATION-TYP",
];

/// The labels after which no more text follows.
const NEXIS_ENDS: &[&str] = &[
    "LOAD-DATE",
    "LANGUAGE",
    "PUBLICATION-TYPE",
    "SUBJECT",
    "JOURNAL-CODE",
    "DATE-CHARGEMENT",
    "LANGUE",
    "TYPE-PUBLICATION",
    "UPDATE",
    "SPRACHE",
    "PUBLICATION-TYP",
];

/// The service that a text was exported from, told by the lines that part its documents.
pub(crate) fn service(text: &str) -> Option<Service> {
    let mut lines = text.lines();
    if lines.by_ref().take(12).any(|line| nexis_head(line).is_some()) {
        return Some(Service::Nexis);
    }
    let is_factiva = |line: &str| factiva_end(line).is_some();
    text.lines().take(400).any(is_factiva).then_some(Service::Factiva)
}

/// The articles of an export.
pub(crate) fn read(text: &str, service: Service, options: &Options) -> Vec<Record> {
    let articles = match service {
        Service::Nexis => nexis(text, options),
        Service::Factiva => factiva(text, options),
    };
    articles.into_iter().zip(1..).map(|(draft, number)| Record::numbered(number, draft)).collect()
}

/// The number of a document and the file's own count, in a line such as `3 of 50 DOCUMENTS`.
fn nexis_head(line: &str) -> Option<(usize, usize)> {
    let line = line.trim().trim_start_matches('\u{feff}').to_lowercase();
    let line = line.strip_prefix("document ").or_else(|| line.strip_prefix("dokument ")).unwrap_or(&line);
    if line.len() > 40 {
        return None;
    }
    let (number, rest) = OF.iter().find_map(|of| line.split_once(of))?;
    let (count, word) = rest.split_once(' ').unwrap_or((rest, ""));
    let known = word.is_empty() && line.len() < 16 || DOCUMENTS.contains(&word.trim());
    known.then_some(())?;
    Some((number.trim().parse().ok()?, count.trim().parse().ok()?))
}

/// The articles of a Nexis text export: outlet, date, headline, labelled lines, text, labelled lines.
fn nexis(text: &str, options: &Options) -> Vec<Result<Draft, Reason>> {
    let mut articles: Vec<Vec<&str>> = Vec::new();
    let mut told = 0;
    for line in text.lines() {
        if let Some((_, count)) = nexis_head(line) {
            told = told.max(count);
            articles.push(Vec::new());
        } else if let Some(article) = articles.last_mut() {
            article.push(line);
        }
    }
    let found = articles.len();
    let mut drafts: Vec<_> = articles.iter().map(|lines| Ok(nexis_article(lines, options))).collect();
    if found < told {
        drafts.push(Err(shortfall(found, told)));
    }
    drafts
}

fn nexis_article(lines: &[&str], options: &Options) -> Draft {
    let blocks = blocks(lines);
    let mut draft = Draft::default();
    let mut text: Vec<&str> = Vec::new();
    // What stands before a date is outlet and notices, but the text where no date is found.
    let mut undated: Vec<&str> = Vec::new();
    let mut ended = false;
    for block in &blocks {
        if let Some((label, value)) = labelled(block) {
            let is_text = label == "BODY" || label == "TEXT";
            if is_text {
                text.push(value);
            }
            // A byline or a length in front of the text, never within it.
            ended |= NEXIS_ENDS.contains(&label);
            continue;
        }
        let flat = block.trim();
        if ended {
            continue;
        }
        if draft.date.is_none() {
            match dates::leading(flat, options.date_order) {
                Some((_, day)) => draft.date = Some((day, DatedBy::Header)),
                None if draft.outlet.is_none() && !flat.to_lowercase().starts_with("copyright") => {
                    draft.outlet = Some(joined(flat));
                }
                None => undated.push(block),
            }
        } else if draft.title.is_none() {
            draft.title = Some(joined(flat));
        } else if !flat.to_lowercase().starts_with("copyright") && !flat.starts_with('©') {
            text.push(block);
        }
    }
    let text = if draft.date.is_none() { undated } else { text };
    draft.text = text.iter().map(|block| joined(block)).collect::<Vec<_>>().join("\n\n");
    draft
}

/// The label and value of a line such as `LENGTH: 532 words`.
fn labelled(block: &str) -> Option<(&str, &str)> {
    let (label, value) = block.trim().split_once(':')?;
    let label = label.trim();
    let known = NEXIS_LABELS.contains(&label) || matches!(label, "BODY" | "TEXT" | "HEADLINE");
    known.then(|| (label, value.trim()))
}

/// The document number in a Factiva line `Document REUT000020221028eian00abc`.
fn factiva_end(line: &str) -> Option<&str> {
    let line = line.trim();
    let key = line.strip_prefix("Document ").or_else(|| line.strip_prefix("Dokument "))?.trim();
    let digits = key.bytes().filter(u8::is_ascii_digit).count();
    let plain = key.bytes().all(|b| b.is_ascii_alphanumeric());
    ((20..=40).contains(&key.len()) && plain && digits >= 8).then_some(key)
}

/// The articles of a Factiva text export: headline, byline, words, date, outlet, code, language,
/// copyright, text, and the document number that ends each.
fn factiva(text: &str, options: &Options) -> Vec<Result<Draft, Reason>> {
    let mut drafts = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        match factiva_end(line) {
            Some(key) => {
                let mut draft = factiva_article(&lines, options);
                draft.key = Some(key.to_owned());
                drafts.push(Ok(draft));
                lines.clear();
            }
            None => lines.push(line),
        }
    }
    if let Some(told) = factiva_count(text).filter(|told| *told > drafts.len()) {
        drafts.push(Err(shortfall(drafts.len(), told)));
    }
    drafts
}

/// `3 documents` or `Search Summary … Results: 3`, where a line tells it.
fn factiva_count(text: &str) -> Option<usize> {
    text.lines().find_map(|line| {
        let line = line.trim().to_lowercase();
        let (count, word) = line.split_once(' ')?;
        DOCUMENTS.contains(&word).then(|| count.parse().ok())?
    })
}

fn factiva_article(lines: &[&str], options: &Options) -> Draft {
    let words = ["words", "mots", "wörter"];
    let is_words = |line: &str| {
        let line = line.trim().to_lowercase();
        line.split_once(' ').is_some_and(|(n, word)| {
            words.contains(&word) && n.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.')
        })
    };
    let mut draft = Draft::default();
    let filled: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    let Some(count) = filled.iter().position(|line| is_words(line)) else {
        draft.text = paragraphs(lines);
        return draft;
    };
    // The headline is the first line above the count that is no heading of the file.
    draft.title = filled[..count].iter().find(|line| !is_heading(line)).map(|line| (*line).to_owned());
    if let Some((_, day)) = filled.get(count + 1).and_then(|line| dates::leading(line, options.date_order)) {
        draft.date = Some((day, DatedBy::Header));
    }
    // An hour may stand between the date and the outlet.
    let is_hour = |line: &str| {
        line.len() <= 12 && line.contains(':') && line.bytes().next().is_some_and(|b| b.is_ascii_digit())
    };
    let outlet = filled.iter().skip(count + 2).find(|line| !is_hour(line));
    draft.outlet = outlet.map(|line| (*line).to_owned());
    // The text begins after the line of the language or the copyright.
    let languages = ["english", "anglais", "englisch", "french", "français", "german", "deutsch"];
    let starts = |line: &str| {
        let line = line.trim().to_lowercase();
        languages.contains(&line.as_str())
            || line.starts_with("copyright")
            || line.starts_with('©')
            || line.starts_with("(c)")
    };
    let at = lines.iter().position(|line| is_words(line)).unwrap_or(0);
    let head = &lines[at..lines.len().min(at + 14)];
    let from = head.iter().rposition(|line| starts(line)).map_or(at + 1, |index| at + index + 1);
    draft.text = paragraphs(&lines[from..]);
    draft
}

fn is_heading(line: &str) -> bool {
    let line = line.to_lowercase();
    line.split_once(' ').is_some_and(|(_, word)| DOCUMENTS.contains(&word)) || line == "factiva"
}

/// Blocks of lines, parted by empty ones.
fn blocks(lines: &[&str]) -> Vec<String> {
    let mut blocks = vec![String::new()];
    for line in lines {
        match blocks.last_mut() {
            Some(last) if !line.trim().is_empty() => {
                last.push_str(line);
                last.push('\n');
            }
            Some(last) if !last.is_empty() => blocks.push(String::new()),
            _ => {}
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// Lines as paragraphs: those parted by empty lines, each on one line.
fn paragraphs(lines: &[&str]) -> String {
    blocks(lines).iter().map(|block| joined(block)).collect::<Vec<_>>().join("\n\n")
}

fn joined(block: &str) -> String {
    block.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shortfall(found: usize, told: usize) -> Reason {
    Reason::Damaged(format!("it tells of {told} documents and holds {found}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: &[&str]) {
        let service = service(text).expect("an export");
        let found: Vec<String> = read(text, service, &Options::default())
            .into_iter()
            .map(|record| match record.draft {
                Ok(d) => {
                    let day = d.date.map_or("none".into(), |(day, _)| day.unwrap().to_string());
                    let (outlet, title) = (d.outlet.unwrap_or_default(), d.title.unwrap_or_default());
                    format!("{day} | {outlet} | {title} | {}", d.text.replace('\n', "/"))
                }
                Err(reason) => reason.to_string(),
            })
            .collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn nexis() {
        check(
            "\u{feff}\n                        1 of 3 DOCUMENTS\n\n\n                       The Courier (Delhi)\n\n\
             October 28, 2022 Friday\n\nTalks in Moscow;\nA first since summer\n\nBYLINE: A Reporter\n\nLENGTH: 40 words\n\n\
             India said: we\nwill go.\n\nRussia said so too.\n\nLOAD-DATE: October 29, 2022\n\nLANGUAGE: ENGLISH\n\n\
             Copyright 2022 The Courier\nAll Rights Reserved\n\n\
             2 of 3 DOCUMENTS\n\nLe Courrier\n\n29 octobre 2022\n\nTitre\n\nLONGUEUR: 3 mots\n\nTexte.\n",
            &[
                "2022-10-28 | The Courier (Delhi) | Talks in Moscow; A first since summer | India said: we will go.//Russia said so too.",
                "2022-10-29 | Le Courrier | Titre | Texte.",
                "it is damaged: it tells of 3 documents and holds 2",
            ],
        );
    }

    #[test]
    fn factiva() {
        check(
            "Talks in Moscow\n\nBy A Reporter\n40 words\n28 October 2022\n10:15 GMT\nThe Courier\nCOUR\nEnglish\n\
             Copyright 2022 The Courier\n\nIndia said: we will go.\n\nRussia said so too.\n\nDocument COUR000020221028eias0001x\n\n\
             Second\n12 words\n29 October 2022\nThe Courier\nCOUR\nEnglish\n(c) 2022\n\nMore.\n\nDocument COUR000020221029eias0002y\n",
            &[
                "2022-10-28 | The Courier | Talks in Moscow | India said: we will go.//Russia said so too.",
                "2022-10-29 | The Courier | Second | More.",
            ],
        );
    }

    #[test]
    fn other_texts_are_none() {
        assert_eq!(service("date 2022-10-28 India said.\n1 of 3 ministers came."), None);
        assert_eq!(service("Document 5 was signed."), None);
    }
}
