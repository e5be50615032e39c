//! What holds for positions whatever the inputs are, and the numbers that are known exactly.

use concepts::attention::{Mask, MultiHead, NoPositions, Positions};
use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F32, ORACLE_F64};
use concepts::numerics::{max_difference, normal, rng};
use concepts::position::rope::{
    Layout, Rope, layout_permutation, rope_frequencies, rotate_by_complex, rotate_by_matrix, rotation_matrix,
};
use concepts::position::{
    Alibi, LearnedTable, Rotary, T5Bias, add_positions, alibi_bias, sinusoidal_shift, sinusoidal_table,
};
use ndarray::{Array2, Array3, Axis};
use proptest::prelude::*;
use rand::seq::SliceRandom;

use crate::support::same_cases;

const BASE: f64 = 10_000.0;
const LAYOUTS: [Layout; 2] = [Layout::Interleaved, Layout::Halves];

/// Tokens of some width and some of its features to rotate.
fn rows() -> impl Strategy<Value = (Array2<f64>, Vec<i64>, Vec<f64>)> {
    (any::<u64>(), 1..7_usize, 1..9_usize, 0..4_usize, 0..100_000_i64).prop_map(
        |(seed, n, pairs, rest, first)| {
            let x = normal((n, 2 * pairs + rest), 1.0, &mut rng(seed, "rows"));
            let positions = (0..n as i64).map(|i| first + 3 * i).collect();
            (x, positions, rope_frequencies(2 * pairs, BASE).unwrap())
        },
    )
}

/// A layer of four heads and 6 features, and tokens for it.
fn layer(seed: u64, n: usize) -> (MultiHead, Array2<f64>) {
    let mut rng = rng(seed, "layer");
    (MultiHead::random(24, 4, 2, &mut rng).unwrap(), normal((n, 24), 1.0, &mut rng))
}

fn rotary(layout: Layout) -> Rotary {
    Rotary::new(rope_frequencies(4, 100.0).unwrap(), layout).with_attention_factor(1.2)
}

/// Every scheme that works inside attention, for four heads of at least 4 features.
fn schemes() -> Vec<(&'static str, Box<dyn Positions>)> {
    let t5 = T5Bias::random(8, 4, true, 20, 1.0, &mut rng(1, "t5")).unwrap();
    vec![
        ("rotary, interleaved", Box::new(rotary(Layout::Interleaved))),
        ("rotary, halves", Box::new(rotary(Layout::Halves))),
        ("ALiBi", Box::new(Alibi::new(4).unwrap())),
        ("T5", Box::new(t5)),
    ]
}

fn output(layer: &MultiHead, x: &Array2<f64>, mask: &Mask, positions: &dyn Positions) -> Array2<f64> {
    layer.trace_with(x.view(), x.view(), mask, positions).unwrap().output
}

/// A few features at different positions, as `f32`, in two heads.
fn heads(x: &Array2<f64>) -> Array3<f32> {
    Array3::from_shape_fn((2, x.nrows(), x.ncols()), |(h, i, j)| (x[[i, j]] * (1.0 + h as f64)) as f32)
}

