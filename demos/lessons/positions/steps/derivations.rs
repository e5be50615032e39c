//! The derivations an interviewer asks for, each with the numbers that check it.

use concepts::numerics::softmax::softmax_rows;
use concepts::numerics::{max_abs, max_difference, normal, rng};
use concepts::position::sinusoidal_table;
use ndarray::Array2;

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::lessons::positions::WORDS;
use crate::lessons::positions::experiments::order::{both_moved_on, moved_on};
use crate::lessons::positions::experiments::sinusoid::USUAL_BASE;
use crate::row;

/// Tokens and width of the examples.
const N: usize = 6;
const D: usize = 8;

/// The derivations, with seeded numbers.
pub(crate) fn derivations(seed: u64) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    equivariance(seed, &mut f);
    f.formula(
        "f_rotation",
        r"\begin{pmatrix}\sin\omega(p+k)\\ \cos\omega(p+k)\end{pmatrix} = \begin{pmatrix}\cos\omega k & \sin\omega k\\ -\sin\omega k & \cos\omega k\end{pmatrix}\begin{pmatrix}\sin\omega p\\ \cos\omega p\end{pmatrix}",
        "sin ω(p+k) = cos ωk·sin ωp + sin ωk·cos ωp    cos ω(p+k) = −sin ωk·sin ωp + cos ωk·cos ωp",
    );
    four_terms(seed, &mut f)?;
    Ok(f)
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
    f.formula(
        "f_proof",
        r"(PX)W = P(XW),\quad PSP^\top,\quad \mathrm{softmax}(PSP^\top) = P\,\mathrm{softmax}(S)\,P^\top,\quad (PAP^\top)(PV) = P(AV)",
        "(PX)W = P(XW)    S → P·S·Pᵀ    softmax(P·S·Pᵀ) = P·softmax(S)·Pᵀ    (P·A·Pᵀ)(P·V) = P(A·V)",
    );
    f.number("proof_projection", max_difference(&moved.0, &moved_on(&plain.0)));
    f.number("proof_scores", max_difference(&moved.1, &both_moved_on(&plain.1)));
    f.number("proof_weights", max_difference(&moved.2, &both_moved_on(&plain.2)));
    f.number("proof_output", max_difference(&moved.3, &moved_on(&plain.3)));
}

/// The score of tokens with added positions, taken apart.
fn four_terms(seed: u64, f: &mut Findings) -> Result<(), Refusal> {
    let mut rng = rng(seed, "derivation four terms");
    let mut draw = |rows, cols, std| normal((rows, cols), std, &mut rng);
    let x = draw(N, D, 1.0);
    let w = draw(D, D, 1.0 / (D as f64).sqrt()).dot(&draw(D, D, 1.0 / (D as f64).sqrt()));
    let p = sinusoidal_table(N, D, USUAL_BASE)?;
    // (N, N) each: rows are queries, columns keys
    let term = |a: &Array2<f64>, b: &Array2<f64>| a.dot(&w).dot(&b.t());
    let parts = [
        ("content-content", term(&x, &x)),
        ("content-position", term(&x, &p)),
        ("position-content", term(&p, &x)),
        ("position-position", term(&p, &p)),
    ];
    let whole = term(&(&x + &p), &(&x + &p));
    let sum = parts.iter().fold(Array2::zeros((N, N)), |sum, (_, part)| sum + part);
    f.formula(
        "f_terms",
        r"(x_m + p_m) W (x_n + p_n)^\top = x_m W x_n^\top + x_m W p_n^\top + p_m W x_n^\top + p_m W p_n^\top",
        "(xₘ+pₘ)·W·(xₙ+pₙ)ᵀ = xₘWxₙᵀ + xₘWpₙᵀ + pₘWxₙᵀ + pₘWpₙᵀ    W = W_Q·W_Kᵀ",
    );
    f.number("terms_error", max_difference(&whole, &sum));
    let grid = parts.iter().fold(Grid::new("terms", &WORDS), |grid, (name, part)| {
        grid.said(name, row![max_abs(part), part[[0, 1]]])
    });
    f.table("terms", grid.table());
    Ok(())
}
