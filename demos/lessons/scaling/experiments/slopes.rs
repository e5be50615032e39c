//! Slopes on logarithmic axes.

/// `d ln f / d ln x` between two places.
pub(crate) fn slope(f: impl Fn(f64) -> f64, from: f64, to: f64) -> f64 {
    (f(to) / f(from)).ln() / (to / from).ln()
}
