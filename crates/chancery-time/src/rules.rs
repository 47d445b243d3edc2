//! The rule files: their shape, and reading them into a grammar.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use crate::lexicon::{Datum, Lexicon};
use crate::meaning::FUNCTIONS;
use crate::numbers::NumberClasses;
use crate::pattern::{self, First, Pattern};
use crate::term::{self, Term};

/// A rule file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct GrammarError {
    pub file: String,
    /// From 1.
    pub line: usize,
    pub message: String,
}

/// An expression that a rule must read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub text: String,
    /// The words that are the expression; the whole text where not told.
    pub words: Option<String>,
    /// TIMEX3 value; `none` where the words are to be read as no time.
    pub value: String,
    #[serde(rename = "mod")]
    pub modifier: Option<String>,
    /// First and last day, where they are worth telling; `open` for an open end.
    pub from: Option<String>,
    pub to: Option<String>,
    /// The report's date; the grammar's where not told.
    pub on: Option<Date>,
}

/// A rule as read: patterns, what they mean, and the examples that prove it.
#[derive(Clone, Debug)]
pub struct Rule {
    pub id: String,
    /// Where it stands.
    pub file: String,
    pub line: usize,
    pub yes: Vec<Example>,
    pub no: Vec<String>,
    pub(crate) ranged: bool,
    /// It holds in histories alone.
    pub(crate) narrative: bool,
    /// 0 for what is made of words alone, 1 for what is made of such expressions, 2 for what is made of
    /// these.
    pub(crate) level: usize,
    pub(crate) patterns: Vec<Row>,
    pub(crate) before: Vec<Pattern>,
    pub(crate) not_before: Vec<Pattern>,
    pub(crate) after: Vec<Pattern>,
    pub(crate) not_after: Vec<Pattern>,
}

