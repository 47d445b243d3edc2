//! The files that git keeps, or would keep, with their text.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use crate::root;

/// The tracked files by path from the root, `/`-separated, and all their folders.
pub(super) struct Tree {
    /// Text of each file; empty where it is not UTF-8.
    files: BTreeMap<String, String>,
    folders: BTreeSet<String>,
}

impl Tree {
    /// What `git ls-files` lists, files not yet added among it, ignored ones not.
    pub(super) fn of_the_workspace() -> Result<Self, Box<dyn std::error::Error>> {
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root())
            .output()
            .map_err(|e| format!("cannot run git: {e}"))?;
        if !listed.status.success() {
            return Err("git lists no files here; tidy needs a git checkout".into());
        }
        let mut files = BTreeMap::new();
        for path in String::from_utf8(listed.stdout)?.split_terminator('\0') {
            // A file deleted and not yet committed is listed still.
            if let Ok(bytes) = std::fs::read(root().join(path)) {
                files.insert(path.to_owned(), String::from_utf8(bytes).unwrap_or_default());
            }
        }
        Ok(Self::new(files))
    }

    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        Self::new(files.iter().map(|(p, t)| ((*p).to_owned(), (*t).to_owned())).collect())
    }

    fn new(files: BTreeMap<String, String>) -> Self {
        let mut folders = BTreeSet::new();
        for path in files.keys() {
            for (at, _) in path.match_indices('/') {
                folders.insert(path[..at].to_owned());
            }
        }
        Self { files, folders }
    }

    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Paths and texts, in order of path.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    pub(super) fn with_extension<'a>(
        &'a self,
        extension: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files().filter(move |(path, _)| path.rsplit_once('.').is_some_and(|(_, e)| e == extension))
    }

    /// Whether a file or folder of this path is there; a `*` stands for any run within one segment.
    pub(super) fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let mut all = self.files.keys().chain(&self.folders);
        if path.contains('*') {
            return all.any(|p| glob(path, p));
        }
        self.files.contains_key(path) || self.folders.contains(path)
    }

    pub(super) fn top_folders(&self) -> impl Iterator<Item = &str> {
        self.folders.iter().map(String::as_str).filter(|f| !f.contains('/'))
    }
}

/// Matches `*` within a segment, `**` over any number of segments.
fn glob(pattern: &str, path: &str) -> bool {
    match (pattern.split_once('/'), path.split_once('/')) {
        (Some(("**", rest)), split) => {
            glob(rest, path) || split.is_some_and(|(_, below)| glob(pattern, below))
        }
        (Some((p, pattern)), Some((s, path))) => segment(p, s) && glob(pattern, path),
        (None, None) => segment(pattern, path),
        _ => false,
    }
}

fn segment(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((head, tail)) => name.strip_prefix(head).is_some_and(|rest| {
            rest.char_indices().map(|(at, _)| at).chain([rest.len()]).any(|at| segment(tail, &rest[at..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Tree, glob};

    #[test]
    fn a_star_stays_within_its_segment_and_two_do_not() {
        assert!(glob("knowledge/events/en/*.toml", "knowledge/events/en/consult.toml"));
        assert!(!glob("knowledge/*.toml", "knowledge/events/forms.toml"));
        assert!(glob("cases/**/*.md", "cases/visits.md"));
        assert!(glob("cases/**/*.md", "cases/time/ranges/days.md"));
        assert!(!glob("cases/**/*.md", "cases/time/days.txt"));
    }

    #[test]
    fn folders_are_there_with_and_without_their_slash() {
        let tree = Tree::of(&[("crates/chancery/src/main.rs", "")]);
        assert!(tree.has("crates/chancery/") && tree.has("crates/chancery"));
        assert!(!tree.has("crates/chance"));
        assert_eq!(tree.top_folders().collect::<Vec<_>>(), ["crates"]);
    }
}
