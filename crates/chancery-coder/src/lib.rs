//! Codes one report: text and publication date in, the events it tells of out, each with its
//! participants, place, time, status and claims, and for every field the words it rests on.
//! Pure: no disk, clock, environment or network. Coding cannot fail.

mod coding;
mod coder;
pub mod softmax;
pub mod header;
pub mod knowledge;
pub mod mentions;
pub mod propositions;
pub mod status;
pub mod derivation;
pub mod sources;
pub mod frames;
pub mod positions;
pub mod merge;
pub mod examples;

pub use coder::{ActCandidate, Coder, Stages};
pub use coding::{
    Claim, ClaimStatus, Coding, Event, EventTime, Form, Note, Participant, Place, PloverType, Role, Sighting,
    SourceKind, Status,
};
