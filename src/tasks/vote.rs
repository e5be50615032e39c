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
    let silent = checked(probabilities, k)?;
    sized(Quantity::Answers, place.saturating_add(1), probabilities.len())?;
    let with = |c: usize| {
        let mut e = Others::nobody(c, k);
        (0..probabilities.len()).filter(|&j| j != place).for_each(|j| e.add(probabilities[j]));
        e.wins(c, k, probabilities[place], silent)
    };
    Ok((1..=k).map(with).sum())
}

/// The same for every answer at once, in time that grows with `n log n` answers and not with `n²`.
///
/// What the others do is a product over all answers but one. So the answers are halved: the product over one half is
/// what each answer of the other half has in common, and so on down to a single one.
///
/// # Errors
/// As [`win_probability`], its readable twin.
///
/// # Examples
/// ```
/// use concepts::tasks::{win_probabilities, win_probability};
/// let p = [0.4, 0.15, 0.15, 0.2];
/// let all = win_probabilities(&p, 8)?;
/// assert!((all[3] - win_probability(&p, 3, 8)?).abs() < 1e-15);
/// # Ok::<(), concepts::tasks::TasksError>(())
/// ```
pub fn win_probabilities(probabilities: &[f64], k: usize) -> Result<Vec<f64>, TasksError> {
    let silent = checked(probabilities, k)?;
    let mut wins = vec![0.0; probabilities.len()];
    for c in 1..=k {
        let mut found = |place: usize, e: &Others| wins[place] += e.wins(c, k, probabilities[place], silent);
        halved(&Others::nobody(c, k), probabilities, (0, probabilities.len()), &mut found);
    }
    Ok(wins)
}

/// Gives every place of a range the product over all answers but its own; `e` is that over those outside the range.
fn halved(
    e: &Others,
    probabilities: &[f64],
    (from, to): (usize, usize),
    found: &mut impl FnMut(usize, &Others),
) {
    match to - from {
        0 => {}
        1 => found(from, e),
        n => {
            let middle = from + n / 2;
            for (half, rest) in [((from, middle), middle..to), ((middle, to), from..middle)] {
                let mut with = e.clone();
                rest.for_each(|place| with.add(probabilities[place]));
                halved(&with, probabilities, half, found);
            }
        }
    }
}

/// The probability of no answer, if all numbers are in range.
fn checked(probabilities: &[f64], k: usize) -> Result<f64, TasksError> {
    sized(Quantity::Samples, k, MOST_VOTES)?;
    for &p in probabilities {
        between(Quantity::Probability, p, 0.0, 1.0)?;
    }
    Ok((1.0 - probabilities.iter().sum::<f64>()).max(0.0))
}

/// What other answers may get beside one with `c` votes: the weights `e[m][t]` of `m` votes for them, `t` of them tied.
#[derive(Clone)]
struct Others {
    e: Vec<Vec<f64>>,
    c: usize,
}

impl Others {
    fn nobody(c: usize, k: usize) -> Self {
        let left = k - c;
        let mut e = vec![vec![0.0; left / c + 1]; left + 1];
        e[0][0] = 1.0;
        Self { e, c }
    }

    /// One answer more.
    fn add(&mut self, p: f64) {
        if p <= 0.0 {
            return;
        }
        let (e, c) = (&mut self.e, self.c);
        let weights = poisson(p, c.min(e.len() - 1));
        for m in (0..e.len()).rev() {
            for t in (0..e[m].len()).rev() {
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

    /// The probability that an answer of probability `p` has `c` of `k` votes, and wins.
    fn wins(&self, c: usize, k: usize, p: f64, silent: f64) -> f64 {
        let left = k - c;
        let (ours, silence) = (poisson(p, c)[c], poisson(silent, left));
        let ways = libm::exp(libm::lgamma(k as f64 + 1.0));
        let mut total = 0.0;
        for (m, row) in self.e.iter().enumerate() {
            for (t, weight) in row.iter().enumerate() {
                total += weight * silence[left - m] / (1 + t) as f64;
            }
        }
        ways * ours * total
    }
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
    fn all_at_once_is_one_by_one() {
        for n in [0, 1, 2, 3, 7, 40] {
            let p: Vec<f64> = (0..n).map(|i| 0.9 / f64::from(n) * f64::from(i % 3)).collect();
            for k in [1, 2, 8, 40] {
                let all = win_probabilities(&p, k).unwrap();
                for (place, wins) in all.iter().enumerate() {
                    let one = win_probability(&p, place, k).unwrap();
                    assert!((wins - one).abs() <= EXACT_F64 * one.max(1.0), "{n} {k} {place}: {wins} {one}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_vote_is_refused() {
        for (p, place, k) in
            [(0.5, 0, 0), (0.5, 1, 3), (f64::NAN, 0, 3), (-0.1, 0, 3), (0.5, 0, MOST_VOTES + 1)]
        {
            assert!(win_probability(&[p], place, k).is_err(), "{p} {place} {k}");
        }
        assert!(win_probabilities(&[0.5], 0).is_err() && win_probabilities(&[2.0], 3).is_err());
    }
}
