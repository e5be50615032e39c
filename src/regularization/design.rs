//! A table of numbers made ready: centred, and each column of one length.

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};

use super::RegularizationError;

/// The largest magnitude that is taken: its square, summed over any table, is still a number.
const MOST: f64 = 1e150;

/// What is made the same for all columns. A penalty compares coefficients, so they must have one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scaling {
    /// Length 1, as in least angle regression.
    UnitNorm,
    /// Variance 1, with division by the number of rows.
    UnitVariance,
    /// Nothing: columns keep their units.
    Centred,
}

/// A regression problem whose columns and response have mean 0.
///
/// # Examples
/// ```
/// use concepts::regularization::{Design, Scaling};
/// use ndarray::array;
/// let x = array![[1.0, 10.0], [2.0, 10.0], [3.0, 10.0]];
/// let design = Design::new(x.view(), array![2.0, 4.0, 9.0].view(), Scaling::UnitNorm)?;
/// assert_eq!(design.constant(), [1]); // 10 everywhere: nothing to learn from
/// assert!((design.column(0).dot(&design.column(0)) - 1.0).abs() < 1e-15);
/// assert_eq!(design.response_mean(), 5.0);
/// # Ok::<(), concepts::regularization::RegularizationError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Design {
    /// Row `j` is column `j` of the table, so that each is contiguous: `(p, n)`.
    columns: Array2<f64>,
    response: Array1<f64>,
    means: Array1<f64>,
    scales: Array1<f64>,
    response_mean: f64,
    constant: Vec<usize>,
}

impl Design {
    /// Centres the response and every column, and divides columns by their scale.
    ///
    /// A column that does not vary beyond rounding becomes 0 and is listed in [`Design::constant`]; no method
    /// ever gives it a coefficient.
    ///
    /// # Formula
    /// `x̃ᵢⱼ = (xᵢⱼ − x̄ⱼ) / sⱼ`, `ỹᵢ = yᵢ − ȳ`
    ///
    /// # Shapes
    /// `x (n, p)`, `y (n)`
    ///
    /// # Errors
    /// [`RegularizationError`] for shapes that do not fit, fewer than 2 rows, numbers that are not finite or have
    /// no square, a constant response, and a table in which nothing varies.
    pub fn new(
        x: ArrayView2<f64>,
        y: ArrayView1<f64>,
        scaling: Scaling,
    ) -> Result<Design, RegularizationError> {
        let (n, p) = x.dim();
        check(x, y)?;
        let response_mean = mean(y);
        let response = y.mapv(|y| y - response_mean);
        if varies(response.view(), y).is_none() {
            return Err(RegularizationError::ConstantResponse { value: y[0] });
        }
        let mut columns = x.t().as_standard_layout().into_owned();
        let (mut means, mut scales) = (Array1::zeros(p), Array1::ones(p));
        let mut constant = Vec::new();
        for (j, mut column) in columns.outer_iter_mut().enumerate() {
            means[j] = mean(column.view());
            let centred = column.mapv(|x| x - means[j]);
            match varies(centred.view(), column.view()) {
                Some(norm) => {
                    scales[j] = match scaling {
                        Scaling::UnitNorm => norm,
                        Scaling::UnitVariance => norm / (n as f64).sqrt(),
                        Scaling::Centred => 1.0,
                    };
                    column.assign(&(centred / scales[j]));
                }
                None => {
                    constant.push(j);
                    column.fill(0.0);
                }
            }
        }
        if constant.len() == p {
            return Err(RegularizationError::NothingVaries);
        }
        Ok(Design { columns, response, means, scales, response_mean, constant })
    }

    /// A problem as it is, neither centred nor scaled.
    ///
    /// # Shapes
    /// `x (n, p)`, `y (n)`
    ///
    /// # Errors
    /// [`RegularizationError`] for shapes that do not fit and numbers that are not finite or have no square.
    pub fn as_given(x: ArrayView2<f64>, y: ArrayView1<f64>) -> Result<Design, RegularizationError> {
        check(x, y)?;
        let p = x.ncols();
        let columns = x.t().as_standard_layout().into_owned();
        let (means, scales) = (Array1::zeros(p), Array1::ones(p));
        Ok(Design {
            columns,
            response: y.to_owned(),
            means,
            scales,
            response_mean: 0.0,
            constant: Vec::new(),
        })
    }

    /// Rows of the table.
    pub fn rows(&self) -> usize {
        self.columns.ncols()
    }

