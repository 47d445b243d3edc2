//! Packed files: gzip around one file, ZIP around many. A member costs itself only; what would
//! unpack to more than the limit is refused.

use std::io::{self, Cursor, Read};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use crate::error::Reason;
use crate::options::Options;
use crate::read::{Record, Records, Source, all, one, records};

/// Archives within archives are opened this deep.
const DEEPEST: usize = 2;

/// Reads what a gzip file holds, piece by piece.
pub(crate) fn gzip<'a>(name: &str, source: Source<'a>, options: &'a Options, depth: usize) -> Records<'a> {
    if depth >= DEEPEST {
        return one(Err(too_deep()));
    }
    let inner = name.strip_suffix(".gz").unwrap_or(name);
    let unpacked = Limited { source: MultiGzDecoder::new(source), left: options.max_unpacked };
    records(inner, Box::new(unpacked), options, depth + 1)
}

/// Reads the members of a ZIP file in their order.
pub(crate) fn zip<'a>(source: Source<'a>, options: &'a Options, depth: usize) -> Records<'a> {
    if depth >= DEEPEST {
        return one(Err(too_deep()));
    }
    let opened = all(source, options.max_unpacked).and_then(|bytes| {
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| Reason::Damaged(error.to_string()))
    });
    let mut archive = match opened {
        Ok(archive) => archive,
        Err(reason) => return one(Err(reason)),
    };
    let mut left = options.max_unpacked;
    let members = archive.len();
    Box::new((0..members).flat_map(move |index| {
        let (name, bytes) = member(&mut archive, index, left);
        let Some(bytes) = bytes.transpose() else { return Vec::new().into_iter() };
        let found: Vec<Record> = match bytes {
            Ok(bytes) => {
                left -= bytes.len() as u64;
                records(&name, Box::new(Cursor::new(bytes)), options, depth + 1).collect()
            }
            Err(reason) => vec![Record::only(Err(reason))],
        };
        let named = |record: Record| {
            let member = match &record.member {
                Some(inner) => format!("{name}!{inner}"),
                None => name.clone(),
            };
            Record { member: Some(member), ..record }
        };
        found.into_iter().map(named).collect::<Vec<_>>().into_iter()
    }))
}

/// The name and bytes of a member; no bytes for a folder and for what systems leave behind.
fn member(
    archive: &mut ZipArchive<Cursor<Vec<u8>>>,
    index: usize,
    limit: u64,
) -> (String, Result<Option<Vec<u8>>, Reason>) {
    let mut file = match archive.by_index(index) {
        Ok(file) => file,
        Err(error) => return (format!("member {}", index + 1), Err(Reason::Damaged(error.to_string()))),
    };
    let name = String::from_utf8_lossy(file.name_raw()).into_owned();
    let hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
    if file.is_dir() || hidden {
        return (name, Ok(None));
    }
    let mut bytes = Vec::new();
    let read = file.by_ref().take(limit.saturating_add(1)).read_to_end(&mut bytes);
    let bytes = match read {
        Ok(_) if bytes.len() as u64 > limit => Err(Reason::Bomb { limit }),
        Ok(_) => Ok(Some(bytes)),
        Err(error) => Err(Reason::Damaged(error.to_string())),
    };
    (name, bytes)
}

fn too_deep() -> Reason {
    Reason::Unsupported("it is packed within packed files; unpack it first".to_owned())
}

/// A source that fails when it has given more than its limit.
struct Limited<R> {
    source: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.left = self
            .left
            .checked_sub(count as u64)
            .ok_or_else(|| io::Error::other("it unpacks to more than is allowed"))?;
        Ok(count)
    }
}
