//! `cargo xtask tidy`: the house's rules that neither the compiler nor clippy checks, and whether what
//! the documents say of the tree is true.

mod tree;
mod documents;
mod edges;
mod code;

use crate::{Outcome, say};
use tree::Tree;

/// A rule broken at a place.
#[derive(Debug, PartialEq, Eq)]
struct Fault {
    /// Path, and line where there is one.
    place: String,
    /// The rule, as STYLE.md or ARCHITECTURE.md has it, and what to do.
    message: String,
}

type Check = fn(&Tree, &mut Vec<Fault>);

#[rustfmt::skip]
const CHECKS: &[Check] = &[
    documents::paths_exist,
    documents::modules_are_named,
    documents::readme_has_the_two_commands,
    edges::between_crates,
    edges::between_the_coders_modules,
    code::files_say_what_they_are,
    code::files_have_one_subject,
    code::nothing_is_unfinished,
    code::no_machine_is_named,
    code::pure_crates_share_their_lints,
];

pub(crate) fn run(arguments: &[String]) -> Outcome {
    if let Some(extra) = arguments.first() {
        return Err(format!("takes no argument, not {extra:?}").into());
    }
    let tree = Tree::of_the_workspace()?;
    let mut faults = Vec::new();
    for check in CHECKS {
        check(&tree, &mut faults);
    }
    for Fault { place, message } in &faults {
        say(&format!("{place}: {message}"));
    }
    match faults.len() {
        0 => Ok(()),
        n => Err(format!("{n} to mend").into()),
    }
}

/// The fault as a test sees it, over a tree of the given files.
#[cfg(test)]
fn faults(check: Check, files: &[(&str, &str)]) -> Vec<String> {
    let mut faults = Vec::new();
    check(&Tree::of(files), &mut faults);
    faults.into_iter().map(|f| format!("{}: {}", f.place, f.message)).collect()
}
