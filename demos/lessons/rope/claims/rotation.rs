//! C1, C3: rotation, pair by pair.

use concepts::numerics::statistics::median;
use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F32, ORACLE_F64};
use concepts::numerics::{max_difference, normal, rng};
use concepts::position::PositionError;
use concepts::position::rope::{rotate_by_complex, rotate_by_matrix, rotation_matrix};
use ndarray::Array2;

use super::{D, LAYOUT, theta};
use crate::kit::case::{Case, Checked};
use crate::lessons::rope::experiments::aliasing::apart;
use crate::lessons::rope::experiments::score::turned_by_kernel;

/// C1: positions by rotating Q and K
pub(crate) fn rotates(c: &mut Case) -> Checked {
    const M: i64 = 1234;
    const N: i64 = 77;
    // From a table of sines, not from the library.
    const SIN_1: f64 = 0.841_470_984_807_896_5;
    const COS_1: f64 = 0.540_302_305_868_139_8;
    type Matrix = fn(i64, &[f64]) -> Array2<f64>;
    let few: Vec<f64> = theta()?.into_iter().step_by(8).collect();
    let d = 2 * few.len();
    let x = normal((d, 1), 1.0, &mut rng(c.seed, "Q3 C1"));
    let row = x.t().to_owned();
    let by_complex = rotate_by_complex(row.view(), &[M], &few, LAYOUT)?.reversed_axes();
    let by_kernel = turned_by_kernel(&row, M, &few, LAYOUT)?.mapv(f64::from).reversed_axes();
    let norm = |x: &Array2<f64>| (x * x).sum().sqrt();
    c.value("m", M.to_string()).value("n", N.to_string());
    let right: Matrix = |m, few| rotation_matrix(m, few, LAYOUT);
    c.holds(right, |t, of: Matrix| {
        let r = |m| of(m, &few);
        let (turned, first) = (r(M).dot(&x), r(1));
        let by_hand = (first[[0, 0]] - COS_1).abs() + (first[[few.len(), 0]] - SIN_1).abs();
        t.at_most("by-hand", by_hand, EXACT_F64).over(2);
        t.at_most("complex", max_difference(&turned, &by_complex), ORACLE_F64).over(d).drawn();
        t.at_most("kernel", max_difference(&turned, &by_kernel), ORACLE_F32).over(d).drawn();
        t.at_most("length", (norm(&turned) - norm(&x)).abs(), ORACLE_F64).over(d).drawn();
        t.at_most("transposed", max_difference(&r(M).t().dot(&r(N)), &r(N - M)), ORACLE_F64).over(d * d);
    })
    // Both sines with the same sign: no rotation any more.
    .control("same-sign", |m, few| rotation_matrix(m, few, LAYOUT).mapv(f64::abs))
    .control("backwards", |m, few| rotation_matrix(-m, few, LAYOUT));
    Ok(())
}

/// C3: times e^{imθ}, pair by pair, each with its own θ
pub(crate) fn times_a_phase(c: &mut Case) -> Checked {
    // 44 is 7.003 turns at θ = 1.
    const ALIAS: i64 = 44;
    const DRAWS: usize = 200;
    const M: i64 = 1234;
    const N: i64 = 77;
    let mut rng = rng(c.seed, "Q3 C3");
    let of_single = apart(&[1.0; D / 2], ALIAS, DRAWS, c.seed);
    let of_family = apart(&theta()?, ALIAS, DRAWS, c.seed);
    let largest = of_single.iter().copied().fold(0.0, f64::max);
    // What is said to be within it is rounded up.
    c.value("alias", ALIAS.to_string()).value("largest", (largest * 100.0).ceil() / 100.0);
    let theta = theta()?;
    let (q, k) = (normal((1, D), 1.0, &mut rng), normal((1, D), 1.0, &mut rng));
    let matrix = |theta: &[f64]| -> Result<_, PositionError> {
        let turn = |x: &Array2<f64>, m| rotate_by_matrix(x.view(), &[m], theta, LAYOUT);
        Ok([turn(&q, M)?, turn(&k, N)?])
    };
    let complex = [(&q, M), (&k, N)].map(|(x, m)| by_complex_numbers(x, m, &theta));
    let right = (matrix(&theta)?, median(&of_family));
    c.holds(right, |t, ([q_m, k_n], family)| {
        let off = max_difference(&q_m, &complex[0]).max(max_difference(&k_n, &complex[1]));
        t.at_most("complex", off, ORACLE_F64).over(2 * D).drawn();
        t.at_least("family", family, 0.3).over(DRAWS).drawn();
        t.at_most("aliased", largest, 0.05).over(DRAWS).drawn();
    })
    .control("one-for-all", (matrix(&[1.0; D / 2])?, median(&of_single)));
    Ok(())
}

/// Each pair `(a, b)` read as `a + ib` and multiplied by `cos mθ + i sin mθ`, written out.
fn by_complex_numbers(x: &Array2<f64>, m: i64, theta: &[f64]) -> Array2<f64> {
    let mut turned = x.clone();
    for (i, &theta) in theta.iter().enumerate() {
        let (a, b) = LAYOUT.pair(i, D / 2);
        let (sin, cos) = (m as f64 * theta).sin_cos();
        turned[[0, a]] = x[[0, a]] * cos - x[[0, b]] * sin;
        turned[[0, b]] = x[[0, a]] * sin + x[[0, b]] * cos;
    }
    turned
}
