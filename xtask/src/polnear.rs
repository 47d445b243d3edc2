//! Scores attributions against PolNeAR: exact F1 of source, cue and content spans, and overlap beside.
//!
//! PolNeAR tags each token once and annotates the outermost attribution alone, so nested, carried and
//! repeated ones are left out here, and silence is told as its refusing verb with what is refused.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use chancery_coder::knowledge::sources::Sources;
use chancery_coder::mentions::Mentions;
use chancery_coder::sources::{self, Attribution, Stance};
use chancery_syntax::{Dep, Document};

use crate::Outcome;

type Error = Box<dyn std::error::Error>;

/// `cargo xtask polnear DIR [N]`: scores `DIR/train` and `DIR/dev`, those that are there, and shows the
/// first N spans that were missed or wrong.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let Some(folder) = arguments.first() else {
        return Err("name the folder that holds train and dev".into());
    };
    let show = arguments.get(1).map_or(Ok(0), |n| n.parse())?;
    let k = Sources::load(&crate::claim_sources::knowledge()?)?;
    let model = crate::claim_sources::model()?;
    for part in ["train", "dev"] {
        let part = Path::new(folder).join(part);
        if part.is_dir() {
            let report = score(&part, &k, &|text| model.parse_paragraphs(text), show)?;
            tell(&format!("{}\n{report}", part.display()));
        }
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "figures are the chore's output")]
fn tell(text: &str) {
    println!("{text}");
}

/// The three parts of an attribution, in PolNeAR's words.
const PARTS: [&str; 3] = ["Source", "Cue", "Content"];

/// A span as token ranges.
type Span = Vec<Range<usize>>;

#[derive(Default)]
struct Tally {
    gold: usize,
    found: usize,
    exact: usize,
    /// Tokens in common over tokens of the gold, and over tokens found.
    recall: f64,
    precision: f64,
}

/// Scores one part of the corpus, a folder with `text` and `attributions`.
///
/// # Errors
/// A file cannot be read.
fn score(folder: &Path, k: &Sources, parse: &dyn Fn(&str) -> Document, show: usize) -> Result<String, Error> {
    let mut tallies: [Tally; 3] = Default::default();
    let mut listing = String::new();
    let mut shown = 0;
    let mut rules: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let reports = first_annotations(folder)?;
    for (text_path, annotation_path) in &reports {
        let text = fs::read_to_string(text_path)?;
        let gold = annotations(&text, &fs::read_to_string(annotation_path)?);
        let doc = parse(&text);
        let found = sources::find(&doc, &Mentions::default(), jiff::civil::date(2016, 1, 1), &[], k);
        let system = mapped(&doc, &found, &mut rules, &gold);
        for (part, name) in PARTS.iter().enumerate() {
            let g: BTreeSet<Vec<(usize, usize)>> = gold
                .iter()
                .filter(|(p, _)| p == name)
                .map(|(_, s)| tokens(&doc, s))
                .filter(|s| !s.is_empty())
                .collect();
            let s: BTreeSet<Vec<(usize, usize)>> = system
                .iter()
                .map(|a| &a[part])
                .filter(|s| !s.is_empty())
                .map(|s| s.iter().map(|r| (r.start, r.end)).collect())
                .collect();
            let tally = &mut tallies[part];
            tally.gold += g.len();
            tally.found += s.len();
            tally.exact += g.intersection(&s).count();
            let covered = |of: &BTreeSet<Vec<(usize, usize)>>, by: &BTreeSet<Vec<(usize, usize)>>| -> f64 {
                let mut mask = vec![false; doc.tokens().len()];
                for &(a, b) in by.iter().flatten() {
                    mask[a..b].fill(true);
                }
                of.iter()
                    .map(|span| {
                        let all: usize = span.iter().map(|(a, b)| b - a).sum();
                        let hit = span.iter().flat_map(|&(a, b)| a..b).filter(|&i| mask[i]).count();
                        ratio(hit, all)
                    })
                    .sum()
            };
            tally.recall += covered(&g, &s);
            tally.precision += covered(&s, &g);
            if shown < show {
                for (label, spans) in [("missed", g.difference(&s)), ("wrong", s.difference(&g))] {
                    for span in spans {
                        let words: Vec<&str> = span.iter().map(|&(a, b)| doc.words(a..b)).collect();
                        writeln!(
                            listing,
                            "{name}\t{label}\t{}\t{}",
                            text_path.file_stem().unwrap_or_default().display(),
                            words.join(" … ")
                        )?;
                        shown += 1;
                    }
                }
            }
        }
    }
    let mut out = listing;
    writeln!(
        out,
        "{} reports, {} spans annotated",
        reports.len(),
        tallies.iter().map(|t| t.gold).sum::<usize>()
    )?;
    writeln!(
        out,
        "{:<8} {:>6} {:>6}  {:>5} {:>5} {:>5}   overlap {:>5} {:>5} {:>5}",
        "", "gold", "found", "P", "R", "F1", "P", "R", "F1"
    )?;
    for (name, t) in PARTS.iter().zip(&tallies) {
        let (p, r) = (ratio(t.exact, t.found), ratio(t.exact, t.gold));
        let (op, or) = (part(t.precision, t.found), part(t.recall, t.gold));
        writeln!(
            out,
            "{name:<8} {:>6} {:>6}  {:>5.1} {:>5.1} {:>5.1}           {:>5.1} {:>5.1} {:>5.1}",
            t.gold,
            t.found,
            100.0 * p,
            100.0 * r,
            100.0 * f1(p, r),
            100.0 * op,
            100.0 * or,
            100.0 * f1(op, or)
        )?;
    }
    if show > 0 {
        for (rule, (right, all)) in rules {
            writeln!(out, "  {rule:<20} cue right {right:>5} of {all:>5}")?;
        }
    }
    Ok(out)
}

