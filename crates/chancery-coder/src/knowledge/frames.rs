//! Event frames: patterns of verbs and nouns with the type and form they make and where their roles
//! stand. Read from `events/forms.toml`, `events/en/classes.toml` and the other `events/en/*.toml`.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::{Files, KnowledgeError};
use crate::coding::{Form, PloverType, Role, Status};

/// Where in the sentence a role's filler stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    Subject,
    Object,
    Recipient,
    Possessor,
    Compound,
    Predicative,
    /// The object of this preposition.
    Prep(String),
    /// The subject of the clause that the predicate governs: "told *Russia* to leave".
    ClauseSubject,
    /// The object of the clause that the predicate governs.
    ClauseObject,
}

impl Slot {
    fn parse(word: &str) -> Self {
        match word {
            "subject" => Self::Subject,
            "object" => Self::Object,
            "recipient" => Self::Recipient,
            "possessor" => Self::Possessor,
            "compound" => Self::Compound,
            "predicative" => Self::Predicative,
            "clause-subject" => Self::ClauseSubject,
            "clause-object" => Self::ClauseObject,
            prep => Self::Prep(prep.to_owned()),
        }
    }
}

/// The slots of each role, in the order in which they are tried.
pub type Binding = Vec<(Role, Vec<Slot>)>;

/// What may stand in a pattern's bracket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filler {
    /// Lemmas, sorted; empty where any actor will do.
    lemmas: Vec<String>,
    /// `[#actor]`, `[#place]`, `[#any]`, `[#person]`, `[#state]` …: what the words must resolve to.
    pub resolves: Vec<String>,
}

impl Filler {
    /// One of the filler's own words.
    #[must_use]
    pub fn has(&self, lemma: &str) -> bool {
        self.lemmas.binary_search_by(|l| l.as_str().cmp(lemma)).is_ok()
    }
}

/// A part of a pattern after its head word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A particle, adverb or preposition that must be there.
    Word(String),
    Object(Filler),
    Prep(String, Filler),
    /// `>leave`: the clause that it governs, by the lemma of its head; empty for any clause.
    Clause(Filler),
}

/// One way to tell an act: `[subject] verb particle [object] prep [object] >clause`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    pub head: String,
    /// The bracket before the head: a verb's subject, a noun's modifier.
    pub before: Option<Filler>,
    pub parts: Vec<Part>,
    /// As written.
    pub text: String,
}

impl Pattern {
    /// How much the pattern asks for: the more, the more telling.
    #[must_use]
    pub fn weight(&self) -> usize {
        let part = |p: &Part| match p {
            Part::Word(_) => 1,
            Part::Object(f) | Part::Prep(_, f) | Part::Clause(f) => 1 + usize::from(!f.lemmas.is_empty()),
        };
        self.parts.iter().map(part).sum::<usize>()
            + self.before.as_ref().map_or(0, |f| 1 + usize::from(!f.lemmas.is_empty()))
    }
}

/// An example of a frame: what a sentence must give.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub text: String,
    pub agent: Option<String>,
    pub counterpart: Option<String>,
    pub host: Option<String>,
    pub target: Option<String>,
    pub beneficiary: Option<String>,
    pub mediator: Option<String>,
    pub place: Option<String>,
    pub status: Option<String>,
}

/// An event frame.
#[derive(Clone, Debug)]
pub struct Frame {
    pub id: String,
    pub plover: PloverType,
    pub form: Form,
    pub mode: Option<String>,
    pub contexts: Vec<String>,
    pub verb_roles: Binding,
    pub noun_roles: Binding,
    /// Fires only where no other frame does: a verb's usual sense, whatever its object.
    pub fallback: bool,
    /// The status that the words themselves bring, whatever stands over them.
    pub status: Option<Status>,
    /// A noun mention is an event only with an actor of its own.
    pub needs_actor: bool,
    pub yes: Vec<Example>,
    pub no: Vec<String>,
    pub file: String,
}

/// What part of speech a pattern's head has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeadKind {
    Verb,
    Noun,
    Adjective,
}

