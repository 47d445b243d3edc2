//! What ties expressions to each other and to what they date: ranges, and the governing word.

use std::ops::Range;

use crate::calendar;
use crate::lexicon::{Datum, Lexicon};
use crate::timex::{Grain, Interval, Relation, Timex, TimexKind, Whole};
use crate::tokens::Token;

/// Where an expression stands among the tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    pub from: usize,
    pub to: usize,
    /// Its rule makes it one range with the expression before it.
    pub joined: bool,
}

/// The word before an expression that ties it to what it dates; an article or "about" may stand between.
pub(crate) fn relation(tokens: &[Token], from: usize, lexicon: &Lexicon) -> Option<(Relation, Range<usize>)> {
    let class = lexicon.class("relation")?;
    let skip = lexicon.class("relation_skip");
    for at in (from.saturating_sub(3)..from).rev() {
        let token = &tokens[at];
        if let Some(Datum::Name(name)) = lexicon.meaning(token.word, class) {
            let relation = named(name)?;
            let compared = relation == Relation::Since && compared(tokens, at, lexicon);
            return Some((if compared { Relation::In } else { relation }, token.span()));
        }
        if skip.is_none_or(|c| lexicon.mask(token.word) & (1 << c) == 0) {
            return None;
        }
    }
    None
}

/// "The first visit since October": the time of what is compared, not of what goes on.
fn compared(tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let class = lexicon.class("compared");
    let mut before = tokens[at.saturating_sub(10)..at].iter().rev().take_while(|t| !t.opens_sentence);
    before.any(|t| class.is_some_and(|c| lexicon.mask(t.word) & (1 << c) != 0))
}

fn named(name: &str) -> Option<Relation> {
    Some(match name {
        "in" => Relation::In,
        "before" => Relation::Before,
        "after" => Relation::After,
        "by" => Relation::By,
        "since" => Relation::Since,
        "until" => Relation::Until,
        "from" => Relation::From,
        "to" => Relation::To,
        "between" => Relation::Between,
        "for" => Relation::For,
        "within" => Relation::Within,
        "around" => Relation::Around,
        "over" => Relation::Over,
        _ => return None,
    })
}

/// Joins the two ends of a range, and days that follow each other ("7 and 8 November").
pub(crate) fn link(found: &mut [Timex], bounds: &[Bounds], text: &str, tokens: &[Token]) {
    for n in 1..found.len() {
        let between = &tokens[bounds[n - 1].to.min(bounds[n].from)..bounds[n].from];
        let relation = found[n - 1].relation.as_ref().map(|(r, _)| *r);
        let mut words = between.iter().map(|t| &text[t.span()]);
        let (first, more) = (words.next(), words.next());
        let opened = matches!(relation, Some(Relation::From | Relation::Between));
        let joins = bounds[n].joined
            || more.is_none()
                && match first {
                    Some("to" | "until" | "through" | "till" | "-" | "–" | "—") => true,
                    Some("or") => follow(&found[n - 1], &found[n]),
                    Some("and") => relation == Some(Relation::Between) || follow(&found[n - 1], &found[n]),
                    _ => false,
                }
            || opened && more == Some("to") && first == Some(",");
        if first == Some("for") && more.is_none() && found[n].kind == TimexKind::Duration {
            lasting(found, n);
        }
        let kind = |t: &Timex| if t.kind == TimexKind::Time { TimexKind::Date } else { t.kind };
        if !joins || kind(&found[n]) != kind(&found[n - 1]) || found[n].kind == TimexKind::Set {
            continue;
        }
        let (Some(a), Some(b)) = (found[n - 1].interval, found[n].interval) else { continue };
        if found[n - 1].kind == TimexKind::Duration || b.to < a.from || b.to.is_none() || a.from.is_none() {
            continue;
        }
        let whole = Whole {
            span: found[n - 1].span.start..found[n].span.end,
            interval: Interval { from: a.from, to: b.to },
        };
        found[n - 1].whole = Some(whole.clone());
        found[n].whole = Some(whole);
    }
}

/// "On Sunday for two days": a first day and how long it lasts.
fn lasting(found: &mut [Timex], n: usize) {
    let (Some(start), Some(length)) = (found[n - 1].interval, found[n].length) else { return };
    let (Some(from), true) = (start.from, start.from == start.to) else { return };
    // Two days are the first and the next; 48 hours reach into the third.
    let more = if found[n].grain < Grain::Day { length } else { length - 1 };
    let Some(to) = calendar::plus_days(from, more) else { return };
    let whole =
        Whole { span: found[n - 1].span.start..found[n].span.end, interval: Interval::closed(from, to) };
    found[n - 1].whole = Some(whole.clone());
    found[n].whole = Some(whole);
}

/// The second begins on the day after the first ends.
fn follow(a: &Timex, b: &Timex) -> bool {
    let (Some(a), Some(b)) = (a.interval.and_then(|i| i.to), b.interval.and_then(|i| i.from)) else {
        return false;
    };
    a.tomorrow().is_ok_and(|next| next == b)
}
