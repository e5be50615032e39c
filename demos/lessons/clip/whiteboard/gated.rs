type Matrix = Vec<Vec<f64>>;

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn times(a: &Matrix, b: &Matrix) -> Matrix {
    let column = |j: usize| b.iter().map(|row| row[j]).collect::<Vec<f64>>();
    a.iter().map(|row| (0..b[0].len()).map(|j| dot(row, &column(j))).collect()).collect()
}

/// x + tanh(α)·attention(x, image): text (n, d) asks, image (m, d) answers. α = 0: the text stays.
pub fn gated(x: &Matrix, image: &Matrix, [wq, wk, wv, wo]: [&Matrix; 4], alpha: f64) -> Matrix {
    let (q, k, v) = (times(x, wq), times(image, wk), times(image, wv));
    let root = (x[0].len() as f64).sqrt();
    let weights = |q: &Vec<f64>| {
        let scores: Vec<f64> = k.iter().map(|k| dot(q, k) / root).collect();
        let most = scores.iter().copied().fold(f64::MIN, f64::max);
        let e: Vec<f64> = scores.iter().map(|s| (s - most).exp()).collect();
        let sum: f64 = e.iter().sum();
        e.iter().map(|e| e / sum).collect()
    };
    let read = times(&times(&q.iter().map(weights).collect(), &v), wo);
    let add = |(x, read): (&Vec<f64>, &Vec<f64>)| {
        x.iter().zip(read).map(|(x, read)| x + alpha.tanh() * read).collect()
    };
    x.iter().zip(&read).map(add).collect()
}
