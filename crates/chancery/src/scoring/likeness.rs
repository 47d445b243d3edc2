//! How alike two events are, and which event of a coding is which of the gold.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;

use super::shape::{Claim, Days, Event};

/// Two events this alike are the same one told twice.
const ALIKE: f64 = 0.5;

/// Days that an open end reaches back.
const OPEN_END: i64 = 60;

const ENGAGEMENTS: &[&str] = &["visit", "meeting", "summit", "call", "talks", "conference"];

/// Words that many names share, and that tell none of them from another.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "the", "of", "and", "a", "an", "for", "to", "in", "on", "mr", "mrs", "ms", "dr", "jr", "sr",
    "president", "prime", "minister", "foreign", "ministry", "ministers", "government", "governments",
    "officials", "official", "leader", "leaders", "state", "states", "united", "republic", "people",
    "general", "secretary", "spokesman", "spokeswoman", "spokesperson", "king", "prince", "al", "bin",
    "new", "north", "south",
];

/// Words that two names of a source may share without being one.
const OF_NO_SOURCE: &[&str] = &["the", "of", "a", "said"];

/// The events of a coding matched one to one with those of the gold.
pub(crate) struct Matching<'a> {
    /// (gold, system), the most alike first.
    pub(crate) pairs: Vec<(&'a Event, &'a Event)>,
    /// Of the gold, matched by none.
    pub(crate) missed: Vec<&'a Event>,
    /// Of the system, matched by none.
    pub(crate) spurious: Vec<&'a Event>,
}

/// Matches greedily by likeness, ties by place in the report.
pub(crate) fn match_events<'a>(gold: &'a [Event], system: &'a [Event]) -> Matching<'a> {
    let mut ranked: Vec<(f64, usize, usize)> = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, s) in system.iter().enumerate() {
            let alike = likeness(g, s);
            if alike >= ALIKE {
                ranked.push((alike, i, j));
            }
        }
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut twin_of_gold = vec![false; gold.len()];
    let mut twin_of_system = vec![false; system.len()];
    let mut pairs = Vec::new();
    for (_, i, j) in ranked {
        if !twin_of_gold[i] && !twin_of_system[j] {
            (twin_of_gold[i], twin_of_system[j]) = (true, true);
            pairs.push((&gold[i], &system[j]));
        }
    }
    let alone = |events: &'a [Event], taken: &[bool]| {
        events.iter().zip(taken).filter(|(_, taken)| !**taken).map(|(e, _)| e).collect()
    };
    Matching { pairs, missed: alone(gold, &twin_of_gold), spurious: alone(system, &twin_of_system) }
}

/// 0.35 form + 0.35 participants (sides and names, half each) + 0.20 time + 0.10 place; 0 with nothing
/// of the first two.
fn likeness(g: &Event, s: &Event) -> f64 {
    let form = likeness_of_form(g, s);
    let who = likeness_of_participants(g, s);
    if form == 0.0 || who == 0.0 {
        return 0.0;
    }
    let when = match overlap(g.time, s.time) {
        None => 0.5,
        Some(0.0) => 0.0,
        Some(over) => 0.5 + over / 2.0,
    };
    let place = if g.place.country == s.place.country { 1.0 } else { 0.0 };
    0.35 * form + 0.35 * who + 0.20 * when + 0.10 * place
}

pub(crate) fn likeness_of_form(g: &Event, s: &Event) -> f64 {
    let engagement = |e: &Event| e.form.as_deref().is_some_and(|f| ENGAGEMENTS.contains(&f));
    if g.form == s.form {
        1.0
    } else if engagement(g) && engagement(s) || g.plover == s.plover && s.plover.as_deref() != Some("NONE") {
        0.5
    } else {
        0.0
    }
}

pub(crate) fn likeness_of_participants(g: &Event, s: &Event) -> f64 {
    f64::midpoint(jaccard(&sides(g), &sides(s)), likeness_of_names(g, s))
}

