//! What examples in a context teach, with no number trained.

use concepts::emergence::{EmergenceError, Examples, kernel_regression, step_size};
use concepts::numerics::statistics::{mean, median, variance};
use concepts::numerics::{normal, rng};
use ndarray::{Array1, Array2};
use rand::Rng;

/// Are the labels those of the inputs, or of another function?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Labels {
    Right,
    Foreign,
}

/// Examples of a linear function: `y = w·x`, all standard normal.
pub(crate) fn task(n: usize, d: usize, rng: &mut impl Rng) -> Result<Examples, EmergenceError> {
    let x = normal((n, d), 1.0, rng);
    let weights = normal((1, d), 1.0, rng).row(0).to_owned();
    let y = x.dot(&weights);
    Examples::new(x, y)
}

/// Share of the error without examples that is left after 1, 2, … layers, of each task: `(tasks, layers)`.
pub(crate) struct Left {
    /// From labels of the function itself.
    pub right: Array2<f64>,
    /// From labels of another function.
    pub foreign: Array2<f64>,
}

impl Left {
    pub(crate) fn of(&self, labels: Labels) -> &Array2<f64> {
        match labels {
            Labels::Right => &self.right,
            Labels::Foreign => &self.foreign,
        }
    }
}

/// What layers leave of the error, each with the step that suits one layer best.
///
/// A step moves `w` by `η Xᵀ(y − Xw)`. With `y = Xv` that is `η S (v − w)`, `S = XᵀX`, and takes `d²` steps, not `n·d`.
pub(crate) fn left((n, d): (usize, usize), layers: usize, tasks: usize, seed: u64) -> Left {
    let mut rng = rng(seed, &format!("Q11 tasks {n} {d}"));
    let [mut right, mut foreign] = [0, 1].map(|_| Array2::zeros((tasks, layers)));
    for i in 0..tasks {
        let x = normal((n, d), 1.0, &mut rng);
        let [weights, others] = [0, 1].map(|_| normal((1, d), 1.0, &mut rng).row(0).to_owned());
        let before = weights.dot(&weights);
        // (d, d)
        let gram = x.t().dot(&x) * step_size(n, d);
        for (labels, all) in [(&weights, &mut right), (&others, &mut foreign)] {
            let mut w = Array1::<f64>::zeros(d);
            for left in all.row_mut(i) {
                w = &w + &gram.dot(&(labels - &w));
                *left = (&w - &weights).mapv(|v| v * v).sum() / before;
            }
        }
    }
    Left { right, foreign }
}

/// Mean and standard error over the tasks after one layer.
pub(crate) fn after_one(left: &Array2<f64>) -> (f64, f64) {
    let first = left.column(0).to_vec();
    (mean(&first), (variance(&first) / first.len() as f64).sqrt())
}

/// The median task after so many layers. A rare task of few examples diverges, and would rule a mean.
pub(crate) fn typical(left: &Array2<f64>, layers: usize) -> f64 {
    median(&left.column(layers - 1).to_vec())
}

/// How far the answer of the layers is from that of gradient descent, at most, over some tasks.
pub(crate) fn identity(
    (n, d): (usize, usize),
    layers: usize,
    tasks: usize,
    seed: u64,
) -> Result<f64, EmergenceError> {
    let mut rng = rng(seed, "Q11 identity");
    let mut worst = 0.0_f64;
    for _ in 0..tasks {
        let task = task(n, d, &mut rng)?;
        let query = normal((1, d), 1.0, &mut rng).row(0).to_owned();
        let descended = task.descend(step_size(n, d), layers)?.dot(&query);
        let attended = task.by_layers(query.view(), step_size(n, d), layers)?;
        worst = worst.max((descended - attended).abs() / descended.abs().max(1.0));
    }
    Ok(worst)
}

/// Inputs of the functions that the kernel meets.
const INPUTS: usize = 2;
/// Waves that such a function is made of.
const WAVES: usize = 6;

/// Mean squared error of kernel regression on random smooth functions of two inputs, as a share of their variance.
pub(crate) fn kernel_error(
    n: usize,
    functions: usize,
    labels: Labels,
    seed: u64,
) -> Result<f64, EmergenceError> {
    let mut rng = rng(seed, &format!("Q11 kernel {n}"));
    // The usual rate of the bandwidth for two inputs.
    let bandwidth = 0.5 * (n as f64).powf(-1.0 / (INPUTS as f64 + 4.0));
    let (mut error, mut spread) = (0.0, 0.0);
    for _ in 0..functions {
        let f = waves(&mut rng);
        let x = Array2::from_shape_fn((n, INPUTS), |_| rng.random_range(-1.0..1.0));
        let mut y: Vec<f64> = x.rows().into_iter().map(|x| f([x[0], x[1]])).collect();
        if labels == Labels::Foreign {
            let g = waves(&mut rng);
            y = x.rows().into_iter().map(|x| g([x[0], x[1]])).collect();
        }
        let query = [rng.random_range(-1.0..1.0), rng.random_range(-1.0..1.0)];
        let examples = Examples::new(x, Array1::from(y))?;
        let answer = kernel_regression(&examples, Array1::from(query.to_vec()).view(), bandwidth)?;
        error += (answer - f(query)).powi(2);
        spread += f(query).powi(2);
    }
    Ok(error / spread)
}

/// `Σ aⱼ cos(ωⱼ·x + φⱼ)`, whose mean over the phases is 0.
fn waves<R: Rng>(rng: &mut R) -> impl Fn([f64; INPUTS]) -> f64 + use<R> {
    let draws = [(); WAVES].map(|()| {
        let direction = normal((1, INPUTS), 2.0, &mut *rng);
        (direction[[0, 0]], direction[[0, 1]], rng.random_range(0.0..std::f64::consts::TAU))
    });
    move |x: [f64; INPUTS]| draws.iter().map(|(a, b, phase)| (a * x[0] + b * x[1] + phase).cos()).sum()
}
