use concepts::numerics::tolerance::{DIFFERENCE_STEP, END_OF_PATH, EXACT_F64, GRADIENT, ORACLE_F64};
use concepts::numerics::{central_difference, normal, relative_error, rng};
use concepts::regularization::{
    Design, Event, Kind, Penalty, Ridge, Scaling, Sparse, Step, Stop, coordinate_descent, cross_validate,
    diabetes, duality_gap, exact_path, folds, gradient_steps, lambda_grid, lasso_path, objective,
    ridge_closed_form, soft_threshold, sparse_problem, zeros,
};
use ndarray::{Array1, Array2};
use proptest::prelude::*;

use super::off;

fn problem(rows: usize, columns: usize, seed: u64) -> Design {
    let like = Sparse { rows, columns, relevant: columns.div_ceil(4), correlation: 0.6, noise: 1.0 };
    let made = sparse_problem(like, seed);
    Design::new(made.x.view(), made.y.view(), Scaling::UnitNorm).unwrap()
}

/// Independent columns, and beside them what is made of them: a copy, its negative, a sum, a constant.
fn dependent(rows: usize, columns: usize, kinds: &[usize], seed: u64) -> Design {
    let like = Sparse { rows, columns, relevant: columns.div_ceil(2), correlation: 0.9, noise: 0.5 };
    let made = sparse_problem(like, seed);
    let cell = |(i, j): (usize, usize)| {
        let own = |j: usize| made.x[[i, j % columns]];
        match j.checked_sub(columns).map(|extra| kinds[extra]) {
            None | Some(0) => own(j),
            Some(1) => -own(j),
            Some(2) => own(j) + own(j + 1),
            Some(_) => 3.0,
        }
    };
    let x = Array2::from_shape_fn((rows, columns + kinds.len()), cell);
    Design::new(x.view(), made.y.view(), Scaling::UnitNorm).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Readable twin, fast path and exact path find the same minimum, tall and wide.
    #[test]
    fn three_solvers_agree(rows in 3_usize..30, columns in 1_usize..30, seed in 0_u64..1000, share in 0.02_f64..0.98) {
        let design = problem(rows, columns, seed);
        let lambda = share * design.lambda_max();
        let penalty = Penalty::lasso(lambda);
        let stop = Stop { gap: 1e-13, passes: 1_000_000 };
        let slow = coordinate_descent(&design, penalty, Array1::zeros(columns).view(), stop).unwrap();
        let fast = lasso_path(&design, &[2.0 * lambda, lambda], 1.0, stop).unwrap().pop().unwrap();
        let path = exact_path(&design, Kind::Lasso).unwrap();
        let of = |w: &Array1<f64>| objective(&design, w.view(), penalty);
        let least = of(&path.at(lambda));
        let scale = 0.5 * design.response().dot(&design.response());
        prop_assert!((of(&slow.coefficients) - least).abs() < ORACLE_F64 * scale);
        prop_assert!((of(&fast.coefficients) - least).abs() < ORACLE_F64 * scale);
        prop_assert!(duality_gap(&design, path.at(lambda).view(), penalty).abs() < ORACLE_F64 * scale);
        // The gap from products is the gap from residuals.
        let gap = duality_gap(&design, fast.coefficients.view(), penalty) / scale;
        prop_assert!((gap - fast.gap).abs() < EXACT_F64);
    }

    /// A whole path at one gap, by twin and fast, where columns are copies, sums and differences of others, or
    /// constant: there is no one minimum, but there is one least value.
    #[test]
    fn paths_agree_where_columns_span_each_other(
        rows in 3_usize..30,
        columns in 1_usize..12,
        kinds in proptest::collection::vec(0_usize..4, 1..12),
        seed in 0_u64..1000,
        alpha in prop_oneof![Just(1.0), 0.2_f64..1.0],
    ) {
        let design = dependent(rows, columns, &kinds, seed);
        let grid = lambda_grid(1.1 * design.lambda_max(), 1e-2, 12);
        let stop = Stop { gap: 1e-9, passes: 1_000_000 };
        let scale = 0.5 * design.response().dot(&design.response());
        let mut start = Array1::zeros(design.width());
        for (&lambda, fast) in grid.iter().zip(lasso_path(&design, &grid, alpha, stop).unwrap()) {
            let penalty = Penalty::new(lambda, alpha).unwrap();
            let slow = coordinate_descent(&design, penalty, start.view(), stop).unwrap();
            let of = |w: &Array1<f64>| objective(&design, w.view(), penalty) / scale;
            let gap = duality_gap(&design, fast.coefficients.view(), penalty) / scale;
            prop_assert!(fast.gap <= stop.gap && (gap - fast.gap).abs() < EXACT_F64);
            prop_assert!((of(&slow.coefficients) - of(&fast.coefficients)).abs() <= stop.gap + EXACT_F64);
            prop_assert!(design.constant().iter().all(|&j| fast.coefficients[j] == 0.0));
            start = slow.coefficients;
        }
    }

    /// No point is below the minimum by more than the gap says.
    #[test]
    fn the_gap_bounds_what_is_left(columns in 1_usize..12, seed in 0_u64..1000, alpha in 0.1_f64..1.0) {
        let design = problem(20, columns, seed);
        let penalty = Penalty::new(0.3 * design.lambda_max(), alpha).unwrap();
        let stop = Stop { gap: 1e-14, passes: 100_000 };
        let best = coordinate_descent(&design, penalty, Array1::zeros(columns).view(), stop).unwrap();
        let least = objective(&design, best.coefficients.view(), penalty);
        let mut rng = rng(seed, "somewhere");
        let somewhere: Array2<f64> = normal((1, columns), 1.0, &mut rng);
        let w = &best.coefficients + &somewhere.row(0);
        let left = objective(&design, w.view(), penalty) - least;
        prop_assert!(left >= -ORACLE_F64 && left <= duality_gap(&design, w.view(), penalty) + ORACLE_F64);
    }

    /// The soft threshold is the best of many points around it.
    #[test]
    fn the_soft_threshold_is_the_minimum(b in -5.0_f64..5.0, l1 in 0.0_f64..3.0, l2 in 0.0_f64..3.0, at in -6.0_f64..6.0) {
        let of = |w: f64| 0.5 * (w - b).powi(2) + l1 * w.abs() + 0.5 * l2 * w * w;
        let penalty = Penalty { l1, l2 };
        prop_assert!(of(soft_threshold(b, penalty)) <= of(at) + EXACT_F64);
    }

    /// Ridge by singular directions is the closed form; its gradient is 0 there.
    #[test]
    fn both_forms_of_ridge_agree(rows in 2_usize..25, columns in 1_usize..25, seed in 0_u64..1000, lambda in 0.01_f64..10.0) {
        let design = problem(rows, columns, seed);
        let w = Ridge::new(&design).coefficients(lambda);
        prop_assert!(off(&w, &ridge_closed_form(&design, lambda).unwrap()) < ORACLE_F64);
        let slope = design.correlations(design.residual(w.view()).view()) - &w * lambda;
        prop_assert!(slope.iter().all(|s| s.abs() < ORACLE_F64 * design.lambda_max().max(1.0)));
    }
}

