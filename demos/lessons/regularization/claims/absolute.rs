//! C2, C3, C8, C13, C14: absolute values.

use concepts::numerics::tolerance::{DIFFERENCE_STEP, EXACT_F64, ORACLE_F64};
use concepts::numerics::{normal, rng};
use concepts::regularization::{
    Design, Kind, Penalty, Ridge, Scaling, Sparse, Step, exact_path, gradient_steps, soft_threshold,
    sparse_problem,
};
use ndarray::Array1;

use crate::kit::case::{Case, Checked};
use crate::lessons::regularization::experiments::projection::{
    on_circle, on_diamond, on_square, share_of_zeros,
};
use crate::lessons::regularization::experiments::search::{SEARCHED, lowest};

/// Points at which a formula is compared with a search.
const POINTS: usize = 41;

fn drawn(seed: u64, stream: &str) -> Vec<f64> {
    normal((1, POINTS), 1.5, &mut rng(seed, stream)).into_iter().collect()
}

/// C2: mean squared error plus λ Σ|w|
pub(crate) fn formula(c: &mut Case) -> Checked {
    const N: f64 = 50.0;
    const LAMBDA: f64 = 0.8;
    let points = drawn(c.seed, "Q10 C2");
    // One column with xᵀx = n and xᵀy = n·b: the mean squared error is (w − b)² and a rest without w.
    let loss = |b: f64, w: f64| N * (w - b) * (w - b) / N + LAMBDA * w.abs();
    c.value("n", POINTS).value("lambda", LAMBDA);
    c.holds(0.5, |t, share: f64| {
        let off = points.iter().map(|&b| {
            let searched = lowest(|w| loss(b, w), -9.0, 9.0);
            (searched - soft_threshold(b, Penalty::lasso(share * LAMBDA))).abs()
        });
        t.at_most("threshold", off.fold(0.0, f64::max), SEARCHED).over(POINTS).drawn();
    })
    .control("whole", 1.0);
    Ok(())
}

/// C3: sparse weights
pub(crate) fn sparse(c: &mut Case) -> Checked {
    const LIKE: Sparse = Sparse { rows: 200, columns: 30, relevant: 6, correlation: 0.5, noise: 1.0 };
    const SHARE: f64 = 0.1;
    const STEPS: usize = 5000;
    let made = sparse_problem(LIKE, c.seed);
    let truth = made.truth.clone().unwrap_or_default();
    let design = Design::new(made.x.view(), made.y.view(), Scaling::UnitNorm)?;
    let lambda = SHARE * design.lambda_max();
    let ridge = Ridge::new(&design);
    let mut stepped = Array1::zeros(LIKE.columns);
    let lipschitz = ridge.singular_values()[0].powi(2);
    gradient_steps(&design, Penalty::lasso(lambda), Step::Subgradient, STEPS, lipschitz, |_, w| {
        stepped.assign(w);
    });
    let useless = LIKE.columns - LIKE.relevant;
    c.value("relevant", LIKE.relevant).value("steps", STEPS);
    c.value("useless", useless);
    c.holds(exact_path(&design, Kind::Lasso)?.at(lambda), |t, w| {
        let zero = |relevant: bool| {
            w.iter().zip(&truth).filter(|(w, truth)| **w == 0.0 && (**truth != 0.0) == relevant).count()
                as f64
        };
        t.at_least("zeros", zero(false), (useless / 2) as f64).over(useless).drawn();
        t.exactly("lost", zero(true), 0.0).over(LIKE.relevant).drawn();
    })
    .control("ridge", ridge.coefficients(1.0))
    .control("subgradient", stepped);
    Ok(())
}

/// C8: slopes at 0
pub(crate) fn slopes(c: &mut Case) -> Checked {
    type Function = fn(f64) -> f64;
    const H: f64 = DIFFERENCE_STEP;
    let one_sided = |of: Function, h: f64| (of(h) - of(0.0)) / h;
    let right: [Function; 2] = [f64::abs, |w| w * w];
    c.holds(right, |t, [absolute, square]| {
        t.near("right", one_sided(absolute, H), 1.0, EXACT_F64);
        t.near("left", one_sided(absolute, -H), -1.0, EXACT_F64);
        t.at_most("square", one_sided(square, H).abs().max(one_sided(square, -H).abs()), 1.01 * H);
    })
    .control("rounded", [|w| (w * w + 1e-4).sqrt(), |w| w * w])
    .control("swapped", [|w| w * w, f64::abs]);
    Ok(())
}

/// C13: diamond and circle
pub(crate) fn diamond(c: &mut Case) -> Checked {
    const DRAWS: usize = 4000;
    let seed = c.seed;
    type Shapes = [fn([f64; 2]) -> [f64; 2]; 2];
    let right: Shapes = [on_diamond, on_circle];
    c.value("draws", DRAWS);
    c.holds(right, |t, [diamond, circle]: Shapes| {
        t.at_least("diamond", share_of_zeros(diamond, DRAWS, seed), 0.4).over(DRAWS).drawn();
        t.exactly("circle", share_of_zeros(circle, DRAWS, seed), 0.0).over(DRAWS).drawn();
    })
    // Corners alone are not it: they must lie on the axes.
    .control("square", [on_square, on_circle])
    .control("circles", [on_circle, on_circle]);
    Ok(())
}

/// C14: elastic net
pub(crate) fn elastic_net(c: &mut Case) -> Checked {
    const L1: f64 = 0.5;
    const L2: f64 = 1.0;
    type Formula = fn(f64) -> f64;
    let points = drawn(c.seed, "Q10 C14");
    let right: Formula = |b| soft_threshold(b, Penalty { l1: L1, l2: L2 });
    c.value("l1", L1).value("l2", L2);
    c.holds(right, |t, of: Formula| {
        let off = points.iter().map(|&b| {
            let loss = |w: f64| 0.5 * (w - b).powi(2) + L1 * w.abs() + 0.5 * L2 * w * w;
            (lowest(loss, -9.0, 9.0) - of(b)).abs()
        });
        t.at_most("both", off.fold(0.0, f64::max), SEARCHED).over(POINTS).drawn();
        // By hand: 0.3, −1.5 and 2 become 0, −1/2 and 3/4.
        let by_hand = (of(0.3)).abs() + (of(-1.5) + 0.5).abs() + (of(2.0) - 0.75).abs();
        t.at_most("by-hand", by_hand, ORACLE_F64).over(3);
    })
    .control("l1-alone", |b| soft_threshold(b, Penalty::lasso(L1)))
    .control("l2-alone", |b| b / (1.0 + L2));
    Ok(())
}
