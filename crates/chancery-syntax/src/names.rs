//! The recogniser of named entities: begin, in, last, unit and out transitions (spaCy's `BiluoPushDown`),
//! with an encoder of its own.

use crate::document::Entity;
use crate::encoder::Encoder;
use crate::labels::EntityLabel;
use crate::matrix::Scores;
use crate::model::ModelError;
use crate::pack::{Pack, Source};
use crate::scorer::{Room, Scorer};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
    Begin(EntityLabel),
    In(EntityLabel),
    Last(EntityLabel),
    Unit(EntityLabel),
    Out,
    /// Stands for annotation that was set beforehand, which there is none of.
    Never,
}

pub(crate) struct Names {
    pub(crate) encoder: Encoder,
    scorer: Scorer<3>,
    actions: Vec<Action>,
}

impl Names {
    pub(crate) fn load(pack: &Pack<'_>, source: impl Source) -> Result<Self, ModelError> {
        let lines = pack.strings("names.actions")?;
        let actions = lines.iter().map(parse_action).collect::<Option<Vec<_>>>();
        let actions = actions.ok_or_else(|| ModelError::Wrong("names.actions".to_owned()))?;
        Ok(Self {
            encoder: Encoder::load(source, "names", 4)?,
            scorer: Scorer::load(source, "names", actions.len())?,
            actions,
        })
    }

    /// The entities of a text, given the vectors of its tokens in context, which tokens begin a
    /// sentence and which are white space.
    pub(crate) fn find(
        &self,
        arch: pulp::Arch,
        vectors: &[f32],
        starts: &[bool],
        is_space: impl Fn(usize) -> bool,
        room: &mut Room,
        out: &mut Vec<Entity>,
    ) {
        self.scorer.start(arch, vectors, room);
        let mut scores: Scores = [0.0; 128];
        let mut open: Option<(usize, EntityLabel)> = None;
        for token in 0..starts.len() {
            let first = open.map(|(start, _)| start);
            self.scorer.score(arch, [Some(token), first, first.map(|_| token - 1)], room, &mut scores);
            let goes_on = starts.get(token + 1).is_some_and(|&starts| !starts);
            let space = is_space(token);
            let valid = |action: Action| match (action, open) {
                (Action::In(label), Some((_, of))) => label == of && goes_on,
                (Action::Last(label), Some((_, of))) => label == of,
                (Action::Begin(_), None) => goes_on && !space,
                (Action::Unit(_), None) => !space,
                (Action::Out, None) => true,
                _ => false,
            };
            let mut best: Option<(f32, Action)> = None;
            for (&action, &score) in self.actions.iter().zip(&scores) {
                if best.is_none_or(|(highest, _)| score > highest) && valid(action) {
                    best = Some((score, action));
                }
            }
            let Some((_, action)) = best else { continue };
            match action {
                Action::Begin(label) => open = Some((token, label)),
                Action::Last(label) => {
                    let start = first.unwrap_or(token);
                    out.push(Entity { tokens: start..token + 1, label });
                    open = None;
                }
                Action::Unit(label) => out.push(Entity { tokens: token..token + 1, label }),
                Action::In(_) | Action::Out | Action::Never => {}
            }
        }
    }
}

fn parse_action(line: &str) -> Option<Action> {
    let (kind, label) = line.split_once('\t')?;
    if label.is_empty() {
        return match kind {
            "5" => Some(Action::Out),
            "4" => Some(Action::Never),
            _ => None,
        };
    }
    let label = EntityLabel::from_name(label)?;
    Some(match kind {
        "1" => Action::Begin(label),
        "2" => Action::In(label),
        "3" => Action::Last(label),
        "4" => Action::Unit(label),
        _ => return None,
    })
}
