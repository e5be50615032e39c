//! One token at a time: the keys and values of the past are kept, not computed again.

use crate::attention::words::{Dimension, Operand};
use ndarray::{Array1, Array2, ArrayView1, Axis, Slice};

use super::mask::same;
use super::{AttentionError, Mask, MultiHead, NoPositions, Positions};

/// The keys and values of the tokens so far.
///
/// Under a causal mask a new token changes nothing for the old ones, so their keys and values can be
/// kept. The *queries* of old tokens are never needed again: each of them has had its answer.
///
/// The cache grows with every token. [`KvCache::with_window`] bounds it, at a price: what has left the
/// window can no longer be read.
///
/// With positions the keys are kept as they were turned, each to its own position. Positions go on
/// counting when a window forgets: [`KvCache::next_position`].
#[derive(Debug, Clone, PartialEq)]
pub struct KvCache {
    k: Array2<f64>,
    v: Array2<f64>,
    window: Option<usize>,
    /// Number of tokens seen, forgotten ones included.
    seen: usize,
}

impl KvCache {
    /// The same cache, but it keeps only the last `w` tokens (sliding-window attention).
    ///
    /// # Errors
    /// [`AttentionError::Empty`] if `w` is 0: the new token itself must fit.
    ///
    /// # Examples
    /// ```
    /// use concepts::{attention::MultiHead, numerics::{normal, rng}};
    /// let mut rng = rng(7, "doc");
    /// let layer = MultiHead::random(8, 2, 2, &mut rng)?;
    /// let mut cache = layer.new_cache().with_window(3)?;
    /// for token in normal((10, 8), 1.0, &mut rng).outer_iter() {
    ///     layer.step(token, &mut cache)?;
    /// }
    /// assert_eq!(cache.len(), 3);
    /// # Ok::<(), concepts::attention::AttentionError>(())
    /// ```
    pub fn with_window(mut self, w: usize) -> Result<KvCache, AttentionError> {
        if w == 0 {
            return Err(AttentionError::Empty { what: Dimension::Window });
        }
        self.window = Some(w);
        self.forget();
        Ok(self)
    }

    /// Number of tokens in the cache.
    pub fn len(&self) -> usize {
        self.k.nrows()
    }

    /// The position of the next token: the number of tokens seen so far, those included that a window has
    /// forgotten.
    pub fn next_position(&self) -> usize {
        self.seen
    }

    /// Is nothing stored yet?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of stored values.
    ///
    /// # Formula
    /// `2 · kv_heads · d_head · len`
    pub fn elements(&self) -> usize {
        self.k.len() + self.v.len()
    }

    /// Drops what has left the window.
    fn forget(&mut self) {
        let Some(w) = self.window else { return };
        if self.len() > w {
            let last = Slice::from(self.len() - w..);
            self.k = self.k.slice_axis(Axis(0), last).to_owned();
            self.v = self.v.slice_axis(Axis(0), last).to_owned();
        }
    }
}

impl MultiHead {
    /// An empty cache for this layer.
    pub fn new_cache(&self) -> KvCache {
        // (0, kv_heads·d_head), twice
        let k = Array2::zeros((0, self.kv_heads() * self.d_head()));
        KvCache { v: k.clone(), k, window: None, seen: 0 }
    }

    /// The output for one more token: appends its key and value to the cache, then attends with its
    /// query over the whole cache.
    ///
    /// Token after token this gives the rows of [`MultiHead::forward`] under [`Mask::Causal`].
    ///
    /// # Formula
    /// `K ← [K; x W_K]`, `V ← [V; x W_V]`, `y = concat(Attention(x W_Q, K, V)) W_O`
    ///
    /// # Shapes
    /// `x (d_model)` → `(d_model)`
    ///
    /// # Errors
    /// [`AttentionError::ShapeMismatch`] if `x` or the cache does not fit this layer. The cache is then
    /// unchanged.
    ///
    /// # Examples
    /// ```
    /// use concepts::attention::{Mask, MultiHead};
    /// use concepts::numerics::{max_difference, normal, rng, tolerance::EXACT_F64};
    /// use ndarray::Array2;
    /// let mut rng = rng(7, "doc");
    /// let layer = MultiHead::random(16, 4, 2, &mut rng)?;
    /// let x = normal((6, 16), 1.0, &mut rng);
    /// let mut cache = layer.new_cache();
    /// let mut steps = Array2::zeros((0, 16));
    /// for token in x.outer_iter() {
    ///     steps.push_row(layer.step(token, &mut cache)?.view()).expect("16 wide");
    /// }
    /// assert!(max_difference(&steps, &layer.forward(x.view(), &Mask::Causal)?) < EXACT_F64);
    /// assert_eq!(cache.elements(), 2 * 2 * 4 * 6);
    /// # Ok::<(), concepts::attention::AttentionError>(())
    /// ```
    pub fn step(&self, x: ArrayView1<f64>, cache: &mut KvCache) -> Result<Array1<f64>, AttentionError> {
        self.step_with(x, cache, &NoPositions)
    }

