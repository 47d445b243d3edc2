//! Parses texts, one JSON string a line on standard input, and prints all that was found, one JSON
//! array a line: for comparison with spaCy (`corpora/syntax/compare.py`). `--time` prints seconds instead.

use std::io::{self, BufWriter, Read, Write};
use std::time::Instant;

use chancery_syntax::{Document, Model};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let started = Instant::now();
    let model =
        Model::from_static(chancery_syntax::include_model!("../../../knowledge/model/en_core_web_sm.bin"))?;
    let loaded = started.elapsed();
    let mut input = String::new();
    io::stdin().read_to_string(&mut input)?;
    let texts = input.lines().map(serde_json::from_str).collect::<Result<Vec<String>, _>>()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    if std::env::args().any(|a| a == "--time") {
        let started = Instant::now();
        let first = model.parse(texts.first().copied().unwrap_or("One text."));
        writeln!(
            out,
            "load {:.4} s, first parse {:.4} s, {} tokens",
            loaded.as_secs_f64(),
            started.elapsed().as_secs_f64(),
            first.tokens().len()
        )?;
        for run in ["cold", "warm", "warm"] {
            let started = Instant::now();
            let documents = model.parse_batch(&texts);
            let seconds = started.elapsed().as_secs_f64();
            let tokens: usize = documents.iter().map(|d| d.tokens().len()).sum();
            writeln!(out, "{run} {seconds:.4} s, {tokens} tokens, {:.0} tokens/s", tokens as f64 / seconds)?;
        }
        return Ok(());
    }
    for document in model.parse_batch(&texts) {
        serde_json::to_writer(&mut out, &rows(&document))?;
        writeln!(out)?;
    }
    Ok(())
}

/// Tokens as text, space, tag, part of speech, morphology, lemma, head, label, begins a sentence;
/// entities as first token, end, label.
fn rows(document: &Document) -> serde_json::Value {
    let starts: Vec<usize> = document.sentences().iter().map(|s| s.start).collect();
    let tokens: Vec<_> = document
        .tokens()
        .iter()
        .enumerate()
        .map(|(i, t)| {
            serde_json::json!([
                document.word(i),
                t.space_after,
                t.tag.as_str(),
                t.pos.as_str(),
                t.morph,
                &*t.lemma,
                t.head,
                t.dep.as_str(),
                starts.binary_search(&i).is_ok(),
            ])
        })
        .collect();
    let entities: Vec<_> = document
        .entities()
        .iter()
        .map(|e| serde_json::json!([e.tokens.start, e.tokens.end, e.label.as_str()]))
        .collect();
    serde_json::json!([tokens, entities])
}
