//! Operator words: what stands over a proposition and changes whether, when or on whose word it is the
//! case. Read from `operators/en/*.toml`; `knowledge/operators/README.md` tells how the files are written.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::{Files, KnowledgeError};

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What stands over a proposition.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum OperatorKind { $($(#[$doc])* $variant),* }

        impl OperatorKind {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in the data files.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

kinds! {
    /// Somebody says so: said, according to.
    Speaker = "speaker",
    /// Told at second hand or without proof: reportedly, accused of, allegedly.
    Hearsay = "hearsay",
    /// Denied by somebody.
    Denial = "denial",
    /// May, might, could; perhaps, possible.
    Possibility = "possibility",
    /// Likely, is expected to.
    Likelihood = "likelihood",
    /// Unlikely, doubts that.
    Doubt = "doubt",
    /// Plans to, intends to, is due to, is to, will.
    Plan = "plan",
    /// Wants, hopes.
    Wish = "wish",
    /// Asks, urges, must, should.
    Request = "request",
    /// Offers, invites, proposes, considers.
    Proposal = "proposal",
    Agreement = "agreement",
    Promise = "promise",
    Threat = "threat",
    /// Refuses, rules out.
    Refusal = "refusal",
    Attempt = "attempt",
    /// Fails to, forgets to, is prevented from: it did not come about.
    Failure = "failure",
    /// Manages to, is forced to: it came about.
    Success = "success",
    /// Regrets, knows, condemns: it is taken for granted, denied or not.
    Factive = "factive",
    Start = "start",
    Continuation = "continuation",
    End = "end",
    Postponement = "postponement",
    Cancellation = "cancellation",
    Negation = "negation",
    /// It hangs on a condition.
    Condition = "condition",
    /// It is itself the condition, or one of several cases.
    Hypothesis = "hypothesis",
    /// Although, despite: it is taken for granted.
    Concession = "concession",
    Question = "question",
    /// Than, as if, instead of.
    Comparison = "comparison",
    Purpose = "purpose",
    /// Before, until: not yet when the other is the case.
    Prospective = "prospective",
    /// Would have, could have.
    Counterfactual = "counterfactual",
    /// What one attends, hosts or travels to: it takes place whether one does or not, and lies ahead if that does.
    Attendance = "attendance",
    /// Told as what generally happens.
    Generic = "generic",
}

/// What an implicative says of its complement (Nairn, Condoravdi and Karttunen 2006).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Holds,
    HoldsNot,
    Open,
}

/// What is said of the complement where the operator is affirmed, and where it is denied: `+-` for "manage to".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    pub affirmed: Sign,
    pub denied: Sign,
}

/// The word class of an operator word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WordClass {
    Verb,
    Noun,
    Adjective,
    Adverb,
    Modal,
    /// Words that open a clause: if, unless, before.
    Subordinator,
    /// Prepositions over a gerund or an event noun: without, despite.
    Preposition,
}

/// A group of words that do the same to what they govern.
#[derive(Clone, Debug)]
pub struct OperatorEntry {
    pub id: String,
    pub kind: OperatorKind,
    pub signature: Option<Signature>,
    /// How the complement stands to the word: `to`, `that`, `whether`, `ing`, `object`, `subject`, `bare`, or a preposition.
    /// Empty: any way.
    pub over: Vec<String>,
    /// The event noun under the verb has the verb's subject for its own.
    pub shares: bool,
    pub yes: Vec<Example>,
    pub no: Vec<Example>,
    /// Path in the knowledge folder and line.
    pub place: (String, usize),
}

impl OperatorEntry {
    /// The operator governs complements of this form.
    #[must_use]
    pub fn governs(&self, form: &str) -> bool {
        self.over.is_empty() || self.over.iter().any(|o| o == form)
    }
}

/// An example of an operator: the status that the fold must give a word's proposition.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub text: String,
    /// The predicate, as it stands in the text.
    pub of: String,
    pub status: String,
}

