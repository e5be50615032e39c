//! What holds for attention whatever the inputs are.

use concepts::attention::{Gradients, Mask, MultiHead, attention, attention_backward, attention_trace};
use concepts::numerics::tolerance::{DIFFERENCE_STEP, EXACT_F64, GRADIENT};
use concepts::numerics::{central_difference, max_abs, max_difference, normal, relative_error, rng};
use ndarray::{Array2, Axis, concatenate};
use proptest::prelude::*;
use rand::Rng;
use rand::seq::SliceRandom;

use crate::support::same_cases;

/// Inputs of attention, `n_q ≤ n_k`, and some mask.
#[derive(Debug, Clone)]
struct Case {
    q: Array2<f64>,
    k: Array2<f64>,
    v: Array2<f64>,
    mask: Mask,
}

impl Case {
    fn output(&self) -> Array2<f64> {
        attention(self.q.view(), self.k.view(), self.v.view(), &self.mask).unwrap()
    }

    fn gradients(&self, upstream: &Array2<f64>) -> Gradients {
        let (q, k, v) = (self.q.view(), self.k.view(), self.v.view());
        attention_backward(q, k, v, &self.mask, upstream.view()).unwrap()
    }

    fn weights(&self) -> Array2<f64> {
        attention_trace(self.q.view(), self.k.view(), self.v.view(), &self.mask).unwrap().weights
    }

    /// Does query `i` see any key?
    fn sees_something(&self, i: usize) -> bool {
        self.mask.table(self.q.nrows(), self.k.nrows()).row(i).iter().any(|&seen| seen)
    }
}

/// Scales from nearly uniform weights to nearly one-hot ones; masks that may hide a whole row.
fn cases() -> impl Strategy<Value = Case> {
    (any::<u64>(), 1..6_usize, 0..5_usize, 1..5_usize, 1..5_usize, -1.0..2.0_f64, 0..4).prop_map(
        |(seed, n_q, more, d_k, d_v, exponent, kind)| {
            let (n_k, std) = (n_q + more, 10_f64.powf(exponent));
            let mut rng = rng(seed, "case");
            let mask = match kind {
                0 => Mask::None,
                1 => Mask::Causal,
                2 => Mask::Causal.and(Mask::Padding((0..n_k).map(|_| rng.random_bool(0.6)).collect())),
                _ => Mask::Pairs(Array2::from_shape_fn((n_q, n_k), |_| rng.random_bool(0.4))),
            };
            let [q, k] = [(n_q, d_k), (n_k, d_k)].map(|shape| normal(shape, std, &mut rng));
            Case { q, k, v: normal((n_k, d_v), 1.0, &mut rng), mask }
        },
    )
}

/// A layer of width 12, tokens for it, and the generator that made both.
fn layers() -> impl Strategy<Value = (MultiHead, Array2<f64>, Array2<f64>)> {
    let heads = prop::sample::select(vec![(1, 1), (2, 1), (4, 2), (6, 3), (3, 3)]);
    (any::<u64>(), heads, 1..7_usize).prop_map(|(seed, (heads, kv_heads), n)| {
        let mut rng = rng(seed, "layer");
        let layer = MultiHead::random(12, heads, kv_heads, &mut rng).unwrap();
        let [x, y] = [(n, 12); 2].map(|shape| normal(shape, 1.0, &mut rng));
        (layer, x, y)
    })
}

/// A random order of `0..n`.
fn order(n: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    order.shuffle(&mut rng(seed, "order"));
    order
}