/// All frames, found by the lemma of the predicate.
#[derive(Debug, Default)]
pub struct Frames {
    frames: Vec<Frame>,
    patterns: Vec<(usize, Pattern)>,
    by_head: HashMap<(HeadKind, String), Vec<usize>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormRow {
    #[serde(default)]
    verb: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    noun: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassFile {
    #[serde(default)]
    classes: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameFile {
    #[serde(default)]
    event: Vec<toml::Spanned<FrameRow>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameRow {
    id: String,
    #[serde(rename = "type")]
    plover: String,
    form: String,
    mode: Option<String>,
    #[serde(default)]
    contexts: Vec<String>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    verb: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    noun: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    fallback: bool,
    status: Option<String>,
    #[serde(default)]
    needs_actor: bool,
    #[serde(default)]
    yes: Vec<Example>,
    #[serde(default)]
    no: Vec<String>,
}

const FORMS: &str = "events/forms.toml";
const CLASSES: &str = "events/en/classes.toml";

impl Frames {
    /// Reads the frames of a knowledge folder.
    ///
    /// # Errors
    /// A file that is not TOML of the right shape, an unknown type, form, role, class or status, a frame
    /// without patterns or examples, or an id given twice.
    pub fn load(files: &Files) -> Result<Self, KnowledgeError> {
        let forms: BTreeMap<String, FormRow> = files.read_toml(FORMS)?;
        let classes = files.read_toml::<ClassFile>(CLASSES)?.classes;
        let mut frames = Self::default();
        let mut ids = BTreeMap::new();
        for (path, bytes) in files.under("events/en/").filter(|(path, _)| *path != CLASSES) {
            let text = super::utf8(path, bytes)?;
            let file: FrameFile = super::parse_toml(path, text)?;
            for row in file.event {
                let line = super::line_of(text, row.span().start);
                let fail = |message: String| KnowledgeError { file: path.to_owned(), line, message };
                let row = row.into_inner();
                if let Some(earlier) = ids.insert(row.id.clone(), format!("{path}:{line}")) {
                    return Err(fail(format!(
                        "frame `{}` stands already at {earlier}; give it another id",
                        row.id
                    )));
                }
                frames.push(path, row, &forms, &classes).map_err(fail)?;
            }
        }
        Ok(frames)
    }

    fn push(
        &mut self,
        path: &str,
        row: FrameRow,
        forms: &BTreeMap<String, FormRow>,
        classes: &BTreeMap<String, Vec<String>>,
    ) -> Result<(), String> {
        let id = &row.id;
        let plover = PloverType::from_name(&row.plover)
            .ok_or_else(|| format!("frame `{id}`: `{}` is no PLOVER type", row.plover))?;
        let form =
            Form::from_name(&row.form).ok_or_else(|| format!("frame `{id}`: `{}` is no form", row.form))?;
        let status = match &row.status {
            None => None,
            Some(name) => {
                Some(Status::from_name(name).ok_or_else(|| format!("frame `{id}`: `{name}` is no status"))?)
            }
        };
        if row.yes.is_empty() || row.no.is_empty() {
            return Err(format!("frame `{id}`: give it at least one `yes` and one `no` example"));
        }
        let defaults = forms.get(&row.form);
        let bind = |own: &BTreeMap<String, Vec<String>>,
                    of: fn(&FormRow) -> &BTreeMap<String, Vec<String>>| {
            if own.is_empty() { defaults.map_or(Ok(Vec::new()), |d| binding(of(d))) } else { binding(own) }
                .map_err(|e| format!("frame `{id}`: {e}"))
        };
        let frame = Frame {
            plover,
            form,
            mode: row.mode,
            contexts: row.contexts,
            verb_roles: bind(&row.verb, |d| &d.verb)?,
            noun_roles: bind(&row.noun, |d| &d.noun)?,
            fallback: row.fallback,
            status,
            needs_actor: row.needs_actor,
            yes: row.yes,
            no: row.no,
            file: path.to_owned(),
            id: row.id.clone(),
        };
        let kinds =
            [(HeadKind::Verb, row.verbs), (HeadKind::Noun, row.nouns), (HeadKind::Adjective, row.adjectives)];
        if kinds.iter().all(|(_, patterns)| patterns.is_empty()) {
            return Err(format!("frame `{id}`: it has neither verbs nor nouns nor adjectives"));
        }
        for (kind, patterns) in kinds {
            for text in patterns {
                for pattern in parse_pattern(&text, classes)
                    .map_err(|e| format!("frame `{id}`, pattern `{text}`: {e}"))?
                {
                    let key = (kind, pattern.head.clone());
                    self.by_head.entry(key).or_default().push(self.patterns.len());
                    self.patterns.push((self.frames.len(), pattern));
                }
            }
        }
        self.frames.push(frame);
        Ok(())
    }

    /// Frames and patterns whose head is this lemma.
    pub fn candidates(&self, kind: HeadKind, lemma: &str) -> impl Iterator<Item = (&Frame, &Pattern)> {
        self.by_head
            .get(&(kind, lemma.to_owned()))
            .into_iter()
            .flatten()
            .map(|&i| (&self.frames[self.patterns[i].0], &self.patterns[i].1))
    }

    /// The first frame of a type and form, or of the form alone: it lends its roles to acts of that kind that no
    /// pattern tells.
    #[must_use]
    pub fn typical(&self, plover: PloverType, form: Form) -> Option<&Frame> {
        self.frames.iter().find(|f| f.plover == plover && f.form == form)
    }

    /// Some frame has a noun pattern with this head.
    #[must_use]
    pub fn knows_noun(&self, lemma: &str) -> bool {
        self.by_head.contains_key(&(HeadKind::Noun, lemma.to_owned()))
    }

    /// All frames, in file order.
    #[must_use]
    pub fn all(&self) -> &[Frame] {
        &self.frames
    }
}

fn binding(rows: &BTreeMap<String, Vec<String>>) -> Result<Binding, String> {
    let mut out = Vec::new();
    for (role, slots) in rows {
        let role = Role::from_name(role).ok_or_else(|| format!("`{role}` is no role"))?;
        out.push((role, slots.iter().map(|s| Slot::parse(s)).collect()));
    }
    // Agents first, so that what acts is never taken for what is acted on.
    out.sort_by_key(|(role, _)| *role);
    Ok(out)
}

/// Splits `[before] head word [object] prep [object] >clause`. A head may be a class (`@halt`) or
/// alternatives (`halt|stop`): one pattern for each.
fn parse_pattern(text: &str, classes: &BTreeMap<String, Vec<String>>) -> Result<Vec<Pattern>, String> {
    let mut before = None;
    let mut heads: Option<Vec<String>> = None;
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let item;
        if rest.starts_with('[') {
            let end = rest.find(']').ok_or("a `[` is not closed")?;
            item = &rest[..=end];
            rest = rest[end + 1..].trim_start();
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            item = &rest[..end];
            rest = rest[end..].trim_start();
        }
        if let Some(inner) = item.strip_prefix('[') {
            let filler = parse_filler(inner.trim_end_matches(']'), classes)?;
            if heads.is_none() {
                before = Some(filler);
            } else if let Some(Part::Word(_)) = parts.last() {
                let Some(Part::Word(word)) = parts.pop() else { unreachable!() };
                if is_preposition(&word) {
                    parts.push(Part::Prep(word, filler));
                } else {
                    parts.push(Part::Word(word));
                    parts.push(Part::Object(filler));
                }
            } else {
                parts.push(Part::Object(filler));
            }
        } else if let Some(clause) = item.strip_prefix('>') {
            parts.push(Part::Clause(parse_filler(clause, classes)?));
        } else if heads.is_none() {
            heads = Some(expand(item, classes)?);
        } else {
            parts.push(Part::Word(item.to_owned()));
        }
    }
    let heads = heads.ok_or("it has no head word")?;
    Ok(heads
        .into_iter()
        .map(|head| Pattern { head, before: before.clone(), parts: parts.clone(), text: text.to_owned() })
        .collect())
}

/// Words that take an object of their own in a pattern; others before a bracket are particles.
fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "to" | "for"
            | "on"
            | "of"
            | "with"
            | "from"
            | "at"
            | "against"
            | "into"
            | "in"
            | "by"
            | "upon"
            | "onto"
            | "under"
            | "over"
            | "through"
            | "before"
            | "after"
            | "as"
            | "between"
            | "toward"
            | "towards"
            | "about"
            | "among"
            | "within"
            | "behind"
            | "beyond"
            | "across"
            | "around"
            | "without"
            | "out of"
    )
}

fn parse_filler(inner: &str, classes: &BTreeMap<String, Vec<String>>) -> Result<Filler, String> {
    let mut filler = Filler::default();
    for word in inner.split('|').map(str::trim).filter(|w| !w.is_empty()) {
        match word.strip_prefix('#') {
            Some(kind) => filler.resolves.push(kind.to_owned()),
            None => filler.lemmas.extend(expand(word, classes)?),
        }
    }
    filler.lemmas.sort();
    filler.lemmas.dedup();
    Ok(filler)
}

fn expand(word: &str, classes: &BTreeMap<String, Vec<String>>) -> Result<Vec<String>, String> {
    let mut out = Vec::new();
    for one in word.split('|') {
        match one.strip_prefix('@') {
            None => out.push(one.to_owned()),
            Some(class) => {
                let members = classes.get(class).ok_or_else(|| {
                    format!("there is no class `{class}`; add it to events/en/classes.toml or mend the name")
                })?;
                for member in members {
                    out.extend(expand(member, classes)?);
                }
            }
        }
    }
    Ok(out)
}
