//! The figures over many reports: what each means, and how they add up.

use std::collections::BTreeMap;

use super::identity::{Sighting, identity};
use super::likeness::{Matching, agents, claims_agree, names, overlap, ratio, shared_names, sides};
use super::shape::Event;

/// Forms that nobody does to another: who is agent is no fault.
#[rustfmt::skip]
const UNDIRECTED: &[&str] = &[
    "meeting", "summit", "talks", "conference", "agreement", "signing", "exercise", "ceasefire",
    "election", "other",
];

/// A count, or a share from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Figure {
    Count(usize),
    Share(f64),
}

/// How often a field is right over the matched events that it is asked of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Accuracy {
    right: usize,
    asked: usize,
}

/// Things found against things wanted.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    right: usize,
    system: usize,
    gold: usize,
}

/// What the reports scored so far add up to.
#[derive(Default)]
pub(crate) struct Tally {
    reports: usize,
    events: Found,
    /// Matched events with form, sides, direction, time and status all right.
    strict: usize,
    form: Accuracy,
    plover: Accuracy,
    sides: Accuracy,
    /// The sides with the role agent are right, over the directed forms.
    direction: Accuracy,
    /// Both ends right, over the matched events that the gold dates with both ends.
    time: Accuracy,
    place: Accuracy,
    status: Accuracy,
    overlaps: Vec<f64>,
    names: Found,
    parts: Found,
    claims: Found,
    /// Quotes that stand letter for letter in the report's text, over all quotes.
    quotes: Accuracy,
    sightings: Vec<Sighting>,
}

impl Accuracy {
    pub(super) fn ask(&mut self, right: bool) -> bool {
        self.asked += 1;
        self.right += usize::from(right);
        right
    }

    pub(super) fn asked(self) -> usize {
        self.asked
    }

    pub(super) fn figure(self) -> Figure {
        Figure::Share(ratio(self.right, self.asked))
    }
}

impl Found {
    fn precision(self) -> f64 {
        ratio(self.right, self.system)
    }

    fn recall(self) -> f64 {
        ratio(self.right, self.gold)
    }

    fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

impl Tally {
    /// Adds a report: the gold's events, the system's, how they match, the report's text where it is at
    /// hand, and the thread it belongs to.
    pub(crate) fn add(
        &mut self,
        gold: &[Event],
        system: &[Event],
        matching: &Matching<'_>,
        text: Option<&str>,
        thread: &str,
    ) {
        self.reports += 1;
        self.events.gold += gold.len();
        self.events.system += system.len();
        self.events.right += matching.pairs.len();
        self.claims.gold += gold.iter().map(|e| e.claims.len()).sum::<usize>();
        self.claims.system += system.iter().map(|e| e.claims.len()).sum::<usize>();
        if let Some(text) = text {
            for claim in system.iter().flat_map(|e| &e.claims) {
                self.quotes.ask(claim.quote.as_ref().is_some_and(|q| !q.is_empty() && text.contains(q)));
            }
        }
        // An id that stands twice is the later event's, as in a dictionary filled in order.
        let by_id: BTreeMap<Option<&str>, &Event> = system.iter().map(|e| (e.id.as_deref(), e)).collect();
        for &(g, s) in &matching.pairs {
            self.add_fields(g, s);
            self.add_part(g, s, &by_id, matching);
            self.claims.right += claims_found(g, s);
            if let (Some(gold), Some(system)) = (said(g.world.as_deref()), said(s.world.as_deref())) {
                let thread = thread.to_owned();
                self.sightings.push(Sighting { thread, gold: gold.to_owned(), system: system.to_owned() });
            }
        }
    }

    fn add_fields(&mut self, g: &Event, s: &Event) {
        let form = self.form.ask(g.form == s.form);
        self.plover.ask(g.plover == s.plover);
        let who = self.sides.ask(sides(g) == sides(s));
        let directed = !g.form.as_deref().is_some_and(|f| UNDIRECTED.contains(&f));
        let direction = !directed || self.direction.ask(agents(g) == agents(s));
        let dated = g.time.from.is_some() && g.time.to.is_some();
        let time = !dated || self.time.ask(g.time == s.time);
        self.place.ask(g.place.country == s.place.country);
        let status = self.status.ask(g.status == s.status);
        self.strict += usize::from(form && who && direction && time && status);
        self.overlaps.extend(overlap(g.time, s.time));
        let (a, b) = (names(g), names(s));
        self.names.right += shared_names(&a, &b);
        self.names.gold += a.len();
        self.names.system += b.len();
    }

    /// The link from part to whole is right where the whole's twin is the gold's whole.
    fn add_part(
        &mut self,
        g: &Event,
        s: &Event,
        by_id: &BTreeMap<Option<&str>, &Event>,
        matching: &Matching<'_>,
    ) {
        let wanted = said(g.part_of.as_deref());
        let whole = by_id.get(&s.part_of.as_deref());
        let twin = whole.and_then(|w| matching.pairs.iter().find(|(_, s)| std::ptr::eq(*s, *w)));
        self.parts.gold += usize::from(wanted.is_some());
        self.parts.system += usize::from(whole.is_some());
        let right = wanted.is_some() && twin.is_some_and(|(g, _)| g.id.as_deref() == wanted);
        self.parts.right += usize::from(right);
    }

