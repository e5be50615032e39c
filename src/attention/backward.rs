//! The gradient of attention.

use crate::attention::words::{Dimension, Operand};
use ndarray::{Array1, Array2, ArrayView2, Axis};

use super::mask::same;
use super::{AttentionError, Mask, attention_trace};

/// How a loss reacts to the inputs of attention, from [`attention_backward`].
#[derive(Debug, Clone, PartialEq)]
pub struct Gradients {
    /// `∂L/∂Q`, `(n_q, d_k)`.
    pub dq: Array2<f64>,
    /// `∂L/∂K`, `(n_k, d_k)`.
    pub dk: Array2<f64>,
    /// `∂L/∂V`, `(n_k, d_v)`.
    pub dv: Array2<f64>,
    /// `∂L/∂S`, `(n_q, n_k)`: exactly 0 where the mask hides a pair. Each row sums to 0.
    pub d_scores: Array2<f64>,
    /// `D`, `(n_q)`: what the softmax subtracts from each row.
    pub row_dot: Array1<f64>,
}

/// The gradient of a loss with respect to `q`, `k` and `v`, given its gradient `upstream` with respect
/// to the output of [`attention`](super::attention()).
///
/// The softmax gradient needs `D = rowsum(A ⊙ dA)`, a sum over all *keys*. It equals
/// `rowsum(G ⊙ O)`, a sum over the *features*:
/// `Σⱼ Aᵢⱼ dAᵢⱼ = Σⱼ Aᵢⱼ Σₑ Gᵢₑ Vⱼₑ = Σₑ Gᵢₑ Σⱼ Aᵢⱼ Vⱼₑ = Σₑ Gᵢₑ Oᵢₑ`. FlashAttention uses the second form:
/// it needs `O`, which the forward pass keeps, and no complete row of `A`, which it does not. Each
/// block of keys can then be handled alone.
///
/// # Formula
/// `S = Q Kᵀ / √d_k`, `A = softmax(S)`, `O = A V`, `G = ∂L/∂O`:
/// `dV = Aᵀ G`; `dA = G Vᵀ`; `D = rowsum(G ⊙ O)`; `dS = A ⊙ (dA − D)`; `dQ = dS K / √d_k`;
/// `dK = dSᵀ Q / √d_k`
///
/// # Shapes
/// `q (n_q, d_k)`, `k (n_k, d_k)`, `v (n_k, d_v)`, `upstream (n_q, d_v)` → [`Gradients`]
///
/// # Errors
/// [`AttentionError`] if a dimension is 0, two arrays disagree, or the mask does not fit.
///
/// # Reference
/// Dao et al. 2022, *FlashAttention*, appendix B.2.
///
/// # Examples
/// ```
/// use concepts::attention::{Mask, attention_backward};
/// use concepts::numerics::{normal, rng, tolerance::EXACT_F64};
/// let mut rng = rng(7, "doc");
/// let (q, k) = (normal((3, 4), 1.0, &mut rng), normal((5, 4), 1.0, &mut rng));
/// let (v, g) = (normal((5, 2), 1.0, &mut rng), normal((3, 2), 1.0, &mut rng));
/// let grads = attention_backward(q.view(), k.view(), v.view(), &Mask::Causal, g.view())?;
/// // A constant added to all scores changes nothing, so each row of dS sums to 0.
/// assert!(grads.d_scores.rows().into_iter().all(|row| row.sum().abs() < EXACT_F64));
/// assert_eq!(grads.d_scores[[0, 4]], 0.0); // hidden: no gradient at all
/// # Ok::<(), concepts::attention::AttentionError>(())
/// ```
pub fn attention_backward(
    q: ArrayView2<f64>,
    k: ArrayView2<f64>,
    v: ArrayView2<f64>,
    mask: &Mask,
    upstream: ArrayView2<f64>,
) -> Result<Gradients, AttentionError> {
    let forward = attention_trace(q, k, v, mask)?;
    same(Dimension::Queries, (Operand::Q, q.nrows()), (Operand::Gradient, upstream.nrows()))?;
    same(Dimension::DV, (Operand::V, v.ncols()), (Operand::Gradient, upstream.ncols()))?;
    let root = (q.ncols() as f64).sqrt();

    // (n_k, n_q) · (n_q, d_v) → (n_k, d_v): each value hears from the queries that read it.
    let dv = forward.weights.t().dot(&upstream);
    // (n_q, d_v) · (d_v, n_k) → (n_q, n_k)
    let d_weights = upstream.dot(&v.t());
    // (n_q)
    let row_dot = (&upstream * &forward.output).sum_axis(Axis(1));
    // (n_q, n_k): the softmax Jacobian, row by row. A hidden pair has weight 0, so gradient 0.
    let d_scores = &forward.weights * (d_weights - row_dot.view().insert_axis(Axis(1)));
    // (n_q, n_k) · (n_k, d_k) → (n_q, d_k)
    let dq = d_scores.dot(&k) / root;
    // (n_k, n_q) · (n_q, d_k) → (n_k, d_k)
    let dk = d_scores.t().dot(&q) / root;

    Ok(Gradients { dq, dk, dv, d_scores, row_dot })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attention::attention;
    use crate::numerics::tolerance::{DIFFERENCE_STEP, EXACT_F64, GRADIENT};
    use crate::numerics::{central_difference, normal, relative_error, rng};

    /// Masks for 4 queries and 6 keys; the last one hides everything from query 1.
    fn masks() -> [Mask; 4] {
        let pairs = Array2::from_shape_fn((4, 6), |(i, j)| i != 1 && (i + j) % 3 != 0);
        let padding = Mask::Padding(vec![false, true, true, true, true, false]);
        [Mask::None, Mask::Causal, Mask::Causal.and(padding), Mask::Pairs(pairs)]
    }

    #[test]
    fn gradients_are_the_differences() {
        let mut rng = rng(1, "backward");
        let (q, k) = (normal((4, 3), 1.0, &mut rng), normal((6, 3), 1.0, &mut rng));
        let (v, g) = (normal((6, 5), 1.0, &mut rng), normal((4, 5), 1.0, &mut rng));
        for mask in masks() {
            let loss = |q: &Array2<f64>, k: &Array2<f64>, v: &Array2<f64>| {
                (attention(q.view(), k.view(), v.view(), &mask).unwrap() * &g).sum()
            };
            let grads = attention_backward(q.view(), k.view(), v.view(), &mask, g.view()).unwrap();
            let dq = central_difference(|x| loss(x, &k, &v), &q, DIFFERENCE_STEP);
            let dk = central_difference(|x| loss(&q, x, &v), &k, DIFFERENCE_STEP);
            let dv = central_difference(|x| loss(&q, &k, x), &v, DIFFERENCE_STEP);
            assert!(relative_error(&grads.dq, &dq) < GRADIENT);
            assert!(relative_error(&grads.dk, &dk) < GRADIENT);
            assert!(relative_error(&grads.dv, &dv) < GRADIENT);
        }
    }

    #[test]
    fn both_forms_of_the_row_sum_agree_and_hidden_pairs_get_nothing() {
        let mut rng = rng(2, "row_dot");
        let (q, k) = (normal((4, 3), 1.0, &mut rng), normal((6, 3), 1.0, &mut rng));
        let (v, g) = (normal((6, 5), 1.0, &mut rng), normal((4, 5), 1.0, &mut rng));
        for mask in masks() {
            let grads = attention_backward(q.view(), k.view(), v.view(), &mask, g.view()).unwrap();
            let weights = attention_trace(q.view(), k.view(), v.view(), &mask).unwrap().weights;
            let over_keys = (weights * g.dot(&v.t())).sum_axis(Axis(1));
            assert!((&over_keys - &grads.row_dot).iter().all(|x| x.abs() < EXACT_F64));
            for ((i, j), &d) in grads.d_scores.indexed_iter() {
                assert!(mask.allows(i, j, 4, 6) || d == 0.0);
            }
        }
    }

    #[test]
    fn an_upstream_gradient_of_another_shape_is_refused() {
        let x = Array2::ones((2, 3));
        let wrong = Array2::ones((2, 2));
        assert!(attention_backward(x.view(), x.view(), x.view(), &Mask::None, wrong.view()).is_err());
    }
}
