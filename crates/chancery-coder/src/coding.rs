//! The coded report: events with participants, place, time, status and claims, in the shape of the
//! annotation guide, with byte spans beside the words. Plain data.

use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),* }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)* _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

vocabulary! {
    /// PLOVER's sixteen event types, and `NONE` where none fits.
    PloverType {
        Agree = "AGREE", Consult = "CONSULT", Support = "SUPPORT", Concede = "CONCEDE",
        Cooperate = "COOPERATE", Aid = "AID", Retreat = "RETREAT", Request = "REQUEST",
        Accuse = "ACCUSE", Reject = "REJECT", Threaten = "THREATEN", Protest = "PROTEST",
        Sanction = "SANCTION", Mobilize = "MOBILIZE", Coerce = "COERCE", Assault = "ASSAULT",
        None = "NONE",
    }
}

vocabulary! {
    /// What kind of act it is, finer than the type.
    Form {
        Visit = "visit", Meeting = "meeting", Summit = "summit", Call = "call", Talks = "talks",
        Conference = "conference", Statement = "statement", Appeal = "appeal",
        Accusation = "accusation", Promise = "promise", Offer = "offer", Invitation = "invitation",
        Agreement = "agreement", Signing = "signing", Vote = "vote", Abstention = "abstention",
        Aid = "aid", Trade = "trade", Sanction = "sanction", Expulsion = "expulsion",
        Recall = "recall", Appointment = "appointment", Exercise = "exercise",
        Deployment = "deployment", Attack = "attack", Ceasefire = "ceasefire",
        Withdrawal = "withdrawal", Protest = "protest", Arrest = "arrest", Election = "election",
        Other = "other",
    }
}

vocabulary! {
    /// What is the case with an event, in the report's view at its date.
    Status {
        Held = "held", Underway = "underway", Scheduled = "scheduled", Expected = "expected",
        Conditional = "conditional", Proposed = "proposed", Rumoured = "rumoured",
        Postponed = "postponed", Cancelled = "cancelled", RuledOut = "ruled_out",
        NotHeld = "not_held",
    }
}

vocabulary! {
    /// What a claim says: a status, or a stance towards the event.
    ClaimStatus {
        Held = "held", Underway = "underway", Scheduled = "scheduled", Expected = "expected",
        Conditional = "conditional", Proposed = "proposed", Rumoured = "rumoured",
        Postponed = "postponed", Cancelled = "cancelled", RuledOut = "ruled_out",
        NotHeld = "not_held", NoWord = "no_word", Denied = "denied", Confirmed = "confirmed",
    }
}

vocabulary! {
    /// What part a participant has in an event.
    Role {
        Agent = "agent", Counterpart = "counterpart", Host = "host", Attendee = "attendee",
        Mediator = "mediator", Target = "target", Beneficiary = "beneficiary",
    }
}

vocabulary! {
    /// What kind of source a claim rests on.
    SourceKind {
        Official = "official", Anonymous = "anonymous", Media = "media", Expert = "expert",
        Document = "document", Unattributed = "unattributed",
    }
}

vocabulary! {
    /// What a source does with what it says.
    Stance {
        Assert = "assert",
        Confirm = "confirm",
        Deny = "deny",
        /// Declines to comment, has not announced, gives no word.
        NoWord = "no_word",
        Speculate = "speculate",
        Promise = "promise",
        Warn = "warn",
        Ask = "ask",
        /// Tells what somebody else said.
        Relay = "relay",
        /// Shows or contains it: a poll, a document, a law.
        Show = "show",
        /// Holds it true without being told to have said so.
        Believe = "believe",
        /// Wants, hopes, plans, fears: a state of mind.
        Want = "want",
        /// Praises, criticises, endorses: an attitude towards it.
        Judge = "judge",
    }
}

impl Stance {
    /// The content rests on the source's word. A wish or an attitude is the report's own statement
    /// about somebody's mind.
    #[must_use]
    pub fn tells(self) -> bool {
        !matches!(self, Self::Want | Self::Judge)
    }
}

