//! Who-says-so words: verbs, nouns, adjectives and phrases that attribute, words for silence, and what
//! kind of source a noun names. Read from `sources/en/*.toml`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;

use super::{Files, KnowledgeError};
use crate::coding::{SourceKind, Stance};

const FOLDER: &str = "sources/en/";

/// Where a cue's content stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frame {
    /// Direct speech, and the clause that surrounds "…, he said, …".
    Quote,
    /// A finite clause, with or without "that", or a question.
    Clause,
    /// The object.
    Object,
    /// The infinitive: "promised *to leave*".
    Infinitive,
    /// Object and infinitive: "urged *Russia to leave*".
    ObjectInfinitive,
    /// Object and predicate: "called *it a crime*".
    ObjectAs,
    Gerund,
    /// Subject and infinitive, the subject being no source: "*the deal* seemed *to be dead*".
    Raised,
}

impl Frame {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "quote" => Self::Quote,
            "clause" => Self::Clause,
            "object" => Self::Object,
            "infinitive" => Self::Infinitive,
            "object-infinitive" => Self::ObjectInfinitive,
            "object-as" => Self::ObjectAs,
            "gerund" => Self::Gerund,
            "raised" => Self::Raised,
            _ => return None,
        })
    }
}

/// What part of speech a cue has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CueKind {
    Verb,
    Noun,
    Adjective,
}

/// What a sentence must give: the parts that are written must be found.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub text: String,
    pub source: Option<String>,
    pub cue: Option<String>,
    #[serde(default)]
    pub content: Vec<String>,
    pub kind: Option<String>,
}

/// Cues of one sense.
#[derive(Clone, Debug)]
pub struct Cue {
    pub id: String,
    pub stance: Stance,
    pub frames: BTreeSet<Frame>,
    /// Prepositions that bring the content in: "called *for* talks".
    pub prepositions: Vec<String>,
    pub yes: Vec<Example>,
    pub no: Vec<String>,
    pub file: String,
}

impl Cue {
    #[must_use]
    pub fn takes(&self, frame: Frame) -> bool {
        self.frames.contains(&frame)
    }
}

/// A fixed phrase that attributes: "according to".
#[derive(Clone, Debug)]
pub struct Phrase {
    pub id: String,
    pub stance: Stance,
    /// The words, lower case.
    pub words: Vec<String>,
    /// Who speaks follows as the last word's object; otherwise nobody is named.
    pub sourced: bool,
}

/// The words of silence.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Silence {
    /// Verbs that refuse the verb under them: decline, refuse.
    pub refusals: BTreeSet<String>,
    /// What is refused or not done: comment, respond, say, announce, confirm.
    pub speaking: BTreeSet<String>,
    /// Of these, verbs that say nothing by being negated: did not comment, did not respond.
    pub unsaid: BTreeSet<String>,
    /// Nouns for a word that is not there: word, comment, confirmation.
    pub nouns: BTreeSet<String>,
    /// Verbs that give such a noun or withhold it: give, offer, issue, make.
    pub givers: BTreeSet<String>,
    /// Prepositions that bring in who is silent.
    pub silent: BTreeSet<String>,
    /// Adjectives and nouns of keeping silent: silent, quiet, mum, tight-lipped.
    pub quiet: BTreeSet<String>,
    pub yes: Vec<Example>,
    pub no: Vec<String>,
}

/// Nouns and names by the kind of source they are.
#[derive(Clone, Debug, Default)]
pub struct People {
    kinds: HashMap<String, SourceKind>,
    /// Names of outlets, lower case.
    outlets: BTreeSet<String>,
    /// State outlets by the side for which they announce.
    state_outlets: BTreeMap<String, String>,
    /// Nouns for people who speak for a body: spokesman.
    spokespeople: BTreeSet<String>,
    /// Nouns for bodies that speak: ministry, embassy.
    bodies: BTreeSet<String>,
    /// Nouns that never tell who: source, official.
    faceless: BTreeSet<String>,
    /// Documents that speak for whoever issues them: statement, readout.
    voices: BTreeSet<String>,
    /// Last words of outlets' names: News, Times.
    outlet_words: BTreeSet<String>,
    /// Words that keep a person unnamed: familiar, condition, anonymity.
    unnamed: BTreeSet<String>,
}

impl People {
    #[must_use]
    pub fn kind(&self, lemma: &str) -> Option<SourceKind> {
        self.kinds.get(lemma).copied()
    }

    #[must_use]
    pub fn is_outlet(&self, name: &str) -> bool {
        self.outlets.contains(name) || self.state_outlets.contains_key(name)
    }

