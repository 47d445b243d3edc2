//! Numbers in a text: digits and spelled-out words, counted and ordinal, and years as they are spoken.

use crate::lexicon::Lexicon;
use crate::tokens::{Gap, Shape, Token};

/// What a pattern's number may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberKind {
    /// `<n>`: any amount, in thousandths.
    Amount,
    /// `<int>`: a whole number in digits.
    Digits,
    /// `<dom>`: a day of the month, 1–31, "8", "8th", "eighth", "twenty-first".
    DayOfMonth,
    /// `<day>`: a day of the month in bare digits.
    Day,
    /// `<year>`: four digits, 1000–2999.
    Year,
    /// `<saidyear>`: "nineteen ninety-six", "two thousand and five".
    SpokenYear,
    /// `<ord>`: "third", "20th".
    Ordinal,
    /// `<hour>`: 0–24.
    Hour,
    /// `<sixty>`: two digits, 00–59.
    Sixty,
    /// `<two>`: two digits, 00–99.
    Two,
    /// `<mon>`: a month's number, 1–12.
    MonthNumber,
}

impl NumberKind {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "n" => Self::Amount,
            "int" => Self::Digits,
            "dom" => Self::DayOfMonth,
            "day" => Self::Day,
            "year" => Self::Year,
            "saidyear" => Self::SpokenYear,
            "ord" => Self::Ordinal,
            "hour" => Self::Hour,
            "sixty" => Self::Sixty,
            "two" => Self::Two,
            "mon" => Self::MonthNumber,
            _ => return None,
        })
    }

    /// It can begin with a word, not only with digits.
    pub(crate) const fn spelled(self) -> bool {
        matches!(self, Self::Amount | Self::DayOfMonth | Self::SpokenYear | Self::Ordinal)
    }
}

/// The classes that hold number words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NumberClasses {
    /// one … ninety.
    pub count: usize,
    /// hundred, thousand, million.
    pub scale: usize,
    /// first … ninetieth.
    pub ordinal: usize,
    /// st, nd, rd, th.
    pub suffix: usize,
    pub hyphen: u32,
    pub and: u32,
    pub a: u32,
    pub half: u32,
}

impl NumberClasses {
    pub(crate) fn starts_spelled(&self) -> u64 {
        1 << self.count | 1 << self.scale | 1 << self.ordinal
    }
}

/// Reads a number that begins at a token: how many tokens it takes, and its value in thousandths.
pub(crate) fn read(
    kind: NumberKind,
    tokens: &[Token],
    at: usize,
    lexicon: &Lexicon,
    classes: &NumberClasses,
) -> Option<(usize, i64)> {
    let reader = Reader { tokens, lexicon, classes };
    let token = tokens.get(at)?;
    let digits = token.shape == Shape::Number;
    let whole = token.millis / 1000;
    match kind {
        NumberKind::Amount if digits => reader.amount(at),
        NumberKind::Amount => reader.spelled(at),
        NumberKind::Digits => (digits && token.digits > 0 && token.digits < 10).then_some((1, token.millis)),
        NumberKind::Day => {
            (digits && (1..=2).contains(&token.digits) && (1..=31).contains(&whole) && !reader.suffixed(at))
                .then_some((1, token.millis))
        }
        NumberKind::DayOfMonth => {
            let (length, n) = if digits {
                ((1..=2).contains(&token.digits)).then_some((1 + usize::from(reader.suffixed(at)), whole))?
            } else {
                reader.ordinal(at)?
            };
            (1..=31).contains(&n).then_some((length, n * 1000))
        }
        NumberKind::Year => {
            (digits && token.digits == 4 && (1000..=2999).contains(&whole)).then_some((1, token.millis))
        }
        NumberKind::SpokenYear => reader.spoken_year(at).map(|(length, n)| (length, n * 1000)),
        NumberKind::Ordinal if digits => reader.suffixed(at).then_some((2, token.millis)),
        NumberKind::Ordinal => reader.ordinal(at).map(|(length, n)| (length, n * 1000)),
        NumberKind::Hour => {
            (digits && (1..=2).contains(&token.digits) && whole <= 24).then_some((1, token.millis))
        }
        NumberKind::Sixty => (digits && token.digits == 2 && whole < 60).then_some((1, token.millis)),
        NumberKind::Two => (digits && token.digits == 2).then_some((1, token.millis)),
        NumberKind::MonthNumber => (digits && (1..=2).contains(&token.digits) && (1..=12).contains(&whole))
            .then_some((1, token.millis)),
    }
}

