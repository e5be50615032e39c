/// 概率从大到小累加，刚够 `mass` 的最小集合，再归一化，按 token id 排列。`(V) → (V)`
pub fn top_p(p: &[f64], mass: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[b].total_cmp(&p[a]));
    let mut q = vec![0.0; p.len()];
    let mut before = 0.0; // cumsum − p：轮到这个 token *之前*的和
    for (rank, &id) in order.iter().enumerate() {
        if rank > 0 && before >= mass {
            break; // 跨过 `mass` 的那个 token 要留下，所以不会是空集
        }
        q[id] = p[id];
        before += p[id];
    }
    q.iter().map(|q| q / before).collect()
}