fn ratio(a: usize, b: usize) -> f64 {
    f64::from(u32::try_from(a).unwrap_or(u32::MAX)) / f64::from(u32::try_from(b.max(1)).unwrap_or(u32::MAX))
}

fn part(sum: f64, n: usize) -> f64 {
    sum / f64::from(u32::try_from(n.max(1)).unwrap_or(u32::MAX))
}

fn f1(p: f64, r: f64) -> f64 {
    if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
}

/// Each text with its annotation; of several annotators the first by name.
fn first_annotations(folder: &Path) -> Result<Vec<(PathBuf, PathBuf)>, Error> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder.join("attributions"))? {
        files.push(entry?.path());
    }
    files.sort();
    let mut out: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    for file in files.into_iter().filter(|f| f.extension().is_some_and(|e| e == "ann")) {
        let stem = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let Some((text, _annotator)) = stem.rsplit_once('_') else { continue };
        let text = folder.join("text").join(format!("{text}.txt"));
        if text.is_file() {
            out.entry(text).or_insert(file);
        }
    }
    Ok(out.into_iter().collect())
}

/// The spans of a brat file's attributions by part, as byte ranges.
fn annotations(text: &str, ann: &str) -> Vec<(String, Span)> {
    let mut bytes: Vec<usize> = text.char_indices().map(|(b, _)| b).collect();
    bytes.push(text.len());
    let mut spans: BTreeMap<&str, Span> = BTreeMap::new();
    for line in ann.lines().filter(|l| l.starts_with('T')) {
        let mut columns = line.split('\t');
        let (Some(id), Some(what)) = (columns.next(), columns.next()) else { continue };
        let Some((_, offsets)) = what.split_once(' ') else { continue };
        let ranges = offsets
            .split(';')
            .filter_map(|pair| {
                let (a, b) = pair.split_once(' ')?;
                let (a, b): (usize, usize) = (a.parse().ok()?, b.parse().ok()?);
                Some(*bytes.get(a)?..*bytes.get(b)?)
            })
            .collect();
        spans.insert(id, ranges);
    }
    let mut out = Vec::new();
    for line in ann.lines().filter(|l| l.starts_with('E')) {
        let Some((_, arguments)) = line.split_once('\t') else { continue };
        let mut parts: BTreeMap<&str, Span> = BTreeMap::new();
        for argument in arguments.split(' ').skip(1) {
            let Some((role, id)) = argument.split_once(':') else { continue };
            let role = role.trim_end_matches(|c: char| c.is_ascii_digit());
            if let Some(span) = spans.get(id) {
                parts.entry(role).or_default().extend(span.iter().cloned());
            }
        }
        out.extend(parts.into_iter().map(|(role, span)| (role.to_owned(), span)));
    }
    out
}

