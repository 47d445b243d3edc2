//! Matrix products for the networks, in vector instructions chosen at run time. Every output is one
//! chain of fused multiply-adds in the order of the inputs, so that results are the same on every
//! processor and don't depend on which rows are computed together.

use pulp::{Simd, WithSimd};

use crate::model::ModelError;
use crate::pack::{Floats, Source};

/// Columns stand in panels of this many: `panel[input][column]`.
pub(crate) const PANEL: usize = 32;
/// The width of a token's vector.
pub(crate) const WIDTH: usize = 96;
/// The pieces of a maxout layer.
const PIECES: usize = 3;
/// The inputs of a maxout layer over a token and its two neighbours.
const WINDOW: usize = 3 * WIDTH;
/// Rows that are multiplied before their results are taken further, to stay in the cache.
const BLOCK: usize = 48;

/// A weight matrix in panels.
pub(crate) struct Matrix {
    inputs: usize,
    outputs: usize,
    panels: Floats,
}

impl Matrix {
    /// `outputs` are rounded up to whole panels.
    pub(crate) fn load(
        source: impl Source,
        name: &str,
        inputs: usize,
        outputs: usize,
    ) -> Result<Self, ModelError> {
        let outputs = outputs.next_multiple_of(PANEL);
        let panels = source.floats(&format!("{name}.weights"), inputs * outputs)?;
        Ok(Self { inputs, outputs, panels })
    }

    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }
}

/// `out[r] = rows[r] · matrix` for as many rows as `out` holds; row `r` begins at `rows[r * stride]`.
pub(crate) fn product(arch: pulp::Arch, rows: &[f32], stride: usize, matrix: &Matrix, out: &mut [f32]) {
    arch.dispatch(Product { rows, stride, matrix, out });
}

struct Product<'a> {
    rows: &'a [f32],
    stride: usize,
    matrix: &'a Matrix,
    out: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        multiply(simd, self.rows, self.stride, self.matrix, self.out);
    }
}

#[inline(always)]
fn multiply<S: Simd>(simd: S, rows: &[f32], stride: usize, matrix: &Matrix, out: &mut [f32]) {
    match matrix.inputs {
        64 => multiply_by::<S, 64>(simd, rows, stride, matrix, out),
        WIDTH => multiply_by::<S, WIDTH>(simd, rows, stride, matrix, out),
        WINDOW => multiply_by::<S, WINDOW>(simd, rows, stride, matrix, out),
        384 => multiply_by::<S, 384>(simd, rows, stride, matrix, out),
        _ => multiply_by::<S, 576>(simd, rows, stride, matrix, out),
    }
}

#[inline(always)]
fn multiply_by<S: Simd, const K: usize>(
    simd: S,
    rows: &[f32],
    stride: usize,
    matrix: &Matrix,
    out: &mut [f32],
) {
    let count = out.len() / matrix.outputs;
    for (p, panel) in matrix.panels.chunks_exact(K * PANEL).enumerate() {
        let mut row = 0;
        // As many rows at once as the accumulators leave registers for.
        if S::REGISTER_COUNT >= 32 {
            while row + 12 <= count {
                tile::<S, K, 12>(
                    simd,
                    &rows[row * stride..],
                    stride,
                    panel,
                    matrix.outputs,
                    &mut out[row * matrix.outputs + p * PANEL..],
                );
                row += 12;
            }
        }
        while row + 6 <= count {
            tile::<S, K, 6>(
                simd,
                &rows[row * stride..],
                stride,
                panel,
                matrix.outputs,
                &mut out[row * matrix.outputs + p * PANEL..],
            );
            row += 6;
        }
        while row + 3 <= count {
            tile::<S, K, 3>(
                simd,
                &rows[row * stride..],
                stride,
                panel,
                matrix.outputs,
                &mut out[row * matrix.outputs + p * PANEL..],
            );
            row += 3;
        }
        while row < count {
            tile::<S, K, 1>(
                simd,
                &rows[row * stride..],
                stride,
                panel,
                matrix.outputs,
                &mut out[row * matrix.outputs + p * PANEL..],
            );
            row += 1;
        }
    }
}

