/// x·Φ(x) by tanh: off by less than 5e-4 everywhere.
pub fn gelu(x: f64) -> f64 {
    0.5 * x * (1.0 + ((2.0 / std::f64::consts::PI).sqrt() * (x + 0.044715 * x.powi(3))).tanh())
}

/// x·σ(x), also called Swish with β = 1.
pub fn silu(x: f64) -> f64 {
    x / (1.0 + (-x).exp())
}

/// σ(x)(1 + x(1 − σ(x))): below 0 left of −1.278, above 1 right of 1.278.
pub fn silu_slope(x: f64) -> f64 {
    let s = 1.0 / (1.0 + (-x).exp());
    s * (1.0 + x * (1.0 - s))
}
