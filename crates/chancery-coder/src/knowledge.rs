//! The coder's knowledge: data files read, checked and indexed. Files come in as bytes; this module
//! opens none.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// The files of a `knowledge/` folder by their path within it, `/`-separated.
#[derive(Clone, Debug, Default)]
pub struct Files(BTreeMap<String, Cow<'static, [u8]>>);

/// A fault in a knowledge file, told with the place and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct KnowledgeError {
    pub file: String,
    pub line: usize,
    pub message: String,
}

impl Files {
    /// Adds a file, or puts it in the place of one of the same path.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Cow<'static, [u8]>>) {
        self.0.insert(path.into(), bytes.into());
    }

    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(AsRef::as_ref)
    }

    /// The files under a folder (`events/en/`), in order of path.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        self.0
            .range(folder.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(folder))
            .map(|(path, bytes)| (path.as_str(), bytes.as_ref()))
    }
}
