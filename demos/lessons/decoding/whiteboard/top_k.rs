/// Probabilities to sample from, by token id: the k largest logits, the others −∞. `(V) → (V)`
pub fn top_k(logits: &[f64], k: usize) -> Vec<f64> {
    let mut order: Vec<usize> = (0..logits.len()).collect();
    order.sort_by(|&a, &b| logits[b].total_cmp(&logits[a])); // of equals the lower id stays
    let mut kept = vec![f64::NEG_INFINITY; logits.len()]; // by id: a rank is no token
    for &id in order.iter().take(k) {
        kept[id] = logits[id];
    }
    softmax(&kept) // renormalises
}

pub fn softmax(logits: &[f64]) -> Vec<f64> {
    let max = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let e: Vec<f64> = logits.iter().map(|z| (z - max).exp()).collect();
    let sum: f64 = e.iter().sum();
    e.iter().map(|e| e / sum).collect()
}

/// The token in whose share `u`, uniform in [0, 1), falls.
pub fn sample(p: &[f64], u: f64) -> usize {
    let mut sum = 0.0;
    let found = p.iter().position(|p| {
        sum += p;
        u < sum
    });
    found.or(p.iter().rposition(|p| *p > 0.0)).unwrap_or(0) // rounding: the last that can come
}
