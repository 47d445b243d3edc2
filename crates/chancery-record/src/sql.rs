//! Questions in SQL that can read and nothing else.

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::ValueRef;

use crate::error::{RecordError, Result};
use crate::store::Store;

/// One value of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    /// Bytes that are no text: how many.
    Bytes(usize),
}

/// An answer: the columns' names and the rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    pub names: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

impl Store {
    /// Answers a question in SQL. Whatever would write, attach or load is refused before it runs.
    pub fn sql(&mut self, question: &str) -> Result<Rows> {
        self.db.authorizer(Some(|context: AuthContext<'_>| match context.action {
            AuthAction::Select
            | AuthAction::Read { .. }
            | AuthAction::Function { .. }
            | AuthAction::Recursive => Authorization::Allow,
            _ => Authorization::Deny,
        }))?;
        let answer = self.answer(question);
        self.db.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?;
        answer
    }

    fn answer(&self, question: &str) -> Result<Rows> {
        let refused = |error: rusqlite::Error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::AuthorizationForStatementDenied) => {
                RecordError::NotReadOnly(question.to_owned())
            }
            _ => RecordError::Sqlite(error),
        };
        let mut statement = self.db.prepare(question).map_err(refused)?;
        if !statement.readonly() {
            return Err(RecordError::NotReadOnly(question.to_owned()));
        }
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let width = names.len();
        let mut rows = Vec::new();
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let mut cells = Vec::with_capacity(width);
            for column in 0..width {
                cells.push(match row.get_ref(column)? {
                    ValueRef::Null => Cell::Null,
                    ValueRef::Integer(i) => Cell::Integer(i),
                    ValueRef::Real(x) => Cell::Real(x),
                    ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
                    ValueRef::Blob(bytes) => Cell::Bytes(bytes.len()),
                });
            }
            rows.push(cells);
        }
        Ok(Rows { names, rows })
    }
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Integer(i) => write!(f, "{i}"),
            Self::Real(x) => write!(f, "{x}"),
            Self::Text(text) => f.write_str(text),
            Self::Bytes(count) => write!(f, "({count} bytes)"),
        }
    }
}
