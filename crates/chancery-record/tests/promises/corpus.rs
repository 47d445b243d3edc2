//! The annotated reports as a store takes them, and an order that can be had again.

use std::path::{Path, PathBuf};

use chancery_coder::Coding;
use chancery_reports::{DatedBy, Origin, Report};
use serde_json::{Value, json};

/// All annotated reports with their annotations for codings, in the order of their files.
pub(crate) fn corpus() -> Vec<(Report, Coding)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpora/diplomacy");
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in std::fs::read_dir(root).unwrap().filter_map(|e| Some(e.ok()?.path())).filter(|p| p.is_dir())
    {
        paths.extend(std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()));
    }
    paths.sort();
    let annotated = paths.iter().filter(|p| {
        let name = p.file_name().unwrap().to_str().unwrap();
        name.ends_with(".gold.json") && name != "thread.gold.json"
    });
    annotated.map(|path| pair(path)).collect()
}

fn pair(path: &Path) -> (Report, Coding) {
    let mut value: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    for event in value["events"].as_array_mut().unwrap() {
        for field in ["place", "time"] {
            if event[field].is_null() {
                event[field] = json!({});
            }
        }
    }
    let coding: Coding = serde_json::from_value(value).unwrap();
    let text = std::fs::read_to_string(path.to_str().unwrap().replace(".gold.json", ".txt")).unwrap();
    let report = Report {
        id: Report::identity(coding.published, &text),
        published: coding.published,
        dated_by: DatedBy::DateLine,
        outlet: None,
        title: None,
        url: None,
        key: None,
        body: text.find("20").map_or(0, |at| at + 10),
        text,
        origin: Origin { file: path.file_name().unwrap().to_str().unwrap().into(), record: None },
        notes: Vec::new(),
    };
    (report, coding)
}

/// Numbers that look random and are the same in every run (Marsaglia's xorshift, 64 bits).
pub(crate) struct Shuffle(u64);

impl Shuffle {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit).unwrap()).unwrap()
    }

    pub(crate) fn mix<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
