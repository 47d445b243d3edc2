//! Runs `cases/propositions/*.md` and the examples of the operator words: sentences with the predicates,
//! roles and statuses that they must give. `cases/propositions/README.md` tells how a case is written.

#![expect(clippy::disallowed_methods, reason = "the cases are files beside the code")]
#![expect(clippy::unwrap_used, reason = "a fault in a case file fails the test")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chancery_coder::derivation::{explain, role_name};
use chancery_coder::knowledge::Files;
use chancery_coder::knowledge::fold::Fold;
use chancery_coder::knowledge::operators::Operators;
use chancery_coder::propositions::{Proposition, find};
use chancery_coder::status::fold;
use chancery_syntax::{Document, Model};
use chancery_time::Interval;
use jiff::civil::Date;

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    Model::from_static(chancery_syntax::include_model!("../../../knowledge/model/en_core_web_sm.bin"))
        .unwrap()
});

static OPERATORS: LazyLock<Operators> = LazyLock::new(|| Operators::load(&Files::embedded()).unwrap());
static FOLD: LazyLock<Fold> = LazyLock::new(|| Fold::load(&Files::embedded()).unwrap());

/// Event nouns of the cases; in the program the frames name them.
const EVENT_NOUNS: &[&str] = &[
    "accord",
    "agreement",
    "aid",
    "attack",
    "bombing",
    "call",
    "ceasefire",
    "conference",
    "deal",
    "delivery",
    "deployment",
    "election",
    "invasion",
    "meeting",
    "negotiation",
    "offensive",
    "protest",
    "sanction",
    "shelling",
    "strike",
    "summit",
    "talk",
    "trip",
    "truce",
    "visit",
    "vote",
    "war",
    "withdrawal",
    "exercise",
    "raid",
];

fn propositions(doc: &Document) -> Vec<Proposition> {
    find(doc, &OPERATORS, &|lemma| EVENT_NOUNS.contains(&lemma))
}

/// One expectation: `status predicate role=word …`, with `on DAY` for the event's own day.
struct Expectation {
    line: usize,
    status: String,
    predicate: String,
    when: Option<Interval>,
    roles: Vec<(String, String)>,
}

struct Case {
    sentence: String,
    published: Date,
    expectations: Vec<Expectation>,
}

/// The cases of one file: in its fenced blocks a sentence at the margin, its expectations indented under it.
fn read(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut published = None;
    for (number, line) in text.lines().enumerate() {
        if let Some(info) = line.strip_prefix("```") {
            published = info.strip_prefix("case ").map(|date| date.trim().parse::<Date>().unwrap());
            continue;
        }
        let Some(published) = published else { continue };
        if line.trim().is_empty() {
            continue;
        }
        if !line.starts_with(' ') {
            cases.push(Case { sentence: line.to_owned(), published, expectations: Vec::new() });
            continue;
        }
        let expectation = expectation(line, number + 1);
        cases.last_mut().expect("a sentence stands first").expectations.push(expectation);
    }
    cases
}

fn expectation(line: &str, number: usize) -> Expectation {
    let line_text = line.split(" # ").next().unwrap();
    let mut words = line_text.split_whitespace();
    let status = words.next().unwrap().to_owned();
    let predicate = words.next().expect("the predicate follows the status").to_owned();
    let mut roles = Vec::new();
    let mut when = None;
    while let Some(word) = words.next() {
        if word == "on" {
            let day: Date = words.next().expect("a day follows `on`").parse().unwrap();
            when = Some(Interval { from: Some(day), to: Some(day) });
        } else {
            let (role, filler) = word.split_once('=').expect("role=word");
            roles.push((role.replace('_', " "), filler.to_owned()));
        }
    }
    Expectation { line: number, status, predicate, when, roles }
}

/// What a proposition gives that is not as expected, or nothing.
fn differences(doc: &Document, found: &[Proposition], case: &Case, e: &Expectation) -> Option<String> {
    let Some(p) = found.iter().find(|p| doc.word(p.predicate) == e.predicate) else {
        return (e.status != "none").then(|| format!("no proposition “{}”", e.predicate));
    };
    if e.status == "none" {
        return Some(format!("“{}” is a predicate", e.predicate));
    }
    let folded = fold(p, e.when, case.published, &FOLD);
    let mut out = String::new();
    let got = if e.status.contains('/') {
        format!("{}/{}", folded.status, folded.claim)
    } else {
        folded.status.to_string()
    };
    if e.status != "-" && got != e.status {
        let _ = write!(out, "status {got}, not {}; ", e.status);
    }
    for (role, filler) in &e.roles {
        let has = p.arguments.iter().any(|a| role_name(&a.role) == role && doc.word(a.head) == filler);
        if filler == "-" {
            if p.arguments.iter().any(|a| role_name(&a.role) == role) {
                let _ = write!(out, "{role} is filled; ");
            }
        } else if !has {
            let _ = write!(out, "{role} is not {filler}; ");
        }
    }
    (!out.is_empty()).then_some(out)
}

