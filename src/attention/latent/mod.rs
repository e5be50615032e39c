//! Multi-head latent attention: keys and values of all heads come from one short vector a token.
//!
//! | file | idea |
//! |---|---|
//! | `sizes` | how large everything is |
//! | `weights` | the matrices, by the names of the paper |
//! | `expanded` | keys and values of every head are built, then attention as usual |
//! | `absorbed` | attention directly over the latent vectors |
//! | `cache` | one token at a time over a compressed cache |

mod absorbed;
mod cache;
mod expanded;
mod sizes;
#[cfg(test)]
mod tests;
mod weights;

use crate::attention::words::{Dimension, Operand};
use ndarray::{Array1, Array2, ArrayView2, Axis, Slice, concatenate};
use rand::Rng;

pub use self::cache::LatentCache;
pub use self::expanded::LatentTrace;
pub use self::sizes::LatentSizes;
pub use self::weights::LatentWeights;
use super::mask::same;
use super::{AttentionError, Positions};
use crate::numerics::rms_normalise;

/// What the normalisation of a latent vector adds to its mean square.
const EPSILON: f64 = 1e-6;

/// A layer of multi-head latent attention (MLA), without biases.
///
/// A token is compressed into one latent vector `c`, and the keys and values of every head are made from
/// it by `W_UK` and `W_UV`. Only `c` has to be kept for later tokens. More than that: neither keys nor
/// values have to be made at all. `qᵀ (W_UKᵀ c) = (W_UK q)ᵀ c`, so the query can be brought to the space
/// of `c` instead, and the weighted mean of the values is the weighted mean of the `c`, then multiplied by
/// `W_UV`. [`LatentAttention::forward`] builds the keys and values, [`LatentAttention::forward_absorbed`]
/// does not, and both give the same.
///
/// A rotation between `W_UK` and the query would depend on the distance of the two tokens, and no fixed
/// matrix could stand for the product. So positions get features of their own: a small part of each
/// query, and one key `k_R` that all heads share and that comes from the input directly.
///
/// # Formula
/// `c_Q = x W_DQ`, `q = [c_Q W_UQ^(h) ; rotate(c_Q W_QR^(h))]`, `c = x W_DKV`,
/// `k = [c W_UK^(h) ; rotate(x W_KR)]`, `v = c W_UV^(h)`;
/// `headₕ = softmax(q kᵀ / √(d_nope + d_rope)) v`, `output = concat(head₀, …) W_O`
///
/// # Shapes
/// As in [`LatentWeights`].
///
/// # Reference
/// DeepSeek-AI 2024, *DeepSeek-V2*, section 2.1; the gains: section 3.1.2.
///
/// # Examples
/// ```
/// use concepts::attention::{LatentAttention, LatentSizes, Mask};
/// use concepts::numerics::{max_difference, normal, rng, tolerance::EXACT_F64};
/// use concepts::position::Rotary;
/// use concepts::position::rope::{Layout, rope_frequencies};
/// let sizes = LatentSizes {
///     d_model: 32, heads: 4, d_nope: 8, d_rope: 4, d_v: 8, kv_lora: 6, q_lora: Some(12),
/// };
/// let mut rng = rng(7, "doc");
/// let layer = LatentAttention::random(sizes, &mut rng)?;
/// let rotary = Rotary::new(rope_frequencies(4, 10_000.0).expect("4 is even"), Layout::Interleaved);
/// let x = normal((5, 32), 1.0, &mut rng);
/// let built = layer.forward(x.view(), &Mask::Causal, &rotary)?;
/// let absorbed = layer.forward_absorbed(x.view(), &Mask::Causal, &rotary)?;
/// assert!(max_difference(&built, &absorbed) < EXACT_F64);
/// # Ok::<(), concepts::attention::AttentionError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LatentAttention {
    sizes: LatentSizes,
    weights: LatentWeights,
}

