//! What a clause or noun phrase itself says of whether it is the case: conditions, questions, adverbs,
//! modals, negation, attributes.

use chancery_syntax::{Dep, Pos, Tag};

use super::operators::Stacks;
use super::tree::Tree;
use super::{Operator, OperatorKind};
use crate::knowledge::operators::WordClass;

impl Stacks<'_, '_> {
    /// What stands at the noun itself: "no talks", "a possible visit", "the cancelled summit".
    pub(super) fn attributes(&self, noun: usize, carried: bool, stack: &mut Vec<Operator>) {
        let tree = self.tree;
        let counted = !self.governors[noun].is_empty();
        for &c in tree.children(noun) {
            match tree.dep(c) {
                Dep::Det | Dep::Neg if tree.is_word(c, "no") && !counted && !carried => {
                    stack.push(self.rule(OperatorKind::Negation, c, "no"));
                }
                // What carries the noun says how it stands; the attribute tells what it was before.
                Dep::Amod if !carried => {
                    let participle = if tree.tag(c) == Tag::Vbn {
                        self.k.governing(WordClass::Verb, tree.lemma(c), "object")
                    } else {
                        None
                    };
                    let entry =
                        self.k.governing(WordClass::Adjective, &tree.lower(c), "attribute").or(participle);
                    if let Some(entry) = entry {
                        stack.push(self.operator(entry, c));
                    }
                }
                _ => {}
            }
        }
    }

    /// What the clause itself says: conditions, question, adverbs, modals, negation.
    pub(super) fn local(&self, v: usize, stack: &mut Vec<Operator>) {
        let tree = self.tree;
        self.conditions(v, stack);
        let top = tree.is_root(v)
            || tree.dep(tree.first_conjunct(v)) == Dep::Ccomp
                && !tree.is_root(tree.head(v))
                && self.quoted_question(v);
        if self.question[v] && top {
            stack.push(self.rule(OperatorKind::Question, v, "question"));
        }
        self.sayers(v, stack);
        let mut negations = Vec::new();
        let mut modals = Vec::new();
        for &c in tree.children(v) {
            match tree.dep(c) {
                Dep::Advmod | Dep::Npadvmod | Dep::Neg | Dep::Intj => {
                    let word = self.adverb(c);
                    let entry = self.k.of(WordClass::Adverb, &word).next();
                    match entry {
                        Some(entry) if entry.kind == OperatorKind::Negation => {
                            negations.push(self.operator(entry, c));
                        }
                        Some(entry) => stack.push(self.operator(entry, c)),
                        None if tree.dep(c) == Dep::Neg => {
                            negations.push(self.rule(OperatorKind::Negation, c, "not"));
                        }
                        None => {}
                    }
                }
                Dep::Aux if tree.tag(c) == Tag::Md => modals.extend(self.modal(v, c)),
                // "Never has Germany invaded": the parser hangs the negation on the auxiliary.
                Dep::Aux | Dep::Auxpass if tree.child_by(c, Dep::Neg).is_some() => {
                    negations.push(self.rule(OperatorKind::Negation, c, "not"));
                }
                // "No minister visited", "nobody came", "held no talks".
                Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Attr | Dep::Pobj => {
                    if let Some(no) = self.no_phrase(c) {
                        negations.push(self.rule(OperatorKind::Negation, no, "no"));
                    }
                }
                _ => {}
            }
        }
        if tree.is_root(v)
            && tree.is_infinitive(v)
            && tree.child_by(v, Dep::Nsubj).or(tree.child_by(v, Dep::Nsubjpass)).is_some()
        {
            modals.push(self.rule(OperatorKind::Plan, v, "headline-infinitive"));
        }
        // "cannot", "could not" deny the ability; other modals stand over the negation.
        let ability = modals
            .first()
            .is_some_and(|m: &Operator| matches!(tree.lemma(m.tokens.start), "can" | "could" | "ca"));
        if ability {
            stack.append(&mut negations);
            stack.append(&mut modals);
        } else {
            stack.append(&mut modals);
            stack.append(&mut negations);
        }
    }

