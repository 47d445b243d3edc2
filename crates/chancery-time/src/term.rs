//! The terms that tell what a rule's words mean: `month(step(year, -1), month)`.

/// A term: calls of the functions of [`crate::meaning`] over what the pattern captured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Term {
    Call(String, Vec<Self>),
    /// A capture's slot.
    Capture(usize),
    /// The capture counted backwards.
    Minus(usize),
    Number(i64),
    /// A name: a unit, a season, `past`.
    Word(String),
    /// `_`, or a capture of another of the rule's patterns.
    Missing,
}

/// Reads a term; `names` are the pattern's captures, `others` those of all the rule's patterns. A name that
/// is no capture is a word.
///
/// # Errors
/// A bracket not closed, or text after the end.
pub(crate) fn read(text: &str, names: &[String], others: &[String]) -> Result<Term, String> {
    let mut reader = Reader { rest: text.trim(), names, others };
    let term = reader.term()?;
    if reader.rest.is_empty() { Ok(term) } else { Err(format!("`{}` follows the end", reader.rest)) }
}

struct Reader<'a> {
    rest: &'a str,
    names: &'a [String],
    others: &'a [String],
}

impl Reader<'_> {
    fn eat(&mut self, mark: char) -> bool {
        let Some(rest) = self.rest.strip_prefix(mark) else { return false };
        self.rest = rest.trim_start();
        true
    }

    fn term(&mut self) -> Result<Term, String> {
        let minus = self.eat('-');
        let end = self.rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(self.rest.len());
        let word = self.rest[..end].to_owned();
        if word.is_empty() {
            return Err(format!("a name or number should stand before `{}`", self.rest));
        }
        self.rest = self.rest[end..].trim_start();
        if let Ok(n) = word.parse::<i64>() {
            return Ok(Term::Number(if minus { -n } else { n }));
        }
        if self.eat('(') {
            let mut terms = Vec::new();
            while !self.eat(')') {
                terms.push(self.term()?);
                if !self.eat(',') && !self.rest.starts_with(')') {
                    return Err("a `(` is not closed".to_owned());
                }
            }
            return Ok(Term::Call(word, terms));
        }
        match self.names.iter().position(|n| *n == word) {
            Some(slot) if minus => Ok(Term::Minus(slot)),
            Some(slot) => Ok(Term::Capture(slot)),
            None if word == "_" || self.others.contains(&word) => Ok(Term::Missing),
            None => Ok(Term::Word(word)),
        }
    }
}
