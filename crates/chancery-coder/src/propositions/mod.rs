//! From a dependency parse to propositions: predicates with roles in grammatical terms, the same for
//! every construction, and the stack of operators over each. Knows no news.

mod clause;
mod operators;
mod repairs;
mod roles;
mod tree;

use std::ops::Range;

use chancery_syntax::{Dep, Document, Pos, Tag};
use chancery_time::Tense;

pub use crate::knowledge::operators::OperatorKind;
use crate::knowledge::operators::{Operators, Signature};
use operators::{Governor, Relation, Stacks};
use roles::Roles;
use tree::Tree;

/// What carries the predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PredicateKind {
    Verb,
    /// An event noun: talks, visit, strike.
    Noun,
    /// An event noun under a light verb: pay a visit. The noun is the predicate.
    LightVerb,
    Adjective,
}

/// A grammatical role, as in the active sentence.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Subject,
    Object,
    /// The one given to, told, asked.
    Recipient,
    /// "Modi's visit", "the Russian invasion", "a Modi–Putin meeting".
    Possessor,
    /// A noun before the predicate noun: "peace talks", "gas deliveries".
    Compound,
    /// The phrase after a preposition: `to`, `with`, `between`.
    Prep(String),
    /// "elected president", "called the attack barbaric".
    Predicative,
    /// The clause it governs, by its head: "promised to leave", "said that …".
    Clause,
}

/// One argument: its role and the head token of its phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    pub role: Role,
    pub head: usize,
    /// The role comes through control, coordination, a relative or a light verb, not from the predicate's own child.
    pub shared: bool,
}

/// One operator over a proposition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    pub kind: OperatorKind,
    /// What it says of the proposition where it is itself affirmed and denied, if the word is an implicative.
    pub signature: Option<Signature>,
    /// The words that bring it in.
    pub tokens: Range<usize>,
    /// The operator's own clause stands in the past: "was to visit".
    pub past: bool,
    /// Index of the proposition that is the operator, where there is one.
    pub proposition: Option<usize>,
    /// Id of the rule or word-list entry.
    pub rule: String,
}

/// A predicate with its roles and what stands over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposition {
    /// The predicate's token: the verb, or the noun of a nominalisation or light verb.
    pub predicate: usize,
    /// Lemma, with its particle: `visit`, `call off`.
    pub lemma: String,
    pub kind: PredicateKind,
    /// The light verb's token.
    pub light: Option<usize>,
    pub arguments: Vec<Argument>,
    /// Outermost first.
    pub operators: Vec<Operator>,
    /// `None` for a bare noun or a clause without a finite verb, where nothing over it tells either.
    pub tense: Option<Tense>,
    pub perfect: bool,
    pub progressive: bool,
    pub passive: bool,
    /// Adverbs and bare dates that hang on it ("Monday", "next week", "reportedly"), by their heads, in text
    /// order. Dates under a preposition are arguments.
    pub modifiers: Vec<usize>,
    /// Tokens of the clause or phrase, without clauses that are propositions of their own.
    pub span: Range<usize>,
}

/// All propositions of a text, in the order of their predicates: every verb, every predicative adjective,
/// and the nouns that tell of something happening. A noun counts if `is_event_noun` names its lemma (in small
/// letters), if it stands under a light verb, or if its form and its phrases show a nominalised verb
/// ("the shelling of the port by Russia").
///
/// A light verb gives two propositions, its own and the noun's. Takes time linear in the text.
#[must_use]
pub fn find(doc: &Document, k: &Operators, is_event_noun: &dyn Fn(&str) -> bool) -> Vec<Proposition> {
    let tree = Tree::new(doc);
    let mut roles = Roles::new(&tree, k);
    let mut out = Vec::new();
    for token in 0..tree.len() {
        if tree.is_verb(token) && !is_nominal_participle(&tree, token) {
            out.push(verb(&mut roles, &tree, token));
        } else if is_predicative_adjective(&tree, token) {
            out.push(adjective(&mut roles, &tree, token));
        }
    }
    let governors = governors(&tree, &out);
    let verbs = out.len();
    for token in 0..tree.len() {
        if (tree.is_noun(token) || tree.tag(token) == Tag::Vbg && is_nominal_participle(&tree, token))
            && let Some(found) = noun(&mut roles, &tree, &governors, token, is_event_noun)
        {
            out.push(found);
        }
    }
    let mut stacks = Stacks::new(&tree, k, &roles, &governors);
    for (index, p) in out.iter_mut().enumerate() {
        p.operators = if index >= verbs {
            stacks.of_noun(p.predicate, p.light)
        } else if p.kind == PredicateKind::Adjective {
            stacks.of_clause(tree.head(p.predicate))
        } else {
            stacks.of_clause(p.predicate)
        };
    }
    out.sort_by_key(|p| p.predicate);
    let index = by_predicate(doc, &out);
    for p in &mut out {
        for operator in &mut p.operators {
            operator.proposition = index[operator.tokens.start];
        }
    }
    out
}