struct Reader<'a> {
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
    classes: &'a NumberClasses,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> u32 {
        self.tokens.get(at).filter(|t| t.gap != Gap::Paragraph).map_or(0, |t| t.word)
    }

    /// "8th": the letters stand glued to the digits.
    fn suffixed(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|t| {
            t.gap == Gap::Glued && self.lexicon.mask(t.word) & (1 << self.classes.suffix) != 0
        })
    }

    /// Digits with a scale word ("2 million"), not what is part of a longer code.
    fn amount(&self, at: usize) -> Option<(usize, i64)> {
        let millis = self.tokens[at].millis;
        if self.suffixed(at) {
            return None;
        }
        match self.lexicon.number(self.word(at + 1), self.classes.scale) {
            Some(scale) if scale > 100 => Some((2, millis.checked_mul(scale)?)),
            _ => Some((1, millis)),
        }
    }

    fn count(&self, at: usize) -> Option<i64> {
        self.lexicon.number(self.word(at), self.classes.count)
    }

    /// "seven", "twenty-three", at most 99.
    fn below_hundred(&self, at: usize) -> Option<(usize, i64)> {
        let tens = self.lexicon.number(self.tokens.get(at)?.word, self.classes.count)?;
        if tens >= 20 {
            let skip = usize::from(self.word(at + 1) == self.classes.hyphen && self.classes.hyphen != 0);
            if let Some(ones) = self.count(at + 1 + skip).filter(|n| (1..10).contains(n)) {
                return Some((2 + skip, tens + ones));
            }
        }
        Some((1, tens))
    }

    /// A spelled-out count in thousandths: "a hundred and twenty", "two and a half".
    fn spelled(&self, at: usize) -> Option<(usize, i64)> {
        let (mut length, mut current) = match self.below_hundred(at) {
            Some((length, n)) => (length, n),
            // "hundred years" counts one; "a hundred" is the pattern's article and this.
            None => (0, 1),
        };
        let mut total = 0_i64;
        let mut scaled = false;
        while length < 12 {
            let next = self.word(at + length);
            let word = if length == 0 { self.tokens.get(at)?.word } else { next };
            if let Some(scale) = self.lexicon.number(word, self.classes.scale) {
                scaled = true;
                length += 1;
                if scale == 100 {
                    current = current.checked_mul(100)?;
                } else {
                    total = total.checked_add(current.checked_mul(scale)?)?;
                    current = 0;
                }
            } else if scaled {
                let skip = usize::from(word == self.classes.and && self.classes.and != 0);
                let Some((more, n)) = self.below_hundred(at + length + skip) else { break };
                length += skip + more;
                current = current.checked_add(n)?;
                scaled = false;
            } else {
                break;
            }
        }
        if length == 0 {
            return None;
        }
        let mut millis = total.checked_add(current)?.checked_mul(1000)?;
        let c = self.classes;
        if self.word(at + length) == c.and
            && self.word(at + length + 1) == c.a
            && self.word(at + length + 2) == c.half
            && c.half != 0
        {
            length += 3;
            millis = millis.checked_add(500)?;
        }
        Some((length, millis))
    }

    fn ordinal(&self, at: usize) -> Option<(usize, i64)> {
        let first = self.tokens.get(at)?.word;
        if let Some(n) = self.lexicon.number(first, self.classes.ordinal) {
            return Some((1, n));
        }
        let tens = self.lexicon.number(first, self.classes.count).filter(|n| *n >= 20)?;
        let skip = usize::from(self.word(at + 1) == self.classes.hyphen && self.classes.hyphen != 0);
        let ones = self.lexicon.number(self.word(at + 1 + skip), self.classes.ordinal)?;
        (1..10).contains(&ones).then_some((2 + skip, tens + ones))
    }

    fn spoken_year(&self, at: usize) -> Option<(usize, i64)> {
        let (first, century) = self.below_hundred(at)?;
        if (10..=20).contains(&century) {
            if let Some((more, rest)) = self.below_hundred(at + first) {
                let oh = rest >= 10;
                return oh.then_some((first + more, century * 100 + rest));
            }
            return None;
        }
        if (1..=2).contains(&century)
            && self.lexicon.number(self.word(at + first), self.classes.scale) == Some(1000)
        {
            let and = usize::from(self.word(at + first + 1) == self.classes.and);
            if let Some((more, rest)) = self.below_hundred(at + first + 1 + and) {
                return Some((first + 1 + and + more, century * 1000 + rest));
            }
            return Some((first + 1, century * 1000));
        }
        None
    }
}
