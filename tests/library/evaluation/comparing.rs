//! What tests, corrections and curves promise.

use concepts::evaluation::{
    Bootstrap, CurvePoint, Difference, EvaluationError, Interval, common_range, holm, matched_difference,
    matched_values, mean_interval, needed_pairs, sign_flip, surprise_by_position, visible_difference,
};
use concepts::numerics::rng;
use concepts::numerics::statistics::{mean, proportion_interval};
use concepts::numerics::tolerance::EXACT_F64;
use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

fn noise(n: usize, seed: u64) -> Vec<f64> {
    StandardNormal.sample_iter(rng(seed, "noise")).take(n).collect()
}

/// Does the share of `trials` in which something happens fit a probability, within four standard errors?
fn fits(trials: usize, happens: impl Fn(u64) -> bool, probability: f64) -> bool {
    let hits = (0..trials as u64).filter(|&seed| happens(seed)).count();
    let (low, high) = proportion_interval(hits, trials, 4.0);
    low <= probability && probability <= high
}

/// Every choice of signs, one more than the library tries.
fn by_hand(differences: &[f64]) -> f64 {
    let sum = |signs: u32| -> f64 {
        differences.iter().enumerate().map(|(i, d)| if signs >> i & 1 == 1 { -d } else { *d }).sum()
    };
    let all = 1u32 << differences.len();
    let hits = (0..all).filter(|&signs| sum(signs).abs() >= sum(0).abs() - EXACT_F64).count();
    hits as f64 / f64::from(all)
}

#[test]
fn drawn_signs_agree_with_all_of_them() {
    for seed in 0..5 {
        let differences: Vec<f64> = noise(13, seed).iter().map(|x| x + 0.4).collect();
        let (exact, draws) = (by_hand(&differences), 20_000);
        let found = sign_flip(&differences, draws, seed).unwrap();
        assert!(!found.exact && found.tried == draws);
        let (low, high) = proportion_interval((exact * draws as f64).round() as usize, draws, 4.0);
        assert!(low <= found.value && found.value <= high, "{exact} and {found:?}");
    }
    assert_eq!(sign_flip(&noise(70, 1), 99, 5), sign_flip(&noise(70, 1), 99, 5));
}

#[test]
fn chance_alone_is_called_significant_as_often_as_said() {
    // 199 draws: p ≤ 0.1 is rank 20 of 200 or better, a tenth.
    assert!(fits(1_000, |seed| sign_flip(&noise(20, seed), 199, seed).unwrap().value <= 0.1, 0.1));
    // The same with a test that cannot be right: chances are not a tenth if the mean is moved.
    let moved = |seed| -> Vec<f64> { noise(20, seed).iter().map(|x| x + 0.5).collect() };
    assert!(!fits(1_000, |seed| sign_flip(&moved(seed), 199, seed).unwrap().value <= 0.1, 0.1));
}

#[test]
fn none_of_the_draws_is_no_zero() {
    let clear = sign_flip(&[1.0; 30], 199, 7).unwrap();
    assert_eq!((clear.value, clear.at_most), (1.0 / 200.0, true));
    assert_eq!(sign_flip(&[0.0; 30], 199, 7).unwrap().value, 1.0);
    assert_eq!(sign_flip(&[0.0; 3], 199, 7).unwrap().value, 1.0);
    assert_eq!(sign_flip(&[], 9, 7), Err(EvaluationError::Empty));
    assert!(matches!(sign_flip(&[1.0, f64::NAN], 9, 7), Err(EvaluationError::Difference { place: 1, .. })));
    for draws in [0, 10_000_001] {
        assert!(sign_flip(&[1.0], draws, 7).unwrap_err().to_string().contains("resamples"));
    }
}

/// Twenty comparisons without a difference: uncorrected, most families hold a false alarm.
#[test]
fn a_family_of_comparisons_has_few_false_alarms() {
    let family = |seed| -> Vec<f64> {
        let mut random = rng(seed, "p-values of nothing");
        (0..20).map(|_| random.random()).collect()
    };
    let alarm = |p: &[f64]| p.iter().any(|&p| p < 0.05);
    let none = |m: i32, level: f64| (1.0 - level).powi(m);
    assert!(fits(4_000, |seed| alarm(&holm(&family(seed)).unwrap()), 1.0 - none(20, 0.05 / 20.0)));
    assert!(fits(4_000, |seed| alarm(&family(seed)), 1.0 - none(20, 0.05)));
    for p in [-0.1, 1.1, f64::NAN] {
        assert!(matches!(holm(&[0.5, p]), Err(EvaluationError::PValue { place: 1, .. })));
    }
    let adjusted = holm(&[0.5, 0.5, 0.5]).unwrap();
    assert_eq!(adjusted, [1.0; 3]);
}

