//! `cargo xtask ci`: all that a change must pass, in one list. `.ci/run` runs the same.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::{Outcome, root, say};

/// The test command that README gives to a newcomer; the gate begins with it.
pub(crate) const TEST_COMMAND: &[&str] = &["cargo", "test", "--workspace"];

/// The release that the gate installs where `typos` is not on the machine.
const TYPOS: &str = "typos==1.52.0";

struct Step {
    name: &'static str,
    run: fn() -> Outcome,
    /// Left to `--full`: too long for every change.
    long: bool,
}

#[rustfmt::skip]
const STEPS: &[Step] = &[
    Step { name: "tests",  long: false, run: tests },
    Step { name: "format", long: false, run: || cargo("fmt --all --check") },
    Step { name: "clippy", long: false, run: || cargo("clippy --workspace --all-targets --quiet -- -D warnings") },
    Step { name: "tidy",   long: false, run: || crate::tidy::run(&[]) },
    Step { name: "typos",  long: false, run: typos },
    Step { name: "docs",   long: false, run: docs },
    Step { name: "scores", long: false, run: || crate::score::run(&[]) },
    Step { name: "deny",   long: true,  run: || cargo("deny --offline check licenses bans sources") },
];

/// Runs every step, also after one has failed, so that one run shows all there is to mend.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let full = match arguments {
        [] => false,
        [flag] if flag == "--full" => true,
        other => return Err(format!("knows only --full, not {other:?}").into()),
    };
    let mut rows = Vec::new();
    let mut failed = Vec::new();
    for step in STEPS.iter().filter(|s| full || !s.long) {
        say(&format!("\n== {}", step.name));
        let start = Instant::now();
        let outcome = (step.run)();
        let seconds = start.elapsed().as_secs();
        let word = if outcome.is_ok() { "passed" } else { "FAILED" };
        rows.push(format!("{:<8} {word} {seconds:>5} s", step.name));
        if let Err(error) = outcome {
            say(&format!("{}: {error}", step.name));
            failed.push(step.name);
        }
    }
    say(&format!("\n{}", rows.join("\n")));
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", ")).into()) }
}

/// README's test command, with the totals over all test programs in a closing line.
fn tests() -> Outcome {
    let mut child = Command::new(TEST_COMMAND[0])
        .args(&TEST_COMMAND[1..])
        .arg("--no-fail-fast")
        .current_dir(root())
        .stdout(Stdio::piped())
        .stdin(Stdio::null())
        .spawn()?;
    let (mut passed, mut failed) = (0, 0);
    for line in BufReader::new(child.stdout.take().ok_or("cargo test has no output")?).lines() {
        let line = line?;
        if let Some((p, f)) = totals(&line) {
            passed += p;
            failed += f;
        }
        print(&line);
    }
    let status = child.wait()?;
    print(&format!("\n{passed} passed, {failed} failed"));
    match (status.success(), passed) {
        (true, 0) => Err("no test ran".into()),
        (true, _) => Ok(()),
        (false, _) => Err(format!("`{}` failed", TEST_COMMAND.join(" ")).into()),
    }
}

/// The counts of a line `test result: ok. 12 passed; 0 failed; …`.
fn totals(line: &str) -> Option<(u32, u32)> {
    let counts = line.strip_prefix("test result: ")?;
    let count = |word: &str| {
        let before = counts.split(word).next()?;
        before.rsplit([' ', '.', ';']).find(|w| !w.is_empty())?.parse().ok()
    };
    Some((count(" passed")?, count(" failed")?))
}

/// Spelling, with the `typos` on the machine or, where there is none, one put under `target/` by pip.
fn typos() -> Outcome {
    if Command::new("typos").arg("--version").output().is_ok_and(|o| o.status.success()) {
        return command(Command::new("typos"));
    }
    let folder = root().join("target/tools");
    let program = folder.join("bin/typos");
    if !program.exists() {
        let mut pip = Command::new("python3");
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target"]);
        pip.arg(&folder).arg(TYPOS);
        command(pip).map_err(|e| format!("{e}; install {TYPOS} by hand so that `typos` is on the PATH"))?;
    }
    command(Command::new(&program))
}

/// Documentation that builds without a warning: links that lead nowhere are warnings.
fn docs() -> Outcome {
    let mut doc = Command::new("cargo");
    doc.args(["doc", "--workspace", "--no-deps", "--quiet"]).env("RUSTDOCFLAGS", "-D warnings");
    command(doc)
}

fn cargo(arguments: &str) -> Outcome {
    let mut cargo = Command::new("cargo");
    cargo.args(arguments.split(' '));
    command(cargo)
}

/// Runs a command at the root; that it failed is an error that names it.
pub(crate) fn command(mut command: Command) -> Outcome {
    let status = command
        .current_dir(root())
        .stdin(Stdio::null())
        .status()
        .map_err(|e| format!("cannot run {}: {e}", command.get_program().display()))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed", shown(&command)).into()) }
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|w| w.to_string_lossy()).collect();
    format!("`{}`", words.join(" "))
}

/// A line of a command's own output, passed on.
#[expect(clippy::print_stdout, reason = "chores talk to a person")]
fn print(line: &str) {
    println!("{line}");
}

#[cfg(test)]
mod tests {
    use super::totals;

    #[test]
    fn totals_are_read_from_cargo_s_closing_lines() {
        let line =
            "test result: ok. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.05s";
        assert_eq!(totals(line), Some((12, 3)));
        assert_eq!(totals("test knowledge::frames ... ok"), None);
    }
}
