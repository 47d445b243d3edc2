//! The day of an act that its own words don't date: that of the act it is told with.

use super::{Input, Told, dating};
use crate::coding::{Form, Status};

/// Gives undated past acts the day of what is told in the same sentence, or else, where they are no speech,
/// the day of the lead. Order: nearest before, nearest after, lead.
pub fn date(input: &Input<'_>, told: &mut [Told]) {
    let sentence = |t: &Told| input.doc.sentence_of(t.mention.predicate);
    let dated: Vec<(usize, usize, crate::coding::EventTime)> = told
        .iter()
        .filter(|t| is_past(t.status) && t.time.from.is_some() && t.time.to.is_some())
        .map(|t| (sentence(t), t.mention.predicate, t.time.clone()))
        .collect();
    let lead = dated.iter().find(|(s, _, _)| *s <= 1).map(|(_, _, time)| time.clone());
    for one in told.iter_mut() {
        if one.time.from.is_some()
            || one.time.text.is_some()
            || one.status != Status::Held
            || one.mention.nominal
        {
            continue;
        }
        let at = sentence(one);
        let near = dated
            .iter()
            .filter(|(s, _, _)| *s == at)
            .min_by_key(|(_, p, _)| (*p > one.mention.predicate, p.abs_diff(one.mention.predicate)));
        let speech = matches!(
            one.mention.form,
            Form::Statement
                | Form::Appeal
                | Form::Accusation
                | Form::Promise
                | Form::Offer
                | Form::Invitation
        );
        let time = match (near, &lead) {
            (Some((_, _, time)), _) => time,
            (None, Some(time)) if !speech && dating::days_before(time, input.published) <= 7 => time,
            _ => continue,
        };
        one.time = dating::of_scene(time);
    }
}

fn is_past(status: Status) -> bool {
    matches!(status, Status::Held | Status::NotHeld)
}
