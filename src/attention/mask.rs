//! Which key may be seen from which query.

use crate::attention::words::{Dimension, Operand};
use ndarray::Array2;

use super::AttentionError;

/// Which key may be seen from which query.
///
/// A hidden pair gets the score −∞ *before* the softmax, so its weight is exactly 0 and the rest of
/// the row still sums to 1. Setting the score to 0 instead leaves it a weight of `exp(0)`; zeroing
/// the weight after the softmax leaves a row that no longer sums to 1.
///
/// # Examples
/// ```
/// use concepts::attention::Mask;
/// let mask = Mask::Causal.and(Mask::Padding(vec![true, true, false]));
/// assert!(mask.allows(1, 0, 3, 3));  // the second token sees the first
/// assert!(!mask.allows(0, 1, 3, 3)); // the future is hidden
/// assert!(!mask.allows(2, 2, 3, 3)); // padding is hidden
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mask {
    /// Every query sees every key.
    None,
    /// Query `i` sees the keys up to its own position. The *last* query is lined up with the *last*
    /// key, so that with a KV cache one new query sees all `n_k` keys: key `j` is seen if and only
    /// if `j ≤ i + (n_k − n_q)`.
    Causal,
    /// A causal mask that reaches back only so far: query `i` sees the last `w` keys up to its own
    /// position, itself included (sliding-window attention). Step by step a cache bounded with
    /// [`KvCache::with_window`](super::KvCache::with_window) sees the same. In a stack of `L` layers a
    /// token is reached by the last `L·(w − 1) + 1` tokens: the window bounds a layer, not the model.
    ///
    /// Key `j` is seen if and only if `p − w < j ≤ p`, where `p = i + (n_k − n_q)`. `w` must be at least
    /// 1; with `w ≥ n_k` nothing but the causal rule is left.
    ///
    /// Reference: Beltagy, Peters & Cohan 2020, *Longformer*, section 3.1; Jiang et al. 2023, *Mistral
    /// 7B*, section 2.
    Window(usize),
    /// One flag a key: `true` is a token, `false` is padding that no query may see.
    Padding(Vec<bool>),
    /// Any rule: `(n_q, n_k)`, `true` where the query may see the key.
    Pairs(Array2<bool>),
    /// Seen only if both masks allow it.
    Both(Box<Mask>, Box<Mask>),
}

impl Mask {
    /// Both masks at once.
    #[must_use]
    pub fn and(self, other: Mask) -> Mask {
        match (self, other) {
            (Mask::None, mask) | (mask, Mask::None) => mask,
            (a, b) => Mask::Both(Box::new(a), Box::new(b)),
        }
    }

    /// May query `i` of `n_q` see key `j` of `n_k`?
    ///
    /// # Panics
    /// If the mask does not fit `(n_q, n_k)`; [`Mask::check`] tells beforehand.
    pub fn allows(&self, i: usize, j: usize, n_q: usize, n_k: usize) -> bool {
        match self {
            Mask::None => true,
            Mask::Causal => j + n_q <= i + n_k,
            Mask::Window(w) => Mask::Causal.allows(i, j, n_q, n_k) && (j + n_q).saturating_add(*w) > i + n_k,
            Mask::Padding(real) => real[j],
            Mask::Pairs(table) => table[[i, j]],
            Mask::Both(a, b) => a.allows(i, j, n_q, n_k) && b.allows(i, j, n_q, n_k),
        }
    }

    /// The whole table, `(n_q, n_k)`.
    pub fn table(&self, n_q: usize, n_k: usize) -> Array2<bool> {
        Array2::from_shape_fn((n_q, n_k), |(i, j)| self.allows(i, j, n_q, n_k))
    }

    /// Does the mask fit these numbers of queries and keys?
    ///
    /// # Errors
    /// [`AttentionError::ShapeMismatch`], [`AttentionError::CausalNeedsKeys`], or
    /// [`AttentionError::Empty`] for a window of 0.
    pub fn check(&self, n_q: usize, n_k: usize) -> Result<(), AttentionError> {
        match self {
            Mask::None => Ok(()),
            Mask::Window(0) => Err(AttentionError::Empty { what: Dimension::Window }),
            Mask::Causal | Mask::Window(_) if n_q > n_k => {
                Err(AttentionError::CausalNeedsKeys { queries: n_q, keys: n_k })
            }
            Mask::Causal | Mask::Window(_) => Ok(()),
            Mask::Padding(real) => {
                same(Dimension::MaskedKeys, (Operand::PaddingMask, real.len()), (Operand::K, n_k))
            }
            Mask::Pairs(table) => {
                same(Dimension::MaskedQueries, (Operand::Mask, table.nrows()), (Operand::Q, n_q))?;
                same(Dimension::MaskedKeys, (Operand::Mask, table.ncols()), (Operand::K, n_k))
            }
            Mask::Both(a, b) => a.check(n_q, n_k).and_then(|()| b.check(n_q, n_k)),
        }
    }
}

/// The check that two arrays agree on a dimension.
pub(super) fn same(
    what: Dimension,
    (left_name, left): (Operand, usize),
    (right_name, right): (Operand, usize),
) -> Result<(), AttentionError> {
    if left == right {
        return Ok(());
    }
    Err(AttentionError::ShapeMismatch { what, left_name, left, right_name, right })
}
