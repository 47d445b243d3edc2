//! The index by which a mention finds the tracks it may belong to: kind of event, sides, year.

use std::collections::BTreeSet;

use crate::portrait::{Class, Phase, Portrait, Track};
use crate::time::Day;

/// A cell of the index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub class: Class,
    /// One or two sides, or a telling word of a name where no side is known.
    pub who: (String, String),
    pub year: i64,
}

/// More sides than this make no more pairs: a gathering of thirty is found by its first few.
const SIDES: usize = 6;

/// The year of a day, to within a day: 400 years have 146,097 days.
fn year(day: Day) -> i64 {
    1970 + (i64::from(day) * 400).div_euclid(146_097)
}

fn who(portrait: &Portrait) -> BTreeSet<(String, String)> {
    let mut sides: Vec<&str> = portrait.sides().into_iter().collect();
    sides.truncate(SIDES);
    let mut out = BTreeSet::new();
    for (i, a) in sides.iter().enumerate() {
        for b in &sides[i + 1..] {
            out.insert(((*a).to_owned(), (*b).to_owned()));
        }
    }
    if sides.len() == 1 {
        out.insert((sides[0].to_owned(), String::new()));
    }
    if sides.is_empty() {
        out.extend(
            portrait.parts.iter().filter_map(|p| p.name.words.last()).map(|w| (String::new(), w.clone())),
        );
    }
    out
}

fn years_told(portrait: &Portrait) -> BTreeSet<i64> {
    let mut years = BTreeSet::from([year(portrait.published)]);
    if let Some(days) = portrait.days {
        years.extend([year(days.from), year(days.to)]);
        years.extend((year(days.from)..=year(days.to)).take(3));
    }
    years
}

/// The cells in which a mention looks for its event.
#[must_use]
pub fn keys_of_mention(portrait: &Portrait) -> Vec<Key> {
    let mut years = years_told(portrait);
    if portrait.days.is_none() || portrait.phase != Phase::Done {
        years.insert(year(portrait.published) - 1);
    }
    cells(portrait, &years)
}

/// The cells in which a track can be found.
#[must_use]
pub fn keys_of_track(track: &Track) -> Vec<Key> {
    let mut keys = BTreeSet::new();
    for member in &track.members {
        keys.extend(cells(&member.portrait, &years_told(&member.portrait)));
    }
    keys.into_iter().collect()
}

/// The cells in which a mention lets its track be found.
#[must_use]
pub fn keys_of_portrait(portrait: &Portrait) -> Vec<Key> {
    cells(portrait, &years_told(portrait))
}

fn cells(portrait: &Portrait, years: &BTreeSet<i64>) -> Vec<Key> {
    let mut keys = Vec::new();
    for who in who(portrait) {
        for &year in years {
            keys.push(Key { class: portrait.class, who: who.clone(), year });
        }
    }
    keys
}
