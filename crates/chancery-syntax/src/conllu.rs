//! Writes a document as CoNLL-U (<https://universaldependencies.org/format.html>), with the model's
//! own labels: ClearNLP's in the column of relations, Penn Treebank tags in that of language-specific
//! tags.

use std::fmt::{self, Write};

use crate::document::Document;

/// The document as CoNLL-U text. The last column tells where no space follows (`SpaceAfter=No`) and
/// of which entity a token is (`Entity=B-GPE` for the first token, `Entity=I-GPE` for the others).
/// White space that the model counts as a token is written as `\s`, `\t`, `\n`, or its code point.
///
/// ```
/// let model = chancery_syntax::Model::from_static(chancery_syntax::include_model!(
///     "../../../knowledge/model/en_core_web_sm.bin"
/// ))?;
/// let text = chancery_syntax::conllu::conllu(&model.parse("She met him."));
/// assert_eq!(text.lines().nth(3), Some("1\tShe\tshe\tPRON\tPRP\tCase=Nom|Gender=Fem|Number=Sing|Person=3|PronType=Prs\t2\tnsubj\t_\t_"));
/// # Ok::<(), chancery_syntax::ModelError>(())
/// ```
#[must_use]
pub fn conllu(document: &Document) -> String {
    let mut out = String::new();
    // Writing to a string can't fail.
    let _ = write(document, &mut out);
    out
}

/// Writes the document as [`conllu`] does.
///
/// # Errors
/// When `out` fails.
pub fn write(document: &Document, out: &mut impl Write) -> fmt::Result {
    let mut entities = vec![None; document.tokens().len()];
    for entity in document.entities() {
        for i in entity.tokens.clone() {
            entities[i] = Some((if i == entity.tokens.start { 'B' } else { 'I' }, entity.label));
        }
    }
    for (s, sentence) in document.sentences().iter().enumerate() {
        if document.paragraphs().binary_search_by_key(&sentence.start, |p| p.start).is_ok() {
            writeln!(out, "# newpar")?;
        }
        writeln!(out, "# sent_id = {}", s + 1)?;
        writeln!(
            out,
            "# text = {}",
            document.words(sentence.clone()).split_whitespace().collect::<Vec<_>>().join(" ")
        )?;
        for i in sentence.clone() {
            let token = &document.tokens()[i];
            let head = match token.head {
                head if head == i || !sentence.contains(&head) => 0,
                head => head - sentence.start + 1,
            };
            let morph = if token.morph.is_empty() { "_" } else { token.morph };
            let (word, lemma) = (field(document.word(i)), field(&token.lemma));
            write!(out, "{}\t{word}\t{lemma}\t{}\t{}", i - sentence.start + 1, token.pos, token.tag)?;
            write!(out, "\t{morph}\t{head}\t{}\t_\t", token.dep)?;
            match (entities[i], token.space_after) {
                (None, true) => out.write_str("_")?,
                (None, false) => out.write_str("SpaceAfter=No")?,
                (Some((place, label)), true) => write!(out, "Entity={place}-{label}")?,
                (Some((place, label)), false) => write!(out, "Entity={place}-{label}|SpaceAfter=No")?,
            }
            out.write_str("\n")?;
        }
        out.write_str("\n")?;
    }
    Ok(())
}

/// A word with its white space made visible.
fn field(word: &str) -> String {
    let mut field = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            ' ' => field.push_str("\\s"),
            '\t' => field.push_str("\\t"),
            '\n' => field.push_str("\\n"),
            c if c.is_whitespace() || c.is_control() => {
                field.extend(c.escape_unicode());
            }
            c => field.push(c),
        }
    }
    field
}