/// A pattern with its terms, one for each extent.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub pattern: Pattern,
    pub terms: Vec<Term>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    classes: BTreeMap<String, ClassRow>,
    #[serde(default)]
    patterns: BTreeMap<String, String>,
    #[serde(default)]
    rule: Vec<toml::Spanned<RuleRow>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassRow {
    #[serde(default)]
    capital: bool,
    words: BTreeMap<String, WordValue>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WordValue {
    Number(i64),
    Name(String),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn into_vec(self) -> Vec<String> {
        match self {
            Self::One(one) => vec![one],
            Self::More(more) => more,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    id: String,
    #[serde(rename = "match")]
    patterns: OneOrMore,
    means: OneOrMore,
    #[serde(default)]
    range: bool,
    #[serde(default)]
    narrative: bool,
    level: Option<usize>,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    not_before: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    not_after: Vec<String>,
    #[serde(default)]
    yes: Vec<Example>,
    #[serde(default)]
    no: Vec<String>,
}

/// The rules and the words that they know, ready to be matched.
#[derive(Clone, Debug)]
pub struct Grammar {
    pub(crate) lexicon: Lexicon,
    pub(crate) numbers: NumberClasses,
    pub(crate) rules: Vec<Rule>,
    /// Which rows may begin with what, by level.
    starts: [Starts; 3],
}

/// Rules and rows by what their matches may begin with.
#[derive(Clone, Debug, Default)]
struct Starts {
    /// By the word's id.
    by_word: Vec<Vec<(usize, usize)>>,
    /// By the class's bit.
    by_class: Vec<Vec<(usize, usize)>>,
    by_digits: Vec<(usize, usize)>,
    by_spelled: Vec<(usize, usize)>,
    by_time: Vec<(usize, usize)>,
    /// The classes of which `by_class` holds any.
    class_mask: u64,
}

fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1
}

impl Grammar {
    /// Reads rule files: their names (for messages) and contents. Classes and named patterns may stand in
    /// any of them.
    ///
    /// # Errors
    /// A file that is not TOML of the right shape, a rule without examples, an unknown class, function or
    /// word, an id given twice: with file and line.
    pub fn from_files<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    ) -> Result<Self, GrammarError> {
        let mut read = Vec::new();
        for (name, bytes) in files {
            let fail = |line, message| GrammarError { file: name.to_owned(), line, message };
            let text = std::str::from_utf8(bytes).map_err(|e| fail(1, format!("no UTF-8: {e}")))?;
            let file: File = toml::from_str(text)
                .map_err(|e| fail(e.span().map_or(1, |s| line_of(text, s.start)), e.message().to_owned()))?;
            read.push((name, text, file));
        }
        let mut lexicon = Lexicon::default();
        let mut named = BTreeMap::new();
        for (name, _, file) in &read {
            let fail = |message| GrammarError { file: (*name).to_owned(), line: 1, message };
            for (class, row) in &file.classes {
                let index = lexicon.add_class(class, row.capital).map_err(fail)?;
                for (word, value) in &row.words {
                    let datum = match value {
                        WordValue::Number(n) => Datum::Number(*n),
                        WordValue::Name(n) => Datum::Name(n.clone()),
                    };
                    lexicon.add_meaning(word, index, datum).map_err(fail)?;
                }
            }
            named.extend(file.patterns.clone());
        }
        let numbers = number_classes(&mut lexicon).map_err(|message| GrammarError {
            file: "the rule files".to_owned(),
            line: 1,
            message,
        })?;
        let mut rules: Vec<Rule> = Vec::new();
        let mut ids = BTreeMap::new();
        for (name, text, file) in read {
            for row in file.rule {
                let line = line_of(text, row.span().start);
                let fail = |message: String| GrammarError { file: name.to_owned(), line, message };
                let row = row.into_inner();
                if let Some(earlier) = ids.insert(row.id.clone(), format!("{name}:{line}")) {
                    return Err(fail(format!("rule `{}` stands already at {earlier}; rename one", row.id)));
                }
                let id = row.id.clone();
                let rule = build(row, name, line, &mut lexicon, &named)
                    .map_err(|message| fail(format!("rule `{id}`: {message}")))?;
                rules.push(rule);
            }
        }
        let mut grammar = Self { lexicon, numbers, rules, starts: Default::default() };
        grammar.index()?;
        Ok(grammar)
    }

    /// All rules, in the order of the files.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn index(&mut self) -> Result<(), GrammarError> {
        for (r, rule) in self.rules.iter().enumerate() {
            let starts = &mut self.starts[rule.level];
            starts.by_class.resize(64, Vec::new());
            for (p, row) in rule.patterns.iter().enumerate() {
                let fail = |message| GrammarError {
                    file: rule.file.clone(),
                    line: rule.line,
                    message: format!("rule `{}`: {message}", rule.id),
                };
                for first in row.pattern.firsts().map_err(fail)? {
                    match first {
                        First::Word(id) => {
                            let id = id as usize;
                            if starts.by_word.len() <= id {
                                starts.by_word.resize(id + 1, Vec::new());
                            }
                            starts.by_word[id].push((r, p));
                        }
                        First::Class(class) => {
                            starts.class_mask |= 1 << class;
                            starts.by_class[class].push((r, p));
                        }
                        First::Digits => starts.by_digits.push((r, p)),
                        First::Spelled => starts.by_spelled.push((r, p)),
                        First::Time => starts.by_time.push((r, p)),
                    }
                }
            }
        }
        Ok(())
    }

    /// The rows of a level that may begin at a token, each once, in the order of the files; `time` where an
    /// expression of a lower level begins there.
    pub(crate) fn candidates(
        &self,
        word: u32,
        digits: bool,
        level: usize,
        time: bool,
    ) -> Vec<(usize, usize)> {
        let starts = &self.starts[level];
        let mut rows = Vec::new();
        if digits {
            rows.extend(&starts.by_digits);
        }
        if word != 0 {
            if let Some(own) = starts.by_word.get(word as usize) {
                rows.extend(own);
            }
            let mask = self.lexicon.mask(word);
            let mut bits = mask & starts.class_mask;
            while bits != 0 {
                rows.extend(&starts.by_class[bits.trailing_zeros() as usize]);
                bits &= bits - 1;
            }
            if mask & self.numbers.starts_spelled() != 0 {
                rows.extend(&starts.by_spelled);
            }
        }
        if time {
            rows.extend(&starts.by_time);
        }
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}

fn number_classes(lexicon: &mut Lexicon) -> Result<NumberClasses, String> {
    let class = |name: &str| lexicon.class(name).ok_or_else(|| format!("no file has the class `{name}`"));
    let (count, scale, ordinal, suffix) =
        (class("count")?, class("scale")?, class("ordinal")?, class("suffix")?);
    Ok(NumberClasses {
        count,
        scale,
        ordinal,
        suffix,
        hyphen: lexicon.intern("-")?,
        and: lexicon.intern("and")?,
        a: lexicon.intern("a")?,
        half: lexicon.intern("half")?,
    })
}

fn build(
    row: RuleRow,
    file: &str,
    line: usize,
    lexicon: &mut Lexicon,
    named: &BTreeMap<String, String>,
) -> Result<Rule, String> {
    if row.yes.is_empty() || row.no.is_empty() {
        return Err("give it at least one `yes` and one `no` example".to_owned());
    }
    let means = row.means.into_vec();
    let mut compiled = Vec::new();
    for text in row.patterns.into_vec() {
        let pattern =
            pattern::compile(&text, lexicon, named).map_err(|e| format!("pattern `{text}`: {e}"))?;
        if pattern.extents.max(1) != means.len() {
            let (marked, told) = (pattern.extents.max(1), means.len());
            return Err(format!("pattern `{text}` has {marked} expressions, `means` {told}"));
        }
        compiled.push(pattern);
    }
    let names: Vec<String> = compiled.iter().flat_map(|p| p.names.iter().cloned()).collect();
    let mut patterns = Vec::new();
    for pattern in compiled {
        let mut terms = Vec::new();
        for text in &means {
            let term =
                term::read(text, &pattern.names, &names).map_err(|e| format!("means `{text}`: {e}"))?;
            check_term(&term).map_err(|e| format!("means `{text}`: {e}"))?;
            terms.push(term);
        }
        patterns.push(Row { pattern, terms });
    }
    let composes = usize::from(patterns.iter().any(|row| row.pattern.composes()));
    let level = row.level.unwrap_or(composes);
    if level > 2 || level < composes {
        return Err(
            "its `level` is 0 where it is made of words, 1 or 2 where it is made of expressions".to_owned()
        );
    }
    let mut contexts = |texts: Vec<String>| {
        texts
            .iter()
            .map(|text| {
                match pattern::compile(text, lexicon, named) {
                    Ok(pattern) if pattern.composes() => {
                        Err("words before and after may be no expressions".into())
                    }
                    read => read,
                }
                .map_err(|e| format!("pattern `{text}`: {e}"))
            })
            .collect::<Result<Vec<_>, String>>()
    };
    Ok(Rule {
        before: contexts(row.before)?,
        not_before: contexts(row.not_before)?,
        after: contexts(row.after)?,
        not_after: contexts(row.not_after)?,
        id: row.id,
        file: file.to_owned(),
        line,
        yes: row.yes,
        no: row.no,
        ranged: row.range,
        narrative: row.narrative,
        level,
        patterns,
    })
}

fn check_term(term: &Term) -> Result<(), String> {
    let Term::Call(name, args) = term else { return Ok(()) };
    let Some((_, least, most)) = FUNCTIONS.iter().find(|(n, ..)| n == name) else {
        return Err(format!("no function is called `{name}`"));
    };
    if !(*least..=*most).contains(&args.len()) {
        return Err(format!("`{name}` takes {least} to {most} arguments, not {}", args.len()));
    }
    args.iter().try_for_each(check_term)
}
