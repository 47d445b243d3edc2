//! The engine gives what spaCy gives: three hundred paragraphs of the project's own reports against
//! spaCy's output, kept in `corpora/syntax/reports.txt`.

use chancery_syntax::{Document, Model, include_model};

/// The document in the fixture's columns: begins a sentence, no space after (`+`), number, word,
/// lemma, tag, part of speech, head, label, entity, morphology.
fn columns(document: &Document) -> String {
    let mut entities = vec!["O".to_owned(); document.tokens().len()];
    for entity in document.entities() {
        for i in entity.tokens.clone() {
            entities[i] = format!("{}-{}", if i == entity.tokens.start { 'B' } else { 'I' }, entity.label);
        }
    }
    let mut out = String::new();
    for (i, token) in document.tokens().iter().enumerate() {
        let starts = document.sentences().iter().any(|s| s.start == i);
        let row = format!(
            "{}{}{i:>3} {:<16} {:<16} {:<5} {:<5} {:>3} {:<9} {:<10} {}",
            if starts { '>' } else { '.' },
            if token.space_after { ' ' } else { '+' },
            document.word(i),
            token.lemma,
            token.tag.as_str(),
            token.pos.as_str(),
            token.head,
            token.dep.as_str(),
            entities[i],
            token.morph,
        );
        out.push_str(row.trim_end());
        out.push('\n');
    }
    out
}

#[test]
fn reports_parse_as_in_spacy() {
    let model = Model::from_static(include_model!("../../../knowledge/model/en_core_web_sm.bin")).unwrap();
    let fixture = include_str!("../../../corpora/syntax/reports.txt");
    let paragraphs: Vec<(&str, &str)> = fixture
        .split("\n\n")
        .filter_map(|block| block.trim_start_matches('\n').strip_prefix("# ")?.split_once('\n'))
        .collect();
    assert_eq!(paragraphs.len(), 300, "paragraphs in the fixture");
    let texts: Vec<&str> = paragraphs.iter().map(|p| p.0).collect();
    for ((text, expected), document) in paragraphs.iter().zip(model.parse_batch(&texts)) {
        let found = columns(&document);
        for (found, expected) in found.lines().zip(expected.lines()) {
            assert_eq!(found, expected, "in {text:?}");
        }
        assert_eq!(found.lines().count(), expected.lines().count(), "tokens of {text:?}");
    }
}
