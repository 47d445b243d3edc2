//! Who stands in which role of a predicate, the same for active and passive, relative, participle,
//! control, coordination, nominalisation and light verb.

use chancery_syntax::{Dep, EntityLabel, Pos, Tag};

use super::operators::{Governor, Relation};
use super::tree::{CLIMB, Tree};
use super::{Argument, Role};
use crate::knowledge::operators::{OperatorKind, Operators, WordClass};

/// Finds subjects and arguments; remembers the subject of each verb that was asked for.
pub(super) struct Roles<'t, 'a> {
    tree: &'t Tree<'a>,
    k: &'t Operators,
    surface: Vec<Option<Option<usize>>>,
}

impl<'t, 'a> Roles<'t, 'a> {
    pub(super) fn new(tree: &'t Tree<'a>, k: &'t Operators) -> Self {
        Self { tree, k, surface: vec![None; tree.len()] }
    }

    /// The verb stands in the passive: with its auxiliary, as a bare participle after a noun, or in a headline.
    pub(super) fn is_passive(&self, v: usize) -> bool {
        let tree = self.tree;
        if tree
            .children(v)
            .iter()
            .any(|&c| matches!(tree.dep(c), Dep::Auxpass | Dep::Nsubjpass | Dep::Csubjpass))
        {
            return true;
        }
        if tree.tag(v) != Tag::Vbn {
            // "were closed": the tagger takes some participles for past tenses.
            return tree.tag(v) == Tag::Vbd
                && tree.dep(v) == Dep::Acl
                && tree.child_by(v, Dep::Dobj).is_none();
        }
        if tree.child_by(v, Dep::Aux).is_some() {
            return false;
        }
        match tree.dep(v) {
            Dep::Acl | Dep::Amod | Dep::Advcl | Dep::Relcl | Dep::Oprd => true,
            Dep::Conj => tree.child_by(v, Dep::Nsubj).is_none() && self.is_passive(tree.head(v)),
            _ => tree.child_by(v, Dep::Dobj).is_none(),
        }
    }

    /// The noun phrase that stands as the verb's subject on the surface, by its head; found through
    /// relatives, participles, control, raising and coordination where the verb has none of its own.
    pub(super) fn surface_subject(&mut self, v: usize) -> Option<usize> {
        self.surface_within(v, 0)
    }

    fn surface_within(&mut self, v: usize, depth: usize) -> Option<usize> {
        if let Some(known) = self.surface[v] {
            return known;
        }
        if depth > CLIMB {
            return None;
        }
        let found = self.find_surface(v, depth);
        self.surface[v] = Some(found);
        found
    }

    fn find_surface(&mut self, v: usize, depth: usize) -> Option<usize> {
        let tree = self.tree;
        if let Some(own) =
            tree.children(v).iter().copied().find(|&c| matches!(tree.dep(c), Dep::Nsubj | Dep::Nsubjpass))
        {
            return Some(self.antecedent(own, v));
        }
        if tree.children(v).iter().any(|&c| matches!(tree.dep(c), Dep::Csubj | Dep::Csubjpass | Dep::Expl)) {
            return None;
        }
        let head = tree.head(v);
        match tree.dep(v) {
            Dep::Xcomp | Dep::Ccomp | Dep::Acomp | Dep::Oprd | Dep::Attr if !tree.is_root(v) => {
                self.controller(head, v, depth)
            }
            Dep::Conj | Dep::Advcl | Dep::Dep | Dep::Prep if !tree.is_root(v) => {
                if tree.is_verb(head) {
                    self.surface_within(head, depth + 1)
                } else if tree.pos(head) == Pos::Adj {
                    self.surface_within(tree.head(head), depth + 1)
                } else {
                    None
                }
            }
            Dep::Pcomp => self.after_preposition(head, depth),
            Dep::Acl => self.of_noun_clause(v, head, depth),
            Dep::Relcl => {
                // "the man to see", "the first to come": an infinitive without a pronoun of its own.
                tree.is_infinitive(v).then_some(head)
            }
            _ => None,
        }
    }