#[test]
fn with_that_many_pairs_the_difference_is_seen_as_often_as_asked() {
    let (sd, gap) = (2.0, 1.0);
    let n = needed_pairs(sd, gap, 0.95, 0.8).unwrap();
    let seen = |pairs: usize| {
        move |seed| {
            let differences: Vec<f64> = noise(pairs, seed).iter().map(|x| gap + sd * x).collect();
            mean(&differences).abs() * (pairs as f64).sqrt() / sd > 1.959963984540054
        }
    };
    // Rounded up to 32 pairs: Φ(½ √32 − 1.96).
    assert_eq!(n, 32);
    assert!(fits(4_000, seen(n), 0.8074));
    assert!(!fits(4_000, seen(n / 2), 0.8074));
}

#[test]
fn impossible_comparisons_are_refused() {
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(needed_pairs(bad, 1.0, 0.95, 0.8), Err(EvaluationError::NotPositive { .. })));
        assert!(matches!(needed_pairs(1.0, bad, 0.95, 0.8), Err(EvaluationError::NotPositive { .. })));
        assert!(matches!(visible_difference(bad, 9, 0.95, 0.8), Err(EvaluationError::NotPositive { .. })));
    }
    assert!(matches!(needed_pairs(1.0, 1.0, 1.0, 0.8), Err(EvaluationError::Level { .. })));
    for power in [0.0, 0.02, 1.0, f64::NAN] {
        assert!(matches!(needed_pairs(1.0, 1.0, 0.95, power), Err(EvaluationError::Power { .. })));
    }
    assert!(matches!(visible_difference(1.0, 1, 0.95, 0.8), Err(EvaluationError::Count { .. })));
    assert_eq!(needed_pairs(1e200, 1e-200, 0.95, 0.8).unwrap(), usize::MAX);
    assert_eq!(needed_pairs(1e-200, 1e200, 0.95, 0.8).unwrap(), 2);
}

fn curve(points: &[(f64, [f64; 3])]) -> Vec<CurvePoint> {
    points.iter().map(|&(x, y)| CurvePoint { x, y: y.to_vec() }).collect()
}

#[test]
fn between_points_a_curve_is_straight_for_each_prompt() {
    // Given out of order.
    let bent = curve(&[(2.0, [0.0, 9.0, 1.0]), (0.0, [4.0, 1.0, 1.0]), (1.0, [2.0, 1.0, 3.0])]);
    for (at, values) in [
        (0.0, [4.0, 1.0, 1.0]),
        (0.5, [3.0, 1.0, 2.0]),
        (1.0, [2.0, 1.0, 3.0]),
        (1.75, [0.5, 7.0, 1.5]),
        (2.0, [0.0, 9.0, 1.0]),
    ] {
        assert_eq!(matched_values(&bent, at).unwrap(), values);
    }
    let single = curve(&[(1.0, [5.0, 6.0, 7.0])]);
    assert_eq!(matched_values(&single, 1.0).unwrap(), [5.0, 6.0, 7.0]);
    // A neighbour without a number does not spoil a point.
    let hole = curve(&[(0.0, [f64::NAN; 3]), (1.0, [1.0; 3])]);
    assert_eq!(matched_values(&hole, 1.0).unwrap(), [1.0; 3]);
    assert!(matched_values(&hole, 0.5).unwrap()[0].is_nan());
    let wide = curve(&[(-f64::MAX, [0.0; 3]), (f64::MAX, [2.0; 3])]);
    assert_eq!(matched_values(&wide, 0.0).unwrap(), [1.0; 3]);
}

