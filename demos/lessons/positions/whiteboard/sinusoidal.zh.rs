use ndarray::Array2;

/// (n, d)：第 p 行是 sin(p·ω₀)、cos(p·ω₀)、sin(p·ω₁)、cos(p·ω₁)……，ωᵢ = base^(−2i/d)。
pub fn sinusoidal(n: usize, d: usize, base: f64) -> Array2<f64> {
    Array2::from_shape_fn((n, d), |(p, j)| {
        let two_i = (j - j % 2) as f64; // 第 i 对的两维都用 2i
        let angle = p as f64 * base.powf(-two_i / d as f64);
        if j % 2 == 0 { angle.sin() } else { angle.cos() }
    })
}
