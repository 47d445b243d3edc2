//! `cargo xtask factuality FILE…`: how well the status fold tells what happened, on sentences whose
//! predicates people have rated from -3 (certainly not) to 3 (certainly).
//!
//! The file is a table as the UW, MEANTIME and UDS-IH2 sets come in: a line a token (number, word, rating or `_`,
//! tag, head, label, lemma), a blank line after each sentence. Only words and ratings are read: the parse is our own.
//! Measures as in Stanovsky et al. (2017), "Integrating Deep Linguistic Features in Factuality Prediction": mean absolute
//! error and Pearson's r.

use std::fmt::Write as _;
use std::path::Path;

use chancery_coder::Status;
use chancery_coder::knowledge::Files;
use chancery_coder::knowledge::fold::Fold;
use chancery_coder::knowledge::operators::Operators;
use chancery_coder::propositions::{by_predicate, find};
use chancery_coder::status::{Folded, fold};
use chancery_syntax::Model;

use crate::Outcome;

/// The rating of a status: near the median of what people gave, in the UW training part, to words that the fold
/// gives this status.
fn rating(folded: &Folded) -> f64 {
    match folded.status {
        Status::Held | Status::Underway => 3.0,
        Status::Scheduled => 2.2,
        Status::Expected => 1.9,
        Status::Postponed => 1.8,
        Status::Conditional | Status::Proposed => 1.5,
        Status::Rumoured if !folded.reading.affirmed => -0.8,
        Status::Rumoured => 1.2,
        Status::Cancelled | Status::RuledOut => -1.2,
        Status::NotHeld => -1.7,
    }
}

/// A rating without a sign.
const NEAR_ZERO: f64 = 0.3;

#[derive(Default)]
struct Sentence {
    text: String,
    /// Byte offset of a rated word, with its rating.
    rated: Vec<(usize, f64)>,
}

fn read(path: &str) -> Result<Vec<Sentence>, Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("reading {path}: {e}"))?;
    let mut out = vec![Sentence::default()];
    for (number, line) in text.lines().enumerate() {
        let sentence = out.last_mut().ok_or("no sentence")?;
        let fields: Vec<&str> = line.split('\t').collect();
        if line.trim().is_empty() {
            if !sentence.text.is_empty() {
                out.push(Sentence::default());
            }
            continue;
        }
        let [_, word, value, ..] = fields[..] else {
            return Err(format!("{path}:{}: a line has a number, a word and a rating", number + 1).into());
        };
        join(&mut sentence.text, word);
        if let Ok(value) = value.parse() {
            sentence.rated.push((sentence.text.len() - word.len(), value));
        }
    }
    out.retain(|s| !s.text.is_empty());
    Ok(out)
}

/// Sets words as they stand in print: the tables part clitics and punctuation from their words.
fn join(text: &mut String, word: &str) {
    let closes = matches!(
        word,
        "." | ","
            | ";"
            | ":"
            | "?"
            | "!"
            | ")"
            | "%"
            | "'s"
            | "n't"
            | "''"
            | "'"
            | "'re"
            | "'ve"
            | "'ll"
            | "'d"
            | "'m"
            | "-"
    );
    let opened = text.ends_with(['(', '$', '-']);
    if !text.is_empty() && !closes && !opened {
        text.push(' ');
    }
    text.push_str(word);
}

/// One rated word: what people gave, what the fold gives, and why.
struct Pair {
    gold: f64,
    got: f64,
    reason: String,
    noun: bool,
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let (paths, flags): (Vec<&String>, Vec<&String>) = arguments.iter().partition(|a| !a.starts_with("--"));
    if paths.is_empty() {
        return Err("name a table of rated words".into());
    }
    let bytes = std::fs::read(crate::root().join("knowledge/model/en_core_web_sm.bin"))?;
    let model = Model::from_bytes(&bytes)?;
    let files = Files::embedded();
    let (operators, table) = (Operators::load(&files)?, Fold::load(&files)?);
    for path in paths {
        let mut pairs = Vec::new();
        let mut unread = 0;
        for sentence in read(path)? {
            let doc = model.parse(&sentence.text);
            let found = find(&doc, &operators, &|_| true);
            let index = by_predicate(&doc, &found);
            for (byte, gold) in sentence.rated {
                let p = doc.token_at(byte).and_then(|t| index[t]).map(|i| &found[i]);
                let (got, reason, noun) = match p {
                    Some(p) => {
                        let folded = fold(p, None, jiff::civil::Date::ZERO, &table);
                        let reason: Vec<&str> = p.operators.iter().map(|o| o.rule.as_str()).collect();
                        (
                            rating(&folded),
                            format!("{} {}", folded.status, reason.join(">")),
                            p.light.is_none() && doc.pos(p.predicate) != chancery_syntax::Pos::Verb,
                        )
                    }
                    None => {
                        unread += 1;
                        (3.0, "no proposition".to_owned(), true)
                    }
                };
                if flags.iter().any(|f| *f == "--worst") && (gold - got).abs() > 1.5 {
                    let word = doc.token_at(byte).map_or("", |t| doc.word(t));
                    println(&format!("{gold:+.1} {got:+.1} {word} [{reason}] {}", sentence.text));
                }
                pairs.push(Pair { gold, got, reason, noun });
            }
        }
        report(Path::new(path), &pairs, unread);
        if flags.iter().any(|f| *f == "--by-status") {
            for p in &mut pairs {
                p.reason.truncate(p.reason.find(' ').unwrap_or(p.reason.len()));
            }
        }
        if flags.iter().any(|f| f.starts_with("--by")) {
            by_rule(&pairs);
        }
    }
    Ok(())
}

