//! On whose word: attributions with source, cue and content, and the source of every span.

mod quotes;
mod tree;
mod cues;
mod content;
mod phrases;
mod silence;
mod release;
mod assemble;
mod carry;
mod speakers;
mod explain;

use std::ops::Range;

use chancery_syntax::Document;
use chancery_time::Interval;
use jiff::civil::Date;

use crate::coding::SourceKind;
pub use crate::coding::Stance;
use crate::knowledge::sources::Sources;
use crate::mentions::Mentions;

/// One source's words on something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Tokens that name the source; `None` where it is unnamed ("it is understood").
    pub source: Option<Range<usize>>,
    /// Head token of the source's phrase.
    pub source_head: Option<usize>,
    /// Index into the report's actors, where the source resolves to one.
    pub actor: Option<usize>,
    /// Name as the record gives it.
    pub name: Option<String>,
    pub kind: SourceKind,
    pub side: Option<String>,
    /// Tokens of the cue: the verb, "according to". Empty, at the start of the content, where the
    /// attribution is carried on without a cue of its own.
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
    /// Some of the content stands in quotation marks.
    pub quoted: bool,
    /// Id of the entry or rule that made it.
    pub rule: String,
}

impl Attribution {
    /// The content covers the token.
    #[must_use]
    pub fn covers(&self, token: usize) -> bool {
        self.content.iter().any(|r| r.contains(&token))
    }

    /// The content rests on the source's word. What a thing, rather than a document or a person, shows
    /// is the report's own inference.
    #[must_use]
    pub fn tells(&self) -> bool {
        match self.stance {
            Stance::Show => {
                matches!(self.kind, SourceKind::Document | SourceKind::Expert | SourceKind::Media)
            }
            stance => stance.tells(),
        }
    }

    /// How many tokens are said.
    #[must_use]
    pub fn size(&self) -> usize {
        self.content.iter().map(Range::len).sum()
    }
}

/// All attributions of a report, and who says each token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributions {
    all: Vec<Attribution>,
    /// The innermost telling attribution over each token.
    over: Vec<Option<usize>>,
}

impl Attributions {
    /// In order of their first token.
    #[must_use]
    pub fn all(&self) -> &[Attribution] {
        &self.all
    }

    /// The innermost attribution on whose word the token stands.
    #[must_use]
    pub fn at(&self, token: usize) -> Option<&Attribution> {
        self.index_at(token).map(|i| &self.all[i])
    }

    /// Index of [`Self::at`] in [`Self::all`].
    #[must_use]
    pub fn index_at(&self, token: usize) -> Option<usize> {
        self.over.get(token).copied().flatten()
    }

    /// From the innermost attribution over the token outwards.
    pub fn chain(&self, token: usize) -> impl Iterator<Item = &Attribution> {
        let mut at = self.index_at(token);
        std::iter::from_fn(move || {
            let one = &self.all[at?];
            at = one.within;
            Some(one)
        })
    }

    /// The attribution on whose word a run of tokens stands: that over most of them, or else the one
    /// whose cue the run holds, so that "accused Russia of …" is the accuser's.
    #[must_use]
    pub fn for_span(&self, tokens: Range<usize>) -> Option<&Attribution> {
        let cued = self
            .all
            .iter()
            .filter(|a| !a.cue.is_empty() && tokens.start <= a.cue.start && a.cue.end <= tokens.end)
            .filter(|a| a.tells() && self.index_at(a.cue.start).is_none())
            .min_by_key(|a| (a.cue.start, usize::MAX - a.size()));
        if cued.is_some() {
            return cued;
        }
        let mut votes: Vec<(usize, usize)> = Vec::new();
        let mut bare = 0;
        for token in tokens {
            match self.index_at(token) {
                None => bare += 1,
                Some(i) => match votes.iter_mut().find(|(j, _)| *j == i) {
                    Some((_, n)) => *n += 1,
                    None => votes.push((i, 1)),
                },
            }
        }
        let (best, n) = votes.into_iter().max_by_key(|&(i, n)| (n, usize::MAX - i))?;
        (n >= bare).then(|| &self.all[best])
    }
}

/// Finds who says what in a parsed report. `times` are the report's time expressions by byte span,
/// for the day of speaking.
#[must_use]
pub fn find(
    doc: &Document,
    mentions: &Mentions,
    published: Date,
    times: &[(Range<usize>, Interval)],
    k: &Sources,
) -> Attributions {
    let quotes = quotes::find(doc);
    let mut all = cues::find(doc, k, &quotes);
    phrases::find(doc, k, &quotes, &mut all);
    assemble::quotes(doc, &quotes, k, &mut all);
    silence::find(doc, k, &mut all);
    assemble::order(&mut all);
    all.extend(release::find(doc, k));
    speakers::resolve(doc, mentions, k, &mut all);
    speakers::date(doc, published, times, &mut all);
    carry::on(doc, &quotes, &mut all);
    assemble::finish(doc, all)
}

pub use explain::explain;
