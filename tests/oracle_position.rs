//! Positions against the numbers of a reference implementation.
//!
//! `tests/fixtures/position/make.py` says where the numbers come from.

mod support;

use concepts::numerics::tolerance::ORACLE_F32;
use support::assert_close;
use support::position::{alibi_cases, rope_cases, scaling_cases, sinusoidal_case, t5_cases};

/// The cases that other tests build on are read here once, so that a broken file is named as such.
#[test]
fn every_fixture_is_whole() {
    for case in rope_cases() {
        let place = &case.place;
        let (_, _, head_dim) = case.q.dim();
        assert!(case.rotary_dim <= head_dim && case.rotary_dim.is_multiple_of(2), "{place}");
        for x in [&case.k, &case.q_out, &case.k_out, &case.q_out_f32, &case.k_out_f32] {
            assert_eq!(x.dim(), case.q.dim(), "{place}");
        }
        for (f64, f32) in [(&case.q_out, &case.q_out_f32), (&case.k_out, &case.k_out_f32)] {
            assert_close(place, f32, f64, ORACLE_F32);
        }
    }
    for case in scaling_cases() {
        assert_eq!([case.inv_freq.len(), case.inv_freq_f32.len()], [case.head_dim / 2; 2], "{}", case.place);
        assert_close(&case.place, &case.inv_freq_f32, &case.inv_freq, ORACLE_F32);
    }
    for case in alibi_cases() {
        assert_eq!([case.slopes.len(), case.slopes_f32.len()], [case.heads; 2], "{}", case.place);
        assert_eq!(case.bias.nrows(), case.heads, "{}", case.place);
        assert_close(&case.place, &case.slopes_f32, &case.slopes, ORACLE_F32);
    }
    for case in t5_cases() {
        assert_eq!(case.pairs.first().map(|pair| pair.0), Some(-200), "{}", case.place);
        assert_eq!(case.pairs.last().map(|pair| pair.0), Some(200), "{}", case.place);
        assert!(case.pairs.iter().all(|&(_, bucket)| bucket < case.buckets), "{}", case.place);
    }
    let case = sinusoidal_case();
    assert_close(&case.place, &case.interleaved_f32, &case.interleaved, ORACLE_F32);
    assert_close(&case.place, &case.halves_f32, &case.halves, ORACLE_F32);
    let order: Vec<usize> = (0..16).step_by(2).chain((1..16).step_by(2)).collect();
    let sorted = case.interleaved.select(ndarray::Axis(1), &order);
    assert_close(&case.place, &case.halves, &sorted, concepts::numerics::tolerance::ORACLE_F64);
}
