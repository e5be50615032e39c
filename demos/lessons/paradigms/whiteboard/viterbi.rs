/// The best tags. a[i][j] = ln P(j after i), b[j][w] = ln P(word w | tag j), s[j] = ln P(j first).
pub fn viterbi(s: &[f64], a: &[Vec<f64>], b: &[Vec<f64>], words: &[usize]) -> Vec<usize> {
    let k = s.len();
    let mut best: Vec<f64> = (0..k).map(|j| s[j] + b[j][words[0]]).collect();
    let mut back = Vec::new();
    for &word in &words[1..] {
        let mut from = vec![0; k];
        let mut next = vec![0.0; k];
        for j in 0..k {
            // Where does the best path to tag j come from?
            from[j] = (0..k).fold(0, |m, i| if best[i] + a[i][j] > best[m] + a[m][j] { i } else { m });
            next[j] = best[from[j]] + a[from[j]][j] + b[j][word];
        }
        back.push(from);
        best = next;
    }
    // Read the path backwards.
    let mut path = vec![(0..k).fold(0, |m, j| if best[j] > best[m] { j } else { m })];
    for from in back.iter().rev() {
        path.push(from[path[path.len() - 1]]);
    }
    path.reverse();
    path
}
