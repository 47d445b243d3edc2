//! Runs `cases/sources/*.md` and the examples of the cue lists: passages with the attributions that they
//! must give. `cases/sources/README.md` tells how a case is written.

#![expect(clippy::disallowed_methods, reason = "the cases are files beside the code")]
#![expect(clippy::unwrap_used, reason = "a fault in a case file fails the test")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use chancery_coder::knowledge::Files;
use chancery_coder::knowledge::sources::{Example, Sources};
use chancery_coder::mentions::Mentions;
use chancery_coder::sources::{Attribution, Attributions, explain, find};
use chancery_syntax::{Document, Model};
use chancery_time::Interval;
use jiff::civil::{Date, date};

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    Model::from_static(chancery_syntax::include_model!("../../../knowledge/model/en_core_web_sm.bin"))
        .unwrap()
});

static SOURCES: LazyLock<Sources> = LazyLock::new(|| Sources::load(&Files::embedded()).unwrap());

const PUBLISHED: Date = date(2022, 10, 28);

fn attribute(text: &str) -> (Document, Attributions) {
    let doc = MODEL.parse_paragraphs(text);
    let found = find(&doc, &Mentions::default(), PUBLISHED, &[], &SOURCES);
    (doc, found)
}

/// `stance kind: name | cue | content … content`.
fn line(doc: &Document, a: &Attribution) -> String {
    let content: Vec<&str> = a.content.iter().map(|r| doc.words(r.clone())).collect();
    let cue = if a.carried { "carried" } else { doc.words(a.cue.clone()) };
    let name = a.name.as_deref().unwrap_or("-");
    format!("{} {}: {name} | {cue} | {}", a.stance.as_str(), a.kind, content.join(" … "))
        .trim_end()
        .replace('\n', "¶")
}

/// A passage and its attributions, one a line.
struct Case {
    line: usize,
    passage: String,
    expected: Vec<String>,
}

/// The cases of one file: in its fenced blocks a passage at the margin, its attributions indented under it.
fn read(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut open = false;
    for (number, line) in text.lines().enumerate() {
        if let Some(info) = line.strip_prefix("```") {
            open = info.trim() == "case";
        } else if open && !line.trim().is_empty() {
            if line.starts_with(' ') {
                let expected = line.split(" # ").next().unwrap_or(line).trim().to_owned();
                cases.last_mut().expect("a passage stands first").expected.push(expected);
            } else {
                cases
                    .push(Case { line: number + 1, passage: line.replace('¶', "\n"), expected: Vec::new() });
            }
        }
    }
    cases
}

