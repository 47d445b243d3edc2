//! spaCy's `en_core_web_sm` 3.8.0, computed natively: text in, tokens, tags, lemmas, dependency
//! heads, sentences and named entities out. Knows no news and reads no files.

mod document;
mod labels;

pub use document::{Document, Entity, Token};
pub use labels::{Dep, EntityLabel, Pos, Tag};
