//! What must hold for all laws, lengths, tests and examples.

use concepts::emergence::{
    Examples, Items, LinearAttention, Metric, PowerLaw, Score, Test, WEI_2022, clopper_pearson, compare,
    divergence, expected_error_after_one_step, items_needed, log_likelihood, reads_zero, smooth_fit,
    step_fit, step_size, tail_at_least,
};
use concepts::numerics::statistics::{mean, proportion_interval, variance};
use concepts::numerics::tolerance::{CLIMBED, EXACT_F64, ORACLE_F64, STEEPEST};
use concepts::numerics::{max_difference, normal, rng};
use ndarray::Array1;
use proptest::prelude::*;

use crate::support::same_cases;

fn items() -> impl Strategy<Value = Items> {
    prop_oneof![Just(Items::Alike), Just(Items::Mixed)]
}

fn scores() -> impl Strategy<Value = Vec<Score>> {
    let row = (0..6u32, 0.0..1.0f64, 1..2000u64).prop_map(|(decade, share, total)| Score {
        size: 1e7 * 10f64.powi(decade as i32),
        correct: (share * total as f64) as u64,
        total,
    });
    prop::collection::vec(row, 2..7)
        .prop_filter("two sizes", |rows| rows.iter().any(|r| r.size != rows[0].size))
}

