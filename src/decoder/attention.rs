//! Attention of one layer: new tokens look at all so far.

use ndarray::{Array2, ArrayView2, Axis, Slice};

use super::cache::Cache;
use super::change::Settings;
use super::model::{Gains, Layer};
use super::rotate::Turns;
use super::seen::Witness;
use crate::numerics::softmax::softmax_rows;

/// One layer, with what concerns it.
pub(super) struct Attention<'a> {
    pub(super) settings: &'a Settings,
    pub(super) number: usize,
    pub(super) layer: &'a Layer,
    /// How its queries and keys turn.
    pub(super) turns: Option<&'a Turns>,
}

impl Attention<'_> {
    /// What each new token takes from those that it sees; their keys and values are appended to the cache.
    ///
    /// # Formula
    /// Of each head: `softmax(cap(Q Kᵀ · scale) + mask) V`, `Q` and `K` normed and turned; then
    /// `concat(heads) Oᵀ`
    ///
    /// # Shapes
    /// `x (n, d_model)` → `(n, d_model)`
    pub(super) fn apply(&self, x: &Array2<f64>, cache: &mut Cache, witness: &mut Witness) -> Array2<f64> {
        let config = &self.settings.config;
        let first = cache.layers[self.number].keys.nrows();
        // (n, heads · head_dim)
        let queries = self.layer.queries.apply(x);
        // (n, kv_heads · head_dim)
        let keys = self.pooled(self.layer.keys.apply(x));
        let values = self.pooled(self.layer.values.apply(x));
        cache.append(self.number, &self.normed(keys, self.layer.key_norm.as_ref()), &values);
        let queries = self.normed(queries, self.layer.query_norm.as_ref());
        // All keys so far, each turned to its position: (all, head_dim) for each key/value head.
        let heads = 0..self.settings.kv_heads;
        let keys: Vec<Array2<f64>> =
            heads.map(|g| self.turned(self.head(cache.keys(self.number), g), 0)).collect();
        let mut joined = Array2::zeros(queries.raw_dim());
        for h in 0..config.heads {
            let g = h * self.settings.kv_heads / config.heads;
            let q = self.turned(self.head(queries.view(), h), first);
            // (n, all)
            let weights = softmax_rows(&self.scores(&q, &keys[g], first));
            witness.attention(self.number, h, &weights);
            if self.settings.dropped.contains(&(self.number, h)) {
                continue;
            }
            let output = weights.dot(&self.head(cache.values(self.number), g));
            joined.slice_axis_mut(Axis(1), self.columns(h)).assign(&output);
        }
        self.layer.output.apply(&joined)
    }

    /// Scores of new queries against all keys; −∞ where a query does not see.
    fn scores(&self, q: &Array2<f64>, k: &Array2<f64>, first: usize) -> Array2<f64> {
        let config = &self.settings.config;
        let window = config.layers[self.number].window.unwrap_or(usize::MAX);
        // (n, head_dim) · (head_dim, all) → (n, all)
        let mut scores = q.dot(&k.t()) * config.score_scale;
        let seen: Vec<usize> = (0..q.nrows()).map(|i| self.settings.first_seen(first + i, window)).collect();
        for ((i, j), score) in scores.indexed_iter_mut() {
            *score = match config.score_cap {
                _ if j > first + i || j < seen[i] => f64::NEG_INFINITY,
                Some(cap) => cap * libm::tanh(*score / cap),
                None => *score,
            };
        }
        scores
    }

    /// The columns of a head.
    fn columns(&self, head: usize) -> Slice {
        let width = self.settings.config.head_dim;
        Slice::from(head * width..(head + 1) * width)
    }

    fn head<'a>(&self, x: ArrayView2<'a, f64>, head: usize) -> ArrayView2<'a, f64> {
        x.slice_axis_move(Axis(1), self.columns(head))
    }

    fn turned(&self, x: ArrayView2<f64>, first: usize) -> Array2<f64> {
        self.turns.map_or_else(|| x.to_owned(), |turns| turns.apply(x, first))
    }

    /// Each head brought to one size, if the model does that.
    fn normed(&self, mut x: Array2<f64>, norm: Option<&Gains>) -> Array2<f64> {
        let Some(norm) = norm else { return x };
        for head in 0..x.ncols() / self.settings.config.head_dim {
            let normed = norm.apply(self.head(x.view(), head));
            x.slice_axis_mut(Axis(1), self.columns(head)).assign(&normed);
        }
        x
    }

    /// Neighbouring key/value heads as their mean, if there are to be fewer.
    fn pooled(&self, x: Array2<f64>) -> Array2<f64> {
        let (before, after) = (self.settings.config.kv_heads, self.settings.kv_heads);
        if before == after {
            return x;
        }
        let (size, width) = (before / after, self.settings.config.head_dim);
        Array2::from_shape_fn((x.nrows(), after * width), |(i, column)| {
            let (group, feature) = (column / width, column % width);
            let heads = group * size..(group + 1) * size;
            heads.map(|head| x[[i, head * width + feature]]).sum::<f64>() / size as f64
        })
    }
}
