//! The packed model file: named sections of numbers and strings behind one directory.
//!
//! Layout, little-endian throughout: 16 bytes of magic; the number of sections as `u64`; per section
//! a 48-byte name padded with zeros, the offset and the length in bytes as `u64`; then the sections,
//! each starting at a multiple of 64 bytes. A section of strings holds their number, the ends of
//! each within the text as `u32`, and the text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::model::ModelError;

const MAGIC: &[u8; 16] = b"chancery model 1";
const ALIGNMENT: usize = 64;
const NAME: usize = 48;
const ENTRY: usize = NAME + 16;

/// Builds a packed file section by section.
#[derive(Debug, Default)]
pub struct Packer {
    sections: BTreeMap<String, Vec<u8>>,
}

impl Packer {
    /// Adds a section of 32-bit floats.
    pub fn floats(&mut self, name: &str, values: &[f32]) {
        self.add(name, values.iter().flat_map(|v| v.to_le_bytes()).collect());
    }

    /// Adds a section of 32-bit numbers.
    pub fn numbers(&mut self, name: &str, values: &[u32]) {
        self.add(name, values.iter().flat_map(|v| v.to_le_bytes()).collect());
    }

    /// Adds a section of 64-bit hashes.
    pub fn hashes(&mut self, name: &str, values: &[u64]) {
        self.add(name, values.iter().flat_map(|v| v.to_le_bytes()).collect());
    }

    /// Adds a section of strings.
    ///
    /// # Panics
    /// When the strings together are longer than 4 GB.
    pub fn strings<S: AsRef<str>>(&mut self, name: &str, values: &[S]) {
        let length = |n: usize| u32::try_from(n).expect("a section of strings fits 32 bits").to_le_bytes();
        let mut bytes = length(values.len()).to_vec();
        let mut end = 0;
        for value in values {
            end += value.as_ref().len();
            bytes.extend(length(end));
        }
        for value in values {
            bytes.extend(value.as_ref().as_bytes());
        }
        self.add(name, bytes);
    }

    fn add(&mut self, name: &str, bytes: Vec<u8>) {
        assert!(name.len() <= NAME, "section names have at most {NAME} bytes: {name}");
        self.sections.insert(name.to_owned(), bytes);
    }

    /// The file's bytes. Sections stand in the order of their names.
    #[must_use]
    pub fn finish(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend((self.sections.len() as u64).to_le_bytes());
        let mut offset = (out.len() + self.sections.len() * ENTRY).next_multiple_of(ALIGNMENT);
        for (name, bytes) in &self.sections {
            let mut padded = [0; NAME];
            padded[..name.len()].copy_from_slice(name.as_bytes());
            out.extend(padded);
            out.extend((offset as u64).to_le_bytes());
            out.extend((bytes.len() as u64).to_le_bytes());
            offset = (offset + bytes.len()).next_multiple_of(ALIGNMENT);
        }
        for bytes in self.sections.values() {
            out.resize(out.len().next_multiple_of(ALIGNMENT), 0);
            out.extend(bytes);
        }
        out
    }
}

/// An array that is borrowed from the packed file where it can be.
pub(crate) type Floats = Cow<'static, [f32]>;

/// A packed file opened for reading.
pub(crate) struct Pack<'a> {
    sections: BTreeMap<&'a str, &'a [u8]>,
}

