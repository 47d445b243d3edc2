//! From a dependency parse to propositions: predicates with roles in grammatical terms, the same for
//! every construction, and the stack of operators over each. Knows no news.

use std::ops::Range;

use chancery_time::Tense;

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

/// What stands over a proposition and changes whether, when or on whose word it is the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OperatorKind {
    /// Somebody says so.
    Speaker,
    /// May, might, could; perhaps, reportedly.
    Possibility,
    /// Likely, is expected to.
    Likelihood,
    /// Unlikely.
    Doubt,
    /// Plans to, intends to, is due to, is to, will.
    Plan,
    Wish,
    Request,
    /// Offers, invites, proposes, considers.
    Proposal,
    Agreement,
    Promise,
    Threat,
    Refusal,
    Attempt,
    Failure,
    Success,
    Start,
    Continuation,
    End,
    Postponement,
    Cancellation,
    Negation,
    Condition,
    Concession,
    Question,
    Comparison,
    Purpose,
    /// Before, until: not yet.
    Prospective,
    Counterfactual,
    Denial,
    Generic,
}

/// One operator over a proposition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    pub kind: OperatorKind,
    /// The words that bring it in.
    pub tokens: Range<usize>,
    /// Index of the proposition that is the operator, or its condition, where there is one.
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
    pub tense: Tense,
    pub perfect: bool,
    pub progressive: bool,
    pub passive: bool,
    /// Tokens of the clause or phrase, without clauses that are propositions of their own.
    pub span: Range<usize>,
}

impl Proposition {
    /// Heads of the arguments with this role.
    pub fn role<'a>(&'a self, role: &'a Role) -> impl Iterator<Item = usize> + 'a {
        self.arguments.iter().filter(move |a| a.role == *role).map(|a| a.head)
    }
}