#[test]
fn the_gradient_of_the_smooth_part_is_by_differences_too() {
    let design = problem(20, 5, 3);
    let penalty = Penalty { l1: 0.0, l2: 0.7 };
    let w = Array2::from_elem((1, 5), 0.3);
    let analytic = -(design.correlations(design.residual(w.row(0)).view()) - &w.row(0) * penalty.l2);
    let tried = central_difference(|w| objective(&design, w.row(0), penalty), &w, DIFFERENCE_STEP);
    assert!(relative_error(&analytic.insert_axis(ndarray::Axis(0)), &tried) < GRADIENT);
}

/// On the path every active column correlates by λ, and no other by more.
#[test]
fn along_the_lasso_path_the_conditions_of_an_optimum_hold() {
    for design in [problem(60, 40, 1), problem(20, 50, 2), problem(41, 40, 3)] {
        let path = exact_path(&design, Kind::Lasso).unwrap();
        for pair in path.knots.windows(2) {
            let lambda = 0.5 * (pair[0].lambda + pair[1].lambda);
            let w = path.at(lambda);
            let c = design.correlations(design.residual(w.view()).view());
            for (w, c) in w.iter().zip(&c) {
                let room = ORACLE_F64 * design.lambda_max();
                assert!(if *w == 0.0 {
                    c.abs() <= lambda + room
                } else {
                    (c - lambda * w.signum()).abs() < room
                });
            }
        }
    }
}

