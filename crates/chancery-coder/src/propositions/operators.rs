//! The operators over each proposition, outermost first: what governs its clause, and what the clause
//! itself says of whether and when it is the case.

use chancery_syntax::{Dep, Pos, Tag};
use chancery_time::Tense;

use super::roles::Roles;
use super::tree::{CLIMB, Tree};
use super::{Operator, OperatorKind};
use crate::knowledge::operators::{OperatorEntry, Operators, WordClass};

/// A stack deeper than this is cut from within; real ones have a handful.
const DEEPEST: usize = 24;

/// How a predicate noun hangs on a verb, seen through passive, relative, raising and coordination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Object,
    Subject,
}

/// A verb or copula over a noun.
#[derive(Clone, Copy, Debug)]
pub(super) struct Governor {
    pub(super) verb: usize,
    pub(super) relation: Relation,
}

/// Computes stacks; each clause's is computed once.
pub(super) struct Stacks<'t, 'a> {
    tree: &'t Tree<'a>,
    k: &'t Operators,
    roles: &'t Roles<'t, 'a>,
    /// For each token the verbs that govern it as a noun.
    governors: &'t [Vec<Governor>],
    clauses: Vec<Option<Vec<Operator>>>,
    /// Sentences that end in a question mark, by token.
    question: Vec<bool>,
}

impl<'t, 'a> Stacks<'t, 'a> {
    pub(super) fn new(
        tree: &'t Tree<'a>,
        k: &'t Operators,
        roles: &'t Roles<'t, 'a>,
        governors: &'t [Vec<Governor>],
    ) -> Self {
        let mut question = vec![false; tree.len()];
        for sentence in tree.doc.sentences() {
            let marks = sentence
                .clone()
                .rev()
                .take_while(|&t| tree.dep(t) == Dep::Punct || tree.pos(t) == Pos::Space);
            if marks.into_iter().any(|t| tree.doc.word(t) == "?") {
                question[sentence.clone()].fill(true);
            }
        }
        Self { tree, k, roles, governors, clauses: vec![None; tree.len()], question }
    }

    /// The operators over a verb, or over an adjective's copula.
    pub(super) fn of_clause(&mut self, v: usize) -> Vec<Operator> {
        self.clause(v, 0)
    }

    /// The operators over a predicate noun; `light` is the verb that carries it.
    pub(super) fn of_noun(&mut self, noun: usize, light: Option<usize>) -> Vec<Operator> {
        self.noun(noun, light, 0)
    }

    fn clause(&mut self, v: usize, depth: usize) -> Vec<Operator> {
        if let Some(known) = &self.clauses[v] {
            return known.clone();
        }
        if depth > CLIMB {
            return Vec::new();
        }
        let mut stack = self.embedding(v, depth);
        self.local(v, &mut stack);
        stack.truncate(DEEPEST);
        self.clauses[v] = Some(stack.clone());
        stack
    }

    fn operator(&self, entry: &OperatorEntry, word: usize) -> Operator {
        let tree = self.tree;
        let end = tree.child_by(word, Dep::Prt).filter(|&p| p == word + 1).unwrap_or(word) + 1;
        Operator {
            kind: entry.kind,
            signature: entry.signature,
            tokens: word..end,
            past: self.is_past(word),
            proposition: None,
            rule: entry.id.clone(),
        }
    }

    fn rule(&self, kind: OperatorKind, word: usize, rule: &str) -> Operator {
        Operator {
            kind,
            signature: None,
            tokens: word..word + 1,
            past: self.is_past(word),
            proposition: None,
            rule: rule.to_owned(),
        }
    }

    fn is_past(&self, word: usize) -> bool {
        super::tense(self.tree, word) == Some(Tense::Past)
    }

