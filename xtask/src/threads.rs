//! Derives the events of each thread of a folder of codings, and writes what the thread scorer and the
//! report scorer read: `as-of-DAY.json` for every day on which a report appeared, and each report with its record ids.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chancery_coder::Coding;
use chancery_events::{CodedReport, derive, record_as_of};
use serde_json::{Value, json};

use crate::Outcome;

/// `CODINGS OUT [--one]`: `CODINGS/THREAD/REPORT.json`, or `REPORT.gold.json` for the annotators' own codings.
/// With `--one`, all threads are one record, as they would be in one store.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let [codings, out, options @ ..] = arguments else {
        return Err("give the folder of codings and the folder to write".into());
    };
    let one = options.iter().any(|o| o == "--one");
    let mut threads: Vec<(PathBuf, Vec<CodedReport>)> = Vec::new();
    for folder in folders(Path::new(codings))? {
        let relative = folder.strip_prefix(codings)?.to_path_buf();
        threads.push((relative, reports(&folder)?));
    }
    if one {
        let all: Vec<CodedReport> = threads.iter().flat_map(|(_, reports)| reports.clone()).collect();
        for (relative, reports) in &threads {
            write(&Path::new(out).join(relative), &all, reports)?;
        }
    } else {
        for (relative, reports) in &threads {
            write(&Path::new(out).join(relative), reports, reports)?;
        }
    }
    Ok(())
}

fn folders(root: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root)?.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.is_dir()).collect();
    folders.sort();
    Ok(folders)
}

fn reports(folder: &Path) -> Result<Vec<CodedReport>, Box<dyn std::error::Error>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.filter_map(|e| Some(e.ok()?.path())).collect();
    paths.sort();
    let mut reports = Vec::new();
    for path in paths {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let Some(stem) = name.strip_suffix(".json") else { continue };
        let stem = stem.strip_suffix(".gold").unwrap_or(stem);
        if stem == "thread" || stem.starts_with("as-of-") {
            continue;
        }
        let mut value: Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
        shape(&mut value);
        let coding: Coding = serde_json::from_value(value).map_err(|e| format!("{}: {e}", path.display()))?;
        reports.push(CodedReport {
            id: stem.to_owned(),
            published: coding.published,
            outlet: None,
            witness: stem.to_owned(),
            coding,
        });
    }
    Ok(reports)
}

/// The annotators leave out what is empty; a coding has it as an empty object.
fn shape(coding: &mut Value) {
    let Some(events) = coding.get_mut("events").and_then(Value::as_array_mut) else { return };
    for event in events {
        for (field, keys) in [("place", ["country", "name"].as_slice()), ("time", &["from", "to", "text"])] {
            if event.get(field).is_none_or(Value::is_null) {
                event[field] = json!({});
            }
            for key in keys {
                if event[field].get(key).is_none() {
                    event[field][*key] = Value::Null;
                }
            }
        }
        for list in ["participants", "claims"] {
            if event.get(list).is_none_or(Value::is_null) {
                event[list] = json!([]);
            }
        }
    }
}

fn write(out: &Path, all: &[CodedReport], reports: &[CodedReport]) -> Outcome {
    fs::create_dir_all(out)?;
    let derivation = derive(all);
    let days: BTreeSet<_> = reports.iter().map(|r| r.published).collect();
    for day in days {
        let events = record_as_of(&derivation, all, day);
        fs::write(
            out.join(format!("as-of-{day}.json")),
            serde_json::to_vec_pretty(&json!({ "events": events }))?,
        )?;
    }
    for report in reports {
        let mut value = serde_json::to_value(&report.coding)?;
        for decision in &derivation.decisions {
            if all[decision.mention.report].id == report.id {
                value["events"][decision.mention.event]["world"] = json!(decision.track);
            }
        }
        fs::write(out.join(format!("{}.json", report.id)), serde_json::to_vec_pretty(&value)?)?;
    }
    Ok(())
}
