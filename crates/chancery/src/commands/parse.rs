//! `chancery parse`: the syntax of a text, as CoNLL-U.

use std::io::Read as _;
use std::path::PathBuf;
use std::{fs, io};

use anyhow::Context as _;
use clap::Args;

use crate::cli::{Common, Outcome};
use crate::terminal::Out;
use crate::{conllu, engine};

/// Print the parse of a text: tokens, lemmas, tags, heads, entities, as CoNLL-U.
#[derive(Debug, Args)]
pub(crate) struct Parse {
    /// A text file in UTF-8, taken as it is; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Parse line by line, as reports are coded; otherwise the text is parsed as a whole.
    #[arg(long)]
    paragraphs: bool,
}

impl Parse {
    pub(crate) fn run(&self, _: &Common, out: &mut Out) -> anyhow::Result<Outcome> {
        let name = self.file.display().to_string();
        let mut bytes = Vec::new();
        if name == "-" {
            io::stdin().read_to_end(&mut bytes)?;
        } else {
            bytes = fs::read(&self.file).with_context(|| format!("cannot read {name}"))?;
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            anyhow::anyhow!("{name} is not UTF-8: {}; convert it first", error.utf8_error())
        })?;
        let model = engine::model()?;
        let document = if self.paragraphs { model.parse_paragraphs(&text) } else { model.parse(&text) };
        conllu::write(out, &document, &name)?;
        Ok(Outcome::Done)
    }
}