    /// Subject of an infinitive or gerund that a verb or adjective governs.
    fn controller(&mut self, head: usize, v: usize, depth: usize) -> Option<usize> {
        let tree = self.tree;
        if tree.is_verb(head) {
            let object = tree.children(head).iter().copied().find(|&c| {
                matches!(tree.dep(c), Dep::Dobj | Dep::Dative)
                    && (tree.is_noun(c) || tree.pos(c) == Pos::Pron)
            });
            if let Some(object) = object
                && !self.is_passive(head)
                && object < v
                && !self.k.is_subject_control(tree.lemma(head))
            {
                return Some(self.antecedent(object, head));
            }
            // "called on Russia to withdraw"
            let asked = || {
                tree.children_by(head, Dep::Prep)
                    .find(|&p| p < v && matches!(tree.lemma(p), "on" | "upon" | "to" | "with" | "for"))
            };
            if self
                .k
                .governing(WordClass::Verb, &self.verb_lemma(head), "to")
                .is_some_and(|e| e.kind == OperatorKind::Request)
                && !self.is_passive(head)
                && let Some(object) = asked().and_then(|p| tree.child_by(p, Dep::Pobj))
            {
                return Some(self.antecedent(object, head));
            }
            return self.surface_within(head, depth + 1);
        }
        // "is likely to visit", "has no plans to visit": the copula or light verb has the subject.
        if tree.is_noun(head) {
            return self.of_noun_clause(v, head, depth);
        }
        if tree.is_root(head) { None } else { self.surface_within(tree.head(head), depth + 1) }
    }

    /// Subject of a gerund after a preposition: of the verb over it, or its object ("accused Russia of shelling").
    fn after_preposition(&mut self, prep: usize, depth: usize) -> Option<usize> {
        let tree = self.tree;
        let over = tree.head(prep);
        if over == prep {
            return None;
        }
        if tree.is_verb(over) {
            let object = tree.child_by(over, Dep::Dobj);
            if let Some(object) = object
                && self.k.is_object_preposition(tree.lemma(prep))
                && !self.is_passive(over)
                && self.k.is_object_control(tree.lemma(over))
            {
                return Some(self.antecedent(object, over));
            }
            return self.surface_within(over, depth + 1);
        }
        if tree.is_noun(over) {
            return self.owner(over, depth);
        }
        if tree.is_root(over) { None } else { self.surface_within(tree.head(over), depth + 1) }
    }

    /// Subject of a clause that hangs on a noun: the noun itself for a participle, its owner for the infinitive
    /// of a plan, decision or threat.
    fn of_noun_clause(&mut self, v: usize, noun: usize, depth: usize) -> Option<usize> {
        let tree = self.tree;
        if !tree.is_infinitive(v) {
            return Some(noun);
        }
        if self.k.noun_takes_infinitive(tree.lemma(noun)) {
            return self.owner(noun, depth);
        }
        Some(noun)
    }

    /// Whose plan, threat or decision: possessor, nationality, or the subject of the verb over the noun.
    fn owner(&mut self, noun: usize, depth: usize) -> Option<usize> {
        let tree = self.tree;
        if let Some(owner) = self.possessors(noun).into_iter().next() {
            return Some(owner);
        }
        let of = tree.children_by(noun, Dep::Prep).filter(|&p| matches!(tree.lemma(p), "by" | "from"));
        if let Some(object) = of.filter_map(|p| tree.child_by(p, Dep::Pobj)).next() {
            return Some(object);
        }
        let noun = tree.first_conjunct(noun);
        let head = tree.head(noun);
        if head == noun {
            return None;
        }
        match tree.dep(noun) {
            Dep::Dobj | Dep::Attr if tree.is_verb(head) => self.surface_within(head, depth + 1),
            Dep::Pobj => {
                let over = tree.head(head);
                if over != head && tree.is_verb(over) { self.surface_within(over, depth + 1) } else { None }
            }
            _ => None,
        }
    }

