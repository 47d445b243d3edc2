//! A progress bar on a terminal, nothing in a pipe.

use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::terminal;

/// Shows how far a run is, and lets messages through above the bar.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// A bar over the bytes to be read.
    pub(crate) fn of_bytes(bytes: u64) -> Self {
        let bar = ProgressBar::with_draw_target(Some(bytes), target());
        let style = ProgressStyle::with_template("{bar:30} {percent:>3} %  {msg}  {eta} left");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }

    pub(crate) fn advance(&self, bytes: u64) {
        self.0.inc(bytes);
    }

    pub(crate) fn show(&self, message: String) {
        self.0.set_message(message);
    }

    /// A line on standard error that stays.
    pub(crate) fn tell(&self, message: &str) {
        self.0.suspend(|| terminal::tell(message));
    }

    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

fn target() -> ProgressDrawTarget {
    if io::stderr().is_terminal() {
        ProgressDrawTarget::stderr_with_hz(5)
    } else {
        ProgressDrawTarget::hidden()
    }
}
