//! What identity compares: the portrait of one mention, and the track of all mentions that were joined.

use std::collections::BTreeSet;

use chancery_coder::{ClaimStatus, Event, Form, PloverType, Role, SourceKind, Status};
use jiff::civil::Date;

use crate::names::{Name, folded_words};
use crate::report::MentionRef;
use crate::time::{Day, Days, day};

/// A participant with the side it belongs to and its role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub side: Option<String>,
    pub role: Role,
    pub name: Name,
}

/// How far an event has come, as one report tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Thought of, proposed, expected, settled, put off: it may still come.
    Plan,
    /// It is going on or was held.
    Done,
    /// It was called off, ruled out, or its time went by without it.
    Dead,
}

impl Phase {
    #[must_use]
    pub fn of(status: Status) -> Self {
        match status {
            Status::Held | Status::Underway => Self::Done,
            Status::Cancelled | Status::RuledOut | Status::NotHeld => Self::Dead,
            Status::Scheduled
            | Status::Expected
            | Status::Conditional
            | Status::Proposed
            | Status::Rumoured
            | Status::Postponed => Self::Plan,
        }
    }
}

/// Forms of one kind: two tellings of one event may use either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    Gathering,
    Visit,
    Call,
    Utterance,
    Accord,
    Economic,
    Force,
    Form(Form),
}

impl Class {
    #[must_use]
    pub fn of(form: Form) -> Self {
        match form {
            Form::Meeting | Form::Summit | Form::Talks | Form::Conference => Self::Gathering,
            Form::Visit => Self::Visit,
            Form::Call => Self::Call,
            Form::Statement
            | Form::Appeal
            | Form::Accusation
            | Form::Promise
            | Form::Offer
            | Form::Invitation => Self::Utterance,
            Form::Agreement | Form::Signing => Self::Accord,
            Form::Aid | Form::Trade => Self::Economic,
            Form::Attack | Form::Deployment | Form::Exercise => Self::Force,
            Form::Vote
            | Form::Abstention
            | Form::Sanction
            | Form::Expulsion
            | Form::Recall
            | Form::Appointment
            | Form::Ceasefire
            | Form::Withdrawal
            | Form::Protest
            | Form::Arrest
            | Form::Election
            | Form::Other => Self::Form(form),
        }
    }

    /// Whether people come together: who comes and when then says which event it is.
    #[must_use]
    pub fn is_engagement(self) -> bool {
        matches!(self, Self::Gathering | Self::Visit | Self::Call)
    }
}

/// One mention, ready for comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Portrait {
    pub published: Day,
    pub class: Class,
    pub form: Form,
    pub plover: PloverType,
    pub phase: Phase,
    pub status: Status,
    pub parts: Vec<Part>,
    pub country: Option<String>,
    pub place: BTreeSet<String>,
    pub days: Option<Days>,
    /// What it is about: content words of the summary and the quotes, without the participants' names.
    pub words: BTreeSet<String>,
}

impl Portrait {
    #[must_use]
    pub fn of(event: &Event, published: Date) -> Self {
        let parts: Vec<Part> = event
            .participants
            .iter()
            .map(|p| Part { side: p.side.clone(), role: p.role, name: Name::of(p) })
            .collect();
        let place: BTreeSet<String> =
            event.place.name.iter().flat_map(|n| folded_words(n)).filter(|w| w.len() > 2).collect();
        let mut words = BTreeSet::new();
        let telling = |status| !matches!(status, ClaimStatus::NoWord);
        let quotes = event
            .claims
            .iter()
            .filter(|c| telling(c.status) && c.kind != SourceKind::Expert)
            .map(|c| c.quote.as_str());
        for text in std::iter::once(event.what.as_str()).chain(quotes) {
            words.extend(folded_words(text).filter_map(|w| content_word(&w)));
        }
        words.retain(|w| !place.contains(w) && !parts.iter().any(|p| p.name.words.contains(w)));
        Self {
            published: day(published),
            class: Class::of(event.form),
            form: event.form,
            plover: event.plover,
            phase: Phase::of(event.status),
            status: event.status,
            parts,
            country: event.place.country.clone(),
            place,
            days: Days::told(&event.time, event.status, published),
            words,
        }
    }

