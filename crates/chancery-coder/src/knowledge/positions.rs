//! Cue words that tell which kind of position an official's own words take, from `events/positions.toml`.

use serde::Deserialize;

use super::{Files, KnowledgeError};
use crate::coding::PloverType;

const FILE: &str = "events/positions.toml";

/// The cue lists, in file order.
#[derive(Clone, Debug, Default)]
pub struct Positions {
    kinds: Vec<Kind>,
}

#[derive(Clone, Debug)]
struct Kind {
    plover: PloverType,
    weight: usize,
    /// Lower-case words of each cue.
    cues: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PositionFile {
    position: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(rename = "type")]
    plover: String,
    weight: usize,
    cues: Vec<String>,
    yes: String,
    no: String,
}

impl Positions {
    /// Reads the cue lists and runs their examples.
    ///
    /// # Errors
    /// A faulty file, an unknown type, or an example that does not come out.
    pub fn load(files: &Files) -> Result<Self, KnowledgeError> {
        let file: PositionFile = files.read_toml(FILE)?;
        let fail = |message| KnowledgeError { file: FILE.to_owned(), line: 0, message };
        let mut out = Self::default();
        for row in &file.position {
            let plover = PloverType::from_name(&row.plover)
                .ok_or_else(|| fail(format!("`{}` is no PLOVER type", row.plover)))?;
            let cues = row.cues.iter().map(|c| words(c)).collect();
            out.kinds.push(Kind { plover, weight: row.weight, cues });
        }
        for row in &file.position {
            if out.kind(&words(&row.yes)).map(PloverType::as_str) != Some(row.plover.as_str()) {
                return Err(fail(format!("{}: the `yes` example does not come out", row.plover)));
            }
            if out.kind(&words(&row.no)).map(PloverType::as_str) == Some(row.plover.as_str()) {
                return Err(fail(format!("{}: the `no` example comes out", row.plover)));
            }
        }
        Ok(out)
    }

    /// The kind of position that lower-case words take, if any cue stands in them: the heaviest, the
    /// first in file order among equals.
    #[must_use]
    pub fn kind(&self, said: &[String]) -> Option<PloverType> {
        let mut best: Option<(usize, PloverType)> = None;
        for kind in &self.kinds {
            let found =
                kind.cues.iter().filter(|cue| said.windows(cue.len()).any(|w| w == cue.as_slice())).count();
            let score = found * kind.weight;
            if score > 0 && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, kind.plover));
            }
        }
        best.map(|(_, plover)| plover)
    }
}

/// Lower-case words of a text, without punctuation.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-' && c != '’')
        .filter(|w| !w.is_empty())
        .map(|w| w.replace('’', "'").to_lowercase())
        .collect()
}
