//! The best of several answers.

/// What is given if `n` answers are drawn from the reference and the one of highest score is kept. Of equal scores the
/// first one drawn is kept.
///
/// # Formula
/// With `F(s)` the probability of a score of at most `s`: the answers of score `s` get `F(s)ⁿ − F(s−)ⁿ`, in the
/// shares of the reference
///
/// # Reference
/// Stiennon et al. 2020; Beirami et al. 2024.
///
/// # Examples
/// ```
/// let two = concepts::preference::best_of(&[0.5, 0.25, 0.25], &[0.0, 1.0, 1.0], 2);
/// assert_eq!(two, [0.25, 0.375, 0.375]);
/// ```
pub fn best_of(reference: &[f64], scores: &[f64], n: usize) -> Vec<f64> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[a].total_cmp(&scores[b]));
    let mut out = vec![0.0; scores.len()];
    let (mut at, mut below) = (0, 0.0_f64);
    while at < order.len() {
        let same = order[at..].iter().take_while(|&&i| scores[i] == scores[order[at]]).count();
        let tied = &order[at..at + same];
        let mass: f64 = tied.iter().map(|&i| reference[i]).sum();
        let upto = if at + same == order.len() { 1.0 } else { below + mass };
        let share = upto.powf(n as f64) - below.powf(n as f64);
        tied.iter().for_each(|&i| out[i] = share * reference[i] / mass);
        (at, below) = (at + same, upto);
    }
    out
}

/// The divergence of best-of-`n` from the reference if no two answers have the same score, and if each is as good as
/// never drawn twice; in general a bound from above.
///
/// # Formula
/// `ln n − (n − 1)/n`
///
/// # Examples
/// ```
/// use concepts::preference::best_of_bound;
/// assert_eq!(best_of_bound(1), 0.0);
/// assert!((best_of_bound(4) - 0.6363).abs() < 1e-4);
/// ```
pub fn best_of_bound(n: usize) -> f64 {
    let n = n as f64;
    n.ln() - (n - 1.0) / n
}
