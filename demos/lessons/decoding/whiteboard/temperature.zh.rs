/// softmax(z / T)。约定 T = 0 就是贪心：相同时取 id 最小的。`(V) → (V)`
pub fn with_temperature(logits: &[f64], t: f64) -> Vec<f64> {
    let max = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if t == 0.0 {
        let best = logits.iter().position(|z| *z == max);
        return (0..logits.len()).map(|i| if Some(i) == best { 1.0 } else { 0.0 }).collect();
    }
    let e: Vec<f64> = logits.iter().map(|z| ((z - max) / t).exp()).collect(); // 减去最大值，不会溢出
    let sum: f64 = e.iter().sum();
    e.iter().map(|e| e / sum).collect()
}

/// 概率不低于最大者 `share` 倍的 token，再归一化。`(V) → (V)`
pub fn min_p(p: &[f64], share: f64) -> Vec<f64> {
    let least = share * p.iter().copied().fold(0.0, f64::max);
    let kept = |p: f64| if p >= least { p } else { 0.0 };
    let sum: f64 = p.iter().map(|&p| kept(p)).sum();
    p.iter().map(|&p| kept(p) / sum).collect()
}
