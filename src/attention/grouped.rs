//! From a layer with many key/value heads to one with few, and back.

use crate::attention::words::Dimension;
use ndarray::{Array2, Axis, Slice};

use super::{AttentionError, MultiHead};

impl MultiHead {
    /// The same layer with fewer key/value heads: each new one is the mean of a group of neighbours.
    ///
    /// This is how a trained layer becomes one with grouped queries (GQA) or with a single key/value head
    /// (MQA). The result does not compute the same; it is the point from which training goes on. Queries
    /// and the output weights stay. Weights that already agree within each group lose nothing.
    ///
    /// # Formula
    /// `W_K'^(g) = (1/m) Σᵢ W_K^(g·m + i)` over `i < m = self.kv_heads() / kv_heads`; `W_V` likewise
    ///
    /// # Shapes
    /// `w_k` and `w_v`: `(d_model, self.kv_heads()·d_head)` → `(d_model, kv_heads·d_head)`
    ///
    /// # Errors
    /// [`AttentionError`] if `kv_heads` is 0 or does not divide the number of key/value heads.
    ///
    /// # Reference
    /// Ainslie et al. 2023, *GQA: Training Generalized Multi-Query Transformer Models from Multi-Head
    /// Checkpoints*, section 2.1.
    ///
    /// # Examples
    /// ```
    /// use concepts::{attention::MultiHead, numerics::rng};
    /// let layer = MultiHead::random(64, 8, 8, &mut rng(7, "doc"))?;
    /// let grouped = layer.pooled(2)?;
    /// assert_eq!((grouped.heads(), grouped.kv_heads()), (8, 2));
    /// // The first new key head is the mean of the first four.
    /// let mean = (0..4).map(|g| layer.w_k()[[0, g * 8]]).sum::<f64>() / 4.0;
    /// assert!((grouped.w_k()[[0, 0]] - mean).abs() < 1e-12);
    /// # Ok::<(), concepts::attention::AttentionError>(())
    /// ```
    pub fn pooled(&self, kv_heads: usize) -> Result<MultiHead, AttentionError> {
        if kv_heads == 0 {
            return Err(AttentionError::Empty { what: Dimension::KvHeads });
        }
        if !self.kv_heads().is_multiple_of(kv_heads) {
            return Err(AttentionError::PoolDoesNotDivide { from: self.kv_heads(), to: kv_heads });
        }
        let members = self.kv_heads() / kv_heads;
        let (w_k, w_v) = (self.pool(self.w_k(), members), self.pool(self.w_v(), members));
        let (w_q, w_o) = (self.w_q().clone(), self.w_o().clone());
        MultiHead::from_weights(self.heads(), kv_heads, w_q, w_k, w_v, w_o)
    }

    /// The layer with a key/value head for every query head that computes exactly the same: each shared
    /// head is written down `heads / kv_heads` times.
    ///
    /// Each head is *repeated* in its place (`g₀ g₀ g₁ g₁`), because query head `h` reads head
    /// `h / (heads / kv_heads)`. To *tile* the whole row of heads instead (`g₀ g₁ g₀ g₁`) gives every head
    /// a query that it was not trained with. With one key/value head, or with as many as query heads,
    /// the two orders are the same, so a test at either end does not notice; in between the outputs
    /// differ.
    ///
    /// # Formula
    /// `W_K'^(h) = W_K^(h / (heads / kv_heads))`; `W_V` likewise
    ///
    /// # Shapes
    /// `w_k` and `w_v`: `(d_model, kv_heads·d_head)` → `(d_model, heads·d_head)`
    ///
    /// # Reference
    /// Ainslie et al. 2023, *GQA*, section 2.2.
    ///
    /// # Examples
    /// ```
    /// use concepts::attention::{Mask, MultiHead};
    /// use concepts::numerics::{normal, rng};
    /// let mut rng = rng(7, "doc");
    /// let layer = MultiHead::random(16, 4, 2, &mut rng)?;
    /// let x = normal((5, 16), 1.0, &mut rng);
    /// let expanded = layer.expanded();
    /// assert_eq!(expanded.kv_heads(), 4);
    /// assert_eq!(expanded.forward(x.view(), &Mask::Causal)?, layer.forward(x.view(), &Mask::Causal)?);
    /// # Ok::<(), concepts::attention::AttentionError>(())
    /// ```
    #[must_use]
    pub fn expanded(&self) -> MultiHead {
        let d_head = self.d_head();
        // (heads·d_head): which column of the shared weights becomes each column
        let columns: Vec<usize> = (0..self.heads())
            .flat_map(|h| (0..d_head).map(move |c| (h, c)))
            .map(|(h, c)| self.key_head(h) * d_head + c)
            .collect();
        let (w_k, w_v) = (self.w_k().select(Axis(1), &columns), self.w_v().select(Axis(1), &columns));
        let (w_q, w_o) = (self.w_q().clone(), self.w_o().clone());
        MultiHead::from_weights(self.heads(), self.heads(), w_q, w_k, w_v, w_o)
            .expect("a head for every query head always fits")
    }