/// For each token the verbs and copulas of which it is the object or the subject.
fn governors(tree: &Tree<'_>, propositions: &[Proposition]) -> Vec<Vec<Governor>> {
    let mut out = vec![Vec::new(); tree.len()];
    for p in propositions.iter().filter(|p| p.kind == PredicateKind::Verb) {
        for a in &p.arguments {
            let relation = match a.role {
                Role::Object => Relation::Object,
                Role::Subject if !p.passive => Relation::Subject,
                // "There was a meeting": what there is stands as the copula's complement.
                Role::Predicative if tree.child_by(p.predicate, Dep::Expl).is_some() => Relation::Subject,
                _ => continue,
            };
            out[a.head].push(Governor { verb: p.predicate, relation });
        }
    }
    out
}

/// For each token of the text the proposition that it is the predicate of.
#[must_use]
pub fn by_predicate(doc: &Document, propositions: &[Proposition]) -> Vec<Option<usize>> {
    let mut out = vec![None; doc.tokens().len()];
    for (index, proposition) in propositions.iter().enumerate() {
        out[proposition.predicate] = Some(index);
    }
    out
}

/// "the leading powers", "a planned visit": a participle before a noun makes no clause.
fn is_nominal_participle(tree: &Tree<'_>, token: usize) -> bool {
    matches!(
        tree.dep(token),
        Dep::Amod | Dep::Compound | Dep::Nmod | Dep::Poss | Dep::Pobj | Dep::Case | Dep::Prep | Dep::Mark
    ) || matches!(tree.dep(token), Dep::Nsubj | Dep::Dobj | Dep::Nsubjpass | Dep::Attr)
        && tree.children(token).iter().any(|&c| matches!(tree.dep(c), Dep::Det | Dep::Poss | Dep::Amod))
}

fn is_predicative_adjective(tree: &Tree<'_>, token: usize) -> bool {
    tree.pos(token) == Pos::Adj
        && (matches!(tree.dep(token), Dep::Acomp | Dep::Oprd)
            || tree.dep(token) == Dep::Conj && tree.dep(tree.first_conjunct(token)) == Dep::Acomp)
}

fn verb(roles: &mut Roles<'_, '_>, tree: &Tree<'_>, token: usize) -> Proposition {
    let arguments = own_first(roles.of_verb(token));
    let mut modifiers = Vec::new();
    roles.modifiers(token, &mut modifiers);
    Proposition {
        predicate: token,
        lemma: roles.verb_lemma(token),
        kind: PredicateKind::Verb,
        light: None,
        arguments,
        operators: Vec::new(),
        tense: tense(tree, token),
        perfect: has_auxiliary(tree, token, "have"),
        progressive: tree.tag(token) == Tag::Vbg && has_auxiliary(tree, token, "be"),
        passive: roles.is_passive(token),
        modifiers,
        span: span(tree, token),
    }
}

fn adjective(roles: &mut Roles<'_, '_>, tree: &Tree<'_>, token: usize) -> Proposition {
    let copula = tree.head(token);
    let mut modifiers = Vec::new();
    roles.modifiers(copula, &mut modifiers);
    Proposition {
        predicate: token,
        lemma: tree.lemma(token).to_lowercase(),
        kind: PredicateKind::Adjective,
        light: None,
        arguments: own_first(roles.of_adjective(token)),
        operators: Vec::new(),
        tense: tense(tree, copula),
        perfect: has_auxiliary(tree, copula, "have"),
        progressive: false,
        passive: false,
        modifiers,
        span: span(tree, copula),
    }
}

fn noun(
    roles: &mut Roles<'_, '_>,
    tree: &Tree<'_>,
    governors: &[Vec<Governor>],
    token: usize,
    is_event_noun: &dyn Fn(&str) -> bool,
) -> Option<Proposition> {
    let lemma = tree.lemma(token).to_lowercase();
    let known = is_event_noun(&lemma);
    let nominal = matches!(tree.pos(token), Pos::Noun | Pos::Verb) && is_nominalisation(tree, token, &lemma);
    if !known && !nominal {
        return None;
    }
    if matches!(tree.dep(token), Dep::Compound | Dep::Nmod) && !known {
        return None;
    }
    let of_first = &governors[tree.first_conjunct(token)];
    let over = if governors[token].is_empty() { of_first } else { &governors[token] };
    let light = over.iter().find(|g| roles.carries(g.verb, g.relation)).copied();
    let under =
        over.iter().find(|g| g.relation == Relation::Object && roles.is_over_object(g.verb)).map(|g| g.verb);
    let arguments = own_first(roles.of_noun(token, light, under));
    let mut modifiers = Vec::new();
    roles.modifiers(token, &mut modifiers);
    if let Some(clause) = light.map(|g| g.verb).or(under) {
        roles.modifiers(clause, &mut modifiers);
    }
    modifiers.sort_unstable();
    let clause = light.map(|g| g.verb);
    Some(Proposition {
        predicate: token,
        lemma,
        kind: if clause.is_some() { PredicateKind::LightVerb } else { PredicateKind::Noun },
        light: clause,
        arguments,
        operators: Vec::new(),
        tense: clause.and_then(|v| tense(tree, v)),
        perfect: clause.is_some_and(|v| has_auxiliary(tree, v, "have")),
        progressive: clause.is_some_and(|v| tree.tag(v) == Tag::Vbg && has_auxiliary(tree, v, "be")),
        passive: clause.is_some_and(|v| roles.is_passive(v)),
        modifiers,
        span: span(tree, clause.filter(|&v| tree.head(token) == v).unwrap_or(token)),
    })
}

