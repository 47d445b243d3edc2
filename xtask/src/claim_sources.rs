//! Scores the sources of annotated claims: for the words of each claim's quote, whether the attribution
//! over them names the annotated source, with its kind and its side.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chancery_coder::knowledge::Files;
use chancery_coder::knowledge::sources::Sources;
use chancery_coder::knowledge::world::World;
use chancery_coder::mentions;
use chancery_coder::sources::{self, Attribution, Attributions};
use chancery_syntax::{Document, Model};
use serde_json::Value;

use crate::{Outcome, root};

type Error = Box<dyn std::error::Error>;

/// Words of a name that tell nothing of whose it is, as in the annotated reports' own scorer.
const COMMON: &[&str] =
    &["the", "of", "and", "a", "an", "for", "to", "in", "on", "mr", "mrs", "ms", "dr", "said", "s"];

#[derive(Default)]
struct Tally {
    claims: usize,
    source: usize,
    kind: usize,
    side: usize,
    together: usize,
    /// Claims of the report itself, and those of them that were given a named source.
    own: usize,
    attributed: usize,
}

/// `cargo xtask claim-sources GOLD_DIR [N]`: figures for the annotated reports in the folder; shows the
/// first N claims that went wrong.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let Some(folder) = arguments.first() else { return Err("name the folder of annotated reports".into()) };
    let mut show: usize = arguments.get(1).map_or(Ok(0), |n| n.parse())?;
    let files = knowledge()?;
    let k = Sources::load(&files)?;
    let world = World::load(&files)?;
    let model = model()?;
    let mut tally = Tally::default();
    for path in annotated(Path::new(folder))? {
        let gold: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
        let text = fs::read_to_string(path.to_string_lossy().replace(".gold.json", ".txt"))?;
        let Some(published) = gold["published"].as_str() else { continue };
        let published = published.parse()?;
        let doc = model.parse_paragraphs(&text);
        let found = sources::find(&doc, &mentions::find(&doc, published, &world), published, &[], &k);
        for event in gold["events"].as_array().into_iter().flatten() {
            for claim in event["claims"].as_array().into_iter().flatten() {
                let wrong = count(&doc, &found, claim, &mut tally);
                if let (Some(line), true) = (wrong, show > 0) {
                    tell(&format!("{}: {line}", path.file_name().unwrap_or_default().display()));
                    show -= 1;
                }
            }
        }
    }
    let share = |n: usize, of: usize| {
        100.0 * f64::from(u32::try_from(n).unwrap_or(0)) / f64::from(u32::try_from(of.max(1)).unwrap_or(1))
    };
    let t = &tally;
    tell(&format!(
        "{} claims with a source: source {:.1}, kind {:.1}, side {:.1}, all three {:.1} of 100",
        t.claims,
        share(t.source, t.claims),
        share(t.kind, t.claims),
        share(t.side, t.claims),
        share(t.together, t.claims)
    ));
    tell(&format!(
        "{} claims of the report itself: {:.1} of 100 given to somebody by name",
        t.own,
        share(t.attributed, t.own)
    ));
    Ok(())
}

/// Counts one claim; tells what went wrong.
fn count(doc: &Document, found: &Attributions, claim: &Value, tally: &mut Tally) -> Option<String> {
    let quote = claim["quote"].as_str().filter(|q| !q.is_empty())?;
    let start = doc.text().find(quote)?;
    let (first, last) = (doc.token_at(start)?, doc.token_at(start + quote.len() - 1)?);
    let got = found.for_span(first..last + 1);
    let name = got.and_then(|a| a.name.as_deref());
    let Some(source) = claim["source"].as_str() else {
        tally.own += 1;
        tally.attributed += usize::from(name.is_some());
        return name.map(|n| format!("own word given to {n}: {quote}"));
    };
    tally.claims += 1;
    let same = name.is_some_and(|n| !words(n).is_disjoint(&words(source)));
    let kind = got.is_some_and(|a| claim["kind"].as_str() == Some(a.kind.as_str()));
    let side = got.is_some_and(|a| claim["side"].as_str() == a.side.as_deref());
    tally.source += usize::from(same);
    tally.kind += usize::from(kind);
    tally.side += usize::from(side);
    tally.together += usize::from(same && kind && side);
    (!(same && kind && side)).then(|| {
        format!(
            "{source} {} {}: {}: {quote}",
            claim["kind"],
            claim["side"],
            got.map_or("nobody".to_owned(), told)
        )
    })
}

fn told(a: &Attribution) -> String {
    format!("{:?} {} {:?} [{}]", a.name, a.kind, a.side, a.rule)
}

fn words(name: &str) -> BTreeSet<String> {
    name.split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|w| !w.is_empty() && !COMMON.contains(&w.as_str()))
        .collect()
}

/// The annotations under a folder, in order of path.
fn annotated(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            out.extend(annotated(&path)?);
        } else if path.file_name().is_some_and(|n| n.to_string_lossy().ends_with(".gold.json"))
            && path.with_extension("").with_extension("txt").is_file()
        {
            out.push(path);
        }
    }
    out.sort();
    Ok(out)
}

/// The `knowledge/` folder as it lies on the disk.
pub(crate) fn knowledge() -> Result<Files, Error> {
    let mut files = Files::embedded();
    let folder = root().join("knowledge");
    let mut open = vec![folder.clone()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(at)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "toml" || e == "tsv") {
                let name = path.strip_prefix(&folder)?.to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read(&path)?);
            }
        }
    }
    Ok(files)
}

/// The syntax engine with the weights in `knowledge/model`.
pub(crate) fn model() -> Result<Model, Error> {
    Ok(Model::from_bytes(&fs::read(root().join("knowledge/model/en_core_web_sm.bin"))?)?)
}

#[expect(clippy::print_stdout, reason = "figures are the chore's output")]
fn tell(text: &str) {
    println!("{text}");
}
