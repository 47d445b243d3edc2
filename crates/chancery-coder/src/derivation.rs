//! Why a sentence is read as it is: its parse, its propositions with roles and operators, and the status
//! fold step by step, as text for a person.

use std::fmt::Write as _;

use chancery_syntax::{Dep, Document};
use jiff::civil::Date;

use crate::knowledge::fold::Fold;
use crate::propositions::{Proposition, Role};
use crate::status;

/// The derivation of one sentence, or of all where `sentence` is `None`. The fold is shown without event times.
#[must_use]
pub fn explain(
    doc: &Document,
    propositions: &[Proposition],
    table: &Fold,
    published: Date,
    sentence: Option<usize>,
) -> String {
    let mut out = String::new();
    for (index, tokens) in doc.sentences().iter().enumerate() {
        if sentence.is_some_and(|s| s != index) {
            continue;
        }
        let _ = writeln!(out, "sentence {index}: {}", doc.words(tokens.clone()).trim());
        for t in tokens.clone() {
            if doc.dep(t) == Dep::Punct {
                continue;
            }
            let head = if doc.head(t) == t { "-" } else { doc.word(doc.head(t)) };
            let _ = writeln!(
                out,
                "  {:<16} {:<5} {:<10} {head}",
                doc.word(t),
                doc.tag(t).as_str(),
                doc.dep(t).as_str()
            );
        }
        for p in propositions.iter().filter(|p| tokens.contains(&p.predicate)) {
            describe(&mut out, doc, p, table, published);
        }
    }
    out
}

fn describe(out: &mut String, doc: &Document, p: &Proposition, table: &Fold, published: Date) {
    let _ = write!(out, "  ▸ {}", p.lemma);
    if let Some(light) = p.light {
        let _ = write!(out, " (under “{}”)", doc.word(light));
    }
    for (name, is) in [("perfect", p.perfect), ("progressive", p.progressive), ("passive", p.passive)] {
        if is {
            let _ = write!(out, " {name}");
        }
    }
    if let Some(tense) = p.tense {
        let _ = write!(out, " {}", format!("{tense:?}").to_lowercase());
    }
    out.push('\n');
    for a in &p.arguments {
        let shared = if a.shared { "  (shared)" } else { "" };
        let _ = writeln!(out, "      {:<12} {}{shared}", role_name(&a.role), doc.word(a.head));
    }
    let folded = status::fold(p, None, published, table);
    for step in &folded.steps {
        let operator = &p.operators[step.operator];
        let _ = writeln!(
            out,
            "      {:<14} “{}” [{}]  →  {}",
            operator.kind.as_str(),
            doc.words(operator.tokens.clone()),
            operator.rule,
            table.name(step.reading)
        );
    }
    let time = format!("{:?}", folded.time).to_lowercase();
    let _ = writeln!(out, "      = {} [{}; time {time}]", folded.status, folded.rule);
}

/// A role's name as the case files write it.
#[must_use]
pub fn role_name(role: &Role) -> &str {
    match role {
        Role::Subject => "subject",
        Role::Object => "object",
        Role::Recipient => "recipient",
        Role::Possessor => "possessor",
        Role::Compound => "compound",
        Role::Predicative => "predicative",
        Role::Clause => "clause",
        Role::Prep(preposition) => preposition,
    }
}
