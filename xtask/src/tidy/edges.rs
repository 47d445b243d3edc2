//! The arrows run one way: which crate may depend on which, which module of the coder may use which.

use super::Fault;
use super::code::without_tests;
use super::tree::Tree;

/// Every crate of the project with the crates of ours that it may depend on, in the order of the flow.
/// Tests obey the same table: what a test needs of a later stage is a test of that stage.
#[rustfmt::skip]
const CRATES: &[(&str, &[&str])] = &[
    ("chancery-reports", &[]),
    ("chancery-syntax",  &[]),
    ("chancery-time",    &[]),
    ("chancery-coder",   &["chancery-syntax", "chancery-time"]),
    ("chancery-events",  &["chancery-coder"]),
    ("chancery-record",  &["chancery-reports", "chancery-coder", "chancery-events"]),
    ("chancery-export",  &["chancery-record", "chancery-coder", "chancery-events"]),
    ("chancery",         &["chancery-reports", "chancery-syntax", "chancery-time", "chancery-coder", "chancery-events",
                           "chancery-record", "chancery-export"]),
    ("chancery-python",  &["chancery-reports", "chancery-syntax", "chancery-time", "chancery-coder", "chancery-events",
                           "chancery-record", "chancery-export"]),
];

/// The coder's modules in the order of the flow: each may use those before it.
#[rustfmt::skip]
const CODER: &[&str] = &[
    "coding", "softmax", "header", "knowledge", "mentions", "propositions", "status", "derivation", "sources", "frames", "positions", "merge",
    "explain", "coder", "examples",
];

/// What a crate's Cargo.toml asks for of ours is in the table.
pub(super) fn between_crates(tree: &Tree, faults: &mut Vec<Fault>) {
    for (path, text) in tree.files() {
        let Some(name) = path.strip_prefix("crates/").and_then(|p| p.strip_suffix("/Cargo.toml")) else {
            continue;
        };
        let mut say = |message: String| faults.push(Fault { place: path.to_owned(), message });
        let Some((_, allowed)) = CRATES.iter().find(|(c, _)| *c == name) else {
            say(format!(
                "{name} is not in the table of crates in xtask/src/tidy/edges.rs; add it with what it may use"
            ));
            continue;
        };
        let Ok(manifest) = text.parse::<toml::Table>() else {
            say("is no TOML".to_owned());
            continue;
        };
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(needs) = manifest.get(kind).and_then(toml::Value::as_table) else { continue };
            for need in needs.keys().filter(|n| n.starts_with("chancery") && !allowed.contains(&n.as_str())) {
                say(format!(
                    "[{kind}] has {need}, and {name} may use {allowed:?} alone: arrows run one way \
                     (ARCHITECTURE.md); a type lives in the first stage that makes it"
                ));
            }
        }
    }
}

/// What a module of the coder names with `crate::` stands before it in the flow.
pub(super) fn between_the_coders_modules(tree: &Tree, faults: &mut Vec<Fault>) {
    for (path, text) in tree.with_extension("rs") {
        let Some(file) = path.strip_prefix("crates/chancery-coder/src/") else { continue };
        let module = file.split(['/', '.']).next().unwrap_or_default();
        if module == "lib" {
            continue;
        }
        let Some(own) = CODER.iter().position(|m| *m == module) else {
            faults.push(Fault {
                place: path.to_owned(),
                message: format!(
                    "{module} is not in the coder's flow in xtask/src/tidy/edges.rs; give it its place there"
                ),
            });
            continue;
        };
        for (number, line) in without_tests(text) {
            for used in used_modules(line) {
                if CODER.iter().position(|m| *m == used).is_some_and(|at| at > own) {
                    faults.push(Fault {
                        place: format!("{path}:{number}"),
                        message: format!(
                            "uses {used}, which comes after {module} in the flow ({}): move what is needed to the \
                             first stage that makes it",
                            CODER.join(" → ")
                        ),
                    });
                }
            }
        }
    }
}

/// The modules in `crate::name` and `crate::{name, …}` of a line.
fn used_modules(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split("//").next().unwrap_or_default();
    code.split("crate::").skip(1).flat_map(|rest| {
        let (list, all) = match rest.strip_prefix('{') {
            Some(list) => (list, usize::MAX),
            None => (rest, 1),
        };
        list.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|w| !w.is_empty()).take(all)
    })
}

#[cfg(test)]
mod tests {
    use super::super::faults;
    use super::{between_crates, between_the_coders_modules};

    #[test]
    fn an_edge_against_the_flow_is_told() {
        let files = [
            (
                "crates/chancery-time/Cargo.toml",
                "[dependencies]\nchancery-coder.workspace = true\njiff.workspace = true",
            ),
            ("crates/chancery-coder/Cargo.toml", "[dependencies]\nchancery-syntax.workspace = true"),
            ("crates/chancery-utils/Cargo.toml", "[dependencies]"),
        ];
        let told = faults(between_crates, &files);
        assert_eq!(told.len(), 2, "{told:#?}");
        assert!(told[0].starts_with("crates/chancery-time/Cargo.toml: [dependencies] has chancery-coder"));
        assert!(told[1].contains("chancery-utils is not in the table"));
    }

    #[test]
    fn a_module_of_the_coder_uses_what_comes_before_it() {
        let files = [
            (
                "crates/chancery-coder/src/frames/bind.rs",
                "//! B.\nuse crate::{mentions::Actor, merge};\nuse crate::coder::X;",
            ),
            (
                "crates/chancery-coder/src/merge.rs",
                "//! M.\nuse crate::frames::Frame; // not crate::explain\n",
            ),
            ("crates/chancery-coder/src/odds.rs", "//! O."),
        ];
        let told = faults(between_the_coders_modules, &files);
        assert_eq!(told.len(), 3, "{told:#?}");
        assert!(told[0].starts_with("crates/chancery-coder/src/frames/bind.rs:2: uses merge"));
        assert!(told[1].starts_with("crates/chancery-coder/src/frames/bind.rs:3: uses coder"));
        assert!(told[2].contains("odds is not in the coder's flow"));
    }
}
