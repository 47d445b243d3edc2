//! Reads the time expressions of a text: finds what the rules match, works out what it means, links ranges.

use std::cell::RefCell;
use std::ops::Range;

use jiff::civil::Date;

use crate::calendar;
use crate::lexicon::Datum;
use crate::meaning::{self, Arg, Meaning, Setting};
use crate::pattern::{Capture, Input, Match, NUMBER, Pattern, TIME, TimeKind, Times};
use crate::range;
use crate::rules::{Grammar, Row, Rule};
use crate::tense::TenseWords;
use crate::term::Term;
use crate::timex::{Anchor, Grain, Tense, Timex, TimexKind};
use crate::tokens::{self, Shape, Token};
use crate::value::{Calendar, Value};

/// The highest level of rules.
const TOP_LEVEL: usize = 2;

/// Tokens that a context pattern may reach back.
const REACH: usize = 5;

/// What kind of text is read: in news a bare "Tuesday" or "in May" lies near the report's date, in a history
/// near the time last spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    News,
    Narrative,
}

impl Grammar {
    /// The time expressions of a news report, in the order of the text. `anchor` is the report's date;
    /// `tense` tells the tense at a byte offset where the caller knows it: where it gives `None`, nearby
    /// words decide.
    #[must_use]
    pub fn annotate(&self, text: &str, anchor: Date, tense: &dyn Fn(usize) -> Option<Tense>) -> Vec<Timex> {
        self.annotate_as(text, anchor, tense, Style::News)
    }

    /// The same for a text of another style.
    #[must_use]
    pub fn annotate_as(
        &self,
        text: &str,
        anchor: Date,
        tense: &dyn Fn(usize) -> Option<Tense>,
        style: Style,
    ) -> Vec<Timex> {
        let tokens = tokens::tokenize(text, |w| self.lexicon.id(w), |w| self.lexicon.id(w) != 0);
        let mut reader = Reader {
            grammar: self,
            text,
            tokens: &tokens,
            hint: tense,
            tenses: TenseWords::new(&self.lexicon),
            report: anchor,
            style,
            spoken: None,
            day: None,
            quarter: None,
            memo: RefCell::new(Vec::new()),
            found: Vec::new(),
            bounds: Vec::new(),
        };
        reader.read();
        let Reader { mut found, bounds, .. } = reader;
        range::link(&mut found, &bounds, text, &tokens);
        found
    }
}

/// What rules up to a level read at a token.
#[derive(Clone)]
struct Reading {
    at: usize,
    level: usize,
    /// The first token after it, the rule and its row, and one meaning for each expression; none where
    /// nothing is read.
    read: Option<(usize, usize, usize, Match, Vec<Meaning>)>,
}

struct Reader<'a> {
    grammar: &'a Grammar,
    text: &'a str,
    tokens: &'a [Token],
    hint: &'a dyn Fn(usize) -> Option<Tense>,
    tenses: TenseWords,
    report: Date,
    style: Style,
    spoken: Option<Calendar>,
    day: Option<Date>,
    quarter: Option<Calendar>,
    /// Readings near the current token, valid until an expression is found.
    memo: RefCell<Vec<Reading>>,
    found: Vec<Timex>,
    bounds: Vec<range::Bounds>,
}

/// The expressions that a rule of some level may be made of.
struct Below<'a, 'b> {
    reader: &'b Reader<'a>,
    level: usize,
}

