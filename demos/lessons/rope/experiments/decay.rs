//! Does the score decay with the distance?

use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{normal, rng};
use concepts::position::rope::{Layout, abel_bound};
use ndarray::Array2;
use rand::Rng;

use super::score::{Content, score};

/// The mean size of the score of random queries and keys at distance `r`.
pub(crate) fn random_size(r: i64, frequencies: &[f64], draws: usize, seed: u64) -> f64 {
    let d = 2 * frequencies.len();
    let mut rng = rng(seed, "random scores");
    let one = |_| {
        let c = Content { q: normal((1, d), 1.0, &mut rng), k: normal((1, d), 1.0, &mut rng) };
        score(&c, r, 0, frequencies, Layout::Halves).abs()
    };
    (0..draws).map(one).sum::<f64>() / draws as f64
}

/// The size of the score of a query of ones with a key of ones: `2 |Σ cos(r θ)|`.
pub(crate) fn of_ones(r: i64, frequencies: &[f64]) -> f64 {
    let ones = Array2::ones((1, 2 * frequencies.len()));
    score(&Content { q: ones.clone(), k: ones }, r, 0, frequencies, Layout::Halves).abs()
}

/// The bound of that score: `hᵢ = 2` for every pair, and the step from the last one to 0 is the steepest.
pub(crate) fn bound_of_ones(r: f64, frequencies: &[f64]) -> f64 {
    2.0 * abel_bound(r, frequencies) * frequencies.len() as f64
}

/// The first distance at which a query equal to its key scores below 0.
pub(crate) fn first_negative(frequencies: &[f64], until: i64) -> Option<i64> {
    (0..=until).find(|&r| frequencies.iter().map(|theta| (r as f64 * theta).cos()).sum::<f64>() < 0.0)
}

/// How often the bound rises by more than rounding from one distance to the next, from 1 to `until`.
pub(crate) fn rises(frequencies: &[f64], until: usize) -> usize {
    let bound: Vec<f64> = (1..=until).map(|r| abel_bound(r as f64, frequencies)).collect();
    bound.windows(2).filter(|pair| pair[1] > pair[0] * (1.0 + EXACT_F64)).count()
}

/// Random contents and distances for which the score exceeds the bound: there should be none.
pub(crate) fn violations(frequencies: &[f64], trials: usize, seed: u64) -> usize {
    let pairs = frequencies.len();
    let mut rng = rng(seed, "bound");
    let mut violated = || {
        // The complex contents hᵢ = qᵢ k̄ᵢ, (pairs, 2), and a distance.
        let (h, r) = (normal((pairs, 2), 1.0, &mut rng), f64::from(rng.random_range(0..100_000)));
        let (mut re, mut im, mut steepest) = (0.0, 0.0, 0.0_f64);
        for (i, theta) in frequencies.iter().enumerate() {
            let (sin, cos) = (r * theta).sin_cos();
            re += h[[i, 0]] * cos - h[[i, 1]] * sin;
            im += h[[i, 0]] * sin + h[[i, 1]] * cos;
            // After the last pair comes 0.
            let next = if i + 1 < pairs { [h[[i + 1, 0]], h[[i + 1, 1]]] } else { [0.0, 0.0] };
            steepest = steepest.max((next[0] - h[[i, 0]]).hypot(next[1] - h[[i, 1]]));
        }
        re.hypot(im) > steepest * abel_bound(r, frequencies) * pairs as f64
    };
    (0..trials).filter(|_| violated()).count()
}

/// How far the score strays from the straight line half-way between the places 3 and 4, for contents of
/// size 1 that are all in phase there: none of this size strays further.
pub(crate) fn strays(theta: &[f64]) -> f64 {
    const MIDDLE: f64 = 3.5;
    // Re Σ hⱼ e^(isθⱼ) with hⱼ = e^(−i·3.5·θⱼ)
    let score = |s: f64| theta.iter().map(|theta| ((s - MIDDLE) * theta).cos()).sum::<f64>();
    (score(MIDDLE) - (score(MIDDLE - 0.5) + score(MIDDLE + 0.5)) / 2.0).abs()
}

#[cfg(test)]
mod tests {
    use concepts::position::rope::rope_frequencies;

    use super::*;

    #[test]
    fn rounding_is_no_rise() {
        let flat: Vec<f64> = rope_frequencies(128, 1.001).unwrap().iter().map(|theta| theta / 1e6).collect();
        assert_eq!(rises(&flat, 512), 0);
        assert!(rises(&rope_frequencies(128, 10_000.0).unwrap(), 512) > 100);
    }
}