    /// A relative pronoun gives the noun that it stands for.
    fn antecedent(&self, token: usize, verb: usize) -> usize {
        let tree = self.tree;
        if !matches!(tree.tag(token), Tag::Wdt | Tag::Wp) && !tree.is_word(token, "that") {
            return token;
        }
        let mut at = verb;
        for _ in 0..CLIMB {
            match tree.dep(at) {
                Dep::Relcl => return tree.head(at),
                Dep::Conj | Dep::Xcomp | Dep::Ccomp | Dep::Prep | Dep::Pobj if !tree.is_root(at) => {
                    at = tree.head(at);
                }
                _ => break,
            }
        }
        token
    }

    /// Possessive, nationality adjective, proper compound ("the Modi–Putin meeting"), by their heads.
    pub(super) fn possessors(&self, noun: usize) -> Vec<usize> {
        let tree = self.tree;
        let mut out = Vec::new();
        for &c in tree.children(noun) {
            match tree.dep(c) {
                Dep::Poss if !self.is_time(c) => out.push(c),
                Dep::Amod | Dep::Nmod if self.is_people(c) => self.with_hyphenated(c, &mut out),
                Dep::Compound | Dep::Nmod if tree.pos(c) == Pos::Propn && !self.is_time(c) => {
                    self.with_hyphenated(c, &mut out);
                }
                _ => {}
            }
        }
        out
    }

    /// "Modi-Putin": the part before the hyphen hangs on the part after it.
    fn with_hyphenated(&self, last: usize, out: &mut Vec<usize>) {
        let tree = self.tree;
        if last >= 2 && matches!(tree.doc.word(last - 1), "-" | "–" | "—" | "/") {
            let first = last - 2;
            if tree.head(first) == last || tree.head(first) == tree.head(last) {
                out.push(first);
            }
        }
        if !out.contains(&last) {
            out.push(last);
        }
    }

    fn entity(&self, token: usize) -> Option<EntityLabel> {
        let entities = self.tree.doc.entities();
        let at = entities.partition_point(|e| e.tokens.end <= token);
        entities.get(at).filter(|e| e.tokens.contains(&token)).map(|e| e.label)
    }

    /// A nationality: "Russian", "Franco".
    fn is_people(&self, token: usize) -> bool {
        matches!(self.entity(token), Some(EntityLabel::Norp | EntityLabel::Gpe))
    }

    /// A date or time: "Monday's meeting", "met Monday".
    pub(super) fn is_time(&self, token: usize) -> bool {
        matches!(self.entity(token), Some(EntityLabel::Date | EntityLabel::Time))
    }

    /// The verb as the word lists know it, with its particle.
    pub(super) fn verb_lemma(&self, v: usize) -> String {
        let tree = self.tree;
        let mut lemma = tree.lemma(v).to_lowercase();
        // The lemmatiser takes "hopes" for a form of "hop"; the lists know better.
        let longer = format!("{lemma}e");
        if self.k.of(WordClass::Verb, &longer).next().is_some() && tree.lower(v).starts_with(&longer) {
            lemma = longer;
        }
        match tree.child_by(v, Dep::Prt) {
            Some(particle) => format!("{lemma} {}", tree.lower(particle)),
            None => lemma,
        }
    }

    /// The verb says no more of the noun than that it takes place: a light verb over its object, a verb of
    /// occurrence over its subject.
    pub(super) fn carries(&self, verb: usize, relation: Relation) -> bool {
        match relation {
            Relation::Object => self.k.is_light(&self.verb_lemma(verb)),
            Relation::Subject => self.is_occurrence(verb),
        }
    }

    /// The verb says something of the event noun under it and shares subject and phrases with it:
    /// "Germany postponed talks with France on Monday".
    pub(super) fn shares_arguments(&self, v: usize) -> bool {
        self.k.shares_arguments(&self.verb_lemma(v))
    }

    /// The verb is an operator over an event noun that is its object.
    pub(super) fn is_over_object(&self, v: usize) -> bool {
        self.k.governing(WordClass::Verb, &self.verb_lemma(v), "object").is_some()
    }

