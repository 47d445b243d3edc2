//! What the commands that ask the record have in common: the filters, the format, the day, and how an event is told in a line.

use anyhow::Context as _;
use chancery_coder::{Form, Participant, PloverType, Role};
use chancery_events::{Position, RecordEvent, Stance};
use chancery_record::{Filter, Store};
use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::cli::Common;

/// How a listing is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    #[default]
    Table,
    Json,
    Csv,
}

/// The filters that all listings share.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Filters {
    /// Show the record as it stood at the end of this day; without it, at the end of the newest report's.
    #[arg(long, value_name = "DAY")]
    pub(crate) as_of: Option<Date>,
    /// All of these sides take part: codes of states and organisations.
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    side: Vec<String>,
    /// All of these take part, by name.
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    with: Vec<String>,
    /// Events of these forms, as in `visit,meeting`.
    #[arg(long, value_delimiter = ',', value_parser = form, value_name = "FORMS")]
    form: Vec<Form>,
    /// Events of these PLOVER types, as in `CONSULT,SANCTION`.
    #[arg(long = "type", value_delimiter = ',', value_parser = plover, value_name = "TYPES")]
    plover: Vec<PloverType>,
    /// Events that stand so, as in `scheduled,expected,lapsed`.
    #[arg(long, value_delimiter = ',', value_name = "STATUSES")]
    status: Vec<String>,
    /// All of these sides have announced or confirmed it.
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    confirmed_by: Vec<String>,
    /// All of these sides have given no word of it.
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    silent: Vec<String>,
    /// It may lie on this day or later.
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// It may lie on this day or earlier.
    #[arg(long, value_name = "DAY")]
    to: Option<Date>,
    /// A report published on this day or later speaks of it.
    #[arg(long, value_name = "DAY")]
    published_from: Option<Date>,
    /// A report published on this day or earlier speaks of it.
    #[arg(long, value_name = "DAY")]
    published_to: Option<Date>,
    /// A report of this outlet speaks of it.
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// It takes place there: a country's code, or words of the place.
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    /// At least so many reports tell it independently.
    #[arg(long, default_value_t = 0, value_name = "N")]
    min_witnesses: usize,
    /// A report that speaks of it holds these words.
    #[arg(long, value_name = "WORDS")]
    text: Option<String>,
}

fn form(text: &str) -> Result<Form, String> {
    Form::from_name(text).ok_or_else(|| {
        let names: Vec<&str> = Form::ALL.iter().map(|f| f.as_str()).collect();
        format!("the forms are {}", names.join(", "))
    })
}

fn plover(text: &str) -> Result<PloverType, String> {
    PloverType::from_name(&text.to_uppercase()).ok_or_else(|| {
        let names: Vec<&str> = PloverType::ALL.iter().map(|t| t.as_str()).collect();
        format!("the types are {}", names.join(", "))
    })
}

impl Filters {
    pub(crate) fn filter(&self) -> Filter {
        Filter {
            as_of: self.as_of,
            sides: self.side.clone(),
            with: self.with.clone(),
            forms: self.form.clone(),
            types: self.plover.clone(),
            statuses: self.status.clone(),
            confirmed_by: self.confirmed_by.clone(),
            silent: self.silent.clone(),
            from: self.from,
            to: self.to,
            published_from: self.published_from,
            published_to: self.published_to,
            outlet: self.outlet.clone(),
            place: self.place.clone(),
            min_witnesses: self.min_witnesses,
            text: self.text.clone(),
        }
    }
}

/// The store that is there; an error that names it where there is none.
pub(crate) fn open(common: &Common) -> anyhow::Result<Store> {
    Ok(Store::open(&common.store)?)
}

/// The day as of which the record is shown.
pub(crate) fn day(store: &Store, as_of: Option<Date>) -> anyhow::Result<Date> {
    let newest = store.newest()?;
    as_of.or(newest).context("the store holds no reports yet")
}