#[test]
fn what_was_not_measured_is_not_guessed() {
    let line = curve(&[(0.0, [0.0; 3]), (1.0, [1.0; 3])]);
    for at in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
        assert!(matches!(matched_values(&line, at), Err(EvaluationError::OffCurve { .. })));
    }
    assert_eq!(matched_values(&[], 0.0), Err(EvaluationError::NoPoints));
    let twice = curve(&[(0.0, [0.0; 3]), (-0.0, [1.0; 3])]);
    assert!(matches!(matched_values(&twice, 0.0), Err(EvaluationError::SamePlace { .. })));
    let nowhere = curve(&[(0.0, [0.0; 3]), (f64::NAN, [1.0; 3])]);
    assert!(matches!(matched_values(&nowhere, 0.0), Err(EvaluationError::NoPlace { point: 1, .. })));
    let mut uneven = line.clone();
    uneven[1].y.pop();
    assert_eq!(matched_values(&uneven, 0.5), Err(EvaluationError::Unpaired { first: 3, second: 2 }));
    let short = [CurvePoint { x: 0.5, y: vec![1.0] }];
    let unpaired = matched_difference(&line, &short, 0.5, &Bootstrap::default());
    assert_eq!(unpaired, Err(EvaluationError::Unpaired { first: 3, second: 1 }));
    assert_eq!(common_range(&[&line, &curve(&[(0.5, [0.0; 3]), (2.0, [0.0; 3])])]), Some((0.5, 1.0)));
    assert_eq!(common_range(&[&line, &[]]), None);
    assert_eq!(common_range(&[]), None);
}

/// Two strategies on one line: at their own settings one looks better, at one place neither is.
#[test]
fn curves_that_are_one_do_not_differ_where_they_are_matched() {
    let prompts = noise(60, 1);
    let point = |x: f64, seed: u64| CurvePoint {
        x,
        y: noise(60, seed).iter().zip(&prompts).map(|(e, p)| 5.0 * p - 3.0 * x + 0.3 * e).collect(),
    };
    let careful = [point(0.0, 2), point(0.4, 3), point(0.8, 4)];
    let bold = [point(0.3, 5), point(0.7, 6), point(1.1, 7)];
    let options = Bootstrap::default();
    let own: Vec<f64> = careful[0].y.iter().zip(&bold[0].y).map(|(a, b)| a - b).collect();
    assert_eq!(mean_interval(&own, &options).unwrap().difference(), Difference::Larger);
    let (low, high) = common_range(&[&careful, &bold]).unwrap();
    for at in [low, 0.5, high] {
        let gap = matched_difference(&careful, &bold, at, &options).unwrap();
        assert_eq!(gap.difference(), Difference::NotShown, "at {at}: {gap:?}");
    }
    // One that is better by 0.5 everywhere is seen.
    let mut better = careful.clone();
    better.iter_mut().flat_map(|point| &mut point.y).for_each(|y| *y += 0.5);
    let gap = matched_difference(&better, &bold, 0.5, &options).unwrap();
    assert_eq!(gap.difference(), Difference::Larger);
}

#[test]
fn surprise_is_the_mean_over_texts_that_reach_a_place() {
    let texts: Vec<Vec<f64>> =
        (0..20).map(|i| noise(10 + i % 4, i as u64).iter().map(|x| -x * x).collect()).collect();
    let texts: Vec<&[f64]> = texts.iter().map(Vec::as_slice).collect();
    let options = Bootstrap { resamples: 200, ..Bootstrap::default() };
    let blocks = surprise_by_position(&texts, 3, &options).unwrap();
    assert_eq!(
        blocks.iter().map(|block| (block.position, block.texts)).collect::<Vec<_>>(),
        [(0, 20), (3, 20), (6, 20), (9, 10)]
    );
    for block in blocks {
        let there = texts.iter().filter(|text| text.len() >= block.position + 3);
        let values: Vec<f64> = there.map(|text| -mean(&text[block.position..block.position + 3])).collect();
        assert_eq!(block.surprise, mean_interval(&values, &options).unwrap());
    }
    let never = surprise_by_position(&[&[f64::NEG_INFINITY]], 1, &options).unwrap()[0].surprise;
    assert_eq!(never, Interval { estimate: f64::INFINITY, low: f64::INFINITY, high: f64::INFINITY });
    assert_eq!(surprise_by_position(&[&[-1.0]], 2, &options), Err(EvaluationError::Empty));
    assert_eq!(surprise_by_position(&[], 1, &options), Err(EvaluationError::Empty));
    assert!(surprise_by_position(&[&[-1.0]], 0, &options).is_err());
}
