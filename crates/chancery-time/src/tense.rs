//! A light guess at the tense around an expression, for callers that have no parse: the nearest telling
//! word of the same sentence, before the expression first.

use crate::lexicon::Lexicon;
use crate::timex::Tense;
use crate::tokens::{Case, Gap, Shape, Token};

/// How far to look, in tokens.
const BEFORE: usize = 16;
const AFTER: usize = 10;

pub(crate) struct TenseWords {
    past: Option<usize>,
    present: Option<usize>,
    future: Option<usize>,
    /// What a participle follows where it tells no past.
    led: Option<usize>,
    determiner: Option<usize>,
    term: Option<usize>,
    to: u32,
}

impl TenseWords {
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        Self {
            past: lexicon.class("tense_past"),
            present: lexicon.class("tense_present"),
            future: lexicon.class("tense_future"),
            led: lexicon.class("tense_led"),
            determiner: lexicon.class("determiner"),
            term: lexicon.class("tense_term"),
            to: lexicon.id("to"),
        }
    }

    /// The tense that a token tells.
    fn of(&self, text: &str, tokens: &[Token], at: usize, lexicon: &Lexicon) -> Option<Tense> {
        let token = &tokens[at];
        if token.shape != Shape::Word {
            return None;
        }
        let has =
            |t: &Token, class: Option<usize>| class.is_some_and(|c| lexicon.mask(t.word) & (1 << c) != 0);
        let infinitive = |at: usize| {
            tokens.get(at).is_some_and(|t| t.word == self.to && self.to != 0)
                && tokens.get(at + 1).is_some_and(|t| {
                    t.shape == Shape::Word && t.case == Case::Lower && !has(t, self.determiner)
                })
        };
        if has(token, self.future) || infinitive(at) {
            return Some(Tense::Future);
        }
        let word = &text[token.span()];
        let past = has(token, self.past)
            || word.len() > 4
                && word.ends_with("ed")
                && token.case == Case::Lower
                && !(at > 0 && has(&tokens[at - 1], self.determiner));
        if past {
            // "Supposed to conclude", "set to resume".
            return Some(if infinitive(at + 1) { Tense::Future } else { Tense::Past });
        }
        has(token, self.present).then_some(Tense::Present)
    }

    /// The tense around the tokens `from..to`.
    pub(crate) fn around(
        &self,
        text: &str,
        tokens: &[Token],
        from: usize,
        to: usize,
        lexicon: &Lexicon,
    ) -> Option<Tense> {
        let before = from.checked_sub(1).map_or(0, |at| lexicon.mask(tokens[at].word));
        if self.term.is_some_and(|c| before & (1 << c) != 0) {
            return Some(Tense::Future);
        }
        for at in (from.saturating_sub(BEFORE)..from).rev() {
            if tokens[at + 1].opens_sentence || tokens[at + 1].gap == Gap::Paragraph {
                break;
            }
            if let Some(tense) = self.of(text, tokens, at, lexicon) {
                // "will be held", "to be signed": the participle is no past.
                let led = |t: &Token| self.led.is_some_and(|c| lexicon.mask(t.word) & (1 << c) != 0);
                let ahead = tense == Tense::Past && tokens[at.saturating_sub(2)..at].iter().any(led);
                return Some(if ahead { Tense::Future } else { tense });
            }
        }
        for at in to..tokens.len().min(to + AFTER) {
            if tokens[at].opens_sentence {
                break;
            }
            if let Some(tense) = self.of(text, tokens, at, lexicon) {
                return Some(tense);
            }
        }
        None
    }
}
