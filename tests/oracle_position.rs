//! Positions against the numbers of a reference implementation.
//!
//! `tests/fixtures/position/make.py` says where the numbers come from.

mod support;

use concepts::numerics::tolerance::{ORACLE_F32, ORACLE_F64};
use concepts::position::{alibi_bias, alibi_slopes, sinusoidal_table, t5_bucket};
use ndarray::{Array1, Axis};
use support::assert_close;
use support::position::{alibi_cases, rope_cases, scaling_cases, sinusoidal_case, t5_cases};

#[test]
fn the_sinusoidal_table_agrees() {
    let case = sinusoidal_case();
    let (n, d) = case.interleaved.dim();
    let table = sinusoidal_table(n, d, 10_000.0).unwrap();
    assert_close(&case.place, &table, &case.interleaved, ORACLE_F64);
    assert_close(&case.place, &table, &case.interleaved_f32, ORACLE_F32);
    // The others are the same columns in another order.
    let sines_first: Vec<usize> = (0..d).step_by(2).chain((1..d).step_by(2)).collect();
    let table = table.select(Axis(1), &sines_first);
    assert_close(&case.place, &table, &case.halves, ORACLE_F64);
    assert_close(&case.place, &table, &case.halves_f32, ORACLE_F32);
}

#[test]
fn the_slopes_agree() {
    for case in alibi_cases() {
        let slopes = Array1::from_vec(alibi_slopes(case.heads).unwrap());
        assert_close(&case.place, &slopes, &case.slopes, ORACLE_F64);
        assert_close(&case.place, &slopes, &case.slopes_f32, ORACLE_F32);
    }
}

#[test]
fn the_bias_of_the_past_agrees_up_to_a_constant_of_each_row() {
    for case in alibi_cases() {
        for (&slope, reference) in case.slopes.iter().zip(case.bias.outer_iter()) {
            let n = reference.len();
            let bias = alibi_bias(n, n, slope).unwrap();
            for (i, row) in bias.outer_iter().enumerate() {
                let past: Vec<usize> = (0..=i).collect();
                let wanted = reference.mapv(|b| b - slope * i as f64).select(Axis(0), &past);
                let place = format!("{}, slope {slope}, query {i}", case.place);
                assert_close(&place, &row.select(Axis(0), &past), &wanted, ORACLE_F64);
            }
        }
    }
}

#[test]
fn the_buckets_are_the_same() {
    for case in t5_cases() {
        for (relative, wanted) in case.pairs {
            let bucket = t5_bucket(relative, case.bidirectional, case.buckets, case.max_distance).unwrap();
            assert_eq!(bucket, wanted, "{}, relative position {relative}", case.place);
        }
    }
}

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
    assert_eq!(case.halves.dim(), case.interleaved.dim(), "{}", case.place);
}
