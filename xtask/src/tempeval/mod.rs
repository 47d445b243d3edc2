//! Scores the time expressions against TimeBank, AQUAINT, WikiWars and MEANTIME with TempEval-3's entity
//! measure. The corpora may not be redistributed: `corpora/tempeval/README.md` says where they come from.

mod read;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use chancery_time::{Grammar, Style};

use crate::{Outcome, root};
use read::Marked;

/// A corpus: its folder, and how its texts are read.
struct Corpus {
    folder: &'static str,
    style: Style,
    read: fn(&str, bool) -> Result<Marked, String>,
    /// Creation times that stand in the text are scored as well.
    creation: bool,
}

#[rustfmt::skip]
const CORPORA: &[Corpus] = &[
    Corpus { folder: "TimeBank", style: Style::News, read: read::timeml, creation: false },
    Corpus { folder: "AQUAINT", style: Style::News, read: read::timeml, creation: false },
    Corpus { folder: "WikiWars", style: Style::Narrative, read: read::timeml, creation: false },
    Corpus { folder: "MEANTIME", style: Style::News, read: read::cat, creation: false },
    Corpus { folder: "MEANTIME", style: Style::News, read: read::cat, creation: true },
];

/// Counts of TempEval-3's entity measure (UzZaman et al. 2013): matches may overlap (relaxed) or must be
/// equal (strict); type and value are scored over the relaxed matches.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    gold: u32,
    system: u32,
    strict: u32,
    relaxed: u32,
    kind: u32,
    value: u32,
}

impl Score {
    /// Twice the hits over both sides: the harmonic mean of precision and recall, in per cent.
    fn f1(&self, hits: u32) -> f64 {
        let sides = self.gold + self.system;
        if sides == 0 { 100.0 } else { 200.0 * f64::from(hits) / f64::from(sides) }
    }

    fn line(&self) -> String {
        format!(
            "gold {:5}  system {:5}  strict {:6.2}  relaxed {:6.2}  type {:6.2}  value {:6.2}",
            self.gold,
            self.system,
            self.f1(self.strict),
            self.f1(self.relaxed),
            self.f1(self.kind),
            self.f1(self.value)
        )
    }
}

/// How fast the texts were read, on one core.
#[derive(Clone, Copy, Debug, Default)]
struct Pace {
    texts: u32,
    bytes: usize,
    seconds: f64,
}

impl Pace {
    fn line(&self) -> String {
        let per_second = f64::from(self.texts) / self.seconds.max(1e-9);
        format!(
            "{} texts, {} bytes in {:.3} s: {per_second:.0} a second",
            self.texts, self.bytes, self.seconds
        )
    }
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let Some(folder) = arguments.first() else { return Err("give the folder that holds the corpora".into()) };
    let option = |name: &str| {
        arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1)).map(String::as_str)
    };
    let (half, errors) = (option("--half"), option("--errors"));
    let grammar = grammar()?;
    let mut pace = Pace::default();
    for corpus in CORPORA {
        let path = Path::new(folder).join(corpus.folder);
        if !path.is_dir() {
            crate::say(&format!("{}: no such folder, passed over", path.display()));
            continue;
        }
        let mut score = Score::default();
        for (n, file) in files(&path)?.iter().enumerate() {
            if half.is_some_and(|h| (h == "a") != (n % 2 == 0)) {
                continue;
            }
            let text = fs::read_to_string(file)?;
            let marked =
                (corpus.read)(&text, corpus.creation).map_err(|e| format!("{}: {e}", file.display()))?;
            let show = errors == Some(corpus.folder) && !corpus.creation;
            let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            compare(&grammar, &marked, corpus.style, &mut score, &mut pace, show.then_some(name.as_str()));
        }
        let name = if corpus.creation { "MEANTIME+dct" } else { corpus.folder };
        say(&format!("{name:14}{}", score.line()));
    }
    say(&pace.line());
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the figures are the chore's product")]
fn say(line: &str) {
    println!("{line}");
}

