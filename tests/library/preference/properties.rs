use concepts::numerics::tolerance::{DIFFERENCE_STEP, EXACT_F64, FLAT_MINIMUM, GRADIENT, ORACLE_F64};
use concepts::numerics::{central_difference, relative_error, rng, sigmoid};
use concepts::preference::{
    Comparisons, Estimator, Judged, Policy, best_of, best_of_bound, bits_of_comparison, bits_of_ranking,
    clipped, fit_bradley_terry, fit_by_iteration, forward_optimum, gae, gae_by_returns, gae_by_sum,
    group_advantages, kl, leave_one_out, likelihood_gradient, negative_log_likelihood, objective,
    only_clipped, optimum, reward_gradient, reward_loss,
};
use concepts::preference::{Spread, draw};
use ndarray::{Array1, Array2, array};
use proptest::prelude::*;
use rand::Rng;

use super::{distribution, off};

fn round_robin() -> Comparisons {
    let pairs = [(0, 1), (1, 0), (0, 1), (1, 2), (2, 0), (0, 2), (0, 3), (3, 1), (2, 3), (3, 2), (1, 2)];
    Comparisons::from_places(&["a", "b", "c", "d"], &pairs).unwrap()
}

#[test]
fn the_gradient_of_the_likelihood_is_that_of_differences() {
    let made = round_robin();
    let at = array![[0.3, -1.0, 2.0, 0.1]];
    let tried =
        central_difference(|r| negative_log_likelihood(r.as_slice().unwrap(), &made), &at, DIFFERENCE_STEP);
    let found = Array2::from_shape_vec((1, 4), likelihood_gradient(at.as_slice().unwrap(), &made)).unwrap();
    assert!(relative_error(&found, &tried) < GRADIENT);
}

#[test]
fn newton_and_zermelo_agree() {
    let made = round_robin();
    let fit = fit_bradley_terry(&made).unwrap();
    assert!(off(&fit.strengths, &fit_by_iteration(&made, 5000).unwrap()) < ORACLE_F64);
    // The covariance has no part along the direction in which all strengths move alike.
    assert!(fit.covariance.sum().abs() < EXACT_F64);
}

/// 600 comparisons of six players of strengths within ±1.2.
fn drawn(seed: u64) -> Comparisons {
    let mut generator = rng(seed, "comparisons");
    let strengths: Vec<f64> = (0..6).map(|_| generator.random_range(-1.2..1.2)).collect();
    let mut pair = || {
        let i = generator.random_range(0..6);
        let j = (i + generator.random_range(1..6)) % 6;
        let first = generator.random_bool(sigmoid(strengths[i] - strengths[j]));
        if first { (i, j) } else { (j, i) }
    };
    let pairs: Vec<(usize, usize)> = (0..600).map(|_| pair()).collect();
    Comparisons::from_places(&["a", "b", "c", "d", "e", "f"], &pairs).unwrap()
}

#[test]
fn ordinary_comparisons_have_a_fit() {
    for seed in 0..200 {
        let made = drawn(seed);
        let fit = fit_bradley_terry(&made).unwrap_or_else(|error| panic!("{seed}: {error}"));
        let left =
            likelihood_gradient(&fit.strengths, &made).into_iter().fold(0.0, |m: f64, g| m.max(g.abs()));
        assert!(left < ORACLE_F64, "{seed}: a gradient of {left:e} is left");
    }
}

#[test]
fn the_gradient_of_the_reward_model_is_that_of_differences() {
    let features = array![[1.0, 0.2], [-0.3, 1.0], [0.5, -2.0]];
    let judged =
        [Judged { first: 0, second: 1, preferred: 1.0 }, Judged { first: 2, second: 1, preferred: 0.25 }];
    let at = array![[0.4, -0.7]];
    let loss = |w: &Array2<f64>| reward_loss(w.row(0), &features, &judged, 0.1);
    let found = reward_gradient(at.row(0), &features, &judged, 0.1);
    let found = Array2::from_shape_vec((1, 2), found.to_vec()).unwrap();
    assert!(relative_error(&found, &central_difference(loss, &at, DIFFERENCE_STEP)) < GRADIENT);
}

#[test]
fn the_clip_loses_two_of_four_without_its_minimum() {
    for (ratio, advantage, kept, without) in
        [(0.5, 1.0, 1.0, 0.0), (1.5, 1.0, 0.0, 0.0), (0.5, -1.0, 0.0, 0.0), (1.5, -1.0, -1.0, 0.0)]
    {
        assert_eq!(clipped(ratio, advantage, 0.2).slope, kept);
        assert_eq!(only_clipped(ratio, advantage, 0.2).slope, without);
    }
}

#[test]
fn one_wrong_answer_of_eight() {
    let rewards = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0];
    let last = |spread| group_advantages(&rewards, spread, 0.0)[7];
    assert!((last(Spread::Population) + 7.0_f64.sqrt()).abs() < EXACT_F64); // −2.65
    assert!((last(Spread::Sample) + 7.0 / 8.0_f64.sqrt()).abs() < EXACT_F64); // −2.47
}