    /// How a clause stands to what governs it.
    fn form(&self, v: usize) -> &'static str {
        let tree = self.tree;
        for &c in tree.children(v) {
            if tree.dep(c) == Dep::Mark && (tree.is_word(c, "whether") || tree.is_word(c, "if")) {
                return "whether";
            }
            if matches!(tree.tag(c), Tag::Wrb | Tag::Wp | Tag::Wdt) && c < v && tree.dep(c) != Dep::Mark {
                return "wh";
            }
        }
        if tree.is_infinitive(v) {
            "to"
        } else if tree.is_finite(v) {
            "that"
        } else if tree.tag(v) == Tag::Vb && tree.child_by(v, Dep::Mark).is_some() {
            "subjunctive"
        } else if tree.tag(v) == Tag::Vbg || tree.children_by(v, Dep::Aux).any(|c| tree.tag(c) == Tag::Vbg) {
            "ing"
        } else {
            "bare"
        }
    }

    /// What stands over the clause from outside.
    fn embedding(&mut self, v: usize, depth: usize) -> Vec<Operator> {
        let tree = self.tree;
        if depth > CLIMB {
            return Vec::new();
        }
        let head = tree.head(v);
        if tree.is_root(v) {
            return Vec::new();
        }
        match tree.dep(v) {
            Dep::Xcomp | Dep::Ccomp | Dep::Csubj | Dep::Csubjpass | Dep::Attr | Dep::Oprd | Dep::Dobj => {
                self.complement(v, head, depth)
            }
            Dep::Acomp => self.embedding_of_head(head, depth),
            Dep::Conj => self.coordinate(v, head, depth),
            Dep::Advcl => self.adverbial(v, head, depth),
            Dep::Acl | Dep::Relcl => self.on_noun(v, head, depth),
            Dep::Pcomp => self.after_preposition(v, head, depth),
            Dep::Parataxis | Dep::Dep | Dep::Intj | Dep::Meta => self.embedding_of_head(head, depth),
            _ => self.outer(head, depth),
        }
    }

    fn embedding_of_head(&mut self, head: usize, depth: usize) -> Vec<Operator> {
        if self.tree.is_verb(head) { self.embedding(head, depth + 1) } else { self.outer(head, depth + 1) }
    }

    /// Who says so, told by the clauses that a noun or other word stands in, and nothing else of them.
    fn outer(&mut self, mut at: usize, depth: usize) -> Vec<Operator> {
        let tree = self.tree;
        for _ in 0..CLIMB {
            if tree.is_verb(at) {
                let mut stack = self.clause(at, depth + 1);
                stack.retain(|o| o.kind == OperatorKind::Speaker);
                return stack;
            }
            if tree.is_root(at) {
                break;
            }
            at = tree.head(at);
        }
        Vec::new()
    }

    /// A clause that a verb, an adjective or a noun governs.
    fn complement(&mut self, v: usize, head: usize, depth: usize) -> Vec<Operator> {
        let tree = self.tree;
        let form = self.form(v);
        if tree.is_copula(head) {
            return self.under_copula(v, head, form, depth);
        }
        if tree.is_verb(head) {
            if is_inverted_condition(tree, v) {
                let mut stack = self.embedding(head, depth + 1);
                stack.push(self.rule(OperatorKind::Hypothesis, v, "inverted-condition"));
                return stack;
            }
            let mut stack = self.clause(head, depth + 1);
            if let Some(op) = self.verb_operator(head, v, form) {
                stack.push(op);
            }
            return stack;
        }
        if tree.pos(head) == Pos::Adj || tree.pos(head) == Pos::Adv {
            let mut stack = self.clause(tree.head(head), depth + 1);
            if let Some(entry) = self.k.governing(WordClass::Adjective, &tree.lower(head), form) {
                self.with_own_negation(head, &mut stack);
                stack.push(self.operator(entry, head));
            }
            return stack;
        }
        if tree.is_noun(head) {
            return self.on_noun(v, head, depth);
        }
        self.outer(head, depth)
    }

    /// "not likely to": the negation may hang on the adjective.
    fn with_own_negation(&self, word: usize, stack: &mut Vec<Operator>) {
        if let Some(neg) = self.tree.child_by(word, Dep::Neg) {
            stack.push(self.rule(OperatorKind::Negation, neg, "not"));
        }
    }

    /// The operator that a verb is over its clause.
    fn verb_operator(&self, head: usize, v: usize, form: &str) -> Option<Operator> {
        let tree = self.tree;
        let lemma = self.roles.verb_lemma(head);
        if lemma == "go" && form == "to" && tree.tag(head) == Tag::Vbg {
            return Some(self.rule(OperatorKind::Plan, head, "going-to"));
        }
        if lemma == "have" && form == "to" {
            let yet = tree.children(head).iter().chain(tree.children(v)).find(|&&c| tree.is_word(c, "yet"));
            return Some(match yet {
                Some(&yet) => self.rule(OperatorKind::Negation, yet, "yet-to"),
                None => self.rule(OperatorKind::Request, head, "have-to"),
            });
        }
        let found = self.k.governing(WordClass::Verb, &lemma, form);
        if let Some(entry) = found {
            return Some(self.operator(entry, head));
        }
        // An infinitive under a verb that is no operator tells what for.
        (form == "to").then(|| self.rule(OperatorKind::Purpose, v, "purpose-infinitive"))
    }

    /// "is to visit", "it is likely that", "the plan is to", "it was agreed that".
    fn under_copula(&mut self, v: usize, copula: usize, form: &str, depth: usize) -> Vec<Operator> {
        let tree = self.tree;
        let mut stack = self.clause(copula, depth + 1);
        for &c in tree.children(copula) {
            let class = match tree.dep(c) {
                Dep::Acomp | Dep::Advmod | Dep::Oprd => WordClass::Adjective,
                Dep::Attr | Dep::Nsubj if tree.is_noun(c) => WordClass::Noun,
                _ => continue,
            };
            let word = if class == WordClass::Noun { tree.lemma(c).to_lowercase() } else { tree.lower(c) };
            if let Some(entry) = self.k.governing(class, &word, form) {
                if class == WordClass::Adjective {
                    self.with_own_negation(c, &mut stack);
                }
                stack.push(self.operator(entry, c));
                return stack;
            }
        }
        let bare =
            !tree.children(copula).iter().any(|&c| matches!(tree.dep(c), Dep::Acomp | Dep::Attr | Dep::Expl));
        if form == "to" && bare && tree.dep(v) != Dep::Csubj {
            let yet = tree.children(copula).iter().chain(tree.children(v)).find(|&&c| tree.is_word(c, "yet"));
            match yet {
                Some(&yet) => stack.push(self.rule(OperatorKind::Negation, yet, "yet-to")),
                None => stack.push(self.rule(OperatorKind::Plan, copula, "be-to")),
            }
        }
        stack
    }

    /// "will visit India and meet Modi": a verb without auxiliaries of its own shares those of the first.
    fn coordinate(&mut self, v: usize, first: usize, depth: usize) -> Vec<Operator> {
        let tree = self.tree;
        if !tree.is_verb(first) {
            return self.outer(first, depth);
        }
        let own_tense = tree.is_finite(v);
        if own_tense {
            // A finite verb hung on an infinitive belongs to the finite clause over it.
            let mut at = first;
            for _ in 0..CLIMB {
                if tree.is_finite(at) || tree.is_root(at) || !matches!(tree.dep(at), Dep::Xcomp | Dep::Conj) {
                    break;
                }
                at = tree.head(at);
            }
            let mut stack = self.embedding(at, depth + 1);
            self.conditions(at, &mut stack);
            return stack;
        }
        let contrast = tree.children_by(first, Dep::Cc).any(|c| c < v && tree.is_word(c, "but"));
        let mut stack = self.clause(first, depth + 1);
        if contrast && let Some(at) = stack.iter().rposition(|o| o.kind == OperatorKind::Negation) {
            stack.remove(at);
        }
        stack
    }

    /// A clause that hangs on another by a subordinator, a participle or an infinitive.
    fn adverbial(&mut self, v: usize, head: usize, depth: usize) -> Vec<Operator> {
        let tree = self.tree;
        if !tree.is_verb(head) {
            let over = if tree.is_root(head) { head } else { tree.head(head) };
            return self.outer(over, depth);
        }
        let word = subordinator(tree, v);
        let entry = word.and_then(|w| {
            let form = self.form(v);
            let text = phrase_before(tree, w);
            self.k
                .governing(WordClass::Subordinator, &text, form)
                .or_else(|| self.k.governing(WordClass::Subordinator, &tree.lower(w), form))
                .map(|e| (w, e))
        });
        if is_inverted_condition(tree, v) {
            let mut stack = self.embedding(head, depth + 1);
            stack.push(self.rule(OperatorKind::Hypothesis, v, "inverted-condition"));
            return stack;
        }
        if let Some((w, entry)) = entry {
            let mut stack = match entry.kind {
                OperatorKind::Hypothesis | OperatorKind::Concession | OperatorKind::Condition => {
                    self.embedding(head, depth + 1)
                }
                OperatorKind::Purpose => self.clause(head, depth + 1),
                _ => self.timed(head, depth),
            };
            let op = if entry.kind == OperatorKind::Condition {
                // The word makes the matrix conditional; its own clause is the condition.
                Operator { kind: OperatorKind::Hypothesis, ..self.operator(entry, w) }
            } else {
                self.operator(entry, w)
            };
            stack.push(op);
            return stack;
        }
        if self.form(v) == "to" {
            let mut stack = self.clause(head, depth + 1);
            stack.push(match self.verb_operator(head, v, "to") {
                Some(op) => op,
                None => self.rule(OperatorKind::Purpose, v, "purpose-infinitive"),
            });
            return stack;
        }
        self.timed(head, depth)
    }

    /// What is shared by a clause that only tells the time or manner of another: who says so, and that it lies ahead.
    fn timed(&mut self, head: usize, depth: usize) -> Vec<Operator> {
        let embedding = self.embedding(head, depth + 1);
        let mut stack = self.clause(head, depth + 1);
        let outside = embedding.len();
        let mut at = 0;
        stack.retain(|o| {
            at += 1;
            at <= outside || o.kind == OperatorKind::Plan
        });
        stack
    }

    /// A clause on a noun: "plan to visit", "reports that", "talks held in Geneva".
    fn on_noun(&mut self, v: usize, noun: usize, depth: usize) -> Vec<Operator> {
        let tree = self.tree;
        let form = self.form(v);
        let relative = tree.dep(v) == Dep::Relcl && form != "to";
        if !relative && matches!(form, "to" | "that" | "whether") {
            let lemma = tree.lemma(noun).to_lowercase();
            if let Some(entry) = self.k.governing(WordClass::Noun, &lemma, form) {
                let mut stack = self.noun(noun, None, depth + 1);
                stack.push(self.operator(entry, noun));
                return stack;
            }
            if form == "to" {
                let mut stack = self.outer(noun, depth);
                stack.push(self.rule(OperatorKind::Purpose, v, "purpose-infinitive"));
                return stack;
            }
        }
        self.outer(noun, depth)
    }

    /// A gerund after a preposition: "accused of shelling", "without meeting", "talk of holding".
    fn after_preposition(&mut self, v: usize, preposition: usize, depth: usize) -> Vec<Operator> {
        let tree = self.tree;
        let mut stack = self.under_preposition(preposition, "ing", depth);
        if tree.children(v).iter().any(|&c| tree.dep(c) == Dep::Mark && tree.is_word(c, "whether")) {
            stack.push(self.rule(OperatorKind::Question, v, "whether"));
        }
        stack
    }

    /// What stands over the object of a preposition.
    fn under_preposition(&mut self, preposition: usize, form: &str, depth: usize) -> Vec<Operator> {
        let tree = self.tree;
        let mut top = preposition;
        let mut name = tree.lower(preposition);
        while tree.dep(top) == Dep::Prep && !tree.is_root(top) && tree.head(top) + 1 == top {
            let before = tree.head(top);
            if !matches!(tree.pos(before), Pos::Adp | Pos::Adv | Pos::Sconj | Pos::Verb)
                || tree.is_verb(before) && tree.dep(before) != Dep::Prep
            {
                break;
            }
            name = format!("{} {name}", tree.lower(before));
            top = before;
        }
        let over = tree.head(top);
        if over == top {
            return Vec::new();
        }
        // `to` is the infinitive in the lists.
        if name == "to" {
            "to+".clone_into(&mut name);
        }
        let own = self.k.governing(WordClass::Preposition, &name, form);
        if tree.is_verb(over) {
            if own.is_none()
                && let Some(entry) = self.k.governing(WordClass::Verb, &self.roles.verb_lemma(over), &name)
            {
                let mut stack = self.clause(over, depth + 1);
                stack.push(self.operator(entry, over));
                return stack;
            }
            // "Speculation has grown about a visit": the phrase belongs to the subject.
            if own.is_none()
                && let Some(subject) = tree
                    .children(over)
                    .iter()
                    .copied()
                    .find(|&c| matches!(tree.dep(c), Dep::Nsubj | Dep::Nsubjpass))
                && let Some(entry) =
                    self.k.governing(WordClass::Noun, &tree.lemma(subject).to_lowercase(), &name)
            {
                let mut stack = self.noun(subject, None, depth + 1);
                stack.push(self.operator(entry, subject));
                return stack;
            }
            let mut stack = self.timed(over, depth);
            if let Some(entry) = own {
                stack.push(self.operator(entry, top));
            }
            return stack;
        }
        if tree.pos(over) == Pos::Adj {
            let mut stack = self.clause(tree.head(over), depth + 1);
            if let Some(entry) = self.k.governing(WordClass::Adjective, &tree.lower(over), &name) {
                self.with_own_negation(over, &mut stack);
                stack.push(self.operator(entry, over));
            }
            return stack;
        }
        if tree.is_noun(over) {
            // "in the event of", "in the absence of": preposition, noun and preposition are one.
            let before = tree.head(over);
            if tree.dep(over) == Dep::Pobj
                && before < over
                && let Some(entry) = self.k.governing(
                    WordClass::Preposition,
                    &tree.doc.words(before..preposition + 1).to_lowercase(),
                    form,
                )
            {
                let mut stack = self.outer(tree.head(before), depth);
                stack.push(self.operator(entry, before));
                return stack;
            }
            let lemma = tree.lemma(over).to_lowercase();
            if let Some(entry) = self.k.governing(WordClass::Noun, &lemma, &name) {
                let mut stack = self.noun(over, None, depth + 1);
                stack.push(self.operator(entry, over));
                return stack;
            }
        }
        let mut stack = self.outer(over, depth);
        if let Some(entry) = own {
            stack.push(self.operator(entry, top));
        }
        stack
    }

    fn noun(&mut self, noun: usize, light: Option<usize>, depth: usize) -> Vec<Operator> {
        if depth > CLIMB {
            return Vec::new();
        }
        let mut stack = match light {
            Some(verb) => {
                let mut stack = self.clause(verb, depth + 1);
                // "Talks are under way."
                if self.tree.is_copula(verb) {
                    stack.extend(self.over_event(verb, "subject"));
                }
                stack
            }
            None => self.over_noun(noun, depth),
        };
        self.attributes(noun, light.is_some(), &mut stack);
        stack.truncate(DEEPEST);
        stack
    }

    /// What governs a noun: verbs of which it is subject or object, prepositions, other nouns.
    fn over_noun(&mut self, noun: usize, depth: usize) -> Vec<Operator> {
        let tree = self.tree;
        let first = tree.first_conjunct(noun);
        let governors: Vec<Governor> = if self.governors[noun].is_empty() {
            self.governors[first].clone()
        } else {
            self.governors[noun].clone()
        };
        // The clause the noun stands in is outside of the participles and relatives that hang on it.
        let mut stack: Option<Vec<Operator>> = None;
        let mut inner = Vec::new();
        for governor in governors {
            let verb = governor.verb;
            let hangs_on_noun = matches!(tree.dep(verb), Dep::Acl | Dep::Relcl)
                && matches!(tree.head(verb), h if h == noun || h == first);
            let form = if governor.relation == Relation::Object { "object" } else { "subject" };
            let Some(op) = self.over_event(verb, form) else { continue };
            let mut found = self.clause(verb, depth + 1);
            found.push(op);
            if hangs_on_noun {
                let outside = self.outer(noun, depth).len().min(found.len());
                inner.extend(found.drain(outside..));
            } else if stack.is_none() {
                stack = Some(found);
            }
        }
        let carrier =
            self.governors[first].iter().find(|g| self.roles.carries(g.verb, g.relation)).map(|g| g.verb);
        let mut stack = match (stack, carrier) {
            (Some(stack), _) => stack,
            // "There is no chance", "has no plans".
            (None, Some(verb)) => self.clause(verb, depth + 1),
            (None, None) => self.around(first, depth),
        };
        stack.extend(inner);
        stack
    }

    /// The operator that a verb or copula is over an event noun.
    fn over_event(&self, verb: usize, form: &str) -> Option<Operator> {
        let tree = self.tree;
        if tree.is_copula(verb) {
            // "A visit is unlikely", "talks are under way", "the meeting is off".
            for &c in tree.children(verb) {
                let words = match tree.dep(c) {
                    Dep::Acomp | Dep::Advmod | Dep::Prt => tree.lower(c),
                    Dep::Prep => {
                        let Some(object) = tree.child_by(c, Dep::Pobj) else { continue };
                        tree.doc.words(c..object + 1).to_lowercase()
                    }
                    _ => continue,
                };
                if let Some(entry) = self.k.governing(WordClass::Adjective, &words, "subject") {
                    return Some(self.operator(entry, c));
                }
            }
            return None;
        }
        let entry = self.k.governing(WordClass::Verb, &self.roles.verb_lemma(verb), form)?;
        Some(self.operator(entry, verb))
    }

    /// A noun under a preposition, another noun, or a verb that says nothing of whether it takes place.
    fn around(&mut self, noun: usize, depth: usize) -> Vec<Operator> {
        let tree = self.tree;
        if tree.is_root(noun) {
            return Vec::new();
        }
        let head = tree.head(noun);
        match tree.dep(noun) {
            Dep::Pobj => self.under_preposition(head, "noun", depth),
            Dep::Compound | Dep::Nmod | Dep::Poss | Dep::Appos if tree.is_noun(head) => {
                let lemma = tree.lemma(head).to_lowercase();
                if let Some(entry) = self.k.governing(WordClass::Noun, &lemma, "compound") {
                    let mut stack = self.noun(head, None, depth + 1);
                    stack.push(self.operator(entry, head));
                    return stack;
                }
                self.around(head, depth + 1)
            }
            _ => self.outer(head, depth),
        }
    }

    /// What stands at the noun itself: "no talks", "a possible visit", "the cancelled summit".
    fn attributes(&self, noun: usize, carried: bool, stack: &mut Vec<Operator>) {
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
    fn local(&self, v: usize, stack: &mut Vec<Operator>) {
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
    fn conditions(&self, v: usize, stack: &mut Vec<Operator>) {
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
fn subordinator(tree: &Tree<'_>, v: usize) -> Option<usize> {
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
fn phrase_before(tree: &Tree<'_>, word: usize) -> String {
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
fn is_inverted_condition(tree: &Tree<'_>, clause: usize) -> bool {
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