/// The files of a folder, in the order of their names.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn std::error::Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        // Archives leave hidden files of a Macintosh beside the texts.
        if !path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.')) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The English rules of the knowledge folder.
pub(crate) fn grammar() -> Result<Grammar, Box<dyn std::error::Error>> {
    let mut read = Vec::new();
    for file in files(&root().join("knowledge/time/en"))? {
        read.push((file.display().to_string(), fs::read(&file)?));
    }
    Ok(Grammar::from_files(read.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))?)
}

fn compare(
    grammar: &Grammar,
    marked: &Marked,
    style: Style,
    score: &mut Score,
    pace: &mut Pace,
    show: Option<&str>,
) {
    let start = Instant::now();
    let read = grammar.annotate_as(&marked.text, marked.published, &|_| None, style);
    pace.seconds += start.elapsed().as_secs_f64();
    pace.texts += 1;
    pace.bytes += marked.text.len();
    let found: Vec<_> = read
        .into_iter()
        .filter(|t| t.span.start < marked.scored_to)
        .filter(|t| !marked.passed_over.iter().any(|p| p.start < t.span.end && t.span.start < p.end))
        .collect();
    score.gold += u32::try_from(marked.gold.len()).unwrap_or(u32::MAX);
    score.system += u32::try_from(found.len()).unwrap_or(u32::MAX);
    let mut used = vec![false; found.len()];
    for gold in &marked.gold {
        let overlap = found
            .iter()
            .enumerate()
            .position(|(n, t)| !used[n] && t.span.start < gold.span.end && gold.span.start < t.span.end);
        let words = squeeze(&marked.text[gold.span.clone()]);
        let Some(n) = overlap else {
            if let Some(name) = show {
                say(&format!(
                    "MISS   {name}\t{words}\t{} {}\t{}",
                    gold.kind,
                    gold.value,
                    around(marked, &gold.span)
                ));
            }
            continue;
        };
        used[n] = true;
        let timex = &found[n];
        score.relaxed += 1;
        let strict = trimmed(&marked.text, &timex.span) == trimmed(&marked.text, &gold.span);
        score.strict += u32::from(strict);
        score.kind += u32::from(timex.kind.name() == gold.kind);
        score.value += u32::from(timex.value == gold.value);
        if let Some(name) = show
            && (timex.value != gold.value || !strict)
        {
            let what = match (strict, timex.value == gold.value) {
                (true, false) => "VALUE ",
                (false, true) => "SPAN  ",
                _ => "BOTH  ",
            };
            say(&format!(
                "{what} {name}\t{words}\t{} {}\tgot {} {} {} by {}\tdct {}\t{}",
                gold.kind,
                gold.value,
                squeeze(&marked.text[timex.span.clone()]),
                timex.kind.name(),
                timex.value,
                timex.rule,
                marked.published,
                around(marked, &gold.span)
            ));
        }
    }
    if let Some(name) = show {
        for (timex, _) in found.iter().zip(&used).filter(|(_, used)| !**used) {
            say(&format!(
                "EXTRA  {name}\t{}\t{} by {}\t{}",
                squeeze(&marked.text[timex.span.clone()]),
                timex.value,
                timex.rule,
                around(marked, &timex.span)
            ));
        }
    }
}

/// A span without the white space and stops at its ends.
fn trimmed(text: &str, span: &std::ops::Range<usize>) -> (usize, usize) {
    let words = &text[span.clone()];
    let start = span.end - words.trim_start().len();
    let end = span.start + words.trim_end_matches(|c: char| c.is_whitespace() || ".,".contains(c)).len();
    (start, end.max(start))
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Some words on either side.
fn around(marked: &Marked, span: &std::ops::Range<usize>) -> String {
    let text = &marked.text;
    let start = (0..=span.start.saturating_sub(60)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let end = (text.len().min(span.end + 40)..=text.len())
        .find(|i| text.is_char_boundary(*i))
        .unwrap_or(text.len());
    format!(
        "…{}[{}]{}…",
        squeeze(&text[start..span.start]),
        squeeze(&text[span.clone()]),
        squeeze(&text[span.end..end])
    )
}
