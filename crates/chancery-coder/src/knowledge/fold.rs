//! The status fold's table, read from `ontology.toml`, whose comments tell what it means.

use serde::Deserialize;
use toml::Spanned;

use super::operators::OperatorKind;
use super::{Files, KnowledgeError};
use crate::coding::{ClaimStatus, Status};

const ONTOLOGY: &str = "ontology.toml";

/// How a proposition stands with the world, and whether it is affirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Index into [`Fold::levels`]; the greater the weaker.
    pub level: usize,
    pub affirmed: bool,
}

/// What an operator does to the reading that it meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    pub affirmed: Reading,
    pub denied: Reading,
    /// It starts afresh, whatever stands over it.
    pub absolute: bool,
    /// It turns affirmed into denied and back, and changes nothing else.
    pub flip: bool,
}

/// Where an event lies, seen from the report's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeClass {
    Past,
    Today,
    Future,
    Unknown,
}

/// Aspect of the predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    Progressive,
    Perfect,
    Present,
    Past,
}

/// A row that names the status of a reading.
#[derive(Clone, Debug)]
pub struct ReadingRow {
    pub id: String,
    pub level: Option<usize>,
    pub affirmed: Option<bool>,
    pub time: Option<TimeClass>,
    pub aspect: Option<Aspect>,
    pub had: Option<OperatorKind>,
    pub past_plan: Option<bool>,
    pub dated: Option<bool>,
    pub status: Status,
    pub claim: ClaimStatus,
}

/// The table.
#[derive(Clone, Debug, Default)]
pub struct Fold {
    pub levels: Vec<String>,
    /// By the operator kind's place in [`OperatorKind::ALL`].
    effects: Vec<Option<Effect>>,
    pub rows: Vec<ReadingRow>,
}

#[derive(Deserialize)]
struct OntologyFile {
    levels: Vec<String>,
    fold: Vec<Spanned<FoldRow>>,
    reading: Vec<Spanned<StatusRow>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FoldRow {
    kind: String,
    affirmed: Option<String>,
    denied: Option<String>,
    #[serde(default)]
    absolute: bool,
    #[serde(default)]
    flip: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatusRow {
    id: String,
    level: Option<String>,
    polarity: Option<String>,
    time: Option<TimeClass>,
    aspect: Option<Aspect>,
    had: Option<String>,
    past_plan: Option<bool>,
    dated: Option<bool>,
    status: String,
    claim: Option<String>,
}

impl Fold {
    /// Reads the fold of a knowledge folder.
    ///
    /// # Errors
    /// The file is missing or not of the right shape, a name in it is unknown, or a kind of operator has no row.
    pub fn load(files: &Files) -> Result<Self, KnowledgeError> {
        let file: OntologyFile = files.read_toml(ONTOLOGY)?;
        let text = super::utf8(ONTOLOGY, files.get(ONTOLOGY).unwrap_or_default())?;
        let fail = |at: usize, message: String| KnowledgeError {
            file: ONTOLOGY.to_owned(),
            line: super::line_of(text, at),
            message,
        };
        let mut out =
            Self { levels: file.levels, effects: vec![None; OperatorKind::ALL.len()], rows: Vec::new() };
        for row in file.fold {
            let at = row.span().start;
            let (kind, effect) = out.effect_row(&row.into_inner()).map_err(|m| fail(at, m))?;
            out.effects[kind as usize] = Some(effect);
        }
        if let Some(missing) = OperatorKind::ALL.iter().find(|k| out.effects[**k as usize].is_none()) {
            return Err(fail(
                0,
                format!("operator kind `{}` has no row; add a [[fold]] for it", missing.as_str()),
            ));
        }
        for row in file.reading {
            let at = row.span().start;
            let row = out.status_row(row.into_inner()).map_err(|m| fail(at, m))?;
            out.rows.push(row);
        }
        Ok(out)
    }

    fn effect_row(&self, row: &FoldRow) -> Result<(OperatorKind, Effect), String> {
        let kind = OperatorKind::from_name(&row.kind)
            .ok_or_else(|| format!("`{}` is no kind of operator", row.kind))?;
        let start = Reading { level: 0, affirmed: true };
        let reading = |text: &Option<String>| match text {
            Some(text) => self.reading(text),
            None if row.flip => Ok(start),
            None => Err(format!("fold of `{}`: give both `affirmed` and `denied`", row.kind)),
        };
        let effect = Effect {
            affirmed: reading(&row.affirmed)?,
            denied: reading(&row.denied)?,
            absolute: row.absolute,
            flip: row.flip,
        };
        Ok((kind, effect))
    }

    fn reading(&self, text: &str) -> Result<Reading, String> {
        let (level, sign) = text
            .split_once(' ')
            .ok_or_else(|| format!("write `{text}` as a level and a sign, like \"fact +\""))?;
        Ok(Reading { level: self.level(level)?, affirmed: polarity(sign)? })
    }

    fn level(&self, name: &str) -> Result<usize, String> {
        self.levels
            .iter()
            .position(|l| l == name)
            .ok_or_else(|| format!("`{name}` is no level; the `levels` at the top name them"))
    }

    fn status_row(&self, row: StatusRow) -> Result<ReadingRow, String> {
        let id = row.id;
        let status = Status::from_name(&row.status)
            .ok_or_else(|| format!("reading `{id}`: `{}` is no status", row.status))?;
        let claim = match &row.claim {
            None => status.into(),
            Some(name) => ClaimStatus::from_name(name)
                .ok_or_else(|| format!("reading `{id}`: `{name}` is no status of a claim"))?,
        };
        let had = match &row.had {
            None => None,
            Some(name) => Some(
                OperatorKind::from_name(name)
                    .ok_or_else(|| format!("reading `{id}`: `{name}` is no kind of operator"))?,
            ),
        };
        Ok(ReadingRow {
            level: row.level.as_deref().map(|l| self.level(l)).transpose()?,
            affirmed: row.polarity.as_deref().map(polarity).transpose()?,
            time: row.time,
            aspect: row.aspect,
            had,
            past_plan: row.past_plan,
            dated: row.dated,
            status,
            claim,
            id,
        })
    }

    /// What an operator of this kind does.
    #[must_use]
    pub fn effect(&self, kind: OperatorKind) -> Option<Effect> {
        self.effects.get(kind as usize).copied().flatten()
    }

    /// A reading as the table writes it: `scheduled -`.
    #[must_use]
    pub fn name(&self, reading: Reading) -> String {
        let level = self.levels.get(reading.level).map_or("", String::as_str);
        format!("{level} {}", if reading.affirmed { '+' } else { '-' })
    }
}

fn polarity(sign: &str) -> Result<bool, String> {
    match sign {
        "+" => Ok(true),
        "-" => Ok(false),
        _ => Err(format!("`{sign}` is no polarity; write + or -")),
    }
}
