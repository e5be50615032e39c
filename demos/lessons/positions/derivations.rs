//! The derivations an interviewer asks for, each with the numbers that check it.

use concepts::numerics::softmax::softmax_rows;
use concepts::numerics::{max_abs, max_difference, normal, rng};
use ndarray::Array2;

use super::experiments::order::moved_on;
use super::experiments::sinusoid::table;
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::text::{Text, text};

/// Tokens and width of the examples.
const N: usize = 6;
const D: usize = 8;

pub(super) fn derivations(seed: u64) -> Findings {
    let mut f = Findings::default();
    equivariance(seed, &mut f);
    f.formula("f_rotation", r"\begin{pmatrix}\sin\omega(p+k)\\ \cos\omega(p+k)\end{pmatrix} = \begin{pmatrix}\cos\omega k & \sin\omega k\\ -\sin\omega k & \cos\omega k\end{pmatrix}\begin{pmatrix}\sin\omega p\\ \cos\omega p\end{pmatrix}", "sin ω(p+k) = cos ωk·sin ωp + sin ωk·cos ωp    cos ω(p+k) = −sin ωk·sin ωp + cos ωk·cos ωp");
    four_terms(seed, &mut f);
    f
}

/// Rows and columns moved on alike: `P S Pᵀ`.
fn both(s: &Array2<f64>) -> Array2<f64> {
    moved_on(&moved_on(s).reversed_axes()).reversed_axes()
}

/// Each step of the proof, computed with the tokens moved on and compared.
fn equivariance(seed: u64, f: &mut Findings) {
    let mut rng = rng(seed, "derivation equivariance");
    let mut draw = |rows, cols| normal((rows, cols), 1.0, &mut rng);
    let (x, w_q, w_k, w_v) = (draw(N, D), draw(D, D), draw(D, D), draw(D, D));
    let steps = |x: &Array2<f64>| {
        let q = x.dot(&w_q);
        // (N, N)
        let scores = q.dot(&x.dot(&w_k).t()) / D as f64;
        let weights = softmax_rows(&scores);
        let output = weights.dot(&x.dot(&w_v));
        (q, scores, weights, output)
    };
    let (plain, moved) = (steps(&x), steps(&moved_on(&x)));
    f.formula("f_proof", r"(PX)W = P(XW),\quad PSP^\top,\quad \mathrm{softmax}(PSP^\top) = P\,\mathrm{softmax}(S)\,P^\top,\quad (PAP^\top)(PV) = P(AV)", "(PX)W = P(XW)    S → P·S·Pᵀ    softmax(P·S·Pᵀ) = P·softmax(S)·Pᵀ    (P·A·Pᵀ)(P·V) = P(A·V)");
    f.number("proof_projection", max_difference(&moved.0, &moved_on(&plain.0)));
    f.number("proof_scores", max_difference(&moved.1, &both(&plain.1)));
    f.number("proof_weights", max_difference(&moved.2, &both(&plain.2)));
    f.number("proof_output", max_difference(&moved.3, &moved_on(&plain.3)));
}

/// The score of tokens with added positions, taken apart.
fn four_terms(seed: u64, f: &mut Findings) {
    let mut rng = rng(seed, "derivation four terms");
    let mut draw = |rows, cols, std| normal((rows, cols), std, &mut rng);
    let x = draw(N, D, 1.0);
    let w = draw(D, D, 1.0 / (D as f64).sqrt()).dot(&draw(D, D, 1.0 / (D as f64).sqrt()));
    let p = table(N, D, 10_000.0);
    // (N, N) each: rows are queries, columns keys
    let term = |a: &Array2<f64>, b: &Array2<f64>| a.dot(&w).dot(&b.t());
    let parts = [
        (text("content · content", "内容 · 内容"), term(&x, &x)),
        (text("content · position", "内容 · 位置"), term(&x, &p)),
        (text("position · content", "位置 · 内容"), term(&p, &x)),
        (text("position · position", "位置 · 位置"), term(&p, &p)),
    ];
    let whole = term(&(&x + &p), &(&x + &p));
    let sum = parts.iter().fold(Array2::zeros((N, N)), |sum, (_, part)| sum + part);
    f.formula(
        "f_terms",
        r"(x_m + p_m) W (x_n + p_n)^\top = x_m W x_n^\top + x_m W p_n^\top + p_m W x_n^\top + p_m W p_n^\top",
        "(xₘ+pₘ)·W·(xₙ+pₙ)ᵀ = xₘWxₙᵀ + xₘWpₙᵀ + pₘWxₙᵀ + pₘWpₙᵀ    W = W_Q·W_Kᵀ",
    );
    f.number("terms_error", max_difference(&whole, &sum));
    let rows = parts.iter().map(|(name, part)| {
        vec![Cell::Words(name.clone()), Cell::Number(max_abs(part)), Cell::Number(part[[0, 1]])]
    });
    f.table(
        "terms",
        Table {
            caption: text("The score of tokens 1 and 2, taken apart", "把第 1、2 个 token 之间的分数拆开"),
            head: vec![text("term", "项"), text("largest size", "最大绝对值"), Text::same("m = 1, n = 2")],
            rows: rows.collect(),
        },
    );
}
