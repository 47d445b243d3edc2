//! The program: keeps the diplomatic record. Only this crate prints, opens files and listens.

mod cli;
mod commands;
mod input;
mod engine;
mod conllu;
mod terminal;
mod progress;
mod scoring;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