proptest! {
    #![proptest_config(same_cases(32))]

    #[test]
    fn a_rotation_keeps_norms_and_is_undone_by_its_negative((x, positions, theta) in rows()) {
        let back: Vec<i64> = positions.iter().map(|m| -m).collect();
        for layout in LAYOUTS {
            let y = rotate_by_matrix(x.view(), &positions, &theta, layout).unwrap();
            for (x, y) in x.outer_iter().zip(y.outer_iter()) {
                prop_assert!((x.dot(&x) - y.dot(&y)).abs() < EXACT_F64 * x.dot(&x).max(1.0));
            }
            let again = rotate_by_matrix(y.view(), &back, &theta, layout).unwrap();
            prop_assert!(max_difference(&again, &x) < EXACT_F64);
        }
    }

    #[test]
    fn two_rotations_leave_their_difference(m in -5000..5000_i64, n in -5000..5000_i64, pairs in 1..9_usize) {
        let theta = rope_frequencies(2 * pairs, BASE).unwrap();
        for layout in LAYOUTS {
            let r = |m| rotation_matrix(m, &theta, layout);
            // Angles of up to 5000 radians carry a rounding of 5000 · 1e-16 each.
            prop_assert!(max_difference(&r(m).t().dot(&r(n)), &r(n - m)) < 4.0 * EXACT_F64);
        }
    }

    #[test]
    fn a_score_depends_on_the_distance_alone(
        (x, _, theta) in rows(), m in 0..10_000_i64, n in 0..10_000_i64, shift in 0..100_000_i64,
    ) {
        let (q, k) = (x.select(Axis(0), &[0]), x.select(Axis(0), &[x.nrows() - 1]));
        for layout in LAYOUTS {
            let turned = |x: &Array2<f64>, m| rotate_by_complex(x.view(), &[m], &theta, layout).unwrap();
            let score = |m, n| turned(&q, m).row(0).dot(&turned(&k, n).row(0));
            let size = (q.row(0).dot(&q.row(0)) * k.row(0).dot(&k.row(0))).sqrt();
            prop_assert!((score(m, n) - score(m + shift, n + shift)).abs() < ORACLE_F64 * size);
        }
    }

    #[test]
    fn matrix_complex_and_kernel_agree((x, positions, theta) in rows()) {
        let first = positions[0] as usize;
        let positions: Vec<i64> = (0..x.nrows()).map(|i| (first + i) as i64).collect();
        for layout in LAYOUTS {
            let matrix = rotate_by_matrix(x.view(), &positions, &theta, layout).unwrap();
            let complex = rotate_by_complex(x.view(), &positions, &theta, layout).unwrap();
            prop_assert!(max_difference(&matrix, &complex) < EXACT_F64);
            let rope = Rope::new(x.ncols(), 2 * theta.len(), BASE, layout, first + x.nrows()).unwrap();
            let mut fast = heads(&x);
            rope.apply(&mut fast.view_mut(), first).unwrap();
            for h in 0..2 {
                let head = fast.index_axis(Axis(0), h).mapv(f64::from) / (1.0 + h as f64);
                prop_assert!(max_difference(&head, &matrix) < ORACLE_F32);
            }
            let mut parallel = heads(&x);
            rope.apply_parallel(&mut parallel.view_mut(), first).unwrap();
            prop_assert_eq!(&parallel, &fast);
            // Not in standard layout, and token by token: bit for bit the same.
            let mut odd = heads(&x).permuted_axes([2, 0, 1]).as_standard_layout().into_owned();
            rope.apply(&mut odd.view_mut().permuted_axes([1, 2, 0]), first).unwrap();
            prop_assert_eq!(&odd.permuted_axes([1, 2, 0]), &fast);
            let mut single = heads(&x);
            for (i, token) in single.axis_chunks_iter_mut(Axis(1), 1).enumerate() {
                let mut token = token;
                rope.apply(&mut token, first + i).unwrap();
            }
            prop_assert_eq!(&single, &fast);
        }
    }

    #[test]
    fn the_layouts_are_one_after_a_permutation((x, positions, theta) in rows()) {
        let d = 2 * theta.len();
        let x = x.select(Axis(1), &(0..d).collect::<Vec<_>>());
        let order = layout_permutation(d).unwrap();
        let interleaved = rotate_by_matrix(x.view(), &positions, &theta, Layout::Interleaved).unwrap();
        let moved = x.select(Axis(1), &order);
        let halves = rotate_by_matrix(moved.view(), &positions, &theta, Layout::Halves).unwrap();
        prop_assert!(max_difference(&interleaved.select(Axis(1), &order), &halves) < EXACT_F64);
    }

    #[test]
    fn features_beyond_the_rotary_dimension_are_untouched((x, positions, theta) in rows()) {
        for layout in LAYOUTS {
            let y = rotate_by_matrix(x.view(), &positions, &theta, layout).unwrap();
            let before = heads(&x);
            let mut fast = before.clone();
            let rope = Rope::new(x.ncols(), 2 * theta.len(), BASE, layout, 10).unwrap();
            rope.apply(&mut fast.view_mut(), 3).unwrap();
            for j in 2 * theta.len()..x.ncols() {
                prop_assert_eq!(y.column(j), x.column(j));
                prop_assert_eq!(fast.index_axis(Axis(2), j), before.index_axis(Axis(2), j));
            }
        }
    }

    #[test]
    fn a_shift_moves_every_position(k in -40..40_i64, p in 40..60_usize, pairs in 1..9_usize) {
        let table = sinusoidal_table(101, 2 * pairs, BASE).unwrap();
        let shift = sinusoidal_shift(k, 2 * pairs, BASE).unwrap();
        let moved = shift.dot(&table.select(Axis(0), &[p]).t());
        let there = table.select(Axis(0), &[(p as i64 + k) as usize]);
        prop_assert!(max_difference(&moved, &there.t().to_owned()) < EXACT_F64);
    }

    #[test]
    fn cached_steps_are_the_causal_forward(seed: u64, n in 1..9_usize) {
        let (layer, x) = layer(seed, n);
        for (name, scheme) in schemes() {
            let whole = output(&layer, &x, &Mask::Causal, scheme.as_ref());
            let mut cache = layer.new_cache();
            for (t, token) in x.outer_iter().enumerate() {
                let step = layer.step_with(token, &mut cache, scheme.as_ref()).unwrap().insert_axis(Axis(0));
                let row = whole.select(Axis(0), &[t]);
                prop_assert!(max_difference(&step, &row) < EXACT_F64, "{name}, token {t}");
            }
        }
    }

    #[test]
    fn a_window_goes_on_counting(seed: u64, w in 1..5_usize) {
        let (layer, x) = layer(seed, 9);
        let band = Mask::Causal.and(Mask::Pairs(Array2::from_shape_fn((9, 9), |(i, j)| j + w > i)));
        for (name, scheme) in schemes() {
            let whole = output(&layer, &x, &band, scheme.as_ref());
            let mut cache = layer.new_cache().with_window(w).unwrap();
            for (t, token) in x.outer_iter().enumerate() {
                prop_assert_eq!(cache.next_position(), t);
                let step = layer.step_with(token, &mut cache, scheme.as_ref()).unwrap().insert_axis(Axis(0));
                let row = whole.select(Axis(0), &[t]);
                prop_assert!(max_difference(&step, &row) < EXACT_F64, "{name}, token {t}");
            }
        }
    }

    #[test]
    fn the_last_queries_stand_at_the_last_keys(seed: u64, n_q in 1..6_usize) {
        let (layer, x) = layer(seed, 6);
        let last: Vec<usize> = (6 - n_q..6).collect();
        let queries = x.select(Axis(0), &last);
        for (name, scheme) in schemes() {
            let few = layer.trace_with(queries.view(), x.view(), &Mask::Causal, scheme.as_ref()).unwrap();
            let all = output(&layer, &x, &Mask::Causal, scheme.as_ref());
            prop_assert!(max_difference(&few.output, &all.select(Axis(0), &last)) < EXACT_F64, "{name}");
        }
    }
}