    fn is_occurrence(&self, v: usize) -> bool {
        let tree = self.tree;
        if tree.is_copula(v) {
            // "The meeting was on Monday"; "there was a meeting".
            return tree.child_by(v, Dep::Expl).is_some()
                || !tree
                    .children(v)
                    .iter()
                    .any(|&c| matches!(tree.dep(c), Dep::Attr | Dep::Acomp | Dep::Xcomp | Dep::Expl))
                    && tree.child_by(v, Dep::Prep).or(tree.child_by(v, Dep::Npadvmod)).is_some();
        }
        let lemma = self.verb_lemma(v);
        if self.k.is_occurrence(&lemma) {
            return true;
        }
        // "take place": the noun is part of the verb.
        tree.children(v).iter().any(|&c| {
            matches!(tree.dep(c), Dep::Dobj | Dep::Advmod | Dep::Prep)
                && self.k.is_occurrence_pair(tree.lemma(v), tree.lemma(c))
        })
    }

    /// The arguments of a verb, adjective or copula.
    pub(super) fn of_verb(&mut self, v: usize) -> Vec<Argument> {
        let tree = self.tree;
        let mut out = Vec::new();
        let passive = self.is_passive(v);
        let own_subject =
            tree.children(v).iter().any(|&c| matches!(tree.dep(c), Dep::Nsubj | Dep::Nsubjpass));
        let surface = self.surface_subject(v);
        if let Some(subject) = surface {
            let recipient = passive && tree.child_by(v, Dep::Dobj).is_some();
            let role = if !passive {
                Role::Subject
            } else if recipient {
                Role::Recipient
            } else {
                Role::Object
            };
            let shared = !own_subject || tree.head(subject) != v;
            out.push(Argument { role, head: subject, shared });
        }
        self.complements(v, passive, &mut out);
        let has_object = out.iter().any(|a| a.role == Role::Object);
        if !has_object {
            self.missing_object(v, surface, &mut out);
        }
        // A PP on the object is often the verb's own: "met Putin in Moscow".
        let objects: Vec<usize> =
            tree.children_by(v, Dep::Dobj).chain(tree.children_by(v, Dep::Nsubjpass)).collect();
        for object in objects {
            self.preps(object, true, &mut out);
        }
        self.nested(&mut out);
        out
    }

    /// Complements that hang on the verb itself.
    fn complements(&mut self, v: usize, passive: bool, out: &mut Vec<Argument>) {
        let tree = self.tree;
        let children: Vec<usize> = tree.children(v).to_vec();
        for c in children {
            let own = |role, head| Argument { role, head, shared: false };
            match tree.dep(c) {
                Dep::Dobj => out.push(own(Role::Object, self.antecedent(c, v))),
                Dep::Dative if tree.pos(c) == Pos::Adp => {
                    for object in tree.children_by(c, Dep::Pobj) {
                        out.push(own(Role::Recipient, object));
                        out.push(own(Role::Prep(tree.lower(c)), object));
                    }
                }
                Dep::Dative => out.push(own(Role::Recipient, self.antecedent(c, v))),
                Dep::Agent => {
                    for object in
                        tree.children(c).iter().filter(|&&o| matches!(tree.dep(o), Dep::Pobj | Dep::Pcomp))
                    {
                        let head = self.antecedent(*object, v);
                        out.push(own(if passive { Role::Subject } else { Role::Prep("by".into()) }, head));
                    }
                }
                Dep::Attr | Dep::Oprd | Dep::Acomp => out.push(own(Role::Predicative, c)),
                Dep::Ccomp | Dep::Xcomp => out.push(own(Role::Clause, c)),
                Dep::Csubj | Dep::Csubjpass => out.push(own(Role::Clause, c)),
                _ => {}
            }
        }
        self.preps(v, false, out);
    }

    /// Prepositional phrases that hang on a token, each with its preposition in small letters; chains
    /// ("out of", "ahead of", "according to") are one preposition.
    pub(super) fn preps(&self, on: usize, shared: bool, out: &mut Vec<Argument>) {
        let tree = self.tree;
        for &c in tree.children(on) {
            let chained = tree.children_by(c, Dep::Prep).find(|&p| p == c + 1);
            match tree.dep(c) {
                Dep::Prep => {}
                // "ahead of the summit", "together with Macron"
                Dep::Advmod if chained.is_some() => {}
                _ => continue,
            }
            let mut name = tree.lower(c);
            let mut at = c;
            while let Some(next) = tree.children_by(at, Dep::Prep).find(|&p| p == at + 1) {
                name = format!("{name} {}", tree.lower(next));
                at = next;
                if name.len() > 40 {
                    break;
                }
            }
            for &object in tree.children(at) {
                if matches!(tree.dep(object), Dep::Pobj | Dep::Pcomp) {
                    out.push(Argument {
                        role: Role::Prep(name.clone()),
                        head: self.antecedent(object, on),
                        shared,
                    });
                }
            }
        }
    }

