//! The program: keeps the diplomatic record. Only this crate prints, opens files and listens.

mod cli;
mod commands;
mod asking;
mod input;
mod engine;
mod pipeline;
mod conllu;
mod terminal;
mod listing;
mod progress;
mod scoring;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
