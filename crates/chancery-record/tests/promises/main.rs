//! The promises of the record, over the whole annotated corpus: no hindsight, no order, one record whether
//! it grew in a store or was derived at once.

#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod corpus;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use chancery_coder::Coding;
use chancery_events::{CodedReport, RecordEvent, derive, record_as_of};
use chancery_record::{Filter, Store};
use chancery_reports::Report;
use jiff::civil::Date;

use corpus::{Shuffle, corpus};

fn store(reports: &[(Report, Coding)], batch: usize) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open_or_create(&folder.path().join("chancery.db")).unwrap();
    for batch in reports.chunks(batch) {
        store.add(batch, "test").unwrap();
    }
    (folder, store)
}

fn all(store: &Store, as_of: Option<Date>) -> Vec<RecordEvent> {
    store.events(&Filter { as_of, ..Filter::default() }).unwrap()
}

/// The first difference of two records, told so that a person can look into it.
#[track_caller]
fn same(one: &[RecordEvent], other: &[RecordEvent], which: &str) {
    let by_id = |events: &[RecordEvent]| -> BTreeMap<String, RecordEvent> {
        events.iter().map(|e| (e.id.clone(), e.clone())).collect()
    };
    let (one, other) = (by_id(one), by_id(other));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{which}: the events");
    for (id, event) in &one {
        assert_eq!(event, &other[id], "{which}: {id}");
    }
}

#[test]
fn a_store_holds_what_deriving_at_once_gives() {
    let reports = corpus();
    let (_folder, store) = store(&reports, 7);
    let coded: Vec<CodedReport> = reports
        .iter()
        .map(|(report, coding)| CodedReport {
            id: report.id.clone(),
            published: report.published,
            outlet: report.outlet.clone(),
            witness: report.id.clone(),
            coding: coding.clone(),
        })
        .collect();
    let newest = store.newest().unwrap().unwrap();
    let derived = record_as_of(&derive(&coded), &coded, newest);
    same(&all(&store, None), &derived, "store and derivation");
    assert!(store.check().unwrap().is_empty());
}

#[test]
fn the_order_of_adding_does_not_matter() {
    let reports = corpus();
    let (_folder, straight) = store(&reports, reports.len());
    let expected = all(&straight, None);
    let mut shuffle = Shuffle::new(20_221_028);
    for round in 0..3 {
        let mut mixed = reports.clone();
        shuffle.mix(&mut mixed);
        // Some are added twice, and the batches are of any size.
        let again: Vec<(Report, Coding)> = mixed.iter().take(10).cloned().collect();
        mixed.extend(again);
        let (_folder, store) = store(&mixed, 1 + shuffle.below(20));
        same(&all(&store, None), &expected, &format!("round {round}"));
        assert!(store.check().unwrap().is_empty());
    }
}

#[test]
fn no_hindsight() {
    let reports = corpus();
    let (_folder, whole) = store(&reports, 20);
    let days: BTreeSet<Date> = reports.iter().map(|(r, _)| r.published).collect();
    for day in days.iter().step_by(9) {
        let until: Vec<(Report, Coding)> =
            reports.iter().filter(|(r, _)| r.published <= *day).cloned().collect();
        let (_folder, part) = store(&until, 20);
        same(&all(&whole, Some(*day)), &all(&part, Some(*day)), &format!("as of {day}"));
    }
}

#[test]
fn every_filter_is_without_hindsight() {
    let reports = corpus();
    let (_folder, whole) = store(&reports, 20);
    let day: Date = "2022-11-03".parse().unwrap();
    let until: Vec<(Report, Coding)> = reports.iter().filter(|(r, _)| r.published <= day).cloned().collect();
    let (_folder, part) = store(&until, 20);
    let words = |list: &[&str]| list.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    let filters = [
        Filter { sides: words(&["IND", "RUS"]), ..Filter::default() },
        Filter { with: words(&["Lavrov"]), ..Filter::default() },
        Filter { statuses: words(&["lapsed"]), ..Filter::default() },
        Filter { confirmed_by: words(&["RUS"]), ..Filter::default() },
        Filter { silent: words(&["CHN"]), ..Filter::default() },
        Filter { from: Some(day), ..Filter::default() },
        Filter { text: Some("summit AND Moscow".into()), ..Filter::default() },
        Filter { published_to: Some("2022-10-28".parse().unwrap()), ..Filter::default() },
        Filter { min_witnesses: 2, ..Filter::default() },
        Filter { place: Some("Bali".into()), ..Filter::default() },
    ];
    for filter in filters {
        let filter = Filter { as_of: Some(day), ..filter };
        let (long, short) = (whole.events(&filter).unwrap(), part.events(&filter).unwrap());
        assert!(!short.is_empty(), "{filter:?} admits nothing");
        same(&long, &short, &format!("{filter:?}"));
    }
}

#[test]
fn reading_questions_only() {
    let (_folder, mut store) = store(&corpus()[..5], 5);
    let answer = store.sql("SELECT count(*) AS n FROM reports").unwrap();
    assert_eq!((answer.names, answer.rows[0][0].to_string()), (vec!["n".to_owned()], "5".to_owned()));
    assert!(
        store.sql("SELECT what FROM events WHERE id IN (SELECT event FROM claims) ORDER BY what").is_ok()
    );
    for question in [
        "DELETE FROM reports",
        "ATTACH DATABASE 'other.db' AS other",
        "PRAGMA journal_mode = delete",
        "CREATE TABLE mine (x)",
        "VACUUM INTO 'copy.db'",
        "UPDATE events SET what = ''",
    ] {
        assert!(store.sql(question).is_err(), "{question}");
    }
    // What was refused left nothing behind.
    store.add(&corpus()[5..6], "test").unwrap();
    assert_eq!(store.size().unwrap().0, 6);
}

#[test]
fn a_file_that_is_no_store_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.db");
    std::fs::write(&path, "these are notes, and long enough to be taken for something else".repeat(40))
        .unwrap();
    let message = Store::open_or_create(&path).unwrap_err().to_string();
    assert!(message.ends_with("is no store of Chancery's"), "{message}");
    assert!(
        Store::open(&folder.path().join("nowhere.db"))
            .unwrap_err()
            .to_string()
            .contains("there is no store at")
    );
}

#[test]
fn coding_again_gives_what_coding_first_would_have_given() {
    let reports = corpus();
    let (_folder, expected) = store(&reports, 20);
    // First everything is coded to nothing, then as it should be.
    let empty: Vec<(Report, Coding)> =
        reports.iter().map(|(r, c)| (r.clone(), Coding { events: Vec::new(), ..c.clone() })).collect();
    let (_folder, mut store) = store(&empty, 20);
    assert_eq!(all(&store, None).len(), 0);
    let codings: BTreeMap<&str, &Coding> = reports.iter().map(|(r, c)| (r.id.as_str(), c)).collect();
    let recoded = store.recode(|report| codings[report.id.as_str()].clone(), "newer").unwrap();
    assert_eq!(recoded.reports, reports.len());
    same(&all(&store, None), &all(&expected, None), "coded again");
    assert_eq!(recoded.added.len(), all(&expected, None).len());
    let again = store.recode(|report| codings[report.id.as_str()].clone(), "newer").unwrap();
    assert_eq!((again.added.len(), again.changed.len(), again.removed.len()), (0, 0, 0));
}
