//! Offsets that a single frequency confuses.

use concepts::numerics::statistics::variance;
use concepts::position::rope::Layout;

use super::score::{Content, content};

/// How far apart the scores at offsets 0 and `alias` are, in units of their spread over the first 200 offsets,
/// for `draws` random contents.
pub(crate) fn apart(frequencies: &[f64], alias: i64, draws: usize, seed: u64) -> Vec<f64> {
    let one = |i: usize| {
        let c = content(2 * frequencies.len(), seed, &format!("Q3 C3 {i}"));
        // The complex contents once, then every offset from them.
        let (re, im) = per_pair(&c, frequencies.len());
        let s = |r: f64| -> f64 {
            let pairs = frequencies.iter().enumerate();
            pairs.map(|(j, t)| re[j] * (r * t).cos() - im[j] * (r * t).sin()).sum()
        };
        let all: Vec<f64> = (0..=200).map(|r| s(f64::from(r))).collect();
        (s(alias as f64) - s(0.0)).abs() / variance(&all).sqrt()
    };
    (0..draws).map(one).collect()
}

/// Real and imaginary parts of `q·k̄`, pair by pair.
fn per_pair(c: &Content, pairs: usize) -> (Vec<f64>, Vec<f64>) {
    (0..pairs)
        .map(|i| {
            let (a, b) = Layout::Halves.pair(i, pairs);
            let (q, k) = ([c.q[[0, a]], c.q[[0, b]]], [c.k[[0, a]], c.k[[0, b]]]);
            (q[0] * k[0] + q[1] * k[1], q[1] * k[0] - q[0] * k[1])
        })
        .unzip()
}
