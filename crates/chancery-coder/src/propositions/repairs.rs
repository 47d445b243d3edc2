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