/// Byte ranges as token ranges; pieces with nothing between them are one.
fn tokens(doc: &Document, span: &Span) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut span = span.clone();
    span.sort_by_key(|r| r.start);
    for bytes in span {
        let start = doc.tokens().partition_point(|t| t.end <= bytes.start);
        let end = doc.tokens().partition_point(|t| t.start < bytes.end);
        let (mut start, mut end) = (start, end);
        while start < end && doc.word(start).trim().is_empty() {
            start += 1;
        }
        while end > start && doc.word(end - 1).trim().is_empty() {
            end -= 1;
        }
        if start >= end {
            continue;
        }
        match out.last_mut() {
            Some(last) if (last.1..start).all(|i| doc.word(i).trim().is_empty()) => last.1 = last.1.max(end),
            _ => out.push((start, end)),
        }
    }
    out
}

/// The system's attributions as PolNeAR would write them.
fn mapped(
    doc: &Document,
    found: &sources::Attributions,
    rules: &mut BTreeMap<String, (usize, usize)>,
    gold: &[(String, Span)],
) -> Vec<[Span; 3]> {
    let cues: BTreeSet<Vec<(usize, usize)>> =
        gold.iter().filter(|(p, _)| p == "Cue").map(|(_, s)| tokens(doc, s)).collect();
    let mut out = Vec::new();
    let mut taken = vec![false; doc.tokens().len()];
    let mut order: Vec<&Attribution> = found
        .all()
        .iter()
        .filter(|a| !a.carried && !matches!(a.rule.as_str(), "cited" | "release"))
        .collect();
    order.sort_by_key(|a| (usize::MAX - a.size(), a.cue.start));
    for a in order {
        if a.cue.clone().any(|i| taken[i]) {
            continue;
        }
        let (cue, content) =
            if a.stance == Stance::NoWord { silence(doc, a) } else { (a.cue.clone(), a.content.clone()) };
        for i in content.iter().cloned().flatten().chain(cue.clone()) {
            taken[i] = true;
        }
        if content.is_empty() {
            continue;
        }
        let source = a.source.iter().map(|s| paired_comma(doc, s.clone(), &cue)).collect();
        let tally = rules.entry(a.rule.clone()).or_default();
        tally.1 += 1;
        tally.0 += usize::from(cues.contains(&vec![(cue.start, cue.end)]));
        out.push([source, vec![cue], content]);
    }
    out
}

/// A comma that closes an apposition belongs to the source.
fn paired_comma(doc: &Document, source: Range<usize>, cue: &Range<usize>) -> Range<usize> {
    let comma = source.end < doc.tokens().len()
        && doc.word(source.end) == ","
        && source.clone().any(|i| doc.word(i) == ",");
    if comma && source.end < cue.start { source.start..source.end + 1 } else { source }
}

/// "declined [to comment on the report]".
fn silence(doc: &Document, a: &Attribution) -> (Range<usize>, Span) {
    let to = a.cue.clone().find(|&i| doc.word(i) == "to" && doc.dep(i) == Dep::Aux);
    match to {
        Some(to) if to > a.cue.start => {
            let end = a.content.iter().map(|r| r.end).chain([a.cue.end]).max().unwrap_or(a.cue.end);
            let whole = to..end;
            (a.cue.start..to, vec![whole])
        }
        _ => (a.cue.clone(), a.content.clone()),
    }
}
