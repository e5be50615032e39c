/// The k best experts, weighted by a softmax of their scores; of equal ones the first. router: (d, E).
pub fn mixture<F: Fn(&[f64]) -> Vec<f64>>(
    x: &[f64],
    router: &[Vec<f64>],
    experts: &[F],
    k: usize,
) -> Vec<f64> {
    let score = |e: usize| -> f64 { x.iter().zip(router).map(|(x, row)| x * row[e]).sum() };
    let scores: Vec<f64> = (0..experts.len()).map(score).collect();
    let mut chosen: Vec<usize> = (0..experts.len()).collect();
    chosen.sort_by(|&a, &b| scores[b].total_cmp(&scores[a])); // stable: equal ones keep their order
    chosen.truncate(k);
    // as the softmax over all, divided by the sum of the chosen: what all share cancels
    let gates: Vec<f64> = chosen.iter().map(|&e| (scores[e] - scores[chosen[0]]).exp()).collect();
    let sum: f64 = gates.iter().sum();
    let mut y = vec![0.0; x.len()];
    for (&e, gate) in chosen.iter().zip(&gates) {
        y.iter_mut().zip(experts[e](x)).for_each(|(y, out)| *y += gate / sum * out);
    }
    y
}
