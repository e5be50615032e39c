//! A curve with noise, and a polynomial with nearly as many coefficients as there are points.

use concepts::numerics::{normal, rng, statistics::median};
use concepts::regularization::{Design, RegularizationError, Ridge, Scaling};
use ndarray::{Array1, Array2};
use rand::Rng;

/// Degree of the polynomial.
pub(crate) const DEGREE: usize = 12;
/// Points of a draw.
pub(crate) const POINTS: usize = 20;
/// Standard deviation of the noise.
pub(crate) const NOISE: f64 = 0.2;
/// Points of the test, evenly spaced.
const TESTED: usize = 101;

/// Medians over draws at one penalty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Errors {
    pub lambda: f64,
    pub train: f64,
    pub test: f64,
    /// Length of the coefficients.
    pub norm: f64,
}

fn powers(at: &[f64]) -> Array2<f64> {
    Array2::from_shape_fn((at.len(), DEGREE), |(i, k)| at[i].powi(k as i32 + 1))
}

fn curve(x: f64) -> f64 {
    (3.0 * x).sin()
}

/// Mean squared errors on the points and between them, for each penalty, as medians over draws.
pub(crate) fn errors(
    lambdas: &[f64],
    points: usize,
    draws: usize,
    seed: u64,
) -> Result<Vec<Errors>, RegularizationError> {
    let grid: Vec<f64> = (0..TESTED).map(|i| 2.0 * i as f64 / (TESTED - 1) as f64 - 1.0).collect();
    let (between, truth) = (powers(&grid), Array1::from_iter(grid.iter().map(|&x| curve(x))));
    let mut rng = rng(seed, "regularization polynomial");
    let mut all = vec![[Vec::new(), Vec::new(), Vec::new()]; lambdas.len()];
    for _ in 0..draws {
        let at: Vec<f64> = (0..points).map(|_| rng.random_range(-1.0..1.0)).collect();
        let noise = normal((points, 1), NOISE, &mut rng);
        let y = Array1::from_shape_fn(points, |i| curve(at[i]) + noise[[i, 0]]);
        let x = powers(&at);
        let design = Design::new(x.view(), y.view(), Scaling::Centred)?;
        let ridge = Ridge::new(&design);
        for (found, &lambda) in all.iter_mut().zip(lambdas) {
            let w = ridge.coefficients(lambda);
            let (intercept, own) = design.in_units(w.view());
            let off = |x: &Array2<f64>, y: &Array1<f64>| {
                let r = y - &x.dot(&own) - intercept;
                r.dot(&r) / y.len() as f64
            };
            found[0].push(off(&x, &y));
            found[1].push(off(&between, &truth) + NOISE * NOISE);
            found[2].push(w.dot(&w).sqrt());
        }
    }
    let summed = |([train, test, norm], &lambda): (&[Vec<f64>; 3], &f64)| Errors {
        lambda,
        train: median(train),
        test: median(test),
        norm: median(norm),
    };
    Ok(all.iter().zip(lambdas).map(summed).collect())
}