impl Times for Below<'_, '_> {
    fn time_at(&self, at: usize, kind: TimeKind) -> Option<usize> {
        let level = self.level.checked_sub(1)?;
        let (end, _, _, _, meanings) = self.reader.reading(at, level)?;
        let fits = match (kind, &meanings[..]) {
            (TimeKind::Date, [m]) => m.kind == TimexKind::Date && matches!(m.value, Value::Calendar(_)),
            (TimeKind::Clock, [m]) => m.kind == TimexKind::Time,
            (TimeKind::Length, [m]) => m.kind == TimexKind::Duration,
            _ => false,
        };
        fits.then_some(end - at)
    }
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            let Some((end, r, p, found, meanings)) = self.reading(at, TOP_LEVEL) else {
                at += 1;
                continue;
            };
            let rule = &self.grammar.rules[r];
            let tense = self.tense(at, end);
            for (n, meaning) in meanings.into_iter().enumerate() {
                let (from, to) = extent(&rule.patterns[p], &found, n, at);
                let timex = self.timex(rule, &rule.patterns[p], &found, from..to, meaning, tense);
                // After "in 1975–76" a bare month is one of the first year.
                let last_year = rule.ranged && n > 0 && timex.grain == Grain::Year;
                if !last_year && !self.aside(&timex, from) {
                    self.remember(&timex);
                }
                self.found.push(timex);
                self.bounds.push(range::Bounds { from, to, joined: rule.ranged && n > 0 });
            }
            self.memo.borrow_mut().clear();
            at = end.max(at + 1);
        }
    }

    fn input<'c>(&'c self, times: &'c Below<'_, '_>) -> Input<'c> {
        Input { tokens: self.tokens, lexicon: &self.grammar.lexicon, numbers: &self.grammar.numbers, times }
    }

    /// The best reading that begins at a token: the longest, then the first in the order of the files.
    fn reading(&self, at: usize, level: usize) -> Option<(usize, usize, usize, Match, Vec<Meaning>)> {
        let token = self.tokens.get(at)?;
        if token.word == 0 && token.shape != Shape::Number {
            return None;
        }
        if let Some(known) = self.memo.borrow().iter().find(|r| r.at == at && r.level == level) {
            return known.read.clone();
        }
        let below = level.checked_sub(1).and_then(|level| self.reading(at, level));
        let digits = token.shape == Shape::Number;
        let candidates = self.grammar.candidates(token.word, digits, level, below.is_some());
        if candidates.is_empty() {
            return below;
        }
        let times = Below { reader: self, level };
        let mut matches: Vec<(usize, usize, usize, Match)> = Vec::new();
        for (r, p) in candidates {
            let rule = &self.grammar.rules[r];
            if rule.narrative && self.style == Style::News {
                continue;
            }
            if let Some(found) = rule.patterns[p].pattern.find(self.input(&times), at) {
                matches.push((found.end, r, p, found));
            }
        }
        matches.sort_by_key(|(end, r, p, _)| (std::cmp::Reverse(*end), *r, *p));
        let mut read = below;
        for (end, r, p, found) in matches {
            let rule = &self.grammar.rules[r];
            if read.as_ref().is_some_and(|b| (std::cmp::Reverse(b.0), b.1) < (std::cmp::Reverse(end), r)) {
                break;
            }
            if self.fits(rule, at, end)
                && let Some(meanings) = self.mean(rule, p, &found, at)
            {
                read = Some((end, r, p, found, meanings));
                break;
            }
        }
        let mut memo = self.memo.borrow_mut();
        // Readings behind the current token are of no more use.
        if memo.len() > 64 {
            memo.clear();
        }
        memo.push(Reading { at, level, read: read.clone() });
        read
    }

    /// The words before and after are such as the rule asks for.
    fn fits(&self, rule: &Rule, start: usize, end: usize) -> bool {
        let times = Below { reader: self, level: 0 };
        let input = self.input(&times);
        let before = |pattern: &Pattern| {
            (start.saturating_sub(REACH)..start)
                .any(|from| pattern.find(input, from).is_some_and(|m| m.end == start))
        };
        let after = |pattern: &Pattern| pattern.find(input, end).is_some();
        (rule.before.is_empty() || rule.before.iter().any(before))
            && !rule.not_before.iter().any(before)
            && (rule.after.is_empty() || rule.after.iter().any(after))
            && !rule.not_after.iter().any(after)
    }

    fn tense(&self, from: usize, to: usize) -> Option<Tense> {
        (self.hint)(self.tokens[from].start)
            .or_else(|| self.tenses.around(self.text, self.tokens, from, to, &self.grammar.lexicon))
    }

    /// The meanings of a match's expressions; empty for a rule that says "no time here".
    fn mean(&self, rule: &Rule, p: usize, found: &Match, at: usize) -> Option<Vec<Meaning>> {
        let row = &rule.patterns[p];
        if matches!(&row.terms[..], [Term::Call(name, _)] if name == "nothing") {
            return Some(Vec::new());
        }
        let set = Setting {
            report: self.report,
            spoken: self.spoken,
            day: self.day,
            quarter: self.quarter,
            tense: self.tense(at, found.end),
            narrative: self.style == Style::Narrative,
        };
        let mut out = Vec::new();
        for (n, term) in row.terms.iter().enumerate() {
            let (from, to) = extent(row, found, n, at);
            if from >= to {
                return None;
            }
            let Arg::Meaning(meaning) = self.evaluate(term, rule.level, &found.captures, &set)? else {
                return None;
            };
            out.push(*meaning);
        }
        Some(out)
    }

    fn timex(
        &self,
        rule: &Rule,
        row: &Row,
        found: &Match,
        tokens: Range<usize>,
        meaning: Meaning,
        tense: Option<Tense>,
    ) -> Timex {
        let span = |from: usize, to: usize| self.tokens[from].start..self.tokens[to - 1].end;
        let words = row
            .pattern
            .names
            .iter()
            .zip(&found.captures)
            .filter(|(_, c)| c.length > 0)
            .map(|(name, c)| (name.clone(), span(c.tokens().0, c.tokens().1)))
            .collect();
        Timex {
            span: span(tokens.start, tokens.end),
            kind: meaning.kind,
            length: length_in_days(&meaning.value),
            value: meaning.value.to_string(),
            modifier: meaning.modifier,
            interval: meaning.interval,
            grain: meaning.grain,
            quant: meaning.quant,
            freq: meaning.freq,
            anchor: meaning.anchor,
            tense,
            relation: range::relation(self.tokens, tokens.start, &self.grammar.lexicon),
            whole: None,
            rule: rule.id.clone(),
            words,
        }
    }

    fn evaluate(&self, term: &Term, level: usize, captures: &[Capture], set: &Setting) -> Option<Arg> {
        Some(match term {
            Term::Number(n) => Arg::Number(n * 1000),
            Term::Missing => Arg::Missing,
            Term::Word(word) => Arg::Word(word.clone()),
            Term::Capture(slot) => self.captured(captures[*slot], level),
            Term::Minus(slot) => match self.captured(captures[*slot], level) {
                Arg::Number(n) => Arg::Number(-n),
                _ => return None,
            },
            Term::Call(name, terms) => {
                let mut args = Vec::with_capacity(terms.len());
                for term in terms {
                    args.push(self.evaluate(term, level, captures, set)?);
                }
                Arg::Meaning(Box::new(meaning::apply(name, &args, set)?))
            }
        })
    }

    fn captured(&self, capture: Capture, level: usize) -> Arg {
        if capture.length == 0 {
            return Arg::Missing;
        }
        if capture.class == TIME {
            let read = level.checked_sub(1).and_then(|level| self.reading(capture.tokens().0, level));
            let meaning = read.and_then(|(.., meanings)| meanings.into_iter().next());
            return meaning.map_or(Arg::Missing, |m| Arg::Meaning(Box::new(m)));
        }
        if capture.class == NUMBER {
            return Arg::Number(capture.millis);
        }
        match self.grammar.lexicon.meaning(self.tokens[capture.tokens().0].word, usize::from(capture.class)) {
            Some(Datum::Number(n)) => Arg::Number(n * 1000),
            Some(Datum::Name(name)) => Arg::Word(name.clone()),
            None => Arg::Missing,
        }
    }

    /// What later words may lean on: the newest time with a place in the calendar. In news, a year that
    /// something is compared with ("up from 2 per cent a year earlier") does not become what is spoken of.
    fn remember(&mut self, timex: &Timex) {
        if let Ok(Value::Calendar(calendar) | Value::Time(calendar, ..)) = timex.value.parse()
            && !timex.recurs()
            && calendar::interval(calendar).is_some()
            && (self.style == Style::Narrative || !self.compares(timex, calendar))
        {
            self.spoken = Some(calendar);
            self.day = calendar.as_day().or(self.day);
            let over = calendar::interval(calendar).and_then(|i| i.to) < Some(self.report);
            if over && matches!(calendar, Calendar::Quarter(..)) && !matches!(timex.anchor, Anchor::Spoken(_))
            {
                self.quarter = Some(calendar);
            }
        }
    }

    /// In a history, a year told in passing ("a speech that was printed in 1976") does not take the story with
    /// it, when that has come to a certain month or day; one that opens a sentence does.
    fn aside(&self, timex: &Timex, from: usize) -> bool {
        self.style == Style::Narrative
            && timex.grain >= Grain::Year
            && timex.grain < Grain::Vague
            && matches!(self.spoken, Some(Calendar::Month(..) | Calendar::Day(..)))
            && !self.tokens[from.saturating_sub(3)..=from].iter().any(|t| t.opens_sentence)
    }

    fn compares(&self, timex: &Timex, calendar: Calendar) -> bool {
        let spoken = matches!(timex.anchor, Anchor::Spoken(_));
        let earlier = calendar::interval(calendar).and_then(|i| i.to)
            < self.spoken.and_then(calendar::interval).and_then(|i| i.from);
        spoken && earlier && !matches!(calendar, Calendar::Day(..))
    }
}

/// The tokens of a match's expression.
fn extent(row: &Row, found: &Match, n: usize, at: usize) -> (usize, usize) {
    if row.pattern.extents == 0 { (at, found.end) } else { found.extents[n] }
}

/// A duration's days, rounded, at least one.
fn length_in_days(value: &Value) -> Option<i64> {
    let Value::Length(parts) = value else { return None };
    let mut days = 0_i64;
    for (amount, unit) in parts {
        // Both are thousandths.
        days = days.checked_add((*amount)?.checked_mul(unit.millidays())? / 1000)?;
    }
    Some(((days + 500) / 1000).max(1))
}
