//! Positions: every error names what is wrong and what to do.

use concepts::attention::{Mask, MultiHead};
use concepts::numerics::{normal, rng};
use concepts::position::rope::{
    Layout, Rope, RopeCache, Scaling, YarnRamp, layout_permutation, out_of_range, phase_ratios,
    rope_frequencies, rotate_by_complex,
};
use concepts::position::{
    Alibi, LearnedTable, PositionError, Rotary, T5Bias, add_positions, alibi_bias, alibi_slopes,
    sinusoidal_shift, sinusoidal_table, t5_bucket,
};
use ndarray::{Array2, Array3};

const BASE: f64 = 10_000.0;

/// The message of an error.
fn says<T>(result: Result<T, PositionError>) -> String {
    result.err().expect("an error").to_string()
}

#[test]
fn what_is_wrong_is_said_with_its_remedy() {
    let odd = "position: d_model is 7; features are taken in pairs, so choose an even number, for example 8";
    assert_eq!(says(sinusoidal_table(5, 7, BASE)), odd);
    assert!(says(rope_frequencies(5, BASE)).contains("the rotary dimension is 5"));
    assert!(says(layout_permutation(3)).contains("even number"));
    for base in [1.0, 0.0, -3.0, f64::NAN, f64::INFINITY] {
        let message = format!("position: the base is {base}; it must be finite and above 1 (10000 is usual)");
        assert_eq!(says(rope_frequencies(8, base)), message);
        assert_eq!(says(sinusoidal_shift(1, 8, base)), message);
    }
    assert_eq!(
        says(sinusoidal_table(0, 8, BASE)),
        "position: the number of positions is 0; at least 1 is needed"
    );
    let large = "position: 1000000000 x 8 is too large a table; at most 268435456 elements are made at once, so ask for fewer positions or a narrower model";
    assert_eq!(says(sinusoidal_table(1_000_000_000, 8, BASE)), large);
    assert_eq!(says(LearnedTable::random(1_000_000_000, 8, 1.0, &mut rng(1, "large"))), large);
    assert!(says(sinusoidal_table(usize::MAX, 8, BASE)).contains("too large"));
    assert!(says(sinusoidal_shift(1, 1 << 20, BASE)).contains("too large"));
    assert!(says(alibi_slopes(usize::MAX)).contains("too large"));
    assert!(says(alibi_bias(1 << 20, 1 << 20, 1.0)).contains("too large"));
    assert!(says(RopeCache::new(&[1.0], usize::MAX, 1.0)).contains("too large"));
    assert!(says(alibi_slopes(0)).contains("the number of heads is 0"));
}

#[test]
fn a_position_without_a_row_is_named() {
    let beyond = "position: position 4 is beyond the table of 4 positions; make the table longer or interpolate it, or use a scheme that is computed for any position";
    let table = LearnedTable::random(4, 2, 1.0, &mut rng(1, "short")).unwrap();
    assert_eq!(says(table.row(4)), beyond);
    assert_eq!(says(table.rows(5)), beyond);
    assert_eq!(says(add_positions(Array2::zeros((3, 2)).view(), table.table().view(), 2)), beyond);
    let rope = Rope::new(2, 2, BASE, Layout::Halves, 4).unwrap();
    let mut x = Array3::ones((1, 3, 2));
    assert_eq!(says(rope.apply(&mut x.view_mut(), 2)), beyond);
    assert_eq!(x, Array3::<f32>::ones((1, 3, 2)));
    assert!(says(rope.apply(&mut x.view_mut(), usize::MAX)).contains("beyond the table of 4"));
    rope.apply(&mut x.view_mut(), 1).unwrap();
}

