//! Fits to runs.

use concepts::numerics::tolerance::{DIFFERENCE_STEP, FIT_CONSTANTS, FLAT_MINIMUM, GRADIENT, ORACLE_F64};
use concepts::numerics::{central_difference, relative_error};
use concepts::scaling::fit::{
    HUBER_DELTA, bootstrap, fit, fit_from, fit_power, fit_power_with_floor, objective,
    objective_with_gradient, valley_floor,
};
use concepts::scaling::words::Size;
use concepts::scaling::{BESIROGLU, HOFFMANN, Law, Run, ScalingError, check_runs};
use ndarray::{Array2, array};

use super::{apart, number, oracle, points, runs};

#[test]
fn the_fit_is_as_low_as_scipys_and_has_its_constants() {
    for case in oracle()["fits"].as_array().unwrap() {
        let runs = runs(case);
        let found = fit(&runs).unwrap();
        let [e, a, b, alpha, beta]: [f64; 5] = serde_json::from_value(case["law"].clone()).unwrap();
        let theirs = Law { e, a, b, alpha, beta };
        // The readable twin says of both how low they are.
        let (ours, lowest) = (objective(&found.law, &runs, HUBER_DELTA), number(case, "objective"));
        assert!(apart(objective(&theirs, &runs, HUBER_DELTA), lowest) < ORACLE_F64);
        assert!(ours <= lowest * (1.0 + FLAT_MINIMUM), "{ours:e} above {lowest:e}");
        for (ours, theirs) in [(found.law.e, e), (found.law.alpha, alpha), (found.law.beta, beta)] {
            assert!(apart(ours, theirs) < FIT_CONSTANTS, "{:?} {theirs}", found.law);
        }
        assert!(found.agreeing >= found.starts / 2, "{found:?}");
        println!("{found:?}\n{theirs:?} {lowest:e}");
    }
}

#[test]
fn the_gradient_is_that_of_differences() {
    // Residuals on both sides of the bend of Huber's loss.
    let runs = BESIROGLU.draw_runs(30, 0.002, 3, "gradient");
    let law = |x: &Array2<f64>| Law {
        a: x[[0, 0]].exp(),
        b: x[[0, 1]].exp(),
        e: x[[0, 2]].exp(),
        alpha: x[[0, 3]],
        beta: x[[0, 4]],
    };
    for (at, delta) in [(BESIROGLU, 1e-3), (BESIROGLU, 1.0), (HOFFMANN, 1e-3), (HOFFMANN, 1.0)] {
        let x = array![[at.a.ln(), at.b.ln(), at.e.ln(), at.alpha, at.beta]];
        let (value, gradient) = objective_with_gradient(&at, &runs, delta);
        assert!(apart(value, objective(&at, &runs, delta)) < ORACLE_F64);
        let numeric = central_difference(|x| objective(&law(x), &runs, delta), &x, DIFFERENCE_STEP * 1e-2);
        let analytic = Array2::from_shape_vec((1, 5), gradient.to_vec()).unwrap();
        let apart = relative_error(&analytic, &numeric);
        // At δ = 1e-3 a step may carry a residual over the bend.
        assert!(apart < if delta < 1.0 { 1e2 * GRADIENT } else { GRADIENT }, "{delta}: {apart:e}");
    }
}

#[test]
fn a_power_law_with_a_floor_and_a_valley() {
    let oracle = oracle();
    let case = &oracle["frontier"];
    let law = fit_power_with_floor(&points(case));
    assert!(apart(law.floor, number(case, "floor")) < FIT_CONSTANTS, "{law:?}");
    assert!(apart(law.at(1e24), number(case, "at_1e24")) < FIT_CONSTANTS);
    assert!(apart(fit_power(&points(case)).at(1e24), number(case, "pure_at_1e24")) < ORACLE_F64);
    let case = &oracle["valley"];
    let floor = valley_floor(&points(case)).unwrap();
    assert!(
        apart(floor.n, number(case, "n")) < ORACLE_F64
            && apart(floor.loss, number(case, "loss")) < ORACLE_F64
    );
    // A hill has no floor.
    assert_eq!(valley_floor(&[(1.0, 1.0), (2.0, 2.0), (4.0, 1.0)]), None);
}

#[test]
fn without_noise_the_law_comes_back() {
    for law in [BESIROGLU, HOFFMANN] {
        let found = fit(&law.draw_runs(30, 0.0, 5, "exact")).unwrap();
        let best = |law: &Law| law.optimum(5.76e23).unwrap().n;
        assert!(apart(found.law.e, law.e) < FIT_CONSTANTS, "{found:?}");
        assert!(apart(best(&found.law), best(&law)) < FIT_CONSTANTS * 10.0, "{found:?}");
    }
}

