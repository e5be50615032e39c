//! The network of a layer, and the projections that it shares with attention.

use rayon::prelude::*;

use super::FastError;
use super::model::FastLayer;
use super::parts::Projection;
use crate::activation::{Activation, fast_gelu, fast_gelu_tanh, fast_silu, fast_swiglu};
use crate::linear::{Threads, apply_together};
use crate::numerics::Scratch;

/// Numbers of a task, where each is computed by itself.
const PIECE: usize = 1 << 14;

/// Several projections of the same rows.
///
/// # Shapes
/// `x (n, inputs)` → each `(n, outputs)`
pub(super) fn project<const P: usize>(
    projections: [&Projection<'_>; P],
    x: &[f32],
    n: usize,
) -> Result<[Scratch; P], FastError> {
    let mut outs = projections.map(|projection| Scratch::new(n * projection.weight.rows()));
    let weights = projections.map(|projection| &projection.weight);
    let mut rooms = outs.each_mut().map(|out| &mut out[..]);
    apply_together(&weights, x, n, &mut rooms, Threads::All)?;
    for (out, projection) in outs.iter_mut().zip(projections) {
        if !projection.bias.is_empty() {
            for row in out.chunks_exact_mut(projection.bias.len()) {
                row.iter_mut().zip(&projection.bias).for_each(|(y, b)| *y += b);
            }
        }
    }
    Ok(outs)
}

/// # Formula
/// `(f(x Gᵀ) ⊙ x Uᵀ) Dᵀ`; without a gate `f(x Uᵀ) Dᵀ`
///
/// # Shapes
/// `x (n, d_model)` → the same
pub(super) fn network(
    layer: &FastLayer<'_>,
    activation: Activation,
    x: &[f32],
    n: usize,
) -> Result<Scratch, FastError> {
    let inner = match &layer.gate {
        Some(gate) => {
            let [gate, up] = project([gate, &layer.up], x, n)?;
            let mut inner = Scratch::new(up.len());
            let pieces = inner.par_chunks_mut(PIECE).zip(gate.par_chunks(PIECE)).zip(up.par_chunks(PIECE));
            pieces.for_each(|((inner, gate), up)| gated(activation, gate, up, inner));
            inner
        }
        None => {
            let [up] = project([&layer.up], x, n)?;
            let mut inner = Scratch::new(up.len());
            let pieces = inner.par_chunks_mut(PIECE).zip(up.par_chunks(PIECE));
            pieces.for_each(|(inner, up)| each(activation, up, inner));
            inner
        }
    };
    let [out] = project([&layer.down], &inner, n)?;
    Ok(out)
}

/// `f(gate) ⊙ up`. Slices of one length are never refused.
fn gated(activation: Activation, gate: &[f32], up: &[f32], inner: &mut [f32]) {
    if activation == Activation::SILU && fast_swiglu(gate, up, inner).is_ok() {
        return;
    }
    each(activation, gate, inner);
    inner.iter_mut().zip(up).for_each(|(inner, up)| *inner *= up);
}

/// `f(x)`: by a kernel where there is one, in `f64` where there is none.
fn each(activation: Activation, x: &[f32], y: &mut [f32]) {
    let done = match activation {
        Activation::SILU => fast_silu(x, y).is_ok(),
        Activation::Gelu => fast_gelu(x, y).is_ok(),
        Activation::GeluTanh => fast_gelu_tanh(x, y).is_ok(),
        _ => false,
    };
    if !done {
        y.iter_mut().zip(x).for_each(|(y, &x)| *y = activation.of(f64::from(x)) as f32);
    }
}
