//! What a majority decides, without drawing a vote.

use super::TasksError;
use super::error::{between, sized};
use super::words::Quantity;

/// The most votes that are counted exactly.
pub const MOST_VOTES: usize = 128;

/// The probability that the answer at `place` wins a vote of `k` independent texts.
///
/// Texts without an answer do not vote. Of several answers with the most votes the one wins that came first, as in
/// [`majority_vote`](crate::decoding::majority_vote); every order of the texts is equally likely, so each of `t`
/// wins with probability `1/t`. A vote of two is therefore worth as much as one text, if all texts answer.
///
/// # Formula
/// `Σ_c k! · p^c/c! · Σ_{m,t} e_{m,t} · s^{k−c−m}/(k−c−m)! · 1/(1+t)`, with `e_{m,t}` the coefficient of `x^m y^t` in
/// `Π_j (Σ_{i<c} p_j^i x^i/i! + y p_j^c x^c/c!)` over the other answers, `s` the probability of no answer
///
/// # Shapes
/// `probabilities (answers)`, together at most 1; what is missing to 1 is the probability of no answer
///
/// # Errors
/// [`TasksError`] if `k` is 0 or more than [`MOST_VOTES`], there is no answer at `place`, or a probability is none.
///
/// # Reference
/// Wang et al. 2023, *Self-Consistency Improves Chain of Thought Reasoning in Language Models*, section 2, for the
/// vote; in the limit of many votes the most probable answer wins.
///
/// # Examples
/// ```
/// use concepts::tasks::win_probability;
/// let p = [0.4, 0.15, 0.15, 0.15, 0.15]; // right two times in five, and the wrong answers disagree
/// assert!((win_probability(&p, 0, 1)? - 0.4).abs() < 1e-12);
/// assert!((win_probability(&p, 0, 2)? - 0.4).abs() < 1e-12);
/// assert!(win_probability(&p, 0, 41)? > 0.95);
/// assert!(win_probability(&[0.4, 0.6], 0, 41)? < 0.1); // they agree: the vote hurts
/// # Ok::<(), concepts::tasks::TasksError>(())
/// ```
pub fn win_probability(probabilities: &[f64], place: usize, k: usize) -> Result<f64, TasksError> {
    sized(Quantity::Samples, k, MOST_VOTES)?;
    sized(Quantity::Answers, place.saturating_add(1), probabilities.len())?;
    for &p in probabilities {
        between(Quantity::Probability, p, 0.0, 1.0)?;
    }
    let silent = (1.0 - probabilities.iter().sum::<f64>()).max(0.0);
    let others: Vec<f64> =
        (0..probabilities.len()).filter(|&j| j != place).map(|j| probabilities[j]).collect();
    Ok((1..=k).map(|c| wins_with(c, k, probabilities[place], &others, silent)).sum())
}

/// The probability to win with exactly `c` votes.
fn wins_with(c: usize, k: usize, p: f64, others: &[f64], silent: f64) -> f64 {
    let left = k - c;
    let most_ties = left / c;
    // e[m][t]: m votes for others, t of them tie.
    let mut e = vec![vec![0.0; most_ties + 1]; left + 1];
    e[0][0] = 1.0;
    for &other in others.iter().filter(|&&other| other > 0.0) {
        let weights = poisson(other, c.min(left));
        for m in (0..=left).rev() {
            for t in (0..=most_ties).rev() {
                let mut sum = 0.0;
                for (i, weight) in weights.iter().enumerate().take(m + 1) {
                    match (i == c, t) {
                        (true, 0) => {}
                        (true, _) => sum += weight * e[m - i][t - 1],
                        (false, _) => sum += weight * e[m - i][t],
                    }
                }
                e[m][t] = sum;
            }
        }
    }
    let (ours, silence) = (poisson(p, c)[c], poisson(silent, left));
    let ways = libm::exp(libm::lgamma(k as f64 + 1.0));
    let mut total = 0.0;
    for (m, row) in e.iter().enumerate() {
        for (t, weight) in row.iter().enumerate() {
            total += weight * silence[left - m] / (1 + t) as f64;
        }
    }
    ways * ours * total
}

/// `p^i / i!` for `i` from 0 to `most`.
fn poisson(p: f64, most: usize) -> Vec<f64> {
    let mut weights = vec![1.0];
    for i in 1..=most {
        weights.push(weights[i - 1] * p / i as f64);
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decoding::majority_vote;
    use crate::numerics::tolerance::EXACT_F64;

    /// Every sequence of `k` texts, voted on one by one; the last place stands for no answer.
    fn by_enumeration(probabilities: &[f64], place: usize, k: usize) -> f64 {
        let kinds = probabilities.len() + 1;
        let silent = 1.0 - probabilities.iter().sum::<f64>();
        let all: Vec<f64> = probabilities.iter().copied().chain([silent]).collect();
        let mut total = 0.0;
        for number in 0..kinds.pow(k as u32) {
            let texts: Vec<usize> = (0..k).map(|i| number / kinds.pow(i as u32) % kinds).collect();
            let voting: Vec<usize> = texts.iter().copied().filter(|&text| text + 1 < kinds).collect();
            if majority_vote(&voting) == Some(&place) {
                total += texts.iter().map(|&text| all[text]).product::<f64>();
            }
        }
        total
    }

    #[test]
    fn it_is_what_all_votes_together_say() {
        for probabilities in [&[0.5, 0.3, 0.2][..], &[0.4, 0.25, 0.15], &[0.0, 1.0, 0.0], &[0.25; 4], &[0.7]]
        {
            for k in 1..=6 {
                for place in 0..probabilities.len() {
                    let exact = win_probability(probabilities, place, k).unwrap();
                    let counted = by_enumeration(probabilities, place, k);
                    assert!((exact - counted).abs() < EXACT_F64, "{probabilities:?} {place} {k}");
                }
            }
        }
    }

    #[test]
    fn somebody_wins_unless_all_are_silent() {
        let p = [0.3, 0.2, 0.2, 0.1, 0.05];
        for k in [1, 2, 7, 32, MOST_VOTES] {
            let all: f64 = (0..p.len()).map(|place| win_probability(&p, place, k).unwrap()).sum();
            assert!((all - (1.0 - 0.15f64.powi(k as i32))).abs() < EXACT_F64, "{k}");
        }
    }

    #[test]
    fn what_is_no_vote_is_refused() {
        for (p, place, k) in
            [(0.5, 0, 0), (0.5, 1, 3), (f64::NAN, 0, 3), (-0.1, 0, 3), (0.5, 0, MOST_VOTES + 1)]
        {
            assert!(win_probability(&[p], place, k).is_err(), "{p} {place} {k}");
        }
    }
}
