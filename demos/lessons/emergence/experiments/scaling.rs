//! The bend of a law of the loss.

/// `L(N, D) = E + A/N^α + B/D^β` as Hoffmann et al. 2022 print it.
const HOFFMANN: [f64; 5] = [1.69, 406.4, 0.34, 410.7, 0.28];

/// The loss along 20 tokens a parameter, above what no model can avoid.
pub(crate) fn hoffmann(size: f64) -> f64 {
    let [_, a, alpha, b, beta] = HOFFMANN;
    a / size.powf(alpha) + b / (20.0 * size).powf(beta)
}

/// The same law with a kink at 10 billion: from there on it falls three times as fast.
pub(crate) fn kinked(size: f64) -> f64 {
    const KINK: f64 = 1e10;
    if size < KINK { hoffmann(size) } else { hoffmann(size) * (KINK / size).powf(0.6) }
}

/// The largest change of the slope of `ln f` in `ln N` from one step of a tenth of a decade to the next, from
/// 10 million to 10 trillion.
pub(crate) fn sharpest_bend(f: impl Fn(f64) -> f64) -> f64 {
    let at = |i: i32| f(10f64.powf(7.0 + f64::from(i) / 10.0)).ln();
    let slope = |i: i32| (at(i + 1) - at(i)) / (10f64.ln() / 10.0);
    (0..58).map(|i| (slope(i + 1) - slope(i)).abs()).fold(0.0, f64::max)
}
