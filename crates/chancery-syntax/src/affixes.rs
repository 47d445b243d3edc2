//! What the tokenizer splits off a run of characters: prefixes, suffixes, infixes; and what it
//! leaves whole because it is a web address. Each is found in one pass, without backtracking, in
//! the order of preference of the model's regular expressions.

use crate::characters::{
    AFTER_COMMA, AFTER_HYPHEN, AFTER_PERIOD, AFTER_SIGN, BEFORE_COMMA, BEFORE_FINAL_PERIOD, BEFORE_HYPHEN,
    BEFORE_PERIOD, BEFORE_SIGN, CAPITAL, Characters, DECIMAL, ICON, PREFIX, SUFFIX, TOP_DOMAIN, WORD,
};
use crate::model::ModelError;
use crate::pack::Pack;

pub(crate) struct Affixes {
    /// Prefixes and suffixes of several characters.
    prefixes: Vec<Box<str>>,
    suffixes: Vec<Box<str>>,
    /// Suffixes only after a digit: units of measure and currency signs.
    units: Vec<Box<str>>,
}

impl Affixes {
    pub(crate) fn load(pack: &Pack<'_>) -> Result<Self, ModelError> {
        let phrases = |name: &str| -> Result<Vec<Box<str>>, ModelError> {
            Ok(pack.strings(name)?.iter().map(Into::into).collect())
        };
        Ok(Self {
            prefixes: phrases("tokenizer.prefix.phrases")?,
            suffixes: phrases("tokenizer.suffix.phrases")?,
            units: phrases("tokenizer.suffix.units")?,
        })
    }

    /// The length in bytes of the text's prefix, 0 without one.
    pub(crate) fn prefix(&self, characters: &Characters, text: &str) -> usize {
        let mut rest = text.chars();
        let Some(first) = rest.next() else { return 0 };
        if characters.is(first, PREFIX) {
            return first.len_utf8();
        }
        match first {
            '+' if !rest.next().is_some_and(|c| c.is_ascii_digit()) => 1,
            '.' => repeated(text.bytes()),
            _ => self.prefixes.iter().find(|p| text.starts_with(&***p)).map_or(0, |p| p.len()),
        }
    }

    /// The length in bytes of the text's suffix, 0 without one. Where several end the text, the one
    /// that begins first counts.
    pub(crate) fn suffix(&self, characters: &Characters, text: &str) -> usize {
        let mut before = text.chars().rev();
        let Some(last) = before.next() else { return 0 };
        let mut longest = if characters.is(last, SUFFIX) { last.len_utf8() } else { 0 };
        if last == '.' {
            longest = longest.max(repeated(text.bytes().rev()));
            let (one, two) = (before.next(), before.next());
            if one.is_some_and(|c| characters.is(c, BEFORE_FINAL_PERIOD))
                || one.is_some_and(|c| "FfCcKk".contains(c)) && two == Some('°')
                || one.is_some_and(|c| characters.is(c, CAPITAL))
                    && two.is_some_and(|c| characters.is(c, CAPITAL))
            {
                longest = longest.max(1);
            }
            return longest;
        }
        let after_digit = |suffix: &str| {
            text.strip_suffix(suffix).is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
        };
        if last == '+' && after_digit("+") {
            longest = longest.max(1);
        }
        for suffix in &self.suffixes {
            if suffix.len() > longest && text.ends_with(&**suffix) {
                longest = suffix.len();
            }
        }
        for unit in &self.units {
            if unit.len() > longest && after_digit(unit) {
                longest = unit.len();
            }
        }
        longest
    }

    /// Calls `found` with the byte range of each infix, in order.
    pub(crate) fn infixes(characters: &Characters, text: &str, mut found: impl FnMut(usize, usize)) {
        let mut before: Option<char> = None;
        let mut at = 0;
        while let Some(here) = text[at..].chars().next() {
            let rest = &text[at + here.len_utf8()..];
            let next = rest.chars().next();
            let between = |left, right| {
                before.is_some_and(|c| characters.is(c, left))
                    && next.is_some_and(|c| characters.is(c, right))
            };
            let length = match here {
                '.' if next == Some('.') => repeated(text[at..].bytes()),
                '.' if between(BEFORE_PERIOD, AFTER_PERIOD) => 1,
                '…' => here.len_utf8(),
                ',' if between(BEFORE_COMMA, AFTER_COMMA) => 1,
                ':' | '<' | '>' | '=' | '/' if between(BEFORE_SIGN, AFTER_SIGN) => 1,
                _ if characters.is(here, ICON) => here.len_utf8(),
                '+' | '-' | '*' | '^' if calculates(before, next) => 1,
                '-' | '–' | '—' | '~' if before.is_some_and(|c| characters.is(c, BEFORE_HYPHEN)) => {
                    hyphens(here, rest, |c| characters.is(c, AFTER_HYPHEN))
                }
                _ => 0,
            };
            if length == 0 {
                before = Some(here);
                at += here.len_utf8();
            } else {
                found(at, at + length);
                before = text[at..at + length].chars().next_back();
                at += length;
            }
        }
    }
}

