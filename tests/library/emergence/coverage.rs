//! Do the intervals hold the truth as often as they say?

use concepts::emergence::{Items, PowerLaw, Score, clopper_pearson, draw_correct, ln_choose, smooth_fit};
use concepts::numerics::rng;
use concepts::numerics::statistics::proportion_interval;

/// `P(k of n)`
fn probability(k: u64, n: u64, p: f64) -> f64 {
    (ln_choose(n, k) + k as f64 * p.ln() + (n - k) as f64 * (-p).ln_1p()).exp()
}

/// How often an interval holds the share, over every possible reading.
fn coverage(n: u64, p: f64, interval: impl Fn(u64) -> (f64, f64)) -> f64 {
    let holds = |k: &u64| {
        let (low, high) = interval(*k);
        (low..=high).contains(&p)
    };
    (0..=n).filter(holds).map(|k| probability(k, n, p)).sum()
}

#[test]
fn the_exact_interval_covers_every_share_and_wilson_not_quite() {
    let shares = || (1..200).map(|i| f64::from(i) / 200.0);
    for n in [1, 5, 30, 100] {
        let exact = |k| clopper_pearson(k, n, 0.95).unwrap();
        let least = shares().map(|p| coverage(n, p, exact)).fold(1.0, f64::min);
        assert!(least >= 0.95, "{n}: {least}");
    }
    let wilson = |k: u64| proportion_interval(k as usize, 30, 1.959_963_984_540_054);
    let least = shares().map(|p| coverage(30, p, wilson)).fold(1.0, f64::min);
    assert!(least < 0.95 && least > 0.8, "{least}");
}

#[test]
fn the_interval_of_the_exponent_holds_the_true_one_as_often_as_it_says() {
    const TESTS: usize = 200;
    const EXPONENT: f64 = 0.35;
    let law = PowerLaw::new(2e7, EXPONENT).unwrap();
    let mut rng = rng(7, "coverage of the exponent");
    let mut holds = || {
        let rows = [1e9, 1e10, 1e11, 1e12].map(|size| {
            let total = 200;
            Score {
                size,
                correct: draw_correct(law.exact_match(size, 30, Items::Alike), total, &mut rng),
                total,
            }
        });
        let (low, high) = smooth_fit(&rows, 0.0).unwrap().interval;
        (low..=high).contains(&EXPONENT)
    };
    let share = (0..TESTS).filter(|_| holds()).count() as f64 / TESTS as f64;
    let error = (0.95 * 0.05 / TESTS as f64).sqrt();
    assert!((share - 0.95).abs() < 4.0 * error, "{share}");
}
