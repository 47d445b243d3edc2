//! A readable sentence from an event's fields.

use crate::coding::{Event, Form, Role};

/// "Sergey Lavrov visits India", "Vladimir Putin and Narendra Modi: meeting".
pub(super) fn sentence(event: &Event) -> String {
    let names = |role: Role| {
        let mut names: Vec<&str> =
            event.participants.iter().filter(|p| p.role == role).map(|p| p.name.as_str()).collect();
        names.dedup();
        match names.as_slice() {
            [] => None,
            [one] => Some((*one).to_owned()),
            [first @ .., last] => Some(format!("{} and {last}", first.join(", "))),
        }
    };
    let act = match event.form {
        Form::Visit => "visit",
        Form::Other => "act",
        form => form.as_str(),
    };
    let mut out = names(Role::Agent).map_or_else(|| act.to_owned(), |who| format!("{who}: {act}"));
    for (role, word) in [
        (Role::Counterpart, " with "),
        (Role::Target, " against "),
        (Role::Beneficiary, " for "),
        (Role::Mediator, ", through "),
        (Role::Host, ", host "),
    ] {
        if let Some(who) = names(role) {
            out.push_str(word);
            out.push_str(&who);
        }
    }
    out
}