/// `2022-11-07 to 2022-11-08`, with what is open left open.
pub(crate) fn when(event: &RecordEvent) -> String {
    match (event.time.from, event.time.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) if whole_month(from, to) => from.strftime("%Y-%m").to_string(),
        (Some(from), Some(to)) if whole_year(from, to) => from.strftime("%Y").to_string(),
        (Some(from), Some(to)) if event.time.lasts => format!("{from} to {to}"),
        (Some(from), Some(to)) => format!("{from} ~ {to}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("by {to}"),
        (None, None) => String::new(),
    }
}

fn whole_month(from: Date, to: Date) -> bool {
    from == from.first_of_month() && to == from.last_of_month()
}

fn whole_year(from: Date, to: Date) -> bool {
    from == from.first_of_year() && to == from.last_of_year()
}

/// Who does it, and with, to or at whom: `S Jaishankar (IND) → Russia (RUS)`.
pub(crate) fn who(event: &RecordEvent) -> String {
    let names = |roles: &[Role]| {
        let named: Vec<String> =
            event.participants.iter().filter(|p| roles.contains(&p.role)).map(named).collect();
        shorten(&named)
    };
    let mutual = matches!(
        event.form,
        Form::Meeting
            | Form::Summit
            | Form::Talks
            | Form::Conference
            | Form::Agreement
            | Form::Signing
            | Form::Ceasefire
            | Form::Exercise
    );
    let doers = names(&[Role::Agent]);
    let others = names(&[Role::Counterpart, Role::Target, Role::Beneficiary]);
    let hosts = if event.form == Form::Visit { names(&[Role::Host]) } else { String::new() };
    let goal = if hosts.is_empty() { others } else { hosts };
    let line = match (doers.is_empty(), goal.is_empty()) {
        (false, false) => format!("{doers}{}{goal}", if mutual { ", " } else { " → " }),
        (false, true) => doers,
        (true, false) => format!("→ {goal}"),
        (true, true) => names(&[Role::Attendee, Role::Mediator, Role::Host]),
    };
    if line.is_empty() { event.what.clone() } else { line }
}

fn named(participant: &Participant) -> String {
    match &participant.side {
        Some(side) if *side != participant.name => format!("{} ({side})", participant.name),
        _ => participant.name.clone(),
    }
}

/// The first three of many.
fn shorten(names: &[String]) -> String {
    match names {
        [a, b, c, rest @ ..] if rest.len() > 1 => format!("{a}, {b}, {c} and {} more", rest.len()),
        _ => names.join(", "),
    }
}

/// Where it takes place.
pub(crate) fn place(event: &RecordEvent) -> String {
    match (&event.place.name, &event.place.country) {
        (Some(name), Some(country)) if name != country => format!("{name} ({country})"),
        (Some(name), _) => name.clone(),
        (None, Some(country)) => country.clone(),
        (None, None) => String::new(),
    }
}

/// How the sides stand, in a word each: `RUS announced, IND no word`.
pub(crate) fn standing(event: &RecordEvent) -> String {
    let words: Vec<String> =
        event.positions.iter().map(|p| format!("{} {}", p.side, stance(p.stance))).collect();
    words.join(", ")
}

/// A position in full: `RUS announced 2022-10-27 (Maria Zakharova)`.
pub(crate) fn position(position: &Position) -> String {
    let source = position.source.as_ref().map(|s| format!(" ({s})")).unwrap_or_default();
    format!("{} {} {}{source}", position.side, stance(position.stance), position.since)
}

pub(crate) fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::NoWord => "no word",
        Stance::Announced | Stance::Confirmed | Stance::Denied => stance.as_str(),
    }
}

/// A status or stance as a person reads it.
pub(crate) fn spoken(word: &str) -> String {
    word.replace('_', " ")
}

/// `1 report`, `3 reports`.
pub(crate) fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
