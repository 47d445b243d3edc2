//! Lemmas from suffix rules, lists of known words and exceptions (spaCy's rule lemmatizer; the lists
//! come from WordNet 3.0).

use crate::characters::{Characters, LETTER};
use crate::labels::Pos;
use crate::model::ModelError;
use crate::pack::{Pack, Strings};

/// Strings in order, found by halving.
struct Sorted {
    ends: Vec<u32>,
    text: Box<str>,
}

impl Sorted {
    fn new(strings: &Strings<'_>) -> Self {
        let mut text = String::new();
        let mut ends = Vec::new();
        for string in strings.iter() {
            text.push_str(string);
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        }
        Self { ends, text: text.into() }
    }

    fn get(&self, i: usize) -> &str {
        let start = if i == 0 { 0 } else { self.ends[i - 1] as usize };
        &self.text[start..self.ends[i] as usize]
    }

    fn find(&self, string: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.get(middle).cmp(string) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }
}

struct Table {
    index: Sorted,
    /// Irregular forms and, in the same order, their lemmas separated by tabs.
    irregular: Sorted,
    irregular_lemmas: Vec<Box<str>>,
    /// Endings and what replaces them.
    rules: Vec<(Box<str>, Box<str>)>,
}

pub(crate) struct Lemmas {
    tables: Vec<(Pos, Table)>,
}

const TABLES: [(&str, Pos); 5] =
    [("adj", Pos::Adj), ("adv", Pos::Adv), ("noun", Pos::Noun), ("verb", Pos::Verb), ("punct", Pos::Punct)];

impl Lemmas {
    pub(crate) fn load(pack: &Pack<'_>) -> Result<Self, ModelError> {
        let mut tables = Vec::new();
        for (name, pos) in TABLES {
            let rules: Vec<&str> = pack.strings(&format!("lemmas.rules.{name}"))?.iter().collect();
            let table = Table {
                index: Sorted::new(&pack.strings(&format!("lemmas.index.{name}"))?),
                irregular: Sorted::new(&pack.strings(&format!("lemmas.exceptions.{name}.words"))?),
                irregular_lemmas: pack
                    .strings(&format!("lemmas.exceptions.{name}"))?
                    .iter()
                    .map(Into::into)
                    .collect(),
                rules: rules
                    .as_chunks::<2>()
                    .0
                    .iter()
                    .map(|[old, new]| ((*old).into(), (*new).into()))
                    .collect(),
            };
            if table.irregular.ends.len() != table.irregular_lemmas.len() {
                return Err(ModelError::Wrong(format!("lemmas.exceptions.{name}")));
            }
            tables.push((pos, table));
        }
        Ok(Self { tables })
    }

    /// The lemma of a word with this part of speech and morphology.
    pub(crate) fn lemma(
        &self,
        characters: &Characters,
        text: &str,
        lower: &str,
        pos: Pos,
        morph: &str,
    ) -> Box<str> {
        if pos == Pos::Space || is_base_form(pos, morph) {
            return lower.into();
        }
        match self.tables.iter().find(|(p, _)| *p == pos) {
            Some((_, table)) => table.lemma(characters, text, lower),
            None if pos == Pos::Propn => text.into(),
            None => lower.into(),
        }
    }
}

impl Table {
    fn lemma(&self, characters: &Characters, text: &str, lower: &str) -> Box<str> {
        let (mut forms, mut unknown) = (Vec::<String>::new(), None);
        for (old, new) in &self.rules {
            let Some(stem) = lower.strip_suffix(&**old) else { continue };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if self.index.find(&form).is_some() {
                forms.insert(0, form);
            } else if !form.chars().all(|c| characters.is(c, LETTER)) {
                forms.push(form);
            } else {
                unknown.get_or_insert(form);
            }
        }
        // An irregular form comes first, unless the rules have made it already.
        if let Some(i) = self.irregular.find(lower) {
            for form in self.irregular_lemmas[i].split('\t') {
                if !forms.iter().any(|f| f == form) {
                    forms.insert(0, form.to_owned());
                }
            }
        }
        forms.into_iter().next().or(unknown).map_or_else(|| text.into(), String::into_boxed_str)
    }
}

/// Is the word not inflected, so that it is its own lemma?
fn is_base_form(pos: Pos, morph: &str) -> bool {
    let feature = |name: &str| {
        morph.split('|').find_map(|f| f.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')))
    };
    let form = feature("VerbForm");
    pos == Pos::Noun && feature("Number") == Some("Sing")
        || pos == Pos::Verb
            && form == Some("Fin")
            && feature("Tense") == Some("Pres")
            && feature("Number").is_none()
        || matches!(form, Some("Inf" | "None"))
        || feature("Degree") == Some("Pos")
}
