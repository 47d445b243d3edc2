//! Reads the time expressions of a text: finds what the rules match, works out what it means, links ranges.

use jiff::civil::Date;

use crate::calendar;
use crate::lexicon::Datum;
use crate::meaning::{self, Arg, Meaning, Setting};
use crate::pattern::{Capture, Input, Match, Pattern};
use crate::range;
use crate::rules::{Grammar, Row, Rule};
use crate::tense::TenseWords;
use crate::term::Term;
use crate::timex::{Tense, Timex};
use crate::tokens::{self, Shape, Token};
use crate::value::{Calendar, Value};

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
            input: Input { tokens: &tokens, lexicon: &self.lexicon, numbers: &self.numbers },
            hint: tense,
            tenses: TenseWords::new(&self.lexicon),
            report: anchor,
            style,
            spoken: None,
            found: Vec::new(),
            bounds: Vec::new(),
        };
        reader.read();
        let Reader { mut found, bounds, .. } = reader;
        range::link(&mut found, &bounds, text, &tokens, &self.lexicon);
        found
    }
}

struct Reader<'a> {
    grammar: &'a Grammar,
    text: &'a str,
    tokens: &'a [Token],
    input: Input<'a>,
    hint: &'a dyn Fn(usize) -> Option<Tense>,
    tenses: TenseWords,
    report: Date,
    style: Style,
    spoken: Option<Calendar>,
    found: Vec<Timex>,
    /// First and last token of each expression, and whether a rule made it one range with the one before.
    bounds: Vec<range::Bounds>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut candidates = Vec::new();
        let mut matches: Vec<(usize, usize, usize, Match)> = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let token = &self.tokens[at];
            self.grammar.candidates(token.word, token.shape == Shape::Number, &mut candidates);
            matches.clear();
            for &(r, p) in &candidates {
                let row = &self.grammar.rules[r].patterns[p];
                if let Some(found) = row.pattern.find(self.input, at) {
                    matches.push((found.end, r, p, found));
                }
            }
            matches.sort_by_key(|(end, r, p, _)| (std::cmp::Reverse(*end), *r, *p));
            let taken = matches.iter().find_map(|(end, r, p, found)| {
                let rule = &self.grammar.rules[*r];
                if !self.fits(rule, at, *end) {
                    return None;
                }
                let timexes = self.mean(rule, &rule.patterns[*p], found, at)?;
                Some((*end, timexes))
            });
            match taken {
                None => at += 1,
                Some((end, timexes)) => {
                    for (timex, bounds) in timexes {
                        self.remember(&timex);
                        self.found.push(timex);
                        self.bounds.push(bounds);
                    }
                    at = end.max(at + 1);
                }
            }
        }
    }

    /// The words before and after are such as the rule asks for.
    fn fits(&self, rule: &Rule, start: usize, end: usize) -> bool {
        let before = |pattern: &Pattern| {
            (start.saturating_sub(REACH)..start)
                .any(|from| pattern.find(self.input, from).is_some_and(|m| m.end == start))
        };
        let after = |pattern: &Pattern| pattern.find(self.input, end).is_some();
        (rule.before.is_empty() || rule.before.iter().any(before))
            && !rule.not_before.iter().any(before)
            && (rule.after.is_empty() || rule.after.iter().any(after))
            && !rule.not_after.iter().any(after)
    }

    /// The expressions of a match; empty for a rule that says "no time here".
    fn mean(&self, rule: &Rule, row: &Row, found: &Match, at: usize) -> Option<Vec<(Timex, range::Bounds)>> {
        if matches!(&row.terms[..], [Term::Call(name, _)] if name == "nothing") {
            return Some(Vec::new());
        }
        let tense = (self.hint)(self.tokens[at].start)
            .or_else(|| self.tenses.around(self.text, self.tokens, at, found.end, &self.grammar.lexicon));
        let set = Setting {
            report: self.report,
            spoken: self.spoken,
            tense,
            narrative: self.style == Style::Narrative,
        };
        let mut out = Vec::new();
        for (n, term) in row.terms.iter().enumerate() {
            let (from, to) = if row.pattern.extents == 0 { (at, found.end) } else { found.extents[n] };
            if from >= to {
                return None;
            }
            let Arg::Meaning(meaning) = self.evaluate(term, &found.captures, &set)? else { return None };
            let bounds = range::Bounds { from, to, joined: rule.ranged && n > 0 };
            out.push((self.timex(rule, row, found, from, to, *meaning, tense), bounds));
        }
        Some(out)
    }

    #[expect(clippy::too_many_arguments, reason = "they are the parts of one match")]
    fn timex(
        &self,
        rule: &Rule,
        row: &Row,
        found: &Match,
        from: usize,
        to: usize,
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
            .map(|(name, c)| (name.clone(), span(c.at, c.at + c.length)))
            .collect();
        Timex {
            span: span(from, to),
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
            relation: range::relation(self.tokens, from, &self.grammar.lexicon),
            whole: None,
            rule: rule.id.clone(),
            words,
        }
    }

    fn evaluate(&self, term: &Term, captures: &[Capture], set: &Setting) -> Option<Arg> {
        Some(match term {
            Term::Number(n) => Arg::Number(n * 1000),
            Term::Word(word) => Arg::Word(word.clone()),
            Term::Capture(slot) => self.captured(captures[*slot]),
            Term::Minus(slot) => match self.captured(captures[*slot]) {
                Arg::Number(n) => Arg::Number(-n),
                _ => return None,
            },
            Term::Call(name, terms) => {
                let mut args = Vec::with_capacity(terms.len());
                for term in terms {
                    args.push(self.evaluate(term, captures, set)?);
                }
                Arg::Meaning(Box::new(meaning::apply(name, &args, set)?))
            }
        })
    }

    fn captured(&self, capture: Capture) -> Arg {
        if capture.length == 0 {
            return Arg::Missing;
        }
        if capture.class == usize::MAX {
            return Arg::Number(capture.millis);
        }
        match self.grammar.lexicon.meaning(self.tokens[capture.at].word, capture.class) {
            Some(Datum::Number(n)) => Arg::Number(n * 1000),
            Some(Datum::Name(name)) => Arg::Word(name.clone()),
            None => Arg::Missing,
        }
    }

    /// What later words may lean on: the newest time with a place in the calendar.
    fn remember(&mut self, timex: &Timex) {
        if let Ok(Value::Calendar(calendar) | Value::Time(calendar, ..)) = timex.value.parse()
            && !timex.recurs()
            && calendar::interval(calendar).is_some()
        {
            self.spoken = Some(calendar);
        }
    }
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
