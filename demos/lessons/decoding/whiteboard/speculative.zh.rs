/// 一轮：草稿模型提出 x₁ … x_γ，各从自己的 q 里采；目标模型的 p 一次算出。
/// `p: (γ + 1, V)`，`q: (γ, V)`。写出的 token 与目标模型独自采样同分布。
pub fn speculative_round(
    p: &[Vec<f64>],
    q: &[Vec<f64>],
    proposed: &[usize],
    mut uniform: impl FnMut() -> f64,
) -> Vec<usize> {
    let mut tokens = vec![];
    for (i, &x) in proposed.iter().enumerate() {
        if uniform() >= acceptance(&p[i], &q[i], x) {
            tokens.push(sample(&residual(&p[i], &q[i]), uniform()));
            return tokens; // 它后面提出的全部作废
        }
        tokens.push(x);
    }
    tokens.push(sample(&p[proposed.len()], uniform())); // 全部接受：白得一个
    tokens
}

/// min(1, p(x)/q(x))
pub fn acceptance(p: &[f64], q: &[f64], x: usize) -> f64 {
    (p[x] / q[x]).min(1.0)
}

/// (p − q)⁺ 再归一化：p 比 q 多出来的部分。
pub fn residual(p: &[f64], q: &[f64]) -> Vec<f64> {
    let above: Vec<f64> = p.iter().zip(q).map(|(p, q)| (p - q).max(0.0)).collect();
    let sum: f64 = above.iter().sum();
    above.iter().map(|a| a / sum).collect()
}

fn sample(p: &[f64], u: f64) -> usize {
    let mut sum = 0.0;
    let found = p.iter().position(|p| {
        sum += p;
        u < sum
    });
    found.or(p.iter().rposition(|p| *p > 0.0)).unwrap_or(0)
}
