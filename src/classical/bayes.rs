use ndarray::{Array1, Array2, Axis};

use super::error::{labels as check, positive};
use super::words::Quantity;
use super::{Bag, ClassicalError};

/// Multinomial naive Bayes: a class says each unit of a text independently.
///
/// # Formula
/// `ln P(c | x) = ln P(c) + Σ_w count(w)·ln θ(w, c) + const`, `θ(w, c) = (count(w in c) + λ) / (count(c) + V·λ)`
///
/// # Shapes
/// `θ (V, C)`: V units, C classes. Units with numbers of V and above are left out.
///
/// # Reference
/// McCallum & Nigam 1998, *A Comparison of Event Models for Naive Bayes Text Classification*.
///
/// # Examples
/// ```
/// use concepts::classical::{Bag, NaiveBayes};
/// // Class 0 says unit 0 twice, class 1 says unit 1 once.
/// let bags = [Bag(vec![(0, 2.0)]), Bag(vec![(1, 1.0)])];
/// let model = NaiveBayes::fit(&bags, &[0, 1], 2, 2, 1.0)?;
/// let [p, q] = [0, 1].map(|class| model.ln_joint(&Bag(vec![(0, 1.0)]))[class].exp());
/// assert!((p - 0.5 * 3.0 / 4.0).abs() < 1e-15 && (q - 0.5 * 1.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), concepts::classical::ClassicalError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct NaiveBayes {
    /// `ln P(c)`, `(C)`
    pub ln_prior: Array1<f64>,
    /// `ln θ`, `(V, C)`
    pub ln_likelihood: Array2<f64>,
}

impl NaiveBayes {
    /// Counts. There is nothing to train beyond that.
    ///
    /// # Errors
    /// [`ClassicalError`] if a class has no row, a label is no class, or the smoothing is not above 0.
    pub fn fit(
        bags: &[Bag],
        labels: &[usize],
        classes: usize,
        width: usize,
        smoothing: f64,
    ) -> Result<NaiveBayes, ClassicalError> {
        check(labels, bags.len(), classes)?;
        positive(Quantity::Smoothing, smoothing)?;
        let mut ln_prior: Array1<f64> = Array1::zeros(classes);
        let mut counts = Array2::from_elem((width, classes), smoothing);
        for (bag, &label) in bags.iter().zip(labels) {
            ln_prior[label] += 1.0;
            bag.within(width).for_each(|(unit, count)| counts[[unit, label]] += count);
        }
        ln_prior.mapv_inplace(|rows| (rows / bags.len() as f64).ln());
        let totals = counts.sum_axis(Axis(0));
        Ok(NaiveBayes { ln_prior, ln_likelihood: (counts / totals).mapv(f64::ln) })
    }

    /// `ln P(c, x)` of each class, without the coefficient that all share.
    pub fn ln_joint(&self, bag: &Bag) -> Vec<f64> {
        let mut ln_joint = self.ln_prior.to_vec();
        for (unit, count) in bag.within(self.ln_likelihood.nrows()) {
            let row = self.ln_likelihood.row(unit);
            ln_joint.iter_mut().zip(row).for_each(|(sum, ln)| *sum += count * ln);
        }
        ln_joint
    }

    /// The most probable class; of equals the first.
    pub fn predict(&self, bag: &Bag) -> usize {
        largest(&self.ln_joint(bag))
    }
}

/// The place of the largest number; of equals the first.
pub(super) fn largest(all: &[f64]) -> usize {
    (0..all.len()).fold(0, |best, i| if all[i] > all[best] { i } else { best })
}