    fn quoted_question(&self, v: usize) -> bool {
        let tree = self.tree;
        tree.children(v).iter().any(|&c| tree.doc.word(c) == "?")
    }

    /// An adverb with what belongs to it: "no longer", "not yet".
    fn adverb(&self, c: usize) -> String {
        let tree = self.tree;
        match tree.children(c).iter().find(|&&d| {
            d + 1 == c && matches!(tree.dep(d), Dep::Neg | Dep::Advmod | Dep::Det | Dep::Npadvmod)
        }) {
            Some(&before) => {
                let joined = format!("{} {}", tree.lower(before), tree.lower(c));
                if self.k.of(WordClass::Adverb, &joined).next().is_some() { joined } else { tree.lower(c) }
            }
            None => tree.lower(c),
        }
    }

    fn modal(&self, v: usize, c: usize) -> Option<Operator> {
        let tree = self.tree;
        let word = tree.lower(c);
        let perfect =
            tree.children_by(v, Dep::Aux).any(|a| a > c && tree.lemma(a) == "have" && tree.tag(a) == Tag::Vb);
        let with_have = format!("{word} have");
        let entry = perfect
            .then(|| self.k.of(WordClass::Modal, &with_have).next())
            .flatten()
            .or_else(|| self.k.of(WordClass::Modal, &word).next())?;
        Some(self.operator(entry, c))
    }

    /// The "no" of a noun phrase, or a pronoun that denies: nobody, none, neither.
    fn no_phrase(&self, noun: usize) -> Option<usize> {
        let tree = self.tree;
        if ["nobody", "none", "nothing", "neither", "no-one"].iter().any(|w| tree.is_word(noun, w)) {
            return Some(noun);
        }
        tree.children(noun).iter().copied().find(|&c| {
            matches!(tree.dep(c), Dep::Det | Dep::Neg | Dep::Preconj)
                && (tree.is_word(c, "no") || tree.is_word(c, "neither"))
        })
    }

    /// Conditions on the clause, with the clause that is the condition.
    pub(super) fn conditions(&self, v: usize, stack: &mut Vec<Operator>) {
        let tree = self.tree;
        for &c in tree.children(v) {
            match tree.dep(c) {
                Dep::Advcl | Dep::Ccomp | Dep::Dep if tree.is_verb(c) => {
                    if is_inverted_condition(tree, c) {
                        stack.push(Operator {
                            tokens: c..c + 1,
                            ..self.rule(OperatorKind::Condition, c, "inverted-condition")
                        });
                        continue;
                    }
                    if tree.dep(c) != Dep::Advcl {
                        continue;
                    }
                    let Some(word) = subordinator(tree, c) else { continue };
                    let entry = self
                        .k
                        .governing(WordClass::Subordinator, &phrase_before(tree, word), "that")
                        .or_else(|| self.k.governing(WordClass::Subordinator, &tree.lower(word), "that"));
                    if let Some(entry) = entry.filter(|e| e.kind == OperatorKind::Condition)
                        && !is_concessive(tree, word)
                        && !is_polite(tree, c)
                    {
                        stack.push(self.operator(entry, word));
                    }
                }
                Dep::Prep => {
                    let phrase = preposition_phrase(tree, c);
                    let entry = self.k.governing(WordClass::Preposition, &phrase, "matrix");
                    if let Some(entry) = entry.filter(|e| e.kind == OperatorKind::Condition) {
                        stack.push(self.operator(entry, c));
                    }
                }
                _ => {}
            }
        }
    }

    /// "according to", and a reporting verb in a parenthesis: "…, he said, …".
    fn sayers(&self, v: usize, stack: &mut Vec<Operator>) {
        let tree = self.tree;
        for &c in tree.children(v) {
            match tree.dep(c) {
                Dep::Prep => {
                    let entry =
                        self.k.governing(WordClass::Preposition, &preposition_phrase(tree, c), "matrix");
                    if let Some(entry) = entry.filter(|e| e.kind != OperatorKind::Condition) {
                        stack.push(self.operator(entry, c));
                    }
                }
                Dep::Parataxis | Dep::Ccomp if tree.is_verb(c) && tree.dep(c) == Dep::Parataxis => {
                    let entry = self.k.governing(WordClass::Verb, &self.roles.verb_lemma(c), "that");
                    if let Some(entry) =
                        entry.filter(|e| matches!(e.kind, OperatorKind::Speaker | OperatorKind::Hearsay))
                    {
                        stack.push(self.operator(entry, c));
                    }
                }
                _ => {}
            }
        }
    }
}

