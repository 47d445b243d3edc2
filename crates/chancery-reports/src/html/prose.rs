//! The prose of HTML as plain text: a paragraph a block, an empty line between, blanks collapsed.

use dom_query::{Document, NodeRef, Selection};

/// The elements that hold a block of prose when they hold no other of them.
const BLOCKS: &str = "p, h1, h2, h3, h4, h5, h6, li, blockquote, pre, dd, dt, td, div, section, article";

/// Words that begin a line which leads elsewhere.
const LEADS: &[&str] = &[
    "read also",
    "also read",
    "read more",
    "read next",
    "see also",
    "more on this",
    "more on",
    "related:",
    "related stories",
    "related articles",
    "recommended",
    "advertisement",
    "subscribe",
    "sign up",
    "follow us",
    "share this",
    "click here",
    "watch:",
    "watch |",
];

/// A line longer than this is prose, whatever its first words.
const LONGEST_LEAD: usize = 160;

/// The prose of a piece of HTML.
pub(crate) fn plain(html: &str) -> String {
    blocks(&Document::fragment(html))
}

/// The prose of a document, block by block, without lines that only lead elsewhere.
pub(super) fn blocks(document: &Document) -> String {
    document.select("br").replace_with_html("\n");
    let mut found: Vec<String> = Vec::new();
    for node in document.select(BLOCKS).nodes() {
        let block = Selection::from(*node);
        if block.select(BLOCKS).exists() {
            own_text(node, &mut found);
        } else {
            let text = block.text();
            if !leads_elsewhere(&text, &block) {
                push(&text, &mut found);
            }
        }
    }
    if found.is_empty() {
        let whole = document.select_single("body");
        push(&if whole.exists() { whole.text() } else { document.text() }, &mut found);
    }
    found.join("\n\n")
}

/// Text that stands in a block beside the blocks within it.
fn own_text(node: &NodeRef<'_>, found: &mut Vec<String>) {
    let text = node.immediate_text();
    // Stray words between blocks are labels and buttons; a sentence is prose.
    if text.split_whitespace().count() >= 8 {
        push(&text, found);
    }
}

/// Adds a text's lines; HTML's own line ends are blanks, those of `br` part lines only where two
/// stand together.
fn push(text: &str, found: &mut Vec<String>) {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !joined.is_empty() && found.last() != Some(&joined) {
        found.push(joined);
    }
}

fn leads_elsewhere(text: &str, block: &Selection<'_>) -> bool {
    let text = text.trim();
    if text.len() > LONGEST_LEAD {
        return false;
    }
    let start: String = text.chars().take(24).flat_map(char::to_lowercase).collect();
    if LEADS.iter().any(|lead| start.starts_with(lead)) {
        return true;
    }
    let linked: usize = block.select("a").iter().map(|a| a.text().trim().len()).sum();
    linked > 0 && linked * 10 >= text.len() * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, text: &str) {
        assert_eq!(plain(html), text);
    }

    #[test]
    fn blocks_are_paragraphs() {
        check("<p>India \n said.</p><p>Russia&nbsp;said.</p>", "India said.\n\nRussia said.");
        check(
            "<div><p>India said.</p><ul><li>One.</li><li>Two.</li></ul></div>",
            "India said.\n\nOne.\n\nTwo.",
        );
        check("India said, <b>flatly</b>, no.", "India said, flatly, no.");
        check("<blockquote><p>We will come.</p></blockquote>", "We will come.");
    }

    #[test]
    fn lines_that_lead_elsewhere_are_left_out() {
        check("<p>India said.</p><p>Also read: what else</p>", "India said.");
        check("<p>India said.</p><p><a href='x'>What the summit means</a></p>", "India said.");
        check("<p>The <a href='x'>summit</a> was held.</p>", "The summit was held.");
    }
}
