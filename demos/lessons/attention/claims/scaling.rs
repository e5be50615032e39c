//! C3: why the dot products are divided by √d_k.

use concepts::numerics::statistics::{proportion_interval, variance_ratio_se};

use crate::kit::case::{Case, Checked, Takes};
use crate::lessons::attention::experiments::dot_products::{
    CORRELATED, correlated, correlated_errors, dot_variance, query_gradients,
};
use crate::lessons::attention::experiments::saturation::{Row, SAMPLES, SATURATED, Scaling, WIDTHS, sweep};

/// A width at which the variance is measured: the ids of the measurement and of its standard errors, the width,
/// and how many pairs are drawn. The sample is as large as four standard errors within 3 % need, and no larger:
/// `se = √((2 + 6/d)/n)`.
const PAIRS: [(&str, &str, usize, usize); 4] = [
    ("variance-narrowest", "errors-narrowest", WIDTHS[0], 64_000),
    ("variance-narrow", "errors-narrow", WIDTHS[1], 43_000),
    ("variance-middle", "errors-middle", WIDTHS[2], 38_000),
    ("variance-wide", "errors-wide", WIDTHS[3], 37_000),
];
/// What the words call the widths.
const NAMES: [&str; 5] = ["narrowest", "narrow", "middle", "wide", "widest"];
/// How far the variance of a score may be from 1.
const VARIANCE_TOLERANCE: f64 = 0.03;
/// How far mean and variance of a correlated dot product may be from what is predicted.
const CORRELATED_TOLERANCES: [f64; 2] = [0.01, 0.06];
/// Standard errors between a measurement and its threshold.
const ERRORS: f64 = 4.0;
/// Correlation of `qᵢ` with `kᵢ` in the sample that shows what independence is for.
const CORRELATION: f64 = 0.5;

/// C3: so that gradients do not vanish
pub(crate) fn scaling_keeps_gradients(c: &mut Case) -> Checked {
    use Scaling::{ByWidth, Scaled, Unscaled};
    let seed = c.seed;
    let (rows, variances) =
        rayon::join(|| sweep(seed), || PAIRS.map(|(_, _, d, n)| dot_variance(d, n, seed)));
    let unscaled = query_gradients(WIDTHS[4], seed);
    name_widths(c);
    // Rounded down: whoever saturates still carries something, so it is never 100.0 %.
    let carried = (unscaled.carried * 1000.0).floor() / 10.0;
    c.value("free", unscaled.free * 100.0).value("carried", carried);
    c.holds((Unscaled, Scaled, CORRELATION), |t, (bare, divided, correlation)| {
        score_variances(t, &variances, divided);
        medians(t, &rows, bare, divided);
        shares(t, &rows[rows.len() - 1], bare, divided);
        without_independence(t, correlation, seed);
    })
    .control("left-out", (Unscaled, Unscaled, CORRELATION))
    .control("by-width", (Unscaled, ByWidth, CORRELATION))
    .control("both", (Scaled, Scaled, CORRELATION))
    .control("independent", (Unscaled, Scaled, 0.0));
    Ok(())
}

/// What the words name: widths, standard errors and bounds.
fn name_widths(c: &mut Case) {
    for (name, width) in NAMES.into_iter().zip(WIDTHS) {
        c.value(name, width);
    }
    for (_, name, d, n) in PAIRS {
        c.value(name, VARIANCE_TOLERANCE / variance_ratio_se(n, 6.0 / d as f64));
    }
    let [mean, spread] = correlated_errors(CORRELATION);
    let [mean_tolerance, spread_tolerance] = CORRELATED_TOLERANCES;
    c.value("errors-mean", mean_tolerance / mean).value("errors-spread", spread_tolerance / spread);
    c.value("saturated", SATURATED).value("rho", CORRELATION).value("errors", ERRORS);
}

/// The variance of the score, after its division, at each width.
fn score_variances(t: &mut Takes, variances: &[f64], divided: Scaling) {
    for ((id, _, d, n), variance) in PAIRS.into_iter().zip(variances) {
        t.near(id, variance * divided.factor(d).powi(2), 1.0, VARIANCE_TOLERANCE).over(n).drawn();
    }
}

/// Unscaled, the typical gradient collapses at large widths; scaled, it does not depend on the width.
fn medians(t: &mut Takes, rows: &[Row], bare: Scaling, divided: Scaling) {
    let [narrowest, .., wide, widest] = rows else { return };
    let share = |row: &Row| row.of(bare).median / row.of(divided).median;
    let level = widest.of(divided).median / narrowest.of(divided).median;
    t.at_most("median-wide", share(wide), 0.5).over(SAMPLES).drawn();
    t.at_most("median-widest", share(widest), 0.5).over(SAMPLES).drawn();
    t.near("level", level, 1.0, 0.2).over(SAMPLES).drawn();
}

/// How many softmaxes are saturated, unscaled and scaled.
fn shares(t: &mut Takes, widest: &Row, bare: Scaling, divided: Scaling) {
    let saturated = |scaling| widest.of(scaling).saturated;
    let share = |scaling| saturated(scaling) as f64 / SAMPLES as f64;
    let interval = |scaling| proportion_interval(saturated(scaling), SAMPLES, ERRORS);
    t.at_least("share", share(bare), 0.4).within(interval(bare)).over(SAMPLES).drawn();
    t.at_most("share-scaled", share(divided), 0.05).within(interval(divided)).over(SAMPLES).drawn();
}

/// Where query and key are correlated by `ρ`, the dot product has mean `ρ·d_k` and variance
/// `(1 + ρ²)·d_k`: dividing by √d_k leaves a score that still grows with the width.
fn without_independence(t: &mut Takes, correlation: f64, seed: u64) {
    let [mean, spread] = correlated(correlation, seed);
    let [mean_tolerance, spread_tolerance] = CORRELATED_TOLERANCES;
    t.near("mean", mean, CORRELATION, mean_tolerance).over(CORRELATED).drawn();
    t.near("spread", spread, 1.0 + CORRELATION * CORRELATION, spread_tolerance).over(CORRELATED).drawn();
}
