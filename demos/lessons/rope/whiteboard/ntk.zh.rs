/// θᵢ = base^(−2i/d)：(d/2)。
pub fn frequencies(d: usize, base: f64) -> Vec<f64> {
    (0..d / 2).map(|i| base.powf(-2.0 * i as f64 / d as f64)).collect()
}

/// 位置插值：m → m/s，也就是 θ → θ/s。每一对都除，高频的也不例外。
pub fn interpolated(d: usize, base: f64, s: f64) -> Vec<f64> {
    frequencies(d, base).iter().map(|theta| theta / s).collect()
}

/// NTK-aware：把 base 调大。i = 0 的 θ 不变，i = d/2 − 1 变成 θ/s：base'^(−(d−2)/d) = base^(−(d−2)/d) / s。
pub fn ntk_aware(d: usize, base: f64, s: f64) -> Vec<f64> {
    frequencies(d, base * s.powf(d as f64 / (d as f64 - 2.0)))
}

/// Dynamic NTK：s 随当前文本的长度变；不超过训练长度时，什么都不变。
/// Hugging Face：s = factor · len/train_len − (factor − 1)；这里 factor = 1。
pub fn dynamic_ntk(d: usize, base: f64, train_len: usize, len: usize) -> Vec<f64> {
    let s = len.max(train_len) as f64 / train_len as f64;
    ntk_aware(d, base, s)
}