#[track_caller]
fn check(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/sources").join(name);
    let cases = read(&std::fs::read_to_string(&path).unwrap());
    assert!(!cases.is_empty(), "{name} holds no case");
    let mut wrong = String::new();
    for case in cases {
        let (doc, found) = attribute(&case.passage);
        let given: Vec<String> = found.all().iter().map(|a| line(&doc, a)).collect();
        let sorted = |lines: &[String]| lines.iter().cloned().collect::<BTreeSet<_>>();
        if sorted(&given) != sorted(&case.expected) {
            writeln!(
                wrong,
                "{name}:{}: {}\n  must give\n    {}\n  gives\n    {}",
                case.line,
                case.passage,
                case.expected.join("\n    "),
                given.join("\n    ")
            )
            .unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn direct_speech() {
    check("direct.md");
}

#[test]
fn indirect_speech() {
    check("indirect.md");
}

#[test]
fn phrases_nouns_documents() {
    check("phrases.md");
}

#[test]
fn silence() {
    check("silence.md");
}

#[test]
fn speakers_carried_on() {
    check("carried.md");
}

#[test]
fn kinds() {
    check("kinds.md");
}

/// Some attribution of the passage has all that the example gives.
fn gives(doc: &Document, found: &Attributions, example: &Example, id: &str) -> bool {
    found.all().iter().any(|a| {
        let source = a.source.as_ref().map(|s| doc.words(s.clone()));
        let content: Vec<&str> = a.content.iter().map(|r| doc.words(r.clone())).collect();
        (a.rule == id || a.rule.starts_with("silence") && id == "silence")
            && example.source.as_deref().is_none_or(|s| source == Some(s))
            && example.cue.as_deref().is_none_or(|c| doc.words(a.cue.clone()) == c)
            && (example.content.is_empty() || content == example.content)
            && example.kind.as_deref().is_none_or(|k| a.kind.as_str() == k)
    })
}

#[test]
fn every_cue_finds_its_examples() {
    let mut wrong = String::new();
    for (id, yes, no) in SOURCES.examples() {
        for example in yes {
            let (doc, found) = attribute(&example.text);
            if !gives(&doc, &found, example, id) {
                let given: Vec<String> =
                    found.all().iter().map(|a| format!("[{}] {}", a.rule, line(&doc, a))).collect();
                writeln!(wrong, "{id}: {}\n    {}", example.text, given.join("\n    ")).unwrap();
            }
        }
        for text in no {
            let (doc, found) = attribute(text);
            for a in found
                .all()
                .iter()
                .filter(|a| a.rule == *id || (id == "silence" && a.rule.starts_with("silence")))
            {
                writeln!(wrong, "{id}: found in {text}: {}", line(&doc, a)).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn nested_words_have_their_innermost_speaker_and_a_chain_outwards() {
    let (doc, found) = attribute("Lavrov said Jaishankar had told him that India would buy more oil.");
    let buy = (0..doc.tokens().len()).find(|&i| doc.word(i) == "buy").unwrap();
    let chain: Vec<&str> = found.chain(buy).filter_map(|a| a.name.as_deref()).collect();
    assert_eq!(chain, ["Jaishankar", "Lavrov"]);
    let told = explain(&doc, &found, doc.bytes(buy..buy + 1));
    assert!(told.contains("Jaishankar") && told.contains("  Lavrov"), "{told}");
}

#[test]
fn the_day_of_speaking_is_the_cues_own() {
    let text = "The visit on November 8 is planned, Peskov said on Thursday.";
    let doc = MODEL.parse_paragraphs(text);
    let day = |words: &str, day: Date| {
        let start = text.find(words).unwrap();
        (start..start + words.len(), Interval { from: Some(day), to: Some(day) })
    };
    let times = [day("November 8", date(2022, 11, 8)), day("Thursday", date(2022, 10, 27))];
    let found = find(&doc, &Mentions::default(), PUBLISHED, &times, &SOURCES);
    let said: Vec<Option<Date>> = found.all().iter().map(|a| a.said).collect();
    assert_eq!(said, [Some(date(2022, 10, 27))]);
}

/// Promises on any text: content lies within the text, in order, apart; each token's answer covers it.
#[track_caller]
fn holds(text: &str) {
    let (doc, found) = attribute(text);
    let n = doc.tokens().len();
    for (i, a) in found.all().iter().enumerate() {
        assert!(!a.content.is_empty() || a.rule.starts_with("silence"), "{a:?}");
        assert!(a.content.windows(2).all(|w| w[0].end <= w[1].start), "{a:?}");
        assert!(a.content.iter().all(|r| r.start < r.end && r.end <= n), "{a:?}");
        assert!(a.cue.start <= a.cue.end && a.cue.end <= n, "{a:?}");
        let mut at = a.within;
        for _ in 0..found.all().len() {
            assert_ne!(at, Some(i), "an attribution stands within itself: {a:?}");
            at = at.and_then(|j| found.all()[j].within);
        }
        assert_eq!(at, None, "the chain of {a:?} has no end");
    }
    for t in 0..n {
        assert!(found.at(t).is_none_or(|a| a.covers(t)));
    }
    let _ = explain(&doc, &found, 0..text.len());
}

#[test]
fn any_text_keeps_the_promises() {
    for text in [
        "",
        " ",
        "\"",
        "\"\"\"\"",
        "“ ” ” “",
        "said",
        "said said said said",
        ", he said, she said, they said.",
        "He said: \"She said: 'They said: \"no\"'\"",
        "according to",
        "according to to according to",
        "Nobody: nothing: nowhere: never",
        "\u{feff}\u{200d}“🙂” said 🙂.",
        "«Да», сказал он. «Нет».\n\n«Нет»",
        "declined declined to declined to comment comment comment",
        "no no word no comment from no one from no side",
        "\"open\n\n\"open\n\n\"open\n\n\"open",
    ] {
        holds(text);
    }
    holds(&"He said that ".repeat(400));
    holds(&"\"Yes,\" he said. ".repeat(200));
}