#[track_caller]
fn check(file: &Path) -> (usize, String) {
    let text = std::fs::read_to_string(file).unwrap();
    let mut failures = String::new();
    let mut count = 0;
    for case in read(&text) {
        let doc = MODEL.parse(&case.sentence);
        let found = propositions(&doc);
        assert!(!case.expectations.is_empty(), "{}: “{}” expects nothing", file.display(), case.sentence);
        let mut wrong = false;
        for e in &case.expectations {
            count += 1;
            if let Some(difference) = differences(&doc, &found, &case, e) {
                let name = file.file_name().unwrap().to_string_lossy();
                let _ =
                    writeln!(failures, "{name}:{}: {} {}: {difference}", e.line, case.sentence, e.predicate);
                wrong = true;
            }
        }
        if wrong {
            failures.push_str(&explain(&doc, &found, &FOLD, case.published, None));
        }
    }
    (count, failures)
}

#[test]
fn cases_give_their_roles_and_statuses() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/propositions");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    files.sort();
    let mut failures = String::new();
    let mut count = 0;
    for file in files {
        let (cases, wrong) = check(&file);
        count += cases;
        failures.push_str(&wrong);
    }
    assert!(count > 0, "no cases found");
    assert!(failures.is_empty(), "{count} expectations\n{failures}");
}

#[test]
fn examples_of_operator_words_hold() {
    let published: Date = "2022-10-28".parse().unwrap();
    let mut failures = String::new();
    for entry in OPERATORS.entries() {
        for (wanted, example) in
            entry.yes.iter().map(|e| (true, e)).chain(entry.no.iter().map(|e| (false, e)))
        {
            let doc = MODEL.parse(&example.text);
            let found = propositions(&doc);
            let (file, line) = &entry.place;
            let Some(p) = found.iter().find(|p| doc.word(p.predicate) == example.of) else {
                let _ = writeln!(failures, "{file}:{line}: no “{}” in “{}”", example.of, example.text);
                continue;
            };
            let status = fold(p, None, published, &FOLD).status.to_string();
            if (status == example.status) != wanted {
                let not = if wanted { "not " } else { "which it must not be: " };
                let _ = writeln!(
                    failures,
                    "{file}:{line}: “{}” is {status}, {not}{}",
                    example.text, example.status
                );
                failures.push_str(&explain(&doc, &found, &FOLD, published, None));
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn hostile_text_gives_propositions_with_tokens_of_the_text() {
    let texts = [
        String::new(),
        " \n\t ".to_owned(),
        "\u{0}\u{feff}???".to_owned(),
        "if if if not not not may may visit visit".to_owned(),
        "to ".repeat(300),
        "said that he said that ".repeat(200),
        "meeting of the ".repeat(400),
        "“‘«»’”— … — no no no never".to_owned(),
        "会議は中止された。 Встреча отменена. اجتماع".to_owned(),
    ];
    for text in texts {
        let doc = MODEL.parse(&text);
        for p in find(&doc, &OPERATORS, &|_| true) {
            let n = doc.tokens().len();
            assert!(p.span.end <= n && p.span.start < p.span.end);
            assert!(p.arguments.iter().all(|a| a.head < n));
            assert!(p.operators.iter().all(|o| o.tokens.end <= n));
            let folded = fold(&p, None, Date::MAX, &FOLD);
            assert_eq!(folded.steps.len(), p.operators.len());
        }
    }
}

#[test]
fn faults_in_operator_files_are_told_with_their_place() {
    let load = |text: &str| {
        let mut files = Files::default();
        files.insert("operators/en/x.toml", text.to_owned().into_bytes());
        Operators::load(&files).unwrap_err().to_string()
    };
    assert_eq!(
        load("\n[[operator]]\nid = \"a\"\nkind = \"wobble\"\nverbs = [\"go\"]\n"),
        "operators/en/x.toml:2: operator `a`: `wobble` is no kind of operator"
    );
    assert_eq!(
        load("[[operator]]\nid = \"a\"\nkind = \"plan\"\nverbs = [\"go\"]\n"),
        "operators/en/x.toml:1: operator `a`: give it at least one `yes` example"
    );
    assert_eq!(
        load("[[operator]]\nid = \"a\"\nkind = \"plan\"\nsignature = \"+x\"\nverbs = [\"go\"]\n"),
        "operators/en/x.toml:1: operator `a`: write the signature as two of + - o, like \"+-\""
    );
}
