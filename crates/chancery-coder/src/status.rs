//! The status fold: from the operators over a proposition, its tense and its time to a status, step by
//! step. The table is `knowledge/ontology.toml`.

use chancery_time::{Interval, Tense};
use jiff::civil::Date;

use crate::coding::{ClaimStatus, Status};
use crate::knowledge::fold::{Aspect, Effect, Fold, Reading, TimeClass};
use crate::knowledge::operators::{OperatorKind, Sign, Signature};
use crate::propositions::{Operator, Proposition};

/// One step of the fold: an operator, and the reading after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Index into [`Proposition::operators`].
    pub operator: usize,
    pub reading: Reading,
}

/// What the fold gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    pub status: Status,
    /// The stance of a claim with these words.
    pub claim: ClaimStatus,
    /// Id of the row that named the status.
    pub rule: String,
    pub reading: Reading,
    pub time: TimeClass,
    pub steps: Vec<Step>,
}

/// The status of a proposition. `when` is the interval in which the event lies, where it is dated; `published` the report's day.
#[must_use]
pub fn fold(p: &Proposition, when: Option<Interval>, published: Date, table: &Fold) -> Folded {
    let mut reading = Reading { level: 0, affirmed: true };
    let mut steps = Vec::with_capacity(p.operators.len());
    let mut ahead = false;
    let mut past_plan = false;
    for (index, operator) in p.operators.iter().enumerate() {
        let Some(effect) = table.effect(operator.kind) else { continue };
        if effect.absolute {
            // What is attended lies ahead with the attending, be it planned, refused or rumoured.
            ahead |= operator.kind == OperatorKind::Attendance
                && table.levels[reading.level] != "fact"
                && !past_plan;
        }
        past_plan = operator.past
            && matches!(operator.kind, OperatorKind::Plan | OperatorKind::Likelihood)
            && operator.rule != "would"
            || past_plan && !effect.absolute;
        reading = apply(reading, effect, operator.signature, table);
        steps.push(Step { operator: index, reading });
    }
    let time = time_class(p, when, published, ahead);
    let aspect = aspect(p);
    let fits = |row: &&crate::knowledge::fold::ReadingRow| {
        row.level.is_none_or(|l| l == reading.level)
            && row.affirmed.is_none_or(|a| a == reading.affirmed)
            && row.time.is_none_or(|t| t == time)
            && row.aspect.is_none_or(|a| a == aspect)
            && row.had.is_none_or(|kind| has(&p.operators, kind))
            && row.past_plan.is_none_or(|b| b == past_plan)
            && row.dated.is_none_or(|d| d == when.is_some_and(|w| w.to.is_some()))
    };
    match table.rows.iter().find(fits) {
        Some(row) => {
            Folded { status: row.status, claim: row.claim, rule: row.id.clone(), reading, time, steps }
        }
        None => Folded {
            status: Status::Rumoured,
            claim: ClaimStatus::Rumoured,
            rule: "no-row".to_owned(),
            reading,
            time,
            steps,
        },
    }
}

fn has(operators: &[Operator], kind: OperatorKind) -> bool {
    operators.iter().any(|o| o.kind == kind)
}

fn apply(before: Reading, effect: Effect, signature: Option<Signature>, table: &Fold) -> Reading {
    if effect.flip {
        return Reading { affirmed: !before.affirmed, ..before };
    }
    let own = if before.affirmed { effect.affirmed } else { effect.denied };
    let sign = signature.map(|s| if before.affirmed { s.affirmed } else { s.denied });
    let outcome = match sign {
        Some(Sign::Holds) => Reading { level: 0, affirmed: true },
        Some(Sign::HoldsNot) => Reading { level: 0, affirmed: false },
        Some(Sign::Open) => Reading { level: own.level.max(weakly(table)), affirmed: true },
        None => own,
    };
    if effect.absolute {
        return outcome;
    }
    let strong = |name: &str| table.levels.iter().position(|l| l == name);
    // A firm or planned postponement or cancellation counts as done; a rumoured one leaves the event rumoured.
    if Some(outcome.level) == strong("postponed") || Some(outcome.level) == strong("cancelled") {
        let scheduled = strong("scheduled").unwrap_or(0);
        if before.level > scheduled
            && Some(before.level) != strong("postponed")
            && Some(before.level) != strong("cancelled")
        {
            return Reading { level: before.level, affirmed: false };
        }
    }
    Reading { level: before.level.max(outcome.level), affirmed: outcome.affirmed }
}

/// The level of what an implicative leaves open.
fn weakly(table: &Fold) -> usize {
    table.levels.iter().position(|l| l == "rumoured").unwrap_or(0)
}

fn time_class(p: &Proposition, when: Option<Interval>, published: Date, ahead: bool) -> TimeClass {
    let past_tense = p.tense == Some(Tense::Past) || p.perfect;
    if let Some(interval) = when {
        if interval.to.is_some_and(|to| to < published) {
            return TimeClass::Past;
        }
        if interval.from.is_some_and(|from| from > published) {
            return TimeClass::Future;
        }
        if interval.from.is_some() && interval.to.is_some() && !past_tense && !ahead {
            return TimeClass::Today;
        }
    }
    if ahead {
        return TimeClass::Future;
    }
    match p.tense {
        Some(Tense::Future) => TimeClass::Future,
        Some(Tense::Past) => TimeClass::Past,
        Some(Tense::Present) if p.perfect => TimeClass::Past,
        _ => TimeClass::Unknown,
    }
}

fn aspect(p: &Proposition) -> Aspect {
    if p.progressive && p.tense != Some(Tense::Past) {
        Aspect::Progressive
    } else if p.perfect {
        Aspect::Perfect
    } else if p.tense == Some(Tense::Past) {
        Aspect::Past
    } else {
        Aspect::Present
    }
}
