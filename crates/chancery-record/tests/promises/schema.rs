//! `docs/schema.md` names every table and column of the store, and no other.

use std::collections::BTreeMap;
use std::path::Path;

use chancery_record::Store;

#[test]
fn the_page_is_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chancery.db");
    Store::open_or_create(&path).unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    let mut statement = db
        .prepare(
            "SELECT s.name, c.name FROM sqlite_schema s, pragma_table_info(s.name) c
             WHERE s.type IN ('table', 'view') AND s.name NOT LIKE 'reports_text_%' AND s.name NOT LIKE 'sqlite_%' ORDER BY s.name, c.cid",
        )
        .unwrap();
    let mut file: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        file.entry(row.get(0).unwrap()).or_default().push(row.get(1).unwrap());
    }
    // The view has the columns of `events` and one more, which the page says in words.
    assert_eq!(file["agenda"][..file["agenda"].len() - 1], file["events"][..]);
    file.insert("agenda".into(), Vec::new());
    let page =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema.md")).unwrap();
    let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut table = String::new();
    for line in page.lines() {
        if let Some(name) = line.strip_prefix("### ") {
            name.clone_into(&mut table);
            told.insert(table.clone(), Vec::new());
        } else if let Some(cell) = line.strip_prefix("| ").and_then(|rest| rest.split(" |").next())
            && cell != "column"
        {
            told.get_mut(&table).unwrap().push(cell.to_owned());
        }
    }
    assert_eq!(told, file);
}
