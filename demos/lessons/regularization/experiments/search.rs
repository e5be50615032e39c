//! A minimum found by trying: of a function that falls and then rises.

/// How close three points of a flat bottom can be told apart: about the root of rounding.
pub(crate) const SEARCHED: f64 = 1e-6;

/// Where such a function is least between two ends, by halving what is left, again and again.
pub(crate) fn lowest(of: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    for _ in 0..200 {
        let third = (high - low) / 3.0;
        let (a, b) = (low + third, high - third);
        if of(a) < of(b) { high = b } else { low = a }
    }
    (low + high) / 2.0
}
