//! How well an engagement is followed through the reports of a thread: as of each day of its timeline
//! the status, the days, and which sides stand for it or have said nothing.

use std::collections::BTreeSet;

use super::likeness::{likeness_of_form, likeness_of_participants, overlap};
use super::shape::{Entry, Event, Followed, Thread};
use super::tally::{Accuracy, Figure, mean};

/// An event this like the engagement is taken for it.
const ALIKE: f64 = 0.45;

/// What the timelines scored so far add up to.
#[derive(Default)]
pub(crate) struct ThreadTally {
    /// An event of the engagement's form and people is there.
    found: Accuracy,
    status: Accuracy,
    time: Accuracy,
    /// The sides that stand as announced or confirmed are the gold's.
    confirmed: Accuracy,
    /// So are the silent ones.
    no_word: Accuracy,
    /// Status and confirmed right together.
    all: Accuracy,
    overlaps: Vec<f64>,
}

impl ThreadTally {
    /// Adds a thread, given the system's events as of any day.
    pub(crate) fn add(&mut self, thread: &Thread, as_of: impl Fn(jiff::civil::Date) -> Vec<Event>) {
        for followed in std::iter::once(&thread.engagement).chain(&thread.others) {
            for entry in &followed.timeline {
                self.add_entry(followed, entry, &as_of(entry.as_of));
            }
        }
    }

    fn add_entry(&mut self, followed: &Followed, entry: &Entry, events: &[Event]) {
        let best = best(followed, entry, events);
        let right = |is: &dyn Fn(&Event) -> bool| best.is_some_and(is);
        self.found.ask(best.is_some());
        let status = self.status.ask(right(&|e| e.status == entry.status));
        self.time.ask(right(&|e| e.time == entry.time));
        let stands = |e: &Event, stances: &[&str], sides: &[String]| {
            let mine = e.positions.iter().filter(|p| stances.contains(&p.stance.as_str()));
            mine.map(|p| &p.side).collect::<BTreeSet<_>>() == sides.iter().collect()
        };
        let confirmed = right(&|e| stands(e, &["announced", "confirmed"], &entry.confirmed_by));
        self.confirmed.ask(confirmed);
        self.no_word.ask(right(&|e| stands(e, &["no_word"], &entry.no_word_from)));
        self.all.ask(status && confirmed);
        self.overlaps.extend(best.and_then(|e| overlap(entry.time, e.time)));
    }

    /// The figures with their names; none where no timeline was scored.
    pub(crate) fn figures(&self) -> Vec<(&'static str, Figure)> {
        if self.found.asked() == 0 {
            return Vec::new();
        }
        vec![
            ("thread_entries", Figure::Count(self.found.asked())),
            ("thread_found", self.found.figure()),
            ("thread_status", self.status.figure()),
            ("thread_time", self.time.figure()),
            ("thread_confirmed", self.confirmed.figure()),
            ("thread_no_word", self.no_word.figure()),
            ("thread_all", self.all.figure()),
            ("thread_time_iou", Figure::Share(mean(&self.overlaps))),
        ]
    }
}

/// The event most like the engagement as of the entry's day, the first of equals.
fn best<'a>(followed: &Followed, entry: &Entry, events: &'a [Event]) -> Option<&'a Event> {
    let gold = Event {
        plover: followed.plover.clone(),
        form: followed.form.clone(),
        participants: followed.participants.clone(),
        ..Event::default()
    };
    let mut best: Option<(f64, &Event)> = None;
    for event in events {
        let form = likeness_of_form(&gold, event);
        let who = likeness_of_participants(&gold, event);
        if form == 0.0 || who == 0.0 {
            continue;
        }
        let alike = 0.45 * form + 0.45 * who + 0.10 * overlap(entry.time, event.time).unwrap_or(0.0);
        if alike >= ALIKE && best.is_none_or(|(most, _)| alike > most) {
            best = Some((alike, event));
        }
    }
    best.map(|(_, event)| event)
}
