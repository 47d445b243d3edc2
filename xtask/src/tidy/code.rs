//! The habits of a file: it says what it is, has one subject, is finished, and knows no machine.

use super::Fault;
use super::tree::Tree;

/// Beyond this many lines of code, comments and tests not counted, a file has more than one subject.
const LONGEST: usize = 700;

const PURE: &[&str] = &["reports", "syntax", "time", "coder", "events"];

/// What marks code as unfinished or as hiding something, and what to do instead. Split, so that this
/// file does not hold what it looks for.
const UNFINISHED: &[(&str, &str)] = &[
    (concat!("todo", "!("), "finish it, or leave it out until it is"),
    (concat!("unimplemented", "!("), "finish it, or leave it out until it is"),
    (concat!("TO", "DO"), "finish it, or say in DESIGN.md where it goes"),
    (concat!("FIX", "ME"), "mend it, or pin the wrong answer in a test with its reason"),
    (
        concat!("#[", "ignore"),
        "a test that does not run proves nothing: pin what is the case, with the reason",
    ),
    (concat!("#[should", "_panic"), "assert the error that is returned"),
    (concat!("#[al", "low("), "use #[expect(…, reason = \"…\")], which tells when it has become needless"),
    (concat!("#![al", "low("), "use #![expect(…, reason = \"…\")], which tells when it has become needless"),
    (
        concat!("unsafe", " {"),
        "unsafe is forbidden; only a measured gain in one module of chancery-syntax could change that",
    ),
    (
        concat!("unsafe", " fn"),
        "unsafe is forbidden; only a measured gain in one module of chancery-syntax could change that",
    ),
    (
        concat!("unsafe", " impl"),
        "unsafe is forbidden; only a measured gain in one module of chancery-syntax could change that",
    ),
];

/// Where a machine's own folders begin.
const MACHINES: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/t", "mp/"),
    concat!("/Us", "ers/"),
    concat!("C:\\", "Users"),
];

const REGISTRIES: &[&str] = &[
    concat!("index.", "crates.io"),
    concat!("pypi.org", "/simple"),
    concat!("files.python", "hosted.org"),
    concat!("registry.", "npmjs"),
    concat!("deb.", "debian"),
    concat!("arti", "factory"),
];

/// The first line of a Rust file says what it is.
pub(super) fn files_say_what_they_are(tree: &Tree, faults: &mut Vec<Fault>) {
    for (path, text) in tree.with_extension("rs") {
        if !text.starts_with("//! ") {
            faults.push(Fault {
                place: format!("{path}:1"),
                message: "a file's first line is `//! ` and says what it is".to_owned(),
            });
        }
    }
}

/// A file of code is of a length that one subject needs.
pub(super) fn files_have_one_subject(tree: &Tree, faults: &mut Vec<Fault>) {
    for (path, text) in tree.with_extension("rs") {
        let lines = without_tests(text).filter(|(_, line)| is_code(line)).count();
        if lines > LONGEST {
            faults.push(Fault {
                place: path.to_owned(),
                message: format!("{lines} lines of code, and {LONGEST} are the most; a file has one subject: split it by subject"),
            });
        }
    }
}

/// No code is unfinished, ignored, silenced or unsafe.
pub(super) fn nothing_is_unfinished(tree: &Tree, faults: &mut Vec<Fault>) {
    for (path, text) in tree.with_extension("rs") {
        for (at, line) in text.lines().enumerate() {
            for (mark, advice) in UNFINISHED.iter().filter(|(mark, _)| line.contains(mark)) {
                faults.push(Fault {
                    place: format!("{path}:{}", at + 1),
                    message: format!("has `{mark}`: {advice}"),
                });
            }
        }
    }
}

/// No tracked file carries a path of somebody's machine or the host of a registry.
pub(super) fn no_machine_is_named(tree: &Tree, faults: &mut Vec<Fault>) {
    for (path, text) in tree.files().filter(|(path, _)| *path != "Cargo.lock") {
        for (at, line) in text.lines().enumerate() {
            let place = || format!("{path}:{}", at + 1);
            for mark in MACHINES.iter().filter(|mark| begins_a_path(line, mark)) {
                faults.push(Fault {
                    place: place(),
                    message: format!("has a path under {mark}; no file knows a machine: use a path in the tree or a temporary folder"),
                });
            }
            for host in REGISTRIES.iter().filter(|host| line.contains(**host)) {
                faults
                    .push(Fault { place: place(), message: format!("names {host}; name the package alone") });
            }
        }
    }
}

/// The pure crates have one and the same clippy.toml, which forbids them the outside world.
pub(super) fn pure_crates_share_their_lints(tree: &Tree, faults: &mut Vec<Fault>) {
    let lints = |name: &str| tree.text(&format!("crates/chancery-{name}/clippy.toml"));
    for name in PURE {
        if lints(name).is_none() || lints(name) != lints(PURE[0]) {
            faults.push(Fault {
                place: format!("crates/chancery-{name}/clippy.toml"),
                message: format!(
                    "is not that of chancery-{}; the pure crates are all forbidden the same",
                    PURE[0]
                ),
            });
        }
    }
}

/// A file's numbered lines up to its test module.
pub(super) fn without_tests(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines: Vec<&str> = text.lines().collect();
    let tests = lines.windows(2).position(|w| w[0] == "#[cfg(test)]" && w[1].starts_with("mod "));
    let end = tests.unwrap_or(lines.len());
    lines.into_iter().take(end).enumerate().map(|(at, line)| (at + 1, line))
}

fn is_code(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with("//")
}

/// Whether the mark stands where a path begins, and not within one of a report's words.
fn begins_a_path(line: &str, mark: &str) -> bool {
    line.match_indices(mark)
        .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "./-_*}>".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::super::faults;
    use super::{
        files_have_one_subject, files_say_what_they_are, no_machine_is_named, nothing_is_unfinished,
    };

    #[test]
    fn a_file_says_what_it_is() {
        let files = [("a.rs", "//! Says.\n"), ("b.rs", "use x;\n")];
        assert_eq!(
            faults(files_say_what_they_are, &files),
            ["b.rs:1: a file's first line is `//! ` and says what it is"]
        );
    }

    #[test]
    fn code_is_counted_without_comments_and_tests() {
        let comments = "// why\n".repeat(800);
        let tests = format!("//! T.\n#[cfg(test)]\nmod tests {{\n{}}}\n", "let x = 1;\n".repeat(800));
        let code = "let x = 1;\n".repeat(701);
        let files = [("a.rs", comments.as_str()), ("b.rs", tests.as_str()), ("c.rs", code.as_str())];
        let told = faults(files_have_one_subject, &files);
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].starts_with("c.rs: 701 lines"));
    }

    #[test]
    fn what_is_unfinished_is_told_with_its_line() {
        let ignored = format!("//! A.\n{}]\nfn x() {{}}\n", super::UNFINISHED[4].0);
        let told = faults(nothing_is_unfinished, &[("a.rs", &ignored)]);
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].starts_with("a.rs:2: has"));
    }

    #[test]
    fn a_machine_s_path_is_told_and_a_report_s_slash_is_not() {
        let path = format!("read {}x/data.json", super::MACHINES[0]);
        let within = format!("see knowledge{}x", super::MACHINES[0]);
        let told = faults(no_machine_is_named, &[("a.md", &path), ("b.md", &within)]);
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].starts_with("a.md:1: has a path under"));
    }
}
