//! The documents' truth: named paths exist, modules are named, README's commands are the gate's.

use super::Fault;
use super::tree::Tree;
use crate::ci::TEST_COMMAND;

/// What README tells a newcomer to run first.
const MAIN_COMMAND: &str = "cargo run --release -- add examples/reports";

/// Every path that a document or a comment names is in the tree, and so is what it links to.
pub(super) fn paths_exist(tree: &Tree, faults: &mut Vec<Fault>) {
    let tops: Vec<&str> = tree.top_folders().collect();
    for (file, text) in tree.files() {
        let document = file.ends_with(".md");
        // Cases and corpora quote reports; their prose is checked where they are read.
        if !(document || file.ends_with(".rs") || file.ends_with(".toml"))
            || file.starts_with("cases/") && !file.ends_with("README.md")
        {
            continue;
        }
        // In a section of ARCHITECTURE.md that is headed by a crate, paths are within the crate's src too.
        let mut within = None;
        for (number, line) in numbered(text) {
            if file == "ARCHITECTURE.md" && line.starts_with("## ") {
                within = headed(line);
            }
            let in_section =
                |path: &str| within.is_some_and(|name| tree.has(&format!("crates/{name}/src/{path}")));
            let prose = if document { Some(line) } else { comment(line) };
            let Some(prose) = prose else { continue };
            for path in paths(prose, &tops).filter(|p| !tree.has(p) && !in_section(p)) {
                faults.push(Fault {
                    place: format!("{file}:{number}"),
                    message: format!(
                        "{path} is not in the tree; a path that is named exists: mend the words or the tree"
                    ),
                });
            }
            for target in links(prose).filter(|_| document) {
                let path = beside(file, target);
                if !tree.has(&path) {
                    faults.push(Fault {
                        place: format!("{file}:{number}"),
                        message: format!("links to {target}, and {path} is not in the tree"),
                    });
                }
            }
        }
    }
}

/// Every file under `crates/*/src` is named in ARCHITECTURE.md in the section of its crate, and no other.
pub(super) fn modules_are_named(tree: &Tree, faults: &mut Vec<Fault>) {
    let map = tree.text("ARCHITECTURE.md").unwrap_or_default();
    let sections: Vec<(&str, &str)> =
        map.split("\n## ").filter_map(|s| Some((headed(s.lines().next()?)?, s))).collect();
    for (path, text) in tree.with_extension("rs") {
        let Some((name, module)) = path.strip_prefix("crates/").and_then(|p| p.split_once("/src/")) else {
            continue;
        };
        if module == "lib.rs" || module == "main.rs" {
            continue;
        }
        let section = sections.iter().find(|(crate_, _)| *crate_ == name).map_or("", |(_, s)| s);
        let shown = module.strip_suffix("mod.rs").unwrap_or(module);
        if !section.contains(&format!("`{shown}`")) {
            let about = text.lines().next().unwrap_or_default().trim_start_matches("//!").trim();
            faults.push(Fault {
                place: path.to_owned(),
                message: format!(
                    "every module is named in ARCHITECTURE.md; add under `crates/{name}/`, in the order of the flow, \
                     something like: - `{shown}`: {about}"
                ),
            });
        }
    }
    for (name, section) in sections {
        for (number, line) in numbered(section) {
            for module in
                line.split('`').skip(1).step_by(2).filter(|m| m.ends_with(".rs") && !m.starts_with("crates/"))
            {
                if !tree.has(&format!("crates/{name}/src/{module}")) {
                    faults.push(Fault {
                        place: format!("ARCHITECTURE.md, `crates/{name}`, its line {number}"),
                        message: format!(
                            "crates/{name}/src/{module} is not in the tree; a path that is named exists"
                        ),
                    });
                }
            }
        }
    }
}

/// README's two commands are there, and its test command is what the gate runs.
pub(super) fn readme_has_the_two_commands(tree: &Tree, faults: &mut Vec<Fault>) {
    let readme = tree.text("README.md").unwrap_or_default();
    for command in [MAIN_COMMAND.to_owned(), TEST_COMMAND.join(" ")] {
        if !readme.lines().any(|line| line.trim_start().starts_with(&command)) {
            faults.push(Fault {
                place: "README.md".to_owned(),
                message: format!("a newcomer finds both commands here; put `{command}` on a line of its own"),
            });
        }
    }
}

