// model(prefix) gives ln p of each next token, (V); −∞ where a token cannot come.

/// The most probable token at each step; of equals the lowest id.
pub fn greedy(model: impl Fn(&[usize]) -> Vec<f64>, end: usize, most: usize) -> Vec<usize> {
    let mut text = vec![];
    while text.len() < most && text.last() != Some(&end) {
        let log_p = model(&text);
        text.push((1..log_p.len()).fold(0, |best, i| if log_p[i] > log_p[best] { i } else { best }));
    }
    text
}

/// The `beams` most probable prefixes at each step; in the end the best ln p / Lᵅ.
pub fn beam_search(
    model: impl Fn(&[usize]) -> Vec<f64>,
    end: usize,
    beams: usize,
    alpha: f64,
    most: usize,
) -> Vec<usize> {
    let mut open = vec![(vec![], 0.0)]; // prefixes with ln p
    let mut done: Vec<(Vec<usize>, f64)> = vec![]; // texts with their score
    let score = |text: &[usize], log_p: f64| log_p / (text.len() as f64).powf(alpha);
    for _ in 0..most {
        let mut next: Vec<(Vec<usize>, f64)> = vec![];
        for (prefix, sum) in &open {
            for (token, log_p) in model(prefix).into_iter().enumerate().filter(|(_, p)| p.is_finite()) {
                next.push(([prefix.as_slice(), &[token]].concat(), sum + log_p));
            }
        }
        // All k·V continuations compete, not the best one of each prefix.
        next.sort_by(|a, b| b.1.total_cmp(&a.1));
        next.truncate(beams);
        open.clear();
        for (text, sum) in next {
            match text.last() == Some(&end) {
                true => done.push((text.clone(), score(&text, sum))), // leaves the beam
                false => open.push((text, sum)),
            }
        }
    }
    done.extend(open.into_iter().map(|(text, sum)| (text.clone(), score(&text, sum)))); // cut off
    done.sort_by(|a, b| b.1.total_cmp(&a.1));
    done.swap_remove(0).0
}
