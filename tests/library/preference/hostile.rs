use concepts::numerics::sigmoid;
use concepts::preference::training::{Method, Run, Task, train};
use concepts::preference::{
    Comparisons, PreferenceError, clipped, comparison_loss, fit_bradley_terry, fit_by_iteration, fit_reward,
    group_advantages, optimum,
};
use concepts::preference::{Judged, Spread};
use ndarray::array;

fn fitted(pairs: &[(&str, &str)]) -> String {
    Comparisons::from_names(pairs.iter().copied())
        .and_then(|c| fit_bradley_terry(&c))
        .unwrap_err()
        .to_string()
}

#[test]
fn comparisons_without_a_fit_say_whose_they_are() {
    assert_eq!(Comparisons::from_names([]).unwrap_err(), PreferenceError::NoComparisons);
    assert!(fitted(&[("a", "b"), ("c", "c")]).contains("comparison 2 has c against c"));
    assert!(
        fitted(&[("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")])
            .contains("a, b were never compared with c, d")
    );
    assert!(fitted(&[("a", "b"), ("b", "c"), ("c", "b")]).contains("a never lost to b, c"));
    // A group that beats each other, and is never beaten from outside.
    let group = [("x", "y"), ("y", "z"), ("z", "y"), ("w", "x"), ("x", "w"), ("w", "z")];
    assert!(fitted(&group).contains("x, w never lost to y, z"), "{}", fitted(&group));
    // Who wants comparisons at the other end is named at once.
    assert!(
        fitted(&[("a", "b"), ("a", "c"), ("b", "c")])
            .contains("a never lost to b, c, and c never won against the others")
    );
    assert!(!fitted(&[("a", "b"), ("b", "c"), ("c", "b")]).contains("never won"));
    // A long ladder of lopsided pairs has a fit all the same.
    let ladder: Vec<(usize, usize)> =
        (0..30).flat_map(|i| [(i, i + 1); 40].into_iter().chain([(i + 1, i)])).collect();
    let names: Vec<String> = (0..31).map(|i| format!("p{i}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let fit = fit_bradley_terry(&Comparisons::from_places(&names, &ladder).unwrap()).unwrap();
    assert!(fit.strengths.windows(2).all(|two| (two[0] - two[1] - 40.0_f64.ln()).abs() < 1e-9));
    let made = Comparisons::from_names([("a", "b")]).unwrap();
    assert!(fit_by_iteration(&made, 10).is_err());
    let many: Vec<(String, String)> = (0..9).map(|i| (format!("p{i}"), format!("p{}", i + 1))).collect();
    let made = Comparisons::from_names(many.iter().map(|(a, b)| (a.as_str(), b.as_str()))).unwrap();
    assert!(
        made.can_be_fitted().unwrap_err().to_string().contains("p0 never lost to p1, p2, p3, p4, p5, p6, …")
    );
}

#[test]
fn settings_without_an_answer_are_refused() {
    let of =
        |reference: &[f64], rewards: &[f64], beta| optimum(reference, rewards, beta).unwrap_err().to_string();
    assert!(of(&[0.5, 0.5], &[0.0, 1.0], 0.0).contains("beta is 0"));
    assert!(of(&[0.5, 0.5], &[0.0, 1.0], f64::NAN).contains("beta is NaN"));
    assert!(of(&[0.5, 0.5], &[0.0, f64::NAN], 1.0).contains("reward of answer 2 is NaN"));
    assert!(of(&[0.5, 0.0], &[0.0, 1.0], 1.0).contains("answer 2 the probability 0"));
    assert!(of(&[0.5, 0.5], &[0.0], 1.0).contains("1 rewards for 2 answers"));
    let task = Task { reference: &[0.5, 0.5], rewards: &[0.0, f64::INFINITY], beta: 1.0 };
    let run = Run { steps: 1, group: 2, epsilon: 0.2, epochs: 1, rate: 1.0 };
    assert!(train(Method::Ppo, task, run, &mut concepts::numerics::rng(1, "hostile")).is_err());
}

#[test]
fn extremes_stay_finite() {
    assert_eq!((sigmoid(-800.0), sigmoid(800.0)), (0.0, 1.0));
    assert_eq!((comparison_loss(-1e300), comparison_loss(1e300)), (1e300, 0.0));
    assert!(comparison_loss(f64::NAN).is_nan() && sigmoid(f64::NAN).is_nan());
    let sharp = optimum(&[0.5, 0.5], &[0.0, 1.0], 1e-300).unwrap();
    assert_eq!(sharp.policy, [0.0, 1.0]);
    let flat = optimum(&[0.25, 0.75], &[-1e300, 1.0], 1e308).unwrap();
    assert!(flat.policy.iter().all(|p| p.is_finite()));
    assert_eq!(group_advantages(&[0.1; 7], Spread::Population, 0.0), [0.0; 7]);
    assert_eq!(clipped(f64::INFINITY, 1.0, 0.2).slope, 0.0);
    // One feature decides every comparison: without a ridge the weight has no end.
    let judged = [Judged { first: 0, second: 1, preferred: 1.0 }];
    assert!(fit_reward(&array![[1.0], [0.0]], &judged, 0.0).is_err());
    assert!(fit_reward(&array![[1.0], [0.0]], &judged, 1e-6).unwrap()[0].is_finite());
    assert_eq!(fit_reward(&array![[1.0]], &[], 1.0).unwrap_err(), PreferenceError::NoComparisons);
    // Two players, a hundred thousand wins to one.
    let lopsided: Vec<(usize, usize)> = (0..100_000).map(|_| (0, 1)).chain([(1, 0)]).collect();
    let fit = fit_bradley_terry(&Comparisons::from_places(&["a", "b"], &lopsided).unwrap()).unwrap();
    assert!(
        (fit.strengths[0] - fit.strengths[1] - 1e5_f64.ln()).abs()
            < concepts::numerics::tolerance::ORACLE_F64
    );
}
