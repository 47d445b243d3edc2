//! Tokens of a text as the rules see them: words, numbers and marks, with what stands between them.

use std::ops::Range;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    /// First letter upper.
    Title,
    Upper,
    /// No letters.
    None,
}

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    Glued,
    Space,
    /// An empty line: no expression reaches across.
    Paragraph,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Word,
    /// Digits, with thousands commas or a decimal point.
    Number,
    Mark,
}

#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub start: usize,
    pub end: usize,
    pub shape: Shape,
    pub case: Case,
    pub gap: Gap,
    /// The number in thousandths; 0 for others and for numbers too long to matter.
    pub millis: i64,
    /// Digits of a number without comma or point; 0 for others.
    pub digits: u8,
    /// Its word in the grammar's vocabulary; 0 where the grammar doesn't know it.
    pub word: u32,
    /// First token of a sentence, as far as marks tell.
    pub opens_sentence: bool,
}

impl Token {
    pub(crate) fn span(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Splits a text. `is_abbreviation` tells whether a lower-cased word with its full stop is one token.
pub(crate) fn tokenize(
    text: &str,
    mut lookup: impl FnMut(&str) -> u32,
    mut is_abbreviation: impl FnMut(&str) -> bool,
) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut lower = String::new();
    let (mut at, mut gap, mut opens) = (0, Gap::Paragraph, true);
    while at < bytes.len() {
        let Some(c) = text[at..].chars().next() else { break };
        if c.is_whitespace() {
            let (end, lines) = white_space(text, at);
            gap = if lines > 1 { Gap::Paragraph } else { gap.max(Gap::Space) };
            opens |= lines > 1;
            at = end;
            continue;
        }
        let mut token = Token {
            start: at,
            end: at + c.len_utf8(),
            shape: Shape::Mark,
            case: Case::None,
            gap,
            millis: 0,
            digits: 0,
            word: 0,
            opens_sentence: opens,
        };
        if c.is_ascii_digit() {
            number(bytes, &mut token);
            token.shape = Shape::Number;
        } else if c.is_alphabetic() {
            word(text, &mut token);
            token.shape = Shape::Word;
            token.case = case(&text[token.span()]);
            lower_into(&text[token.span()], &mut lower);
            if let Some(end) = dotted(bytes, token.start, token.end).or_else(|| stop(bytes, token.end)) {
                let mut long = String::new();
                lower_into(&text[token.start..end], &mut long);
                if is_abbreviation(&long) {
                    token.end = end;
                    lower = long;
                }
            }
            token.word = lookup(&lower);
        } else {
            token.word = match c {
                '–' | '‑' | '−' => lookup("-"),
                '’' | '‘' | '`' => lookup("'"),
                _ => lookup(&text[token.span()]),
            };
        }
        opens = match c {
            '.' if token.shape == Shape::Mark => !tokens.last().is_some_and(shortened),
            '!' | '?' | ':' if token.shape == Shape::Mark => true,
            '"' | '”' | '“' | '\'' | '’' | ')' | '(' => opens,
            _ => false,
        };
        at = token.end;
        gap = Gap::Glued;
        tokens.push(token);
    }
    tokens
}

/// Initials and titles ("U.S.", "Mr.") whose full stop ends no sentence.
fn shortened(before: &Token) -> bool {
    before.shape == Shape::Word && before.case != Case::Lower && before.end - before.start <= 3
}

/// Where white space ends, and how many line breaks it holds.
fn white_space(text: &str, start: usize) -> (usize, usize) {
    let rest = &text[start..];
    let end = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
    (start + end, rest[..end].bytes().filter(|b| *b == b'\n').count())
}

fn lower_into(word: &str, into: &mut String) {
    into.clear();
    if word.is_ascii() {
        into.push_str(word);
        into.make_ascii_lowercase();
    } else {
        into.extend(word.chars().flat_map(char::to_lowercase));
    }
}

fn case(word: &str) -> Case {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if first.is_uppercase() => {
            let mut rest = letters.peekable();
            if rest.peek().is_some() && rest.all(|c| !c.is_lowercase()) { Case::Upper } else { Case::Title }
        }
        _ => Case::Lower,
    }
}

/// Digits with their thousands commas and decimal point.
fn number(bytes: &[u8], token: &mut Token) {
    let digits = |at: usize| bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
    let first = digits(token.start);
    let mut end = token.start + first;
    let mut value = 0_i64;
    let mut push = |from: usize, to: usize| {
        for b in &bytes[from..to] {
            value = value.saturating_mul(10).saturating_add(i64::from(b - b'0'));
        }
    };
    push(token.start, end);
    let mut plain = true;
    while first <= 3 && bytes.get(end) == Some(&b',') && end + 1 < bytes.len() && digits(end + 1) == 3 {
        push(end + 1, end + 4);
        end += 4;
        plain = false;
    }
    let mut millis = value.saturating_mul(1000);
    if bytes.get(end) == Some(&b'.') && end + 1 < bytes.len() {
        let count = digits(end + 1);
        let next = bytes.get(end + 1 + count);
        // "8.11.2022" is no decimal.
        if (1..=3).contains(&count) && next != Some(&b'.') {
            let mut scale = 100;
            for b in &bytes[end + 1..end + 1 + count] {
                millis = millis.saturating_add(i64::from(b - b'0') * scale);
                scale /= 10;
            }
            end += 1 + count;
            plain = false;
        }
    }
    token.end = end;
    token.millis = millis;
    token.digits = if plain { u8::try_from(first).unwrap_or(u8::MAX) } else { 0 };
}

/// Letters; digits that follow letters belong to the word ("G20"), letters that follow digits do not ("8pm").
fn word(text: &str, token: &mut Token) {
    let rest = &text[token.start..];
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    token.end = token.start + end;
}

/// The end of a full stop that follows at once.
fn stop(bytes: &[u8], end: usize) -> Option<usize> {
    (bytes.get(end) == Some(&b'.')).then_some(end + 1)
}

/// Where "a.m." ends: letters each with a full stop.
fn dotted(bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    if end != start + 1 || bytes.get(end) != Some(&b'.') {
        return None;
    }
    let mut at = end + 1;
    while bytes.get(at).is_some_and(u8::is_ascii_alphabetic) && bytes.get(at + 1) == Some(&b'.') {
        at += 2;
    }
    (at > end + 1).then_some(at)
}
