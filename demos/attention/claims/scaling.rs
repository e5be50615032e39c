//! C3: why the dot products are divided by √d_k.

use concepts::numerics::softmax::softmax;
use concepts::numerics::statistics::{mean, proportion_interval, variance, variance_ratio_se};
use concepts::numerics::{normal, rng};
use ndarray::Axis;
use rayon::prelude::*;

use super::{control, corrected};
use crate::attention::experiments::saturation::{KEYS, Row, SAMPLES, Scaling, Spread, sweep};
use crate::kit::claim::{Claim, Correction, Degree, Measure, Test};
use crate::kit::text::{Text, text};

/// Widths at which the variance is measured, and how many pairs are drawn. The sample is as large as
/// four standard errors within 3 % need, and no larger: `se = √((2 + 6/d)/n)`.
const PAIRS: [(usize, usize); 4] = [(4, 64_000), (16, 43_000), (64, 38_000), (256, 37_000)];
/// How far `Var(q·k)/d_k` may be from 1.
const VARIANCE_TOLERANCE: f64 = 0.03;
/// Standard errors between a measurement and its threshold.
const ERRORS: f64 = 4.0;

/// C3
pub(super) fn scaling_keeps_gradients(seed: u64) -> Claim {
    let (rows, ratios) = rayon::join(|| sweep(seed), || variance_ratios(seed, Scaling::Unscaled));
    let worst = rows.iter().fold(rows[0], |worst, row| if ratio(row) > ratio(&worst) { *row } else { worst });
    let (mean_unscaled, mean_scaled) = query_gradients(seed);
    corrected(
        "LLM-Q1-C3",
        text(
            "Dividing by √dₖ keeps the dot products from growing so large that gradients vanish.",
            "除以 √dₖ 是为了防止点积过大、梯度消失。",
        ),
        Test(vec![
            Measure::at_most(
                text(
                    "without √dₖ the gradient to the scores should be smaller at every dₖ: largest ratio unscaled/scaled of the median ‖∂p/∂s‖",
                    "照原句，不缩放时，分数的梯度在每个 dₖ 下都该更小：‖∂p/∂s‖ 中位数之比（不缩放 / 缩放）的最大值",
                ),
                ratio(&worst),
                1.0,
                text("equal gradients", "梯度相等"),
            )
            .over(SAMPLES)
            .drawn(seed),
            Measure::at_most(
                text(
                    "and the mean gradient to the query should be smaller: ratio unscaled/scaled of the mean ‖∂p/∂q‖ at dₖ = 1024",
                    "query 的平均梯度也该更小：dₖ = 1024 时 ‖∂p/∂q‖ 均值之比（不缩放 / 缩放）",
                ),
                mean_unscaled / mean_scaled,
                1.0,
                text("equal gradients", "梯度相等"),
            )
            .over(QUERY_SAMPLES)
            .drawn(seed),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "at dₖ = {} the unscaled gradient is the larger one: median ‖∂p/∂s‖ {:.3} against {:.3}; and at dₖ = 1024 the mean ‖∂p/∂q‖ is {:.2} unscaled against {:.2} scaled, for a few unsaturated queries carry all of it",
                    worst.d_k, worst.unscaled.median, worst.scaled.median, mean_unscaled, mean_scaled
                ),
                format!(
                    "dₖ = {} 时反而是不缩放的梯度大：‖∂p/∂s‖ 的中位数是 {:.3}，缩放后只有 {:.3}；dₖ = 1024 时 ‖∂p/∂q‖ 的均值，不缩放 {:.2}，缩放 {:.2}，因为少数没饱和的 query 撑起了均值",
                    worst.d_k, worst.unscaled.median, worst.scaled.median, mean_unscaled, mean_scaled
                ),
            ),
            say: text(
                "With independent entries of unit variance the dot product has variance dₖ. Unscaled, the logits spread like √dₖ, the softmax saturates once dₖ is in the hundreds, and for most queries its Jacobian diag(p) − ppᵀ is nearly 0: no gradient gets through to the scores. Dividing by √dₖ brings the variance back to 1 at every width.",
                "假设各分量独立、均值为 0、方差为 1，点积的方差就是 dₖ。不缩放时 logits 的标准差是 √dₖ，dₖ 到了几百 softmax 就饱和，多数 query 的雅可比 diag(p) − ppᵀ 接近 0，梯度传不回分数。除以 √dₖ 之后，头多宽方差都是 1。",
            ),
            test: collapse(&ratios, &rows, |row| row.unscaled, seed),
        },
        vec![control(
            text("the scores divided by √dₖ all the same", "分数照样除以 √dₖ"),
            collapse(&variance_ratios(seed, Scaling::Scaled), &rows, |row| row.scaled, seed),
        )],
    )
}

