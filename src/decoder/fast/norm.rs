//! Norms of rows, in `f32` with sums in `f64`.

use crate::decoder::Norm;

/// A norm with its weights.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FastNorm {
    kind: Norm,
    eps: f64,
    /// With the offset.
    gain: Vec<f32>,
    /// Empty without one.
    bias: Vec<f32>,
}

impl FastNorm {
    pub(super) fn new(kind: Norm, eps: f64, mut gain: Vec<f32>, bias: Vec<f32>) -> Self {
        if let Norm::Rms { offset } = kind {
            gain.iter_mut().for_each(|gain| *gain = (f64::from(*gain) + offset) as f32);
        }
        Self { kind, eps, gain, bias }
    }

    /// Features of a row.
    pub(super) fn width(&self) -> usize {
        self.gain.len()
    }

    /// Each row of `x` brought to one size, in place: `(n, d)`.
    pub(super) fn apply(&self, x: &mut [f32]) {
        for row in x.chunks_exact_mut(self.gain.len()) {
            if let Norm::Layer = self.kind {
                let mean = (sum(row, f64::from) / row.len() as f64) as f32;
                row.iter_mut().for_each(|x| *x -= mean);
            }
            let square = sum(row, |x| f64::from(x) * f64::from(x)) / row.len() as f64;
            let factor = (1.0 / (square + self.eps).sqrt()) as f32;
            for (x, gain) in row.iter_mut().zip(&self.gain) {
                *x = *x * factor * gain;
            }
            for (x, bias) in row.iter_mut().zip(&self.bias) {
                *x += bias;
            }
        }
    }
}

/// Four sums side by side: one alone would wait for itself.
fn sum(row: &[f32], of: impl Fn(f32) -> f64) -> f64 {
    let mut sums = [0.0; 4];
    let (fours, rest) = row.as_chunks::<4>();
    for four in fours {
        for (sum, &x) in sums.iter_mut().zip(four) {
            *sum += of(x);
        }
    }
    sums.iter().sum::<f64>() + rest.iter().map(|&x| of(x)).sum::<f64>()
}
