//! spaCy's `en_core_web_sm` 3.8.0, computed natively: text in, tokens, tags, lemmas, dependency
//! heads, sentences and named entities out. Knows no news and reads no files.
//!
//! ```
//! use chancery_syntax::{Dep, Model, include_model};
//!
//! let model = Model::from_static(include_model!("../../../knowledge/model/en_core_web_sm.bin"))?;
//! let document = model.parse("India's foreign minister visited Moscow on Tuesday.");
//! let visited = document.child_by(document.head(0), Dep::Poss).map(|_| document.head(3));
//! let visited = visited.expect("the minister hangs on a verb");
//! assert_eq!(document.lemma(visited), "visit");
//! assert_eq!(document.child_by(visited, Dep::Dobj).map(|i| document.word(i)), Some("Moscow"));
//! let names: Vec<&str> = document.entities().iter().map(|e| document.words(e.tokens.clone())).collect();
//! assert_eq!(names, ["India", "Moscow", "Tuesday"]);
//! # Ok::<(), chancery_syntax::ModelError>(())
//! ```
//!
//! What comes out is what spaCy 3.8 gives for the same text, token by token; the crate's README tells
//! how that is checked. The unit of text matters: a paragraph parsed by itself and the same paragraph
//! within its article may differ in a few arcs. [`Model::parse`] takes the whole string as one unit,
//! [`Model::parse_paragraphs`] each line.

mod affixes;
mod characters;
pub mod conllu;
mod document;
mod encoder;
mod hashes;
mod labels;
mod lemmas;
mod lexicon;
mod matrix;
mod model;
mod names;
pub mod pack;
mod parser;
mod rules;
mod scorer;
mod tokenizer;
mod tree;
mod words;

pub use document::{Document, Entity, Token};
pub use labels::{Dep, EntityLabel, Pos, Tag};
pub use model::{LONGEST_TEXT, Model, ModelError, Options};

/// Bytes at an address that suits tables of floats. Made by [`include_model!`].
#[doc(hidden)]
#[repr(C, align(64))]
#[derive(Debug)]
pub struct Aligned<T: ?Sized>(pub T);

/// The bytes of a file as `&'static [u8]`, aligned so that [`Model::from_static`] can use them in
/// place. The path is as for `include_bytes!`.
#[macro_export]
macro_rules! include_model {
    ($path:expr) => {{
        static MODEL: &$crate::Aligned<[u8]> = &$crate::Aligned(*include_bytes!($path));
        &MODEL.0
    }};
}