/// Queries and what is kept of the keys, positions included.
struct Projected {
    /// `(n, heads·d_nope)`
    q_nope: Array2<f64>,
    /// Turned, `(n, heads·d_rope)`.
    q_rope: Array2<f64>,
    /// `c`, `(n, kv_lora)`.
    latent: Array2<f64>,
    /// The shared key, turned, `(n, d_rope)`.
    k_rope: Array2<f64>,
}

impl LatentAttention {
    /// A layer with these weights.
    ///
    /// # Errors
    /// [`AttentionError`] if a size other than `d_rope` is 0 or a weight has another shape than the sizes
    /// tell.
    pub fn from_weights(sizes: LatentSizes, weights: LatentWeights) -> Result<Self, AttentionError> {
        sizes.check()?;
        weights.check(&sizes)?;
        Ok(LatentAttention { sizes, weights })
    }

    /// A layer with independent entries `N(0, 1/rows)` in every matrix, without normalisation of the
    /// latent vectors.
    ///
    /// # Errors
    /// [`AttentionError::Empty`] if a size other than `d_rope` is 0.
    pub fn random(sizes: LatentSizes, rng: &mut impl Rng) -> Result<Self, AttentionError> {
        sizes.check()?;
        Ok(LatentAttention { sizes, weights: LatentWeights::random(&sizes, rng) })
    }

    /// How large everything is.
    pub fn sizes(&self) -> LatentSizes {
        self.sizes
    }

    /// The matrices.
    pub fn weights(&self) -> &LatentWeights {
        &self.weights
    }

    /// Number of weights, gains included.
    ///
    /// # Formula
    /// [`LatentSizes::parameters`], plus `q_lora` and `kv_lora` where the latent vectors are normalised
    pub fn parameters(&self) -> usize {
        self.weights.count()
    }

    /// Does the input fit, and do the positions?
    fn check(&self, width: usize, positions: &dyn Positions) -> Result<(), AttentionError> {
        same(Dimension::DModel, (Operand::Layer, self.sizes.d_model), (Operand::Tokens, width))?;
        positions.check(self.sizes.heads, self.sizes.d_rope)
    }

    /// From tokens at the positions `first ..` to queries and latent vectors.
    fn project(&self, x: ArrayView2<f64>, positions: &dyn Positions, first: usize) -> Projected {
        let w = &self.weights;
        // (n, q_lora), or the input itself
        let c_q = match &w.w_dq {
            Some(w_dq) => normalised(x.dot(w_dq), w.q_gain.as_ref()),
            None => x.to_owned(),
        };
        let q_nope = c_q.dot(&w.w_uq);
        let mut q_rope = c_q.dot(&w.w_qr);
        for h in 0..self.sizes.heads {
            let mut head = q_rope.slice_axis_mut(Axis(1), columns(h, self.sizes.d_rope));
            let turned = positions.rotate(head.to_owned(), first);
            head.assign(&turned);
        }
        let latent = normalised(x.dot(&w.w_dkv), w.kv_gain.as_ref());
        let k_rope = positions.rotate(x.dot(&w.w_kr), first);
        Projected { q_nope, q_rope, latent, k_rope }
    }

    /// What the dot product of a query and a key is divided by, in either form.
    fn divisor(&self) -> f64 {
        (self.sizes.d_head() as f64).sqrt()
    }
}

/// The columns of head `h`, of which each has `width`.
fn columns(h: usize, width: usize) -> Slice {
    Slice::from(h * width..(h + 1) * width)
}

/// The columns of head `h`.
fn part(x: &Array2<f64>, h: usize, width: usize) -> ArrayView2<'_, f64> {
    x.slice_axis(Axis(1), columns(h, width))
}

/// Two groups of features side by side.
fn beside(left: ArrayView2<f64>, right: ArrayView2<f64>) -> Array2<f64> {
    concatenate(Axis(1), &[left, right]).expect("both have one row a token")
}

/// RMS normalisation, if the layer has it.
fn normalised(latent: Array2<f64>, gain: Option<&Array1<f64>>) -> Array2<f64> {
    match gain {
        Some(gain) => rms_normalise(&latent, EPSILON) * gain,
        None => latent,
    }
}
