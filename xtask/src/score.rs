//! `cargo xtask score`: the exact figures of `corpora/scores.toml`, and whether they still hold. A move
//! up is a difference too: figures change on purpose, in the commit that changes them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::{Command, Stdio};

use crate::{Outcome, root, say};

/// Where the figures stand.
const SCORES: &str = "corpora/scores.toml";

/// What stands above the figures in the file.
const HEADER: &str = "\
# The exact figures of the test sets. `cargo xtask score` computes them again and fails where one has
# moved, up or down; `cargo xtask score --write` puts the new ones here, in the commit that moves them.
";

/// A test set that a fresh clone holds, and the program's arguments that print its figures as one JSON object.
struct Set {
    name: &'static str,
    arguments: &'static [&'static str],
}

const SETS: &[Set] = &[Set { name: "diplomacy", arguments: &["score", "corpora/diplomacy", "--json"] }];

/// Name of a figure → the figure as printed.
type Figures = BTreeMap<String, String>;

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let write = match arguments {
        [] => false,
        [flag] if flag == "--write" => true,
        other => return Err(format!("knows only --write, not {other:?}").into()),
    };
    let mut now = BTreeMap::new();
    for set in SETS {
        now.insert(set.name.to_owned(), figures(set)?);
    }
    let kept = kept(&std::fs::read_to_string(root().join(SCORES)).unwrap_or_default())?;
    let moves = moves(&kept, &now);
    for line in &moves {
        say(line);
    }
    if write {
        std::fs::write(root().join(SCORES), file(&now))?;
        say(&format!("{SCORES} written; {} figures moved", moves.len()));
        return Ok(());
    }
    match moves.len() {
        0 => Ok(()),
        n => Err(format!(
            "{n} figures of {SCORES} moved; where that is meant, run `cargo xtask score --write` and say why in the commit"
        )
        .into()),
    }
}

/// Runs the release build of the program on a set.
fn figures(set: &Set) -> Result<Figures, Box<dyn std::error::Error>> {
    let run = Command::new("cargo")
        .args(["run", "--release", "--quiet", "--package", "chancery", "--"])
        .args(set.arguments)
        .current_dir(root())
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()?;
    if !run.status.success() {
        return Err(format!("chancery {} failed", set.arguments.join(" ")).into());
    }
    let json = String::from_utf8(run.stdout)?;
    let figures: BTreeMap<String, serde_json::Value> = serde_json::from_str(&json)?;
    Ok(figures.into_iter().map(|(name, value)| (name, value.to_string())).collect())
}

/// The file's figures by set.
fn kept(text: &str) -> Result<BTreeMap<String, Figures>, Box<dyn std::error::Error>> {
    let table: toml::Table = text.parse().map_err(|e| format!("{SCORES}: {e}"))?;
    let sets = table.into_iter().filter_map(|(set, value)| {
        let figures = value.as_table()?.iter();
        let figures = figures.filter(|(name, _)| *name != "command");
        Some((set, figures.map(|(name, value)| (name.clone(), value.to_string())).collect()))
    });
    Ok(sets.collect())
}

/// A line for each figure that is not what it was.
fn moves(kept: &BTreeMap<String, Figures>, now: &BTreeMap<String, Figures>) -> Vec<String> {
    let mut moves = Vec::new();
    let none = Figures::new();
    let sets: Vec<&String> = kept.keys().chain(now.keys().filter(|set| !kept.contains_key(*set))).collect();
    for set in sets {
        let (was, is) = (kept.get(set).unwrap_or(&none), now.get(set).unwrap_or(&none));
        let names = was.keys().chain(is.keys().filter(|name| !was.contains_key(*name)));
        for name in names.filter(|name| was.get(*name) != is.get(*name)) {
            let shown = |figures: &Figures| figures.get(name).cloned().unwrap_or_else(|| "-".to_owned());
            moves.push(format!("{set}: {name:<14} {:>7} → {:>7}", shown(was), shown(is)));
        }
    }
    moves
}

/// The file that keeps these figures.
fn file(now: &BTreeMap<String, Figures>) -> String {
    let mut text = HEADER.to_owned();
    for set in SETS {
        let arguments = set.arguments.join(" ");
        let _ = write!(text, "\n[{}]\ncommand = \"cargo run --release -- {arguments}\"\n", set.name);
        for (name, figure) in now.get(set.name).into_iter().flatten() {
            let _ = writeln!(text, "{name} = {figure}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{file, kept, moves};

    #[test]
    fn what_is_written_is_read_back_and_a_move_either_way_is_told() {
        let figures = |f1: &str| {
            let figures = [("event_f1", f1), ("reports", "91"), ("quote", "1.0")];
            let figures = figures.map(|(name, figure)| (name.to_owned(), figure.to_owned()));
            BTreeMap::from([("diplomacy".to_owned(), BTreeMap::from(figures))])
        };
        let was = kept(&file(&figures("0.6123"))).expect("its own file");
        assert_eq!(was, figures("0.6123"));
        assert_eq!(moves(&was, &figures("0.6123")), Vec::<String>::new());
        assert_eq!(moves(&was, &figures("0.6124")), ["diplomacy: event_f1        0.6123 →  0.6124"]);
        assert_eq!(moves(&was, &BTreeMap::new()).len(), 3);
    }
}
