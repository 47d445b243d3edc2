//! Runs the examples of the frames: each `yes` must give its event, each `no` must not.

use jiff::civil::{Date, date};

use crate::coder::Coder;
use crate::coding::{Event, Role};
use crate::knowledge::frames::{Example, Frame};

/// The day on which examples are read.
pub const READ_ON: Date = date(2023, 6, 15);

/// An example that does not come out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub file: String,
    pub frame: String,
    pub text: String,
    pub message: String,
}

/// Runs every example of every frame; gives how many were run and those that failed.
#[must_use]
pub fn check(coder: &Coder) -> (usize, Vec<Failure>) {
    let mut run = 0;
    let mut failures = Vec::new();
    for frame in coder.knowledge().frames.all() {
        let mut fail = |text: &str, message: String| {
            failures.push(Failure {
                file: frame.file.clone(),
                frame: frame.id.clone(),
                text: text.to_owned(),
                message,
            });
        };
        for example in &frame.yes {
            run += 1;
            if let Err(message) = yes(coder, frame, example) {
                fail(&example.text, message);
            }
        }
        for text in &frame.no {
            run += 1;
            let events = coder.code_by_frames(text, READ_ON).events;
            if let Some(event) = events.iter().find(|e| e.rules.contains(&frame.id)) {
                fail(text, format!("should be no event of this frame, gives: {}", event.what));
            }
        }
    }
    (run, failures)
}

fn yes(coder: &Coder, frame: &Frame, example: &Example) -> Result<(), String> {
    let events = coder.code_by_frames(&example.text, READ_ON).events;
    let Some(event) = events.iter().find(|e| e.rules.contains(&frame.id)) else {
        let others: Vec<_> = events.iter().map(|e| format!("{} by {}", e.what, e.rules.join(", "))).collect();
        return Err(format!("no event of this frame; got [{}]", others.join("; ")));
    };
    let wanted = [
        (Role::Agent, &example.agent),
        (Role::Counterpart, &example.counterpart),
        (Role::Host, &example.host),
        (Role::Target, &example.target),
        (Role::Beneficiary, &example.beneficiary),
        (Role::Mediator, &example.mediator),
    ];
    for (role, name) in wanted {
        if let Some(name) = name
            && !has(event, role, name)
        {
            return Err(format!("{role} should be {name}; got: {}", event.what));
        }
    }
    if let Some(place) = &example.place
        && event.place.name.as_ref().is_none_or(|p| !p.contains(place.as_str()))
    {
        return Err(format!("place should be {place}, is {:?}", event.place.name));
    }
    match &example.status {
        Some(status) if status != event.status.as_str() => {
            Err(format!("status should be {status}, is {}", event.status))
        }
        _ => Ok(()),
    }
}

fn has(event: &Event, role: Role, name: &str) -> bool {
    event.participants.iter().any(|p| p.role == role && p.name.contains(name))
}
