//! C3: why the dot products are divided by √d_k.

use concepts::numerics::softmax::softmax;
use concepts::numerics::statistics::{mean, proportion_interval, variance, variance_ratio_se};
use concepts::numerics::{normal, rng};
use ndarray::Axis;
use rayon::prelude::*;

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::text::{Text, text};
use crate::lessons::attention::experiments::saturation::{KEYS, Row, SAMPLES, SATURATED, Scaling, sweep};

/// Widths at which the variance is measured, and how many pairs are drawn. The sample is as large as
/// four standard errors within 3 % need, and no larger: `se = √((2 + 6/d)/n)`.
const PAIRS: [(usize, usize); 4] = [(4, 64_000), (16, 43_000), (64, 38_000), (256, 37_000)];
/// How far the variance of a score may be from 1.
const VARIANCE_TOLERANCE: f64 = 0.03;
/// Standard errors between a measurement and its threshold.
const ERRORS: f64 = 4.0;

/// C3
pub(super) fn scaling_keeps_gradients(seed: u64) -> Claim {
    let (rows, variances) = rayon::join(|| sweep(seed), || variances(seed));
    let worst = rows.iter().fold(rows[0], |worst, row| if ratio(row) > ratio(&worst) { *row } else { worst });
    let [unscaled, scaled] = query_gradients(seed);
    let (free, carried) = (unscaled.free * 100.0, unscaled.carried * 100.0);
    let test = |bare, divided, correlation| {
        let mut measures = score_variances(&variances, divided, seed);
        measures.extend(medians(&rows, bare, divided, seed));
        measures.extend(shares(&rows[rows.len() - 1], bare, divided, seed));
        measures.extend(without_independence(correlation, seed));
        Test(measures)
    };
    Claim::corrected(
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
                unscaled.mean / scaled.mean,
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
                    "at dₖ = {} the unscaled gradient is the larger one: median ‖∂p/∂s‖ {:.3} against {:.3}; and at dₖ = 1024 the mean ‖∂p/∂q‖ is {:.2} unscaled against {:.2} scaled: the {free:.0} % of the queries that are not saturated carry {carried:.1} % of it, and nothing has divided it by √dₖ",
                    worst.d_k, worst.unscaled.median, worst.scaled.median, unscaled.mean, scaled.mean
                ),
                format!(
                    "dₖ = {} 时反而是不缩放的梯度大：‖∂p/∂s‖ 的中位数是 {:.3}，缩放后只有 {:.3}；dₖ = 1024 时 ‖∂p/∂q‖ 的均值，不缩放 {:.2}，缩放 {:.2}：{free:.0}% 没饱和的 query 占了其中的 {carried:.1}%，而且少除了一个 √dₖ",
                    worst.d_k, worst.unscaled.median, worst.scaled.median, unscaled.mean, scaled.mean
                ),
            ),
            say: text(
                "With independent entries of mean 0 and variance 1 the dot product has variance dₖ. Unscaled, the logits spread like √dₖ, the softmax saturates once dₖ is in the hundreds, and for most queries its Jacobian diag(p) − ppᵀ is nearly 0: no gradient gets through to the scores. Dividing by √dₖ brings the variance back to 1 at every width.",
                "假设各分量独立、均值为 0、方差为 1，点积的方差就是 dₖ。不缩放时 logits 的标准差是 √dₖ，dₖ 到了几百 softmax 就饱和，多数 query 的雅可比 diag(p) − ppᵀ 接近 0，梯度传不回分数。除以 √dₖ 之后，头多宽方差都是 1。",
            ),
            test: test(Scaling::Unscaled, Scaling::Scaled, CORRELATION),
        },
        vec![
            Control::new(
                text("the division left out", "漏掉缩放"),
                test(Scaling::Unscaled, Scaling::Unscaled, CORRELATION),
            ),
            Control::new(
                text("divided by dₖ instead of √dₖ", "除以 dₖ 而不是 √dₖ"),
                test(Scaling::Unscaled, Scaling::ByWidth, CORRELATION),
            ),
            Control::new(
                text(
                    "the “unscaled” scores divided by √dₖ all the same",
                    "所谓“不缩放”的分数也照样除以 √dₖ",
                ),
                test(Scaling::Scaled, Scaling::Scaled, CORRELATION),
            ),
            Control::new(
                text("independent entries where correlated ones were asked for", "该相关的分量仍取成独立"),
                test(Scaling::Unscaled, Scaling::Scaled, 0.0),
            ),
        ],
    )
}