impl<'a> Pack<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, ModelError> {
        let rest = bytes.strip_prefix(MAGIC.as_slice()).ok_or(ModelError::NotAModel)?;
        let (count, mut directory) = take_u64(rest).ok_or(ModelError::Cut)?;
        let mut sections = BTreeMap::new();
        for _ in 0..count {
            let (name, rest) = directory.split_at_checked(NAME).ok_or(ModelError::Cut)?;
            let (offset, rest) = take_u64(rest).ok_or(ModelError::Cut)?;
            let (length, rest) = take_u64(rest).ok_or(ModelError::Cut)?;
            directory = rest;
            let end = name.iter().position(|&b| b == 0).unwrap_or(NAME);
            let name = std::str::from_utf8(&name[..end]).map_err(|_| ModelError::NotAModel)?;
            let data =
                offset.checked_add(length).and_then(|end| bytes.get(offset..end)).ok_or(ModelError::Cut)?;
            sections.insert(name, data);
        }
        Ok(Self { sections })
    }

    fn section(&self, name: &str) -> Result<&'a [u8], ModelError> {
        self.sections.get(name).copied().ok_or_else(|| ModelError::Missing(name.to_owned()))
    }

    fn wrong(name: &str) -> ModelError {
        ModelError::Wrong(name.to_owned())
    }

    pub(crate) fn numbers(&self, name: &str) -> Result<Vec<u32>, ModelError> {
        let (words, rest) = self.section(name)?.as_chunks::<4>();
        if !rest.is_empty() {
            return Err(Self::wrong(name));
        }
        Ok(words.iter().map(|w| u32::from_le_bytes(*w)).collect())
    }

    pub(crate) fn hashes(&self, name: &str) -> Result<Vec<u64>, ModelError> {
        let (words, rest) = self.section(name)?.as_chunks::<8>();
        if !rest.is_empty() {
            return Err(Self::wrong(name));
        }
        Ok(words.iter().map(|w| u64::from_le_bytes(*w)).collect())
    }

    /// `count` floats, copied.
    pub(crate) fn floats(&self, name: &str, count: usize) -> Result<Vec<f32>, ModelError> {
        let (words, rest) = self.section(name)?.as_chunks::<4>();
        if !rest.is_empty() || words.len() != count {
            return Err(Self::wrong(name));
        }
        Ok(words.iter().map(|w| f32::from_le_bytes(*w)).collect())
    }

    pub(crate) fn strings(&self, name: &str) -> Result<Strings<'a>, ModelError> {
        let (count, rest) = self.section(name)?.split_first_chunk::<4>().ok_or(ModelError::Cut)?;
        let count = u32::from_le_bytes(*count) as usize;
        let (ends, text) = rest.split_at_checked(count * 4).ok_or(ModelError::Cut)?;
        let ends =
            ends.as_chunks::<4>().0.iter().map(|w| u32::from_le_bytes(*w) as usize).collect::<Vec<_>>();
        let text = std::str::from_utf8(text).map_err(|_| Self::wrong(name))?;
        let mut start = 0;
        for &end in &ends {
            if text.get(start..end).is_none() {
                return Err(Self::wrong(name));
            }
            start = end;
        }
        Ok(Strings { ends, text })
    }
}

/// Where the floats of a large table come from: borrowed from a file that lives as long as the
/// program, if the machine's byte order and the file's place in memory permit, copied otherwise.
pub(crate) trait Source: Copy {
    fn floats(self, name: &str, count: usize) -> Result<Floats, ModelError>;
}

/// A file that is dropped after loading.
#[derive(Clone, Copy)]
pub(crate) struct Transient<'p, 'a>(pub(crate) &'p Pack<'a>);

/// A file that stays.
#[derive(Clone, Copy)]
pub(crate) struct Lasting<'p>(pub(crate) &'p Pack<'static>);

impl Source for Transient<'_, '_> {
    fn floats(self, name: &str, count: usize) -> Result<Floats, ModelError> {
        self.0.floats(name, count).map(Cow::Owned)
    }
}

impl Source for Lasting<'_> {
    fn floats(self, name: &str, count: usize) -> Result<Floats, ModelError> {
        let bytes: &'static [u8] = self.0.section(name)?;
        match bytemuck::try_cast_slice::<u8, f32>(bytes) {
            Ok(floats) if cfg!(target_endian = "little") && floats.len() == count => {
                Ok(Cow::Borrowed(floats))
            }
            _ => self.0.floats(name, count).map(Cow::Owned),
        }
    }
}

/// A list of strings in one stretch of text.
pub(crate) struct Strings<'a> {
    ends: Vec<usize>,
    text: &'a str,
}

impl<'a> Strings<'a> {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'a str> + '_ {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let string = &self.text[start..end];
            start = end;
            string
        })
    }
}

fn take_u64(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (word, rest) = bytes.split_first_chunk::<8>()?;
    Some((usize::try_from(u64::from_le_bytes(*word)).ok()?, rest))
}
