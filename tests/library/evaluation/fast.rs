//! What was made fast, against its readable twin.

use concepts::evaluation::{
    Bootstrap, EvaluationError, Resampling, bleu, mean_difference, mean_interval, pareto_front, self_bleu,
};
use proptest::prelude::*;

/// Tokens of a small vocabulary, with the largest ids among them.
fn token() -> impl Strategy<Value = u32> {
    prop_oneof![4 => 0u32..4, 1 => Just(u32::MAX), 1 => Just(1 << 16)]
}

/// No other point is at least as good in both and better in one.
fn undominated(points: &[(f64, f64)]) -> Vec<usize> {
    let beats = |a: (f64, f64), b: (f64, f64)| a.0 >= b.0 && a.1 >= b.1 && (a.0 > b.0 || a.1 > b.1);
    let alive = |i: &usize| {
        let point = points[*i];
        !point.0.is_nan() && !point.1.is_nan() && !points.iter().any(|&other| beats(other, point))
    };
    (0..points.len()).filter(alive).collect()
}

fn coordinate() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => (0u8..5).prop_map(f64::from),
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
        1 => Just(f64::NEG_INFINITY),
        1 => Just(-0.0),
    ]
}

proptest! {
    #[test]
    fn self_bleu_equals_its_twin_to_the_last_bit(
        texts in prop::collection::vec(prop::collection::vec(token(), 0..14), 1..8),
    ) {
        let texts: Vec<&[u32]> = texts.iter().map(Vec::as_slice).collect();
        let slow: Vec<f64> = (0..texts.len())
            .map(|i| bleu(texts[i], &[&texts[..i], &texts[i + 1..]].concat()))
            .collect();
        prop_assert_eq!(self_bleu(&texts), slow);
    }

    #[test]
    fn kept_draws_give_the_same_interval_to_the_last_bit(
        (first, second) in (1usize..30).prop_flat_map(|n| {
            let values = || prop::collection::vec(-1e3..1e3, n);
            (values(), values())
        }),
        (resamples, seed, level) in (1usize..40, 0u64..9, 0.01..0.99),
    ) {
        let options = Bootstrap { resamples, level, seed };
        let draws = Resampling::new(first.len(), &options).unwrap();
        for values in [&first, &second] {
            prop_assert_eq!(draws.mean_interval(values), mean_interval(values, &options));
        }
        let gap = draws.mean_difference(&first, &second);
        prop_assert_eq!(gap, mean_difference(&first, &second, &options));
    }

    #[test]
    fn the_front_is_what_nothing_dominates(
        points in prop::collection::vec((coordinate(), coordinate()), 0..12),
    ) {
        prop_assert_eq!(pareto_front(&points), undominated(&points));
    }
}

#[test]
fn kept_draws_refuse_what_their_twin_refuses_and_too_much() {
    let options = Bootstrap::default();
    assert_eq!(Resampling::new(0, &options).unwrap_err(), EvaluationError::Empty);
    let level = Bootstrap { level: 1.0, ..options };
    assert_eq!(Resampling::new(3, &level).unwrap_err(), EvaluationError::Level { level: 1.0 });
    let huge = Resampling::new(usize::MAX, &options).unwrap_err();
    assert!(matches!(huge, EvaluationError::Places { .. }), "{huge}");
    let draws = Resampling::new(3, &options).unwrap();
    assert_eq!(draws.size(), 3);
    assert_eq!(draws.mean_interval(&[1.0]), Err(EvaluationError::Unpaired { first: 1, second: 3 }));
    let unequal = draws.mean_difference(&[1.0; 3], &[1.0; 2]);
    assert_eq!(unequal, Err(EvaluationError::Unpaired { first: 3, second: 2 }));
    // One value that is not a number, or infinite: as the twin.
    for odd in [f64::NAN, f64::INFINITY] {
        let values = [odd, 1.0, 2.0];
        let (fast, slow) = (draws.mean_interval(&values).unwrap(), mean_interval(&values, &options).unwrap());
        assert_eq!([fast.low.to_bits(), fast.high.to_bits()], [slow.low.to_bits(), slow.high.to_bits()]);
    }
}