fn ratio(row: &Row) -> f64 {
    row.unscaled.median / row.scaled.median
}

/// The variance of the score, after its division, at each width.
fn score_variances(variances: &[f64], divided: Scaling, seed: u64) -> Vec<Measure> {
    let measure = |(&(d, n), &variance): (&(usize, usize), &f64)| {
        let errors = VARIANCE_TOLERANCE / variance_ratio_se(n, 6.0 / d as f64);
        Measure::near(
            Text::new(
                format!("variance of the scaled score, Var(q·k)/dₖ, dₖ = {d}"),
                format!("缩放后分数的方差，即 Var(q·k)/dₖ，dₖ = {d}"),
            ),
            variance * divided.factor(d).powi(2),
            1.0,
            VARIANCE_TOLERANCE,
            Text::new(format!("{errors:.1} standard errors"), format!("{errors:.1} 个标准误")),
        )
        .over(n)
        .drawn(seed)
    };
    PAIRS.iter().zip(variances).map(measure).collect()
}

/// Unscaled, the typical gradient collapses at large widths; scaled, it does not depend on the width.
fn medians(rows: &[Row], bare: Scaling, divided: Scaling, seed: u64) -> Vec<Measure> {
    let collapsed = rows.iter().filter(|row| row.d_k >= 256).map(|row| {
        Measure::at_most(
            Text::new(
                format!("median ‖∂p/∂s‖, unscaled over scaled, dₖ = {}", row.d_k),
                format!("‖∂p/∂s‖ 中位数之比（不缩放 / 缩放），dₖ = {}", row.d_k),
            ),
            row.of(bare).median / row.of(divided).median,
            0.5,
            text("less than half is left", "剩下不到一半"),
        )
    });
    let (narrow, wide) = (&rows[0], &rows[rows.len() - 1]);
    let level = Measure::near(
        Text::new(
            format!("median ‖∂p/∂s‖ scaled, dₖ = {} over dₖ = {}", wide.d_k, narrow.d_k),
            format!("缩放后 ‖∂p/∂s‖ 的中位数，dₖ = {} 与 dₖ = {} 之比", wide.d_k, narrow.d_k),
        ),
        wide.of(divided).median / narrow.of(divided).median,
        1.0,
        0.2,
        text(
            "hardly any difference; at dₖ = 4 the tails of the scores are a little heavier",
            "几乎与宽度无关；dₖ = 4 时分数的尾部略重",
        ),
    );
    collapsed.chain([level]).map(|measure| measure.over(SAMPLES).drawn(seed)).collect()
}

/// How many softmaxes are saturated, unscaled and scaled.
fn shares(widest: &Row, bare: Scaling, divided: Scaling, seed: u64) -> [Measure; 2] {
    let basis = || text("interval of 4 standard errors", "取 4 个标准误的区间");
    let share = |scaling| widest.of(scaling).saturated as f64 / SAMPLES as f64;
    let measured = |measure: Measure, scaling| {
        let interval = proportion_interval(widest.of(scaling).saturated, SAMPLES, ERRORS);
        measure.within(interval).over(SAMPLES).drawn(seed)
    };
    let saturated = text(
        "share of softmaxes with a weight above 0.999, dₖ = 1024",
        "最大权重超过 0.999 的 softmax 占比，dₖ = 1024",
    );
    let still = text("the same share, scaled", "缩放后的同一占比");
    [
        measured(Measure::at_least(saturated, share(bare), 0.4, basis()), bare),
        measured(Measure::at_most(still, share(divided), 0.05, basis()), divided),
    ]
}

/// Correlation of `qᵢ` with `kᵢ` in the sample that shows what independence is for.
const CORRELATION: f64 = 0.5;

