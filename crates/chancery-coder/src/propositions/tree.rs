//! The dependency tree that propositions are read from: the parse with its repairs, and ways to walk it.

use chancery_syntax::{Dep, Document, Pos, Tag};

use super::repairs;

/// How far up a walk goes. Real sentences stay far below; it keeps hostile input linear.
pub(super) const CLIMB: usize = 40;

/// A document's heads and labels after repair. Tokens stay the document's.
pub(super) struct Tree<'a> {
    pub(super) doc: &'a Document,
    head: Vec<usize>,
    dep: Vec<Dep>,
    starts: Vec<usize>,
    children: Vec<usize>,
    /// For each token the extent of what hangs on it, clauses of their own left out.
    extent: Vec<(usize, usize)>,
    /// What was changed: token and id of the repair.
    pub(super) repaired: Vec<(usize, &'static str)>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(doc: &'a Document) -> Self {
        let n = doc.tokens().len();
        let mut tree = Self {
            doc,
            head: (0..n).map(|i| doc.head(i)).collect(),
            dep: (0..n).map(|i| doc.dep(i)).collect(),
            starts: Vec::new(),
            children: Vec::new(),
            extent: Vec::new(),
            repaired: Vec::new(),
        };
        tree.index();
        let edits = repairs::find(&tree);
        if !edits.is_empty() {
            for edit in edits {
                // An edit never makes a loop: it is dropped if the new head hangs on the token.
                if edit.head != edit.token && tree.hangs_on(edit.head, edit.token) {
                    continue;
                }
                tree.head[edit.token] = edit.head;
                tree.dep[edit.token] = edit.dep;
                tree.repaired.push((edit.token, edit.rule));
            }
            tree.index();
        }
        tree.measure();
        tree
    }

    fn hangs_on(&self, mut token: usize, on: usize) -> bool {
        loop {
            if token == on {
                return true;
            }
            let head = self.head[token];
            if head == token {
                return false;
            }
            token = head;
        }
    }

    fn index(&mut self) {
        let n = self.head.len();
        self.starts = vec![0; n + 1];
        for i in (0..n).filter(|&i| self.head[i] != i) {
            self.starts[self.head[i] + 1] += 1;
        }
        for i in 0..n {
            self.starts[i + 1] += self.starts[i];
        }
        let mut next = self.starts.clone();
        self.children = vec![0; self.starts[n]];
        for i in (0..n).filter(|&i| self.head[i] != i) {
            self.children[next[self.head[i]]] = i;
            next[self.head[i]] += 1;
        }
    }

    /// Extents bottom-up: every token is seen after all that hangs on it.
    fn measure(&mut self) {
        let n = self.head.len();
        self.extent = (0..n).map(|i| (i, i)).collect();
        let mut order: Vec<usize> = (0..n).filter(|&i| self.head[i] == i).collect();
        let mut at = 0;
        while at < order.len() {
            let (from, to) = (self.starts[order[at]], self.starts[order[at] + 1]);
            order.extend_from_slice(&self.children[from..to]);
            at += 1;
        }
        for &i in order.iter().rev() {
            if self.head[i] != i && !self.is_own_clause(i) {
                let (low, high) = self.extent[i];
                let of_head = &mut self.extent[self.head[i]];
                *of_head = (of_head.0.min(low), of_head.1.max(high));
            }
        }
    }

    /// A clause that hangs on another or on a noun, and makes a proposition of its own.
    fn is_own_clause(&self, i: usize) -> bool {
        match self.dep[i] {
            Dep::Ccomp
            | Dep::Advcl
            | Dep::Relcl
            | Dep::Parataxis
            | Dep::Acl
            | Dep::Csubj
            | Dep::Csubjpass
            | Dep::Punct => true,
            Dep::Conj | Dep::Dep => self.is_verb(i),
            _ => false,
        }
    }

    pub(super) fn extent(&self, i: usize) -> (usize, usize) {
        self.extent[i]
    }

    pub(super) fn len(&self) -> usize {
        self.head.len()
    }

    pub(super) fn head(&self, i: usize) -> usize {
        self.head[i]
    }

    pub(super) fn dep(&self, i: usize) -> Dep {
        self.dep[i]
    }

    pub(super) fn tag(&self, i: usize) -> Tag {
        self.doc.tag(i)
    }

    pub(super) fn pos(&self, i: usize) -> Pos {
        self.doc.pos(i)
    }

    pub(super) fn lemma(&self, i: usize) -> &'a str {
        self.doc.lemma(i)
    }

    pub(super) fn lower(&self, i: usize) -> String {
        self.doc.word(i).to_lowercase()
    }

    /// The word is this one, whatever its capitals.
    pub(super) fn is_word(&self, i: usize, word: &str) -> bool {
        self.doc.word(i).eq_ignore_ascii_case(word)
    }

    pub(super) fn children(&self, i: usize) -> &[usize] {
        &self.children[self.starts[i]..self.starts[i + 1]]
    }

    pub(super) fn children_by(&self, i: usize, dep: Dep) -> impl Iterator<Item = usize> + '_ {
        self.children(i).iter().copied().filter(move |&c| self.dep[c] == dep)
    }

    pub(super) fn child_by(&self, i: usize, dep: Dep) -> Option<usize> {
        self.children_by(i, dep).next()
    }

    pub(super) fn is_root(&self, i: usize) -> bool {
        self.head[i] == i
    }

    /// A word with a verb's tag, copulas and full verbs "have" and "do" among them.
    pub(super) fn is_verb(&self, i: usize) -> bool {
        self.dep[i] != Dep::Mark
            && matches!(self.tag(i), Tag::Vb | Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Vbp | Tag::Vbz)
            && !matches!(self.dep[i], Dep::Aux | Dep::Auxpass)
    }

    pub(super) fn is_noun(&self, i: usize) -> bool {
        matches!(self.pos(i), Pos::Noun | Pos::Propn)
    }

    pub(super) fn is_copula(&self, i: usize) -> bool {
        self.lemma(i) == "be"
    }

    /// The first of a chain of coordinated words.
    pub(super) fn first_conjunct(&self, mut i: usize) -> usize {
        for _ in 0..CLIMB {
            if self.dep[i] != Dep::Conj || self.is_root(i) {
                break;
            }
            i = self.head[i];
        }
        i
    }

    /// "to" before an infinitive.
    pub(super) fn is_infinitive(&self, i: usize) -> bool {
        self.children_by(i, Dep::Aux).any(|c| self.tag(c) == Tag::To)
    }

    /// A finite or subjunctive clause: with a subordinator, a modal, or a finite verb.
    pub(super) fn is_finite(&self, i: usize) -> bool {
        matches!(self.tag(i), Tag::Vbd | Tag::Vbp | Tag::Vbz)
            || self.children(i).iter().any(|&c| {
                matches!(self.dep[c], Dep::Aux | Dep::Auxpass)
                    && matches!(self.tag(c), Tag::Md | Tag::Vbd | Tag::Vbp | Tag::Vbz)
            })
    }
}