#[test]
fn the_number_of_threads_changes_no_bit() {
    let runs = BESIROGLU.draw_runs(25, 0.01, 5, "threads");
    let all = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let found = fit(&runs).unwrap();
            (found, bootstrap(&runs, &found.law, 12, 3).unwrap())
        })
    };
    assert_eq!(all(1), all(3));
}

#[test]
fn the_bootstrap_holds_the_truth_and_leaves_out_what_says_nothing() {
    let runs = BESIROGLU.draw_runs(100, 0.005, 11, "interval");
    let resampled = bootstrap(&runs, &fit(&runs).unwrap().law, 100, 1).unwrap();
    let (low, high) = resampled.interval(|law| law.beta).unwrap();
    assert!(low < BESIROGLU.beta && BESIROGLU.beta < high, "{low} {high}");
    assert_eq!((resampled.laws.len(), resampled.left_out), (100, 0));
    // Six runs: many resamples have two sizes only.
    let few = BESIROGLU.draw_runs(6, 0.0, 11, "few");
    let resampled = bootstrap(&few, &BESIROGLU, 200, 1).unwrap();
    assert_eq!(resampled.laws.len() + resampled.left_out, 200);
    assert!(resampled.left_out > 0);
    assert_eq!(bootstrap(&few, &BESIROGLU, 0, 1).unwrap().interval(|law| law.e), None);
}

#[test]
fn a_law_without_a_lowest_point_wants_no_size_or_every() {
    let c = 1e21;
    for (alpha, beta) in [(0.3, 0.2), (-0.3, -0.2), (-0.2, 0.3), (0.3, -0.2), (0.0, 0.3)] {
        let law = Law { alpha, beta, ..BESIROGLU };
        let loss = |n: f64| law.loss(n, c / (6.0 * n));
        let wanted = law.wanted_size(c).unwrap();
        if wanted.is_normal() {
            assert!(loss(wanted) < loss(wanted * 2.0) && loss(wanted) < loss(wanted / 2.0), "{law:?}");
        } else {
            assert_eq!(wanted == 0.0, loss(1e8) < loss(1e9), "{law:?}");
        }
    }
    // Factors beyond what a number holds leave the size what it is.
    let runs = BESIROGLU.draw_runs(40, 0.001, 3, "factors");
    let found = fit(&runs).unwrap();
    assert!(apart(found.wanted_size(c), found.law.wanted_size(c).unwrap()) < ORACLE_F64);
}

#[test]
fn resamples_that_want_ever_smaller_models_count_in_the_interval() {
    let mut seen = [false; 2];
    for seed in 1..=8 {
        let runs = BESIROGLU.draw_runs(12, 0.1, seed, "smaller");
        let resampled = bootstrap(&runs, &fit(&runs).unwrap().law, 100, seed).unwrap();
        let smaller = resampled.laws.iter().filter(|law| law.alpha <= 0.0 && law.beta > 0.0).count();
        let (low, _) = resampled.wanted_sizes(1e21).unwrap();
        assert!((smaller < 4 || low == 0.0) && (smaller > 0 || low > 0.0), "{seed}: {smaller}, {low}");
        seen[usize::from(low == 0.0)] = true;
    }
    assert_eq!(seen, [true; 2]);
}

#[test]
fn runs_that_cannot_be_fitted_are_refused() {
    let run = |n: f64, d: f64| Run { n, d, loss: BESIROGLU.loss(n, d) };
    let good = BESIROGLU.draw_runs(8, 0.0, 1, "good");
    let with = |bad: Run| [&good[..], &[bad]].concat();
    for (bad, size) in [
        (Run { n: 0.0, ..good[0] }, Size::Parameters),
        (Run { d: f64::INFINITY, ..good[0] }, Size::Tokens),
        (Run { loss: -2.0, ..good[0] }, Size::Loss),
        (Run { loss: f64::NAN, ..good[0] }, Size::Loss),
    ] {
        let error = fit(&with(bad)).unwrap_err();
        assert!(
            matches!(error, ScalingError::BadRun { run: 9, size: found, .. } if found == size),
            "{error}"
        );
    }
    assert_eq!(check_runs(&good[..5]), Err(ScalingError::TooFewRuns { runs: 5, least: 6 }));
    let one_budget: Vec<Run> = (0..8).map(|i| 1e9 * 2_f64.powi(i)).map(|n| run(n, 1e21 / n)).collect();
    assert_eq!(check_runs(&one_budget), Err(ScalingError::OneLine));
    let two: Vec<Run> = (1..=8).map(|i| run(1e10, 1e9 * f64::from(1 + i % 2))).collect();
    assert!(matches!(check_runs(&two), Err(ScalingError::TooFewSizes { distinct: 1, .. })));
    assert!(fit_from(&two, &BESIROGLU).is_err() && bootstrap(&two, &BESIROGLU, 3, 1).is_err());
}
