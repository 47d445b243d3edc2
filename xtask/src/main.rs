//! The project's own chores, `cargo xtask COMMAND`: the gate, the documents' truth, the figures, and
//! the making of data files. A chore is a module and a row of [`CHORES`].

mod ci;
mod mention_score;
mod factuality;
mod claim_sources;
mod pack_model;
mod tempeval;
mod polnear;
mod threads;
mod time_gold;
mod tidy;
mod train_acts;
mod score;
mod world;

use std::path::PathBuf;
use std::process::ExitCode;

/// What a chore ends in: nothing, or what went wrong, told to a person.
type Outcome = Result<(), Box<dyn std::error::Error>>;

/// One sub-command: its name, its arguments, what it does, and the function that gets the arguments.
struct Chore {
    name: &'static str,
    arguments: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Outcome,
}

#[rustfmt::skip]
const CHORES: &[Chore] = &[
    Chore { name: "ci", arguments: "[--full]", about: "all that a change must pass", run: ci::run },
    Chore { name: "factuality", arguments: "FILE… [--by-rule|--worst]", about: "the status fold against ratings of what happened", run: factuality::run },
    Chore { name: "threads", arguments: "CODINGS OUT [--one]", about: "events across the reports of each thread, for the scorers", run: threads::run },
    Chore { name: "pack-model", arguments: "WHEEL", about: "the model file of the syntax engine, from the wheel", run: pack_model::run },
    Chore { name: "score", arguments: "[--write]", about: "whether the figures of corpora/scores.toml still hold", run: score::run },
    Chore { name: "tempeval", arguments: "DIR [--half a|b] [--errors SET]", about: "time expressions against TimeBank, AQUAINT, WikiWars, MEANTIME", run: tempeval::run },
    Chore { name: "time-gold", arguments: "DIR [--errors]", about: "whether the days of annotated events follow from their words", run: time_gold::run },
    Chore { name: "polnear", arguments: "DIR [N]", about: "attributions against PolNeAR", run: polnear::run },
    Chore { name: "claim-sources", arguments: "GOLD_DIR [N]", about: "sources of the annotated claims", run: claim_sources::run },
    Chore { name: "train-acts", arguments: "[OUT]", about: "the learned model of acts, from corpora/acts and corpora/diplomacy", run: train_acts::run },
    Chore { name: "tidy", arguments: "", about: "the house's rules, and whether the documents are true", run: tidy::run },
    Chore { name: "mention-score", arguments: "GOLD_DIR [--show]", about: "participants of annotated reports found as mentions", run: mention_score::run },
    Chore { name: "world", arguments: "RAW_DIR", about: "the tables of knowledge/world from raw facts", run: world::run },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let chore = arguments.first().and_then(|name| CHORES.iter().find(|c| c.name == name.as_str()));
    let Some(chore) = chore else {
        if let Some(name) = arguments.first() {
            say(&format!("no chore is called {name:?}; there are:"));
        }
        for Chore { name, arguments, about, .. } in CHORES {
            say(&format!("  cargo xtask {:<32} {about}", format!("{name} {arguments}")));
        }
        return ExitCode::from(2);
    };
    match (chore.run)(&arguments[1..]) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("{}: {error}", chore.name));
            ExitCode::FAILURE
        }
    }
}

/// A line for the person at the terminal.
#[expect(clippy::print_stderr, reason = "chores talk to a person")]
fn say(line: &str) {
    eprintln!("{line}");
}

/// The folder that holds the workspace's `Cargo.toml`.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or(here.clone(), PathBuf::from)
}