proptest! {
    #![proptest_config(same_cases(200))]

    #[test]
    fn a_longer_answer_is_the_same_curve_shifted(
        scale in 1e3..1e9f64, exponent in 0.05..1.5f64, tokens in 1usize..5000, size in 1e6..1e12f64, items in items(),
    ) {
        let law = PowerLaw::new(scale, exponent).unwrap();
        // L tokens at L^(1/α) times the size are worth one token at the size.
        let shifted = size * (tokens as f64).powf(1.0 / exponent);
        let [long, one] = [law.exact_match(shifted, tokens, items), law.exact_match(size, 1, items)];
        prop_assert!((long - one).abs() < ORACLE_F64, "{} and {}", long, one);
        let at = |score| law.size_for(score, tokens, items).unwrap();
        let width = (at(0.9) / at(0.1)).log10();
        prop_assert!((width - law.decades_between(0.1, 0.9, items).unwrap()).abs() < ORACLE_F64 * width);
        let half = law.exact_match(at(0.5), tokens, items);
        prop_assert!((half - 0.5).abs() < ORACLE_F64);
    }

    #[test]
    fn the_steepest_rise_is_where_the_differences_say(exponent in 0.05..1.5f64, tokens in 1usize..500, items in items()) {
        let law = PowerLaw::new(1e6, exponent).unwrap();
        let middle = law.size_for(0.5, tokens, items).unwrap().log10();
        const STEP: f64 = 1e-3;
        let slope = |x: f64| {
            let at = |x: f64| law.exact_match(10f64.powf(x), tokens, items);
            (at(x + STEP) - at(x - STEP)) / (2.0 * STEP)
        };
        let steepest = (-2000..2000).map(|i| slope(middle + f64::from(i) * 1e-3 / exponent)).fold(0.0, f64::max);
        prop_assert!((steepest / law.steepest(items) - 1.0).abs() < STEEPEST, "{}", steepest);
    }

    #[test]
    fn larger_models_are_better_by_every_metric(
        tokens in 1usize..50, options in 2usize..9, waver in 0.05..2.0f64, items in items(), size in 1e7..1e11f64,
    ) {
        let (law, test) = (PowerLaw::new(2e7, 0.35).unwrap(), Test::new(tokens, options, waver, items).unwrap());
        for metric in Metric::ALL {
            let [small, large] = [size, 3.0 * size].map(|size| test.expected(metric, &law, size));
            let better = if metric.falls() { small - large } else { large - small };
            // A grade may have reached 1 at both sizes.
            prop_assert!(better > 0.0 || (metric == Metric::MultipleChoice && small > 0.999), "{:?} {} {}", metric, small, large);
        }
    }

    #[test]
    fn intervals_hold_their_share_and_their_level(n in 1u64..5000, share in 0.0..1.0f64, level in 0.5..0.999f64) {
        let k = (share * n as f64) as u64;
        let (low, high) = clopper_pearson(k, n, level).unwrap();
        let found = k as f64 / n as f64;
        prop_assert!(0.0 <= low && low <= found && found <= high && high <= 1.0);
        let tail = (1.0 - level) / 2.0;
        prop_assert!(k == 0 || (tail_at_least(k, n, low) / tail - 1.0).abs() < CLIMBED);
        prop_assert!(k == n || ((1.0 - tail_at_least(k + 1, n, high)) / tail - 1.0).abs() < CLIMBED);
        // Wilson at 95 % is never far: within the exact one, or over its end by less than 1/n.
        let (wilson, exact) = (proportion_interval(k as usize, n as usize, 1.959_964), clopper_pearson(k, n, 0.95).unwrap());
        let over = 1.0 / n as f64;
        prop_assert!(wilson.0 >= exact.0 - over && wilson.1 <= exact.1 + over, "{:?} {:?}", wilson, exact);
    }

    #[test]
    fn what_is_needed_is_enough_and_one_less_is_not(score in 1e-9..0.9f64, confidence in 0.5..0.999f64) {
        let needed = items_needed(score, confidence).unwrap();
        prop_assert!(1.0 - reads_zero(score, needed as u64) >= confidence - EXACT_F64);
        prop_assert!(needed < 2.0 || 1.0 - reads_zero(score, needed as u64 - 1) < confidence + EXACT_F64);
    }

    #[test]
    fn the_fitted_laws_are_the_best_of_their_kind(rows in scores(), other in 0.0..2.0f64, shift in -3.0..3.0f64) {
        let found = smooth_fit(&rows, 0.0).unwrap();
        let of = |law: &dyn Fn(f64) -> f64| -> f64 {
            rows.iter().map(|row| log_likelihood(row.correct, row.total, law(row.size))).sum()
        };
        let middle = 1e9f64.ln();
        let any = |size: f64| (-(shift - other * (size.ln() - middle)).exp()).exp();
        prop_assert!(found.log_likelihood >= of(&any) - CLIMBED, "{} and {}", found.log_likelihood, of(&any));
        prop_assert!((found.log_likelihood - of(&|size| found.at(size))).abs() < CLIMBED * found.log_likelihood.abs().max(1.0));
        prop_assert!(found.interval.0 <= found.exponent && found.exponent <= found.interval.1);
        let step = step_fit(&rows).unwrap();
        let flat = mean(&rows.iter().map(Score::share).collect::<Vec<_>>());
        prop_assert!(step.log_likelihood >= of(&|_| flat) - CLIMBED);
        prop_assert!(step.low <= step.high);
    }

    #[test]
    fn layers_are_steps_of_descent(n in 1usize..30, d in 1usize..6, steps in 1usize..8, seed in 0u64..1000) {
        let mut rng = rng(seed, "layers are steps");
        let (x, query) = (normal((n, d), 1.0, &mut rng), normal((1, d), 1.0, &mut rng));
        let y: Array1<f64> = normal((1, n), 1.0, &mut rng).row(0).to_owned();
        let examples = Examples::new(x, y).unwrap();
        let step = step_size(n, d);
        let answer = examples.descend(step, steps).unwrap().dot(&query.row(0));
        let by_layers = examples.by_layers(query.row(0), step, steps).unwrap();
        prop_assert!((answer - by_layers).abs() < ORACLE_F64 * answer.abs().max(1.0));
        // Keys and values summed up first give the same tokens.
        let tokens = examples.with_question(query.row(0)).unwrap();
        let layer = LinearAttention::gradient_step(d, step).unwrap();
        let [twin, fast] = [layer.forward(tokens.view(), n), layer.forward_by_state(tokens.view(), n)].map(Result::unwrap);
        prop_assert!(max_difference(&twin, &fast) < EXACT_F64);
    }
}

