//! Tab-separated tables: one head line, one row a line, no quoting.

use crate::knowledge::{Files, KnowledgeError, utf8};

/// A table of the `world/` folder.
pub(super) struct Table<'a> {
    file: &'a str,
    width: usize,
    columns: Vec<&'a str>,
    text: &'a str,
}

/// One row, with the line it stands on.
pub(super) struct Row<'a> {
    file: &'a str,
    line: usize,
    cells: Vec<&'a str>,
}

impl<'a> Table<'a> {
    /// Opens a table and checks its head against the wanted columns.
    pub(super) fn open(files: &'a Files, file: &'a str, wanted: &[&str]) -> Result<Self, KnowledgeError> {
        let bytes = files
            .get(file)
            .ok_or_else(|| fault(file, 0, "the knowledge folder has no such file".to_owned()))?;
        let text = utf8(file, bytes)?;
        let columns: Vec<&str> = text.lines().next().unwrap_or_default().split('\t').collect();
        if columns != wanted {
            return Err(fault(file, 1, format!("the columns should be: {}", wanted.join(", "))));
        }
        Ok(Self { file, width: columns.len(), columns, text })
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Result<Row<'a>, KnowledgeError>> + '_ {
        self.text.lines().enumerate().skip(1).filter(|(_, l)| !l.is_empty()).map(|(i, line)| {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() == self.width {
                Ok(Row { file: self.file, line: i + 1, cells })
            } else {
                Err(fault(
                    self.file,
                    i + 1,
                    format!(
                        "{} cells where {} are due: {}",
                        cells.len(),
                        self.width,
                        self.columns.join(", ")
                    ),
                ))
            }
        })
    }
}

impl<'a> Row<'a> {
    pub(super) fn cell(&self, i: usize) -> &'a str {
        self.cells[i]
    }

    /// The parts of a cell that holds several, `|` between them.
    pub(super) fn list(&self, i: usize) -> impl Iterator<Item = &'a str> {
        self.cells[i].split('|').filter(|s| !s.is_empty())
    }

    pub(super) fn optional(&self, i: usize) -> Option<String> {
        (!self.cells[i].is_empty()).then(|| self.cells[i].to_owned())
    }

    pub(super) fn fault(&self, message: impl Into<String>) -> KnowledgeError {
        fault(self.file, self.line, message.into())
    }

    pub(super) fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}

pub(super) fn fault(file: &str, line: usize, message: String) -> KnowledgeError {
    KnowledgeError { file: format!("knowledge/{file}"), line, message }
}
