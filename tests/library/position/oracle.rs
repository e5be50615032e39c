//! Positions against the numbers of a reference implementation.
//!
//! `tests/fixtures/position/make.py` says where the numbers come from.

use concepts::numerics::tolerance::{ORACLE_F32, ORACLE_F64};
use concepts::position::rope::{Layout, rotate_by_complex, rotate_by_matrix};
use concepts::position::rope::{Rope, RopeCache, Scaling, YarnRamp, rope_frequencies};
use concepts::position::{alibi_bias, alibi_slopes, sinusoidal_table, t5_bucket};
use ndarray::{Array1, Array3, Axis};

use crate::support::assert_close;
use crate::support::position::{
    self as reference, RopeCase, alibi_cases, rope_cases, scaling_cases, sinusoidal_case, t5_cases,
};

fn layout(case: &RopeCase) -> Layout {
    match case.layout {
        reference::Layout::Halves => Layout::Halves,
        reference::Layout::Interleaved => Layout::Interleaved,
    }
}

/// What goes in and what should come out, with a name for messages.
fn tensors(case: &RopeCase) -> [(String, &Array3<f64>, &Array3<f64>); 2] {
    let name = |what| format!("{}, {what}", case.place);
    [(name("q"), &case.q, &case.q_out), (name("k"), &case.k, &case.k_out)]
}

#[test]
fn both_readable_rotations_agree() {
    for case in rope_cases() {
        let theta = rope_frequencies(case.rotary_dim, case.base).unwrap();
        for (place, x, wanted) in tensors(&case) {
            let start = case.start as i64;
            let positions: Vec<i64> = (start..).take(x.len_of(Axis(1))).collect();
            for (x, wanted) in x.outer_iter().zip(wanted.outer_iter()) {
                for rotate in [rotate_by_matrix, rotate_by_complex] {
                    let turned = rotate(x, &positions, &theta, layout(&case)).unwrap();
                    assert_close(&place, &turned, &wanted, ORACLE_F64);
                }
            }
        }
    }
}

/// Against the numbers in `f64`: the kernel rounds no angle to `f32`, as the reference in `f32` does.
#[test]
fn the_rotation_kernel_agrees() {
    for case in rope_cases() {
        let (_, n, head_dim) = case.q.dim();
        let rope = Rope::new(head_dim, case.rotary_dim, case.base, layout(&case), case.start + n).unwrap();
        for (place, x, wanted) in tensors(&case) {
            for parallel in [false, true] {
                let mut turned = x.mapv(|x| x as f32);
                let apply = if parallel { Rope::apply_parallel } else { Rope::apply };
                apply(&rope, &mut turned.view_mut(), case.start).unwrap();
                assert_close(&place, &turned.mapv(f64::from), wanted, ORACLE_F32);
            }
        }
    }
}

/// The control: these checks notice a wrong layout, and the paper's ramp where the reference has another.
#[test]
fn what_is_wrong_would_not_agree() {
    for case in rope_cases() {
        let other = if layout(&case) == Layout::Halves { Layout::Interleaved } else { Layout::Halves };
        let (_, n, head_dim) = case.q.dim();
        let rope = Rope::new(head_dim, case.rotary_dim, case.base, other, case.start + n).unwrap();
        let mut turned = case.q.mapv(|x| x as f32);
        rope.apply(&mut turned.view_mut(), case.start).unwrap();
        let off = (&turned.mapv(f64::from) - &case.q_out).iter().fold(0.0, |max: f64, x| max.max(x.abs()));
        assert!(off > 0.1, "{}: {off}", case.place);
    }
    let yarn = scaling_cases().into_iter().find(|case| case.place.ends_with("\"yarn\"")).unwrap();
    let theta = Array1::from_vec(Scaling::yarn(8.0, 2048).frequencies(128, 10_000.0).unwrap());
    let off = (&theta / &yarn.inv_freq).iter().fold(0.0, |max: f64, x| max.max((x - 1.0).abs()));
    assert!(off > 0.1, "{off}");
}

/// The library's name for a rule; `None` for the one that it does not have, a ramp between fractions of
/// pairs.
fn scaling(scaling: reference::Scaling) -> Scaling {
    use reference::Scaling as Reference;
    match scaling {
        Reference::Default => Scaling::None,
        Reference::Linear { factor } => Scaling::Interpolation { factor },
        Reference::DynamicNtk { factor, original, length } => {
            Scaling::DynamicNtk { factor, train_len: original, len: length }
        }
        Reference::Yarn { factor, original, beta_fast, beta_slow, truncate } => {
            let ramp = if truncate { YarnRamp::ByIndex } else { YarnRamp::ByIndexUnrounded };
            Scaling::Yarn { factor, train_len: original, alpha: beta_slow, beta: beta_fast, ramp }
        }
        Reference::Llama3 { factor, low, high, original } => {
            Scaling::Llama3 { factor, low_freq_factor: low, high_freq_factor: high, train_len: original }
        }
    }
}

#[test]
fn scaled_frequencies_agree() {
    for case in scaling_cases() {
        let scaling = scaling(case.scaling);
        let theta = Array1::from_vec(scaling.frequencies(case.head_dim, case.base).unwrap());
        // As ratios: the slow ones are so small that any of them would be near any other.
        let one = Array1::ones(case.head_dim / 2);
        assert_close(&case.place, &(&theta / &case.inv_freq), &one, ORACLE_F64);
        assert_close(&case.place, &(&theta / &case.inv_freq_f32), &one, ORACLE_F32);
        let factor = Array1::from_elem(1, scaling.attention_factor());
        assert_close(&case.place, &factor, &Array1::from_elem(1, case.attention_factor), ORACLE_F64);
    }
}

/// The reference multiplies cosine and sine with the attention factor, and so does the table.
#[test]
fn the_table_of_the_kernel_agrees() {
    for case in scaling_cases() {
        let cache = RopeCache::new(&case.inv_freq.to_vec(), 1001, case.attention_factor).unwrap();
        for position in [0, 1, 1000] {
            let (cos, sin) = cache.row(position).unwrap();
            let angles = &case.inv_freq * position as f64;
            for (row, wanted) in [(cos, angles.cos()), (sin, angles.sin())] {
                let row: Array1<f64> = row.iter().map(|&x| f64::from(x)).collect();
                let place = format!("{}, position {position}", case.place);
                assert_close(&place, &row, &(wanted * case.attention_factor), ORACLE_F32);
            }
        }
    }
}

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

/// How far the reference in `f32` may be off because its angles are in `f32`. No frequency
/// exceeds 1, so each is off by about an eps, and its product with the position by half of one more:
/// together less than two eps of the last position. A pair moves by its length for each radian.
fn drift(case: &RopeCase, x: &Array3<f64>) -> f64 {
    let last = (case.start + x.len_of(Axis(1)) - 1) as f64;
    let largest = x.iter().fold(0.0, |max: f64, x| max.max(x.abs()));
    2.0 * f64::from(f32::EPSILON) * last * largest * std::f64::consts::SQRT_2
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
        for (x, f64, f32) in
            [(&case.q, &case.q_out, &case.q_out_f32), (&case.k, &case.k_out, &case.k_out_f32)]
        {
            assert_close(place, f32, f64, ORACLE_F32 + drift(&case, x));
        }
    }
    for case in scaling_cases() {
        assert_eq!([case.inv_freq.len(), case.inv_freq_f32.len()], [case.head_dim / 2; 2], "{}", case.place);
        let ratios = &case.inv_freq_f32 / &case.inv_freq;
        assert_close(&case.place, &ratios, &Array1::ones(case.head_dim / 2), ORACLE_F32);
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