fn ratio(row: &Row) -> f64 {
    row.unscaled.median / row.scaled.median
}

/// The corrected sentence: the variance is d_k, and at large d_k most softmaxes saturate.
fn collapse(ratios: &[f64], rows: &[Row], pick: fn(&Row) -> Spread, seed: u64) -> Test {
    let mut measures: Vec<Measure> = PAIRS
        .iter()
        .zip(ratios)
        .map(|(&(d, n), &ratio)| {
            let se = variance_ratio_se(n, 6.0 / d as f64);
            Measure::near(
                Text::new(format!("Var(q·k)/dₖ, dₖ = {d}"), format!("Var(q·k)/dₖ，dₖ = {d}")),
                ratio,
                1.0,
                VARIANCE_TOLERANCE,
                Text::new(
                    format!("{:.1} standard errors", VARIANCE_TOLERANCE / se),
                    format!("{:.1} 个标准误", VARIANCE_TOLERANCE / se),
                ),
            )
            .over(n)
            .drawn(seed)
        })
        .collect();
    for row in rows.iter().filter(|row| row.d_k >= 256) {
        let d = row.d_k;
        measures.push(
            Measure::at_most(
                Text::new(
                    format!("median ‖∂p/∂s‖, unscaled over scaled, dₖ = {d}"),
                    format!("‖∂p/∂s‖ 中位数之比（不缩放 / 缩放），dₖ = {d}"),
                ),
                pick(row).median / row.scaled.median,
                0.5,
                text("less than half is left", "剩下不到一半"),
            )
            .over(SAMPLES)
            .drawn(seed),
        );
    }
    let widest = pick(&rows[rows.len() - 1]).saturated;
    measures.push(
        Measure::at_least(
            text(
                "share of softmaxes with a weight above 0.999, dₖ = 1024",
                "最大权重超过 0.999 的 softmax 占比，dₖ = 1024",
            ),
            widest as f64 / SAMPLES as f64,
            0.4,
            text("interval of 4 standard errors", "取 4 个标准误的区间"),
        )
        .within(proportion_interval(widest, SAMPLES, ERRORS))
        .over(SAMPLES)
        .drawn(seed),
    );
    Test(measures)
}

/// `Var(q·k)/d_k` at each width; with scaling, of `q·k/√d_k`.
fn variance_ratios(seed: u64, scaling: Scaling) -> Vec<f64> {
    let ratio = |(d, n): (usize, usize)| {
        let squared_factor = match scaling {
            Scaling::Unscaled => 1.0,
            Scaling::Scaled => 1.0 / d as f64,
        };
        variance(&pair_dots(d, n, seed)) * squared_factor / d as f64
    };
    PAIRS.iter().map(|&pair| ratio(pair)).collect()
}

/// `q·k` of `n` independent pairs. Each chunk has a stream of its own, so that the cores can share the
/// work and the numbers stay the same.
fn pair_dots(d: usize, n: usize, seed: u64) -> Vec<f64> {
    const CHUNK: usize = 1000;
    (0..n.div_ceil(CHUNK))
        .into_par_iter()
        .flat_map_iter(|chunk| {
            let mut rng = rng(seed, &format!("C3 pairs {d} {chunk}"));
            let size = CHUNK.min(n - chunk * CHUNK);
            // (size, d) each
            let (q, k) = (normal((size, d), 1.0, &mut rng), normal((size, d), 1.0, &mut rng));
            (0..size).map(move |i| q.row(i).dot(&k.row(i)))
        })
        .collect()
}

/// Queries whose gradient is measured at d_k = 1024.
const QUERY_SAMPLES: usize = 100;

/// The mean of `‖∂p/∂q‖` at d_k = 1024, without and with scaling.
///
/// `∂p/∂q = J K` without scaling and `J K/√d_k` with it: the missing factor multiplies the gradient.
fn query_gradients(seed: u64) -> (f64, f64) {
    const D: usize = 1024;
    let mut rng = rng(seed, "C3 query gradients");
    let (q, k) = (normal((QUERY_SAMPLES, D), 1.0, &mut rng), normal((KEYS, D), 1.0, &mut rng));
    // (QUERY_SAMPLES, KEYS)
    let dots = q.dot(&k.t());
    let norms = |factor: f64| {
        let all: Vec<f64> = dots
            .axis_iter(Axis(0))
            .map(|row| {
                let p = softmax((&row * factor).view());
                // J K, row i: pᵢ (kᵢ − Σⱼ pⱼ kⱼ)
                let centred = &k - &p.dot(&k);
                let squares = centred.axis_iter(Axis(0)).zip(&p).map(|(row, p)| p * p * row.dot(&row));
                squares.sum::<f64>().sqrt() * factor
            })
            .collect();
        mean(&all)
    };
    (norms(1.0), norms(1.0 / (D as f64).sqrt()))
}