/// `M` rows times one panel.
#[inline(always)]
fn tile<S: Simd, const K: usize, const M: usize>(
    simd: S,
    rows: &[f32],
    stride: usize,
    panel: &[f32],
    outputs: usize,
    out: &mut [f32],
) {
    let rows: [&[f32; K]; M] = std::array::from_fn(|i| {
        rows[i * stride..].first_chunk().expect("a row has as many numbers as the matrix has inputs")
    });
    let (panel, _) = S::as_simd_f32s(panel);
    let vectors = PANEL / S::F32_LANES;
    for first in (0..vectors).step_by(2) {
        let mut sums = [[simd.splat_f32s(0.0); 2]; M];
        for (k, columns) in panel.chunks_exact(vectors).enumerate().take(K) {
            let columns = &columns[first..first + 2];
            for i in 0..M {
                let x = simd.splat_f32s(rows[i][k]);
                sums[i][0] = simd.mul_add_f32s(x, columns[0], sums[i][0]);
                sums[i][1] = simd.mul_add_f32s(x, columns[1], sums[i][1]);
            }
        }
        for (i, sums) in sums.iter().enumerate() {
            let start = i * outputs + first * S::F32_LANES;
            let (head, _) = S::as_mut_simd_f32s(&mut out[start..start + 2 * S::F32_LANES]);
            head.copy_from_slice(sums);
        }
    }
}

/// A maxout layer of three pieces with layer normalisation.
pub(crate) struct Maxout {
    matrix: Matrix,
    bias: Vec<f32>,
    scale: [f32; WIDTH],
    shift: [f32; WIDTH],
}

impl Maxout {
    pub(crate) fn load(source: impl Source, name: &str, inputs: usize) -> Result<Self, ModelError> {
        let vector = |part: &str| -> Result<[f32; WIDTH], ModelError> {
            let name = format!("{name}.{part}");
            let values = source.floats(&name, WIDTH)?;
            (*values).try_into().map_err(|_| ModelError::Wrong(name))
        };
        Ok(Self {
            matrix: Matrix::load(source, name, inputs, PIECES * WIDTH)?,
            bias: source.floats(&format!("{name}.bias"), PIECES * WIDTH)?.into_owned(),
            scale: vector("scale")?,
            shift: vector("shift")?,
        })
    }

    /// Applies the layer to as many rows as `out` holds. With `residual`, a row's input is the window
    /// of three rows around it, and its own row is added to the result.
    pub(crate) fn apply(
        &self,
        arch: pulp::Arch,
        rows: &[f32],
        stride: usize,
        residual: bool,
        scratch: &mut Vec<f32>,
        out: &mut [f32],
    ) {
        scratch.resize(BLOCK * PIECES * WIDTH, 0.0);
        for (b, out) in out.chunks_mut(BLOCK * WIDTH).enumerate() {
            let rows = &rows[b * BLOCK * stride..];
            let scratch = &mut scratch[..out.len() * PIECES];
            arch.dispatch(Block { layer: self, rows, stride, residual, scratch, out });
        }
    }

    #[inline(always)]
    fn activate(&self, sums: &[f32; PIECES * WIDTH], out: &mut [f32; WIDTH]) {
        let mut best = [0.0; WIDTH];
        for i in 0..WIDTH {
            let (a, b) = (sums[i] + self.bias[i], sums[WIDTH + i] + self.bias[WIDTH + i]);
            let c = sums[2 * WIDTH + i] + self.bias[2 * WIDTH + i];
            let ab = if b > a { b } else { a };
            best[i] = if c > ab { c } else { ab };
        }
        let mean = sum(&best) / WIDTH as f32;
        let mut squares = [0.0; WIDTH];
        for i in 0..WIDTH {
            best[i] -= mean;
            squares[i] = best[i] * best[i];
        }
        let deviation = 1.0 / (sum(&squares) / WIDTH as f32 + 1e-8).sqrt();
        for i in 0..WIDTH {
            out[i] += best[i] * deviation * self.scale[i] + self.shift[i];
        }
    }
}

