//! What a caller may settle about reading.

use jiff::civil::Date;

use crate::fields::Field;

/// Settings for reading; the default asks nothing of the caller.
#[derive(Clone, Debug)]
pub struct Options {
    /// The date of reports that tell none.
    pub date: Option<Date>,
    /// The outlet of reports that name none.
    pub outlet: Option<String>,
    /// How to read `03/04/2022`; `None` refuses it.
    pub date_order: Option<DateOrder>,
    /// Names of columns or keys that are to be read as a field, before the names that are guessed.
    pub columns: Vec<(Field, String)>,
    /// The longest text of one report, in bytes.
    pub max_text: usize,
    /// The most bytes that a packed file may unpack to, and that a file read at one go may have.
    pub max_unpacked: u64,
}

/// The order of day and month in a date of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    DayFirst,
    MonthFirst,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            date: None,
            outlet: None,
            date_order: None,
            columns: Vec::new(),
            max_text: 4 << 20,
            max_unpacked: 1 << 30,
        }
    }
}
