//! The coder's knowledge: data files read, checked and indexed. Files come in as bytes; this module
//! opens none.

pub mod fold;
pub mod frames;
pub mod operators;
pub mod positions;
pub mod sources;
pub mod world;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use crate::softmax::Softmax;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

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

/// All that the coder knows.
#[derive(Debug)]
pub struct Knowledge {
    pub operators: operators::Operators,
    pub frames: frames::Frames,
    pub positions: positions::Positions,
    pub sources: sources::Sources,
    pub fold: fold::Fold,
    pub world: world::World,
    /// The learned model of acts; `None` where the folder has none.
    pub acts: Option<Softmax>,
}

/// The learned model's file.
pub const ACTS: &str = "model/acts.tsv";

impl Knowledge {
    /// Reads and checks a knowledge folder.
    ///
    /// # Errors
    /// A file is missing or faulty: told with file, line and what to do.
    pub fn load(files: &Files) -> Result<Self, KnowledgeError> {
        Ok(Self {
            operators: operators::Operators::load(files)?,
            frames: frames::Frames::load(files)?,
            positions: positions::Positions::load(files)?,
            sources: sources::Sources::load(files)?,
            fold: fold::Fold::load(files)?,
            world: world::World::load(files)?,
            acts: acts(files)?,
        })
    }
}

fn acts(files: &Files) -> Result<Option<Softmax>, KnowledgeError> {
    let Some(bytes) = files.get(ACTS) else { return Ok(None) };
    let fault = |line| KnowledgeError {
        file: ACTS.to_owned(),
        line,
        message:
            "the line is not `feature, class:weight …`; make the file again with `cargo xtask train-acts`"
                .to_owned(),
    };
    Softmax::from_tsv(utf8(ACTS, bytes)?).map(Some).map_err(fault)
}

impl From<chancery_time::GrammarError> for KnowledgeError {
    fn from(e: chancery_time::GrammarError) -> Self {
        Self { file: e.file, line: e.line, message: e.message }
    }
}

impl Files {
    /// The `knowledge/` folder that this crate was built with.
    #[must_use]
    pub fn embedded() -> Self {
        Self(EMBEDDED.iter().map(|(path, bytes)| ((*path).to_owned(), Cow::Borrowed(*bytes))).collect())
    }

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

    /// Reads a TOML file of the folder.
    ///
    /// # Errors
    /// The file is missing, is not UTF-8, or is not TOML of the wanted shape.
    pub fn read_toml<T: DeserializeOwned>(&self, path: &str) -> Result<T, KnowledgeError> {
        let bytes = self.get(path).ok_or_else(|| KnowledgeError {
            file: path.to_owned(),
            line: 0,
            message: "the knowledge folder has no such file".to_owned(),
        })?;
        parse_toml(path, utf8(path, bytes)?)
    }
}

/// Decodes a knowledge file.
pub(crate) fn utf8<'a>(path: &str, bytes: &'a [u8]) -> Result<&'a str, KnowledgeError> {
    std::str::from_utf8(bytes).map_err(|e| KnowledgeError {
        file: path.to_owned(),
        line: bytes[..e.valid_up_to()].split(|&b| b == b'\n').count(),
        message: "it is not UTF-8; save it as such".to_owned(),
    })
}

/// Parses a TOML knowledge file; faults are told with their line.
pub(crate) fn parse_toml<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, KnowledgeError> {
    toml::from_str(text).map_err(|e| KnowledgeError {
        file: path.to_owned(),
        line: e.span().map_or(0, |s| line_of(text, s.start)),
        message: e.message().to_owned(),
    })
}

/// The line, counted from one, that holds the byte offset.
pub(crate) fn line_of(text: &str, byte: usize) -> usize {
    text[..byte.min(text.len())].matches('\n').count() + 1
}
