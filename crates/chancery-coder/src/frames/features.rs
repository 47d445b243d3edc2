//! What a learned model sees of a proposition: its words, the kinds of actors around it, the frame that
//! fits, and what stands over it.

use chancery_syntax::{Dep, Pos};

use super::{Input, head_kind};
use crate::knowledge::frames::{Frame, HeadKind};
use crate::propositions::{PredicateKind, Proposition, Role};

/// Feature names of a proposition.
#[must_use]
pub fn of(input: &Input<'_>, proposition: &Proposition, frame: Option<&Frame>) -> Vec<String> {
    let doc = input.doc;
    let p = proposition;
    let kind = match p.kind {
        PredicateKind::Verb => "verb",
        PredicateKind::Noun => "noun",
        PredicateKind::LightVerb => "light",
        PredicateKind::Adjective => "adjective",
    };
    let mut out = vec![format!("kind={kind}"), format!("lemma={}", p.lemma)];
    match frame {
        None => out.push("frame=".to_owned()),
        Some(f) => {
            out.push(format!("frame={}", f.id));
            out.push(format!("form={}", f.form));
            out.push(format!("form={} kind={kind}", f.form));
            out.push(format!("type={}", f.plover));
            out.push(format!("frame={} lemma={}", f.id, p.lemma));
            if f.fallback {
                out.push("fallback".to_owned());
            }
        }
    }
    let mut actors = 0;
    for argument in &p.arguments {
        let role = match &argument.role {
            Role::Subject => "subject",
            Role::Object => "object",
            Role::Recipient => "recipient",
            Role::Possessor => "possessor",
            Role::Compound => "compound",
            Role::Predicative => "predicative",
            Role::Clause => "clause",
            Role::Prep(prep) => prep,
        };
        let who = match input.mentions.actor_headed(argument.head) {
            Some(m) => {
                actors += 1;
                m.kind.as_str()
            }
            None if input.mentions.place_headed(argument.head).is_some() => "place",
            None => {
                let lemma = doc.lemma(argument.head);
                out.push(format!("{role}:{lemma}"));
                out.push(format!("lemma={} {role}:{lemma}", p.lemma));
                if let Some(f) = frame {
                    out.push(format!("form={} {role}:{lemma}", f.form));
                }
                "word"
            }
        };
        out.push(format!("{role}={who}"));
        if let Some(f) = frame {
            out.push(format!("form={} {role}={who}", f.form));
        }
    }
    out.push(format!("actors={}", actors.min(3)));
    if let Some(f) = frame {
        out.push(format!("form={} actors={}", f.form, actors.min(3)));
    }
    for operator in &p.operators {
        out.push(format!("operator={:?}", operator.kind));
    }
    out.push(format!("tense={:?}", p.tense));
    let dep = doc.dep(p.light.unwrap_or(p.predicate));
    out.push(format!("dep={dep}"));
    if head_kind(p.kind) == HeadKind::Noun {
        let determiner = doc.children(p.predicate).iter().find(|&&c| doc.dep(c) == Dep::Det);
        out.push(format!("det={}", determiner.map_or("", |&d| doc.lemma(d))));
        for &c in doc.children(p.predicate) {
            if matches!(doc.dep(c), Dep::Amod | Dep::Compound) && doc.pos(c) != Pos::Propn {
                out.push(format!("modifier:{}", doc.lemma(c)));
            }
        }
        let head = doc.head(p.predicate);
        out.push(format!("under={dep}:{}", doc.lemma(head)));
    }
    match input.attributions.at(p.predicate) {
        None => out.push("source=paper".to_owned()),
        Some(a) => out.push(format!("source={}", a.kind)),
    }
    out.push(format!("paragraph={}", doc.paragraph_of(p.predicate).min(4)));
    out.push("bias".to_owned());
    out
}
