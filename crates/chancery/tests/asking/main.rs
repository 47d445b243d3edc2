//! The commands that ask the record, run as a person runs them on a store of the annotated reports of one thread.

#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::path::{Path, PathBuf};
use std::process::Command;

use chancery_coder::Coding;
use chancery_record::Store;
use chancery_reports::{DatedBy, Origin, Report};
use serde_json::{Value, json};

/// A store of the reports of a thread, with their annotations for codings.
fn store(thread: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpora/diplomacy").join(thread);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| {
        p.to_str().unwrap().ends_with(".gold.json") && p.file_name().unwrap() != "thread.gold.json"
    });
    paths.sort();
    let reports: Vec<(Report, Coding)> = paths.iter().map(|p| pair(p)).collect();
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("chancery.db");
    Store::open_or_create(&path).unwrap().add(&reports, "annotators").unwrap();
    (home, path)
}

fn pair(path: &Path) -> (Report, Coding) {
    let mut value: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    for event in value["events"].as_array_mut().unwrap() {
        for field in ["place", "time"] {
            if event[field].is_null() {
                event[field] = json!({});
            }
        }
    }
    let coding: Coding = serde_json::from_value(value).unwrap();
    let text_path = PathBuf::from(path.to_str().unwrap().replace(".gold.json", ".txt"));
    let bytes = std::fs::read(&text_path).unwrap();
    let options = chancery_reports::Options::default();
    let mut report =
        chancery_reports::read("report.txt", bytes.as_slice(), &options).next().unwrap().unwrap();
    assert_eq!(report.dated_by, DatedBy::DateLine);
    report.origin = Origin { file: text_path.to_str().unwrap().to_owned(), record: None };
    (report, coding)
}

fn ask(store: &Path, words: &[&str]) -> String {
    let output =
        Command::new(env!("CARGO_BIN_EXE_chancery")).arg("--store").arg(store).args(words).output().unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Every one of `parts` stands in the answer, none of `absent`.
#[track_caller]
fn check(store: &Path, words: &[&str], parts: &[&str], absent: &[&str]) {
    let answer = ask(store, words);
    for part in parts {
        assert!(answer.contains(part), "{words:?} lacks {part:?}:\n{answer}");
    }
    for part in absent {
        assert!(!answer.contains(part), "{words:?} has {part:?}:\n{answer}");
    }
}

#[test]
fn a_visit_from_announcement_to_fulfilment() {
    let (_home, store) = store("THREAD-1");
    let early = &["--as-of", "2022-10-27"];
    let visit = &["events", "--form", "visit", "--with", "Jaishankar", "--from", "2022-11-01"];
    check(
        &store,
        &[visit, early.as_slice()].concat(),
        &["as of 2022-10-27: 1 event", "scheduled", "RUS announced", "IND no word"],
        &["held"],
    );
    check(&store, &[visit, ["--silent", "IND"].as_slice(), early].concat(), &["1 event"], &[]);
    check(&store, &[visit, ["--confirmed-by", "IND"].as_slice(), early].concat(), &["0 events"], &[]);
    check(&store, visit, &["as of 2022-12-17: 1 event", "held"], &["no word"]);
    check(
        &store,
        &["diary", "--as-of", "2022-10-27"],
        &["diary as of 2022-10-27", "2022-11-08", "S Jaishankar (IND) → Russia", "Sergey Lavrov"],
        &[],
    );
    check(
        &store,
        &["diff", "2022-10-27", "2022-11-09", "--form", "visit"],
        &["scheduled", "held", "new"],
        &[],
    );
}

#[test]
fn answers_for_scripts() {
    let (_home, store) = store("THREAD-1");
    let answer: Value =
        serde_json::from_str(&ask(&store, &["events", "--side", "IND,RUS", "--format", "json"])).unwrap();
    let events = answer["events"].as_array().unwrap();
    assert!(events.iter().all(|e| e["id"].as_str().unwrap().starts_with("ev-") && e["positions"].is_array()));
    let id = events[0]["id"].as_str().unwrap();
    check(&store, &["show", id], &[id, "report", "“"], &[]);
    check(
        &store,
        &["count", "--by", "form,month", "--zeros", "--format", "csv"],
        &["form,month,events", "visit,2022-11,"],
        &[],
    );
    check(&store, &["find", "dirty OR discount*"], &["passage"], &[]);
    check(&store, &["sql", "SELECT count(*) AS n FROM reports"], &["n", "8"], &[]);
    check(&store, &["events", "--format", "csv", "--form", "summit"], &["id,type,form,what,from,to"], &[]);
}

#[test]
fn what_is_exported_comes_back() {
    let (home, store) = store("THREAD-4");
    let out = home.path().join("out");
    ask(&store, &["export", "--format", "reports", "--out", out.to_str().unwrap()]);
    let mut worlds = 0;
    for file in std::fs::read_dir(&out).unwrap() {
        let coding: Value = serde_json::from_slice(&std::fs::read(file.unwrap().path()).unwrap()).unwrap();
        worlds += coding["events"].as_array().unwrap().iter().filter(|e| e["world"].is_string()).count();
    }
    assert_eq!(worlds, 79);
    let file = home.path().join("events.jsonl");
    ask(&store, &["export", "--format", "jsonl", "--out", file.to_str().unwrap()]);
    let lines = std::fs::read_to_string(&file).unwrap();
    let asked: Value = serde_json::from_str(&ask(&store, &["events", "--format", "json"])).unwrap();
    assert_eq!(lines.lines().count(), asked["events"].as_array().unwrap().len());
    assert!(!home.path().join("events.jsonl.part").exists());
}