/// The number of full stops that a text begins with, if more than one.
fn repeated(bytes: impl Iterator<Item = u8>) -> usize {
    let count = bytes.take_while(|&b| b == b'.').count();
    if count > 1 { count } else { 0 }
}

fn calculates(before: Option<char>, next: Option<char>) -> bool {
    before.is_some_and(|c| c.is_ascii_digit()) && next.is_some_and(|c| c.is_ascii_digit() || c == '-')
}

/// One dash of any kind, two or three hyphens, two long dashes; a letter must follow.
fn hyphens(first: char, rest: &str, letter: impl Fn(char) -> bool) -> usize {
    let follows = |rest: &str| rest.chars().next().is_some_and(&letter);
    if follows(rest) {
        return first.len_utf8();
    }
    let limit = match first {
        '-' => 2,
        '—' => 1,
        _ => 0,
    };
    let mut rest = rest;
    let mut length = first.len_utf8();
    for _ in 0..limit {
        let Some(after) = rest.strip_prefix(first) else { return 0 };
        rest = after;
        length += first.len_utf8();
        if follows(rest) {
            return length;
        }
    }
    0
}

/// Is the whole text a web address? `text` has no white space.
pub(crate) fn is_url(characters: &Characters, text: &str) -> bool {
    if !text.contains('.') {
        return false;
    }
    // Scheme and user are optional: the host may begin at the start, after the scheme, or after any
    // `@` that something stands before, be it of the scheme.
    if is_host(characters, text) {
        return true;
    }
    let after_scheme = text.find("://").filter(|&end| {
        let scheme = &text[..end];
        scheme.chars().nth(1).is_some()
            && scheme.chars().all(|c| characters.is(c, WORD) || matches!(c, '+' | '-' | '.'))
    });
    if after_scheme.is_some_and(|end| is_host(characters, &text[end + 3..])) {
        return true;
    }
    text.match_indices('@').any(|(at, _)| at > 0 && is_host(characters, &text[at + 1..]))
}

/// Host, port and path to the end of the text.
fn is_host(characters: &Characters, text: &str) -> bool {
    // A host has none of these, so that the search for one from each `@` stays linear.
    let end = text.find([':', '/', '?', '#', '@']).unwrap_or(text.len());
    let (host, tail) = text.split_at(end);
    (is_address(characters, host) || is_domain(characters, host)) && is_tail(characters, tail)
}

fn is_tail(characters: &Characters, tail: &str) -> bool {
    let Some(port) = tail.strip_prefix(':') else {
        return tail.is_empty() || tail.starts_with(['/', '?', '#']);
    };
    let digits = port.chars().take_while(|&c| characters.is(c, DECIMAL)).count();
    let rest: usize = port.chars().take(digits).map(char::len_utf8).sum();
    let rest = &port[rest..];
    (2..=5).contains(&digits) && (rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

/// Labels of letters and digits, joined by full stops, and a top domain of lower-case letters.
fn is_domain(characters: &Characters, host: &str) -> bool {
    let Some((labels, top)) = host.rsplit_once('.') else { return false };
    let outer = |c: char| c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c);
    let is_label = |label: &str| {
        label.starts_with(outer)
            && label.ends_with(outer)
            && label.chars().all(|c| outer(c) || c == '_' || c == '-')
            && label.chars().count() <= 64
    };
    top.chars().all(|c| characters.is(c, TOP_DOMAIN))
        && (2..=63).contains(&top.chars().count())
        && labels.split('.').all(is_label)
}

/// A dotted IPv4 address outside the private networks.
fn is_address(characters: &Characters, host: &str) -> bool {
    let parts: Vec<&str> = host.split('.').take(5).collect();
    let [first, second, third, fourth] = parts.as_slice() else { return false };
    let digits = |part: &str| part.chars().all(|c| characters.is(c, DECIMAL));
    // One digit of any script where the pattern leaves it open, otherwise ASCII.
    let inner = |part: &str, highest: char| {
        digits(part)
            && match part.chars().collect::<Vec<_>>().as_slice() {
                [_] | [_, _] | ['1', _, _] | ['2', '0'..='4', _] => true,
                ['2', '5', c] => ('0'..=highest).contains(c),
                _ => false,
            }
    };
    let no_leading_zero = |part: &str| part.starts_with(|c| matches!(c, '1'..='9'));
    let outer = digits(first)
        && match first.chars().collect::<Vec<_>>().as_slice() {
            ['1'..='9'] | ['1'..='9', _] | ['1', _, _] | ['2', '0' | '1', _] => true,
            ['2', '2', c] => ('0'..='3').contains(c),
            _ => false,
        };
    let private = matches!(*first, "10" | "127")
        || matches!((*first, *second), ("169", "254") | ("192", "168"))
        || *first == "172"
            && match second.chars().collect::<Vec<_>>().as_slice() {
                ['1', c] => ('6'..='9').contains(c),
                ['2', c] => characters.is(*c, DECIMAL),
                ['3', c] => matches!(c, '0' | '1'),
                _ => false,
            };
    outer
        && !private
        && inner(second, '5')
        && inner(third, '5')
        && inner(fourth, '4')
        && no_leading_zero(fourth)
}