/// Behind an exact fit only rounding is left of the correlations, and the path ends: of all exact fits, one of which is
/// what the response was made of, at the one with the smallest sum of absolute values.
#[test]
fn the_path_ends_at_an_exact_fit() {
    for (rows, columns, seed) in [(12, 50, 1), (8, 12, 2), (30, 10, 3), (30, 200, 4)] {
        let like = Sparse { rows, columns, relevant: 2, correlation: 0.3, noise: 0.0 };
        let made = sparse_problem(like, seed);
        let design = Design::new(made.x.view(), made.y.view(), Scaling::Centred).unwrap();
        let path = exact_path(&design, Kind::Lasso).unwrap();
        let (end, knots) = path.knots.split_last().unwrap();
        assert!(knots.iter().all(|knot| knot.lambda > END_OF_PATH * design.lambda_max()));
        let left = design.residual(end.coefficients.view());
        assert!(left.dot(&left).sqrt() < ORACLE_F64 * design.lambda_max());
        let absolute = |w: &Array1<f64>| w.mapv(f64::abs).sum();
        assert!(absolute(&end.coefficients) < absolute(made.truth.as_ref().unwrap()) + ORACLE_F64);
    }
}

#[test]
fn of_equal_columns_one_is_spanned_and_a_sum_of_others_too() {
    let made = sparse_problem(Sparse { rows: 30, columns: 4, relevant: 2, correlation: 0.2, noise: 0.5 }, 5);
    let x =
        ndarray::concatenate![ndarray::Axis(1), made.x, made.x.slice_axis(ndarray::Axis(1), (0..1).into())];
    let design = Design::new(x.view(), made.y.view(), Scaling::UnitNorm).unwrap();
    let path = exact_path(&design, Kind::Lasso).unwrap();
    assert!(path.knots.iter().all(|knot| knot.event != Event::Enters(4)));
    assert_eq!(path.spanned, [4]);
    let w = path.at(0.3 * design.lambda_max());
    let stop = Stop { gap: 1e-12, passes: 100_000 };
    let penalty = Penalty::lasso(0.3 * design.lambda_max());
    let descent = coordinate_descent(&design, penalty, Array1::zeros(5).view(), stop).unwrap();
    let of = |w: &Array1<f64>| objective(&design, w.view(), penalty);
    assert!((of(&w) - of(&descent.coefficients)).abs() < ORACLE_F64);
    assert!(
        off(&Ridge::new(&design).coefficients(0.5), &ridge_closed_form(&design, 0.5).unwrap()) < ORACLE_F64
    );
    assert_eq!(Ridge::new(&design).singular_values().len(), 4);
}

#[test]
fn only_proximal_steps_reach_zero() {
    let data = diabetes();
    let design = Design::new(data.x.view(), data.y.view(), Scaling::UnitNorm).unwrap();
    let penalty = Penalty::lasso(0.1 * design.lambda_max());
    let largest = Ridge::new(&design).singular_values()[0].powi(2);
    let mut last = [0; 2];
    for (i, step) in [Step::Subgradient, Step::Proximal].into_iter().enumerate() {
        gradient_steps(&design, penalty, step, 2000, largest, |_, w| last[i] = zeros(w.view()));
    }
    let exact = exact_path(&design, Kind::Lasso).unwrap().at(penalty.l1);
    assert_eq!(last, [0, zeros(exact.view())]);
}

#[test]
fn folds_are_even_and_seeded_and_a_ridge_is_validated_too() {
    let of = folds(23, 5, 7).unwrap();
    let sizes: Vec<usize> = (0..5).map(|k| of.iter().filter(|fold| **fold == k).count()).collect();
    assert_eq!(sizes, [5, 5, 5, 4, 4]);
    assert_eq!(of, folds(23, 5, 7).unwrap());
    assert_ne!(of, folds(23, 5, 8).unwrap());
    let design = problem(23, 6, 2);
    let grid = lambda_grid(100.0, 1e-5, 30);
    let found = cross_validate(&design, &grid, 0.0, &of, Stop::default()).unwrap();
    assert!(found.one_standard_error <= found.best && found.mean[found.best] < found.mean[0]);
}