    /// Phrases that hang on the object of another and may be the predicate's own: "a meeting between the leaders in Paris".
    fn nested(&self, out: &mut Vec<Argument>) {
        let outer: Vec<usize> =
            out.iter().filter(|a| matches!(a.role, Role::Prep(_) | Role::Subject)).map(|a| a.head).collect();
        for head in outer {
            if self.tree.dep(head) == Dep::Pobj {
                self.preps(head, true, out);
            }
        }
    }

    /// The object that a relative clause or a coordination leaves out: "the treaty Russia signed", "met and praised Putin".
    fn missing_object(&mut self, v: usize, surface: Option<usize>, out: &mut Vec<Argument>) {
        let tree = self.tree;
        // The relative clause may hold the verb deeper: "talks the minister wants to hold".
        let mut at = v;
        for _ in 0..CLIMB {
            match tree.dep(at) {
                Dep::Xcomp | Dep::Ccomp => at = tree.head(at),
                Dep::Relcl => {
                    let antecedent = tree.head(at);
                    let has_preposition_gap = self.strands_preposition(v);
                    if surface.is_some()
                        && surface != Some(antecedent)
                        && !has_preposition_gap
                        && !self.is_adverbial_relative(at)
                    {
                        out.push(Argument { role: Role::Object, head: antecedent, shared: true });
                    }
                    return;
                }
                _ => break,
            }
        }
        // "met and praised Putin": the second verb has the object, nothing but the conjunction stands between.
        let second = tree.children_by(v, Dep::Conj).find(|&c| tree.is_verb(c));
        if let Some(second) = second
            && tree
                .children(v)
                .iter()
                .all(|&c| c < v || matches!(tree.dep(c), Dep::Cc | Dep::Conj | Dep::Punct | Dep::Advmod))
            && second <= v + 3
            && let Some(object) = tree.child_by(second, Dep::Dobj)
        {
            out.push(Argument { role: Role::Object, head: self.antecedent(object, second), shared: true });
        }
    }

    /// "the talks he spoke of"
    fn strands_preposition(&self, v: usize) -> bool {
        self.tree.children_by(v, Dep::Prep).any(|p| self.tree.children(p).is_empty())
    }

    /// "the day when …", "the city where …"
    fn is_adverbial_relative(&self, clause: usize) -> bool {
        let tree = self.tree;
        let antecedent = tree.head(clause);
        self.is_time(antecedent)
            || tree.children(clause).iter().any(|&c| {
                tree.tag(c) == Tag::Wrb
                    || tree.dep(c) == Dep::Prep
                        && tree.children(c).iter().any(|&o| matches!(tree.tag(o), Tag::Wdt | Tag::Wp))
            })
    }

