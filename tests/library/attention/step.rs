//! A fast decoding step against the readable twin: all groups, both kinds of cache, hostile numbers.

use concepts::attention::words::{Dimension, Operand};
use concepts::attention::{
    AttentionError, Bf16, CacheElement, Mask, MultiHead, attention, decode_step, decode_step_parallel,
};
use concepts::numerics::{normal, rng, tolerance};
use ndarray::{Array2, Array3, Axis};
use rand::Rng;

/// Numbers of order one.
fn random(stream: &str, shape: (usize, usize, usize)) -> Array3<f32> {
    let mut random = rng(11, stream);
    Array3::from_shape_simple_fn(shape, || random.random_range(-1.0..1.0))
}

/// Queries of order one.
fn queries(heads: usize, d: usize) -> Array2<f32> {
    random("q", (1, heads, d)).index_axis_move(Axis(0), 0)
}

/// The readable twin, head by head.
fn readable(q: &Array2<f32>, k: &Array3<f64>, v: &Array3<f64>) -> Array2<f64> {
    let group = q.nrows() / k.len_of(Axis(0));
    let mut out = Array2::zeros((q.nrows(), v.len_of(Axis(2))));
    for (h, mut out) in out.outer_iter_mut().enumerate() {
        let query = q.row(h).mapv(f64::from).insert_axis(Axis(0));
        let [k, v] = [k, v].map(|x| x.index_axis(Axis(0), h / group));
        out.assign(&attention(query.view(), k, v, &Mask::None).unwrap().row(0));
    }
    out
}

/// One thread and many against the readable twin, which reads the cache as it is stored.
fn check<T: CacheElement + Into<f32>>(q: &Array2<f32>, k: &Array3<T>, v: &Array3<T>, allowed: f64) {
    let fast = decode_step(q.view(), k.view(), v.view()).unwrap();
    let [wide_k, wide_v] = [k, v].map(|x| x.mapv(|x| f64::from(x.into())));
    let exact = readable(q, &wide_k, &wide_v);
    assert_eq!(fast.dim(), exact.dim());
    for (&a, &b) in fast.iter().zip(&exact) {
        let far = (f64::from(a) - b).abs();
        // NaN is no number below anything.
        assert!(far < allowed, "{far} for q {:?}, v {:?}", q.dim(), v.dim());
    }
    let parallel = decode_step_parallel(q.view(), k.view(), v.view()).unwrap();
    assert_eq!(parallel.mapv(f32::to_bits), fast.mapv(f32::to_bits));
}

fn narrow(x: &Array3<f32>) -> Array3<Bf16> {
    x.mapv(Bf16::from)
}

#[test]
fn every_group_every_length_and_both_kinds_of_cache() {
    for (heads, kv_heads) in [(1, 1), (4, 4), (8, 2), (11, 1), (12, 1), (32, 1), (40, 1), (66, 2)] {
        for n in [1, 7, 64, 65, 300] {
            for (d_k, d_v) in [(1, 1), (3, 7), (64, 64), (80, 20), (33, 128)] {
                let q = queries(heads, d_k);
                let (k, v) = (random("k", (kv_heads, n, d_k)), random("v", (kv_heads, n, d_v)));
                check(&q, &k, &v, tolerance::ORACLE_F32);
                check(&q, &narrow(&k), &narrow(&v), tolerance::ORACLE_F32);
            }
        }
    }
}

#[test]
fn a_larger_score_in_every_tile_and_scores_of_ten_thousand() {
    for heads in [1, 3, 32] {
        let q = Array2::ones((heads, 1));
        let k = Array3::from_shape_fn((1, 400, 1), |(_, j, _)| j as f32);
        let v = random("v", (1, 400, 5));
        check(&q, &k, &v, tolerance::ORACLE_F32);
        // Distances are 0 or so large that a weight is 0 or 1.
        let k = Array3::from_shape_fn((1, 400, 1), |(_, j, _)| [1e4, -1e4, 0.0, 9e3][j % 4]);
        check(&q, &k, &v, tolerance::ORACLE_F32);
        let (q, k, v) = (queries(heads, 16) * 1e4, random("k", (1, 200, 16)), random("v", (1, 200, 16)));
        check(&q, &k, &v, tolerance::LARGE_SCORES_F32);
    }
}

