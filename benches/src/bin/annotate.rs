//! Parses texts, one JSON string a line on standard input, and prints all that was found, one JSON
//! array a line: for comparison with spaCy (`corpora/syntax/compare.py`).

use std::io::{self, BufWriter, Read, Write};

use chancery_syntax::{Document, Model};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let model =
        Model::from_static(chancery_syntax::include_model!("../../../knowledge/model/en_core_web_sm.bin"))?;
    let mut input = String::new();
    io::stdin().read_to_string(&mut input)?;
    let texts = input.lines().map(serde_json::from_str).collect::<Result<Vec<String>, _>>()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut out = BufWriter::new(io::stdout().lock());
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
    let tokens = document.tokens().iter().enumerate().map(|(i, t)| {
        let (tag, pos, dep) = (t.tag.as_str(), t.pos.as_str(), t.dep.as_str());
        let starts = starts.binary_search(&i).is_ok();
        serde_json::json!([
            document.word(i),
            t.space_after,
            tag,
            pos,
            t.morph,
            &*t.lemma,
            t.head,
            dep,
            starts
        ])
    });
    let tokens: Vec<_> = tokens.collect();
    let entities = document.entities().iter();
    let entities: Vec<_> =
        entities.map(|e| serde_json::json!([e.tokens.start, e.tokens.end, e.label.as_str()])).collect();
    serde_json::json!([tokens, entities])
}
