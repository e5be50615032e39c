//! How far a law is from runs.

use crate::scaling::{Law, Run};

/// Where Huber's loss goes over from squares to sizes.
///
/// # Reference
/// Hoffmann et al. 2022, section D.2.
pub const HUBER_DELTA: f64 = 1e-3;

/// Huber's loss: squares near 0, sizes beyond, so that one bad run does not decide the fit.
///
/// # Formula
/// `½r²` for `|r| ≤ δ`, else `δ(|r| − ½δ)`
///
/// # Examples
/// ```
/// use concepts::scaling::fit::huber;
/// assert_eq!(huber(0.5, 1.0), 0.125);
/// assert_eq!(huber(-3.0, 1.0), 2.5);
/// ```
pub fn huber(r: f64, delta: f64) -> f64 {
    if r.abs() <= delta { 0.5 * r * r } else { delta * (r.abs() - 0.5 * delta) }
}

/// The sum of Huber's losses of `ln L(N, D) − ln L`, as the formula stands: the readable twin.
///
/// # Formula
/// `Σ Huber_δ( LSE(ln A − α·ln N, ln B − β·ln D, ln E) − ln L )`
///
/// # Reference
/// Hoffmann et al. 2022, equation 3.
///
/// # Examples
/// ```
/// use concepts::scaling::fit::{HUBER_DELTA, objective};
/// use concepts::scaling::{BESIROGLU, HOFFMANN};
/// let runs = BESIROGLU.draw_runs(20, 0.0, 7, "example");
/// assert!(objective(&BESIROGLU, &runs, HUBER_DELTA) < 1e-25);
/// assert!(objective(&HOFFMANN, &runs, HUBER_DELTA) > 1e-4);
/// ```
pub fn objective(law: &Law, runs: &[Run], delta: f64) -> f64 {
    let mut sum = 0.0;
    for run in runs {
        let predicted = log_sum_exp([
            law.a.ln() - law.alpha * run.n.ln(),
            law.b.ln() - law.beta * run.d.ln(),
            law.e.ln(),
        ]);
        sum += huber(predicted - run.loss.ln(), delta);
    }
    sum
}

/// `ln Σ e^x`, without overflow.
fn log_sum_exp(xs: [f64; 3]) -> f64 {
    let largest = xs.into_iter().fold(f64::NEG_INFINITY, f64::max);
    if largest.is_infinite() {
        return largest;
    }
    largest + xs.iter().map(|x| (x - largest).exp()).sum::<f64>().ln()
}

/// The logarithms of runs, about their means, so that factors and exponents hardly depend on each other.
#[derive(Debug, Clone)]
pub(super) struct Logs {
    /// `(ln N − mean, ln D − mean, ln L)`
    runs: Vec<[f64; 3]>,
    mean: [f64; 2],
}

/// The five variables of the fit: `ln A`, `ln B` (both at the mean sizes), `ln E`, `α`, `β`.
pub(super) type Point = [f64; 5];

impl Logs {
    pub(super) fn new(runs: &[Run]) -> Logs {
        let mean = |of: fn(&Run) -> f64| runs.iter().map(|run| of(run).ln()).sum::<f64>() / runs.len() as f64;
        let mean = [mean(|run| run.n), mean(|run| run.d)];
        let about = |run: &Run| [run.n.ln() - mean[0], run.d.ln() - mean[1], run.loss.ln()];
        Logs { runs: runs.iter().map(about).collect(), mean }
    }

    /// Some of the runs, with the same means.
    pub(super) fn chosen(&self, places: &[usize]) -> Logs {
        Logs { runs: places.iter().map(|&place| self.runs[place]).collect(), mean: self.mean }
    }

    pub(super) fn rows(&self) -> &[[f64; 3]] {
        &self.runs
    }

    pub(super) fn point(&self, law: &Law) -> Point {
        let a = law.a.ln() - law.alpha * self.mean[0];
        let b = law.b.ln() - law.beta * self.mean[1];
        [a, b, law.e.ln(), law.alpha, law.beta]
    }

    pub(super) fn law(&self, point: &Point) -> Law {
        let [a, b] = self.factors(point).map(f64::exp);
        let [_, _, e, alpha, beta] = *point;
        Law { e: e.exp(), a, b, alpha, beta }
    }

    /// `ln A` and `ln B` of a point.
    pub(super) fn factors(&self, [a, b, _, alpha, beta]: &Point) -> [f64; 2] {
        [a + alpha * self.mean[0], b + beta * self.mean[1]]
    }

    /// The objective and its gradient.
    ///
    /// With `p` the shares of the three terms in the predicted loss: `∂LSE/∂ln A = p_A`, `∂LSE/∂α = −p_A·ln N`.
    pub(super) fn value(&self, &[a, b, e, alpha, beta]: &Point, delta: f64) -> (f64, Point) {
        let (mut sum, mut gradient) = (0.0, [0.0; 5]);
        for &[n, d, loss] in &self.runs {
            let terms = [a - alpha * n, b - beta * d, e];
            let largest = terms[0].max(terms[1]).max(terms[2]);
            let [pa, pb, pe] = terms.map(|term| (term - largest).exp());
            let total = pa + pb + pe;
            let r = largest + total.ln() - loss;
            sum += huber(r, delta);
            let slope = r.clamp(-delta, delta) / total;
            gradient[0] += slope * pa;
            gradient[1] += slope * pb;
            gradient[2] += slope * pe;
            gradient[3] -= slope * pa * n;
            gradient[4] -= slope * pb * d;
        }
        (sum, gradient)
    }
}

/// The objective and its gradient by `ln A`, `ln B`, `ln E`, `α`, `β`: what the fit runs on.
///
/// # Formula
/// With `r` the residual and `p` the shares of the terms in the predicted loss:
/// `∂/∂ln A = Σ clamp(r, ±δ)·p_A`, `∂/∂α = −Σ clamp(r, ±δ)·p_A·ln N`, and likewise for `B` and `E`
///
/// # Examples
/// ```
/// use concepts::scaling::fit::{HUBER_DELTA, objective, objective_with_gradient};
/// use concepts::scaling::{BESIROGLU, HOFFMANN};
/// let runs = BESIROGLU.draw_runs(20, 0.01, 7, "example");
/// let (value, _) = objective_with_gradient(&HOFFMANN, &runs, HUBER_DELTA);
/// assert!((value / objective(&HOFFMANN, &runs, HUBER_DELTA) - 1.0).abs() < 1e-10);
/// ```
pub fn objective_with_gradient(law: &Law, runs: &[Run], delta: f64) -> (f64, [f64; 5]) {
    let logs = Logs::new(runs);
    let (value, [a, b, e, alpha, beta]) = logs.value(&logs.point(law), delta);
    // ∂/∂α at a fixed ln A, not at a fixed ln A − α·mean.
    (value, [a, b, e, alpha - a * logs.mean[0], beta - b * logs.mean[1]])
}