proptest! {
    #![proptest_config(same_cases(32))]

    #[test]
    fn rows_sum_to_one_and_hidden_pairs_get_nothing(case in cases()) {
        let weights = case.weights();
        for (i, row) in weights.outer_iter().enumerate() {
            let total = if case.sees_something(i) { 1.0 } else { 0.0 };
            prop_assert!((row.sum() - total).abs() < EXACT_F64);
        }
        let seen = case.mask.table(case.q.nrows(), case.k.nrows());
        for (&weight, &seen) in weights.iter().zip(&seen) {
            prop_assert!(weight >= 0.0 && (seen || weight == 0.0));
        }
    }

    #[test]
    fn outputs_lie_in_the_convex_hull_of_the_values_seen(case in cases(), seed: u64) {
        let seen = case.mask.table(case.q.nrows(), case.k.nrows());
        // Seen from any direction, no output lies beyond the furthest value.
        let direction = normal((1, case.v.ncols()), 1.0, &mut rng(seed, "direction"));
        let (far, out) = (case.v.dot(&direction.row(0)), case.output().dot(&direction.row(0)));
        for i in (0..case.q.nrows()).filter(|&i| case.sees_something(i)) {
            let edge = |sign: f64| {
                let keys = (0..case.k.nrows()).filter(|&j| seen[[i, j]]);
                keys.map(|j| sign * far[j]).fold(f64::NEG_INFINITY, f64::max)
            };
            prop_assert!(out[i] <= edge(1.0) + EXACT_F64 && -out[i] <= edge(-1.0) + EXACT_F64);
        }
    }

    #[test]
    fn a_query_that_sees_nothing_gets_zero(case in cases()) {
        let output = case.output();
        for i in (0..case.q.nrows()).filter(|&i| !case.sees_something(i)) {
            prop_assert!(output.row(i).iter().all(|&x| x == 0.0));
        }
        let nothing = Mask::Padding(vec![false; case.k.nrows()]);
        let blind = Case { mask: nothing, ..case };
        prop_assert_eq!(max_abs(&blind.output()), 0.0);
        let zero = blind.gradients(&output);
        prop_assert_eq!(max_abs(&zero.dq) + max_abs(&zero.dk) + max_abs(&zero.dv), 0.0);
    }

    #[test]
    fn the_future_changes_nothing((layer, x, y) in layers(), cut in 0..7_usize) {
        let past = cut.min(x.nrows());
        let rows: Vec<usize> = (0..past).collect();
        let later: Vec<usize> = (past..x.nrows()).collect();
        let changed = concatenate![Axis(0), x.select(Axis(0), &rows), y.select(Axis(0), &later) * 1e3];
        let a = layer.forward(x.view(), &Mask::Causal).unwrap();
        let b = layer.forward(changed.view(), &Mask::Causal).unwrap();
        // Not nearly: bit for bit.
        prop_assert_eq!(a.select(Axis(0), &rows), b.select(Axis(0), &rows));
    }

    #[test]
    fn the_order_of_keys_does_not_matter_and_queries_keep_their_answers(case in cases(), seed: u64) {
        let case = Case { mask: Mask::None, ..case };
        let (keys, queries) = (order(case.k.nrows(), seed), order(case.q.nrows(), seed));
        let moved = Case {
            q: case.q.select(Axis(0), &queries),
            k: case.k.select(Axis(0), &keys),
            v: case.v.select(Axis(0), &keys),
            mask: Mask::None,
        };
        let expected = case.output().select(Axis(0), &queries);
        prop_assert!(max_difference(&moved.output(), &expected) < EXACT_F64);
    }

    #[test]
    fn self_attention_is_permutation_equivariant((layer, x, _) in layers(), seed: u64) {
        let order = order(x.nrows(), seed);
        let moved = layer.forward(x.select(Axis(0), &order).view(), &Mask::None).unwrap();
        let output = layer.forward(x.view(), &Mask::None).unwrap();
        prop_assert!(max_difference(&moved, &output.select(Axis(0), &order)) < EXACT_F64);
    }

    #[test]
    fn each_head_is_an_attention_over_its_columns((layer, x, y) in layers()) {
        // With as many key heads as query heads that is plain multi-head attention.
        let columns = |m: &Array2<f64>, h: usize| {
            m.select(Axis(1), &(h * layer.d_head()..(h + 1) * layer.d_head()).collect::<Vec<_>>())
        };
        let heads: Vec<Array2<f64>> = (0..layer.heads()).map(|h| {
            let g = h * layer.kv_heads() / layer.heads();
            let q = x.dot(&columns(layer.w_q(), h));
            let (k, v) = (y.dot(&columns(layer.w_k(), g)), y.dot(&columns(layer.w_v(), g)));
            attention(q.view(), k.view(), v.view(), &Mask::Causal).unwrap()
        }).collect();
        let views: Vec<_> = heads.iter().map(|head| head.view()).collect();
        let by_hand = concatenate(Axis(1), &views).unwrap().dot(layer.w_o());
        let layered = layer.cross(x.view(), y.view(), &Mask::Causal).unwrap();
        prop_assert!(max_difference(&by_hand, &layered) < EXACT_F64);
    }

    #[test]
    fn the_heads_add_up_to_the_output((layer, x, y) in layers()) {
        let trace = layer.trace(x.view(), y.view(), &Mask::None).unwrap();
        let heads = (0..layer.heads()).map(|h| layer.head_output(&trace, h));
        let sum = heads.fold(Array2::zeros(x.dim()), |sum, head| sum + head);
        prop_assert!(max_difference(&sum, &trace.output) < EXACT_F64);
    }

    #[test]
    fn projections_are_linear((layer, x, y) in layers(), a in -3.0..3.0_f64) {
        let trace = |x: &Array2<f64>| layer.trace(x.view(), x.view(), &Mask::None).unwrap();
        let (one, other, mixed) = (trace(&x), trace(&y), trace(&(&x + &(&y * a))));
        prop_assert!(max_difference(&mixed.q, &(one.q + other.q * a)) < EXACT_F64);
        prop_assert!(max_difference(&mixed.k, &(one.k + other.k * a)) < EXACT_F64);
        prop_assert!(max_difference(&mixed.v, &(one.v + other.v * a)) < EXACT_F64);
    }

    #[test]
    fn step_by_step_is_the_causal_forward((layer, x, _) in layers()) {
        let whole = layer.forward(x.view(), &Mask::Causal).unwrap();
        let mut cache = layer.new_cache();
        for (t, token) in x.outer_iter().enumerate() {
            let step = layer.step(token, &mut cache).unwrap().insert_axis(Axis(0));
            prop_assert!(max_difference(&step, &whole.select(Axis(0), &[t])) < EXACT_F64);
        }
        prop_assert_eq!(cache.elements(), 2 * layer.kv_heads() * layer.d_head() * x.nrows());
    }

    #[test]
    fn the_gradient_is_the_difference(case in cases(), seed: u64) {
        // Saturated weights have a gradient near 0, which differences cannot resolve relatively.
        let scale = max_abs(&case.q).max(max_abs(&case.k)).max(1.0);
        let case = Case { q: &case.q / scale, k: &case.k / scale, ..case };
        let g = normal(case.output().dim(), 1.0, &mut rng(seed, "upstream"));
        let grads = case.gradients(&g);
        let loss = |case: Case| (case.output() * &g).sum();
        let h = DIFFERENCE_STEP;
        let dq = central_difference(|q| loss(Case { q: q.clone(), ..case.clone() }), &case.q, h);
        let dk = central_difference(|k| loss(Case { k: k.clone(), ..case.clone() }), &case.k, h);
        let dv = central_difference(|v| loss(Case { v: v.clone(), ..case.clone() }), &case.v, h);
        for (analytic, numeric) in [(&grads.dq, &dq), (&grads.dk, &dk), (&grads.dv, &dv)] {
            // One key alone has weight 1 whatever it is: both are 0 but for the rounding of a difference.
            let close = max_difference(analytic, numeric) < 10.0 * f64::EPSILON / DIFFERENCE_STEP;
            prop_assert!(close || relative_error(analytic, numeric) < GRADIENT);
        }
    }
}
