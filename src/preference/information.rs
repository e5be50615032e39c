//! What an answer of an annotator can carry.

/// Entropy of a coin with this probability, in bits: at most 1.
///
/// # Formula
/// `−p log₂ p − (1 − p) log₂ (1 − p)`
///
/// # Examples
/// ```
/// assert_eq!(concepts::preference::bits_of_comparison(0.5), 1.0);
/// assert_eq!(concepts::preference::bits_of_comparison(1.0), 0.0);
/// ```
pub fn bits_of_comparison(p: f64) -> f64 {
    let term = |p: f64| if p > 0.0 { -p * p.log2() } else { 0.0 };
    term(p) + term(1.0 - p)
}

/// What a ranking of `k` answers can carry, in bits: the logarithm of the number of orders.
///
/// # Formula
/// `log₂ k!`, which is less than one bit for each of its `k (k − 1) / 2` pairs, since they follow from each other
///
/// # Examples
/// ```
/// use concepts::preference::bits_of_ranking;
/// assert_eq!(bits_of_ranking(2), 1.0);
/// assert!(bits_of_ranking(9) < 18.5 && 9 * 8 / 2 == 36);
/// ```
pub fn bits_of_ranking(k: usize) -> f64 {
    (2..=k).map(|i| (i as f64).log2()).sum()
}
