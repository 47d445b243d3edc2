//! What can't be read costs itself only: each is told with its file, the reason and what to do, and
//! the rest of the run is unharmed.

#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod program;

use program::Folder;

const GOOD: &str =
    "date 2022-10-28 The foreign ministers of India and Russia will meet in Moscow on November 8.\n";

/// Reads a folder that holds one good report and one bad file; the bad one must be told so.
#[track_caller]
fn check(name: &str, bytes: impl AsRef<[u8]>, told: &str) {
    let folder = Folder::new().with("reports/good.txt", GOOD).with(&format!("reports/{name}"), bytes);
    for command in ["reports reports", "code reports", "add reports"] {
        let ran = folder.run(command);
        assert_eq!(ran.code, 1, "{command}: {}", ran.err);
        assert!(ran.err.contains(&format!("reports/{name}")), "{command}: {}", ran.err);
        assert!(ran.err.contains(told), "{command}: {}", ran.err);
        assert!(ran.out.contains("2022-10-28"), "{command}: {}", ran.out);
        assert!(!ran.err.contains("panicked"), "{command}: {}", ran.err);
    }
}

#[test]
fn an_empty_file() {
    check("empty.txt", "", "it is empty");
    check("blank.txt", " \n\t\n", "it is empty");
    check("only-a-date.txt", "date 2022-10-28\n", "it is empty");
}

#[test]
fn a_binary_file() {
    check(
        "picture.png",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "it is not text: convert it to text, or leave it out",
    );
    check("noise.txt", [GOOD.as_bytes(), b"\0\x01\x02"].concat(), "it is not text");
}

#[test]
fn a_text_too_long() {
    let text = format!("date 2022-10-28 {}", "The ministers met in Moscow on Friday. ".repeat(1_300_000));
    assert!(text.len() > 50_000_000);
    check("long.txt", text, "longer than 4194304 bytes: split it into its reports, or raise --max-text");
}

#[test]
fn a_report_without_a_date() {
    check(
        "undated.txt",
        "The ministers met.",
        "it tells no date: begin it with a line such as “date 2022-10-28”",
    );
}

#[test]
fn a_date_that_is_none() {
    check(
        "february.txt",
        "date 2023-02-30 The ministers met.",
        "“2023-02-30” is no day of the calendar: mend the date",
    );
    check("year.txt", "date 9999-01-01 The ministers met.", "“9999-01-01” is no day of the calendar");
    check("either.csv", "date,text\n03/04/2022,They met.\n", "record 1: “03/04/2022” may be day and month");
}

#[test]
fn a_table_without_the_wanted_columns() {
    check(
        "table.csv",
        "name,age\nx,1\n",
        "no column or key for the text; it has name, age: name the columns",
    );
    check(
        "table2.csv",
        "text,age\nx,1\n",
        "no column or key for the date; it has text, age: name the columns",
    );
    check("short.csv", "date,text\n2022-10-28,They met.\n2022-10-28\n", "record 2: it is damaged");
}

#[test]
fn broken_lines_of_json() {
    let lines =
        "{\"date\":\"2022-10-28\",\"text\":\"They met.\"}\n{\"date\":\n{\"date\":\"2022-10-28\"}\n[1]\n";
    for told in [
        "record 2: it is damaged: the line is no JSON",
        "record 3: it has no column or key for the text",
        "record 4: it is damaged: the line holds no JSON object",
    ] {
        check("lines.jsonl", lines, told);
    }
    check("deep.json", "[".repeat(100_000), "it is no JSON");
}

#[test]
fn packed_files() {
    check("cut.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x4b", "it could not be read");
    check("cut.zip", b"PK\x03\x04\x14\0", "it is damaged");
}

#[test]
fn invalid_utf8_is_read_and_kept_true() {
    let folder = Folder::new().with(
        "cafe.txt",
        b"date 2022-10-28 The minister met Mac\xf0on in Er\xffat, \xc5\x9eim\xc5\x9fek said, quoting \xc3\x87avu\xc5\x9fo\xc4\x9flu.",
    );
    let ran = folder.run("reports cafe.txt");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("2022-10-28"));
    assert!(ran.err.contains("bytes that are no UTF-8 stand as U+FFFD: 2"), "{}", ran.err);
}

#[test]
fn a_path_that_is_none_is_wrong_use() {
    for command in
        ["reports nowhere", "code nowhere", "add nowhere", "code", "frobnicate", "code --date 2023-02-30 x"]
    {
        let ran = Folder::new().run(command);
        assert_eq!(ran.code, 2, "{command}: {}", ran.err);
        assert!(!ran.err.is_empty() && ran.out.is_empty(), "{command}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission() {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::new().with("reports/good.txt", GOOD).with("reports/closed/x.txt", GOOD);
    let closed = folder.path().join("reports/closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser may read everything, and there is nothing to show.
    if fs::read_dir(&closed).is_err() {
        let ran = folder.run("reports reports");
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains("reports/closed: it could not be read"), "{}", ran.err);
        assert!(ran.err.contains("give yourself leave to read it"), "{}", ran.err);
        assert!(ran.out.contains("good.txt"));
    }
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_store_that_is_no_store() {
    let folder = Folder::new()
        .with("good.txt", GOOD)
        .with("chancery.db", "this is no database, but a letter to a friend");
    for command in ["add good.txt", "events", "diary"] {
        let ran = folder.run(command);
        assert_eq!(ran.code, 2, "{command}: {}", ran.err);
        assert!(ran.err.contains("chancery.db"), "{command}: {}", ran.err);
    }
    assert!(folder.read("chancery.db").starts_with("this is no database"), "it is left as it was");
}

#[test]
fn nothing_that_a_report_says_is_obeyed() {
    // In a pipe the bytes are the report's own; the message on standard error is made harmless.
    let folder = Folder::new().with("a\u{1b}[2J.txt", "The ministers met.");
    let ran = folder.run("reports .");
    assert!(!ran.err.contains('\u{1b}'), "{:?}", ran.err);
    assert!(ran.err.contains("a␛[2J.txt"), "{:?}", ran.err);
}
