//! The derivations an interviewer asks for: formulas, and the numbers that check each of them.

use concepts::attention::traffic::tiled_traffic;
use concepts::attention::{Mask, OnlineSoftmax, attention, attention_backward, attention_trace};
use concepts::numerics::softmax::{softmax, softmax_jacobian};
use concepts::numerics::tolerance::DIFFERENCE_STEP;
use concepts::numerics::{central_difference, max_abs, normal, relative_error, rng, symmetric_eigenvalues};
use ndarray::{Array1, Array2, ArrayView2, Axis, Slice};

use super::experiments::distance::{STATE, rnn_gradient};
use super::figures::{FAST_ELEMENTS, HEAD};
use crate::kit::findings::Findings;

pub(super) fn derivations(seed: u64) -> Findings {
    let mut f = Findings::default();
    jacobian(seed, &mut f);
    backward(seed, &mut f);
    variance(&mut f);
    recurrent(seed, &mut f);
    online(seed, &mut f);
    traffic(&mut f);
    f
}

/// 1 The Jacobian of softmax.
fn jacobian(seed: u64, f: &mut Findings) {
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
fn backward(seed: u64, f: &mut Findings) {
    let mut rng = rng(seed, "derivation backward");
    let mut draw = |rows, cols| normal((rows, cols), 1.0, &mut rng);
    // 5 queries, 7 keys, d_k = 4, d_v = 3; the upstream gradient G is (5, 3)
    let (q, k, v, g) = (draw(5, 4), draw(7, 4), draw(7, 3), draw(5, 3));
    let loss = |q: ArrayView2<f64>, k: ArrayView2<f64>, v: ArrayView2<f64>| {
        attention(q, k, v, &Mask::None).map_or(f64::NAN, |out| (&out * &g).sum())
    };
    f.formula("f_backward", r"dV = A^\top G,\; dA = GV^\top,\; D = \mathrm{rowsum}(G \odot O),\; dS = A \odot (dA - D),\; dQ = \frac{dS\,K}{\sqrt{d_k}},\; dK = \frac{dS^\top Q}{\sqrt{d_k}}", "dV = AᵀG   dA = GVᵀ   D = rowsum(G⊙O)   dS = A⊙(dA − D)   dQ = dS·K/√dₖ   dK = dSᵀ·Q/√dₖ");
    let Ok(gradients) = attention_backward(q.view(), k.view(), v.view(), &Mask::None, g.view()) else {
        return;
    };
    let by_q = central_difference(|q| loss(q.view(), k.view(), v.view()), &q, DIFFERENCE_STEP);
    let by_k = central_difference(|k| loss(q.view(), k.view(), v.view()), &k, DIFFERENCE_STEP);
    let by_v = central_difference(|v| loss(q.view(), k.view(), v.view()), &v, DIFFERENCE_STEP);
    f.number("dq_error", relative_error(&gradients.dq, &by_q));
    f.number("dk_error", relative_error(&gradients.dk, &by_k));
    f.number("dv_error", relative_error(&gradients.dv, &by_v));
    let over_keys = attention_trace(q.view(), k.view(), v.view(), &Mask::None)
        .map(|trace| (trace.weights * g.dot(&v.t())).sum_axis(Axis(1)) - &gradients.row_dot);
    f.number(
        "row_dot_error",
        over_keys.map_or(f64::NAN, |difference| max_abs(&difference.insert_axis(Axis(1)))),
    );
    f.number("ds_row_sum", max_abs(&gradients.d_scores.sum_axis(Axis(1)).insert_axis(Axis(1))));
}

/// 3 The variance of a dot product, exactly: every sign pattern of q and k is tried.
fn variance(f: &mut Findings) {
    const D: u32 = 5;
    let dots: Vec<f64> = (0..1_u32 << D)
        .flat_map(|q| (0..1_u32 << D).map(move |k| f64::from(D) - 2.0 * f64::from((q ^ k).count_ones())))
        .collect();
    let count = dots.len() as f64;
    f.formula(
        "f_variance",
        r"E[q\cdot k] = \sum_i E[q_i]\,E[k_i] = 0, \quad \mathrm{Var}(q\cdot k) = \sum_i E[q_i^2]\,E[k_i^2] = d_k",
        "E[q·k] = Σ E[qᵢ]E[kᵢ] = 0    Var(q·k) = Σ E[qᵢ²]E[kᵢ²] = dₖ",
    );
    f.number("sign_width", f64::from(D));
    f.number("sign_patterns", count);
    f.number("sign_mean", dots.iter().sum::<f64>() / count);
    f.number("sign_variance", dots.iter().map(|x| x * x).sum::<f64>() / count);
}

/// 4 The gradient through an RNN.
fn recurrent(seed: u64, f: &mut Findings) {
    use concepts::recurrent::Activation::{Linear, Tanh};
    const STEPS: usize = 50;
    const GAIN: f64 = 0.9;
    let norm = |activation| {
        rnn_gradient(GAIN, activation, &[STEPS], STATE, seed)
            .ok()
            .and_then(|norms| norms.first().copied())
            .unwrap_or(f64::NAN)
    };
    f.formula("f_rnn", r"\frac{\partial h_T}{\partial h_0} = \prod_t \mathrm{diag}(\varphi'(a_t))\, W, \quad \Vert\cdot\Vert \le (\max\varphi' \cdot \sigma_{\max})^T", "∂h_T/∂h₀ = Π diag(φ′(aₜ))·W    ‖·‖ ≤ (max φ′ · σ_max)^T");
    f.number("rnn_steps", STEPS as f64);
    f.number("rnn_gain", GAIN);
    f.number("rnn_linear", norm(Linear));
    f.number("rnn_power", GAIN.powi(STEPS as i32));
    f.number("rnn_tanh", norm(Tanh));
}

/// 5 Softmax in blocks.
fn online(seed: u64, f: &mut Findings) {
    const BLOCKS: [usize; 5] = [37, 63, 233, 367, 300];
    let mut rng = rng(seed, "derivation online");
    let n: usize = BLOCKS.iter().sum();
    // Logits of standard deviation 40: exp of the largest of a thousand overflows f32 (above 88.7), and
    // f16 (above 11.1) long before.
    let mut scores = normal((1, n), 40.0, &mut rng).remove_axis(Axis(0));
    // The largest comes last, so that there is something to rescale whatever was drawn.
    let largest = scores.iter().enumerate().fold(0, |best, (i, x)| if *x > scores[best] { i } else { best });
    scores.swap(largest, n - 1);
    let values = normal((n, 1), 1.0, &mut rng);
    let whole = softmax(scores.view()).dot(&values)[0];
    f.formula("f_online", r"m' = \max(m, \max x_B),\; \ell' = \ell e^{m-m'} + \sum_B e^{x-m'},\; o' = o\,e^{m-m'} + \sum_B e^{x-m'} v,\; \mathrm{out} = o/\ell", "m′ = max(m, max x_B)   ℓ′ = ℓ·e^(m−m′) + Σ e^(x−m′)   o′ = o·e^(m−m′) + Σ e^(x−m′)·v   out = o/ℓ");
    f.number("online_logits", n as f64);
    f.number("online_largest", scores.fold(f64::NEG_INFINITY, |a, &b| a.max(b)));
    f.number("online_error", (in_blocks(&scores, &values, &BLOCKS) - whole).abs());
    f.number("online_forgetful", (without_rescaling(&scores, &values, &BLOCKS) - whole).abs());
}

fn in_blocks(scores: &Array1<f64>, values: &Array2<f64>, blocks: &[usize]) -> f64 {
    let mut online = OnlineSoftmax::new(1);
    let mut at = 0;
    for &size in blocks {
        let block = Slice::from(at..at + size);
        online.push(scores.slice_axis(Axis(0), block), values.slice_axis(Axis(0), block));
        at += size;
    }
    online.finish()[0]
}

/// The mistake to look out for: the sum is rescaled when the maximum moves, the output is not.
pub(super) fn without_rescaling(scores: &Array1<f64>, values: &Array2<f64>, blocks: &[usize]) -> f64 {
    let (mut max, mut sum, mut out) = (f64::NEG_INFINITY, 0.0, 0.0);
    let mut at = 0;
    for &size in blocks {
        let block = Slice::from(at..at + size);
        let (x, v) = (scores.slice_axis(Axis(0), block), values.column(0).slice_axis_move(Axis(0), block));
        let new = x.fold(max, |a: f64, &b| a.max(b));
        let weights = x.mapv(|x| (x - new).exp());
        sum = sum * (max - new).exp() + weights.sum();
        out += weights.dot(&v);
        max = new;
        at += size;
    }
    out / sum
}

/// 6 Memory traffic: the loops walked, beside the closed form.
fn traffic(f: &mut Findings) {
    const N: u64 = 4096;
    let blocks = N.div_ceil(FAST_ELEMENTS.div_ceil(4 * HEAD));
    let closed = 2 * N * HEAD + blocks * (3 * N * HEAD + 4 * N);
    let walked = tiled_traffic(N, HEAD, FAST_ELEMENTS).map_or(f64::NAN, |traffic| traffic.total() as f64);
    f.formula("f_traffic", r"2Nd + T_c(3Nd + 4N), \quad T_c = \lceil N/B_c \rceil,\; B_c = \lceil M/4d \rceil \;\Rightarrow\; \Theta(N^2d^2/M)", "2Nd + T_c·(3Nd + 4N)    T_c = ⌈N/B_c⌉, B_c = ⌈M/4d⌉    ⇒ Θ(N²d²/M)");
    f.number("traffic_n", N as f64);
    f.number("traffic_walked", walked);
    f.number("traffic_closed", closed as f64);
}