#[test]
fn best_of_is_the_distribution_of_a_maximum() {
    let (reference, scores) = ([0.1, 0.4, 0.3, 0.2], [0.5_f64, 2.0, -1.0, 2.0]);
    let mut generator = rng(5, "best of");
    let weights = Array1::from_vec(reference.to_vec());
    let draws = 40_000;
    let mut counts = [0.0; 4];
    for _ in 0..draws {
        let seen: Vec<usize> = (0..3).map(|_| draw(weights.view(), &mut generator)).collect();
        let best = *seen.iter().rev().max_by(|&&a, &&b| scores[a].total_cmp(&scores[b])).unwrap();
        counts[best] += 1.0 / f64::from(draws);
    }
    // Four standard errors of a share of at most a half.
    assert!(off(&best_of(&reference, &scores, 3), &counts) < 4.0 * 0.5 / f64::from(draws).sqrt());
}

#[test]
fn a_large_vocabulary_reaches_the_bound_of_best_of_n() {
    let n = 4000;
    let reference = vec![1.0 / n as f64; n];
    let scores: Vec<f64> = (0..n).map(|i| i as f64).collect();
    for k in [2, 4, 16, 64] {
        let exact = kl(&best_of(&reference, &scores, k), &reference);
        assert!(exact <= best_of_bound(k) && best_of_bound(k) - exact < 0.01, "{k}: {exact}");
    }
}

#[test]
fn information() {
    assert_eq!(bits_of_comparison(0.5), 1.0);
    assert!((bits_of_ranking(9) - 362_880.0_f64.log2()).abs() < EXACT_F64);
}

proptest! {
    #[test]
    fn no_policy_is_better_than_the_optimum(
        reference in distribution(5),
        other in distribution(5),
        rewards in prop::collection::vec(-3.0..3.0_f64, 5),
        beta in 0.05..5.0_f64,
    ) {
        let best = optimum(&reference, &rewards, beta).unwrap();
        let at = |p: &[f64]| objective(p, &reference, &rewards, beta);
        prop_assert!((at(&best.policy) - best.value).abs() < ORACLE_F64);
        // What another policy has less is exactly the divergence from the optimum.
        let lost = best.value - at(&other);
        prop_assert!((lost - beta * kl(&other, &best.policy)).abs() < ORACLE_F64 * (1.0 + lost));
        // Nor better with the divergence the other way round.
        let forward = forward_optimum(&reference, &rewards, beta).unwrap();
        let of = |p: &[f64]| {
            let earned: f64 = p.iter().zip(&rewards).map(|(p, r)| p * r).sum();
            earned - beta * kl(&reference, p)
        };
        prop_assert!((forward.policy.iter().sum::<f64>() - 1.0).abs() < ORACLE_F64);
        prop_assert!(of(&other) <= forward.value + ORACLE_F64);
    }

    #[test]
    fn estimators_have_the_means_they_are_said_to_have(p in distribution(6), q in distribution(6)) {
        let [k1, _, k3] = Estimator::ALL.map(|k| k.moments(&p, &q).0);
        prop_assert!((k1 - kl(&p, &q)).abs() < EXACT_F64);
        prop_assert!((k3 - kl(&p, &q)).abs() < EXACT_F64);
    }

    #[test]
    fn a_recursion_is_a_sum_is_a_mean_of_returns(
        rewards in prop::collection::vec(-2.0..2.0_f64, 1..12),
        seed in 0_u64..1000,
        gamma in 0.5..1.0_f64,
        lambda in 0.0..=1.0_f64,
    ) {
        let values = concepts::numerics::normal((1, rewards.len() + 1), 1.0, &mut rng(seed, "values"));
        let values = values.into_raw_vec_and_offset().0;
        let found = gae(&rewards, &values, gamma, lambda);
        prop_assert!(off(&found, &gae_by_sum(&rewards, &values, gamma, lambda)) < EXACT_F64);
        prop_assert!(off(&found, &gae_by_returns(&rewards, &values, gamma, lambda)) < EXACT_F64);
    }

    #[test]
    fn the_mean_of_a_group_takes_one_part_in_g(rewards in prop::collection::vec(-2.0..2.0_f64, 2..12)) {
        let share = 1.0 - 1.0 / rewards.len() as f64;
        let of_others: Vec<f64> = leave_one_out(&rewards).iter().map(|a| a * share).collect();
        prop_assert!(off(&group_advantages(&rewards, Spread::One, 0.0), &of_others) < EXACT_F64);
    }

    #[test]
    fn a_step_goes_along_the_gradient_of_the_logarithm(p in distribution(4), answer in 0_usize..4) {
        let mut policy = Policy::from_probabilities(&p);
        let before = policy.logs();
        let weights: Vec<f64> = (0..4).map(|i| f64::from(u8::from(i == answer))).collect();
        policy.ascend(&weights, FLAT_MINIMUM);
        // |∇ ln π(answer)|² is (1 − p)² + Σ of the others' squares
        let square: f64 = (0..4).map(|i| (weights[i] - p[i]).powi(2)).sum();
        let gained = (policy.logs()[answer] - before[answer]) / FLAT_MINIMUM;
        prop_assert!((gained - square).abs() < 1e3 * FLAT_MINIMUM);
    }
}