/// The operator words, indexed for look-up.
#[derive(Clone, Debug, Default)]
pub struct Operators {
    entries: Vec<OperatorEntry>,
    by_word: BTreeMap<WordClass, BTreeMap<String, Vec<usize>>>,
    light: BTreeSet<String>,
    occurrence: BTreeSet<String>,
    subject_control: BTreeSet<String>,
    object_control: BTreeSet<String>,
    prepositions: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OperatorFile {
    #[serde(default)]
    operator: Vec<Spanned<Row>>,
    #[serde(default)]
    light: LightRow,
    #[serde(default)]
    control: ControlRow,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct LightRow {
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    occurrence: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ControlRow {
    #[serde(default)]
    subject: Vec<String>,
    #[serde(default)]
    object: Vec<String>,
    #[serde(default)]
    prepositions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    kind: String,
    signature: Option<String>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    adverbs: Vec<String>,
    #[serde(default)]
    modals: Vec<String>,
    #[serde(default)]
    subordinators: Vec<String>,
    #[serde(default)]
    prepositions: Vec<String>,
    #[serde(default)]
    over: Vec<String>,
    #[serde(default)]
    shares: bool,
    #[serde(default)]
    yes: Vec<Example>,
    #[serde(default)]
    no: Vec<Example>,
}

impl Operators {
    /// Reads the operator words of a knowledge folder.
    ///
    /// # Errors
    /// A file that is not TOML of the right shape, an unknown kind or signature, a group without words or
    /// examples, or an id given twice.
    pub fn load(files: &Files) -> Result<Self, KnowledgeError> {
        let mut out = Self::default();
        for (path, bytes) in files.under("operators/en/") {
            let text = super::utf8(path, bytes)?;
            let file: OperatorFile = super::parse_toml(path, text)?;
            for row in file.operator {
                let line = super::line_of(text, row.span().start);
                let fail = |message| KnowledgeError { file: path.to_owned(), line, message };
                out.push(row.into_inner(), (path.to_owned(), line)).map_err(fail)?;
            }
            out.light.extend(file.light.verbs);
            out.occurrence.extend(file.light.occurrence);
            out.subject_control.extend(file.control.subject);
            out.object_control.extend(file.control.object);
            out.prepositions.extend(file.control.prepositions);
        }
        Ok(out)
    }

    fn push(&mut self, row: Row, place: (String, usize)) -> Result<(), String> {
        let id = &row.id;
        if let Some(earlier) = self.entries.iter().find(|e| e.id == *id) {
            let (file, line) = &earlier.place;
            return Err(format!("operator `{id}` stands already at {file}:{line}; give it another id"));
        }
        let kind = OperatorKind::from_name(&row.kind)
            .ok_or_else(|| format!("operator `{id}`: `{}` is no kind of operator", row.kind))?;
        let signature = match row.signature.as_deref() {
            None => None,
            Some(text) => Some(Signature::parse(text).ok_or_else(|| {
                format!("operator `{id}`: write the signature as two of + - o, like \"+-\"")
            })?),
        };
        if row.yes.is_empty() {
            return Err(format!("operator `{id}`: give it at least one `yes` example"));
        }
        let words = [
            (WordClass::Verb, row.verbs),
            (WordClass::Noun, row.nouns),
            (WordClass::Adjective, row.adjectives),
            (WordClass::Adverb, row.adverbs),
            (WordClass::Modal, row.modals),
            (WordClass::Subordinator, row.subordinators),
            (WordClass::Preposition, row.prepositions),
        ];
        if words.iter().all(|(_, list)| list.is_empty()) {
            return Err(format!("operator `{id}`: it has no words"));
        }
        let index = self.entries.len();
        for (class, list) in words {
            let of_class = self.by_word.entry(class).or_default();
            for word in list {
                of_class.entry(word).or_default().push(index);
            }
        }
        self.entries.push(OperatorEntry {
            id: row.id,
            kind,
            signature,
            over: row.over,
            shares: row.shares,
            yes: row.yes,
            no: row.no,
            place,
        });
        Ok(())
    }

    /// All groups, in file order.
    #[must_use]
    pub fn entries(&self) -> &[OperatorEntry] {
        &self.entries
    }

    /// The groups that hold a word.
    pub fn of<'k>(
        &'k self,
        class: WordClass,
        word: &str,
    ) -> impl Iterator<Item = &'k OperatorEntry> + use<'k> {
        let found = self.by_word.get(&class).and_then(|words| words.get(word));
        found.into_iter().flatten().map(|&i| &self.entries[i])
    }

    /// The first group that holds a word and governs this form of complement.
    #[must_use]
    pub fn governing(&self, class: WordClass, word: &str, form: &str) -> Option<&OperatorEntry> {
        self.of(class, word).find(|e| e.governs(form))
    }

    /// A verb that says little itself, with its particle: "pay", "carry out".
    #[must_use]
    pub fn is_light(&self, verb: &str) -> bool {
        self.light.contains(verb)
    }

    /// A verb that says of its subject that it takes place.
    #[must_use]
    pub fn is_occurrence(&self, verb: &str) -> bool {
        self.occurrence.contains(verb)
    }

    /// Such a verb of two words: "take place".
    #[must_use]
    pub fn is_occurrence_pair(&self, verb: &str, word: &str) -> bool {
        self.occurrence.iter().any(|o| o.split(' ').take(2).eq([verb, word]))
    }

    /// The infinitive under this verb has the verb's subject although an object stands by.
    #[must_use]
    pub fn is_subject_control(&self, verb: &str) -> bool {
        self.subject_control.contains(verb)
    }

    /// The gerund under this verb's preposition has the verb's object for its subject.
    #[must_use]
    pub fn is_object_control(&self, verb: &str) -> bool {
        self.object_control.contains(verb)
    }

    /// A preposition under which a gerund can have the object for its subject.
    #[must_use]
    pub fn is_object_preposition(&self, preposition: &str) -> bool {
        self.prepositions.contains(preposition)
    }

    /// "plan", "decision", "threat": the infinitive on the noun is what is planned, decided, threatened.
    #[must_use]
    pub fn noun_takes_infinitive(&self, noun: &str) -> bool {
        self.governing(WordClass::Noun, noun, "to").is_some()
    }

    /// The event noun under this verb has its subject and phrases.
    #[must_use]
    pub fn shares_arguments(&self, verb: &str) -> bool {
        self.of(WordClass::Verb, verb).any(|e| e.shares)
    }
}

impl Signature {
    fn parse(text: &str) -> Option<Self> {
        let sign = |c| match c {
            '+' => Some(Sign::Holds),
            '-' => Some(Sign::HoldsNot),
            'o' => Some(Sign::Open),
            _ => None,
        };
        let mut chars = text.chars();
        let out = Self { affirmed: sign(chars.next()?)?, denied: sign(chars.next()?)? };
        chars.next().is_none().then_some(out)
    }
}
