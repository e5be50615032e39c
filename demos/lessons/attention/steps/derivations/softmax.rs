//! The Jacobian of softmax, and the backward pass of attention through it.

use concepts::attention::{AttentionError, Mask, attention, attention_backward, attention_trace};
use concepts::numerics::softmax::{softmax, softmax_jacobian};
use concepts::numerics::tolerance::DIFFERENCE_STEP;
use concepts::numerics::{central_difference, max_abs, normal, relative_error, rng, symmetric_eigenvalues};
use ndarray::{Array2, ArrayView2, Axis};

use crate::kit::findings::Findings;

/// 1 The Jacobian of softmax.
pub(crate) fn jacobian(seed: u64, f: &mut Findings) {
    let z = normal((1, 8), 1.0, &mut rng(seed, "derivation jacobian"));
    let p = softmax(z.row(0));
    let j = softmax_jacobian(p.view());
    let by_difference = central_jacobian(&z);
    let eigenvalues = symmetric_eigenvalues(&j);
    f.formula(
        "f_jacobian",
        r"\frac{\partial p_i}{\partial z_j} = p_i(\delta_{ij} - p_j), \quad J = \mathrm{diag}(p) - pp^\top",
        "∂pᵢ/∂zⱼ = pᵢ(δᵢⱼ − pⱼ)    J = diag(p) − p·pᵀ",
    );
    f.number("jacobian_error", relative_error(&j, &by_difference));
    f.number("jacobian_row_sum", max_abs(&j.sum_axis(Axis(1)).insert_axis(Axis(1))));
    f.number("jacobian_smallest", eigenvalues[0].abs());
    f.number("jacobian_largest", eigenvalues[7]);
}

/// The Jacobian of softmax by central differences, row by row.
fn central_jacobian(z: &Array2<f64>) -> Array2<f64> {
    let n = z.ncols();
    let mut j = Array2::zeros((n, n));
    for i in 0..n {
        let row = central_difference(|z| softmax(z.row(0))[i], z, DIFFERENCE_STEP);
        j.row_mut(i).assign(&row.row(0));
    }
    j
}

/// 2 The backward pass.
pub(crate) fn backward(seed: u64, f: &mut Findings) -> Result<(), AttentionError> {
    let mut rng = rng(seed, "derivation backward");
    let mut draw = |rows, cols| normal((rows, cols), 1.0, &mut rng);
    // 5 queries, 7 keys, d_k = 4, d_v = 3; the upstream gradient G is (5, 3)
    let (q, k, v, g) = (draw(5, 4), draw(7, 4), draw(7, 3), draw(5, 3));
    let loss = |q: ArrayView2<f64>, k: ArrayView2<f64>, v: ArrayView2<f64>| {
        attention(q, k, v, &Mask::None).map_or(f64::NAN, |out| (&out * &g).sum())
    };
    f.formula("f_backward", r"dV = A^\top G,\; dA = GV^\top,\; D = \mathrm{rowsum}(G \odot O),\; dS = A \odot (dA - D),\; dQ = \frac{dS\,K}{\sqrt{d_k}},\; dK = \frac{dS^\top Q}{\sqrt{d_k}}", "dV = AᵀG   dA = GVᵀ   D = rowsum(G⊙O)   dS = A⊙(dA − D)   dQ = dS·K/√dₖ   dK = dSᵀ·Q/√dₖ");
    let gradients = attention_backward(q.view(), k.view(), v.view(), &Mask::None, g.view())?;
    let by_q = central_difference(|q| loss(q.view(), k.view(), v.view()), &q, DIFFERENCE_STEP);
    let by_k = central_difference(|k| loss(q.view(), k.view(), v.view()), &k, DIFFERENCE_STEP);
    let by_v = central_difference(|v| loss(q.view(), k.view(), v.view()), &v, DIFFERENCE_STEP);
    f.number("dq_error", relative_error(&gradients.dq, &by_q));
    f.number("dk_error", relative_error(&gradients.dk, &by_k));
    f.number("dv_error", relative_error(&gradients.dv, &by_v));
    let weights = attention_trace(q.view(), k.view(), v.view(), &Mask::None)?.weights;
    let over_keys = (weights * g.dot(&v.t())).sum_axis(Axis(1)) - &gradients.row_dot;
    f.number("row_dot_error", max_abs(&over_keys.insert_axis(Axis(1))));
    f.number("ds_row_sum", max_abs(&gradients.d_scores.sum_axis(Axis(1)).insert_axis(Axis(1))));
    Ok(())
}