fn likeness_of_names(g: &Event, s: &Event) -> f64 {
    let (a, b) = (names(g), names(s));
    let shared = shared_names(&a, &b);
    if a.is_empty() && b.is_empty() { 1.0 } else { ratio(shared, a.len() + b.len() - shared) }
}

fn jaccard(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    if a.is_empty() && b.is_empty() { 1.0 } else { ratio(a.intersection(b).count(), a.union(b).count()) }
}

#[expect(clippy::cast_precision_loss, reason = "counts of events and names")]
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Days in both over days in either; `None` where the gold has no last day.
#[expect(clippy::cast_precision_loss, reason = "counts of days")]
pub(crate) fn overlap(gold: Days, system: Days) -> Option<f64> {
    let day = |date: jiff::civil::Date| date.duration_since(jiff::civil::date(1, 1, 1)).as_hours() / 24;
    let last = day(gold.to?);
    let first = gold.from.map_or(last - OPEN_END, day);
    let Some(system_last) = system.to.map(day) else { return Some(0.0) };
    let system_first = system.from.map_or(system_last - OPEN_END, day);
    let both = last.min(system_last) - first.max(system_first) + 1;
    let either = last.max(system_last) - first.min(system_first) + 1;
    Some(if either > 0 { both.max(0) as f64 / either as f64 } else { 0.0 })
}

/// The participants' sides; the name of those that have none.
pub(crate) fn sides(event: &Event) -> BTreeSet<String> {
    sides_in(event, |_| true)
}

/// The sides that do it.
pub(super) fn agents(event: &Event) -> BTreeSet<String> {
    sides_in(event, |role| role == Some("agent"))
}

fn sides_in(event: &Event, wanted: impl Fn(Option<&str>) -> bool) -> BTreeSet<String> {
    let of = event.participants.iter().filter(|p| wanted(p.role.as_deref()));
    of.map(|p| match p.side.as_deref() {
        Some(side) if !side.is_empty() => side.to_owned(),
        _ => plain(p.name.as_deref()),
    })
    .filter(|side| !side.is_empty())
    .collect()
}

/// The telling words of each participant's name.
pub(super) fn names(event: &Event) -> Vec<BTreeSet<String>> {
    event.participants.iter().map(|p| telling_words(p.name.as_deref())).filter(|w| !w.is_empty()).collect()
}

/// A name's words without titles and words that many names share; all of them where nothing is left.
fn telling_words(name: Option<&str>) -> BTreeSet<String> {
    let name = plain(name);
    let telling = |w: &&str| !COMMON.contains(w) && w.len() > 1;
    let words: BTreeSet<String> = name.split_whitespace().filter(telling).map(str::to_owned).collect();
    if words.is_empty() { name.split_whitespace().map(str::to_owned).collect() } else { words }
}

/// How many names of the two lists have a telling word in common, one to one.
pub(super) fn shared_names(a: &[BTreeSet<String>], b: &[BTreeSet<String>]) -> usize {
    let mut left: Vec<_> = b.iter().collect();
    let mut shared = 0;
    for name in a {
        if let Some(at) = left.iter().position(|other| !name.is_disjoint(other)) {
            left.remove(at);
            shared += 1;
        }
    }
    shared
}

/// Whether two claims say the same on the same word: the status, and two of source, kind and side.
pub(super) fn claims_agree(g: &Claim, s: &Claim) -> bool {
    let same = [same_source(g, s), g.kind == s.kind, g.side == s.side];
    g.status == s.status && same.into_iter().filter(|&same| same).count() >= 2
}

fn same_source(g: &Claim, s: &Claim) -> bool {
    let (a, b) = (plain(g.source.as_deref()), plain(s.source.as_deref()));
    a == b || a.split_whitespace().any(|w| !OF_NO_SOURCE.contains(&w) && b.split_whitespace().any(|v| v == w))
}

