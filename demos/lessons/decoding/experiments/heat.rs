//! Temperature: how it spreads a distribution, and what the order of steps does.

use concepts::decoding::{Candidates, DecodingError, Filter, temperature};
use concepts::numerics::tolerance::DIFFERENCE_STEP;

/// The probabilities that logits give at a temperature, by token; NaN where the library refuses.
pub(crate) fn with_temperature(logits: &[f64], t: f64) -> Vec<f64> {
    let heated = Candidates::from_logits(logits).and_then(|all| temperature(&all, t));
    heated.map_or_else(|_| vec![f64::NAN; logits.len()], |heated| heated.dense(logits.len()))
}

/// Filters one after the other on probabilities, by token; NaN where the library refuses.
pub(crate) fn in_order(p: &[f64], filters: &[Filter]) -> Vec<f64> {
    let applied: Result<Candidates, DecodingError> = filters
        .iter()
        .try_fold(Candidates::from_probabilities(p), |left, filter| left.map(|left| filter.apply(&left)))
        .and_then(|left| left);
    applied.map_or_else(|_| vec![f64::NAN; p.len()], |left| left.dense(p.len()))
}

/// What T = 2 makes of the first `n` probabilities when the others are cut: their roots, renormalised.
pub(crate) fn roots(p: &[f64], n: usize) -> Vec<f64> {
    let roots: Vec<f64> = p.iter().take(n).map(|p| p.sqrt()).collect();
    let sum: f64 = roots.iter().sum();
    roots.iter().map(|root| root / sum).chain(vec![0.0; p.len() - n]).collect()
}

/// The entropy at a temperature.
pub(crate) fn entropy_at(logits: &[f64], t: f64) -> f64 {
    let heated = Candidates::from_logits(logits).and_then(|all| temperature(&all, t));
    heated.map_or(f64::NAN, |heated| heated.entropy())
}

/// `dH/dT = Var_p(z)/T³`.
pub(crate) fn slope(logits: &[f64], t: f64) -> f64 {
    let p = with_temperature(logits, t);
    let moment = |k: i32| -> f64 { p.iter().zip(logits).map(|(p, z)| p * z.powi(k)).sum() };
    let mean = moment(1);
    let variance: f64 = p.iter().zip(logits).map(|(p, z)| p * (z - mean).powi(2)).sum();
    variance / t.powi(3)
}

/// The slope of the entropy against the knob `t`, by a central difference; `applied` is the temperature
/// that the knob stands for.
pub(crate) fn numeric_slope(logits: &[f64], applied: &dyn Fn(f64) -> f64, t: f64) -> f64 {
    let step = DIFFERENCE_STEP * t;
    let entropy = |t: f64| entropy_at(logits, applied(t));
    (entropy(t + step) - entropy(t - step)) / (2.0 * step)
}
