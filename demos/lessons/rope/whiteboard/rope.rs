/// θᵢ = base^(−2i/d), one frequency for each pair, from fast to slow: (d/2).
pub fn frequencies(d: usize, base: f64) -> Vec<f64> {
    (0..d / 2).map(|i| base.powf(-2.0 * i as f64 / d as f64)).collect()
}

/// Neighbours are a pair: (0, 1), (2, 3), … The paper, GPT-J, Meta's LLaMA. x: (d), at position m.
pub fn rope_interleaved(x: &[f64], m: usize, theta: &[f64]) -> Vec<f64> {
    let mut out = vec![0.0; x.len()];
    for (i, theta) in theta.iter().enumerate() {
        let (sin, cos) = (m as f64 * theta).sin_cos();
        let (a, b) = (x[2 * i], x[2 * i + 1]);
        out[2 * i] = a * cos - b * sin;
        out[2 * i + 1] = a * sin + b * cos;
    }
    out
}

/// (x₁, x₂) → (−x₂, x₁): every pair (i, i + d/2) turned by 90°.
pub fn rotate_half(x: &[f64]) -> Vec<f64> {
    let (first, second) = x.split_at(x.len() / 2);
    second.iter().map(|b| -b).chain(first.iter().copied()).collect()
}

/// One of each half is a pair: (0, d/2), (1, d/2 + 1), … GPT-NeoX, Hugging Face.
pub fn rope_halves(x: &[f64], m: usize, theta: &[f64]) -> Vec<f64> {
    // Both features of a pair share an angle: (θ₀ … θ_(d/2−1), θ₀ … θ_(d/2−1)).
    let angles = theta.iter().chain(theta).map(|theta| m as f64 * theta);
    let turned = rotate_half(x);
    angles.enumerate().map(|(i, angle)| x[i] * angle.cos() + turned[i] * angle.sin()).collect()
}

/// The score depends on m − n alone: query at m, key at n. Values are not rotated.
pub fn score(q: &[f64], m: usize, k: &[f64], n: usize, theta: &[f64]) -> f64 {
    let (q, k) = (rope_halves(q, m, theta), rope_halves(k, n, theta));
    q.iter().zip(k).map(|(q, k)| q * k).sum::<f64>() / (q.len() as f64).sqrt()
}
