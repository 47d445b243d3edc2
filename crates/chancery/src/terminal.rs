//! What the program prints: standard output, messages, tables. On a terminal, control characters
//! and marks of direction that a report's words may hold are made visible instead of obeyed.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Write};

use comfy_table::{ContentArrangement, Table, presets};

/// Standard output, buffered; write to it with `writeln!`.
pub(crate) struct Out {
    inner: BufWriter<Box<dyn Write>>,
    terminal: bool,
}

impl Out {
    pub(crate) fn stdout() -> Self {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        Self { inner: BufWriter::with_capacity(1 << 16, Box::new(stdout)), terminal }
    }

    /// Writes to a file.
    pub(crate) fn to(file: Box<dyn Write>) -> Self {
        Self { inner: BufWriter::with_capacity(1 << 16, file), terminal: false }
    }

    /// Whether a person is looking.
    pub(crate) fn is_terminal(&self) -> bool {
        self.terminal
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.terminal {
            self.inner.write_all(harmless(&String::from_utf8_lossy(bytes)).as_bytes())?;
        } else {
            self.inner.write_all(bytes)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// A line for the person at the terminal, on standard error.
pub(crate) fn tell(message: &str) {
    // If even this fails there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{}", harmless(message));
}

/// The text with its control characters, and the marks that turn the direction of writing, made
/// visible; line feeds and tabs stay.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    let show = |c: char| match c {
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        c if obeyed(c) => '\u{fffd}',
        c => c,
    };
    Cow::Owned(text.chars().map(|c| if c == '\n' || c == '\t' { c } else { show(c) }).collect())
}

/// A table with these column names: fitted to the terminal's width, plain and unbroken in a pipe.
pub(crate) fn table(names: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(names.to_vec());
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_obeyed() {
        assert_eq!(harmless("Lavrov\tmet\nWang Yi – Пекин"), "Lavrov\tmet\nWang Yi – Пекин");
        assert_eq!(harmless("\u{1b}[2Jgone\r"), "␛[2Jgone␍");
        assert_eq!(harmless("a\u{202e}b\u{9b}c\u{7f}"), "a\u{fffd}b\u{fffd}c\u{fffd}");
    }
}
