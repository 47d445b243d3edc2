//! Events across reports: codings in, events with identity and life out, as of any day.
//! Pure derivation: no store, no clock.
//!
//! The walk ([`derive()`]) goes through the reports in their total order, by date of publication and then
//! by id. Each mention of an event opens a [`Track`] or joins one ([`verdict`]), and what it once
//! decided is never undone by a later report; so the record as of a day is the walk's state after
//! the reports of that day. What a track tells, as of a day, is folded from its claims.

mod event;
mod identity;
mod keys;
mod life;
mod names;
mod portrait;
mod positions;
mod record;
mod report;
mod time;
mod walk;

pub use event::{Change, Lapsed, LifeStatus, Position, RecordEvent, Stance, TimedClaim};
pub use identity::{Features, Ground, THRESHOLD, Verdict, verdict};
pub use keys::{Key, keys_of_mention, keys_of_portrait, keys_of_track};
pub use life::{Telling, life, sides_shown};
pub use portrait::{Class, Part, Phase, Portrait, Track, TrackMember};
pub use record::record_as_of;
pub use report::{CodedReport, MentionRef};
pub use time::Days;
pub use walk::{Decision, Derivation, decide, derive, event_id, wholes_of};
