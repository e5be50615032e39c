use std::f64::consts::TAU;

/// YaRN：高频的对不动，低频的做插值，中间线性过渡。→ (频率 (d/2), 系数)
/// 系数 √(1/t) 乘在 cos、sin 上，q、k 各乘一次，logits 就乘了它的平方。
pub fn yarn(d: usize, base: f64, s: f64, train_len: f64) -> (Vec<f64>, f64) {
    const ALPHA: f64 = 1.0; // 训练时不到一圈：插值
    const BETA: f64 = 32.0; // 超过 32 圈：不动
    let theta = (0..d / 2).map(|i| {
        let theta = base.powf(-2.0 * i as f64 / d as f64);
        let turns = train_len * theta / TAU;
        let gamma = ((turns - ALPHA) / (BETA - ALPHA)).clamp(0.0, 1.0);
        (1.0 - gamma) * theta / s + gamma * theta
    });
    (theta.collect(), 0.1 * s.ln() + 1.0)
}
