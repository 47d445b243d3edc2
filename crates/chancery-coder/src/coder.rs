//! The coder whole: a report's text through parse, times, mentions, propositions, frames, sources and
//! merging to its coding.

use jiff::civil::Date;

use chancery_syntax::{Document, Model};
use chancery_time::{Grammar, Tense, Timex};

use crate::coding::{Coding, Form, Status};
use crate::frames::{self, EventMention, Times};
use crate::header;
use crate::knowledge::{Files, Knowledge, KnowledgeError};
use crate::mentions::{self, Mentions};
use crate::merge::{self, Told};
use crate::positions;
use crate::propositions::{self, Proposition};
use crate::softmax::Softmax;
use crate::sources::{self, Attributions};
use crate::status;

/// Codes reports. Immutable and shareable between threads; a report's coding depends on nothing but
/// its text, its date and the knowledge.
pub struct Coder {
    model: Model,
    knowledge: Knowledge,
    grammar: Grammar,
}

/// A proposition as the learned model of acts sees it.
pub struct ActCandidate {
    /// Bytes of the predicate.
    pub predicate: std::ops::Range<usize>,
    pub features: Vec<String>,
    /// `TYPE/form` of the frame that fits.
    pub class: Option<String>,
    pub verbal: bool,
}

/// Every stage's result for one report, for `explain` and for tests.
pub struct Stages {
    pub document: Document,
    pub timexes: Vec<Timex>,
    pub mentions: Mentions,
    pub propositions: Vec<Proposition>,
    pub event_mentions: Vec<EventMention>,
    pub attributions: Attributions,
    pub coding: Coding,
}

impl Coder {
    /// A coder with this model and the knowledge in these files.
    ///
    /// # Errors
    /// A knowledge file is missing or faulty.
    pub fn new(model: Model, files: &Files) -> Result<Self, KnowledgeError> {
        let grammar = Grammar::from_files(files.under("time/en/")).map_err(KnowledgeError::from)?;
        Ok(Self { model, knowledge: Knowledge::load(files)?, grammar })
    }

    /// What the coder knows.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// Codes a report. Spans in the coding are bytes of `text`.
    #[must_use]
    pub fn code(&self, text: &str, published: Date) -> Coding {
        self.stages(text, published).coding
    }

    /// Codes a report and gives every stage's result.
    #[must_use]
    pub fn stages(&self, text: &str, published: Date) -> Stages {
        self.run(text, published, self.knowledge.acts.as_ref())
    }

    /// Codes a report by the frames alone, without the learned model of acts: what the frames' examples are
    /// held to.
    #[must_use]
    pub fn code_by_frames(&self, text: &str, published: Date) -> Coding {
        self.run(text, published, None).coding
    }

    fn run(&self, text: &str, published: Date, acts: Option<&Softmax>) -> Stages {
        let header = header::find(text);
        let blanked = header::blanked(text, &header);
        let document = self.model.parse_paragraphs(&blanked);
        let k = &self.knowledge;
        let mentions = mentions::find(&document, published, &k.world);
        let propositions = propositions::find(&document, &k.operators, &|lemma| k.frames.knows_noun(lemma));
        let tenses = self.tenses(&document, &propositions, published);
        let timexes = self.grammar.annotate(&blanked, published, &|byte| tenses.at(byte));
        let days: Vec<_> =
            timexes.iter().filter_map(|t| t.days().map(|days| (t.span.clone(), days))).collect();
        let attributions = sources::find(&document, &mentions, published, &days, &k.sources);
        let input = frames::Input {
            doc: &document,
            mentions: &mentions,
            propositions: &propositions,
            timexes: &timexes,
            frames: &k.frames,
            attributions: &attributions,
            acts,
        };
        let times = Times::attach(&input);
        let mut event_mentions = frames::find(&input, &times);
        positions::find(&input, &times, &k.positions, &mut event_mentions);
        let mut told: Vec<Told> = event_mentions
            .iter()
            .map(|mention| {
                let timex = mention.time.map(|t| &timexes[t]);
                let when = timex.and_then(Timex::days);
                let folded = status::fold(&propositions[mention.proposition], when, published, &k.fold);
                let status = mention.frame_status.unwrap_or(folded.status);
                Told {
                    mention: mention.clone(),
                    status,
                    rules: vec![folded.rule],
                    time: merge::date(timex, text, status, published),
                }
            })
            .collect();
        alleged(&attributions, &mut told);
        let merging = merge::Input {
            doc: &document,
            mentions: &mentions,
            timexes: &timexes,
            attributions: &attributions,
            published,
        };
        merge::date_by_scene(&merging, &mut told);
        let events = merge::events(&merging, &told);
        let coding = Coding { published, events, sightings: mentions.sightings.clone(), notes: Vec::new() };
        Stages { document, timexes, mentions, propositions, event_mentions, attributions, coding }
    }

