//! JSON: a report a line, one report, or a list of them.

use std::io::{BufRead, BufReader, Read};

use serde_json::{Map, Value};

use crate::encoding::Charset;
use crate::error::Reason;
use crate::fields::{self, Field};
use crate::options::Options;
use crate::read::{Draft, Record, Records, Source, all, one};
use crate::report::DatedBy;

/// Reads a report a line.
pub(crate) fn lines<'a>(source: Source<'a>, charset: Charset, options: &'a Options) -> Records<'a> {
    if charset.is_utf16() {
        return match all(source, options.max_unpacked) {
            Ok(bytes) => {
                let text = charset.decode(&bytes).text.into_owned();
                let utf8 = Charset::of(text.as_bytes());
                lines(Box::new(std::io::Cursor::new(text.into_bytes())), utf8, options)
            }
            Err(reason) => one(Err(reason)),
        };
    }
    let mut lines = BufReader::new(source);
    // What JSON adds to a text (escapes, other keys) is allowed for.
    let longest = options.max_text.saturating_mul(8) as u64;
    let mut number = 0;
    let mut ended = false;
    Box::new(std::iter::from_fn(move || {
        while !ended {
            number += 1;
            match line(&mut lines, longest) {
                Ok(None) => return None,
                Ok(Some(bytes)) if bytes.trim_ascii().is_empty() => {}
                Ok(Some(bytes)) => {
                    return Some(Record::numbered(number, object_of_line(&bytes, charset, options)));
                }
                Err(reason) => {
                    ended = matches!(reason, Reason::Io(_));
                    let reason = match reason {
                        Reason::TooLong { .. } => Reason::TooLong { limit: options.max_text },
                        other => other,
                    };
                    return Some(Record::numbered(number, Err(reason)));
                }
            }
        }
        None
    }))
}

/// One line with its end; a longer one than `longest` is skipped and told.
fn line(lines: &mut impl BufRead, longest: u64) -> Result<Option<Vec<u8>>, Reason> {
    let mut bytes = Vec::new();
    lines.by_ref().take(longest).read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    if bytes.len() as u64 == longest && !bytes.ends_with(b"\n") {
        lines.skip_until(b'\n')?;
        return Err(Reason::TooLong { limit: 0 });
    }
    Ok(Some(bytes))
}

fn object_of_line(bytes: &[u8], charset: Charset, options: &Options) -> Result<Draft, Reason> {
    let decoded = charset.decode(bytes);
    match serde_json::from_str(decoded.text.trim_start_matches('\u{feff}')) {
        Ok(Value::Object(object)) => {
            let mut draft = draft(&object, options)?;
            draft.notes.extend(decoded.note);
            Ok(draft)
        }
        Ok(_) => Err(Reason::Damaged("the line holds no JSON object".to_owned())),
        Err(error) => Err(Reason::Damaged(format!("the line is no JSON: {error}"))),
    }
}

/// Reads a JSON value: an object that is a report, a list of such, or an object that holds a list.
pub(crate) fn whole<'a>(source: Source<'a>, charset: Charset, options: &'a Options) -> Records<'a> {
    let value = all(source, options.max_unpacked).and_then(|bytes| {
        serde_json::from_str(&charset.decode(&bytes).text)
            .map_err(|error| Reason::Damaged(format!("it is no JSON: {error}")))
    });
    let list = match value {
        Ok(Value::Array(list)) => list,
        Ok(Value::Object(object)) => {
            let listed = ["articles", "reports", "items", "results", "documents", "data", "stories", "docs"];
            let is_report = find(&object, Field::Text, options).is_some();
            match listed.iter().find_map(|name| object.get(*name)?.as_array()) {
                Some(list) if !is_report => list.clone(),
                _ => return one(draft(&object, options)),
            }
        }
        Ok(_) => return one(Err(Reason::Damaged("it holds neither a JSON object nor a list".to_owned()))),
        Err(reason) => return one(Err(reason)),
    };
    Box::new(list.into_iter().zip(1..).map(|(value, number)| {
        let draft = match value {
            Value::Object(object) => draft(&object, options),
            _ => Err(Reason::Damaged("it is no JSON object".to_owned())),
        };
        Record::numbered(number, draft)
    }))
}

/// The draft of a report that is a JSON object.
fn draft(object: &Map<String, Value>, options: &Options) -> Result<Draft, Reason> {
    let mut draft = Draft::default();
    for field in Field::ALL {
        if let Some(value) = find(object, field, options) {
            fields::put(&mut draft, field, &value, DatedBy::Field, options);
        } else if field == Field::Text {
            if object.contains_key("published") && object.get("events").is_some_and(Value::is_array) {
                return Err(Reason::Coding);
            }
            let found = object.keys().cloned().collect();
            return Err(Reason::MissingColumn { wanted: field.as_str(), found });
        }
    }
    Ok(draft)
}

/// The value of a field: text or a number, or the name within an object (`"source": {"name": …}`).
fn find(object: &Map<String, Value>, field: Field, options: &Options) -> Option<String> {
    let plain: Vec<(&str, String)> =
        object.iter().filter_map(|(name, value)| Some((name.as_str(), plain(value)?))).collect();
    let index = fields::choose(field, plain.iter().map(|(name, _)| *name), options)?;
    plain.into_iter().nth(index).map(|(_, value)| value)
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(inner) => {
            ["name", "title", "value"].iter().find_map(|k| inner.get(*k)?.as_str().map(str::to_owned))
        }
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
    }
}