#[test]
fn numbers_that_are_none_pass_through_both_forms_of_a_layer() {
    let layer = LinearAttention::gradient_step(2, 0.1).unwrap();
    for strange in [f64::NAN, f64::INFINITY, 1e200] {
        let mut tokens = normal((4, 3), 1.0, &mut rng(7, "strange tokens"));
        tokens[[1, 0]] = strange;
        let [a, b] =
            [layer.forward(tokens.view(), 3), layer.forward_by_state(tokens.view(), 3)].map(Result::unwrap);
        let hidden = |x: &ndarray::Array2<f64>| x.iter().filter(|v| !v.is_finite()).count();
        assert!(hidden(&a) > 0 || strange == 1e200, "{strange} is hidden");
        assert_eq!(hidden(&a) == 0, hidden(&b) == 0, "{strange}");
    }
}

#[test]
fn one_layer_leaves_the_share_of_the_error_that_the_formula_says() {
    const TASKS: usize = 4000;
    for (n, d) in [(1, 1), (4, 3), (20, 5), (40, 8)] {
        let mut rng = rng(7, &format!("one layer {n} {d}"));
        let left: Vec<f64> = (0..TASKS)
            .map(|_| {
                let (x, w) = (normal((n, d), 1.0, &mut rng), normal((1, d), 1.0, &mut rng).row(0).to_owned());
                let y = x.dot(&w);
                let found = Examples::new(x, y).unwrap().descend(step_size(n, d), 1).unwrap();
                (&found - &w).mapv(|v| v * v).sum() / d as f64
            })
            .collect();
        let error = (variance(&left) / TASKS as f64).sqrt();
        let want = expected_error_after_one_step(n, d);
        assert!((mean(&left) - want).abs() < 4.0 * error, "{n} {d}: {} ± {error}, not {want}", mean(&left));
    }
}

#[test]
fn evidence_follows_the_world_that_made_the_scores() {
    let sizes = [1e7, 1e8, 1e9, 1e10, 1e11, 1e12];
    let of = |law: &dyn Fn(f64) -> f64, total: u64| {
        let row = |size| Score { size, correct: (law(size) * total as f64).round() as u64, total };
        compare(&sizes.map(row), 0.0).unwrap()
    };
    let smooth = |size: f64| (-(3e10 / size).powf(0.35)).exp();
    let step = |size: f64| if size < 5e9 { 0.02 } else { 0.7 };
    assert!(of(&smooth, 10_000).evidence < -3.0);
    assert!(of(&step, 10_000).evidence > 3.0);
    // With so few questions neither is shown, and the factor says how many would do.
    let few = of(&smooth, 4);
    assert!(few.evidence.abs() < 3.0 && few.factor_if_smooth.is_finite(), "{few:?}");
    let enough = (4.0 * few.factor_if_smooth.max(1.0) * 3.0).ceil() as u64;
    assert!(of(&smooth, enough).evidence < -3.0, "{enough}");
    assert!(divergence(0.2, 0.3) > 0.0 && divergence(1.0, 0.0).is_infinite());
}

#[test]
fn two_sizes_cannot_tell_a_step_from_a_smooth_law() {
    let score = |size, correct| Score { size, correct, total: 100 };
    let found = compare(&[score(1e9, 30), score(1e10, 50)], 0.0).unwrap();
    assert!(found.evidence <= 0.0 && found.factor_if_smooth.is_infinite(), "{found:?}");
}

#[test]
fn the_published_table_is_whole() {
    assert_eq!(WEI_2022.len(), 22);
    let below = WEI_2022.iter().filter(|row| row.parameters < 1e10).count();
    assert_eq!(below, 4);
    assert!(WEI_2022.iter().all(|row| row.flops > 1e19 && row.parameters >= 4e7));
    // 6 N D with D from 20 to 2000 billion tokens, and for 40M of LaMDA more: the two columns belong together.
    for row in &WEI_2022 {
        let tokens = row.flops / (6.0 * row.parameters);
        assert!((1e10..5e12).contains(&tokens), "{}: {tokens:e}", row.ability);
    }
}
