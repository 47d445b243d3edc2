//! `cargo xtask mention-score GOLD_DIR`: of the participants of annotated reports whose names stand in the
//! text, how many are found as mentions of actors, and with the right side.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chancery_coder::knowledge::Files;
use chancery_coder::knowledge::world::World;
use chancery_coder::mentions::{self, Manner, Mentions};
use chancery_syntax::{Document, Model};

use crate::{Outcome, root, say};

/// Figures over a set.
#[derive(Default)]
struct Tally {
    reports: usize,
    named: usize,
    found: usize,
    sided: usize,
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let (gold, show) = match arguments {
        [gold] => (gold, false),
        [gold, flag] if flag == "--show" => (gold, true),
        _ => return Err("give a folder of annotated reports, and --show to list what is missed".into()),
    };
    let model = Model::from_bytes(&fs::read(root().join("knowledge/model/en_core_web_sm.bin"))?)?;
    let world = World::load(&Files::embedded())?;
    let mut paths = Vec::new();
    collect(Path::new(gold), &mut paths)?;
    let mut tally = Tally::default();
    for path in paths {
        score(&path, &model, &world, show, &mut tally)?;
    }
    let share = |a: usize, b: usize| if b == 0 { 0.0 } else { a as f64 / b as f64 };
    say(&format!("reports {}", tally.reports));
    say(&format!("participants whose name stands in the text {}", tally.named));
    say(&format!("found {:.4}", share(tally.found, tally.named)));
    say(&format!("side right, of the found {:.4}", share(tally.sided, tally.found)));
    Ok(())
}

/// The `NAME.gold.json` files under a folder, in order.
fn collect(folder: &Path, out: &mut Vec<PathBuf>) -> Outcome {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, out)?;
        } else if path.to_string_lossy().ends_with(".gold.json") && !path.ends_with("thread.gold.json") {
            out.push(path);
        }
    }
    Ok(())
}

fn score(path: &Path, model: &Model, world: &World, show: bool, tally: &mut Tally) -> Outcome {
    let gold: serde_json::Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    let text = fs::read_to_string(path.to_string_lossy().replace(".gold.json", ".txt"))?;
    let published = gold["published"].as_str().unwrap_or_default().parse()?;
    let body = text.trim_start().strip_prefix("date ").and_then(|t| t.get(10..)).unwrap_or(&text).trim();
    let doc = model.parse_paragraphs(body);
    let mentions = mentions::find(&doc, published, world);
    tally.reports += 1;
    let mut seen = BTreeMap::new();
    for event in gold["events"].as_array().into_iter().flatten() {
        for participant in event["participants"].as_array().into_iter().flatten() {
            let (name, side) =
                (participant["name"].as_str().unwrap_or_default(), participant["side"].as_str());
            if name.is_empty() || !body.contains(name) {
                continue;
            }
            let (found, right) = *seen
                .entry((name.to_owned(), side))
                .or_insert_with(|| judge(name, side, body, &doc, &mentions));
            tally.named += 1;
            tally.found += usize::from(found);
            tally.sided += usize::from(found && right);
        }
    }
    if show {
        for ((name, side), (found, right)) in seen.iter().filter(|(_, (found, right))| !found || !right) {
            let what = if *found { "side" } else { "missed" };
            say(&format!(
                "{what:7} {name} [{}] {} {}",
                side.unwrap_or("null"),
                sides(name, body, &doc, &mentions),
                path.file_stem().unwrap_or_default().to_string_lossy()
            ));
            let _ = right;
        }
    }
    Ok(())
}

/// Whether a name is found anywhere as an actor, and with that side.
fn judge(name: &str, side: Option<&str>, body: &str, doc: &Document, mentions: &Mentions) -> (bool, bool) {
    let mut found = false;
    let mut right = false;
    for actor in overlapping(name, body, doc, mentions) {
        found = true;
        right |= mentions.actors[actor].side.as_deref() == side;
    }
    (found, right)
}

fn overlapping(name: &str, body: &str, doc: &Document, mentions: &Mentions) -> Vec<usize> {
    let mut out = Vec::new();
    for (at, _) in body.match_indices(name) {
        for mention in &mentions.actor_mentions {
            let bytes = doc.bytes(mention.tokens.clone());
            if mention.manner != Manner::Pronoun && bytes.start < at + name.len() && at < bytes.end {
                out.push(mention.actor);
            }
        }
    }
    out
}

fn sides(name: &str, body: &str, doc: &Document, mentions: &Mentions) -> String {
    let mut list: Vec<String> = overlapping(name, body, doc, mentions)
        .into_iter()
        .map(|a| mentions.actors[a].side.clone().unwrap_or_else(|| "null".to_owned()))
        .collect();
    list.dedup();
    list.join(",")
}
