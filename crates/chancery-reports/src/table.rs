//! CSV and TSV: a line of column names, then a report a row.

use csv::{ByteRecord, ReaderBuilder};

use crate::encoding::Charset;
use crate::error::Reason;
use crate::fields::{self, Field};
use crate::options::Options;
use crate::read::{Draft, Record, Records, Source, all, one};
use crate::report::DatedBy;

/// Reads a table row by row.
pub(crate) fn read<'a>(
    source: Source<'a>,
    charset: Charset,
    delimiter: u8,
    options: &'a Options,
) -> Records<'a> {
    // The csv crate parts fields at single bytes, which UTF-16 does not have.
    let (source, charset): (Source<'a>, _) = if charset.is_utf16() {
        match all(source, options.max_unpacked) {
            Ok(bytes) => {
                let text = charset.decode(&bytes).text.into_owned();
                let utf8 = Charset::of(text.as_bytes());
                (Box::new(std::io::Cursor::new(text.into_bytes())), utf8)
            }
            Err(reason) => return one(Err(reason)),
        }
    } else {
        (source, charset)
    };
    let mut rows = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(source);
    let names: Vec<String> = match rows.byte_headers() {
        Ok(header) => header.iter().map(|name| charset.decode(name).text.trim().to_owned()).collect(),
        Err(error) => return one(Err(Reason::Damaged(error.to_string()))),
    };
    let columns: Vec<(Field, usize)> = Field::ALL
        .into_iter()
        .filter_map(|f| Some((f, fields::choose(f, names.iter().map(String::as_str), options)?)))
        .collect();
    for wanted in [Field::Text, Field::Date] {
        let needed = wanted == Field::Text || options.date.is_none();
        if needed && !columns.iter().any(|(field, _)| *field == wanted) {
            return one(Err(Reason::MissingColumn { wanted: wanted.as_str(), found: names }));
        }
    }
    let width = names.len();
    let mut number = 0;
    let mut ended = false;
    Box::new(std::iter::from_fn(move || {
        if ended {
            return None;
        }
        let mut row = ByteRecord::new();
        number += 1;
        match rows.read_byte_record(&mut row) {
            Ok(false) => None,
            Ok(true) => Some(Record::numbered(number, draft(&row, &columns, width, charset, options))),
            Err(error) => {
                ended = true;
                Some(Record::numbered(number, Err(Reason::Damaged(error.to_string()))))
            }
        }
    }))
}

fn draft(
    row: &ByteRecord,
    columns: &[(Field, usize)],
    width: usize,
    charset: Charset,
    options: &Options,
) -> Result<Draft, Reason> {
    if row.len() != width {
        return Err(Reason::Damaged(format!("it has {} fields where the header has {width}", row.len())));
    }
    let mut draft = Draft::default();
    for &(field, index) in columns {
        let decoded = charset.decode(row.get(index).unwrap_or_default());
        fields::put(&mut draft, field, &decoded.text, DatedBy::Field, options);
        if field == Field::Text {
            draft.notes.extend(decoded.note);
        }
    }
    Ok(draft)
}
