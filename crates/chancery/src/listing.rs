//! Rows under names, as a table for a person, as CSV or as JSON.

use std::io::{self, Write};

use comfy_table::{ContentArrangement, Table, presets};

use crate::terminal::Out;

/// Rows of text under column names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listing {
    pub(crate) names: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Listing {
    pub(crate) fn new(names: &[&str]) -> Self {
        Self { names: names.iter().map(|n| (*n).to_owned()).collect(), rows: Vec::new() }
    }

    /// For a person at a terminal fitted to its width, with rules; in a pipe plain, one line a row.
    pub(crate) fn table(&self, out: &mut Out) -> io::Result<()> {
        let mut table = Table::new();
        if out.is_terminal() {
            table
                .load_preset(presets::UTF8_HORIZONTAL_ONLY)
                .set_content_arrangement(ContentArrangement::Dynamic);
            table.set_header(self.names.clone());
        } else {
            table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
            table.set_header(self.names.clone());
        }
        for row in &self.rows {
            table.add_row(row.iter().map(|cell| cell.replace('\n', " ")));
        }
        writeln!(out, "{}", table.trim_fmt())
    }

    /// RFC 4180. What a spreadsheet would run as a formula gets an apostrophe before it.
    pub(crate) fn csv(&self, out: &mut Out) -> anyhow::Result<()> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(&self.names)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| inert(cell)))?;
        }
        writer.flush()?;
        Ok(())
    }

    /// A list of objects under `key`.
    pub(crate) fn json(&self, key: &str) -> serde_json::Value {
        let objects: Vec<serde_json::Value> = self
            .rows
            .iter()
            .map(|row| {
                self.names
                    .iter()
                    .zip(row)
                    .map(|(n, c)| (n.clone(), serde_json::Value::from(c.as_str())))
                    .collect()
            })
            .collect();
        serde_json::json!({ key: objects })
    }
}

/// A cell that no spreadsheet takes for a formula.
pub(crate) fn inert(cell: &str) -> String {
    let starts = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if starts && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn no_formula_is_run() {
        assert_eq!(inert("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(inert("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(inert("-3.5"), "-3.5");
        assert_eq!(inert("Modi met Putin"), "Modi met Putin");
    }
}
