// model(prefix) 给出下一个 token 的 ln p，(V)；不可能的 token 是 −∞。

/// 每步取概率最大的 token；相同时取 id 最小的。
pub fn greedy(model: impl Fn(&[usize]) -> Vec<f64>, end: usize, most: usize) -> Vec<usize> {
    let mut text = vec![];
    while text.len() < most && text.last() != Some(&end) {
        let log_p = model(&text);
        text.push((1..log_p.len()).fold(0, |best, i| if log_p[i] > log_p[best] { i } else { best }));
    }
    text
}

/// 每步留下概率最大的 `beams` 个前缀；最后取 ln p / Lᵅ 最大的。
pub fn beam_search(
    model: impl Fn(&[usize]) -> Vec<f64>,
    end: usize,
    beams: usize,
    alpha: f64,
    most: usize,
) -> Vec<usize> {
    let mut open = vec![(vec![], 0.0)]; // 前缀和 ln p
    let mut done: Vec<(Vec<usize>, f64)> = vec![]; // 写完的文本和得分
    let score = |text: &[usize], log_p: f64| log_p / (text.len() as f64).powf(alpha);
    for _ in 0..most {
        let mut next: Vec<(Vec<usize>, f64)> = vec![];
        for (prefix, sum) in &open {
            for (token, log_p) in model(prefix).into_iter().enumerate().filter(|(_, p)| p.is_finite()) {
                next.push(([prefix.as_slice(), &[token]].concat(), sum + log_p));
            }
        }
        // k·V 个续写一起比，不是每个前缀各留一个。
        next.sort_by(|a, b| b.1.total_cmp(&a.1));
        next.truncate(beams);
        open.clear();
        for (text, sum) in next {
            match text.last() == Some(&end) {
                true => done.push((text.clone(), score(&text, sum))), // 移出 beam
                false => open.push((text, sum)),
            }
        }
    }
    done.extend(open.into_iter().map(|(text, sum)| (text.clone(), score(&text, sum)))); // 没写完就截断的
    done.sort_by(|a, b| b.1.total_cmp(&a.1));
    done.swap_remove(0).0
}
