//! Whether one happening is kept as one event through the reports of a thread, and two as two.

use super::likeness::ratio;

/// One matched event: its thread, its name in the gold's world and in the system's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sighting {
    pub(super) thread: String,
    pub(super) gold: String,
    pub(super) system: String,
}

/// The figures of identity, each from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Identity {
    /// F1 over the pairs of matched events of a thread that `world` links.
    pub(super) pairs: f64,
    /// Share of the linked pairs that are wrong.
    pub(super) false_merges: f64,
    /// Share of the gold's pairs that are missed.
    pub(super) false_splits: f64,
    /// B-cubed F1 (Bagga and Baldwin 1998). Most events stand alone, so that linking nothing already
    /// has much of it.
    pub(super) bcubed: f64,
}

/// Scores the sightings; `None` where there are none.
#[expect(clippy::cast_precision_loss, reason = "counts of events")]
pub(super) fn identity(sightings: &[Sighting]) -> Option<Identity> {
    let (mut precision, mut recall) = (0.0, 0.0);
    let (mut linked, mut wrong, mut due, mut missed) = (0, 0, 0, 0);
    let mut threads: Vec<&str> = Vec::new();
    for s in sightings {
        if !threads.contains(&s.thread.as_str()) {
            threads.push(&s.thread);
        }
    }
    for thread in threads {
        let items: Vec<&Sighting> = sightings.iter().filter(|s| s.thread == thread).collect();
        for (i, x) in items.iter().enumerate() {
            let count = |same: &dyn Fn(&Sighting) -> bool| items.iter().filter(|y| same(y)).count();
            let both = count(&|y| y.gold == x.gold && y.system == x.system);
            precision += ratio(both, count(&|y| y.system == x.system));
            recall += ratio(both, count(&|y| y.gold == x.gold));
            for y in &items[i + 1..] {
                let (one_in_gold, one_in_system) = (x.gold == y.gold, x.system == y.system);
                linked += usize::from(one_in_system);
                wrong += usize::from(one_in_system && !one_in_gold);
                due += usize::from(one_in_gold);
                missed += usize::from(one_in_gold && !one_in_system);
            }
        }
    }
    if sightings.is_empty() {
        return None;
    }
    let n = sightings.len() as f64;
    let (p, r) = (precision / n, recall / n);
    Some(Identity {
        pairs: if linked + due > 0 { ratio(2 * (linked - wrong), linked + due) } else { 1.0 },
        false_merges: ratio(wrong, linked),
        false_splits: ratio(missed, due),
        bcubed: 2.0 * p * r / (p + r),
    })
}

#[cfg(test)]
mod tests {
    use super::{Sighting, identity};

    #[track_caller]
    fn check(sightings: &[(&str, &str, &str)], wanted: [f64; 3]) {
        let sighting = |&(thread, gold, system): &(&str, &str, &str)| Sighting {
            thread: thread.to_owned(),
            gold: gold.to_owned(),
            system: system.to_owned(),
        };
        let sightings: Vec<_> = sightings.iter().map(sighting).collect();
        let found = identity(&sightings).map(|i| [i.pairs, i.false_merges, i.false_splits]);
        assert_eq!(found, Some(wanted));
    }

    #[test]
    fn pairs_count_within_a_thread_alone() {
        check(&[("t", "visit", "1"), ("t", "visit", "1"), ("t", "call", "2")], [1.0, 0.0, 0.0]);
        check(&[("t", "visit", "1"), ("u", "visit", "2")], [1.0, 0.0, 0.0]);
    }

    #[test]
    fn a_false_merge_and_a_false_split_are_told_apart() {
        check(&[("t", "visit", "1"), ("t", "call", "1")], [0.0, 1.0, 0.0]);
        check(&[("t", "visit", "1"), ("t", "visit", "2")], [0.0, 0.0, 1.0]);
    }

    #[test]
    fn nothing_matched_has_no_identity() {
        assert_eq!(identity(&[]), None);
    }
}