/// The crate that a heading such as "## `crates/chancery-time/`: DATE" names.
fn headed(heading: &str) -> Option<&str> {
    Some(heading.split('`').nth(1)?.strip_prefix("crates/")?.trim_end_matches('/'))
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, line))
}

/// The words of a comment line of Rust or TOML.
fn comment(line: &str) -> Option<&str> {
    let line = line.trim_start();
    line.strip_prefix("//").or_else(|| line.strip_prefix('#').filter(|rest| rest.starts_with(' ')))
}

/// Words that begin with a folder of the tree's top, without the punctuation around them. A word with
/// an ellipsis or a placeholder in capitals (`cases/NAME.md`) names a shape and no path.
fn paths<'a>(prose: &'a str, tops: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    prose
        .split(|c: char| c.is_whitespace() || "`()[]\"'<>,;|#".contains(c))
        .map(|word| word.trim_end_matches(['.', ':', '!', '?']))
        .filter(move |word| word.split_once('/').is_some_and(|(top, _)| tops.contains(&top)))
        .filter(|word| {
            !word.contains(['…', '{', '$', '=', ':', '*']) || word.contains('*') && !word.contains('{')
        })
        .filter(|word| !word.split(['/', '.', '-']).any(placeholder))
}

fn placeholder(part: &str) -> bool {
    part.len() > 1
        && part.bytes().all(|b| b.is_ascii_uppercase())
        && !["README", "GUIDE", "LICENSE", "ACTS", "THREAD"].contains(&part)
}

/// Targets of Markdown links that lead to a file.
fn links(prose: &str) -> impl Iterator<Item = &str> {
    prose
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target.split('#').next().unwrap_or_default())
        .filter(|target| !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:"))
}

/// A link's path from the root, given the file it stands in.
fn beside(file: &str, target: &str) -> String {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::super::faults;
    use super::{modules_are_named, paths_exist, readme_has_the_two_commands};

    #[test]
    fn a_named_path_that_is_gone_is_told_with_its_line() {
        let files = [
            (
                "ARCHITECTURE.md",
                "## `crates/a/`\nSee `crates/deep/x.rs`\nand crates/a/src/gone.rs, [here](none.md).",
            ),
            ("crates/a/src/crates/deep/x.rs", "//! X."),
            ("crates/a/src/lib.rs", "//! From crates/a/src/*.rs, see crates/b/x.rs.\n\"crates/in/code\""),
            (
                "cases/README.md",
                "Write `cases/NAME.md`, or cases/…, as [the guide](../ARCHITECTURE.md#top) says.",
            ),
        ];
        let told = faults(paths_exist, &files);
        assert_eq!(told.len(), 3, "{told:#?}");
        assert!(told[0].starts_with("ARCHITECTURE.md:3: crates/a/src/gone.rs is not"));
        assert!(told[1].starts_with("ARCHITECTURE.md:3: links to none.md"));
        assert!(told[2].starts_with("crates/a/src/lib.rs:1: crates/b/x.rs is not"));
    }

    #[test]
    fn modules_and_the_map_name_each_other() {
        let files = [
            (
                "ARCHITECTURE.md",
                "# Map\n\n## `crates/a/`: reads\n- `one.rs`: one. `deep/`, `gone.rs`\n\n## `crates/b/`\n`two.rs`",
            ),
            ("crates/a/src/lib.rs", "//! A."),
            ("crates/a/src/one.rs", "//! One."),
            ("crates/a/src/two.rs", "//! Two, what it does."),
            ("crates/a/src/deep/mod.rs", "//! Deep."),
            ("crates/b/src/two.rs", "//! Two."),
        ];
        let told = faults(modules_are_named, &files);
        assert_eq!(told.len(), 2, "{told:#?}");
        assert!(
            told[0].starts_with("crates/a/src/two.rs: every module")
                && told[0].ends_with("`two.rs`: Two, what it does.")
        );
        assert!(told[1].contains("crates/a/src/gone.rs is not"));
    }

    #[test]
    fn readme_keeps_both_commands() {
        assert_eq!(faults(readme_has_the_two_commands, &[("README.md", "")]).len(), 2);
        let both = "    cargo run --release -- add examples/reports\n    cargo test --workspace\n";
        assert!(faults(readme_has_the_two_commands, &[("README.md", both)]).is_empty());
    }
}