    /// The figures with their names, in the order in which they are told.
    pub(crate) fn figures(&self) -> Vec<(&'static str, Figure)> {
        let Found { right, system, gold } = self.events;
        let strict = Found { right: self.strict, system, gold };
        let mut figures = vec![
            ("reports", Figure::Count(self.reports)),
            ("gold_events", Figure::Count(gold)),
            ("system_events", Figure::Count(system)),
            ("matched", Figure::Count(right)),
            ("event_p", Figure::Share(self.events.precision())),
            ("event_r", Figure::Share(self.events.recall())),
            ("event_f1", Figure::Share(self.events.f1())),
            ("strict_f1", Figure::Share(strict.f1())),
            ("form", self.form.figure()),
            ("type", self.plover.figure()),
            ("sides", self.sides.figure()),
            ("direction", self.direction.figure()),
            ("time", self.time.figure()),
            ("place", self.place.figure()),
            ("status", self.status.figure()),
        ];
        figures.extend([
            ("time_iou", Figure::Share(mean(&self.overlaps))),
            ("names", Figure::Share(self.names.f1())),
            ("part_of", Figure::Share(self.parts.f1())),
            ("claim_f1", Figure::Share(self.claims.f1())),
            ("quote", self.quotes.figure()),
        ]);
        if let Some(identity) = identity(&self.sightings) {
            figures.extend([
                ("identity", Figure::Share(identity.pairs)),
                ("false_merges", Figure::Share(identity.false_merges)),
                ("false_splits", Figure::Share(identity.false_splits)),
                ("bcubed", Figure::Share(identity.bcubed)),
            ]);
        }
        figures
    }
}

/// How many claims of the gold's event are among the system's, one to one.
fn claims_found(g: &Event, s: &Event) -> usize {
    let mut left: Vec<_> = s.claims.iter().collect();
    let mut found = 0;
    for claim in &g.claims {
        if let Some(at) = left.iter().position(|other| claims_agree(claim, other)) {
            left.remove(at);
            found += 1;
        }
    }
    found
}

/// The mean; 0 of none.
#[expect(clippy::cast_precision_loss, reason = "a count of events")]
pub(super) fn mean(shares: &[f64]) -> f64 {
    if shares.is_empty() { 0.0 } else { shares.iter().sum::<f64>() / shares.len() as f64 }
}

fn said(word: Option<&str>) -> Option<&str> {
    word.filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::likeness::match_events;
    use super::*;

    const GOLD: &str = r#"[
        {"id": "e1", "type": "CONSULT", "form": "visit", "status": "held", "part_of": null,
         "participants": [{"name": "S Jaishankar", "side": "IND", "role": "agent"}, {"name": "Russia", "side": "RUS", "role": "host"}],
         "place": {"country": "RUS", "name": "Moscow"}, "time": {"from": "2022-11-08", "to": "2022-11-08"},
         "claims": [{"source": null, "kind": "unattributed", "side": null, "status": "held", "quote": "arrived"}]},
        {"id": "e2", "type": "CONSULT", "form": "meeting", "status": "scheduled", "part_of": "e1",
         "participants": [{"name": "S Jaishankar", "side": "IND", "role": "agent"}, {"name": "Sergey Lavrov", "side": "RUS", "role": "counterpart"}],
         "place": {"country": "RUS", "name": "Moscow"}, "time": {"from": "2022-11-08", "to": "2022-11-08"}, "claims": []}]"#;

    /// Scores the gold against itself with one thing put in another's place.
    #[track_caller]
    fn check(from: &str, to: &str, wanted: &[(&str, f64)]) {
        assert!(GOLD.contains(from));
        let gold: Vec<Event> = serde_json::from_str(GOLD).expect("events");
        let system: Vec<Event> = serde_json::from_str(&GOLD.replace(from, to)).expect("events");
        let mut tally = Tally::default();
        tally.add(&gold, &system, &match_events(&gold, &system), Some("He arrived."), "t");
        for (name, wanted) in wanted {
            let figures = tally.figures();
            let found = figures.iter().find(|(n, _)| n == name).map(|(_, figure)| *figure);
            assert_eq!(found, Some(Figure::Share(*wanted)), "{name}");
        }
    }

    #[test]
    fn the_gold_has_full_marks_against_itself() {
        let all = [
            "event_f1",
            "strict_f1",
            "form",
            "direction",
            "time",
            "time_iou",
            "names",
            "part_of",
            "claim_f1",
            "quote",
        ];
        check("held", "held", &all.map(|name| (name, 1.0)));
    }

    #[test]
    fn a_wrong_field_costs_that_field_and_the_strict_figure() {
        check(
            r#""status": "held", "part_of""#,
            r#""status": "expected", "part_of""#,
            &[("event_f1", 1.0), ("status", 0.5), ("strict_f1", 0.5)],
        );
        check(
            r#""role": "host""#,
            r#""role": "agent""#,
            &[("direction", 0.0), ("sides", 1.0), ("strict_f1", 0.5)],
        );
        check(r#""role": "counterpart""#, r#""role": "agent""#, &[("direction", 1.0), ("strict_f1", 1.0)]);
        check(r#""part_of": "e1""#, r#""part_of": null"#, &[("part_of", 0.0), ("strict_f1", 1.0)]);
        check(r#""quote": "arrived""#, r#""quote": "came""#, &[("quote", 0.0), ("claim_f1", 1.0)]);
        check(r#""kind": "unattributed""#, r#""kind": "media""#, &[("claim_f1", 1.0)]);
    }
}
