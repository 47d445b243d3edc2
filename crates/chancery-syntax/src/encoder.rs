//! From words to vectors in context: hashed embeddings, mixed by a maxout layer, then four residual
//! layers over each token and its neighbours (spaCy's MultiHashEmbed and MaxoutWindowEncoder).

use crate::hashes::row_keys;
use crate::matrix::{Maxout, WIDTH};
use crate::model::ModelError;
use crate::pack::{Floats, Source};
use crate::words::Features;

const DEPTH: usize = 4;
/// Rows of the embedding tables, in the order of the features.
const ROWS: [usize; 6] = [5000, 1000, 2500, 2500, 50, 50];
const FIRST_SEED: u64 = 8;
/// Rows of zeros before, between and after texts. Each layer lets a token see one row further, so
/// that texts which share as many rows as there are layers don't see each other.
pub(crate) const PADDING: usize = DEPTH;

pub(crate) struct Encoder {
    embeddings: Vec<Floats>,
    mix: Maxout,
    layers: [Maxout; DEPTH],
}

impl Encoder {
    pub(crate) fn load(source: impl Source, name: &str, features: usize) -> Result<Self, ModelError> {
        let layer = |i: usize| Maxout::load(source, &format!("{name}.layer.{i}"), 3 * WIDTH);
        Ok(Self {
            embeddings: (0..features)
                .map(|i| source.floats(&format!("{name}.embedding.{i}"), ROWS[i] * WIDTH))
                .collect::<Result<_, _>>()?,
            mix: Maxout::load(source, &format!("{name}.mix"), features * WIDTH)?,
            layers: [layer(0)?, layer(1)?, layer(2)?, layer(3)?],
        })
    }

    /// The vectors of words out of context.
    pub(crate) fn embed<'a>(
        &self,
        arch: pulp::Arch,
        words: impl Iterator<Item = &'a Features>,
        rows: &mut Vec<f32>,
        scratch: &mut Vec<f32>,
        out: &mut [f32],
    ) {
        rows.clear();
        for features in words {
            for (i, table) in self.embeddings.iter().enumerate() {
                let seed = FIRST_SEED + i as u64;
                let keys = row_keys(features[i], seed);
                let row = |key: u32| {
                    let start = key as usize % ROWS[i] * WIDTH;
                    &table[start..start + WIDTH]
                };
                let [a, b, c, d] = keys.map(row);
                rows.extend((0..WIDTH).map(|k| a[k] + b[k] + c[k] + d[k]));
            }
        }
        let stride = self.embeddings.len() * WIDTH;
        self.mix.apply(arch, rows, stride, false, scratch, out);
    }

    /// Vectors in context. `x` has one row of zeros more at each end than the texts with their
    /// padding; the result replaces it.
    pub(crate) fn encode(
        &self,
        arch: pulp::Arch,
        x: &mut Vec<f32>,
        y: &mut Vec<f32>,
        scratch: &mut Vec<f32>,
    ) {
        y.clear();
        y.resize(x.len(), 0.0);
        let inner = WIDTH..x.len() - WIDTH;
        for layer in &self.layers {
            layer.apply(arch, x, WIDTH, true, scratch, &mut y[inner.clone()]);
            std::mem::swap(x, y);
        }
    }
}
