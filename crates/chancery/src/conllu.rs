//! Parsed texts as CoNLL-U. Labels are the model's: Penn Treebank tags, Universal POS, ClearNLP
//! dependencies; entities stand in MISC as `Entity=B-PERSON`, offsets as `TokenRange=0:5` in Unicode
//! code points. White space that is a token of its own has its control characters escaped.

use std::borrow::Cow;
use std::io::{self, Write};

use chancery_syntax::Document;

/// Writes a document, sentence by sentence.
pub(crate) fn write(out: &mut impl Write, document: &Document, name: &str) -> io::Result<()> {
    let entities = entity_tags(document);
    let mut points = Points { text: document.text(), byte: 0, point: 0 };
    writeln!(out, "# newdoc id = {}", escaped(name))?;
    for (index, sentence) in document.sentences().iter().enumerate() {
        writeln!(out, "# sent_id = {}", index + 1)?;
        let words: Vec<&str> = document.words(sentence.clone()).split_whitespace().collect();
        writeln!(out, "# text = {}", words.join(" "))?;
        for i in sentence.clone() {
            let token = &document.tokens()[i];
            let head = if token.head == i { 0 } else { token.head - sentence.start + 1 };
            let mut misc = Vec::new();
            if !token.space_after {
                misc.push("SpaceAfter=No".to_owned());
            }
            if let Some(tag) = &entities[i] {
                misc.push(format!("Entity={tag}"));
            }
            misc.push(format!("TokenRange={}:{}", points.at(token.start), points.at(token.end)));
            writeln!(
                out,
                "{}\t{}\t{}\t{}\t{}\t{}\t{head}\t{}\t_\t{}",
                i - sentence.start + 1,
                escaped(document.word(i)),
                escaped(&token.lemma),
                token.pos,
                token.tag,
                if token.morph.is_empty() { "_" } else { token.morph },
                token.dep,
                misc.join("|"),
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The IOB tag of each token that is part of an entity.
fn entity_tags(document: &Document) -> Vec<Option<String>> {
    let mut tags = vec![None; document.tokens().len()];
    for entity in document.entities() {
        for i in entity.tokens.clone() {
            let begins = if i == entity.tokens.start { 'B' } else { 'I' };
            tags[i] = Some(format!("{begins}-{}", entity.label));
        }
    }
    tags
}

/// A field as CoNLL-U allows it: not empty, without tabs and line ends.
fn escaped(field: &str) -> Cow<'_, str> {
    if field.is_empty() {
        Cow::Borrowed("_")
    } else if field.contains(char::is_control) {
        Cow::Owned(
            field
                .chars()
                .flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] })
                .collect(),
        )
    } else {
        Cow::Borrowed(field)
    }
}

/// Turns ascending byte offsets into code points, in one walk over the text.
struct Points<'a> {
    text: &'a str,
    byte: usize,
    point: usize,
}

impl Points<'_> {
    fn at(&mut self, byte: usize) -> usize {
        self.point += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.point
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text() {
        let model = crate::engine::model().unwrap();
        let document = model.parse("Mr Çavuşoğlu visited Kyiv.\n\nHe left.");
        let mut out = Vec::new();
        write(&mut out, &document, "x").unwrap();
        let out = String::from_utf8(out).unwrap();
        assert_eq!(
            out,
            "# newdoc id = x\n\
             # sent_id = 1\n\
             # text = Mr Çavuşoğlu visited Kyiv.\n\
             1\tMr\tMr\tPROPN\tNNP\tNumber=Sing\t2\tcompound\t_\tTokenRange=0:2\n\
             2\tÇavuşoğlu\tÇavuşoğlu\tPROPN\tNNP\tNumber=Sing\t3\tnsubj\t_\tEntity=B-PERSON|TokenRange=3:12\n\
             3\tvisited\tvisit\tVERB\tVBD\tTense=Past|VerbForm=Fin\t0\tROOT\t_\tTokenRange=13:20\n\
             4\tKyiv\tKyiv\tPROPN\tNNP\tNumber=Sing\t3\tdobj\t_\tSpaceAfter=No|Entity=B-PERSON|TokenRange=21:25\n\
             5\t.\t.\tPUNCT\t.\tPunctType=Peri\t3\tpunct\t_\tSpaceAfter=No|TokenRange=25:26\n\
             6\t\\n\\n\t\\n\\n\tSPACE\t_SP\t_\t5\tdep\t_\tSpaceAfter=No|TokenRange=26:28\n\n\
             # sent_id = 2\n\
             # text = He left.\n\
             1\tHe\the\tPRON\tPRP\tCase=Nom|Gender=Masc|Number=Sing|Person=3|PronType=Prs\t2\tnsubj\t_\tTokenRange=28:30\n\
             2\tleft\tleave\tVERB\tVBD\tTense=Past|VerbForm=Fin\t0\tROOT\t_\tSpaceAfter=No|TokenRange=31:35\n\
             3\t.\t.\tPUNCT\t.\tPunctType=Peri\t2\tpunct\t_\tSpaceAfter=No|TokenRange=35:36\n\n"
        );
    }
}