#[test]
fn only_attention_without_positions_is_permutation_equivariant() {
    let (layer, x) = layer(5, 7);
    let mut order: Vec<usize> = (0..7).collect();
    order.shuffle(&mut rng(5, "order"));
    let moved = x.select(Axis(0), &order);
    let change = |positions: &dyn Positions| {
        let there = output(&layer, &x, &Mask::None, positions).select(Axis(0), &order);
        max_difference(&output(&layer, &moved, &Mask::None, positions), &there)
    };
    assert!(change(&NoPositions) < EXACT_F64);
    for (name, scheme) in schemes() {
        assert!(change(scheme.as_ref()) > 1e-3, "{name}");
    }
    let learned = LearnedTable::random(7, 24, 1.0, &mut rng(5, "learned")).unwrap();
    for table in [sinusoidal_table(7, 24, BASE).unwrap(), learned.table().clone()] {
        let with = |x: &Array2<f64>| {
            let x = add_positions(x.view(), table.view(), 0).unwrap();
            output(&layer, &x, &Mask::None, &NoPositions)
        };
        assert!(max_difference(&with(&moved), &with(&x).select(Axis(0), &order)) > 1e-3);
    }
}

#[test]
fn no_positions_change_no_bit() {
    let (layer, x) = layer(6, 7);
    let plain = layer.trace(x.view(), x.view(), &Mask::Causal).unwrap();
    assert_eq!(plain, layer.trace_with(x.view(), x.view(), &Mask::Causal, &NoPositions).unwrap());
    assert_eq!(plain.heads[0].weights.row(0)[0], 1.0);
}

