//! A light guess at the tense around an expression, for callers that have no parse: the nearest telling
//! word of the same sentence, before the expression first.

use crate::lexicon::Lexicon;
use crate::timex::Tense;
use crate::tokens::{Gap, Shape, Token};

/// How far to look, in tokens.
const BEFORE: usize = 16;
const AFTER: usize = 10;

pub(crate) struct TenseWords {
    past: Option<usize>,
    present: Option<usize>,
    future: Option<usize>,
    /// What a participle follows where it tells no past.
    led: Option<usize>,
}

impl TenseWords {
    pub(crate) fn new(lexicon: &Lexicon) -> Self {
        Self {
            past: lexicon.class("tense_past"),
            present: lexicon.class("tense_present"),
            future: lexicon.class("tense_future"),
            led: lexicon.class("tense_led"),
        }
    }

    fn of(&self, text: &str, token: &Token, lexicon: &Lexicon) -> Option<Tense> {
        if token.shape != Shape::Word {
            return None;
        }
        let mask = lexicon.mask(token.word);
        let has = |class: Option<usize>| class.is_some_and(|c| mask & (1 << c) != 0);
        if has(self.future) {
            Some(Tense::Future)
        } else if has(self.past) {
            Some(Tense::Past)
        } else if has(self.present) {
            Some(Tense::Present)
        } else {
            let word = &text[token.span()];
            (word.len() > 4 && word.ends_with("ed") && word.starts_with(char::is_lowercase))
                .then_some(Tense::Past)
        }
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
        for at in (from.saturating_sub(BEFORE)..from).rev() {
            if tokens[at + 1].opens_sentence || tokens[at + 1].gap == Gap::Paragraph {
                break;
            }
            if let Some(tense) = self.of(text, &tokens[at], lexicon) {
                // "will be held", "to be signed": the participle is no past.
                let led = |t: &Token| self.led.is_some_and(|c| lexicon.mask(t.word) & (1 << c) != 0);
                let ahead = tense == Tense::Past && tokens[at.saturating_sub(2)..at].iter().any(led);
                return Some(if ahead { Tense::Future } else { tense });
            }
        }
        for token in tokens.iter().skip(to).take(AFTER) {
            if token.opens_sentence {
                break;
            }
            if let Some(tense) = self.of(text, token, lexicon) {
                return Some(tense);
            }
        }
        None
    }
}