impl From<Status> for ClaimStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Held => Self::Held,
            Status::Underway => Self::Underway,
            Status::Scheduled => Self::Scheduled,
            Status::Expected => Self::Expected,
            Status::Conditional => Self::Conditional,
            Status::Proposed => Self::Proposed,
            Status::Rumoured => Self::Rumoured,
            Status::Postponed => Self::Postponed,
            Status::Cancelled => Self::Cancelled,
            Status::RuledOut => Self::RuledOut,
            Status::NotHeld => Self::NotHeld,
        }
    }
}

/// An actor in a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// The report's fullest form of the name.
    pub name: String,
    /// Code of the state or organisation it belongs to.
    pub side: Option<String>,
    pub role: Role,
    /// The actor's id in the world tables; `None` where it stays unresolved.
    #[serde(default)]
    pub actor: Option<String>,
    #[serde(default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub country: Option<String>,
    /// The words of this event's mention that name it.
    #[serde(default)]
    pub span: Option<Range<usize>>,
}

/// Where an event takes place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub country: Option<String>,
    pub name: Option<String>,
    #[serde(default)]
    pub span: Option<Range<usize>>,
}

/// When an event takes place: the interval of days within which it lies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventTime {
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub text: Option<String>,
    #[serde(default)]
    pub span: Option<Range<usize>>,
    /// It lasts from `from` to `to`; otherwise it is one unknown day within them.
    #[serde(default)]
    pub lasts: bool,
    /// Id of the rule that dated it.
    #[serde(default)]
    pub rule: String,
}

/// What one source says of one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Name or words of the source; `None` for the report itself.
    pub source: Option<String>,
    pub kind: SourceKind,
    pub side: Option<String>,
    pub status: ClaimStatus,
    pub quote: String,
    #[serde(default)]
    pub span: Range<usize>,
    /// The day of speaking, where it is told.
    #[serde(default)]
    pub said: Option<Date>,
    /// Ids of the rules that made it: attribution, then status.
    #[serde(default)]
    pub rules: Vec<String>,
}

/// One event as one report tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// `e1`, `e2`, … within the report.
    pub id: String,
    #[serde(rename = "type")]
    pub plover: PloverType,
    pub form: Form,
    pub what: String,
    pub participants: Vec<Participant>,
    pub place: Place,
    pub time: EventTime,
    pub status: Status,
    /// Id of the event it is part of.
    pub part_of: Option<String>,
    pub claims: Vec<Claim>,
    /// Spans of all words that speak of it.
    #[serde(default)]
    pub mentions: Vec<Range<usize>>,
    /// Ids of the frames and merges that made it.
    #[serde(default)]
    pub rules: Vec<String>,
}

/// An office-holder as the report itself names him: evidence for reports of the same time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighting {
    pub office: String,
    pub person: String,
    pub side: String,
    pub span: Range<usize>,
}

/// Something that was seen and not coded, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub span: Range<usize>,
    pub rule: String,
    pub text: String,
}

/// All that the coder makes of one report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coding {
    pub published: Date,
    pub events: Vec<Event>,
    #[serde(default)]
    pub sightings: Vec<Sighting>,
    #[serde(default)]
    pub notes: Vec<Note>,
}

impl Coding {
    /// Hands every span to `change`: to move them into a longer text, or to count them in another unit.
    pub fn change_spans(&mut self, mut change: impl FnMut(&mut Range<usize>)) {
        for event in &mut self.events {
            event.participants.iter_mut().filter_map(|p| p.span.as_mut()).for_each(&mut change);
            event.place.span.iter_mut().for_each(&mut change);
            event.time.span.iter_mut().for_each(&mut change);
            event.claims.iter_mut().for_each(|claim| change(&mut claim.span));
            event.mentions.iter_mut().for_each(&mut change);
        }
        self.sightings.iter_mut().for_each(|sighting| change(&mut sighting.span));
        self.notes.iter_mut().for_each(|note| change(&mut note.span));
    }
}
