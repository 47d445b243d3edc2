//! Repairs of what the parser often gets wrong in news. Each is a rule with an id, stated in its
//! comment and tested; a repair changes a token's head and label, never a token.

use chancery_syntax::{Dep, EntityLabel, Tag};

use super::tree::Tree;

/// A new head and label for a token.
pub(super) struct Edit {
    pub(super) token: usize,
    pub(super) head: usize,
    pub(super) dep: Dep,
    pub(super) rule: &'static str,
}

pub(super) fn find(tree: &Tree<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    dates_are_no_objects(tree, &mut edits);
    names_are_no_adverbials(tree, &mut edits);
    conditions_hang_on_their_clause(tree, &mut edits);
    edits
}

/// `date-object`: "They met Monday": a date that stands as an object is an adverbial, unless the verb has none
/// but it and needs one ("cancelled Monday" stays ambiguous and is read as an adverbial as well).
fn dates_are_no_objects(tree: &Tree<'_>, edits: &mut Vec<Edit>) {
    for entity in tree.doc.entities() {
        if !matches!(entity.label, EntityLabel::Date | EntityLabel::Time) {
            continue;
        }
        for token in entity.tokens.clone() {
            let inside = entity.tokens.contains(&tree.head(token)) && !tree.is_root(token);
            if !inside && matches!(tree.dep(token), Dep::Dobj | Dep::Dative) && tree.tag(token) != Tag::Cd {
                edits.push(Edit { token, head: tree.head(token), dep: Dep::Npadvmod, rule: "date-object" });
            }
        }
    }
}

/// `name-adverbial`: "Germany invades France": a name right of its verb that is no date is the object, if the verb has none.
fn names_are_no_adverbials(tree: &Tree<'_>, edits: &mut Vec<Edit>) {
    for entity in tree.doc.entities() {
        if !matches!(
            entity.label,
            EntityLabel::Gpe | EntityLabel::Person | EntityLabel::Org | EntityLabel::Norp
        ) {
            continue;
        }
        for token in entity.tokens.clone() {
            let verb = tree.head(token);
            if tree.dep(token) == Dep::Npadvmod
                && verb < token
                && tree.is_verb(verb)
                && tree.child_by(verb, Dep::Dobj).is_none()
                && tree.child_by(verb, Dep::Auxpass).is_none()
            {
                edits.push(Edit { token, head: verb, dep: Dep::Dobj, rule: "name-adverbial" });
            }
        }
    }
}

/// `provided-that`: the clause after "provided that" hangs on the clause it is a condition of, with "provided" as its mark.
/// `as-long-as`: the clause after "as long as" hangs on that clause, not on "long".
fn conditions_hang_on_their_clause(tree: &Tree<'_>, edits: &mut Vec<Edit>) {
    for clause in (0..tree.len()).filter(|&t| tree.is_verb(t) && !tree.is_root(t)) {
        let over = tree.head(clause);
        if tree.is_root(over) {
            continue;
        }
        let matrix = tree.head(over);
        let provided = ["provided", "providing", "assuming"].iter().any(|w| tree.is_word(over, w));
        if provided && tree.dep(clause) == Dep::Ccomp && over < clause && tree.is_verb(matrix) {
            edits.push(Edit { token: clause, head: matrix, dep: Dep::Advcl, rule: "provided-that" });
            edits.push(Edit { token: over, head: clause, dep: Dep::Mark, rule: "provided-that" });
        }
        let long = ["long", "soon"].iter().any(|w| tree.is_word(over, w));
        if long && tree.dep(clause) == Dep::Advcl && tree.dep(over) == Dep::Advmod && tree.is_verb(matrix) {
            edits.push(Edit { token: clause, head: matrix, dep: Dep::Advcl, rule: "as-long-as" });
        }
    }
}