/// Lower case, without accents; a blank for every run of what is neither a letter, a digit nor a blank.
fn plain(text: Option<&str>) -> String {
    let mut out = String::new();
    let mut in_run = false;
    let bare = text.unwrap_or_default().nfkd().filter(|&c| canonical_combining_class(c) == 0);
    for c in bare.flat_map(char::to_lowercase) {
        let kept = c.is_ascii_lowercase() || c.is_ascii_digit() || c == ' ';
        if kept {
            out.push(c);
        } else if !in_run {
            out.push(' ');
        }
        in_run = !kept;
    }
    out.trim_matches(' ').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(json: &str) -> Event {
        serde_json::from_str(json).expect("an event")
    }

    fn days(from: &str, to: &str) -> Days {
        Days { from: from.parse().ok(), to: to.parse().ok() }
    }

    #[test]
    fn names_are_compared_by_their_telling_words() {
        #[track_caller]
        fn check(a: &str, b: &str, alike: bool) {
            assert_eq!(!telling_words(Some(a)).is_disjoint(&telling_words(Some(b))), alike, "{a} / {b}");
        }
        check("Foreign Minister Mevlüt Çavuşoğlu", "Cavusoglu", true);
        check("President Vladimir Putin", "President Joe Biden", false);
        check("the foreign ministry", "Foreign Ministry", true);
    }

    #[test]
    fn overlap_counts_days_and_open_ends_reach_back() {
        #[track_caller]
        fn check(gold: Days, system: Days, wanted: Option<f64>) {
            assert_eq!(overlap(gold, system), wanted);
        }
        check(days("2022-11-08", "2022-11-08"), days("2022-11-08", "2022-11-08"), Some(1.0));
        check(days("2022-11-01", "2022-11-04"), days("2022-11-03", "2022-11-06"), Some(1.0 / 3.0));
        check(days("", "2022-11-08"), days("2022-11-08", "2022-11-08"), Some(1.0 / 61.0));
        check(days("2022-11-08", "2022-11-08"), days("2022-11-08", ""), Some(0.0));
        check(days("2022-11-08", ""), days("2022-11-08", "2022-11-08"), None);
    }

    #[test]
    fn the_most_alike_are_matched_and_each_once() {
        let visit = |side: &str| {
            event(&format!(
                r#"{{"type": "CONSULT", "form": "visit", "participants": [{{"name": "{side}", "side": "{side}", "role": "agent"}}]}}"#
            ))
        };
        let gold = [visit("IND"), visit("RUS")];
        let system = [visit("RUS"), visit("RUS"), visit("CHN")];
        let matching = match_events(&gold, &system);
        assert_eq!(matching.pairs.len(), 1);
        assert!(
            std::ptr::eq(matching.pairs[0].0, &raw const gold[1])
                && std::ptr::eq(matching.pairs[0].1, &raw const system[0])
        );
        assert_eq!((matching.missed.len(), matching.spurious.len()), (1, 2));
    }

    #[test]
    fn a_claim_agrees_by_status_and_two_more() {
        #[track_caller]
        fn check(system: &str, agrees: bool) {
            let gold =
                r#"{"source": "Maria Zakharova", "kind": "official", "side": "RUS", "status": "scheduled"}"#;
            let claim = |json| serde_json::from_str::<Claim>(json).expect("a claim");
            assert_eq!(claims_agree(&claim(gold), &claim(system)), agrees, "{system}");
        }
        check(r#"{"source": "Zakharova", "kind": "official", "side": null, "status": "scheduled"}"#, true);
        check(r#"{"source": null, "kind": "official", "side": "RUS", "status": "scheduled"}"#, true);
        check(r#"{"source": "Zakharova", "kind": "media", "side": null, "status": "scheduled"}"#, false);
        check(r#"{"source": "Maria Zakharova", "kind": "official", "side": "RUS", "status": "held"}"#, false);
    }
}
