/// Naive Bayes: ln P(class) + Σ ln P(word | class), counts smoothed by one; a text is a list of word numbers.
pub fn scores(
    texts: &[Vec<usize>],
    labels: &[usize],
    classes: usize,
    words: usize,
    new: &[usize],
) -> Vec<f64> {
    let mut rows = vec![0.0; classes];
    let mut count = vec![vec![1.0; words]; classes];
    for (text, &c) in texts.iter().zip(labels) {
        rows[c] += 1.0;
        for &w in text {
            count[c][w] += 1.0;
        }
    }
    let score = |c: usize| {
        let all: f64 = count[c].iter().sum();
        let said: f64 = new.iter().map(|&w| (count[c][w] / all).ln()).sum();
        (rows[c] / texts.len() as f64).ln() + said
    };
    (0..classes).map(score).collect()
}