    /// The means of so many neighbouring heads.
    fn pool(&self, w: &Array2<f64>, members: usize) -> Array2<f64> {
        let d_head = self.d_head();
        // (d_model, kv_heads·d_head / members)
        let mut means = Array2::zeros((w.nrows(), w.ncols() / members));
        for (g, mut mean) in means.axis_chunks_iter_mut(Axis(1), d_head).enumerate() {
            for head in g * members..(g + 1) * members {
                mean += &w.slice_axis(Axis(1), Slice::from(head * d_head..(head + 1) * d_head));
            }
        }
        means / members as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attention::Mask;
    use crate::numerics::tolerance::EXACT_F64;
    use crate::numerics::{max_difference, normal, rng};

    /// Whole rows of heads one after the other: the wrong order.
    fn tiled(layer: &MultiHead) -> MultiHead {
        let width = layer.kv_heads() * layer.d_head();
        let columns: Vec<usize> = (0..layer.heads() * layer.d_head()).map(|c| c % width).collect();
        let [w_k, w_v] = [layer.w_k(), layer.w_v()].map(|w| w.select(Axis(1), &columns));
        let (w_q, w_o) = (layer.w_q().clone(), layer.w_o().clone());
        MultiHead::from_weights(layer.heads(), layer.heads(), w_q, w_k, w_v, w_o).unwrap()
    }

    #[test]
    fn repeating_changes_nothing_and_tiling_does_in_between() {
        let mut rng = rng(1, "expanded");
        for kv_heads in [1, 2, 4, 8] {
            let layer = MultiHead::random(32, 8, kv_heads, &mut rng).unwrap();
            let x = normal((6, 32), 1.0, &mut rng);
            let forward = |layer: &MultiHead| layer.forward(x.view(), &Mask::Causal).unwrap();
            assert_eq!(forward(&layer.expanded()), forward(&layer));
            let off = max_difference(&forward(&tiled(&layer)), &forward(&layer));
            assert_eq!(off > 0.1, kv_heads == 2 || kv_heads == 4, "{kv_heads} key heads: {off}");
            assert_eq!(off == 0.0, kv_heads == 1 || kv_heads == 8, "{kv_heads} key heads: {off}");
        }
    }

    #[test]
    fn pooling_undoes_repeating() {
        let mut rng = rng(2, "pooled");
        for kv_heads in [1, 2, 3, 6] {
            let layer = MultiHead::random(24, 6, kv_heads, &mut rng).unwrap();
            let back = layer.expanded().pooled(kv_heads).unwrap();
            assert!(max_difference(back.w_k(), layer.w_k()) < EXACT_F64);
            assert!(max_difference(back.w_v(), layer.w_v()) < EXACT_F64);
            assert_eq!((back.w_q(), back.w_o()), (layer.w_q(), layer.w_o()));
        }
    }

    #[test]
    fn a_new_head_is_the_mean_of_its_group() {
        let layer = MultiHead::random(24, 6, 6, &mut rng(5, "mean")).unwrap();
        let pooled = layer.pooled(2).unwrap();
        for (new, old) in [(pooled.w_k(), layer.w_k()), (pooled.w_v(), layer.w_v())] {
            for ((i, c), mean) in new.indexed_iter() {
                let (g, c) = (c / 4, c % 4);
                let sum: f64 = (3 * g..3 * (g + 1)).map(|head| old[[i, head * 4 + c]]).sum();
                assert!((mean - sum / 3.0).abs() < EXACT_F64, "row {i}, head {g}, column {c}");
            }
        }
    }

    #[test]
    fn pooling_in_two_steps_is_pooling_at_once() {
        let layer = MultiHead::random(32, 8, 8, &mut rng(3, "steps")).unwrap();
        let (twice, once) = (layer.pooled(4).unwrap().pooled(2).unwrap(), layer.pooled(2).unwrap());
        assert!(max_difference(twice.w_k(), once.w_k()) < EXACT_F64);
        assert!(max_difference(twice.w_v(), once.w_v()) < EXACT_F64);
        assert_eq!(layer.pooled(8).unwrap(), layer);
    }

    #[test]
    fn what_does_not_divide_is_named() {
        let layer = MultiHead::random(32, 8, 4, &mut rng(4, "errors")).unwrap();
        assert_eq!(layer.pooled(0), Err(AttentionError::Empty { what: Dimension::KvHeads }));
        for to in [3, 8] {
            assert_eq!(layer.pooled(to), Err(AttentionError::PoolDoesNotDivide { from: 4, to }));
        }
    }
}
