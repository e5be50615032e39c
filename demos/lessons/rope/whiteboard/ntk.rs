/// θᵢ = base^(−2i/d): (d/2).
pub fn frequencies(d: usize, base: f64) -> Vec<f64> {
    (0..d / 2).map(|i| base.powf(-2.0 * i as f64 / d as f64)).collect()
}

/// Position interpolation: m → m/s, that is θ → θ/s. Every pair, fast ones too.
pub fn interpolated(d: usize, base: f64, s: f64) -> Vec<f64> {
    frequencies(d, base).iter().map(|theta| theta / s).collect()
}

/// NTK-aware: a larger base. i = 0 keeps θ, i = d/2 − 1 gets θ/s: base'^(−(d−2)/d) = base^(−(d−2)/d) / s.
pub fn ntk_aware(d: usize, base: f64, s: f64) -> Vec<f64> {
    if d == 2 {
        return frequencies(d, base); // the only pair is the fastest: it is kept
    }
    frequencies(d, base * s.powf(d as f64 / (d as f64 - 2.0)))
}

/// Dynamic NTK: s follows the text at hand, and up to the trained length nothing changes.
/// Hugging Face: s = factor · len/train_len − (factor − 1); here factor = 1.
pub fn dynamic_ntk(d: usize, base: f64, train_len: usize, len: usize) -> Vec<f64> {
    let s = len.max(train_len) as f64 / train_len as f64;
    ntk_aware(d, base, s)
}