#[test]
fn scalings_that_make_no_sense_are_refused() {
    let says = |scaling: Scaling| says(scaling.frequencies(8, BASE));
    let short = "position: the scaling factor is 0.5; it is the new length divided by the trained one and must be finite and at least 1";
    let (train_len, ramp) = (100, YarnRamp::ByIndex);
    for scaling in [
        Scaling::Interpolation { factor: 0.5 },
        Scaling::NtkAware { factor: 0.5 },
        Scaling::DynamicNtk { factor: 0.5, train_len, len: 200 },
        Scaling::NtkByParts { factor: 0.5, train_len, alpha: 1.0, beta: 32.0, ramp },
        Scaling::yarn(0.5, train_len),
        Scaling::Llama3 { factor: 0.5, low_freq_factor: 1.0, high_freq_factor: 4.0, train_len },
    ] {
        assert_eq!(says(scaling), short);
        assert!(scaling.attention_factor() == 1.0);
    }
    assert!(says(Scaling::Interpolation { factor: f64::NAN }).contains("NaN"));
    assert!(says(Scaling::yarn(2.0, 0)).contains("the training length is 0"));
    assert!(says(Scaling::DynamicNtk { factor: 1.0, train_len, len: 0 }).contains("the length is 0"));
    let flat = Scaling::Yarn { factor: 2.0, train_len, alpha: 4.0, beta: 4.0, ramp };
    assert_eq!(
        says(flat),
        "position: the ramp goes from 4 to 4 turns; it needs 0 < lower end < upper end (1 and 32 are usual, 1 and 4 for Llama 3)"
    );
    // A training of less than a turn, or of so many that no pair is slow: no ramp at all, no NaN.
    for train_len in [1, usize::MAX] {
        for ramp in [YarnRamp::ByIndex, YarnRamp::ByRotations] {
            let scaling = Scaling::Yarn { factor: 2.0, train_len, alpha: 1.0, beta: 32.0, ramp };
            assert!(scaling.frequencies(8, BASE).unwrap().iter().all(|theta| theta.is_finite()));
        }
    }
}

#[test]
fn what_does_not_fit_is_named() {
    let x = Array2::zeros((2, 4));
    let wide = "position: the rotary dimension is 6 but the head has 4 features; rotate at most as many as there are";
    assert_eq!(says(rotate_by_complex(x.view(), &[0, 1], &[1.0; 3], Layout::Halves)), wide);
    assert_eq!(says(Rope::new(4, 6, BASE, Layout::Halves, 9)), wide);
    let positions = says(rotate_by_complex(x.view(), &[0], &[1.0], Layout::Halves));
    assert_eq!(
        positions,
        "position: the number of tokens is 1 in the positions but 2 in x; they must be equal"
    );
    let rope = Rope::new(4, 4, BASE, Layout::Halves, 9).unwrap();
    assert!(says(rope.apply(&mut Array3::zeros((1, 2, 6)).view_mut(), 0)).contains("6 in x but 4"));
    assert!(says(RopeCache::new(&[1.0, f64::NAN], 4, 1.0)).contains("frequency 1 is NaN"));
    assert!(says(RopeCache::new(&[], 4, 1.0)).contains("the number of frequencies is 0"));
    assert!(says(phase_ratios(&[1.0], &[1.0, 0.1], 4, 4)).contains("they must be equal"));
    assert!(says(out_of_range(&[1.0], &[1.0], 0, 4)).contains("the training length is 0"));
    let few = "position: 3 buckets up to distance 128 do not fit; take at least 4 buckets and a max_distance above 0";
    assert_eq!(says(t5_bucket(1, true, 3, 128)), few);
    assert!(says(t5_bucket(1, false, 32, 16)).contains("a max_distance above 16"));
    let t5 = T5Bias::random(32, 2, true, 128, 1.0, &mut rng(1, "t5")).unwrap();
    assert_eq!(says(t5.bias(2, 3, 3)), "position: there is no head 2; the table has 2 heads, counted from 0");
    assert!(says(add_positions(x.view(), Array2::zeros((9, 5)).view(), 0)).contains("d_model is 4"));
}

#[test]
fn a_scheme_for_another_layer_is_refused_before_the_cache_grows() {
    let mut random = rng(2, "scheme");
    let layer = MultiHead::random(16, 4, 4, &mut random).unwrap();
    let x = normal((3, 16), 1.0, &mut random);
    let alibi = Alibi::new(8).unwrap();
    let t5 = T5Bias::random(32, 2, true, 128, 1.0, &mut random).unwrap();
    let wide = Rotary::new(rope_frequencies(6, BASE).unwrap(), Layout::Halves);
    let error = |positions| {
        let mut cache = layer.new_cache();
        assert!(layer.step_with(x.row(0), &mut cache, positions).is_err());
        assert_eq!(cache, layer.new_cache());
        layer.trace_with(x.view(), x.view(), &Mask::None, positions).unwrap_err().to_string()
    };
    assert!(error(&alibi).contains("8 in ALiBi but 4 in the layer"));
    assert!(error(&t5).contains("2 in the T5 table but 4 in the layer"));
    assert!(error(&wide).contains("turns 6 features but a head has 4; give it at most 2 frequencies"));
}
