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
    let hidden = name.split('/').any(|part| part.starts_with('.') && part != ".." || part == "__MACOSX");
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
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| {
            io::Error::other("unpacked it is too large; unpack it, and read the parts that are wanted")
        })?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    const GOOD: &str = "date 2022-10-28 India said.";

    fn gzipped(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[track_caller]
    fn check(bytes: &[u8], wanted: &[&str]) {
        let options = Options { max_unpacked: 100_000, ..Options::default() };
        let found: Vec<String> = crate::read("x", bytes, &options)
            .map(|read| match read {
                Ok(report) => format!("{}: {} {}", report.origin, report.published, report.news()),
                Err(error) => error.to_string(),
            })
            .collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn gzip_around_a_file() {
        check(&gzipped(GOOD.as_bytes()), &["x: 2022-10-28 India said."]);
        let lines = b"{\"date\":\"2022-10-28\",\"text\":\"India said.\"}\n{\"date\":\"2022-10-29\",\"text\":\"More.\"}\n";
        let members = [gzipped(&lines[..45]), gzipped(&lines[45..])].concat();
        check(&members, &["x, record 1: 2022-10-28 India said.", "x, record 2: 2022-10-29 More."]);
    }

    #[test]
    fn zip_around_files() {
        let inner = zipped(&[("b.txt", GOOD.as_bytes())]);
        let bytes = zipped(&[
            ("a.txt", GOOD.as_bytes()),
            ("__MACOSX/a.txt", b"\0"),
            ("../up.txt", b"No date."),
            ("inner.zip", &inner),
            ("c.csv.gz", &gzipped(b"date,text\n2022-10-30,Yes.\n")),
        ]);
        check(
            &bytes,
            &[
                "x!a.txt: 2022-10-28 India said.",
                "x!../up.txt: it tells no date",
                "x!inner.zip!b.txt: 2022-10-28 India said.",
                "x!c.csv.gz, record 1: 2022-10-30 Yes.",
            ],
        );
    }

    #[test]
    fn bombs() {
        let zeros = gzipped(&b"date 2022-10-28 and so on\n".repeat(400_000));
        check(
            &zeros,
            &[
                "x: it could not be read: unpacked it is too large; unpack it, and read the parts that are wanted",
            ],
        );
        let blanks = vec![b' '; 200_000];
        let members: Vec<(String, &[u8])> = (0..3).map(|n| (format!("{n}.txt"), &blanks[..60_000])).collect();
        let members: Vec<(&str, &[u8])> = members.iter().map(|(n, b)| (n.as_str(), *b)).collect();
        check(
            &zipped(&members),
            &[
                "x!0.txt: it is empty",
                "x!1.txt: unpacked it would be larger than 40000 bytes",
                "x!2.txt: unpacked it would be larger than 40000 bytes",
            ],
        );
        let deep = gzipped(&gzipped(&gzipped(GOOD.as_bytes())));
        check(&deep, &["x: it is packed within packed files; unpack it first"]);
    }
}