fn report(path: &Path, pairs: &[Pair], unread: usize) {
    let mut out = String::new();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let _ = writeln!(out, "{name}: {} rated words, {unread} of them no proposition of ours", pairs.len());
    let all: Vec<&Pair> = pairs.iter().collect();
    let (nouns, verbs): (Vec<&Pair>, Vec<&Pair>) = all.iter().partition(|p| p.noun);
    for (name, pairs) in [("all", &all), ("verbs", &verbs), ("others", &nouns)] {
        let _ = writeln!(
            out,
            "  {name:<8} {:>6}  MAE {:.3}  r {:.3}  macro-F1 of signs {:.3}  (always +3: MAE {:.3})",
            pairs.len(),
            error(pairs),
            pearson(pairs),
            macro_f1(pairs),
            pairs.iter().map(|p| (3.0 - p.gold).abs()).sum::<f64>() / count(pairs.len()),
        );
    }
    let _ = writeln!(out, "  signs, people's in rows, ours in columns (+ 0 -):");
    for gold in [1, 0, -1] {
        let of = |got| all.iter().filter(|p| sign(p.gold) == gold && sign(p.got) == got).count();
        let _ = writeln!(out, "    {:>6} {:>6} {:>6}", of(1), of(0), of(-1));
    }
    println(out.trim_end());
}

/// The operator stacks that cost most, with the median of what people gave.
fn by_rule(pairs: &[Pair]) {
    let mut groups: std::collections::BTreeMap<&str, Vec<&Pair>> = std::collections::BTreeMap::new();
    for p in pairs {
        groups.entry(&p.reason).or_default().push(p);
    }
    let mut rows: Vec<(f64, &str, usize, f64, f64)> = groups
        .into_iter()
        .map(|(reason, of)| {
            let mut ratings: Vec<f64> = of.iter().map(|p| p.gold).collect();
            ratings.sort_by(f64::total_cmp);
            (error(&of) * count(of.len()), reason, of.len(), ratings[of.len() / 2], of[0].got)
        })
        .collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (cost, reason, n, median, got) in rows.into_iter().take(60) {
        println(&format!("  {cost:>7.1} {n:>5} people {median:+.2} ours {got:+.2}  {reason}"));
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
fn count(n: usize) -> f64 {
    n.max(1) as f64
}

fn error(pairs: &[&Pair]) -> f64 {
    pairs.iter().map(|p| (p.gold - p.got).abs()).sum::<f64>() / count(pairs.len())
}

fn pearson(pairs: &[&Pair]) -> f64 {
    let n = count(pairs.len());
    let mean = |of: fn(&Pair) -> f64| pairs.iter().map(|p| of(p)).sum::<f64>() / n;
    let (x, y) = (mean(|p| p.gold), mean(|p| p.got));
    let sum = |f: &dyn Fn(&Pair) -> f64| pairs.iter().map(|p| f(p)).sum::<f64>();
    let covariance = sum(&|p| (p.gold - x) * (p.got - y));
    covariance / (sum(&|p| (p.gold - x).powi(2)) * sum(&|p| (p.got - y).powi(2))).sqrt()
}

fn sign(value: f64) -> i32 {
    if value.abs() <= NEAR_ZERO {
        0
    } else if value > 0.0 {
        1
    } else {
        -1
    }
}

fn macro_f1(pairs: &[&Pair]) -> f64 {
    let f1 = |class| {
        let of = |f: &dyn Fn(&Pair) -> bool| count(pairs.iter().filter(|p| f(p)).count());
        let both = of(&|p| sign(p.gold) == class && sign(p.got) == class);
        2.0 * both / (of(&|p| sign(p.gold) == class) + of(&|p| sign(p.got) == class))
    };
    (f1(1) + f1(0) + f1(-1)) / 3.0
}

#[expect(clippy::print_stdout, reason = "chores talk to a person")]
fn println(line: &str) {
    println!("{line}");
}
