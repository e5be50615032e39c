//! What examples in a context teach: gradient descent, layers of attention, kernel regression.

use ndarray::{Array1, Array2, ArrayView1, Axis};

use super::EmergenceError;
use super::error::positive;
use super::linear_attention::LinearAttention;
use super::words::{Part, Quantity};
use crate::numerics::softmax::softmax;

/// Examples of a function: inputs and their labels.
///
/// # Shapes
/// `x (n, d)`, `y (n)`
#[derive(Debug, Clone, PartialEq)]
pub struct Examples {
    x: Array2<f64>,
    y: Array1<f64>,
}

impl Examples {
    /// Examples.
    ///
    /// # Errors
    /// [`EmergenceError::NoExamples`], [`EmergenceError::Shape`]
    pub fn new(x: Array2<f64>, y: Array1<f64>) -> Result<Examples, EmergenceError> {
        if x.is_empty() {
            return Err(EmergenceError::NoExamples);
        }
        let (actual, expected) = (y.len(), x.nrows());
        if actual != expected {
            return Err(EmergenceError::Shape { what: Part::Labels, actual, expected });
        }
        Ok(Examples { x, y })
    }

    /// The inputs, `(n, d)`.
    pub fn x(&self) -> &Array2<f64> {
        &self.x
    }

    /// The labels, `(n)`.
    pub fn y(&self) -> &Array1<f64> {
        &self.y
    }

    /// The weights after so many steps of gradient descent on `½ Σ (w·xᵢ − yᵢ)²`, from `w = 0`.
    ///
    /// # Formula
    /// `w ← w + η Σ (yᵢ − w·xᵢ)·xᵢ`
    ///
    /// # Shapes
    /// → `(d)`
    ///
    /// # Errors
    /// [`EmergenceError::NotPositive`]
    ///
    /// # Examples
    /// ```
    /// use concepts::emergence::Examples;
    /// use ndarray::array;
    /// let examples = Examples::new(array![[1.0], [2.0]], array![2.0, 4.0])?;
    /// assert!((examples.descend(0.1, 1)?[0] - 1.0).abs() < 1e-12);
    /// assert!((examples.descend(0.1, 60)?[0] - 2.0).abs() < 1e-12); // least squares
    /// # Ok::<(), concepts::emergence::EmergenceError>(())
    /// ```
    pub fn descend(&self, step: f64, steps: usize) -> Result<Array1<f64>, EmergenceError> {
        let step = positive(Quantity::StepSize, step)?;
        let mut w = Array1::zeros(self.x.ncols());
        for _ in 0..steps {
            let left = &self.y - &self.x.dot(&w);
            w = w + self.x.t().dot(&left) * step;
        }
        Ok(w)
    }

    /// The answer of a stack of equal layers that each make one step: see [`LinearAttention::gradient_step`].
    ///
    /// # Formula
    /// `−r` of the question after the last layer
    ///
    /// # Shapes
    /// `query (d)` → a number
    ///
    /// # Errors
    /// [`EmergenceError::Shape`], [`EmergenceError::NotPositive`]
    ///
    /// # Examples
    /// ```
    /// use concepts::emergence::Examples;
    /// use ndarray::array;
    /// let examples = Examples::new(array![[1.0], [2.0]], array![2.0, 4.0])?;
    /// assert!((examples.by_layers(array![3.0].view(), 0.1, 1)? - 3.0).abs() < 1e-12);
    /// # Ok::<(), concepts::emergence::EmergenceError>(())
    /// ```
    pub fn by_layers(&self, query: ArrayView1<f64>, step: f64, layers: usize) -> Result<f64, EmergenceError> {
        let mut tokens = self.with_question(query)?;
        let (n, d) = self.x.dim();
        let layer = LinearAttention::gradient_step(d, step)?;
        for _ in 0..layers {
            tokens = layer.forward(tokens.view(), n)?;
        }
        Ok(-tokens[[n, d]])
    }

    /// The tokens `(x, y)` of the examples, then the question `(x, 0)`.
    ///
    /// # Shapes
    /// `query (d)` → `(n + 1, d + 1)`
    ///
    /// # Errors
    /// [`EmergenceError::Shape`]
    pub fn with_question(&self, query: ArrayView1<f64>) -> Result<Array2<f64>, EmergenceError> {
        let (n, d) = self.x.dim();
        let (actual, expected) = (query.len(), d);
        if actual != expected {
            return Err(EmergenceError::Shape { what: Part::Query, actual, expected });
        }
        Ok(Array2::from_shape_fn((n + 1, d + 1), |(i, j)| match (i < n, j < d) {
            (true, true) => self.x[[i, j]],
            (true, false) => self.y[i],
            (false, true) => query[j],
            (false, false) => 0.0,
        }))
    }
}

/// The step size of one layer that does best on average, for standard normal inputs and any linear function.
///
/// # Formula
/// `η = 1/(n + d + 1)`: with `S = Σ xᵢxᵢᵀ`, `E‖(I − ηS)w‖² = ‖w‖²·(1 − 2ηn + η²n(n + d + 1))`, least there
///
/// # Examples
/// ```
/// use concepts::emergence::step_size;
/// assert_eq!(step_size(40, 5), 1.0 / 46.0);
/// ```
pub fn step_size(examples: usize, features: usize) -> f64 {
    1.0 / (examples + features + 1) as f64
}

/// What is left of the error after one layer with that step, as a share of the error without examples.
///
/// # Formula
/// `(d + 1)/(n + d + 1)`
///
/// # Examples
/// ```
/// use concepts::emergence::expected_error_after_one_step;
/// assert_eq!(expected_error_after_one_step(0, 5), 1.0); // nothing to learn from
/// assert_eq!(expected_error_after_one_step(18, 5), 0.25);
/// ```
pub fn expected_error_after_one_step(examples: usize, features: usize) -> f64 {
    (features + 1) as f64 / (examples + features + 1) as f64
}

/// The answer of softmax attention whose queries and keys are the inputs: kernel regression, with no trained number.
///
/// # Formula
/// `ŷ = Σ softmaxᵢ(−‖xᵢ − q‖²/(2h²))·yᵢ`; the part `−‖q‖²/(2h²)` is the same for all `i` and drops out, so that the
/// scores are `(q·xᵢ − ‖xᵢ‖²/2)/h²`
///
/// # Shapes
/// `query (d)` → a number
///
/// # Errors
/// [`EmergenceError::Shape`], [`EmergenceError::NotPositive`]
///
/// # Reference
/// Nadaraya 1964, Watson 1964.
///
/// # Examples
/// ```
/// use concepts::emergence::{Examples, kernel_regression};
/// use ndarray::array;
/// let examples = Examples::new(array![[0.0], [1.0]], array![5.0, 7.0])?;
/// assert_eq!(kernel_regression(&examples, array![0.5].view(), 0.3)?, 6.0);
/// # Ok::<(), concepts::emergence::EmergenceError>(())
/// ```
pub fn kernel_regression(
    examples: &Examples,
    query: ArrayView1<f64>,
    bandwidth: f64,
) -> Result<f64, EmergenceError> {
    let bandwidth = positive(Quantity::Bandwidth, bandwidth)?;
    let (actual, expected) = (query.len(), examples.x.ncols());
    if actual != expected {
        return Err(EmergenceError::Shape { what: Part::Query, actual, expected });
    }
    let distances = examples.x.map_axis(Axis(1), |x| (&x - &query).mapv(|v| v * v).sum());
    let weights = softmax((distances / (-2.0 * bandwidth * bandwidth)).view());
    Ok(weights.dot(&examples.y))
}
