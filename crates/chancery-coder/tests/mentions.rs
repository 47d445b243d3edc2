//! Runs the sentences of `cases/mentions/*.toml`: who and where, with the sides and places that a
//! careful reader gives them, and what must stay open.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "the cases and the model are files")]

use std::fs;
use std::path::Path;

use chancery_coder::knowledge::Files;
use chancery_coder::knowledge::world::World;
use chancery_coder::mentions::{self, Mentions};
use chancery_syntax::{Document, Model};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    date: jiff::civil::Date,
    text: String,
    /// `words = SIDE`; `-` for an actor with no side, `?` for words that speak of no actor. `words#2` is their second place.
    #[serde(default)]
    actors: Vec<String>,
    /// `words = COUNTRY`; `-` for a place of no country, `?` for words that speak of no place.
    #[serde(default)]
    places: Vec<String>,
    /// `words = name`: both speak of one actor, or of its members where names stand with ` + `; `?` where it must stay open.
    #[serde(default)]
    same: Vec<String>,
    /// Why it is not yet right, where it is not; the case then has to fail.
    #[serde(default)]
    miss: Option<String>,
}

/// The bytes of some words in the text.
fn find(text: &str, words: &str) -> std::ops::Range<usize> {
    let (words, nth) = words.split_once('#').map_or((words, 1), |(w, n)| (w, n.parse().unwrap()));
    let (at, found) =
        text.match_indices(words).nth(nth - 1).unwrap_or_else(|| panic!("{words:?} stands not in {text:?}"));
    at..at + found.len()
}

fn pair(line: &str) -> (&str, &str) {
    line.rsplit_once(" = ").unwrap_or_else(|| panic!("no ` = ` in {line:?}"))
}

/// The actors of the mentions that overlap a range, the closest fit first.
fn actors_at(range: &std::ops::Range<usize>, doc: &Document, found: &Mentions) -> Vec<usize> {
    let mut hits: Vec<(usize, usize)> = found
        .actor_mentions
        .iter()
        .filter_map(|m| {
            let bytes = doc.bytes(m.tokens.clone());
            (bytes.start < range.end && range.start < bytes.end)
                .then(|| (bytes.start.abs_diff(range.start) + bytes.end.abs_diff(range.end), m.actor))
        })
        .collect();
    hits.sort_unstable();
    hits.into_iter().map(|(_, a)| a).collect()
}

/// What is wrong with a case.
fn faults(case: &Case, model: &Model, world: &World) -> Vec<String> {
    let doc = model.parse_paragraphs(&case.text);
    let found = mentions::find(&doc, case.date, world);
    let mut out = Vec::new();
    for line in &case.actors {
        let (words, side) = pair(line);
        let hits = actors_at(&find(&case.text, words), &doc, &found);
        let got = hits.first().map_or("?", |&a| found.actors[a].side.as_deref().unwrap_or("-"));
        if got != side {
            out.push(format!("actor {words}: {got}, not {side}"));
        }
    }
    for line in &case.places {
        let (words, country) = pair(line);
        let range = find(&case.text, words);
        let got = found.places.iter().find(|p| {
            let bytes = doc.bytes(p.tokens.clone());
            bytes.start < range.end && range.start < bytes.end
        });
        let got = got.map_or("?", |p| p.country.as_deref().unwrap_or("-"));
        if got != country {
            out.push(format!("place {words}: {got}, not {country}"));
        }
    }
    for line in &case.same {
        let (words, name) = pair(line);
        let hits = actors_at(&find(&case.text, words), &doc, &found);
        let got = hits.first().map_or_else(
            || "?".to_owned(),
            |&a| {
                let mut names: Vec<&str> =
                    found.singles(a).into_iter().map(|s| found.actors[s].name.as_str()).collect();
                names.sort_unstable();
                names.join(" + ")
            },
        );
        if got != name {
            out.push(format!("{words}: {got:?}, not {name:?}"));
        }
    }
    out
}

#[test]
fn every_case_is_right_or_is_a_known_miss() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let model =
        Model::from_bytes(&fs::read(root.join("knowledge/model/en_core_web_sm.bin")).unwrap()).unwrap();
    let world = World::load(&Files::embedded()).unwrap();
    let mut paths: Vec<_> =
        fs::read_dir(root.join("cases/mentions")).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let (mut count, mut wrong) = (0, Vec::new());
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "toml")) {
        let sheet: Sheet = toml::from_str(&fs::read_to_string(path).unwrap())
            .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        for case in &sheet.case {
            count += 1;
            let faults = faults(case, &model, &world);
            match &case.miss {
                None if !faults.is_empty() => {
                    wrong.push(format!("{}\n    {}", case.text, faults.join("\n    ")));
                }
                Some(_) if faults.is_empty() => {
                    wrong.push(format!("{}\n    is right now: drop its `miss`", case.text));
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} cases are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 120, "only {count} cases");
}

#[test]
fn no_text_is_too_odd() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let model =
        Model::from_bytes(&fs::read(root.join("knowledge/model/en_core_web_sm.bin")).unwrap()).unwrap();
    let world = World::load(&Files::embedded()).unwrap();
    let long = "Putin, ".repeat(2000);
    for text in [
        "",
        " ",
        "\n\n\n",
        "-",
        "(((((",
        "the the the",
        "U.S.",
        "Mr",
        "его «Путин» 普京",
        "a\u{301}\u{302}",
        "president president president of of",
        "\u{feff}Modi",
        long.as_str(),
    ] {
        let doc = model.parse_paragraphs(text);
        let found = mentions::find(&doc, jiff::civil::date(2022, 1, 1), &world);
        for mention in &found.actor_mentions {
            assert!(mention.tokens.contains(&mention.head) && mention.actor < found.actors.len(), "{text}");
        }
    }
}
