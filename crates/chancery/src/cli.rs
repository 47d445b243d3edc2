//! The command line: the commands, what is common to them, and how a run ends.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use chancery_coder::knowledge::Files;
use clap::{Args, Parser, Subcommand};

use crate::commands;
use crate::input;
use crate::terminal::{self, Out};

/// Keeps the diplomatic record: dated news reports in; who met, visited, called, promised, accused
/// or attacked whom, when and where, on whose word, out.
#[derive(Debug, Parser)]
#[command(name = "chancery", version, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// Options that every command has.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// The store: one SQLite file, made where there is none.
    #[arg(long, global = true, env = "CHANCERY_STORE", default_value = "chancery.db", value_name = "FILE")]
    pub(crate) store: PathBuf,
    /// A folder laid over the built-in knowledge: its files replace those of the same path, and add to them.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) knowledge: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Actors(commands::actors::Actors),
    Places(commands::places::Places),
    Add(commands::add::Add),
    Check(commands::check::Check),
    Code(commands::code::Code),
    Explain(commands::explain::Explain),
    Parse(commands::parse::Parse),
    Time(commands::time::Time),
    Reports(commands::reports::Reports),
    Score(commands::score::Score),
    Sql(commands::sql::Sql),
    Show(commands::show::Show),
    Read(commands::read::Read),
    Recode(commands::recode::Recode),
    Sample(commands::sample::Sample),
    Find(commands::find::Find),
    Export(commands::export::Export),
    Events(commands::events::Events),
    Diff(commands::diff::Diff),
    Diary(commands::diary::Diary),
    Count(commands::count::Count),
    Backup(commands::backup::Backup),
}

/// How a run ended that was not stopped by an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All was done.
    Done,
    /// Something could not be read, and was told; the rest was done.
    SomeFailed,
}

impl Common {
    /// The built-in knowledge, with the folder of `--knowledge` laid over it.
    pub(crate) fn knowledge(&self) -> anyhow::Result<Files> {
        let mut files = Files::embedded();
        if let Some(folder) = &self.knowledge {
            input::lay_over(&mut files, folder)
                .with_context(|| format!("the knowledge folder {}", folder.display()))?;
        }
        Ok(files)
    }
}

/// Reads the command line, runs the command and tells how it ended: 0 all done, 1 some reports could
/// not be read, 2 wrong use or a run that could not go on.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let mut out = Out::stdout();
    let common = &cli.common;
    let ended = match cli.command {
        Command::Actors(command) => command.run(common, &mut out),
        Command::Places(command) => command.run(common, &mut out),
        Command::Add(command) => command.run(common, &mut out),
        Command::Check(command) => command.run(common, &mut out),
        Command::Code(command) => command.run(common, &mut out),
        Command::Explain(command) => command.run(common, &mut out),
        Command::Parse(command) => command.run(common, &mut out),
        Command::Time(command) => command.run(common, &mut out),
        Command::Reports(command) => command.run(common, &mut out),
        Command::Score(command) => command.run(common, &mut out),
        Command::Sql(command) => command.run(common, &mut out),
        Command::Show(command) => command.run(common, &mut out),
        Command::Read(command) => command.run(common, &mut out),
        Command::Recode(command) => command.run(common, &mut out),
        Command::Sample(command) => command.run(common, &mut out),
        Command::Find(command) => command.run(common, &mut out),
        Command::Export(command) => command.run(common, &mut out),
        Command::Events(command) => command.run(common, &mut out),
        Command::Diff(command) => command.run(common, &mut out),
        Command::Diary(command) => command.run(common, &mut out),
        Command::Count(command) => command.run(common, &mut out),
        Command::Backup(command) => command.run(common, &mut out),
    };
    let ended = ended.and_then(|outcome| {
        out.flush()?;
        Ok(outcome)
    });
    match ended {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        // Whoever read the output has seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::tell(&format!("error: {error:#}"));
            ExitCode::from(2)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}
