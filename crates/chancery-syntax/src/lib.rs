//! spaCy's `en_core_web_sm` 3.8.0, computed natively: text in, tokens, tags, lemmas, dependency
//! heads, sentences and named entities out. Knows no news and reads no files.

mod affixes;
mod characters;
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
