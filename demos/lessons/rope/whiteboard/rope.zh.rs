/// θᵢ = base^(−2i/d)，每一对一个频率，由快到慢：(d/2)。
pub fn frequencies(d: usize, base: f64) -> Vec<f64> {
    (0..d / 2).map(|i| base.powf(-2.0 * i as f64 / d as f64)).collect()
}

/// 相邻两维一对：(0, 1)、(2, 3)……论文、GPT-J、Meta 的 LLaMA。x: (d)，位置 m。
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

/// (x₁, x₂) → (−x₂, x₁)：每一对 (i, i + d/2) 转 90°。
pub fn rotate_half(x: &[f64]) -> Vec<f64> {
    let (first, second) = x.split_at(x.len() / 2);
    second.iter().map(|b| -b).chain(first.iter().copied()).collect()
}

/// 前后两半各出一维：(0, d/2)、(1, d/2 + 1)……GPT-NeoX、Hugging Face。
pub fn rope_halves(x: &[f64], m: usize, theta: &[f64]) -> Vec<f64> {
    // 一对里的两维用同一个角度：(θ₀ … θ_(d/2−1), θ₀ … θ_(d/2−1))。
    let angles = theta.iter().chain(theta).map(|theta| m as f64 * theta);
    let turned = rotate_half(x);
    angles.enumerate().map(|(i, angle)| x[i] * angle.cos() + turned[i] * angle.sin()).collect()
}

/// 位置对分数的影响只看 m − n：query 在 m，key 在 n。value 不旋转。
pub fn score(q: &[f64], m: usize, k: &[f64], n: usize, theta: &[f64]) -> f64 {
    let (q, k) = (rope_halves(q, m, theta), rope_halves(k, n, theta));
    q.iter().zip(k).map(|(q, k)| q * k).sum::<f64>() / (q.len() as f64).sqrt()
}
