//! `tests/fixtures/preference/make.py` says where the numbers come from.

use concepts::numerics::softmax::log_softmax;
use concepts::numerics::tolerance::{EXACT_F64, FLAT_MINIMUM, ORACLE_F64};
use concepts::preference::{
    Comparisons, Estimator, Judged, PairLogs, Policy, Spread, clipped, dpo, fit_bradley_terry, fit_reward,
    forward_kl_gradient, gae, group_advantages, ipo, negative_log_likelihood, reverse_kl_gradient,
    reward_loss,
};
use ndarray::{Array1, Array2};
use serde_json::Value;

use super::off;

fn torch() -> Value {
    serde_json::from_str(include_str!("../../fixtures/preference/torch.json")).unwrap()
}

fn scipy() -> Value {
    serde_json::from_str(include_str!("../../fixtures/preference/scipy.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).unwrap()
}

fn rows(value: &Value) -> Vec<Vec<f64>> {
    serde_json::from_value(value.clone()).unwrap()
}

fn cases(of: &Value) -> &Vec<Value> {
    of.as_array().unwrap()
}

#[test]
fn losses_over_pairs_are_pytorchs() {
    for case in cases(&torch()["pairs"]) {
        let (beta, smoothing) = (case["beta"].as_f64().unwrap(), case["smoothing"].as_f64().unwrap());
        let logs: Vec<PairLogs> = rows(&case["logs"])
            .iter()
            .map(|r| PairLogs { winner: r[0], loser: r[1], reference_winner: r[2], reference_loser: r[3] })
            .collect();
        let dpo: Vec<_> = logs.iter().map(|&l| dpo(l, beta, smoothing)).collect();
        let ipo: Vec<_> = logs.iter().map(|&l| ipo(l, beta)).collect();
        for (name, found) in [("dpo", dpo), ("ipo", ipo)] {
            let gradient = rows(&case[format!("{name}_gradient")]);
            let losses: Vec<f64> = found.iter().map(|f| f.loss).collect();
            let slopes: Vec<f64> = found.iter().map(|f| f.by_winner).collect();
            let opposite: Vec<f64> = slopes.iter().map(|s| -s).collect();
            assert!(off(&losses, &numbers(&case[name])) < ORACLE_F64);
            assert!(off(&slopes, &gradient[0]) < ORACLE_F64);
            assert!(off(&opposite, &gradient[1]) < ORACLE_F64);
        }
    }
}

#[test]
fn the_clip_is_pytorchs() {
    let mut cut = 0;
    for case in cases(&torch()["clips"]) {
        let of = |name: &str| numbers(&case[name]);
        let (old, new, advantage) = (of("old"), of("new"), of("advantage"));
        let epsilon = case["epsilon"].as_f64().unwrap();
        for i in 0..old.len() {
            let ratio = (new[i] - old[i]).exp();
            let found = clipped(ratio, advantage[i], epsilon);
            cut += usize::from(found.slope == 0.0);
            assert!((-found.value - of("loss")[i]).abs() < EXACT_F64);
            assert!((-found.slope * ratio - of("gradient")[i]).abs() < EXACT_F64);
        }
    }
    assert!(cut > 3, "the cases must be on both sides of the clip");
}

#[test]
fn groups_are_pytorchs() {
    for case in cases(&torch()["groups"]) {
        let of = |name: &str| numbers(&case[name]);
        let (rewards, reference) = (of("rewards"), of("reference"));
        let answers: Vec<usize> = serde_json::from_value(case["answers"].clone()).unwrap();
        let beta = case["beta"].as_f64().unwrap();
        let advantages = group_advantages(&rewards, Spread::Sample, 1e-4);
        assert!(off(&advantages, &of("advantages")) < EXACT_F64);
        assert!(off(&group_advantages(&rewards, Spread::Population, 0.0), &of("population")) < EXACT_F64);

        let logits = Array1::from_vec(of("logits"));
        let logs = log_softmax(logits.view());
        let mut weights = vec![0.0; logits.len()];
        let mut loss = 0.0;
        for (&y, advantage) in answers.iter().zip(&advantages) {
            let ratio = reference[y] - logs[y];
            let n = answers.len() as f64;
            loss -= (advantage - beta * Estimator::K3.value(ratio)) / n;
            weights[y] -= (advantage - beta * Estimator::K3.slope(ratio)) / n;
        }
        let k3: Vec<f64> = answers.iter().map(|&y| Estimator::K3.value(reference[y] - logs[y])).collect();
        assert!(off(&k3, &of("k3")) < EXACT_F64);
        assert!((loss - case["loss"].as_f64().unwrap()).abs() < EXACT_F64);
        // A step of rate 1 is the gradient.
        let mut policy = Policy::from_probabilities(&logs.mapv(f64::exp).to_vec());
        let before = policy.logs();
        policy.ascend(&weights, 1.0);
        let moved: Vec<f64> = policy.logs().iter().zip(&before).map(|(a, b)| a - b).collect();
        // Logs are logits up to a constant; the gradient by logits sums to 0.
        let mean = moved.iter().sum::<f64>() / moved.len() as f64;
        let gradient: Vec<f64> = moved.iter().map(|m| m - mean).collect();
        assert!(off(&gradient, &of("gradient")) < ORACLE_F64);
    }
}

#[test]
fn gradients_of_divergences_are_pytorchs() {
    for case in cases(&torch()["divergences"]) {
        let logits = Array1::from_vec(numbers(&case["logits"]));
        let policy = log_softmax(logits.view()).mapv(f64::exp).to_vec();
        let reference: Vec<f64> = numbers(&case["reference"]).iter().map(|l| l.exp()).collect();
        assert!(off(&reverse_kl_gradient(&policy, &reference), &numbers(&case["reverse"])) < EXACT_F64);
        assert!(off(&forward_kl_gradient(&policy, &reference), &numbers(&case["forward"])) < EXACT_F64);
        for (k, name) in Estimator::ALL.into_iter().zip(["k1", "k2", "k3"]) {
            assert!(
                off(&k.gradient_in_loss(&policy, &reference), &numbers(&case[name])) < EXACT_F64,
                "{name}"
            );
        }
    }
}

#[test]
fn advantages_are_the_loops() {
    for case in cases(&torch()["advantages"]) {
        let (gamma, lambda) = (case["gamma"].as_f64().unwrap(), case["lambda"].as_f64().unwrap());
        let found = gae(&numbers(&case["rewards"]), &numbers(&case["values"]), gamma, lambda);
        assert!(off(&found, &numbers(&case["advantages"])) < EXACT_F64);
    }
}

#[test]
fn strengths_and_their_errors_are_scipys() {
    for case in cases(&scipy()["bradley_terry"]) {
        let n = case["players"].as_u64().unwrap() as usize;
        let names: Vec<String> = (0..n).map(|i| i.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let pairs: Vec<(usize, usize)> = serde_json::from_value(case["pairs"].clone()).unwrap();
        let made = Comparisons::from_places(&names, &pairs).unwrap();
        let fit = fit_bradley_terry(&made).unwrap();
        assert!(off(&fit.strengths, &numbers(&case["strengths"])) < FLAT_MINIMUM);
        let errors: Vec<f64> = (0..n).map(|i| fit.error(i)).collect();
        assert!(off(&errors, &numbers(&case["errors"])) < FLAT_MINIMUM);
        let loss = negative_log_likelihood(&fit.strengths, &made);
        assert!((loss - case["loss"].as_f64().unwrap()).abs() < ORACLE_F64 * loss);
    }
}

#[test]
fn reward_models_are_scipys() {
    for case in cases(&scipy()["reward_models"]) {
        let x = rows(&case["features"]);
        let features = Array2::from_shape_fn((x.len(), x[0].len()), |(i, j)| x[i][j]);
        let judged: Vec<Judged> = rows(&case["judged"])
            .iter()
            .map(|j| Judged { first: j[0] as usize, second: j[1] as usize, preferred: j[2] })
            .collect();
        let ridge = case["ridge"].as_f64().unwrap();
        let weights = fit_reward(&features, &judged, ridge).unwrap();
        assert!(off(&weights.to_vec(), &numbers(&case["weights"])) < FLAT_MINIMUM);
        let loss = reward_loss(weights.view(), &features, &judged, ridge);
        assert!((loss - case["loss"].as_f64().unwrap()).abs() < ORACLE_F64);
    }
}
