/// The smallest set of most probable tokens whose mass reaches `mass`, renormalised, by token id. `(V) → (V)`
pub fn top_p(p: &[f64], mass: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[b].total_cmp(&p[a]));
    let mut q = vec![0.0; p.len()];
    let mut before = 0.0; // cumsum − p: the sum *before* a token
    for (rank, &id) in order.iter().enumerate() {
        if rank > 0 && before >= mass {
            break; // the token that crosses `mass` is in: never empty
        }
        q[id] = p[id];
        before += p[id];
    }
    q.iter().map(|q| q / before).collect()
}
