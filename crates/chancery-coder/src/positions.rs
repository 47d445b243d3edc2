//! Positions: what an official says in his own words, where the saying carries no other event.

use chancery_syntax::Document;

use crate::coding::{Form, PloverType, Role, SourceKind, Status};
use crate::frames::{self, Bound, EventMention, Input, Times};
use crate::knowledge::positions::{Positions, words};
use crate::sources::Stance;

/// Adds a statement for each attribution to an official whose content takes a position and tells no event
/// of its own, and whose cue is none.
pub fn find(input: &Input<'_>, times: &Times, positions: &Positions, found: &mut Vec<EventMention>) {
    let by_predicate = frames::predicates(input);
    let mut added = Vec::new();
    for attribution in input.attributions.all() {
        if attribution.kind != SourceKind::Official
            || attribution.carried
            || attribution.stance != Stance::Assert
        {
            continue;
        }
        let (Some(actor), Some(source)) = (attribution.actor, attribution.source.clone()) else { continue };
        let told = found.iter().any(|m| {
            attribution.cue.contains(&m.predicate)
                || attribution.content.iter().any(|c| c.contains(&m.predicate))
        });
        let Some(content) = attribution.content.first().cloned() else { continue };
        let quoted = is_quoted(input.doc, content.start, content.end);
        if told && !quoted {
            continue;
        }
        let said: Vec<String> =
            attribution.content.iter().flat_map(|c| words(input.doc.words(c.clone()))).collect();
        let Some(plover) = positions.kind(&said) else { continue };
        let role = match plover {
            PloverType::Accuse | PloverType::Threaten => Role::Target,
            PloverType::Support => Role::Beneficiary,
            _ => Role::Counterpart,
        };
        let mut participants = vec![Bound { role: Role::Agent, actor, tokens: source, inferred: None }];
        let side = input.mentions.actors[actor].side.as_deref();
        let other = input.mentions.actor_mentions.iter().find(|m| {
            let a = &input.mentions.actors[m.actor];
            attribution.content.iter().any(|c| c.contains(&m.head))
                && a.side.is_some()
                && a.side.as_deref() != side
                && a.members.is_empty()
        });
        if let Some(m) = other {
            participants.push(Bound {
                role,
                actor: m.actor,
                tokens: m.tokens.clone(),
                inferred: Some("party.content"),
            });
        }
        let Some(proposition) =
            by_predicate[attribution.cue.start..attribution.cue.end].iter().find_map(|p| *p)
        else {
            continue;
        };
        added.push(EventMention {
            frame: "statement.position".to_owned(),
            plover,
            form: Form::Statement,
            frame_status: Some(Status::Held),
            participants,
            place: None,
            time: times.of(proposition),
            proposition,
            predicate: input.propositions[proposition].predicate,
            nominal: false,
            definite: false,
            span: content,
        });
    }
    found.extend(added);
    found.sort_by_key(|m| m.predicate);
}

/// A quotation mark stands in or beside the words.
fn is_quoted(doc: &Document, start: usize, end: usize) -> bool {
    (start.saturating_sub(1)..(end + 1).min(doc.tokens().len()))
        .any(|t| matches!(doc.word(t), "\"" | "“" | "”" | "''" | "``"))
}
