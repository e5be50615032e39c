//! What several tests need: the reference numbers in `tests/fixtures`, and how arrays are compared with them.
//!
//! A fixture that is not as expected ends the test with the file, the case and the field.

pub(crate) mod attention;
pub(crate) mod heads;
mod node;
pub(crate) mod position;
pub(crate) mod recurrent;

use ndarray::{ArrayRef, Dimension};
use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

/// So many cases, the same on every machine.
pub(crate) fn same_cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..Default::default() }
}

/// Fails unless each number is within `tolerance · max(1, |wanted|)` of the wanted one.
///
/// Infinities must be equal. NaN agrees with nothing, not even with NaN.
#[track_caller]
pub(crate) fn assert_close<D: Dimension>(
    place: &str,
    got: &ArrayRef<f64, D>,
    wanted: &ArrayRef<f64, D>,
    tolerance: f64,
) {
    assert_eq!(got.shape(), wanted.shape(), "{place}: the shape is wrong");
    for ((index, &want), &have) in wanted.indexed_iter().zip(got.iter()) {
        let near = have == want || (have - want).abs() <= tolerance * want.abs().max(1.0);
        assert!(near, "{place}: at {index:?} {have:e} instead of {want:e}, tolerance {tolerance:e}");
    }
}
