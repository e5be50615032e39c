//! The variance of a dot product, and the gradient through a product of many steps.

use concepts::recurrent::Activation::{Linear, Tanh};
use concepts::recurrent::RecurrentError;

use crate::kit::findings::Findings;
use crate::lessons::attention::experiments::distance::{STATE, rnn_gradient};

/// 3 The variance of a dot product, exactly: every sign pattern of q and k is tried.
pub(crate) fn variance(f: &mut Findings) {
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
pub(crate) fn recurrent(seed: u64, f: &mut Findings) -> Result<(), RecurrentError> {
    const STEPS: usize = 50;
    const GAIN: f64 = 0.9;
    let norm = |activation| Ok(rnn_gradient(GAIN, activation, &[STEPS], STATE, seed)?[0]);
    f.formula("f_rnn", r"\frac{\partial h_T}{\partial h_0} = \prod_t \mathrm{diag}(\varphi'(a_t))\, W, \quad \Vert\cdot\Vert \le (\max\varphi' \cdot \sigma_{\max})^T", "∂h_T/∂h₀ = Π diag(φ′(aₜ))·W    ‖·‖ ≤ (max φ′ · σ_max)^T");
    f.number("rnn_steps", STEPS as f64);
    f.number("rnn_gain", GAIN);
    f.number("rnn_linear", norm(Linear)?);
    f.number("rnn_power", GAIN.powi(STEPS as i32));
    f.number("rnn_tanh", norm(Tanh)?);
    Ok(())
}