/// Where query and key are correlated by `ρ`, the dot product has mean `ρ·d_k` and variance
/// `(1 + ρ²)·d_k`: dividing by √d_k leaves a score that still grows with the width.
fn without_independence(correlation: f64, seed: u64) -> [Measure; 2] {
    const D: usize = 16;
    const N: usize = 20_000;
    const RHO: f64 = CORRELATION;
    let mut rng = rng(seed, "C3 correlated");
    // (N, D) each; k = ρ·q + √(1 − ρ²)·noise has unit variance too
    let (q, noise) = (normal((N, D), 1.0, &mut rng), normal((N, D), 1.0, &mut rng));
    let k = &q * correlation + noise * (1.0 - correlation * correlation).sqrt();
    let dots = (q * k).sum_axis(Axis(1)).to_vec();
    // The fourth cumulant of a product of two such normals is 6(1 + 6ρ² + ρ⁴), its variance 1 + ρ².
    let spread = 1.0 + RHO * RHO;
    let kurtosis = 6.0 * (1.0 + 6.0 * RHO * RHO + RHO.powi(4)) / (spread * spread * D as f64);
    let mean_se = (spread / (N * D) as f64).sqrt();
    let variance_se = spread * variance_ratio_se(N, kurtosis);
    let near = |what, value, target, tolerance: f64, se: f64| {
        let errors = tolerance / se;
        let basis = Text::new(format!("{errors:.1} standard errors"), format!("{errors:.1} 个标准误"));
        Measure::near(what, value, target, tolerance, basis).over(N).drawn(seed)
    };
    [
        near(
            text(
                "without independence, qᵢ and kᵢ correlated by 0.5: mean of q·k over dₖ",
                "不独立时，qᵢ 与 kᵢ 相关系数 0.5：q·k 的均值 / dₖ",
            ),
            mean(&dots) / D as f64,
            RHO,
            0.01,
            mean_se,
        ),
        near(
            text("and its variance over dₖ, 1 + 0.5²", "q·k 的方差 / dₖ，即 1 + 0.5²"),
            variance(&dots) / D as f64,
            spread,
            0.06,
            variance_se,
        ),
    ]
}

/// `Var(q·k)` at each width.
fn variances(seed: u64) -> Vec<f64> {
    PAIRS.iter().map(|&(d, n)| variance(&pair_dots(d, n, seed))).collect()
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

/// `‖∂p/∂q‖` over many queries.
struct QueryGradients {
    mean: f64,
    /// The share of the queries whose softmax is not saturated.
    free: f64,
    /// The share of the sum of all norms that those queries carry.
    carried: f64,
}

/// `‖∂p/∂q‖` at d_k = 1024, without and with scaling.
///
/// `∂p/∂q = J K` without scaling and `J K/√d_k` with it: the missing factor multiplies the gradient.
fn query_gradients(seed: u64) -> [QueryGradients; 2] {
    const D: usize = 1024;
    let mut rng = rng(seed, "C3 query gradients");
    let (q, k) = (normal((QUERY_SAMPLES, D), 1.0, &mut rng), normal((KEYS, D), 1.0, &mut rng));
    // (QUERY_SAMPLES, KEYS)
    let dots = q.dot(&k.t());
    [Scaling::Unscaled, Scaling::Scaled].map(|scaling| {
        let factor = scaling.factor(D);
        let (mut norms, mut free) = (Vec::new(), Vec::new());
        for row in dots.axis_iter(Axis(0)) {
            let p = softmax((&row * factor).view());
            // J K, row i: pᵢ (kᵢ − Σⱼ pⱼ kⱼ)
            let centred = &k - &p.dot(&k);
            let squares = centred.axis_iter(Axis(0)).zip(&p).map(|(row, p)| p * p * row.dot(&row));
            let norm = squares.sum::<f64>().sqrt() * factor;
            norms.push(norm);
            if p.iter().all(|&x| x <= SATURATED) {
                free.push(norm);
            }
        }
        QueryGradients {
            mean: mean(&norms),
            free: free.len() as f64 / QUERY_SAMPLES as f64,
            carried: free.iter().sum::<f64>() / norms.iter().sum::<f64>(),
        }
    })
}
