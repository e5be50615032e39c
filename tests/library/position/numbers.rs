//! Positions: the numbers that are known exactly.

use std::f64::consts::TAU;

use concepts::numerics::rng;
use concepts::numerics::tolerance::EXACT_F64;
use concepts::position::rope::{
    Scaling, YarnRamp, abel_bound, ntk_base, out_of_range, phase_ratios, rope_frequencies,
};
use concepts::position::{LearnedTable, alibi_slopes, t5_bucket, wavelengths};

const BASE: f64 = 10_000.0;
const D: usize = 128;
const TRAINED: usize = 2048;
const LONGER: usize = 16_384;

fn theta() -> Vec<f64> {
    rope_frequencies(D, BASE).unwrap()
}

fn scaled(scaling: Scaling) -> Vec<f64> {
    scaling.frequencies(D, BASE).unwrap()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= EXACT_F64 * b.abs().max(1.0)
}

fn yarn(ramp: YarnRamp) -> Scaling {
    Scaling::Yarn { factor: 8.0, train_len: TRAINED, alpha: 1.0, beta: 32.0, ramp }
}

/// How much of its own frequency each pair keeps: `γ` in `(1 − γ) θ/8 + γ θ`.
fn kept(frequencies: &[f64]) -> Vec<f64> {
    frequencies.iter().zip(theta()).map(|(new, old)| (8.0 * new / old - 1.0) / 7.0).collect()
}

/// Pairs that are kept, on the ramp, and interpolated.
fn parts(frequencies: &[f64]) -> (usize, usize, usize) {
    let kept = kept(frequencies);
    let whole = kept.iter().filter(|&&kept| kept > 1.0 - EXACT_F64).count();
    let none = kept.iter().filter(|&&kept| kept < EXACT_F64).count();
    (whole, kept.len() - whole - none, none)
}

#[test]
fn interpolation_divides_every_frequency() {
    let new = scaled(Scaling::Interpolation { factor: 8.0 });
    assert!(new.iter().zip(theta()).all(|(new, old)| *new == old / 8.0));
    assert_eq!(scaled(Scaling::None), theta());
}

#[test]
fn ntk_keeps_the_fastest_and_interpolates_the_slowest() {
    assert!((ntk_base(D, BASE, 8.0).unwrap() - 82_684.6).abs() < 0.05);
    let new = scaled(Scaling::NtkAware { factor: 8.0 });
    assert_eq!(new[0], 1.0);
    assert!(close(theta()[63] / new[63], 8.0));
    // In between as the closed form says: θ s^(−2i/(d−2)).
    for (i, (new, old)) in new.iter().zip(theta()).enumerate() {
        assert!(close(new / old, libm::pow(8.0, -((2 * i) as f64) / 126.0)));
    }
    assert_eq!(Scaling::NtkAware { factor: 8.0 }.frequencies(2, BASE).unwrap(), [1.0]);
}

#[test]
fn dynamic_ntk_waits_for_the_trained_length() {
    let dynamic = |factor, len| scaled(Scaling::DynamicNtk { factor, train_len: TRAINED, len });
    assert_eq!(dynamic(1.0, 10), theta());
    assert_eq!(dynamic(4.0, TRAINED), theta());
    assert_eq!(dynamic(1.0, LONGER), scaled(Scaling::NtkAware { factor: 8.0 }));
    // 2 · 8 − 1 = 15.
    assert_eq!(dynamic(2.0, LONGER), scaled(Scaling::NtkAware { factor: 15.0 }));
}

#[test]
fn yarn_by_rotations_has_the_known_numbers() {
    let new = scaled(yarn(YarnRamp::ByRotations));
    assert_eq!(parts(&new), (17, 24, 23));
    assert!((new[24] - 1.2260e-2).abs() < 5e-7);
    assert!((kept(&new)[24] - 0.300).abs() < 5e-4);
    assert_eq!(new, scaled(Scaling::yarn(8.0, TRAINED)));
    let ramp = YarnRamp::ByRotations;
    let by_parts = Scaling::NtkByParts { factor: 8.0, train_len: TRAINED, alpha: 1.0, beta: 32.0, ramp };
    assert_eq!(new, scaled(by_parts));
    assert_eq!(by_parts.attention_factor(), 1.0);
    assert!(close(yarn(ramp).attention_factor(), 1.0 + 0.1 * 8.0_f64.ln()));
}

#[test]
fn yarn_by_index_is_a_straight_line_between_whole_pairs() {
    let new = scaled(yarn(YarnRamp::ByIndex));
    // 32 turns at pair 16.1, one turn at pair 40.2: the line runs from 16 to 41.
    for (i, kept) in kept(&new).into_iter().enumerate() {
        assert!(close(kept, (1.0 - (i as f64 - 16.0) / 25.0).clamp(0.0, 1.0)), "pair {i}");
    }
    // So fast pairs keep more than by rotations, where most of the ramp lies near 0.
    assert!(kept(&new)[30] > kept(&scaled(yarn(YarnRamp::ByRotations)))[30] + 0.2);
}

