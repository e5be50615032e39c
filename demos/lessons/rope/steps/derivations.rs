//! The derivations an interviewer asks for, each with the numbers that check it.

use std::f64::consts::TAU;

use concepts::numerics::max_difference;
use concepts::position::PositionError;
use concepts::position::rope::{rope_frequencies, rotation_matrix};

use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::lessons::rope::WORDS;
use crate::lessons::rope::experiments::decay::{first_negative, rises, strays, violations};
use crate::lessons::rope::method::{Extension, Method};
use crate::lessons::rope::setup::Setup;
use crate::{named, row};

/// The published example: heads of 128, trained on 2048 places, eight times as long.
const D: usize = 128;
const BASE: f64 = 10_000.0;
const TRAIN: usize = 2048;
const LONG: usize = 8 * TRAIN;

pub(crate) fn derivations(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    relative(setup, &mut f);
    decay(setup, &mut f);
    f.table("frequencies", frequencies()?);
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

fn decay(setup: &Setup, f: &mut Findings) {
    const TRIALS: usize = 200;
    const UNTIL: usize = 512;
    const FARTHEST: usize = 100_000;
    f.formula("f_abel", r"\Big|\sum_i h_i e^{ir\theta_i}\Big| \le \max_i|h_{i+1} - h_i| \sum_j |S_j|,\quad S_j = \sum_{i<j} e^{ir\theta_i},\ h_i = q_i\bar k_i,\ h_{d/2} = 0", "|Σ hᵢ·e^(irθᵢ)| ≤ max|hᵢ₊₁ − hᵢ| · Σⱼ|Sⱼ|    Sⱼ = Σ_(i<j) e^(irθᵢ)    hᵢ = qᵢ·k̄ᵢ, h_(d/2) = 0");
    f.number("abel_trials", TRIALS as f64);
    f.number("abel_violations", violations(&setup.used, TRIALS, setup.seed) as f64);
    let rises = rises(&setup.used, UNTIL);
    let steady = if rises == 0 { ".steady" } else { "" };
    f.words("bound_falls", WORDS.get(&format!("bound_falls{steady}")));
    f.words("abel_rises", WORDS.with(&format!("abel_rises{steady}"), &named![until = UNTIL, rises]));
    let negative = first_negative(&setup.used, FARTHEST as i64);
    let found = |at: i64| WORDS.with("turns_negative", &named![at = at.unsigned_abs()]);
    let beyond = || WORDS.with("turns_negative.beyond", &named![until = FARTHEST]);
    f.words("turns_negative", negative.map_or_else(beyond, found));
}

fn frequencies() -> Result<Table, PositionError> {
    let of = |method: Method| method.scaling(&Extension::usual(TRAIN, LONG)).frequencies(D, BASE);
    let plain = of(Method::Plain)?;
    let (pi, ntk, yarn) = (of(Method::Interpolation)?, of(Method::Ntk)?, of(Method::Yarn)?);
    let turns = |i: usize| TRAIN as f64 * plain[i] / TAU;
    // How much of its own frequency YaRN leaves a pair: all above 32 turns, nothing below 1.
    let kept = |i: usize| ((turns(i) - 1.0) / (32.0 - 1.0)).clamp(0.0, 1.0);
    let rows = [0, 16, 24, 32, 40, 48, 63].map(|i: usize| {
        let shown = |x: f64| Cell::from(format!("{x:.4e}"));
        row![i, turns(i), kept(i), shown(plain[i]), shown(pi[i]), shown(ntk[i]), shown(yarn[i])]
    });
    let grid = Grid::new("frequencies", &WORDS).value("d", D).value("base", BASE).value("train", TRAIN);
    Ok(grid.value("factor", LONG / TRAIN).rows(rows).table())
}

/// Chen et al. 2023, theorem 2.1, at the middle between two neighbours: with the sum itself, and with the
/// `d / (4 ln base)` that the paper has in its place, which is a little less.
fn interpolation(f: &mut Findings) -> Result<(), PositionError> {
    let theta = rope_frequencies(D, BASE)?;
    f.formula(
        "f_bound",
        r"|a(s) - a_{\mathrm{lin}}(s)| \le \max_j|h_j| \sum_j \theta_j^2 \frac{(s - s_1)(s_2 - s)}{2}",
        "|a(s) − a_lin(s)| ≤ max|h|·Σθ²·(s − s₁)(s₂ − s) / 2",
    );
    f.number("bound_d", D as f64);
    f.number("bound_base", BASE);
    f.number("bound_value", theta.iter().map(|theta| theta * theta).sum::<f64>() / 8.0);
    f.number("bound_reached", strays(&theta));
    f.number("bound_paper", D as f64 / (32.0 * BASE.ln()));
    Ok(())
}
