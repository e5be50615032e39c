//! Every closed form of the cost, tied to a run that counted itself and got the right result.

use ndarray::Array2;

use super::*;
use crate::attention::cost::*;
use crate::attention::{Mask, attention, attention_backward};
use crate::numerics::tolerance::EXACT_F64;
use crate::numerics::{max_difference, normal, rng};

/// `(n_q, n_k, d_k, d_v)`.
const SIZES: [(usize, usize, usize, usize); 4] = [(1, 1, 1, 1), (5, 9, 4, 3), (16, 16, 8, 8), (33, 20, 2, 7)];

/// `Q`, `K`, `V` and an upstream gradient.
fn inputs((n_q, n_k, d_k, d_v): (usize, usize, usize, usize)) -> [Tracked; 4] {
    let mut rng = rng(1, "counted");
    [(n_q, d_k), (n_k, d_k), (n_k, d_v), (n_q, d_v)].map(|s| Tracked::input(normal(s, 1.0, &mut rng)))
}

/// The readable twin.
fn readable(q: &Tracked, k: &Tracked, v: &Tracked) -> Array2<f64> {
    attention(q.value().view(), k.value().view(), v.value().view(), &Mask::None).unwrap()
}

fn wide((a, b, c, d): (usize, usize, usize, usize)) -> (u64, u64, u64, u64) {
    (a as u64, b as u64, c as u64, d as u64)
}

#[test]
fn core_and_tiles() {
    for size in SIZES {
        let [q, k, v, _] = inputs(size);
        let (n_q, n_k, d_k, d_v) = wide(size);
        let mut tally = Tally::default();
        let core = counted_core(&mut tally, &q, &k, &v);
        assert!(max_difference(core.value(), &readable(&q, &k, &v)) < EXACT_F64);
        assert_eq!(tally.multiply_adds(), attention_multiply_adds(n_q, n_k, d_k, d_v));
        assert_eq!(tally.stages(), 2);
        for block in [1, 3, 8, 100] {
            let mut tiles = Tally::default();
            let tiled = counted_tiled(&mut tiles, &q, &k, &v, block);
            assert!(max_difference(tiled.value(), core.value()) < EXACT_F64);
            assert_eq!(tiles, tally);
        }
    }
}

#[test]
fn attention_with_projections() {
    let mut rng = rng(2, "projections");
    for (n, d) in [(1, 3), (10, 4), (40, 8)] {
        let x = Tracked::input(normal((n, d), 1.0, &mut rng));
        let w = [(); 4].map(|()| Tracked::input(normal((d, d), 0.5, &mut rng)));
        let mut tally = Tally::default();
        let read = counted_attention(&mut tally, &x, &x, &w[0], &w[1], &w[2]);
        assert_eq!(tally.stages() as u64, attention_stages());
        let _ = tally.product(&read, &w[3]);
        let (n, d) = (n as u64, d as u64);
        assert_eq!(
            tally.multiply_adds(),
            projection_multiply_adds(n, d) + attention_multiply_adds(n, n, d, d)
        );
    }
}

#[test]
fn linear_attention_is_the_reordered_product() {
    for size in SIZES {
        let [q, k, v, _] = inputs(size);
        let (n_q, n_k, d_k, d_v) = wide(size);
        let mut tally = Tally::default();
        let linear = counted_linear_attention(&mut tally, &q, &k, &v);
        assert_eq!(tally.multiply_adds(), linear_attention_multiply_adds(n_q, n_k, d_k, d_v));
        assert_eq!(tally.stages(), 2);
        // The quadratic order: weights first.
        let weights = feature_map(q.value()).dot(&feature_map(k.value()).t());
        let total = weights.sum_axis(Axis(1)).insert_axis(Axis(1));
        assert!(max_difference(linear.value(), &(weights / total).dot(v.value())) < EXACT_F64);
    }
}

#[test]
fn gradient_with_and_without_recomputation() {
    for size in SIZES {
        let [q, k, v, g] = inputs(size);
        let (n_q, n_k, d_k, d_v) = wide(size);
        let views = [&q, &k, &v, &g].map(|x| x.value().view());
        let known = attention_backward(views[0], views[1], views[2], &Mask::None, views[3]).unwrap();
        for recompute in [false, true] {
            let mut tally = Tally::default();
            let [dq, dk, dv] = counted_backward(&mut tally, &q, &k, &v, &g, recompute);
            assert!(max_difference(dq.value(), &known.dq) < EXACT_F64);
            assert!(max_difference(dk.value(), &known.dk) < EXACT_F64);
            assert!(max_difference(dv.value(), &known.dv) < EXACT_F64);
            let closed = attention_backward_multiply_adds(n_q, n_k, d_k, d_v, recompute);
            assert_eq!((tally.multiply_adds(), tally.stages()), (closed, 2));
        }
    }
}

#[test]
fn recurrent_layer() {
    let mut rng = rng(3, "rnn");
    for (n, d) in [(1, 3), (10, 4), (40, 8)] {
        let [x, w, u] = [(n, d), (d, d), (d, d)].map(|s| Tracked::input(normal(s, 0.5, &mut rng)));
        let mut tally = Tally::default();
        assert_eq!(counted_rnn(&mut tally, &x, &w, &u).value().dim(), (n, d));
        assert_eq!(tally.multiply_adds(), rnn_multiply_adds(n as u64, d as u64));
        assert_eq!(tally.stages() as u64, rnn_stages(n as u64));
    }
}

#[test]
fn decoding_with_and_without_a_cache() {
    let mut rng = rng(4, "decode");
    for (n, d) in [(1, 3), (10, 4), (25, 8)] {
        let first = Tracked::input(normal((1, d), 1.0, &mut rng));
        let w = [(); 4].map(|()| Tracked::input(normal((d, d), 1.0 / (d as f64).sqrt(), &mut rng)));
        let weights = [&w[0], &w[1], &w[2], &w[3]];
        let (mut with, mut without) = (Tally::default(), Tally::default());
        let cached = counted_decode_attention(&mut with, &first, weights, n, true);
        let uncached = counted_decode_attention(&mut without, &first, weights, n, false);
        assert!(max_difference(cached.value(), uncached.value()) < EXACT_F64);
        let (n, d) = (n as u64, d as u64);
        assert_eq!(with.multiply_adds(), decode_multiply_adds_cached(n, d));
        assert_eq!(without.multiply_adds(), decode_multiply_adds_uncached(n, d));
        assert_eq!([with.stages(), without.stages()].map(|s| s as u64), [decode_stages(n); 2]);
    }
}
