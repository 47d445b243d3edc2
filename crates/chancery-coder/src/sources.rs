//! On whose word: attributions with source, cue and content, and the source of every span.

use std::ops::Range;

use jiff::civil::Date;

use crate::coding::SourceKind;

/// What the source does with the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stance {
    Assert,
    Confirm,
    Deny,
    /// Declines to comment, has not announced, gives no word.
    NoWord,
    Speculate,
    Promise,
    Warn,
    Ask,
    /// Tells what somebody else said.
    Relay,
}

/// One source's words on something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Tokens that name the source; `None` where it is unnamed ("it is understood").
    pub source: Option<Range<usize>>,
    /// Index into the report's actors, where the source resolves to one.
    pub actor: Option<usize>,
    /// Name as the record gives it.
    pub name: Option<String>,
    pub kind: SourceKind,
    pub side: Option<String>,
    /// Tokens of the cue: the verb, "according to".
    pub cue: Range<usize>,
    /// Token ranges of what is said, in order; more than one where it is broken.
    pub content: Vec<Range<usize>>,
    pub stance: Stance,
    /// The day of speaking, where it is told.
    pub said: Option<Date>,
    /// Index of the attribution in whose content this one stands.
    pub within: Option<usize>,
    /// Taken over from an earlier sentence.
    pub carried: bool,
    pub rule: String,
}
