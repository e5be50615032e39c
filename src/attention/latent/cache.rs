//! One token at a time over a compressed cache.

use crate::attention::words::{Dimension, Operand};
use ndarray::{Array1, Array2, ArrayView1, Axis};

use super::{LatentAttention, Projected};
use crate::attention::mask::same;
use crate::attention::{AttentionError, Mask, Positions};

/// The latent vectors of the tokens so far, and the one turned key of each: everything that later tokens
/// read, for all heads together.
#[derive(Debug, Clone, PartialEq)]
pub struct LatentCache {
    /// `(len, kv_lora)`
    latent: Array2<f64>,
    /// `(len, d_rope)`
    k_rope: Array2<f64>,
}

impl LatentCache {
    /// Number of tokens in the cache, which is the position of the next one.
    pub fn len(&self) -> usize {
        self.latent.nrows()
    }

    /// Is nothing stored yet?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of stored values.
    ///
    /// # Formula
    /// `(kv_lora + d_rope) · len`, whatever the number of heads
    pub fn elements(&self) -> usize {
        self.latent.len() + self.k_rope.len()
    }
}

impl LatentAttention {
    /// An empty cache for this layer.
    pub fn new_cache(&self) -> LatentCache {
        let empty = |width| Array2::zeros((0, width));
        LatentCache { latent: empty(self.sizes.kv_lora), k_rope: empty(self.sizes.d_rope) }
    }

    /// The output for one more token, in the absorbed form: appends its latent vector and its turned key
    /// to the cache, then attends over the whole cache.
    ///
    /// Token after token this gives the rows of [`LatentAttention::forward`] under [`Mask::Causal`].
    ///
    /// # Formula
    /// `C ← [C; x W_DKV]`, `K_R ← [K_R; rotate(x W_KR)]`, then [`LatentAttention::forward_absorbed`]
    ///
    /// # Shapes
    /// `x (d_model)` → `(d_model)`
    ///
    /// # Errors
    /// [`AttentionError`] if `x`, the cache or the positions do not fit. The cache is then unchanged.
    ///
    /// # Reference
    /// DeepSeek-AI 2024, *DeepSeek-V2*, section 2.1.2.
    ///
    /// # Examples
    /// ```
    /// use concepts::attention::{LatentAttention, LatentSizes, NoPositions};
    /// use concepts::numerics::{normal, rng};
    /// let sizes = LatentSizes {
    ///     d_model: 32, heads: 4, d_nope: 8, d_rope: 4, d_v: 8, kv_lora: 6, q_lora: None,
    /// };
    /// let mut rng = rng(7, "doc");
    /// let layer = LatentAttention::random(sizes, &mut rng)?;
    /// let mut cache = layer.new_cache();
    /// for token in normal((10, 32), 1.0, &mut rng).outer_iter() {
    ///     layer.step(token, &mut cache, &NoPositions)?;
    /// }
    /// assert_eq!(cache.elements(), 10 * (6 + 4)); // keys and values of four heads: 10 · 4 · (12 + 8)
    /// # Ok::<(), concepts::attention::AttentionError>(())
    /// ```
    pub fn step(
        &self,
        x: ArrayView1<f64>,
        cache: &mut LatentCache,
        positions: &dyn Positions,
    ) -> Result<Array1<f64>, AttentionError> {
        self.check(x.len(), positions)?;
        let widths = (cache.latent.ncols(), cache.k_rope.ncols());
        same(Dimension::KvLora, (Operand::Layer, self.sizes.kv_lora), (Operand::Cache, widths.0))?;
        same(Dimension::DRope, (Operand::Layer, self.sizes.d_rope), (Operand::Cache, widths.1))?;
        let x = x.insert_axis(Axis(0));
        let Projected { q_nope, q_rope, latent, k_rope } = self.project(x, positions, cache.len());
        append(&mut cache.latent, &latent);
        append(&mut cache.k_rope, &k_rope);
        // No mask: everything in the cache is past, and the token sees itself. (1, d_model)
        let keys = (&cache.latent, &cache.k_rope);
        let output = self.attend_latent((&q_nope, &q_rope), keys, &Mask::None, positions)?;
        Ok(output.remove_axis(Axis(0)))
    }
}

/// One more row below.
fn append(rows: &mut Array2<f64>, row: &Array2<f64>) {
    rows.append(Axis(0), row.view()).expect("the widths have been compared");
}
