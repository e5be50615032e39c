/// Head h of H gets 2^(−8h/H), h = 1 … H. If H is no power of two: the slopes of the power of two
/// below it, then every second one of the next.
pub fn slopes(heads: usize) -> Vec<f64> {
    let power_of_two = |n: usize| (1..=n).map(move |h| 2f64.powf(-8.0 * h as f64 / n as f64));
    let below = 1 << heads.ilog2();
    power_of_two(below).chain(power_of_two(2 * below).step_by(2)).take(heads).collect()
}

/// (n, n), added to the scores of one head before the softmax: row i is the query, column j the key.
pub fn bias(n: usize, slope: f64) -> Vec<Vec<f64>> {
    let at = |i: usize, j: usize| if j > i { f64::NEG_INFINITY } else { -slope * (i - j) as f64 };
    (0..n).map(|i| (0..n).map(|j| at(i, j)).collect()).collect()
}