#[test]
fn llama_3_goes_by_wavelength() {
    let (factor, low, high) = (8.0, 1.0, 4.0);
    let scaling = Scaling::Llama3 { factor, low_freq_factor: low, high_freq_factor: high, train_len: 8192 };
    let new = scaling.frequencies(D, 500_000.0).unwrap();
    let old = rope_frequencies(D, 500_000.0).unwrap();
    for ((new, old), length) in new.iter().zip(&old).zip(wavelengths(&old)) {
        let expected = if length < 8192.0 / high {
            *old
        } else if length > 8192.0 / low {
            old / factor
        } else {
            let smooth = (8192.0 / length - low) / (high - low);
            (1.0 - smooth) * old / factor + smooth * old
        };
        assert!((new / expected - 1.0).abs() < EXACT_F64);
    }
}

#[test]
fn pairs_beyond_their_trained_phase() {
    let count = |frequencies: &[f64], len| {
        out_of_range(frequencies, &theta(), TRAINED, len).unwrap().iter().filter(|&&out| out).count()
    };
    let first = theta().iter().position(|theta| TRAINED as f64 * theta < TAU);
    assert_eq!(first, Some(41)); // 23 of 64 pairs never complete a turn
    assert_eq!(count(&theta(), TRAINED), 0);
    assert_eq!(count(&theta(), LONGER), 23);
    assert_eq!(count(&scaled(Scaling::Interpolation { factor: 8.0 }), LONGER), 0);
    assert_eq!(count(&scaled(yarn(YarnRamp::ByRotations)), LONGER), 0);
    let ntk = scaled(Scaling::NtkAware { factor: 8.0 });
    assert_eq!(count(&ntk, LONGER), 22);
    let worst =
        phase_ratios(&ntk, &theta(), TRAINED, LONGER).unwrap()[41..].iter().copied().fold(0.0, f64::max);
    assert!((worst - 2.07).abs() < 5e-3);
    // A factor that no f64 divides exactly: rounding alone does not push a pair out.
    let third = scaled(Scaling::Interpolation { factor: 3.0 });
    assert_eq!(count(&third, 3 * TRAINED), 0);
    assert_eq!(count(&third, 3 * TRAINED + 1), 23);
}

#[test]
fn the_bound_of_a_score_falls_with_the_distance() {
    for (r, bound) in [(0.0, 32.5), (1.0, 31.54), (10.0, 17.95), (100.0, 10.23), (1000.0, 4.47)] {
        assert!((abel_bound(r, &theta()) - bound).abs() < 5e-3, "{r}: {}", abel_bound(r, &theta()));
    }
    assert_eq!(abel_bound(3.0, &[]), 0.0);
}

#[test]
fn alibi_slopes_of_the_paper() {
    let halves = |n: i32| (1..=n).map(|k| 0.5_f64.powi(k)).collect::<Vec<_>>();
    assert_eq!(alibi_slopes(8).unwrap(), halves(8));
    assert_eq!(alibi_slopes(1).unwrap(), [1.0 / 256.0]);
    let twelve = alibi_slopes(12).unwrap();
    assert_eq!(twelve[..8], halves(8));
    for (slope, exponent) in twelve[8..].iter().zip([0.5, 1.5, 2.5, 3.5]) {
        assert!(close(*slope, libm::exp2(-exponent)));
    }
    for heads in 1..70 {
        let mut slopes = alibi_slopes(heads).unwrap();
        assert!(slopes.len() == heads && slopes.iter().all(|&m| (1.0 / 256.0..1.0).contains(&m)));
        slopes.sort_by(f64::total_cmp);
        slopes.dedup();
        assert_eq!(slopes.len(), heads);
    }
}

#[test]
fn t5_buckets_of_the_released_code() {
    let both = |relative| t5_bucket(relative, true, 32, 128).unwrap();
    // Small distances one by one, then 8, 12, 16, 23, 32, 46, 64, 91.
    let starts = [8, 12, 16, 23, 32, 46, 64, 91];
    for distance in 0..1000_i64 {
        let passed = starts.iter().filter(|&&start| distance >= start).count();
        let bucket = if distance < 8 { distance as usize } else { 7 + passed };
        assert_eq!(both(-distance), bucket, "{distance}");
        assert_eq!(both(distance), if distance == 0 { 0 } else { 16 + bucket }, "{distance}");
    }
    // The released code takes the logarithms in f32; no distance falls elsewhere for that.
    for distance in 16..100_000_i64 {
        let share = (distance as f32 / 16.0).ln() / (128.0_f32 / 16.0).ln() * 16.0;
        let bucket = (16 + share as usize).min(31);
        assert_eq!(t5_bucket(-distance, false, 32, 128).unwrap(), bucket, "{distance}");
        assert_eq!(t5_bucket(distance, false, 32, 128).unwrap(), 0);
    }
    assert_eq!(t5_bucket(i64::MIN, true, 32, 128).unwrap(), 15);
}

#[test]
fn a_stretched_table_keeps_its_ends() {
    let table = LearnedTable::random(7, 3, 1.0, &mut rng(1, "stretched")).unwrap();
    for len in [1, 2, 7, 20] {
        let new = table.interpolated(len).unwrap();
        assert_eq!((new.max_len(), new.row(0).unwrap()), (len, table.row(0).unwrap()));
        if len > 1 {
            let (a, b) = (new.row(len - 1).unwrap(), table.row(6).unwrap());
            assert!((&a - &b).iter().all(|x| x.abs() < EXACT_F64));
        }
    }
    assert_eq!(table.interpolated(7).unwrap(), table);
    assert_eq!(table.rows(3).unwrap().nrows(), 3);
}
