//! The derivations an interviewer asks for, each with the numbers that check it.

use concepts::numerics::max_difference;
use concepts::position::rope::{Scaling, rope_frequencies, rotation_matrix};

use super::experiments::decay::{rises, violations};
use super::setup::Setup;
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::knob::Refusal;
use crate::kit::text::{Text, text};

pub(super) fn derivations(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    relative(setup, &mut f);
    bound(setup, &mut f);
    frequencies(&mut f)?;
    interpolation(&mut f)?;
    Ok(f)
}

fn relative(setup: &Setup, f: &mut Findings) {
    // A few pairs are enough to see it, and a matrix of many would be slow.
    let few: Vec<f64> = setup.used.iter().copied().take(8).collect();
    let r = |m: i64| rotation_matrix(m, &few, setup.layout);
    f.formula(
        "f_relative",
        r"(R_m q)^\top(R_n k) = q^\top R_m^\top R_n k = q^\top R_{n-m} k",
        "(R_m·q)ᵀ(R_n·k) = qᵀ·R_mᵀ·R_n·k = qᵀ·R_(n−m)·k",
    );
    f.number("relative_error", max_difference(&r(setup.m).t().dot(&r(setup.n)), &r(setup.n - setup.m)));
}

fn bound(setup: &Setup, f: &mut Findings) {
    const TRIALS: usize = 200;
    const UNTIL: usize = 512;
    f.formula("f_abel", r"\Big|\sum_i h_i e^{ir\theta_i}\Big| \le \max_i|h_{i+1} - h_i| \sum_j |S_j|,\quad S_j = \sum_{i<j} e^{ir\theta_i}", "|Σ hᵢ·e^(irθᵢ)| ≤ max|hᵢ₊₁ − hᵢ| · Σⱼ|Sⱼ|    Sⱼ = Σ_(i<j) e^(irθᵢ)    hᵢ = qᵢ·k̄ᵢ, last h = 0");
    f.number("abel_trials", TRIALS as f64);
    f.number("abel_violations", violations(&setup.used, TRIALS, setup.seed) as f64);
    f.number("abel_until", UNTIL as f64);
    f.number("abel_rises", rises(&setup.used, UNTIL) as f64);
}

/// The published example: heads of 128, trained on 2048 places, eight times as long.
fn frequencies(f: &mut Findings) -> Result<(), Refusal> {
    const D: usize = 128;
    const BASE: f64 = 10_000.0;
    const FACTOR: f64 = 8.0;
    let plain = rope_frequencies(D, BASE)?;
    let scaled = |scaling: Scaling| scaling.frequencies(D, BASE);
    let pi = scaled(Scaling::Interpolation { factor: FACTOR })?;
    let ntk = scaled(Scaling::NtkAware { factor: FACTOR })?;
    let yarn = scaled(Scaling::yarn(FACTOR, 2048))?;
    let rows = [0, 16, 24, 32, 40, 48, 63].map(|i: usize| {
        let shown = |x: f64| Cell::Words(Text::same(format!("{x:.4e}")));
        vec![Cell::Number(i as f64), shown(plain[i]), shown(pi[i]), shown(ntk[i]), shown(yarn[i])]
    });
    f.table(
        "frequencies",
        Table {
            caption: text(
                "Frequencies for heads of 128, trained on 2048 places, stretched 8 times",
                "每个头 128 维，训练长度 2048，扩展 8 倍时的频率",
            ),
            head: vec![
                Text::same("i"),
                Text::same("θ"),
                Text::same("PI"),
                Text::same("NTK"),
                Text::same("YaRN"),
            ],
            rows: rows.to_vec(),
        },
    );
    Ok(())
}

/// Chen et al. 2023, theorem 2.1, at the middle between two neighbours: with the sum itself, and with the
/// `d / (4 ln base)` that the paper has in its place, which is a little less.
fn interpolation(f: &mut Findings) -> Result<(), Refusal> {
    const D: usize = 128;
    const BASE: f64 = 10_000.0;
    let theta = rope_frequencies(D, BASE)?;
    f.formula(
        "f_bound",
        r"|a(s) - a_{\mathrm{lin}}(s)| \le \max_j|h_j| \sum_j \theta_j^2 \frac{(s - s_1)(s_2 - s)}{2}",
        "|a(s) − a_lin(s)| ≤ max|h|·Σθ²·(s − s₁)(s₂ − s) / 2",
    );
    f.number("bound_d", D as f64);
    f.number("bound_value", theta.iter().map(|theta| theta * theta).sum::<f64>() / 8.0);
    f.number("bound_reached", strays(&theta));
    f.number("bound_paper", D as f64 / (32.0 * BASE.ln()));
    Ok(())
}

/// How far the score strays from the straight line half-way between the places 3 and 4, for contents of
/// size 1 that are all in phase there: none of this size strays further.
fn strays(theta: &[f64]) -> f64 {
    const MIDDLE: f64 = 3.5;
    // Re Σ hⱼ e^(isθⱼ) with hⱼ = e^(−i·3.5·θⱼ)
    let score = |s: f64| theta.iter().map(|theta| ((s - MIDDLE) * theta).cos()).sum::<f64>();
    (score(MIDDLE) - (score(MIDDLE - 0.5) + score(MIDDLE + 0.5)) / 2.0).abs()
}
