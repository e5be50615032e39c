/// 多次投掷的均值，以及它的标准误。
pub fn mean(throws: &[f64]) -> (f64, f64) {
    let n = throws.len() as f64;
    let p = throws.iter().sum::<f64>() / n;
    (p, (p * (1.0 - p) / n).sqrt())
}
