type Matrix = Vec<Vec<f64>>; // [n][d]

/// 因果注意力：H 个 query 头，G 个 KV 头。G = H 就是 MHA，G = 1 就是 MQA。
/// q: [H][n][d], k: [G][n][d], v: [G][n][d] -> [H][n][d]
pub fn gqa(q: &[Matrix], k: &[Matrix], v: &[Matrix]) -> Vec<Matrix> {
    let shared_by = q.len() / k.len(); // 几个 query 头共用一个 KV 头
    // 相邻的共用：g0 g0 … g1 g1 …，即 h / shared_by，不是 h % G。
    q.iter().enumerate().map(|(h, q)| attend(q, &k[h / shared_by], &v[h / shared_by])).collect()
}

fn attend(q: &Matrix, k: &Matrix, v: &Matrix) -> Matrix {
    let scale = (k[0].len() as f64).sqrt();
    let row = |t: usize| {
        // token t 看得到自己和前面的。
        let scores: Vec<f64> = k[..=t].iter().map(|k| dot(&q[t], k) / scale).collect();
        let p = softmax(&scores);
        (0..v[0].len()).map(|j| p.iter().zip(v).map(|(p, v)| p * v[j]).sum()).collect()
    };
    (0..q.len()).map(row).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn softmax(scores: &[f64]) -> Vec<f64> {
    let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let e: Vec<f64> = scores.iter().map(|s| (s - largest).exp()).collect();
    let sum: f64 = e.iter().sum();
    e.iter().map(|e| e / sum).collect()
}
