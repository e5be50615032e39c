/// CE(N) = (c/N)^α nats a token, p = e^(−CE); all L tokens right: p^L = e^(−L·CE).
pub fn exact_match(size: f64, c: f64, alpha: f64, tokens: usize) -> f64 {
    (-(tokens as f64) * (c / size).powf(alpha)).exp()
}

/// Where half of the answers are right. L stands in here alone: it shifts the curve.
pub fn half_at(c: f64, alpha: f64, tokens: usize) -> f64 {
    c * (tokens as f64 / 2f64.ln()).powf(1.0 / alpha)
}

/// A test of n questions reads 0 although each is answered with probability a.
pub fn reads_zero(a: f64, n: usize) -> f64 {
    (1.0 - a).powi(n as i32)
}

/// Questions for one success in 95 % of tests: (1 − a)^n = 0.05.
pub fn items_needed(a: f64) -> f64 {
    (0.05f64.ln() / (-a).ln_1p()).ceil()
}
