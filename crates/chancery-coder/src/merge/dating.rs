//! The day of an event: its time expression's interval, cut at the report's date by its status.

use jiff::civil::Date;

use chancery_time::{Course, Timex, TimexKind};

use crate::coding::{EventTime, Status};

/// The event's interval: the days that its time expression gives for an act of this status, as the
/// annotation guide cuts them. An undated past has only its end, an undated future nothing.
#[must_use]
pub fn date(timex: Option<&Timex>, text: &str, status: Status, published: Date) -> EventTime {
    let undated = || {
        let to = (course(status) == Course::Past || status == Status::Underway).then_some(published);
        EventTime { to, rule: "time.none".to_owned(), ..EventTime::default() }
    };
    let Some(timex) = timex else { return undated() };
    let days = timex.event_days(published, course(status));
    if days.from.is_none() && days.to.is_none() {
        return undated();
    }
    let span = timex.whole.as_ref().map_or_else(|| timex.span.clone(), |w| w.span.clone());
    EventTime {
        from: days.from,
        to: days.to,
        text: Some(text[span.clone()].to_owned()),
        span: Some(span),
        lasts: timex.kind == TimexKind::Duration || timex.whole.is_some(),
        rule: timex.rule.clone(),
    }
}

/// How an event of this status stands to the report's date.
fn course(status: Status) -> Course {
    match status {
        Status::Held | Status::NotHeld => Course::Past,
        Status::Underway => Course::Underway,
        Status::Scheduled
        | Status::Expected
        | Status::Conditional
        | Status::Proposed
        | Status::RuledOut
        | Status::Postponed => Course::Ahead,
        Status::Rumoured | Status::Cancelled => Course::Open,
    }
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

/// The time of an act as what is told with it has it.
pub(super) fn of_scene(scene: &EventTime) -> EventTime {
    EventTime { text: None, span: None, rule: "time.scene".to_owned(), ..scene.clone() }
}

/// How many days lie between an event's first day and a day after it.
pub(super) fn days_before(time: &EventTime, day: Date) -> i32 {
    time.from.and_then(|from| day.since(from).ok()).map_or(i32::MAX, |s| s.get_days())
}
