/// H 个头里第 h 个的斜率是 2^(−8h/H)，h = 1 … H。H 不是 2 的幂时：
/// 先取比它小的 2 的幂的全部斜率，再从下一个 2 的幂里隔一个取一个。
pub fn slopes(heads: usize) -> Vec<f64> {
    let power_of_two = |n: usize| (1..=n).map(move |h| 2f64.powf(-8.0 * h as f64 / n as f64));
    let below = 1 << heads.ilog2();
    power_of_two(below).chain(power_of_two(2 * below).step_by(2)).take(heads).collect()
}

/// (n, n)，softmax 之前加到一个头的分数上：行 i 是 query，列 j 是 key。
pub fn bias(n: usize, slope: f64) -> Vec<Vec<f64>> {
    let at = |i: usize, j: usize| if j > i { f64::NEG_INFINITY } else { -slope * (i - j) as f64 };
    (0..n).map(|i| (0..n).map(|j| at(i, j)).collect()).collect()
}
