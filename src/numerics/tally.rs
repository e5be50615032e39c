//! Matrix products that count themselves.
//!
//! A cost that is only written down may be wrong. Here the computation runs, and the count is what it
//! really multiplied. Beside the amount of work the tally knows its *depth*: how many products had to
//! wait for one another, which no number of processors can shorten.

use std::ops::Range;

use ndarray::{Array2, Axis, Slice, concatenate};

/// A matrix that remembers how many products, one after another, were needed to get it.
///
/// Its own methods are the work that is *not* counted: elementwise maps, transposes, slices. Beside a
/// product of `m·k·n` multiply-adds they touch `m·n` elements, a lower order. So they keep the stage of
/// what they were made from. A stage is a whole product or what follows it elementwise or row by row;
/// the `log` of a sum's length, which any sum takes even in parallel, is left out on both sides of a
/// comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Tracked {
    value: Array2<f64>,
    stage: usize,
}

impl Tracked {
    /// A matrix that is there from the start: stage 0.
    pub fn input(value: Array2<f64>) -> Tracked {
        Tracked { value, stage: 0 }
    }

    /// The numbers.
    pub fn value(&self) -> &Array2<f64> {
        &self.value
    }

    /// How many products, one after another, led here.
    pub fn stage(&self) -> usize {
        self.stage
    }

    /// Number of rows.
    pub fn nrows(&self) -> usize {
        self.value.nrows()
    }

    /// Number of columns.
    pub fn ncols(&self) -> usize {
        self.value.ncols()
    }

    /// Work of lower order on one matrix: a scaling, an activation, a softmax, row sums. `f` gets the
    /// whole matrix and must not hide a product in it.
    #[must_use]
    pub fn map(&self, f: impl FnOnce(&Array2<f64>) -> Array2<f64>) -> Tracked {
        Tracked { value: f(&self.value), stage: self.stage }
    }

    /// As [`Tracked::map`], on two matrices: a sum, an elementwise product.
    #[must_use]
    pub fn zip(&self, other: &Tracked, f: impl FnOnce(&Array2<f64>, &Array2<f64>) -> Array2<f64>) -> Tracked {
        Tracked { value: f(&self.value, &other.value), stage: self.stage.max(other.stage) }
    }

    /// The transpose.
    #[must_use]
    pub fn transpose(&self) -> Tracked {
        self.map(|value| value.t().to_owned())
    }

    /// Some of the rows.
    ///
    /// # Panics
    /// If the range reaches past the last row.
    #[must_use]
    pub fn rows(&self, range: Range<usize>) -> Tracked {
        self.map(|value| value.slice_axis(Axis(0), Slice::from(range)).to_owned())
    }

    /// The matrices one below the other; it has to wait for the latest of them.
    ///
    /// # Panics
    /// If `parts` is empty or the numbers of columns differ.
    pub fn stack(parts: &[&Tracked]) -> Tracked {
        let views: Vec<_> = parts.iter().map(|part| part.value.view()).collect();
        let Ok(value) = concatenate(Axis(0), &views) else {
            panic!("stack: at least one matrix is needed, and all need the same number of columns")
        };
        Tracked { value, stage: parts.iter().map(|part| part.stage).max().unwrap_or(0) }
    }
}

/// Counts the multiply-adds of every product that is made through it.
///
/// # Examples
/// ```
/// use concepts::numerics::{Tally, Tracked};
/// use ndarray::Array2;
/// let mut tally = Tally::default();
/// let a = Tracked::input(Array2::ones((2, 3)));
/// let b = Tracked::input(Array2::ones((3, 4)));
/// let ab = tally.product(&a, &b);
/// assert_eq!(tally.multiply_adds(), 2 * 3 * 4);
/// // The second product needs the first one; a third on the inputs does not.
/// let _ = tally.product(&ab, &b.transpose());
/// let _ = tally.product(&a, &b);
/// assert_eq!(tally.stages(), 2);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    multiply_adds: u64,
    stages: usize,
}

impl Tally {
    /// The product `a · b`, really computed, and counted.
    ///
    /// # Formula
    /// `rows(a) · columns(a) · columns(b)` multiply-adds; stage `1 + max(stage(a), stage(b))`
    ///
    /// # Shapes
    /// `a (m, k)`, `b (k, n)` → `(m, n)`
    ///
    /// # Panics
    /// If `a` has not as many columns as `b` has rows.
    #[must_use = "a product that nobody needs should not be counted"]
    pub fn product(&mut self, a: &Tracked, b: &Tracked) -> Tracked {
        assert_eq!(a.ncols(), b.nrows(), "product: columns of the first factor = rows of the second");
        // (m, k) · (k, n) → (m, n)
        let value = a.value.dot(&b.value);
        let stage = 1 + a.stage.max(b.stage);
        self.multiply_adds += a.nrows() as u64 * a.ncols() as u64 * b.ncols() as u64;
        self.stages = self.stages.max(stage);
        Tracked { value, stage }
    }

    /// Multiply-adds so far.
    pub fn multiply_adds(&self) -> u64 {
        self.multiply_adds
    }

    /// The longest chain of products that had to wait for one another.
    pub fn stages(&self) -> usize {
        self.stages
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn light_work_keeps_the_stage_and_costs_nothing() {
        let mut tally = Tally::default();
        let a = Tracked::input(array![[1.0, 2.0], [3.0, 4.0]]);
        let squared = tally.product(&a, &a);
        assert_eq!(squared.value(), &array![[7.0, 10.0], [15.0, 22.0]]);
        let before = tally.clone();
        assert_eq!(a.zip(&squared, |x, y| x + y).stage(), 1);
        assert_eq!(squared.transpose().rows(1..2).value(), &array![[10.0, 22.0]]);
        assert_eq!(Tracked::stack(&[&a, &squared]).stage(), 1);
        assert_eq!(Tracked::stack(&[&a, &squared]).nrows(), 4);
        assert_eq!(tally, before);
    }

    #[test]
    fn independent_products_share_a_stage() {
        let mut tally = Tally::default();
        let a = Tracked::input(Array2::eye(3));
        let parts: Vec<Tracked> = (0..5).map(|_| tally.product(&a, &a)).collect();
        assert_eq!((tally.multiply_adds(), tally.stages()), (5 * 27, 1));
        let _ = parts.iter().fold(a.clone(), |chain, part| tally.product(&chain, part));
        assert_eq!(tally.stages(), 6);
    }

    #[test]
    #[should_panic(expected = "columns of the first factor")]
    fn factors_that_do_not_fit_are_refused() {
        let a = Tracked::input(Array2::zeros((2, 3)));
        let _ = Tally::default().product(&a, &a);
    }
}
