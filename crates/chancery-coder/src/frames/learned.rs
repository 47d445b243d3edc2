//! What the learned model of acts says to a proposition: whether it tells an act, and which.

use super::{Input, features};
use crate::coding::{Form, PloverType};
use crate::knowledge::frames::Frame;
use crate::propositions::Proposition;

/// A frame's act is dropped where the model is this sure that nothing is told.
const VETO: f32 = 0.85;
/// An act without a frame is taken where the model is this sure of it.
const PROPOSE: f32 = 0.5;
/// A frame's type and form give way where the model is this sure of others, and gives the frame's own less
/// than a tenth.
const CORRECT: f32 = 0.7;

/// The model's verdict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Verdict {
    /// As the frame says.
    Keep,
    Drop,
    /// Another type and form, or an act where no frame fits.
    Take(PloverType, Form),
}

/// Asks the model about a proposition and the frame that fits it.
pub(crate) fn verdict(input: &Input<'_>, p: &Proposition, frame: Option<&Frame>) -> Verdict {
    let Some(model) = input.acts else {
        return if frame.is_some() { Verdict::Keep } else { Verdict::Drop };
    };
    let probabilities = model.probabilities(&features::of(input, p, frame));
    let mut best: Option<(PloverType, Form, f32)> = None;
    let mut none = 0.0;
    let mut own = 0.0;
    for (class, &probability) in model.classes().iter().zip(&probabilities) {
        let Some((plover, form)) = parse(class) else {
            none = probability;
            continue;
        };
        if frame.is_some_and(|f| f.plover == plover && f.form == form) {
            own = probability;
        }
        if best.is_none_or(|(_, _, most)| probability > most) {
            best = Some((plover, form, probability));
        }
    }
    match (frame, best) {
        (Some(_), _) if none >= VETO => Verdict::Drop,
        (Some(_), Some((plover, form, sure))) if sure >= CORRECT && own < 0.1 => Verdict::Take(plover, form),
        (Some(_), _) => Verdict::Keep,
        (None, Some((plover, form, sure))) if sure >= PROPOSE => Verdict::Take(plover, form),
        (None, _) => Verdict::Drop,
    }
}

/// `TYPE/form`; `None` for the class of what tells no act.
fn parse(class: &str) -> Option<(PloverType, Form)> {
    let (plover, form) = class.split_once('/')?;
    Some((PloverType::from_name(plover)?, Form::from_name(form)?))
}