    /// The arguments of a predicate noun: its own, and those of the verb that it stands under.
    pub(super) fn of_noun(
        &mut self,
        noun: usize,
        light: Option<Governor>,
        under: Option<usize>,
    ) -> Vec<Argument> {
        let tree = self.tree;
        let mut out = Vec::new();
        for head in self.possessors(noun) {
            out.push(Argument { role: Role::Possessor, head, shared: false });
        }
        for &c in tree.children(noun) {
            match tree.dep(c) {
                Dep::Compound | Dep::Nmod | Dep::Amod if tree.is_noun(c) && !self.is_time(c) => {
                    out.push(Argument { role: Role::Compound, head: c, shared: false });
                }
                Dep::Acl | Dep::Ccomp if tree.is_verb(c) && (tree.is_infinitive(c) || tree.is_finite(c)) => {
                    out.push(Argument { role: Role::Clause, head: c, shared: false });
                }
                _ => {}
            }
        }
        self.preps(noun, false, &mut out);
        for a in &mut out {
            if a.role == Role::Prep("by".into()) && !self.is_time(a.head) {
                a.role = Role::Subject;
            }
        }
        if let Some(light) = light {
            self.light_arguments(noun, light, &mut out);
        } else if let Some(verb) = under {
            let passive = self.is_passive(verb);
            let subject = if !self.shares_arguments(verb) {
                None
            } else if passive {
                tree.child_by(verb, Dep::Agent).and_then(|a| tree.child_by(a, Dep::Pobj))
            } else {
                self.surface_subject(verb)
            };
            if let Some(head) = subject.filter(|&s| s != noun && s != tree.first_conjunct(noun)) {
                out.push(Argument { role: Role::Subject, head, shared: true });
            }
            self.preps(verb, true, &mut out);
        }
        // "abstained from voting"
        if tree.tag(noun) == Tag::Vbg
            && tree.dep(noun) == Dep::Pobj
            && let Some(head) = self.after_preposition(tree.head(noun), 0)
        {
            out.push(Argument { role: Role::Subject, head, shared: true });
        }
        self.nested(&mut out);
        // "their visit and talks with Modi": coordinate nouns share what stands outside of them.
        let first = tree.first_conjunct(noun);
        if first != noun && !out.iter().any(|a| a.role == Role::Possessor) {
            for head in self.possessors(first) {
                out.push(Argument { role: Role::Possessor, head, shared: true });
            }
        }
        out
    }

    fn light_arguments(&mut self, noun: usize, light: Governor, out: &mut Vec<Argument>) {
        let tree = self.tree;
        let verb = light.verb;
        let mut add = |role: Role, head: usize| {
            if head != noun && !out.iter().any(|a| a.role == role && a.head == head) {
                out.push(Argument { role, head, shared: true });
            }
        };
        if light.relation == Relation::Object {
            if self.is_passive(verb) {
                for agent in tree.children_by(verb, Dep::Agent) {
                    for object in tree.children_by(agent, Dep::Pobj) {
                        add(Role::Subject, object);
                    }
                }
            } else if let Some(subject) = self.surface_subject(verb) {
                add(Role::Subject, subject);
            }
            for c in tree.children_by(verb, Dep::Dative) {
                if tree.pos(c) == Pos::Adp {
                    for object in tree.children_by(c, Dep::Pobj) {
                        add(Role::Recipient, object);
                        add(Role::Prep(tree.lower(c)), object);
                    }
                } else {
                    add(Role::Recipient, c);
                }
            }
        }
        let mut preps = Vec::new();
        self.preps(verb, true, &mut preps);
        for a in preps {
            if a.head != noun && !out.iter().any(|b| b.role == a.role && b.head == a.head) {
                out.push(a);
            }
        }
    }

    /// The arguments of a predicative adjective: "Russia is opposed to the plan".
    pub(super) fn of_adjective(&mut self, adjective: usize) -> Vec<Argument> {
        let tree = self.tree;
        let mut out = Vec::new();
        let copula = tree.head(adjective);
        if let Some(head) = self.surface_subject(copula) {
            out.push(Argument { role: Role::Subject, head, shared: false });
        }
        for &c in tree.children(adjective) {
            if matches!(tree.dep(c), Dep::Xcomp | Dep::Ccomp) {
                out.push(Argument { role: Role::Clause, head: c, shared: false });
            }
        }
        self.preps(adjective, false, &mut out);
        self.preps(copula, true, &mut out);
        out
    }

    /// Tokens that tell when, how often or how: adverbs, bare dates, possessive dates.
    pub(super) fn modifiers(&self, on: usize, out: &mut Vec<usize>) {
        let tree = self.tree;
        for &c in tree.children(on) {
            let is_modifier = match tree.dep(c) {
                Dep::Npadvmod | Dep::Advmod => true,
                Dep::Poss | Dep::Compound | Dep::Nmod | Dep::Amod | Dep::Appos | Dep::Nummod => {
                    self.is_time(c)
                }
                _ => false,
            };
            if is_modifier {
                out.push(c);
            }
        }
    }
}
