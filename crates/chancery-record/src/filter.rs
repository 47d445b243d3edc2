//! What to show of the record: the one filter language of all listings.

use chancery_coder::{Form, PloverType};
use chancery_events::{RecordEvent, Stance};
use jiff::civil::Date;

/// Which events are asked for; what is left empty admits all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The day as of which the record is shown; `None` is that of the newest report.
    pub as_of: Option<Date>,
    /// All of these sides take part.
    pub sides: Vec<String>,
    /// All of these names take part: words of the name, in any case.
    pub with: Vec<String>,
    pub forms: Vec<Form>,
    pub types: Vec<PloverType>,
    /// Statuses as shown, `lapsed` among them.
    pub statuses: Vec<String>,
    /// All of these sides have announced or confirmed it.
    pub confirmed_by: Vec<String>,
    /// All of these sides are told to have given no word.
    pub silent: Vec<String>,
    /// It may lie within these days.
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// A report published within these days speaks of it.
    pub published_from: Option<Date>,
    pub published_to: Option<Date>,
    /// A report of this outlet speaks of it.
    pub outlet: Option<String>,
    /// The country's code, or words of the place.
    pub place: Option<String>,
    /// At least so many reports tell it independently.
    pub min_witnesses: usize,
    /// A report that speaks of it holds these words (in the syntax of FTS5).
    pub text: Option<String>,
}

impl Filter {
    /// Whether an event is admitted by all that can be seen of the event itself.
    #[must_use]
    pub fn admits(&self, event: &RecordEvent) -> bool {
        let has_side = |side: &String| event.participants.iter().any(|p| p.side.as_deref() == Some(side));
        let has_name = |words: &String| event.participants.iter().any(|p| holds(&p.name, words));
        let on_record =
            |side: &String| event.sides_that(&[Stance::Announced, Stance::Confirmed]).any(|s| s == side);
        let silent = |side: &String| event.sides_that(&[Stance::NoWord]).any(|s| s == side);
        self.sides.iter().all(has_side)
            && self.with.iter().all(has_name)
            && (self.forms.is_empty() || self.forms.contains(&event.form))
            && (self.types.is_empty() || self.types.contains(&event.plover))
            && (self.statuses.is_empty() || self.statuses.iter().any(|s| s == event.status.as_str()))
            && self.confirmed_by.iter().all(on_record)
            && self.silent.iter().all(silent)
            && self.in_time(event)
            && self.place.as_ref().is_none_or(|place| {
                event.place.country.as_deref() == Some(place)
                    || event.place.name.as_deref().is_some_and(|name| holds(name, place))
            })
            && event.witnesses >= self.min_witnesses
    }

    /// An event that nothing dates is in no window of days.
    fn in_time(&self, event: &RecordEvent) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        let (first, last) = (event.time.from.or(event.time.to), event.time.to.or(event.time.from));
        let (Some(first), Some(last)) = (first, last) else { return false };
        self.from.is_none_or(|from| last >= from) && self.to.is_none_or(|to| first <= to)
    }
}

/// Whether a text holds words, whatever their case.
fn holds(text: &str, words: &str) -> bool {
    text.to_lowercase().contains(&words.to_lowercase())
}