/// A sum in an order that suits vectors of any length alike.
#[inline(always)]
fn sum(values: &[f32; WIDTH]) -> f32 {
    let mut lanes = [0.0_f32; 16];
    for group in values.as_chunks::<16>().0 {
        for i in 0..16 {
            lanes[i] += group[i];
        }
    }
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            lanes[i] += lanes[i + half];
        }
    }
    lanes[0]
}

struct Block<'a> {
    layer: &'a Maxout,
    rows: &'a [f32],
    stride: usize,
    residual: bool,
    scratch: &'a mut [f32],
    out: &'a mut [f32],
}

impl WithSimd for Block<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { layer, rows, stride, residual, scratch, out } = self;
        multiply(simd, rows, stride, &layer.matrix, scratch);
        let sums = scratch.as_chunks::<{ PIECES * WIDTH }>().0;
        for (r, (sums, out)) in sums.iter().zip(out.as_chunks_mut::<WIDTH>().0).enumerate() {
            if residual {
                let own = r * stride + WIDTH;
                out.copy_from_slice(&rows[own..own + WIDTH]);
            } else {
                out.fill(0.0);
            }
            layer.activate(sums, out);
        }
    }
}

/// Hidden units of a transition scorer.
pub(crate) const HIDDEN: usize = 64;
/// A feature's contribution to the two pieces of the hidden layer.
pub(crate) type Contribution = [f32; 2 * HIDDEN];
/// Scores of the actions, padded.
pub(crate) type Scores = [f32; 2 * HIDDEN];

/// Scores of a state's actions: the features' contributions summed, the better of two pieces, a
/// linear layer. Both biases are added after their sums.
pub(crate) struct Score<'a, const F: usize> {
    pub(crate) features: [&'a Contribution; F],
    pub(crate) bias: &'a Contribution,
    pub(crate) upper: &'a Matrix,
    pub(crate) upper_bias: &'a Scores,
    pub(crate) out: &'a mut Scores,
}

impl<const F: usize> WithSimd for Score<'_, F> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let mut total = [0.0; 2 * HIDDEN];
        for feature in self.features {
            for i in 0..2 * HIDDEN {
                total[i] += feature[i];
            }
        }
        let mut hidden = [0.0; HIDDEN];
        for i in 0..HIDDEN {
            let (a, b) = (total[i] + self.bias[i], total[HIDDEN + i] + self.bias[HIDDEN + i]);
            hidden[i] = if b > a { b } else { a };
        }
        // Eight accumulators, over one, two or four panels.
        const CHAINS: usize = 8;
        let vectors = PANEL / S::F32_LANES;
        let panels = S::as_simd_f32s(&self.upper.panels).0;
        let out = S::as_mut_simd_f32s(self.out).0;
        for (g, out) in out.chunks_exact_mut(CHAINS).enumerate() {
            let mut sums = [simd.splat_f32s(0.0); CHAINS];
            let start: [usize; CHAINS] = std::array::from_fn(|i| {
                let vector = g * CHAINS + i;
                vector / vectors * vectors * HIDDEN + vector % vectors
            });
            for (k, &h) in hidden.iter().enumerate() {
                let x = simd.splat_f32s(h);
                for i in 0..CHAINS {
                    sums[i] = simd.mul_add_f32s(x, panels[start[i] + k * vectors], sums[i]);
                }
            }
            out.copy_from_slice(&sums);
        }
        for i in 0..2 * HIDDEN {
            self.out[i] += self.upper_bias[i];
        }
    }
}