/// The word that opens a clause.
pub(super) fn subordinator(tree: &Tree<'_>, v: usize) -> Option<usize> {
    let opens = |c: &usize| match tree.dep(*c) {
        Dep::Mark => !tree.is_word(*c, "that") && !tree.is_word(*c, "to"),
        Dep::Advmod => tree.tag(*c) == Tag::Wrb || *c < v && tree.is_word(*c, "once"),
        Dep::Prep => tree.children(*c).is_empty() && *c < v,
        _ => false,
    };
    let first = tree.children(v).iter().copied().find(opens)?;
    // "as if", "as though": the last of the words tells.
    let last = tree.children(v).iter().copied().take_while(|&c| c < v).filter(opens).last()?;
    Some(if last == first + 1 { last } else { first })
}

/// The subordinator with the words that belong before it: "even if", "as if", "as long as", "only if".
pub(super) fn phrase_before(tree: &Tree<'_>, word: usize) -> String {
    let start = word.saturating_sub(2);
    let within = |i: usize| matches!(tree.pos(i), Pos::Adv | Pos::Sconj | Pos::Adp | Pos::Adj | Pos::Part);
    let mut from = word;
    while from > start && within(from - 1) {
        from -= 1;
    }
    tree.doc.words(from..word + 1).to_lowercase()
}

/// "even if", "as if": no condition.
fn is_concessive(tree: &Tree<'_>, word: usize) -> bool {
    word > 0 && (tree.is_word(word - 1, "even") || tree.is_word(word - 1, "as"))
}

/// "if you will", "if I may": said out of politeness.
fn is_polite(tree: &Tree<'_>, clause: usize) -> bool {
    tree.child_by(clause, Dep::Nsubj).is_some_and(|s| tree.is_word(s, "you") || tree.is_word(s, "I"))
        && (tree.children_by(clause, Dep::Aux).any(|a| matches!(tree.lemma(a), "may" | "will" | "might"))
            || matches!(tree.lemma(clause), "like" | "please" | "wish"))
}

/// "Should the talks fail", "Had Germany invaded", "Were he to come": the auxiliary stands before the subject.
pub(super) fn is_inverted_condition(tree: &Tree<'_>, clause: usize) -> bool {
    let Some(subject) = tree
        .children(clause)
        .iter()
        .copied()
        .find(|&c| matches!(tree.dep(c), Dep::Nsubj | Dep::Nsubjpass | Dep::Expl))
    else {
        return false;
    };
    let Some(first) = tree.children(clause).first().copied() else { return false };
    let auxiliary = ["should", "had", "were"].iter().any(|w| tree.is_word(first, w))
        && (matches!(tree.dep(first), Dep::Aux | Dep::Auxpass))
        && first < subject;
    let copula = tree.is_word(clause, "were") && clause < subject;
    (auxiliary || copula)
        && !tree.is_root(clause)
        && first
            .checked_sub(1)
            .is_none_or(|before| !matches!(tree.tag(before), Tag::Wrb | Tag::Wp | Tag::Wdt))
}

/// A preposition with the words that belong to it: "according to", "in case of", "in the event of".
fn preposition_phrase(tree: &Tree<'_>, preposition: usize) -> String {
    if let Some(next) = tree.children_by(preposition, Dep::Prep).next() {
        return tree.doc.words(preposition..next + 1).to_lowercase();
    }
    if let Some(object) = tree.child_by(preposition, Dep::Pobj)
        && let Some(next) = tree.child_by(object, Dep::Prep)
        && next < preposition + 5
    {
        return tree.doc.words(preposition..next + 1).to_lowercase();
    }
    tree.lower(preposition)
}