/// A noun with the ending of a nominalised verb and a phrase that reads as its argument, or with "by" and "of".
fn is_nominalisation(tree: &Tree<'_>, token: usize, lemma: &str) -> bool {
    let prepositions = tree.children_by(token, Dep::Prep).filter(|&p| {
        matches!(
            tree.lemma(p),
            "of" | "by"
                | "between"
                | "with"
                | "against"
                | "to"
                | "from"
                | "into"
                | "over"
                | "on"
                | "in"
                | "for"
        )
    });
    let phrases = prepositions.count();
    let owned =
        tree.children(token).iter().any(|&c| matches!(tree.dep(c), Dep::Poss | Dep::Amod | Dep::Compound));
    let ending = ["tion", "sion", "ment", "al", "ance", "ence", "ure", "ing", "age", "ery"]
        .iter()
        .any(|e| lemma.len() > e.len() + 3 && lemma.ends_with(e));
    ending && (phrases > 0 || owned) || phrases > 1
}

/// Arguments of the predicate itself before those that come from elsewhere; otherwise as found.
fn own_first(mut arguments: Vec<Argument>) -> Vec<Argument> {
    arguments.sort_by_key(|a| a.shared);
    let mut out: Vec<Argument> = Vec::with_capacity(arguments.len());
    for a in arguments {
        if !out.iter().any(|b| b.role == a.role && b.head == a.head) {
            out.push(a);
        }
    }
    out
}

fn has_auxiliary(tree: &Tree<'_>, verb: usize, lemma: &str) -> bool {
    tree.children(verb)
        .iter()
        .any(|&c| matches!(tree.dep(c), Dep::Aux | Dep::Auxpass) && tree.lemma(c) == lemma)
}

/// Tense of the finite verb of a clause; of a clause without one, that of the clause it hangs on.
fn tense(tree: &Tree<'_>, verb: usize) -> Option<Tense> {
    let mut at = verb;
    for _ in 0..tree::CLIMB {
        if let Some(tense) = own_tense(tree, at) {
            return Some(tense);
        }
        let head = tree.head(at);
        let goes_on = matches!(
            tree.dep(at),
            Dep::Conj
                | Dep::Xcomp
                | Dep::Ccomp
                | Dep::Advcl
                | Dep::Pcomp
                | Dep::Prep
                | Dep::Acomp
                | Dep::Attr
                | Dep::Oprd
        );
        if head == at || !goes_on {
            return None;
        }
        at = head;
    }
    None
}

/// Tense as the clause's own words tell it.
fn own_tense(tree: &Tree<'_>, verb: usize) -> Option<Tense> {
    let mut found = None;
    for &c in tree.children(verb) {
        if !matches!(tree.dep(c), Dep::Aux | Dep::Auxpass) {
            continue;
        }
        match tree.tag(c) {
            Tag::Md if matches!(tree.lemma(c), "will" | "shall" | "'ll" | "wo") => {
                return Some(Tense::Future);
            }
            // "could not attend": what was not possible.
            Tag::Md if tree.lemma(c) == "could" && tree.child_by(verb, Dep::Neg).is_some() => {
                return Some(Tense::Past);
            }
            Tag::Md => return Some(Tense::Present),
            Tag::Vbd => found = Some(Tense::Past),
            Tag::Vbz | Tag::Vbp if found.is_none() => found = Some(Tense::Present),
            _ => {}
        }
    }
    if found.is_some() {
        return found;
    }
    match tree.tag(verb) {
        Tag::Vbd => Some(Tense::Past),
        Tag::Vbz | Tag::Vbp => Some(Tense::Present),
        // "troops deployed last week", headline "Minister arrested": a bare participle tells of the past.
        Tag::Vbn
            if tree.child_by(verb, Dep::Aux).is_none() && matches!(tree.dep(verb), Dep::Acl | Dep::Root) =>
        {
            Some(Tense::Past)
        }
        // Headline infinitive: "Putin to visit India".
        Tag::Vb if tree.is_root(verb) && tree.is_infinitive(verb) => Some(Tense::Future),
        _ => None,
    }
}

/// The tokens of a clause or phrase, without clauses that hang on it.
fn span(tree: &Tree<'_>, head: usize) -> Range<usize> {
    let (low, high) = tree.extent(head);
    low..high + 1
}

impl Proposition {
    /// Heads of the arguments with this role, the predicate's own before shared ones.
    pub fn role<'a>(&'a self, role: &'a Role) -> impl Iterator<Item = usize> + 'a {
        self.arguments.iter().filter(move |a| a.role == *role).map(|a| a.head)
    }
}