    /// The sides of those who act or are acted upon, hosts among them; attendees only where nobody else is named.
    #[must_use]
    pub fn sides(&self) -> BTreeSet<&str> {
        let principal: BTreeSet<&str> = self
            .parts
            .iter()
            .filter(|p| p.role != Role::Attendee)
            .filter_map(|p| p.side.as_deref())
            .collect();
        if principal.is_empty() {
            self.parts.iter().filter_map(|p| p.side.as_deref()).collect()
        } else {
            principal
        }
    }

    #[must_use]
    pub fn sides_in(&self, roles: &[Role]) -> BTreeSet<&str> {
        self.parts.iter().filter(|p| roles.contains(&p.role)).filter_map(|p| p.side.as_deref()).collect()
    }
}

/// A mention that has joined a track.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackMember {
    pub mention: MentionRef,
    pub portrait: Portrait,
    /// Id of the track that this mention is told to be part of.
    pub whole: Option<String>,
}

/// The mentions that were found to be one event, in the order of the walk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Track {
    pub id: String,
    pub members: Vec<TrackMember>,
    /// Ids of the tracks that its mentions are part of.
    pub wholes: BTreeSet<String>,
}

/// Words of summaries and quotes that say nothing of what an event is about.
const EMPTY: &[&str] = &[
    "the",
    "and",
    "for",
    "that",
    "this",
    "with",
    "from",
    "into",
    "over",
    "its",
    "his",
    "her",
    "their",
    "was",
    "were",
    "are",
    "has",
    "have",
    "had",
    "been",
    "being",
    "will",
    "would",
    "could",
    "should",
    "may",
    "might",
    "can",
    "not",
    "but",
    "who",
    "which",
    "what",
    "when",
    "where",
    "while",
    "than",
    "then",
    "they",
    "them",
    "there",
    "these",
    "those",
    "any",
    "all",
    "both",
    "each",
    "other",
    "some",
    "such",
    "more",
    "most",
    "about",
    "after",
    "before",
    "between",
    "during",
    "under",
    "until",
    "against",
    "among",
    "said",
    "say",
    "saying",
    "told",
    "tell",
    "call",
    "make",
    "made",
    "take",
    "taken",
    "took",
    "put",
    "hold",
    "held",
    "holding",
    "meet",
    "met",
    "meeting",
    "visit",
    "talk",
    "summit",
    "go",
    "going",
    "goe",
    "come",
    "give",
    "given",
    "gave",
    "set",
    "get",
    "got",
    "new",
    "first",
    "second",
    "third",
    "last",
    "next",
    "week",
    "month",
    "year",
    "day",
    "today",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "earlier",
    "later",
    "also",
    "only",
    "still",
    "again",
    "one",
    "two",
    "three",
    "official",
    "minister",
    "ministry",
    "president",
    "foreign",
    "government",
    "state",
    "country",
    "side",
    "leader",
    "chief",
    "own",
    "him",
    "she",
    "upon",
    "out",
    "off",
    "down",
    "up",
    "yet",
    "ago",
    "since",
    "because",
    "whether",
    "though",
    "just",
    "like",
    "ready",
    "called",
    "according",
    "announced",
    "expected",
    "act",
    "host",
];

/// The stem of a word that carries content; `None` for words that don't.
fn content_word(folded: &str) -> Option<String> {
    use std::sync::LazyLock;
    static STOP: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        // The form's own name says nothing that the form doesn't.
        let forms = Form::ALL.iter().map(|form| form.as_str());
        EMPTY.iter().copied().chain(forms).map(|w| stem(&crate::names::fold_word(w)).to_owned()).collect()
    });
    if folded.len() < 3 {
        return None;
    }
    let stem = stem(folded);
    (!STOP.contains(stem)).then(|| stem.to_owned())
}

/// A word without its inflection, roughly: enough to see that *extends* and *extended* are one word.
fn stem(word: &str) -> &str {
    let long = |s: &str| s.chars().count() >= 4;
    for ending in [
        "ations", "ation", "ings", "ing", "ies", "ied", "ions", "ion", "ers", "er", "ed", "es", "s", "al",
        "e", "i",
    ] {
        if let Some(rest) = word.strip_suffix(ending).filter(|r| long(r)) {
            return rest;
        }
    }
    word
}
