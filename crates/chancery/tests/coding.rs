//! `chancery code` and `chancery add`: what is written where, and that it is true to the reports.

#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod program;

use std::collections::BTreeSet;
use std::fs;

use program::Folder;
use serde_json::Value;

const VISIT: &str = "date 2022-10-28 NEW DELHI — External Affairs Minister S Jaishankar is expected to visit Russia on \
November 8, people familiar with the matter said. There was no official word from the Indian side regarding the visit.\n";
const CALL: &str = " date 2022-11-01 President Emmanuel Macron spoke by phone with Mevlüt Çavuşoğlu — “briefly” — on \
Monday.\n\nHe will travel to Kyiv next week, the Élysée said.\n";

fn folder() -> Folder {
    Folder::new()
        .with("in/a/visit.txt", VISIT)
        .with("in/a/visit.gold.json", "{}")
        .with("in/b/call.txt", CALL)
        .with("in/README.md", "What these are.")
        .with(
            "in/wire.jsonl",
            "{\"id\":\"w-1\",\"date\":\"2022-11-02\",\"text\":\"Sergey Lavrov met Wang Yi in Beijing on Tuesday.\"}\n",
        )
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Every quote and span of a coding is the report's own words, counted in code points.
#[track_caller]
fn check_spans(coding: &Value, text: &str) -> usize {
    let points: Vec<char> = text.chars().collect();
    let mut checked = 0;
    for event in coding["events"].as_array().unwrap() {
        for claim in event["claims"].as_array().unwrap() {
            let at = |end: &str| usize::try_from(claim["span"][end].as_u64().unwrap()).unwrap();
            let words: String = points[at("start")..at("end")].iter().collect();
            assert_eq!(words, claim["quote"].as_str().unwrap());
            checked += 1;
        }
    }
    checked
}

#[test]
fn a_file_for_each_report() {
    let folder = folder();
    let ran = folder.run("code in --out out");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.is_empty());
    let visit = json(&folder.read("out/a/visit.json"));
    assert_eq!(visit["published"], "2022-10-28");
    assert_eq!(visit["offsets"], "code points");
    let event = &visit["events"][0];
    assert_eq!((event["form"].as_str(), event["type"].as_str()), (Some("visit"), Some("CONSULT")));
    assert!(check_spans(&visit, VISIT) > 0);
    let call = json(&folder.read("out/b/call.json"));
    assert!(check_spans(&call, CALL) > 0);
    assert_eq!(json(&folder.read("out/wire.1.json"))["id"], "w-1");
    let names: BTreeSet<_> =
        fs::read_dir(folder.path().join("out/a")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names.len(), 1, "{names:?}");
}

#[test]
fn lines_in_the_order_of_reading() {
    let ran = folder().run("code in");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let files: Vec<String> =
        ran.out.lines().map(|line| json(line)["file"].as_str().unwrap().to_owned()).collect();
    assert_eq!(files, ["in/a/visit.txt", "in/b/call.txt", "in/wire.jsonl"]);
    let ids: BTreeSet<String> = ran.out.lines().map(|line| json(line)["id"].to_string()).collect();
    assert_eq!(ids.len(), 3);
}

#[test]
fn a_coding_is_no_report() {
    let folder = folder();
    folder.run("code in --out in");
    let ran = folder.run("code in");
    assert_eq!((ran.code, ran.out.lines().count()), (0, 3), "{}", ran.err);
}

#[test]
fn standard_input() {
    let ran = Folder::new().run_with("code -", VISIT);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(json(&ran.out)["file"], "standard input");
    let ran = Folder::new()
        .run_with("code - --date 2022-11-02", "Sergey Lavrov met Wang Yi in Beijing on Tuesday.");
    assert_eq!(json(&ran.out)["published"], "2022-11-02", "{}", ran.err);
}

#[test]
fn what_members_of_archives_are_called_leads_nowhere_else() {
    use std::io::Write as _;
    use zip::write::SimpleFileOptions;

    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["../../up.txt", "/etc/down.txt", "a/b.txt"] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(VISIT.as_bytes()).unwrap();
    }
    let folder = Folder::new().with("in/x.zip", writer.finish().unwrap().into_inner());
    let ran = folder.run("code in --out out");
    assert_eq!(ran.code, 0, "{}", ran.err);
    for name in ["up", "etc/down", "a/b"] {
        json(&folder.read(&format!("out/x.zip/{name}.json")));
    }
}

#[test]
fn adding_twice_is_adding_once() {
    let folder = folder();
    let first = folder.run("add in");
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(first.out.starts_with("3 reports added, 0 kept already, 0 could not be read\n"), "{}", first.out);
    assert!(first.out.contains("diary as of 2022-11-02"), "{}", first.out);
    let events = folder.run("events --format json").out;
    let second = folder.run("add in/b in/a in");
    assert!(
        second.out.starts_with("0 reports added, 5 kept already, 0 could not be read\n"),
        "{}",
        second.out
    );
    assert_eq!(folder.run("events --format json").out, events);
}

#[test]
fn the_examples_of_the_knowledge_are_run() {
    let ran = Folder::new().run("check");
    let last = ran.out.lines().last().unwrap();
    let (run, failed) = last.strip_prefix("knowledge: ").unwrap().split_once(" examples run, ").unwrap();
    assert!(run.parse::<usize>().unwrap() > 50, "{last}");
    assert_eq!(ran.code == 0, failed == "0 failed", "{last}");
}

#[test]
fn a_fault_in_the_knowledge_is_told_with_its_place() {
    let folder = Folder::new().with("mine/events/en/mine.toml", "[[event]]\nid = \n").with("x.txt", VISIT);
    let ran = folder.run("--knowledge mine code x.txt");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("events/en/mine.toml:2"), "{}", ran.err);
}

#[test]
fn the_derivation_names_rules_and_words() {
    let folder = folder();
    let ran = folder.run("explain in/a/visit.txt");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("consult.visit"), "{}", ran.out);
    assert!(ran.out.contains("is expected to visit Russia"), "{}", ran.out);
}
