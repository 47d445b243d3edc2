//! Parts and wholes: a meeting within a visit, a speech act within a meeting, a journey to a gathering.
//! A part without a day or place of its own has those of its whole.

use super::{Cluster, Input, Told, dating};
use crate::coding::Form;

/// For each cluster the index of the one that it is part of.
pub(super) fn tie(input: &Input<'_>, told: &[Told], clusters: &mut [Cluster]) -> Vec<Option<usize>> {
    let mut out = vec![None; clusters.len()];
    for at in 0..clusters.len() {
        let best = (0..clusters.len())
            .filter(|&w| w != at && out[w] != Some(at))
            .filter_map(|w| closeness(input, told, &clusters[at], &clusters[w]).map(|c| (c, w)))
            .min();
        let Some((_, whole)) = best else { continue };
        out[at] = Some(whole);
    }
    // Wholes first would matter only for chains of three, where the middle one inherits in turn.
    for at in 0..clusters.len() {
        if let Some(whole) = out[at] {
            let (time, place) = (clusters[whole].time.clone(), clusters[whole].place);
            let part = &mut clusters[at];
            if part.time.text.is_none() && time.from.is_some() && time.to.is_some() {
                part.time = dating::inherited(&time);
            }
            part.place = part.place.or(place);
        }
    }
    out
}

/// How near a fitting whole is: kind of whole, then sentences between them. `None` where it does not fit.
fn closeness(input: &Input<'_>, told: &[Told], part: &Cluster, whole: &Cluster) -> Option<(usize, usize)> {
    let kind = wholes(part.form).iter().position(|f| *f == whole.form)?;
    if !dating::compatible(&part.time, &whole.time) || (part.time.text.is_some() && whole.time.text.is_none())
    {
        return None;
    }
    let sentence = |t: &usize| input.doc.sentence_of(told[*t].mention.predicate);
    let gap = part
        .told
        .iter()
        .flat_map(|p| whole.told.iter().map(move |w| sentence(p).abs_diff(sentence(w))))
        .min()
        .unwrap_or(usize::MAX);
    let side = |a: usize| input.mentions.actors[a].side.as_deref();
    let shares = |actor: usize| {
        whole
            .participants
            .iter()
            .any(|(_, a, _)| *a == actor || (side(*a).is_some() && side(*a) == side(actor)))
    };
    let shared = part.participants.iter().filter(|(_, a, _)| shares(*a)).count();
    let gathering = matches!(whole.form, Form::Summit | Form::Conference);
    let fits = match part.form {
        Form::Visit => gathering && gap == 0,
        Form::Meeting | Form::Talks | Form::Signing | Form::Agreement => {
            if gathering {
                gap == 0 || (gap <= 2 && shared >= 1)
            } else {
                shared >= 2 && gap <= 3
            }
        }
        _ => shared >= 2 && gap <= 2,
    };
    fits.then_some((gap * 2 + kind, gap))
}

/// Forms of which an event of this form can be part, the likelier first.
fn wholes(form: Form) -> &'static [Form] {
    match form {
        Form::Meeting | Form::Talks => &[Form::Visit, Form::Summit, Form::Conference],
        Form::Signing | Form::Agreement => {
            &[Form::Meeting, Form::Visit, Form::Summit, Form::Talks, Form::Conference]
        }
        Form::Visit => &[Form::Summit, Form::Conference],
        Form::Statement
        | Form::Appeal
        | Form::Accusation
        | Form::Promise
        | Form::Offer
        | Form::Invitation => {
            &[Form::Meeting, Form::Call, Form::Talks, Form::Summit, Form::Conference, Form::Visit]
        }
        _ => &[],
    }
}
