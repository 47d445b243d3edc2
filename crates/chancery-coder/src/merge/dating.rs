//! The day of an event: its time expression's interval, cut at the report's date by its status.

use jiff::civil::Date;

use chancery_time::Timex;

use crate::coding::{EventTime, Status};

/// The event's interval by the GUIDE's rules: what is past ends at the report's date, what is planned
/// begins there; an undated past has only its end, an undated future nothing.
pub fn date(timex: Option<&Timex>, text: &str, status: Status, published: Date) -> EventTime {
    let Some((timex, interval)) = timex.and_then(|t| t.interval.map(|i| (t, i))) else {
        let to = past(status).then_some(published);
        return EventTime { to, rule: "time.none".to_owned(), ..EventTime::default() };
    };
    let (mut from, mut to) = (interval.from, interval.to);
    if past(status) {
        to = Some(to.map_or(published, |t| t.min(published)));
        from = from.map(|f| f.min(published));
    } else if coming(status) && to.is_none_or(|t| t >= published) {
        from = from.map(|f| f.max(published));
    }
    EventTime {
        from,
        to,
        text: Some(text[timex.span.clone()].to_owned()),
        span: Some(timex.span.clone()),
        lasts: false,
        rule: timex.rule.to_string(),
    }
}

fn past(status: Status) -> bool {
    matches!(status, Status::Held | Status::NotHeld | Status::Underway)
}

fn coming(status: Status) -> bool {
    matches!(
        status,
        Status::Scheduled | Status::Expected | Status::Conditional | Status::Proposed | Status::Rumoured
    )
}

/// The two can be the time of one event: one of them is open, or they overlap.
pub(super) fn compatible(a: &EventTime, b: &EventTime) -> bool {
    let (Some(af), Some(at), Some(bf), Some(bt)) = (a.from, a.to, b.from, b.to) else { return true };
    af <= bt && bf <= at
}

/// The one that says more.
pub(super) fn sharper(a: &EventTime, b: &EventTime) -> EventTime {
    let length = |t: &EventTime| match (t.from, t.to) {
        (Some(from), Some(to)) => to.since(from).map_or(i32::MAX, |s| s.get_days()),
        _ => i32::MAX,
    };
    if length(b) < length(a) { b.clone() } else { a.clone() }
}

/// A whole's time as its part has it: the days, without the words.
pub(super) fn inherited(whole: &EventTime) -> EventTime {
    EventTime { text: None, span: None, rule: "time.whole".to_owned(), ..whole.clone() }
}
