//! When two names are one actor's: the telling words of a name, whatever its titles and its spelling.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chancery_coder::Participant;
use unicode_normalization::UnicodeNormalization;

/// Words that many names share: titles, offices, kinship particles. They tell nobody apart.
const COMMON: &[&str] = &[
    "the",
    "of",
    "and",
    "an",
    "for",
    "to",
    "in",
    "on",
    "mr",
    "mrs",
    "ms",
    "dr",
    "jr",
    "sr",
    "president",
    "prime",
    "minister",
    "foreign",
    "ministry",
    "ministers",
    "government",
    "governments",
    "officials",
    "official",
    "leader",
    "leaders",
    "state",
    "states",
    "united",
    "republic",
    "people",
    "general",
    "secretary",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "king",
    "prince",
    "crown",
    "al",
    "bin",
    "new",
    "north",
    "south",
];

/// Words that make a name the name of a body or a country, even where they are written with capitals.
const OF_BODIES: &[&str] = &[
    "united",
    "states",
    "state",
    "kingdom",
    "republic",
    "north",
    "south",
    "new",
    "saudi",
    "house",
    "ministry",
    "department",
    "council",
    "union",
    "league",
    "party",
    "group",
    "organization",
    "organisation",
    "authority",
    "nations",
    "countries",
    "government",
    "army",
    "agency",
    "office",
    "parliament",
    "congress",
    "commission",
    "court",
    "bank",
    "security",
    "front",
    "movement",
    "forces",
    "force",
    "military",
    "guard",
    "administration",
    "alliance",
    "cooperation",
    "association",
    "committee",
    "embassy",
    "police",
    "soldiers",
    "troops",
    "islands",
    "lanka",
    "leone",
    "arabia",
    "korea",
    "africa",
    "zealand",
    "world",
    "fund",
    "news",
    "jihad",
    "west",
    "east",
    "senate",
    "cabinet",
    "officials",
    "leaders",
    "team",
    "delegation",
    "envoys",
    "company",
    "times",
];

/// One participant as identity sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub actor: Option<String>,
    /// The telling words, in the order of the name.
    pub words: Vec<String>,
    /// Whether the name is a person's, as far as can be told.
    pub person: bool,
}

/// A word without accents, in lower case, with spellings that only transliteration tells apart made one.
#[must_use]
pub(crate) fn fold_word(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.nfkd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
        let c = if matches!(c, 'y' | 'j' | 'ı') { 'i' } else { c };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// The words of a text, folded.
pub(crate) fn folded_words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'))
        .map(|w| w.trim_end_matches("'s").trim_end_matches("’s"))
        .map(fold_word)
        .filter(|w| !w.is_empty())
}

impl Name {
    #[must_use]
    pub fn of(participant: &Participant) -> Self {
        let every: Vec<String> = folded_words(&participant.name).collect();
        let telling: Vec<String> = every.iter().filter(|w| w.len() > 1 && !is_common(w)).cloned().collect();
        let person = match participant.kind.as_deref() {
            Some(kind) => kind == "person",
            None => looks_personal(&participant.name),
        };
        Self {
            actor: participant.actor.clone(),
            words: if telling.is_empty() { every } else { telling },
            person,
        }
    }

    /// How surely two names are one actor's, from 0 to 1.
    ///
    /// Two persons that the world tables know are one or two by their ids alone. Otherwise a name that is contained in the other
    /// (Biden, Joe Biden) or shares the last word with it (Sergei Lavrov, Sergey Lavrov) is the same.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f64 {
        if let (Some(a), Some(b)) = (&self.actor, &other.actor) {
            return if a == b { 1.0 } else { 0.0 };
        }
        if self.words.is_empty() || other.words.is_empty() {
            return 0.0;
        }
        let shared = self.words.iter().filter(|w| other.words.contains(w)).count();
        if shared == self.words.len() && shared == other.words.len() {
            1.0
        } else if shared > 0
            && (shared == self.words.len().min(other.words.len()) || self.words.last() == other.words.last())
        {
            0.8
        } else if shared > 1 {
            0.6
        } else {
            0.0
        }
    }
}

fn is_common(folded: &str) -> bool {
    static FOLDED: LazyLock<BTreeSet<String>> =
        LazyLock::new(|| COMMON.iter().map(|w| fold_word(w)).collect());
    FOLDED.contains(folded)
}

/// A guess for codings that don't say what kind of actor it is: two to four capitalised words,
/// none of them a word for a body.
fn looks_personal(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    (2..=5).contains(&words.len())
        && words.iter().all(|w| {
            w.chars().next().is_some_and(char::is_uppercase)
                || matches!(*w, "bin" | "al" | "de" | "von" | "van")
        })
        && !words.iter().any(|w| {
            OF_BODIES.contains(&w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_coder::Role;

    fn name(text: &str) -> Name {
        Name::of(&Participant {
            name: text.into(),
            side: None,
            role: Role::Agent,
            actor: None,
            kind: None,
            country: None,
            span: None,
        })
    }

    #[track_caller]
    fn check(a: &str, b: &str, same: bool) {
        assert_eq!(name(a).likeness(&name(b)) > 0.5, same, "{a} / {b}: {:?} {:?}", name(a), name(b));
    }

    #[test]
    fn one_actor_under_two_names() {
        check("S. Jaishankar", "Subrahmanyam Jaishankar", true);
        check("Sergei Lavrov", "Sergey Lavrov", true);
        check("Volodymyr Zelenskyy", "Volodymyr Zelenskiy", true);
        check("António Guterres", "Antonio Guterres", true);
        check("Joseph R. Biden, Jr.", "Joe Biden", true);
        check("the United States", "United States", true);
        check("Ali Shamkhani", "Ali Khamenei", false);
        check("Qin Gang", "Wang Yi", false);
    }
}