#[test]
fn a_step_is_the_last_row_of_a_layer() {
    let mut rng = rng(5, "layer");
    for kv_heads in [1, 2, 4] {
        let layer = MultiHead::random(32, 4, kv_heads, &mut rng).unwrap();
        let x = normal((20, 32), 1.0, &mut rng);
        let trace = layer.trace(x.view(), x.view(), &Mask::Causal).unwrap();
        let split =
            |x: &Array2<f64>| Array3::from_shape_fn((kv_heads, 20, 8), |(g, j, c)| x[[j, 8 * g + c]] as f32);
        let q = Array2::from_shape_fn((4, 8), |(h, c)| trace.q[[19, 8 * h + c]] as f32);
        let step = decode_step(q.view(), split(&trace.k).view(), split(&trace.v).view()).unwrap();
        for ((h, c), &got) in step.indexed_iter() {
            assert!((f64::from(got) - trace.concat[[19, 8 * h + c]]).abs() < tolerance::ORACLE_F32);
        }
    }
}

#[test]
fn half_the_memory_costs_less_than_a_percent() {
    let (q, k, v) = (queries(8, 64), random("k", (2, 500, 64)), random("v", (2, 500, 64)));
    let wide = decode_step(q.view(), k.view(), v.view()).unwrap();
    let narrow = decode_step(q.view(), narrow(&k).view(), narrow(&v).view()).unwrap();
    let off = (&wide - &narrow).iter().fold(0.0, |most: f32, x| most.max(x.abs()));
    // Values below 1 are off by at most 1/512 each, and their mean by no more; scores move the weights too.
    assert!(off > 0.0 && off < 1e-2, "{off}");
}

#[test]
fn the_layout_in_memory_does_not_matter() {
    let (q, k, v) = (queries(6, 9), random("k", (3, 50, 9)), random("v", (3, 50, 9)));
    let plain = decode_step(q.view(), k.view(), v.view()).unwrap();
    // The same numbers, with heads and tokens the other way round in memory.
    let [k, v] = [k, v].map(|x| x.permuted_axes([1, 0, 2]).as_standard_layout().into_owned());
    let [k, v] = [&k, &v].map(|x| x.view().permuted_axes([1, 0, 2]));
    let q = q.reversed_axes().as_standard_layout().into_owned();
    assert_eq!(decode_step(q.t(), k, v).unwrap(), plain);
}

#[test]
fn numbers_that_are_not_finite_do_not_panic() {
    for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX] {
        for heads in [2, 32] {
            let mut x = random("x", (1, 150, 8));
            x[[0, 70, 3]] = bad;
            decode_step(queries(heads, 8).view(), x.view(), x.view()).unwrap();
            decode_step(queries(heads, 8).view(), narrow(&x).view(), narrow(&x).view()).unwrap();
        }
    }
}

#[test]
fn shapes_that_do_not_fit() {
    let run = |q, k, v| {
        let cache = Array3::<f32>::zeros;
        decode_step(Array2::zeros(q).view(), cache(k).view(), cache(v).view())
    };
    let mismatch = |what, left_name, left, right_name, right| {
        Err(AttentionError::ShapeMismatch { what, left_name, left, right_name, right })
    };
    let heads = Dimension::KvHeadCount;
    assert_eq!(run((4, 8), (2, 4, 8), (1, 4, 8)), mismatch(heads, Operand::K, 2, Operand::V, 1));
    assert_eq!(run((4, 8), (2, 4, 9), (2, 4, 8)), mismatch(Dimension::DK, Operand::Q, 8, Operand::K, 9));
    assert_eq!(run((4, 8), (2, 4, 8), (2, 5, 8)), mismatch(Dimension::Keys, Operand::K, 4, Operand::V, 5));
    let uneven = AttentionError::KvHeadsDoNotDivide { heads: 4, kv_heads: 3 };
    assert_eq!(run((4, 8), (3, 4, 8), (3, 4, 8)), Err(uneven));
    for (q, k, v) in [
        ((0, 8), (2, 4, 8), (2, 4, 8)),
        ((4, 8), (0, 4, 8), (0, 4, 8)),
        ((4, 8), (2, 0, 8), (2, 0, 8)),
        ((4, 0), (2, 4, 0), (2, 4, 8)),
        ((4, 8), (2, 4, 8), (2, 4, 0)),
    ] {
        assert!(matches!(run(q, k, v), Err(AttentionError::Empty { .. })));
    }
}
