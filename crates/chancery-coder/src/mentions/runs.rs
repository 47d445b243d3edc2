//! Runs of capitalised words that may be a name: where each begins and ends, and the title before it.

use std::ops::Range;

use chancery_syntax::{Dep, EntityLabel, Pos};

use super::finder::Finder;
use crate::knowledge::world::fold::is_particle;

/// A run of words that may be a name.
pub(super) struct Run {
    pub(super) tokens: Range<usize>,
    /// The title right before it.
    pub(super) title: Option<usize>,
}

impl Finder<'_> {
    /// The runs of capitalised words that no table's name covers, without the titles before them.
    pub(super) fn runs(&self) -> Vec<Run> {
        let n = self.doc.tokens().len();
        let mut out = Vec::new();
        let mut i = 0;
        while i < n {
            if !self.starts_name(i) {
                i += 1;
                continue;
            }
            let stop = self.sentence(i).end;
            let mut end = i + 1;
            while end < stop {
                if self.part_of_name(end) {
                    end += 1;
                } else if let Some(next) = self.joined_at(end, stop) {
                    end = next;
                } else {
                    break;
                }
            }
            if let Some(tokens) = self.trim(i..end) {
                let title = self.title_of(&tokens);
                out.push(Run { tokens, title });
            }
            i = end;
        }
        out
    }

    fn free(&self, token: usize) -> bool {
        self.taken[token].is_none()
            && self.titled[token].is_none_or(|t| !self.capital_title(t) || self.within_person(token))
    }

    /// A title within a spaCy person, not at its start: "Chairman" is no name, "Major" in "John Major" is.
    fn within_person(&self, token: usize) -> bool {
        self.entity[token].is_some_and(|e| {
            let entity = &self.doc.entities()[e];
            entity.label == EntityLabel::Person
                && entity.tokens.start < token
                && self.titled[entity.tokens.start].is_none()
                && self.titled[token].is_some_and(|t| self.titles[t].tokens.len() == 1)
        })
    }

    fn capital_title(&self, title: usize) -> bool {
        self.titles[title].tokens.clone().any(|t| self.capital(t))
    }

    fn starts_name(&self, token: usize) -> bool {
        let doc = self.doc;
        if !self.free(token) {
            return false;
        }
        let lower_particle = matches!(doc.word(token), "al" | "bin" | "de" | "van" | "von" | "del" | "el")
            && token + 1 < self.taken.len()
            && self.label(token) == Some(EntityLabel::Person);
        (self.namelike(token)
            && matches!(doc.pos(token), Pos::Propn | Pos::X | Pos::Noun | Pos::Adj | Pos::Verb | Pos::Intj)
            && (doc.pos(token) == Pos::Propn || self.label(token) == Some(EntityLabel::Person)))
            || lower_particle
    }

    fn part_of_name(&self, token: usize) -> bool {
        self.free(token)
            && self.namelike(token)
            && !matches!(self.doc.pos(token), Pos::Det | Pos::Pron | Pos::Adp)
            && self.label(token).is_none_or(|l| l != EntityLabel::Date)
    }

    /// Past a particle, a hyphen or "Jr." to the next word of the name.
    fn joined_at(&self, token: usize, stop: usize) -> Option<usize> {
        let doc = self.doc;
        let word = doc.word(token);
        let next = token + 1;
        if word == "," && next < stop && matches!(doc.word(next), "Jr." | "Jr" | "Sr." | "III") {
            return Some(next + 1);
        }
        if next >= stop || self.taken[token].is_some() {
            return None;
        }
        if word == "-"
            && doc.tokens()[token - 1].end == doc.tokens()[token].start
            && doc.tokens()[next].start == doc.tokens()[token].end
            && self.taken[next].is_none()
        {
            return doc.word(next).chars().all(char::is_alphabetic).then_some(next + 1);
        }
        if is_particle(&word.to_lowercase()) || matches!(word, "ul" | "e" | "and_") {
            let mut at = next;
            while at < stop
                && (is_particle(&doc.word(at).to_lowercase()) || doc.word(at) == "-")
                && at < next + 3
            {
                at += 1;
            }
            return (at < stop && self.taken[at].is_none() && self.namelike(at)).then_some(at + 1);
        }
        None
    }

    /// Drops what is no part of a name at the ends; nothing where nothing is left.
    fn trim(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        let (mut start, mut end) = (tokens.start, tokens.end);
        while start < end
            && (self.doc.word(start).chars().all(|c| !c.is_alphabetic())
                || NOT_NAMES.contains(&self.doc.word(start)))
        {
            start += 1;
        }
        while end > start
            && (self.doc.word(end - 1).chars().all(|c| !c.is_alphabetic())
                || NOT_NAMES.contains(&self.doc.word(end - 1)))
        {
            end -= 1;
        }
        (start < end).then_some(start..end)
    }

    /// The title right before a name, or the one that the name stands in apposition to: "his
    /// counterpart, Sergey Lavrov", "the deputy foreign minister, Tien Chung-kwang".
    pub(super) fn title_of(&self, name: &Range<usize>) -> Option<usize> {
        let before = name.start.checked_sub(1)?;
        if let Some(title) = self.titled[before] {
            return Some(title);
        }
        let head = self.head_of(name);
        let governor = self.doc.head(head);
        if self.doc.dep(head) == Dep::Appos
            && governor < name.start
            && let Some(title) = self.titled[governor]
        {
            return Some(title);
        }
        let close = self.doc.word(before) == "," && before > 0;
        self.titled[before.saturating_sub(1)].filter(|_| close && self.closes_apposition(name.end))
    }

    /// A comma, or the sentence's end, behind a name.
    pub(super) fn closes_apposition(&self, end: usize) -> bool {
        self.doc.tokens().get(end).is_none_or(|_| matches!(self.doc.word(end), "," | "." | "(" | "—" | "–"))
    }
}

/// Capitalised words that begin or end no name.
const NOT_NAMES: &[&str] = &[
    "The",
    "A",
    "An",
    "Mr",
    "Mrs",
    "Ms",
    "Mr.",
    "Mrs.",
    "Ms.",
    "Dr",
    "Dr.",
    "But",
    "And",
    "In",
    "On",
    "At",
    "As",
    "If",
    "When",
    "While",
    "After",
    "Before",
    "By",
    "For",
    "With",
    "From",
    "To",
    "Of",
    "This",
    "That",
    "These",
    "Those",
    "It",
    "He",
    "She",
    "They",
    "We",
    "I",
    "His",
    "Her",
    "Its",
    "Their",
    "Our",
    "Former",
    "Late",
    "Acting",
    "Deputy",
    "Senior",
    "New",
    "Both",
    "Two",
    "Three",
    "Last",
    "Next",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Asked",
    "Speaking",
    "Also",
    "However",
    "Meanwhile",
    "UPDATE",
    "CORRECTED",
    "REUTERS",
    "AP",
    "AFP",
];
