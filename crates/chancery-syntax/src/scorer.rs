//! The scorer of a transition system: what a token contributes to a state in each of its places is
//! computed once per token, a state sums the contributions and scores its actions (spaCy's
//! `TransitionBasedParser.v2` with precomputed lower layer).

use crate::matrix::{Contribution, HIDDEN, Matrix, Score, Scores, WIDTH, product};
use crate::model::ModelError;
use crate::pack::Source;

/// Tokens whose contributions are computed together, ahead of the parse.
const AHEAD: usize = 48;
/// Tokens whose contributions are kept; older ones are computed again when a state still needs them.
const KEPT: usize = 2048;

/// A scorer with `F` places for tokens in a state.
pub(crate) struct Scorer<const F: usize> {
    projection: Matrix,
    projection_bias: Vec<f32>,
    lower: Matrix,
    lower_bias: Contribution,
    absent: [Contribution; F],
    upper: Matrix,
    upper_bias: Scores,
}

/// Room for one text's contributions, used again for the next.
#[derive(Default)]
pub(crate) struct Room {
    projected: Vec<f32>,
    kept: Vec<f32>,
    again: Vec<f32>,
    /// Contributions of the tokens before this one have been computed.
    computed: usize,
}

impl<const F: usize> Scorer<F> {
    pub(crate) fn load(source: impl Source, name: &str, actions: usize) -> Result<Self, ModelError> {
        let contribution = |values: &[f32]| -> Result<Contribution, ModelError> {
            values.try_into().map_err(|_| ModelError::Wrong(name.to_owned()))
        };
        let part = |part: &str| format!("{name}.{part}");
        let absent = source.floats(&part("lower.pad"), F * 2 * HIDDEN)?;
        let absent = absent.as_chunks().0.try_into().map_err(|_| ModelError::Wrong(part("lower.pad")))?;
        let mut upper_bias = [0.0; 2 * HIDDEN];
        upper_bias[..actions].copy_from_slice(&source.floats(&part("upper.bias"), actions)?);
        Ok(Self {
            projection: Matrix::load(source, &part("projection"), WIDTH, HIDDEN)?,
            projection_bias: source.floats(&part("projection.bias"), HIDDEN)?.into_owned(),
            lower: Matrix::load(source, &part("lower"), HIDDEN, F * 2 * HIDDEN)?,
            lower_bias: contribution(&source.floats(&part("lower.bias"), 2 * HIDDEN)?)?,
            absent,
            upper: Matrix::load(source, &part("upper"), HIDDEN, 2 * HIDDEN)?,
            upper_bias,
        })
    }

    /// Starts a text, given the vectors of its tokens.
    pub(crate) fn start(&self, arch: pulp::Arch, vectors: &[f32], room: &mut Room) {
        room.computed = 0;
        room.projected.resize(vectors.len() / WIDTH * HIDDEN, 0.0);
        product(arch, vectors, WIDTH, &self.projection, &mut room.projected);
        for row in room.projected.chunks_exact_mut(HIDDEN) {
            row.iter_mut().zip(&self.projection_bias).for_each(|(x, bias)| *x += bias);
        }
        room.kept.resize(KEPT * F * 2 * HIDDEN, 0.0);
        room.again.resize(F * F * 2 * HIDDEN, 0.0);
    }

    /// Scores the actions of a state with these tokens in its places.
    pub(crate) fn score(
        &self,
        arch: pulp::Arch,
        tokens: [Option<usize>; F],
        room: &mut Room,
        out: &mut Scores,
    ) {
        let wide = F * 2 * HIDDEN;
        let last = tokens.iter().flatten().max().copied().unwrap_or(0);
        while room.computed <= last && room.computed * HIDDEN < room.projected.len() {
            let rows = &room.projected[room.computed * HIDDEN..];
            let count = (rows.len() / HIDDEN).min(AHEAD).min(KEPT - room.computed % KEPT);
            let start = room.computed % KEPT * wide;
            product(arch, rows, HIDDEN, &self.lower, &mut room.kept[start..start + count * wide]);
            room.computed += count;
        }
        for (place, token) in tokens.iter().enumerate() {
            if let Some(token) = token.filter(|&t| t + KEPT < room.computed) {
                let row = &room.projected[token * HIDDEN..];
                product(arch, row, HIDDEN, &self.lower, &mut room.again[place * wide..(place + 1) * wide]);
            }
        }
        let features: [&Contribution; F] = std::array::from_fn(|place| {
            let Some(token) = tokens[place] else { return &self.absent[place] };
            let contributions = if token + KEPT < room.computed {
                &room.again[place * wide..]
            } else {
                &room.kept[token % KEPT * wide..]
            };
            contributions[place * 2 * HIDDEN..].first_chunk().unwrap_or(&self.absent[place])
        });
        let (bias, upper, upper_bias) = (&self.lower_bias, &self.upper, &self.upper_bias);
        arch.dispatch(Score { features, bias, upper, upper_bias, out });
    }
}
