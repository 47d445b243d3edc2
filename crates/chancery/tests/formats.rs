//! What comes out of the sample files in `corpora/formats`: beside each stands `NAME.read`.

#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use chancery_reports::{Options, Report, read};

/// A file's reports as a person reads them.
fn rendered(path: &Path) -> String {
    let options = Options::default();
    let name = path.file_name().unwrap().to_string_lossy();
    let mut text = String::new();
    for report in read(&name, File::open(path).unwrap(), &options) {
        match report {
            Ok(report) => render(&mut text, &report),
            Err(error) => writeln!(text, "✗ {error}\n").unwrap(),
        }
    }
    text
}

fn render(text: &mut String, report: &Report) {
    let dated_by = serde_json::to_value(report.dated_by).unwrap();
    writeln!(text, "✓ {}", report.origin).unwrap();
    writeln!(text, "published {} ({})", report.published, dated_by.as_str().unwrap()).unwrap();
    for (label, value) in
        [("id", &report.key), ("outlet", &report.outlet), ("title", &report.title), ("url", &report.url)]
    {
        if let Some(value) = value {
            writeln!(text, "{label} {value}").unwrap();
        }
    }
    for note in &report.notes {
        writeln!(text, "note {note}").unwrap();
    }
    writeln!(text, "--\n{}\n", report.news().replace('\r', "␍").trim_end()).unwrap();
}

/// Every sample, in order of path.
fn samples() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpora/formats");
    let mut samples = Vec::new();
    for format in fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        samples.extend(fs::read_dir(format).unwrap().map(|entry| entry.unwrap().path()));
    }
    samples.retain(|path| path.extension().is_none_or(|e| e != "read"));
    samples.sort();
    samples
}

#[test]
fn samples_are_read_as_told() {
    let samples = samples();
    assert!(samples.len() > 30, "{} samples", samples.len());
    let mut wrong = String::new();
    for path in samples {
        let wanted = PathBuf::from(format!("{}.read", path.display()));
        let found = rendered(&path);
        if std::env::var_os("CHANCERY_WRITE_READ_FILES").is_some() {
            fs::write(&wanted, &found).unwrap();
        }
        if fs::read_to_string(&wanted).unwrap_or_default() != found {
            writeln!(wrong, "{} gives\n{found}", path.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