    /// The propositions of a report with their features, for training the model of acts.
    #[must_use]
    pub fn act_candidates(&self, text: &str, published: Date) -> Vec<ActCandidate> {
        let stages = self.stages(text, published);
        let input = frames::Input {
            doc: &stages.document,
            mentions: &stages.mentions,
            propositions: &stages.propositions,
            timexes: &stages.timexes,
            frames: &self.knowledge.frames,
            attributions: &stages.attributions,
            acts: None,
        };
        let candidate = |p: &Proposition| {
            let frame = frames::frame_of(&input, p);
            ActCandidate {
                predicate: stages.document.bytes(p.predicate..p.predicate + 1),
                features: frames::features(&input, p, frame),
                class: frame.map(|f| format!("{}/{}", f.plover, f.form)),
                verbal: p.kind == propositions::PredicateKind::Verb,
            }
        };
        stages.propositions.iter().map(candidate).collect()
    }

    /// The tense that the words around each token speak in: what is not told as a fact lies ahead.
    fn tenses(&self, doc: &Document, propositions: &[Proposition], published: Date) -> Tenses {
        let by_predicate = propositions::by_predicate(doc, propositions);
        let own: Vec<Option<Tense>> = propositions
            .iter()
            .map(|p| match status::fold(p, None, published, &self.knowledge.fold).status {
                Status::Held | Status::NotHeld | Status::Underway => p.tense,
                _ => Some(Tense::Future),
            })
            .collect();
        let of_token = (0..doc.tokens().len())
            .map(|t| {
                std::iter::once(t)
                    .chain(doc.ancestors(t))
                    .filter_map(|a| by_predicate[a])
                    .find_map(|p| own[p].filter(|_| propositions[p].tense.is_some()))
            })
            .collect();
        Tenses { starts: doc.tokens().iter().map(|t| t.start).collect(), of_token }
    }
}

/// The tense at each token of a text.
struct Tenses {
    starts: Vec<usize>,
    of_token: Vec<Option<Tense>>,
}

impl Tenses {
    /// The tense at a byte.
    fn at(&self, byte: usize) -> Option<Tense> {
        let token = self.starts.partition_point(|s| *s <= byte).checked_sub(1)?;
        self.of_token.get(token).copied().flatten()
    }
}

/// An act told only in an accusation is said to be, not known to be.
fn alleged(attributions: &Attributions, told: &mut [Told]) {
    let accusations: Vec<usize> =
        told.iter().filter(|t| t.mention.form == Form::Accusation).map(|t| t.mention.predicate).collect();
    for one in told.iter_mut().filter(|t| t.status == Status::Held && t.mention.form != Form::Accusation) {
        let accused =
            attributions.chain(one.mention.predicate).any(|a| accusations.iter().any(|p| a.cue.contains(p)));
        if accused {
            one.status = Status::Rumoured;
            one.rules.push("alleged".to_owned());
        }
    }
}
