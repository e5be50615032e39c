//! Counts against a law: does it miss them by more than chance does?

use super::chi_square_tail;

/// A deviance this unlikely is not called chance any more.
const BEYOND: f64 = 0.001;
/// Counts below this are too few for `χ²`: Cochran's rule.
const FEWEST: f64 = 5.0;

/// Of so many trials these succeeded, and a law says which share should have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counted {
    /// Successes.
    pub right: f64,
    /// Failures.
    pub wrong: f64,
    /// What the law says: the share that succeeds.
    pub share: f64,
}

impl Counted {
    /// Twice the log-likelihood that the law loses against the share that was counted.
    ///
    /// # Formula
    /// `D = 2 (k ln(k / np) + (n − k) ln((n − k) / n(1 − p)))`, with `0·ln 0 = 0`
    pub fn deviance(&self) -> f64 {
        let total = self.right + self.wrong;
        let part = |count: f64, share: f64| {
            if count == 0.0 { 0.0 } else { count * (count / (total * share)).ln() }
        };
        // Rounding may leave a little less than nothing.
        2.0 * (part(self.right, self.share) + part(self.wrong, 1.0 - self.share)).max(0.0)
    }

    /// Are there enough on either side, counted or expected, for `χ²` to hold?
    pub fn enough(&self) -> bool {
        let expected = (self.right + self.wrong) * self.share.min(1.0 - self.share);
        self.right.min(self.wrong).max(expected) >= FEWEST
    }
}

/// Does a fitted law miss these counts by more than chance would in one of a thousand cases?
///
/// Counts with fewer than 5 on one side, seen and expected, are left out: their deviance does not follow `χ²`. As many
/// degrees of freedom are taken as counts are left. Fitting takes some of them away, which ones cannot be said once
/// counts are left out; too many of them err on the side of the law.
///
/// # Formula
/// `P(χ²(m) > Σ D) < 0.001`, over the `m` counts that are large enough
///
/// # Reference
/// The deviance: McCullagh & Nelder 1989, section 4.4; the rule of 5: Cochran 1954.
///
/// # Examples
/// ```
/// use concepts::numerics::{Counted, misses};
/// // A coin that is said to be fair.
/// let fair = |right, wrong| Counted { right, wrong, share: 0.5 };
/// assert!(!misses(&[fair(55.0, 45.0), fair(48.0, 52.0)]));
/// assert!(misses(&[fair(95.0, 5.0), fair(48.0, 52.0)]));
/// ```
pub fn misses(counts: &[Counted]) -> bool {
    let enough = || counts.iter().filter(|counted| counted.enough());
    let deviance: f64 = enough().map(Counted::deviance).sum();
    chi_square_tail(deviance, enough().count()) < BEYOND
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numerics::tolerance::EXACT_F64;

    #[test]
    fn the_deviance_is_twice_the_loss_of_likelihood() {
        let counted = Counted { right: 30.0, wrong: 70.0, share: 0.5 };
        let ln = |share: f64| 30.0 * share.ln() + 70.0 * (1.0 - share).ln();
        assert!((counted.deviance() - 2.0 * (ln(0.3) - ln(0.5))).abs() < EXACT_F64 * 100.0);
        assert_eq!(Counted { right: 0.0, wrong: 9.0, share: 0.0 }.deviance(), 0.0);
        assert_eq!(Counted { right: 1.0, wrong: 9.0, share: 0.0 }.deviance(), f64::INFINITY);
    }

    #[test]
    fn few_counts_never_speak_against_a_law() {
        // A thousand tosses, each of a coin of its own: each loses 2 ln 2, and none says anything.
        let tosses = vec![Counted { right: 1.0, wrong: 0.0, share: 0.5 }; 1000];
        assert!(!misses(&tosses));
        assert!(!misses(&[]));
        assert!(misses(&[Counted { right: 10.0, wrong: 0.0, share: 0.5 }]));
    }
}
