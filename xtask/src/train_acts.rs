//! Trains the learned model of acts on the annotated reports and the labelled sentences, and measures it on
//! reports held back thread by thread.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use chancery_coder::knowledge::Files;
use chancery_coder::softmax::{Sample, Softmax, Training};
use chancery_coder::{ActCandidate, Coder};
use chancery_syntax::Model;
use serde_json::Value;

/// The class of what tells no act.
const NONE: &str = "none";

/// Features, class and weight of a proposition.
type Row = (Vec<String>, String, f32);

/// A text with its acts: byte ranges in which an act is told, with its class; exact ones name the predicate.
struct Labelled {
    group: String,
    text: String,
    published: jiff::civil::Date,
    acts: Vec<(Vec<std::ops::Range<usize>>, String)>,
    exact: bool,
}

/// `train-acts [OUT] [--hold THREAD,…]`: trains and writes the model, without the threads named; prints the accuracy
/// on each thread when it is held back.
pub(crate) fn run(arguments: &[String]) -> crate::Outcome {
    let root = crate::root();
    let bytes = fs::read(root.join("knowledge/model/en_core_web_sm.bin"))?;
    let coder = Coder::new(Model::from_bytes(&bytes)?, &Files::embedded())?;
    let mut texts = reports(&root.join("corpora/diplomacy"))?;
    texts.extend(sentences(&root.join("corpora/acts"))?);
    let held: Vec<&str> = match arguments {
        [.., option, names] if option == "--hold" => names.split(',').collect(),
        _ => Vec::new(),
    };
    texts.retain(|t| !held.contains(&t.group.as_str()));
    let rows: Vec<(String, Vec<Row>)> = texts.iter().map(|t| (t.group.clone(), label(&coder, t))).collect();
    let mut classes: Vec<String> =
        rows.iter().flat_map(|(_, r)| r.iter().map(|(_, c, _)| c.clone())).collect();
    classes.sort();
    classes.dedup();
    let of = |held: Option<&str>, inside: bool| -> Vec<Sample> {
        rows.iter()
            .filter(|(group, _)| held.is_none_or(|h| (group == h) == inside))
            .flat_map(|(_, r)| r)
            .map(|(features, class, weight)| Sample {
                features: features.clone(),
                class: u16::try_from(classes.iter().position(|c| c == class).unwrap_or(0)).unwrap_or(0),
                weight: *weight,
            })
            .collect()
    };
    let mut groups: Vec<&str> = rows.iter().map(|(g, _)| g.as_str()).filter(|g| *g != "acts").collect();
    groups.sort_unstable();
    groups.dedup();
    let none = classes.iter().position(|c| c == NONE).unwrap_or(0);
    let mut tally: BTreeMap<&str, usize> = BTreeMap::new();
    for held in groups.iter().filter(|_| held.is_empty()) {
        let model = Softmax::train(classes.clone(), &of(Some(held), false), Training::default());
        for sample in of(Some(held), true) {
            let p = model.probabilities(&sample.features);
            let told = (0..p.len()).max_by(|a, b| p[*a].total_cmp(&p[*b])).unwrap_or(none);
            let gold = usize::from(sample.class);
            let key = match (gold == none, told == none) {
                (true, true) => "none as none",
                (true, false) => "none as act",
                (false, true) => "act as none",
                (false, false) if gold == told => "act right",
                (false, false) => "act as another",
            };
            *tally.entry(key).or_default() += 1;
        }
    }
    crate::say(&format!("held-back threads: {tally:?}"));
    let model = Softmax::train(classes.clone(), &of(None, true), Training::default());
    let out = arguments
        .first()
        .filter(|a| !a.starts_with("--"))
        .map_or_else(|| root.join("knowledge/model/acts.tsv"), PathBuf::from);
    fs::write(&out, model.to_tsv()).map_err(|e| format!("{}: {e}", out.display()))?;
    crate::say(&format!(
        "{} samples, {} classes, written to {}",
        of(None, true).len(),
        classes.len(),
        out.display()
    ));
    Ok(())
}

