//! The metrics by drawn answers and by formula.

use concepts::emergence::{Items, Metric, PowerLaw, Test, edit_distance, simulate};
use concepts::numerics::rng;
use concepts::numerics::tolerance::EXACT_F64;
use proptest::prelude::*;

#[test]
fn drawn_answers_score_as_the_formula_says() {
    const DRAWS: usize = 4000;
    let law = PowerLaw::new(2e7, 0.35).unwrap();
    for items in [Items::Alike, Items::Mixed] {
        for tokens in [1, 5, 40] {
            let test = Test::new(tokens, 4, 0.5, items).unwrap();
            for metric in Metric::ALL {
                for size in [1e8, 1e9, 1e11] {
                    let mut rng = rng(7, &format!("{items:?} {tokens} {metric:?} {size}"));
                    let drawn = simulate(metric, &test, &law, size, DRAWS, &mut rng);
                    let want = test.expected(metric, &law, size);
                    // Where no item came out right the spread is 0, though the expectation is not: 4/n allows for it.
                    let allowed = 4.5 * drawn.error
                        + if metric.is_all_or_nothing() {
                            9.0 / DRAWS as f64
                        } else {
                            EXACT_F64 * tokens as f64
                        };
                    assert!(
                        (drawn.mean - want).abs() <= allowed,
                        "{items:?} {tokens} {metric:?} {size}: {drawn:?}, not {want}"
                    );
                }
            }
        }
    }
}

/// The definition itself: try everything.
fn by_trying(a: &[u32], b: &[u32]) -> usize {
    match (a, b) {
        ([], rest) | (rest, []) => rest.len(),
        ([x, a @ ..], [y, b @ ..]) if x == y => by_trying(a, b),
        ([_, less @ ..], [_, fewer @ ..]) => {
            1 + by_trying(less, b).min(by_trying(a, fewer)).min(by_trying(less, fewer))
        }
    }
}

proptest! {
    #[test]
    fn the_distance_is_the_shortest_way(a in prop::collection::vec(0u32..3, 0..6), b in prop::collection::vec(0u32..3, 0..6)) {
        prop_assert_eq!(edit_distance(&a, &b), by_trying(&a, &b));
        prop_assert_eq!(edit_distance(&a, &b), edit_distance(&b, &a));
    }
}
