use ndarray::{Array1, Array2, ArrayView1, ArrayView2};

use super::bayes::largest;
use super::error::{labels as check, positive};
use super::words::{Part, Quantity};
use super::{Bag, ClassicalError, Minimum, Until, minimise};
use crate::numerics::softmax::softmax;

/// Multinomial logistic regression with an L2 penalty: a weight for each unit and class.
///
/// # Formula
/// `P(c | x) = softmax(xW + b)_c`, trained to the minimum of `−Σᵢ ln P(yᵢ | xᵢ) + ½λ‖W‖²`; b is not penalised
///
/// # Shapes
/// `W (V, C)`, `b (C)`: V units, C classes. Units with numbers of V and above are left out.
///
/// # Reference
/// Hastie, Tibshirani & Friedman 2009, *The Elements of Statistical Learning*, section 4.4. scikit-learn's `C` is
/// 1/λ; with two classes it has one column of weights, and its λ is half of this one.
///
/// # Examples
/// ```
/// use concepts::classical::{Bag, Logistic};
/// let bags = [Bag(vec![(0, 1.0)]), Bag(vec![(1, 1.0)])];
/// let model = Logistic::fit(&bags, &[0, 1], 2, 2, 0.1)?;
/// assert_eq!(model.predict(&Bag(vec![(1, 1.0)])), 1);
/// assert!((model.weights[[0, 0]] + model.weights[[0, 1]]).abs() < 1e-3); // pulled to both sides alike
/// # Ok::<(), concepts::classical::ClassicalError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Logistic {
    /// `(V, C)`
    pub weights: Array2<f64>,
    /// `(C)`
    pub bias: Array1<f64>,
    /// Steps of the minimiser.
    pub steps: usize,
}

/// What logistic regression is trained on: a convex function of its weights.
#[derive(Debug, Clone, Copy)]
pub struct Task<'a> {
    bags: &'a [Bag],
    labels: &'a [usize],
    classes: usize,
    width: usize,
    penalty: f64,
}

impl<'a> Task<'a> {
    /// These rows with this penalty.
    ///
    /// # Errors
    /// [`ClassicalError`] if a class has no row, a label is no class, or the penalty is not above 0.
    pub fn new(
        bags: &'a [Bag],
        labels: &'a [usize],
        (classes, width): (usize, usize),
        penalty: f64,
    ) -> Result<Task<'a>, ClassicalError> {
        check(labels, bags.len(), classes)?;
        positive(Quantity::Penalty, penalty)?;
        Ok(Task { bags, labels, classes, width, penalty })
    }

    /// Numbers that are trained: `(V + 1)·C`.
    pub fn size(&self) -> usize {
        (self.width + 1) * self.classes
    }

    /// The loss and its gradient at weights in a row: W by units, then b. The fast twin of [`logistic_loss`]: it
    /// touches only units that stand in the text.
    ///
    /// # Formula
    /// `∂/∂W(w, c) = Σᵢ count(w in i)·(P(c | xᵢ) − [yᵢ = c]) + λ·W(w, c)`
    pub fn loss_and_gradient(&self, at: &[f64]) -> (f64, Vec<f64>) {
        let (c, bias) = (self.classes, self.width * self.classes);
        let mut gradient: Vec<f64> = at[..bias].iter().map(|w| self.penalty * w).collect();
        gradient.resize(at.len(), 0.0);
        let mut loss = 0.5 * self.penalty * at[..bias].iter().map(|w| w * w).sum::<f64>();
        let mut share = vec![0.0; c];
        for (bag, &label) in self.bags.iter().zip(self.labels) {
            share.copy_from_slice(&at[bias..bias + c]);
            for (unit, count) in bag.within(self.width) {
                share.iter_mut().zip(&at[unit * c..]).for_each(|(z, w)| *z += count * w);
            }
            let most = share.iter().fold(f64::NEG_INFINITY, |most: f64, &z| most.max(z));
            let right = share[label] - most;
            share.iter_mut().for_each(|z| *z = (*z - most).exp());
            let sum: f64 = share.iter().sum();
            loss += sum.ln() - right;
            share.iter_mut().for_each(|p| *p /= sum);
            share[label] -= 1.0;
            for (unit, count) in bag.within(self.width).chain([(self.width, 1.0)]) {
                let row = &mut gradient[unit * c..(unit + 1) * c];
                row.iter_mut().zip(&share).for_each(|(g, p)| *g += count * p);
            }
        }
        (loss, gradient)
    }

    /// The minimum, found from `start`: it is the only one, so the start does not matter once the steps suffice.
    ///
    /// # Errors
    /// [`ClassicalError::Shape`] if the start has another size.
    pub fn minimum(&self, start: Vec<f64>, until: Until) -> Result<Minimum, ClassicalError> {
        if start.len() != self.size() {
            return Err(ClassicalError::Shape {
                what: Part::Weights,
                actual: start.len(),
                expected: self.size(),
            });
        }
        Ok(minimise(|at| self.loss_and_gradient(at), start, until))
    }
}

impl Logistic {
    /// Enough for predictions; weights are exact to about this over the penalty, unless
    /// the penalty is so small that the steps end first.
    pub const UNTIL: Until = Until { gradient: 1e-4, steps: 150 };

    /// Trained from 0.
    ///
    /// # Errors
    /// As [`Task::new`].
    pub fn fit(
        bags: &[Bag],
        labels: &[usize],
        classes: usize,
        width: usize,
        penalty: f64,
    ) -> Result<Logistic, ClassicalError> {
        let task = Task::new(bags, labels, (classes, width), penalty)?;
        let found = task.minimum(vec![0.0; task.size()], Logistic::UNTIL)?;
        let weights = Array2::from_shape_fn((width, classes), |(w, c)| found.at[w * classes + c]);
        let bias = Array1::from_shape_fn(classes, |c| found.at[width * classes + c]);
        Ok(Logistic { weights, bias, steps: found.steps })
    }

    /// `P(c | x)` of each class.
    pub fn probabilities(&self, bag: &Bag) -> Vec<f64> {
        softmax(ArrayView1::from(&self.logits(bag))).to_vec()
    }

    /// The most probable class; of equals the first.
    pub fn predict(&self, bag: &Bag) -> usize {
        largest(&self.logits(bag))
    }

    fn logits(&self, bag: &Bag) -> Vec<f64> {
        let mut logits = self.bias.to_vec();
        for (unit, count) in bag.within(self.weights.nrows()) {
            logits.iter_mut().zip(self.weights.row(unit)).for_each(|(z, w)| *z += count * w);
        }
        logits
    }
}

/// The loss of [`Logistic`], line by line, with a full matrix of counts.
///
/// # Shapes
/// `x (n, V)`, labels `(n)`, `W (V, C)`, `b (C)` → one number
///
/// # Examples
/// ```
/// use concepts::classical::logistic_loss;
/// use ndarray::array;
/// let (x, w, b) = (array![[1.0]], array![[0.0, 0.0]], array![0.0, 0.0]);
/// assert_eq!(logistic_loss(x.view(), &[0], w.view(), b.view(), 1.0), 2f64.ln()); // an even guess between two
/// ```
pub fn logistic_loss(
    x: ArrayView2<f64>,
    labels: &[usize],
    weights: ArrayView2<f64>,
    bias: ArrayView1<f64>,
    penalty: f64,
) -> f64 {
    let logits = x.dot(&weights) + bias;
    let surprise = logits.rows().into_iter().zip(labels).map(|(row, &label)| -softmax(row)[label].ln());
    surprise.sum::<f64>() + 0.5 * penalty * weights.mapv(|w| w * w).sum()
}