    /// [`MultiHead::step`] with positions. The token stands at [`KvCache::next_position`].
    ///
    /// Token after token this gives the rows of [`MultiHead::trace_with`] under [`Mask::Causal`]. A cache
    /// must be filled with the same positions that it is read with.
    ///
    /// # Formula
    /// `K ← [K; rotate(x W_K)]`, `V ← [V; x W_V]`,
    /// `y = concat(softmax(rotate(x W_Q) Kᵀ / √d_head + bias) V) W_O`
    ///
    /// # Shapes
    /// `x (d_model)` → `(d_model)`
    ///
    /// # Errors
    /// As [`MultiHead::step`], or if the positions do not fit the layer. The cache is then unchanged.
    ///
    /// # Examples
    /// ```
    /// use concepts::attention::MultiHead;
    /// use concepts::numerics::{normal, rng};
    /// use concepts::position::Rotary;
    /// use concepts::position::rope::{Layout, rope_frequencies};
    /// let mut rng = rng(7, "doc");
    /// let layer = MultiHead::random(16, 4, 2, &mut rng)?;
    /// let rotary = Rotary::new(rope_frequencies(4, 10_000.0).expect("4 is even"), Layout::Halves);
    /// let mut cache = layer.new_cache().with_window(3)?;
    /// for token in normal((10, 16), 1.0, &mut rng).outer_iter() {
    ///     layer.step_with(token, &mut cache, &rotary)?;
    /// }
    /// assert_eq!((cache.len(), cache.next_position()), (3, 10));
    /// # Ok::<(), concepts::attention::AttentionError>(())
    /// ```
    pub fn step_with(
        &self,
        x: ArrayView1<f64>,
        cache: &mut KvCache,
        positions: &dyn Positions,
    ) -> Result<Array1<f64>, AttentionError> {
        same(Dimension::DModel, (Operand::Layer, self.d_model()), (Operand::Token, x.len()))?;
        let width = self.kv_heads() * self.d_head();
        same(Dimension::KvWidth, (Operand::Layer, width), (Operand::Cache, cache.k.ncols()))?;
        positions.check(self.heads(), self.d_head())?;
        // (1, d_model)
        let x = x.insert_axis(Axis(0));
        // (1, heads·d_head)
        let q = self.rotate(&x.dot(self.w_q()), positions, cache.seen);
        // (1, kv_heads·d_head): turned once, and kept like that
        let k = self.rotate(&x.dot(self.w_k()), positions, cache.seen);
        append(&mut cache.k, &k)?;
        append(&mut cache.v, &x.dot(self.w_v()))?;
        cache.seen += 1;
        cache.forget();
        // No mask: everything in the cache is past, and the token sees itself. (1, heads·d_head)
        let (_, concat) = self.attend(&q, &cache.k, &cache.v, &Mask::None, positions)?;
        // (1, heads·d_head) · (heads·d_head, d_model) → (1, d_model)
        Ok(concat.dot(self.w_o()).remove_axis(Axis(0)))
    }
}

/// One more row below.
fn append(rows: &mut Array2<f64>, row: &Array2<f64>) -> Result<(), AttentionError> {
    let (left, right) = (rows.ncols(), row.ncols());
    rows.append(Axis(0), row.view()).map_err(|_| AttentionError::ShapeMismatch {
        what: Dimension::KvWidth,
        left_name: Operand::Cache,
        left,
        right_name: Operand::Token,
        right,
    })
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::*;
    use crate::numerics::tolerance::EXACT_F64;
    use crate::numerics::{max_difference, normal, rng};

    #[test]
    fn a_window_is_a_banded_causal_mask() {
        let mut rng = rng(1, "window");
        let layer = MultiHead::random(12, 3, 1, &mut rng).unwrap();
        let x = normal((9, 12), 1.0, &mut rng);
        for w in [1, 2, 4, 9, 20] {
            // (9, 9)
            let band = Array2::from_shape_fn((9, 9), |(i, j)| j + w > i);
            let whole = layer.forward(x.view(), &Mask::Causal.and(Mask::Pairs(band))).unwrap();
            assert_eq!(layer.forward(x.view(), &Mask::Window(w)).unwrap(), whole);
            let mut cache = layer.new_cache().with_window(w).unwrap();
            for (i, token) in x.outer_iter().enumerate() {
                let step = layer.step(token, &mut cache).unwrap().insert_axis(Axis(0));
                let row = whole.row(i).to_owned().insert_axis(Axis(0));
                assert!(max_difference(&step, &row) < EXACT_F64);
                assert_eq!(cache.len(), (i + 1).min(w));
            }
        }
    }

    #[test]
    fn a_failed_step_leaves_the_cache_alone() {
        let mut rng = rng(2, "failed");
        let layer = MultiHead::random(8, 2, 2, &mut rng).unwrap();
        let other = MultiHead::random(8, 2, 1, &mut rng).unwrap();
        let mut cache = layer.new_cache();
        assert!(cache.is_empty());
        layer.step(Array1::ones(8).view(), &mut cache).unwrap();
        let before = cache.clone();
        assert!(layer.step(Array1::ones(7).view(), &mut cache).is_err());
        assert!(other.step(Array1::ones(8).view(), &mut cache).is_err());
        assert_eq!(cache, before);
        assert!(layer.new_cache().with_window(0).is_err());
    }
}
