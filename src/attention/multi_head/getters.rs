//! What a layer is made of.

use ndarray::Array2;

use super::MultiHead;

impl MultiHead {
    /// Number of query heads.
    pub fn heads(&self) -> usize {
        self.heads
    }

    /// Number of key/value heads.
    pub fn kv_heads(&self) -> usize {
        self.kv_heads
    }

    /// The key/value head that query head `h` reads: `h / (heads / kv_heads)`.
    pub fn key_head(&self, h: usize) -> usize {
        h / (self.heads / self.kv_heads)
    }

    /// Width of one head.
    pub fn d_head(&self) -> usize {
        self.d_head
    }

    /// Width of the model.
    pub fn d_model(&self) -> usize {
        self.w_q.nrows()
    }

    /// Query weights, `(d_model, heads·d_head)`.
    pub fn w_q(&self) -> &Array2<f64> {
        &self.w_q
    }

    /// Key weights, `(d_model, kv_heads·d_head)`.
    pub fn w_k(&self) -> &Array2<f64> {
        &self.w_k
    }

    /// Value weights, `(d_model, kv_heads·d_head)`.
    pub fn w_v(&self) -> &Array2<f64> {
        &self.w_v
    }

    /// Output weights, `(heads·d_head, d_model)`.
    pub fn w_o(&self) -> &Array2<f64> {
        &self.w_o
    }

    /// Number of weights. It does not depend on how many heads share the width: `4·d_model²` for MHA
    /// with `d_head = d_model / heads`.
    ///
    /// # Formula
    /// `2·d_model·d_head·(heads + kv_heads)`
    ///
    /// # Examples
    /// ```
    /// use concepts::{attention::MultiHead, numerics::rng};
    /// let mut rng = rng(7, "doc");
    /// assert_eq!(MultiHead::random(16, 1, 1, &mut rng)?.parameters(), 4 * 16 * 16);
    /// assert_eq!(MultiHead::random(16, 8, 8, &mut rng)?.parameters(), 4 * 16 * 16);
    /// # Ok::<(), concepts::attention::AttentionError>(())
    /// ```
    pub fn parameters(&self) -> usize {
        self.w_q.len() + self.w_k.len() + self.w_v.len() + self.w_o.len()
    }
}
