//! Weights under gradients that are noise: what is left of them is what the decay leaves.

use concepts::numerics::{normal, rng};
use concepts::regularization::{Rates, Rule, Weight};

/// The mean weight, from 1, after steps on gradients of each of these sizes.
pub(crate) fn left(
    rule: Rule,
    rates: &Rates,
    scales: &[f64],
    steps: usize,
    replicas: usize,
    seed: u64,
) -> Vec<f64> {
    let noise = normal((replicas, steps), 1.0, &mut rng(seed, "regularization noise"));
    let mean = |scale: f64| {
        let end = |row: ndarray::ArrayView1<f64>| {
            let mut weight = Weight::new(1.0);
            row.iter().for_each(|z| weight.step(rule, rates, scale * z));
            weight.w
        };
        noise.outer_iter().map(end).sum::<f64>() / replicas as f64
    };
    scales.iter().map(|&scale| mean(scale)).collect()
}

/// The weights after each of these gradients, from 1.
pub(crate) fn after(rule: Rule, rates: &Rates, gradients: &[f64]) -> Vec<f64> {
    let mut weight = Weight::new(1.0);
    let step = |&g: &f64| {
        weight.step(rule, rates, g);
        weight.w
    };
    gradients.iter().map(step).collect()
}

/// The update that the written answer shows for AdamW.
pub(crate) fn as_written(rates: &Rates, gradients: &[f64]) -> Vec<f64> {
    let mut w = 1.0;
    let step = |&g: &f64| {
        w = w - rates.lr * g - rates.lr * rates.decay * w;
        w
    };
    gradients.iter().map(step).collect()
}