    /// Columns of the table, constant ones too.
    pub fn width(&self) -> usize {
        self.columns.nrows()
    }

    /// One column, `(n)`.
    pub fn column(&self, j: usize) -> ArrayView1<'_, f64> {
        self.columns.row(j)
    }

    /// All columns, one a row: `(p, n)`.
    pub fn columns(&self) -> ArrayView2<'_, f64> {
        self.columns.view()
    }

    /// The response, `(n)`.
    pub fn response(&self) -> ArrayView1<'_, f64> {
        self.response.view()
    }

    /// What was subtracted from the response.
    pub fn response_mean(&self) -> f64 {
        self.response_mean
    }

    /// Columns that do not vary.
    pub fn constant(&self) -> &[usize] {
        &self.constant
    }

    /// `Xᵀ v (p)` of a vector `(n)`.
    pub fn correlations(&self, v: ArrayView1<f64>) -> Array1<f64> {
        self.columns.dot(&v)
    }

    /// `X w (n)` of coefficients `(p)`.
    pub fn predict(&self, w: ArrayView1<f64>) -> Array1<f64> {
        let mut prediction = Array1::zeros(self.rows());
        for (j, &w) in w.iter().enumerate().filter(|(_, w)| **w != 0.0) {
            prediction.scaled_add(w, &self.columns.row(j));
        }
        prediction
    }

    /// `y − X w (n)`.
    pub fn residual(&self, w: ArrayView1<f64>) -> Array1<f64> {
        &self.response - &self.predict(w)
    }

    /// The smallest penalty on absolute values at which every coefficient is 0.
    ///
    /// # Formula
    /// `λ_max = ‖Xᵀy‖_∞`
    pub fn lambda_max(&self) -> f64 {
        self.correlations(self.response.view()).fold(0.0, |most: f64, c| most.max(c.abs()))
    }

    /// Intercept, and coefficients for columns in their own units.
    pub fn in_units(&self, w: ArrayView1<f64>) -> (f64, Array1<f64>) {
        let own = &w / &self.scales;
        (self.response_mean - own.dot(&self.means), own)
    }

    /// The problem of some of the rows: centred anew, with the scale of the whole table, so that coefficients of
    /// all parts are comparable.
    pub fn part(&self, rows: &[usize]) -> Design {
        let mut columns = self.columns.select(Axis(1), rows).as_standard_layout().into_owned();
        let mut response = self.response.select(Axis(0), rows);
        let means = columns.map_axis(Axis(1), mean);
        for (mut column, mean) in columns.outer_iter_mut().zip(&means) {
            column.mapv_inplace(|x| x - mean);
        }
        let response_mean = mean(response.view());
        response.mapv_inplace(|y| y - response_mean);
        let scales = Array1::ones(self.width());
        Design { columns, response, means, scales, response_mean, constant: self.constant.clone() }
    }
}

fn check(x: ArrayView2<f64>, y: ArrayView1<f64>) -> Result<(), RegularizationError> {
    let (rows, p) = x.dim();
    if rows != y.len() {
        return Err(RegularizationError::Unpaired { rows, responses: y.len() });
    }
    if rows < 2 {
        return Err(RegularizationError::TooFewRows { rows });
    }
    if p == 0 {
        return Err(RegularizationError::NothingVaries);
    }
    let cells = x.indexed_iter().chain(y.indexed_iter().map(|(row, y)| ((row, p), y)));
    match cells.into_iter().find(|(_, value)| value.is_nan() || value.abs() > MOST) {
        Some(((row, column), &value)) => Err(RegularizationError::Number { row, column, value, most: MOST }),
        None => Ok(()),
    }
}

fn mean(values: ArrayView1<f64>) -> f64 {
    values.sum() / values.len() as f64
}

/// The length of what is left after centring, unless it is no more than the rounding of the mean.
fn varies(centred: ArrayView1<f64>, values: ArrayView1<f64>) -> Option<f64> {
    let largest = |of: ArrayView1<f64>| of.fold(0.0, |most: f64, x| most.max(x.abs()));
    let scale = largest(centred);
    if scale <= 4.0 * f64::EPSILON * largest(values) {
        return None;
    }
    // Through the largest value, so that squares of tiny ones do not vanish.
    Some(scale * centred.fold(0.0, |sum: f64, x| sum + (x / scale).powi(2)).sqrt())
}
