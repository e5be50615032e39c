//! The feed-forward network of one layer.

use ndarray::Array2;

use super::model::Layer;
use super::seen::Witness;
use crate::activation::Activation;

/// # Formula
/// `(f(x Gᵀ) ⊙ x Uᵀ) Dᵀ`; without a gate `f(x Uᵀ) Dᵀ`
///
/// # Shapes
/// `x (n, d_model)` → `(n, d_model)`
pub(super) fn feed_forward(
    layer: &Layer,
    number: usize,
    activation: Activation,
    x: &Array2<f64>,
    witness: &mut Witness,
) -> Array2<f64> {
    let up = layer.up.apply(x);
    // (n, d_ff)
    let inner = match &layer.gate {
        Some(gate) => gate.apply(x).mapv(|x| activation.of(x)) * up,
        None => up.mapv(|x| activation.of(x)),
    };
    witness.activations(number, &inner);
    layer.down.apply(&inner)
}
