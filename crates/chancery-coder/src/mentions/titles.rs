//! Titles: the longest phrase of an office at each place of the text.

use std::ops::Range;

use super::finder::Finder;
use crate::knowledge::world::fold::fold;

/// A phrase that names an office.
#[derive(Clone, Debug)]
pub(super) struct Title {
    pub(super) tokens: Range<usize>,
    /// Folded, singular.
    pub(super) phrase: String,
    /// "ministers", "envoys".
    pub(super) plural: bool,
    /// "former", "ex-", "late": the office is no longer held.
    pub(super) former: bool,
}

impl Finder<'_> {
    pub(super) fn find_titles(&mut self) {
        let doc = self.doc;
        let n = doc.tokens().len();
        let longest = self.world.offices.longest();
        let mut i = 0;
        while i < n {
            if !doc.word(i).chars().any(char::is_alphabetic) {
                i += 1;
                continue;
            }
            let end = self.sentence(i).end.min(i + 2 * longest);
            let found = (i + 1..=end).rev().find_map(|e| self.title_at(i..e));
            if let Some(title) = found {
                let next = title.tokens.end;
                for slot in &mut self.titled[i..next] {
                    *slot = Some(self.titles.len());
                }
                self.titles.push(title);
                i = next;
            } else {
                i += 1;
            }
        }
    }

    fn title_at(&self, tokens: Range<usize>) -> Option<Title> {
        let last = tokens.end - 1;
        if !self.doc.word(last).chars().any(char::is_alphabetic)
            || self.doc.word(last).starts_with(['\'', '’'])
        {
            return None;
        }
        if !self.doc.word(last).ends_with('.')
            && !self.doc.word(last).chars().all(|c| c.is_alphanumeric() || c == '\'' || c == '’')
        {
            return None;
        }
        let words = self.doc.words(tokens.clone());
        if words.len() > 120 || words.contains(',') || words.contains('\n') {
            return None;
        }
        let folded = fold(words);
        let (phrase, plural) = if self.world.offices.has(&folded) {
            (folded, false)
        } else {
            (singular(&folded).filter(|p| self.world.offices.has(p))?, true)
        };
        // "us", "don" and the like are words too: a title of one short word has a capital.
        if phrase.len() < 4 && !self.capital(last) {
            return None;
        }
        let before = tokens.start.checked_sub(1).map(|b| self.doc.lemma(b).to_lowercase());
        let former = before.is_some_and(|w| {
            matches!(w.as_str(), "former" | "ex" | "late" | "then" | "ousted" | "deposed" | "onetime" | "-")
        }) && self.doc.word(tokens.start.saturating_sub(1)) != "-"
            || tokens.start >= 2
                && self.doc.word(tokens.start - 1) == "-"
                && self.doc.word(tokens.start - 2).eq_ignore_ascii_case("ex");
        Some(Title { tokens, phrase, plural, former })
    }
}

/// "foreign ministers" → "foreign minister", "secretaries of state" → "secretary of state".
fn singular(phrase: &str) -> Option<String> {
    let cut = |word: &str| -> Option<String> {
        if let Some(stem) = word.strip_suffix("men") {
            return Some(format!("{stem}man"));
        }
        if let Some(stem) = word.strip_suffix("women") {
            return Some(format!("{stem}woman"));
        }
        if let Some(stem) = word.strip_suffix("ies") {
            return Some(format!("{stem}y"));
        }
        word.strip_suffix('s').map(str::to_owned)
    };
    let mut words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
    let at = words
        .iter()
        .position(|w| w == "of" || w == "to" || w == "for")
        .and_then(|p| p.checked_sub(1))
        .unwrap_or(words.len() - 1);
    words[at] = cut(&words[at])?;
    Some(words.join(" "))
}
