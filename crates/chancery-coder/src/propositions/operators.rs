//! The operators over each proposition, outermost first: what governs its clause, and what the clause
//! itself says of whether and when it is the case.

use chancery_syntax::{Dep, Pos, Tag};
use chancery_time::Tense;

use super::clause::{is_inverted_condition, phrase_before, subordinator};
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
    pub(super) tree: &'t Tree<'a>,
    pub(super) k: &'t Operators,
    pub(super) roles: &'t Roles<'t, 'a>,
    /// For each token the verbs that govern it as a noun.
    pub(super) governors: &'t [Vec<Governor>],
    clauses: Vec<Option<Vec<Operator>>>,
    /// Sentences that end in a question mark, by token.
    pub(super) question: Vec<bool>,
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

    pub(super) fn operator(&self, entry: &OperatorEntry, word: usize) -> Operator {
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

    pub(super) fn rule(&self, kind: OperatorKind, word: usize, rule: &str) -> Operator {
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
        // What one discusses, decides or asks with "what" and "how" is taken to be so.
        if form == "wh" {
            return Some(self.rule(OperatorKind::Factive, v, "wh-clause"));
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
            let Some(mut op) = self.over_event(verb, form) else { continue };
            // "refused requests": who turns down what was said does not deny that it was.
            if matches!(op.kind, OperatorKind::Refusal | OperatorKind::Denial) && self.is_speech_act(noun) {
                op = self.rule(OperatorKind::Factive, verb, "answered-act");
            }
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

    /// A request, offer, threat or charge.
    fn is_speech_act(&self, noun: usize) -> bool {
        use OperatorKind::{Hearsay, Promise, Proposal, Request, Threat};
        let lemma = self.tree.lemma(noun).to_lowercase();
        self.k
            .of(WordClass::Noun, &lemma)
            .any(|e| matches!(e.kind, Request | Proposal | Threat | Promise | Hearsay))
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
}
