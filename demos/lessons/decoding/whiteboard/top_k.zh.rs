/// 采样用的概率，按 token id 排列：留下最大的 k 个 logit，其余设为 −∞。`(V) → (V)`
pub fn top_k(logits: &[f64], k: usize) -> Vec<f64> {
    let mut order: Vec<usize> = (0..logits.len()).collect();
    order.sort_by(|&a, &b| logits[b].total_cmp(&logits[a])); // 相同时留 id 小的
    let mut kept = vec![f64::NEG_INFINITY; logits.len()]; // 下标是 id，不是名次
    for &id in order.iter().take(k) {
        kept[id] = logits[id];
    }
    softmax(&kept) // 顺便归一化
}

pub fn softmax(logits: &[f64]) -> Vec<f64> {
    let max = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let e: Vec<f64> = logits.iter().map(|z| (z - max).exp()).collect();
    let sum: f64 = e.iter().sum();
    e.iter().map(|e| e / sum).collect()
}

/// `u` 在 [0, 1) 上均匀，落在谁那一段就选谁。
pub fn sample(p: &[f64], u: f64) -> usize {
    let mut sum = 0.0;
    let found = p.iter().position(|p| {
        sum += p;
        u < sum
    });
    found.or(p.iter().rposition(|p| *p > 0.0)).unwrap_or(0) // 舍入误差：取最后一个有概率的
}