#[test]
fn mixed_layouts_give_other_scores() {
    let x = normal((2, 8), 1.0, &mut rng(7, "mixed"));
    let theta = rope_frequencies(8, BASE).unwrap();
    let score = |layout| {
        let y = rotate_by_matrix(x.view(), &[3, 40], &theta, layout).unwrap();
        y.row(0).dot(&y.row(1))
    };
    // The same weights run with the wrong layout.
    assert!((score(Layout::Interleaved) - score(Layout::Halves)).abs() > 1e-2);
    // Queries of one layout against keys of the other do not even keep the distance.
    let mixed = |m, n| {
        let q = rotate_by_matrix(x.view(), &[m, m], &theta, Layout::Interleaved).unwrap();
        let k = rotate_by_matrix(x.view(), &[n, n], &theta, Layout::Halves).unwrap();
        q.row(0).dot(&k.row(1))
    };
    assert!((mixed(3, 40) - mixed(103, 140)).abs() > 1e-2);
}

#[test]
fn the_attention_factor_enters_a_score_twice() {
    let (layer, x) = layer(8, 5);
    let theta = rope_frequencies(6, BASE).unwrap();
    let scores = |factor| {
        let rotary = Rotary::new(theta.clone(), Layout::Halves).with_attention_factor(factor);
        layer.trace_with(x.view(), x.view(), &Mask::None, &rotary).unwrap().heads[0].scores.clone()
    };
    assert!(max_difference(&(scores(1.0) * 1.44), &scores(1.2)) < EXACT_F64);
}

#[test]
fn angles_are_not_computed_in_f32() {
    // At a position where neighbouring f32 angles lie 0.008 radians apart.
    let p = 100_003;
    let rope = Rope::new(128, 128, BASE, Layout::Halves, p + 1).unwrap();
    let theta = rope_frequencies(128, BASE).unwrap();
    let (cos, _) = rope.cache().row(p).unwrap();
    let error = |value: &dyn Fn(usize) -> f64| {
        (0..64).map(|i| (value(i) - libm::cos(p as f64 * theta[i])).abs()).fold(0.0, f64::max)
    };
    assert!(error(&|i| f64::from(cos[i])) <= 6e-8);
    assert!(error(&|i| libm::cos(f64::from(p as f32 * theta[i] as f32))) > 1e-4);
}

#[test]
fn a_future_key_costs_as_much_as_a_past_one() {
    let bias = alibi_bias(4, 4, 0.25).unwrap();
    assert_eq!(bias, bias.t());
    // More queries than keys, as in cross-attention: still by distance.
    assert_eq!(alibi_bias(3, 1, 1.0).unwrap().column(0).to_vec(), [-2.0, -1.0, 0.0]);
}
