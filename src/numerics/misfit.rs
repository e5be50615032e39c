//! Counts against a law: does it miss them by more than chance does?

use super::chi_square_tail;

/// A sum of squares this unlikely is not called chance any more.
const BEYOND: f64 = 0.001;
/// With fewer expected on one side a square does not follow `χ²`: Cochran's rule.
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
    /// How far the count lies from what the law says, in standard deviations, squared.
    ///
    /// # Formula
    /// `(k − np)² / (np(1 − p))`
    pub fn square(&self) -> f64 {
        let total = self.right + self.wrong;
        (self.right - total * self.share).powi(2) / (total * self.share * (1.0 - self.share))
    }

    /// Are at least 5 expected on either side, so that the square follows `χ²`?
    pub fn enough(&self) -> bool {
        (self.right + self.wrong) * self.share.min(1.0 - self.share) >= FEWEST
    }
}

/// Does a fitted law miss these counts by more than chance would in one of a thousand cases?
///
/// Counts of which the law expects fewer than 5 on one side are left out, whatever was counted: to choose by what came
/// out would keep the surprising ones. As many degrees of freedom are taken as counts are left. Fitting takes some of
/// them away, and which ones cannot be said once counts are left out; too many err on the side of the law.
///
/// # Formula
/// `P(χ²(m) > Σ (k − np)² / (np(1 − p))) < 0.001`, over the `m` counts that are large enough
///
/// # Reference
/// Pearson 1900; the rule of 5: Cochran 1954. The likelihood ratio in its place has a mean above 1 for such small
/// counts, and over hundreds of them it would cry wolf.
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
    let squares: f64 = enough().map(Counted::square).sum();
    chi_square_tail(squares, enough().count()) < BEYOND
}

#[cfg(test)]
mod tests {
    use rand::Rng;

    use super::*;
    use crate::numerics::rng;

    #[test]
    fn the_square_is_that_of_standard_deviations() {
        // Of 100 tosses 50 ± 5 are heads.
        assert_eq!(Counted { right: 30.0, wrong: 70.0, share: 0.5 }.square(), 16.0);
    }

    #[test]
    fn few_counts_never_speak_against_a_law() {
        // A thousand coins, tossed once each, say nothing; twelve heads of one coin do.
        assert!(!misses(&vec![Counted { right: 1.0, wrong: 0.0, share: 0.5 }; 1000]));
        assert!(!misses(&[]));
        assert!(misses(&[Counted { right: 12.0, wrong: 0.0, share: 0.5 }]));
    }

    #[test]
    fn a_true_law_is_hardly_ever_missed_and_a_wrong_one_always() {
        let mut rng = rng(1, "misfit");
        let (mut cried, mut slept) = (0, 0);
        for _ in 0..400 {
            let mut draw = || (0..20).filter(|_| rng.random::<f64>() < 0.3).count() as f64;
            let counts: Vec<f64> = (0..60).map(|_| draw()).collect();
            let against = |share: f64| -> Vec<Counted> {
                counts.iter().map(|&right| Counted { right, wrong: 20.0 - right, share }).collect()
            };
            cried += usize::from(misses(&against(0.3)));
            slept += usize::from(!misses(&against(0.5)));
        }
        // About one of a thousand.
        assert!(cried <= 4 && slept == 0, "{cried} of 400 true laws missed, {slept} wrong ones not");
    }
}
