//! The rules of the knowledge folder, read as the program reads them; every example run.

use std::path::Path;

use chancery_time::Grammar;

#[expect(clippy::disallowed_methods, reason = "the rules are tested as they stand in the folder")]
fn english() -> Grammar {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge/time/en");
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(&folder)
        .expect("the rules' folder")
        .map(|entry| {
            let path = entry.expect("a file of rules").path();
            let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
            (name, std::fs::read(&path).expect("a readable file"))
        })
        .collect();
    files.sort();
    Grammar::from_files(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
        .expect("sound rules")
}

#[test]
fn every_example_holds() {
    let failures: Vec<String> = english().check_examples().iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