/// Features and class of every proposition of a text.
fn label(coder: &Coder, text: &Labelled) -> Vec<Row> {
    let candidates = coder.act_candidates(&text.text, text.published);
    let mut classes: Vec<Option<&str>> = vec![None; candidates.len()];
    let mut quoted = vec![false; candidates.len()];
    for (spans, class) in &text.acts {
        let inside =
            |c: &ActCandidate| spans.iter().any(|s| s.start <= c.predicate.start && c.predicate.end <= s.end);
        for (at, candidate) in candidates.iter().enumerate() {
            quoted[at] |= inside(candidate);
        }
        let best = candidates
            .iter()
            .enumerate()
            .filter(|(at, c)| inside(c) && classes[*at].is_none())
            .max_by_key(|(at, c)| (likeness(c, class), std::cmp::Reverse(*at)));
        if let Some((at, _)) = best {
            classes[at] = Some(class);
        }
    }
    candidates
        .into_iter()
        .zip(classes.iter().zip(&quoted))
        .map(|(c, (class, quoted))| {
            let weight = if class.is_none() && *quoted && !text.exact { 0.3 } else { 1.0 };
            (c.features, class.unwrap_or(NONE).to_owned(), weight)
        })
        .collect()
}

/// How well a frame's class agrees with the annotated one.
fn likeness(candidate: &ActCandidate, class: &str) -> usize {
    let Some(own) = &candidate.class else { return usize::from(candidate.verbal) };
    let (plover, form) = class.split_once('/').unwrap_or_default();
    let (p, f) = own.split_once('/').unwrap_or_default();
    match (p == plover, f == form) {
        (true, true) => 5,
        (false, true) => 4,
        (true, false) => 3,
        (false, false) => 0,
    }
}

/// The annotated reports of a folder, by thread.
fn reports(folder: &Path) -> io::Result<Vec<Labelled>> {
    let mut out = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(&at)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
        entries.sort();
        for path in entries {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let Some(stem) = name.strip_suffix(".gold.json").filter(|s| *s != "thread") else { continue };
            let gold: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
            let text = fs::read_to_string(at.join(format!("{stem}.txt")))?;
            let published = gold["published"].as_str().and_then(|d| d.parse().ok()).unwrap_or_default();
            let acts = gold["events"].as_array().into_iter().flatten().map(|e| act(e, &text)).collect();
            let group = at.file_name().unwrap_or_default().to_string_lossy().into_owned();
            out.push(Labelled { group, text, published, acts, exact: false });
        }
    }
    Ok(out)
}

fn act(event: &Value, text: &str) -> (Vec<std::ops::Range<usize>>, String) {
    let quotes = event["claims"].as_array().into_iter().flatten().filter_map(|c| c["quote"].as_str());
    let spans = quotes.filter_map(|q| text.find(q).map(|at| at..at + q.len())).collect();
    let class =
        format!("{}/{}", event["type"].as_str().unwrap_or("NONE"), event["form"].as_str().unwrap_or("other"));
    (spans, class)
}

/// The labelled sentences: `{TYPE/form word}` marks a predicate.
fn sentences(folder: &Path) -> Result<Vec<Labelled>, String> {
    let mut out = Vec::new();
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .and_then(|d| d.map(|e| e.map(|e| e.path())).collect())
        .map_err(|e| format!("{}: {e}", folder.display()))?;
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    for path in paths {
        let content = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        for (number, line) in content.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            out.push(sentence(line).map_err(|e| format!("{}:{}: {e}", path.display(), number + 1))?);
        }
    }
    Ok(out)
}

fn sentence(line: &str) -> Result<Labelled, String> {
    let mut text = String::new();
    let mut acts = Vec::new();
    let mut rest = line;
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        let close = rest.find('}').filter(|c| *c > open).ok_or("a `{` is not closed by a `}`")?;
        let (class, words) = rest[open + 1..close]
            .split_once(' ')
            .ok_or("a brace holds `TYPE/form word`; the word is missing")?;
        let start = text.len();
        text.push_str(words);
        acts.push((std::iter::once(start..text.len()).collect(), class.to_owned()));
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    Ok(Labelled {
        group: "acts".to_owned(),
        text,
        published: jiff::civil::date(2023, 6, 15),
        acts,
        exact: true,
    })
}