    #[must_use]
    pub fn state_outlet(&self, name: &str) -> Option<&str> {
        self.state_outlets.get(name).map(String::as_str)
    }

    #[must_use]
    pub fn is_spokesperson(&self, lemma: &str) -> bool {
        self.spokespeople.contains(lemma)
    }

    #[must_use]
    pub fn is_body(&self, lemma: &str) -> bool {
        self.bodies.contains(lemma)
    }

    #[must_use]
    pub fn is_faceless(&self, lemma: &str) -> bool {
        self.faceless.contains(lemma)
    }

    #[must_use]
    pub fn is_voice(&self, lemma: &str) -> bool {
        self.voices.contains(lemma)
    }

    #[must_use]
    pub fn is_outlet_word(&self, word: &str) -> bool {
        self.outlet_words.contains(word)
    }

    #[must_use]
    pub fn is_unnamed(&self, word: &str) -> bool {
        self.unnamed.contains(word)
    }
}

/// All cue lists.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    cues: Vec<Cue>,
    verbs: HashMap<String, Vec<usize>>,
    nouns: HashMap<String, Vec<usize>>,
    adjectives: HashMap<String, Vec<usize>>,
    phrases: Vec<Phrase>,
    by_first: HashMap<String, Vec<usize>>,
    /// Verbs that make an act of a noun of speaking: issue a statement.
    light: BTreeSet<String>,
    pub silence: Silence,
    pub people: People,
    examples: Vec<(String, Vec<Example>, Vec<String>)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    cue: Vec<toml::Spanned<CueRow>>,
    #[serde(default)]
    phrase: Vec<toml::Spanned<PhraseRow>>,
    #[serde(default)]
    light: Vec<String>,
    silence: Option<Silence>,
    people: Option<PeopleRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueRow {
    id: String,
    stance: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    frames: Vec<String>,
    #[serde(default)]
    prepositions: Vec<String>,
    #[serde(default)]
    yes: Vec<Example>,
    #[serde(default)]
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseRow {
    id: String,
    stance: String,
    words: Vec<String>,
    #[serde(default)]
    sourced: bool,
    #[serde(default)]
    yes: Vec<Example>,
    #[serde(default)]
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleRow {
    #[serde(default)]
    kinds: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    outlets: Vec<String>,
    #[serde(default)]
    state_outlets: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    spokespeople: Vec<String>,
    #[serde(default)]
    bodies: Vec<String>,
    #[serde(default)]
    faceless: Vec<String>,
    #[serde(default)]
    voices: Vec<String>,
    #[serde(default)]
    outlet_words: Vec<String>,
    #[serde(default)]
    unnamed: Vec<String>,
}

impl Sources {
    /// Reads `sources/en/*.toml`.
    ///
    /// # Errors
    /// A file does not parse, names an unknown stance, frame or kind, gives an id twice, or has a cue
    /// without examples.
    pub fn load(files: &Files) -> Result<Self, KnowledgeError> {
        let mut out = Self::default();
        let mut ids = BTreeMap::new();
        for (path, bytes) in files.under(FOLDER) {
            let text = super::utf8(path, bytes)?;
            let file: File = super::parse_toml(path, text)?;
            let fail = |line: usize, message: String| KnowledgeError { file: path.to_owned(), line, message };
            for row in file.cue {
                let line = super::line_of(text, row.span().start);
                let row = row.into_inner();
                if let Some(earlier) = ids.insert(row.id.clone(), format!("{path}:{line}")) {
                    return Err(fail(
                        line,
                        format!("cue `{}` stands already at {earlier}; give it another id", row.id),
                    ));
                }
                out.push_cue(path, row).map_err(|m| fail(line, m))?;
            }
            for row in file.phrase {
                let line = super::line_of(text, row.span().start);
                let row = row.into_inner();
                if let Some(earlier) = ids.insert(row.id.clone(), format!("{path}:{line}")) {
                    return Err(fail(
                        line,
                        format!("phrase `{}` stands already at {earlier}; give it another id", row.id),
                    ));
                }
                out.push_phrase(row).map_err(|m| fail(line, m))?;
            }
            out.light.extend(file.light);
            if let Some(silence) = file.silence {
                if silence.yes.is_empty() || silence.no.is_empty() {
                    return Err(fail(
                        1,
                        "silence: give it at least one `yes` and one `no` example".to_owned(),
                    ));
                }
                out.examples.push(("silence".to_owned(), silence.yes.clone(), silence.no.clone()));
                out.silence = silence;
            }
            if let Some(people) = file.people {
                out.push_people(people).map_err(|m| fail(1, m))?;
            }
        }
        Ok(out)
    }

    fn push_cue(&mut self, path: &str, row: CueRow) -> Result<(), String> {
        let id = &row.id;
        let stance = Stance::from_name(&row.stance)
            .ok_or_else(|| format!("cue `{id}`: `{}` is no stance", row.stance))?;
        let mut frames = BTreeSet::new();
        for name in &row.frames {
            frames.insert(Frame::from_name(name).ok_or_else(|| format!("cue `{id}`: `{name}` is no frame"))?);
        }
        if row.yes.is_empty() || row.no.is_empty() {
            return Err(format!("cue `{id}`: give it at least one `yes` and one `no` example"));
        }
        if row.verbs.is_empty() && row.nouns.is_empty() && row.adjectives.is_empty() {
            return Err(format!("cue `{id}`: it has neither verbs nor nouns nor adjectives"));
        }
        let at = self.cues.len();
        for (index, words) in [
            (&mut self.verbs, row.verbs),
            (&mut self.nouns, row.nouns),
            (&mut self.adjectives, row.adjectives),
        ] {
            for word in words {
                index.entry(word).or_default().push(at);
            }
        }
        self.examples.push((row.id.clone(), row.yes.clone(), row.no.clone()));
        self.cues.push(Cue {
            stance,
            frames,
            prepositions: row.prepositions,
            yes: row.yes,
            no: row.no,
            file: path.to_owned(),
            id: row.id.clone(),
        });
        Ok(())
    }

    fn push_phrase(&mut self, row: PhraseRow) -> Result<(), String> {
        let id = &row.id;
        let stance = Stance::from_name(&row.stance)
            .ok_or_else(|| format!("phrase `{id}`: `{}` is no stance", row.stance))?;
        if row.yes.is_empty() || row.no.is_empty() {
            return Err(format!("phrase `{id}`: give it at least one `yes` and one `no` example"));
        }
        for words in &row.words {
            let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
            let first = words.first().ok_or_else(|| format!("phrase `{id}`: one of its `words` is empty"))?;
            self.by_first.entry(first.clone()).or_default().push(self.phrases.len());
            self.phrases.push(Phrase { id: row.id.clone(), stance, words, sourced: row.sourced });
        }
        self.examples.push((row.id, row.yes, row.no));
        Ok(())
    }

    fn push_people(&mut self, row: PeopleRow) -> Result<(), String> {
        for (kind, nouns) in row.kinds {
            let kind = SourceKind::from_name(&kind)
                .ok_or_else(|| format!("people: `{kind}` is no kind of source"))?;
            for noun in nouns {
                if let Some(other) = self.people.kinds.insert(noun.clone(), kind)
                    && other != kind
                {
                    return Err(format!("people: `{noun}` is given as {other} and as {kind}; keep one"));
                }
            }
        }
        let lower = |names: Vec<String>| names.into_iter().map(|n| n.to_lowercase());
        self.people.outlets.extend(lower(row.outlets));
        for (side, names) in row.state_outlets {
            self.people.state_outlets.extend(lower(names).map(|n| (n, side.clone())));
        }
        self.people.spokespeople.extend(row.spokespeople);
        self.people.bodies.extend(row.bodies);
        self.people.faceless.extend(row.faceless);
        self.people.voices.extend(row.voices);
        self.people.outlet_words.extend(row.outlet_words);
        self.people.unnamed.extend(row.unnamed);
        Ok(())
    }

    /// The cues with this lemma, particle included ("point out").
    pub fn cues(&self, kind: CueKind, lemma: &str) -> impl Iterator<Item = &Cue> {
        let index = match kind {
            CueKind::Verb => &self.verbs,
            CueKind::Noun => &self.nouns,
            CueKind::Adjective => &self.adjectives,
        };
        index.get(lemma).into_iter().flatten().map(|&i| &self.cues[i])
    }

    /// The phrases that begin with this word, in lower case.
    pub fn phrases(&self, first: &str) -> impl Iterator<Item = &Phrase> {
        self.by_first.get(first).into_iter().flatten().map(|&i| &self.phrases[i])
    }

    /// The verb makes an act of a noun of speaking.
    #[must_use]
    pub fn is_light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    /// Each entry's id with what its sentences must give and those in which it must not be found.
    #[must_use]
    pub fn examples(&self) -> &[(String, Vec<Example>, Vec<String>)] {
        &self.examples
    }
}
