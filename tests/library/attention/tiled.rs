//! The fast kernel against the readable twin: all shapes, all masks, hostile numbers.

use concepts::attention::words::{Dimension, Operand};
use concepts::attention::{
    AttentionError, Mask, attention, tiled_attention, tiled_attention_parallel, tiled_attention_reference,
};
use concepts::numerics::{rng, tolerance};
use ndarray::{Array2, Array3, ArrayView3, Axis, Slice, array};
use proptest::prelude::*;
use rand::Rng;

/// Numbers of order one.
fn random(stream: &str, shape: (usize, usize, usize)) -> Array3<f32> {
    let mut random = rng(11, stream);
    Array3::from_shape_simple_fn(shape, || random.random_range(-1.0..1.0))
}

/// The readable twin, head by head.
fn readable(q: &Array3<f32>, k: &Array3<f32>, v: &Array3<f32>, mask: &Mask) -> Array3<f64> {
    let mut out = Array3::zeros((q.dim().0, q.dim().1, v.dim().2));
    for (head, mut out) in out.axis_iter_mut(Axis(0)).enumerate() {
        let [q, k, v] = [q, k, v].map(|x| x.index_axis(Axis(0), head).mapv(f64::from));
        out.assign(&attention(q.view(), k.view(), v.view(), mask).unwrap());
    }
    out
}

/// The largest distance between two arrays; +∞ if either has a NaN.
fn distance(fast: &Array3<f32>, exact: &Array3<f64>) -> f64 {
    assert_eq!(fast.dim(), exact.dim());
    fast.iter().zip(exact).fold(0.0, |far: f64, (&a, &b)| {
        let d = (f64::from(a) - b).abs();
        if d.is_nan() { f64::INFINITY } else { far.max(d) }
    })
}

/// One thread and many against the readable twin; returns the result.
fn check(q: &Array3<f32>, k: &Array3<f32>, v: &Array3<f32>, mask: &Mask, allowed: f64) -> Array3<f32> {
    let fast = tiled_attention(q.view(), k.view(), v.view(), mask).unwrap();
    let far = distance(&fast, &readable(q, k, v, mask));
    assert!(far < allowed, "{far} for q {:?}, v {:?}", q.dim(), v.dim());
    let parallel = tiled_attention_parallel(q.view(), k.view(), v.view(), mask).unwrap();
    assert_eq!(bits(&fast), bits(&parallel));
    fast
}

fn bits(x: &Array3<f32>) -> Array3<u32> {
    x.mapv(f32::to_bits)
}

/// Every third key is padding; for `n_k ≥ 3` some key remains visible.
fn padding(n_k: usize) -> Mask {
    Mask::Padding((0..n_k).map(|j| j % 3 != 1).collect())
}

/// An irregular table in which every fifth query sees nothing.
fn pairs(n_q: usize, n_k: usize) -> Mask {
    Mask::Pairs(Array2::from_shape_fn((n_q, n_k), |(i, j)| i % 5 != 2 && (i * 7 + j * j) % 4 != 0))
}

#[test]
fn every_shape_and_every_mask() {
    for (heads, n_q, n_k) in [
        (1, 1, 1),
        (1, 1, 300),
        (2, 3, 5),
        (1, 31, 33),
        (2, 64, 64),
        (1, 65, 257),
        (1, 100, 400),
        (3, 130, 130),
    ] {
        for (d_k, d_v) in [(1, 1), (3, 7), (7, 3), (64, 64), (80, 20), (33, 128)] {
            let q = random("q", (heads, n_q, d_k));
            let (k, v) = (random("k", (heads, n_k, d_k)), random("v", (heads, n_k, d_v)));
            let both = Mask::Causal.and(padding(n_k));
            let windows = [1, 40, n_k].map(Mask::Window);
            let others = [Mask::None, Mask::Causal, padding(n_k), pairs(n_q, n_k), both];
            for mask in others.into_iter().chain(windows) {
                check(&q, &k, &v, &mask, tolerance::ORACLE_F32);
            }
        }
    }
}

#[test]
fn more_queries_than_keys() {
    let (q, k, v) = (random("q", (2, 90, 8)), random("k", (2, 10, 8)), random("v", (2, 10, 8)));
    check(&q, &k, &v, &Mask::None, tolerance::ORACLE_F32);
    check(&q, &k, &v, &pairs(90, 10), tolerance::ORACLE_F32);
    assert_eq!(
        tiled_attention(q.view(), k.view(), v.view(), &Mask::Causal),
        Err(AttentionError::CausalNeedsKeys { queries: 90, keys: 10 })
    );
    assert_eq!(
        tiled_attention(q.view(), k.view(), v.view(), &Mask::Window(3)),
        Err(AttentionError::CausalNeedsKeys { queries: 90, keys: 10 })
    );
    assert_eq!(
        tiled_attention(k.view(), k.view(), v.view(), &Mask::Window(0)),
        Err(AttentionError::Empty { what: Dimension::Window })
    );
}

#[test]
fn long_sequences() {
    let x = random("x", (2, 1000, 16));
    for mask in [Mask::None, Mask::Causal, Mask::Causal.and(pairs(1000, 1000))] {
        check(&x, &x, &x, &mask, tolerance::ORACLE_F32);
    }
    for w in [1, 2, 127, 128, 129, 400, 999, 1000, usize::MAX] {
        check(&x, &x, &x, &Mask::Window(w), tolerance::ORACLE_F32);
        check(&x, &x, &x, &Mask::Window(w).and(Mask::Window(300)), tolerance::ORACLE_F32);
        check(&x, &x, &x, &Mask::Window(w).and(pairs(1000, 1000)), tolerance::ORACLE_F32);
    }
    let causal = check(&x, &x, &x, &Mask::Causal, tolerance::ORACLE_F32);
    let wide = check(&x, &x, &x, &Mask::Window(1000), tolerance::ORACLE_F32);
    assert_eq!(bits(&causal), bits(&wide));
}

#[test]
fn a_query_that_sees_nothing_gets_zeros() {
    let x = random("x", (2, 140, 9));
    let nothing = check(&x, &x, &x, &Mask::Padding(vec![false; 140]), tolerance::ORACLE_F32);
    assert!(nothing.iter().all(|&x| x == 0.0));
    // Queries 0 to 4 see nothing, because the first five keys are padding.
    let first = Mask::Causal.and(Mask::Padding((0..140).map(|j| j >= 5).collect()));
    let out = check(&x, &x, &x, &first, tolerance::ORACLE_F32);
    assert!(out.slice_axis(Axis(1), Slice::from(..5)).iter().all(|&x| x == 0.0));
    assert!(out.slice_axis(Axis(1), Slice::from(5..)).iter().any(|&x| x != 0.0));
}

#[test]
fn a_first_tile_that_is_hidden_from_some_queries_only() {
    let x = random("x", (1, 300, 8));
    let table = Array2::from_shape_fn((300, 300), |(i, j)| i % 2 == 0 || j >= 280);
    check(&x, &x, &x, &Mask::Pairs(table), tolerance::ORACLE_F32);
}

#[test]
fn scores_of_ten_thousand_that_f32_holds_exactly() {
    // d_k = 1 and q = ±1: the scores are the keys. Distances are 0 or so large that a weight is 0 or 1.
    let q = Array3::from_shape_fn((1, 40, 1), |(_, i, _)| if i % 2 == 0 { 1.0 } else { -1.0 });
    let k = Array3::from_shape_fn((1, 400, 1), |(_, j, _)| [1e4, -1e4, 0.0, 9e3][j % 4]);
    let v = random("v", (1, 400, 5));
    check(&q, &k, &v, &Mask::None, tolerance::ORACLE_F32);
    let q = random("few", (1, 400, 1)).mapv(f32::signum);
    check(&q, &k, &v, &Mask::Causal, tolerance::ORACLE_F32);
}

#[test]
fn scores_of_ten_thousand_at_random() {
    let (q, k) = (random("q", (2, 200, 16)), random("k", (2, 200, 16)));
    let v = random("v", (2, 200, 16));
    for scale in [1e4, -1e4] {
        check(&(&q * scale), &k, &v, &Mask::None, tolerance::LARGE_SCORES_F32);
        check(&(&q * scale), &k, &v, &Mask::Causal, tolerance::LARGE_SCORES_F32);
    }
}

#[test]
fn a_larger_score_in_every_tile() {
    // The running maximum has to move each time, in the direction that needs the rescaling.
    let q = Array3::from_elem((1, 50, 1), 1.0);
    let v = random("v", (1, 700, 4));
    for direction in [1.0, -1.0] {
        let k = Array3::from_shape_fn((1, 700, 1), |(_, j, _)| direction * j as f32 / 64.0);
        check(&q, &k, &v, &Mask::None, tolerance::ORACLE_F32);
    }
}

#[test]
fn views_that_are_not_contiguous() {
    let x = random("x", (2, 90, 40));
    let transposed = x.view().permuted_axes([0, 2, 1]); // (2, 40, 90)
    let mut strided = x.view();
    strided.slice_axis_inplace(Axis(1), Slice::new(0, None, -2)); // (2, 45, 40)
    for view in [transposed, strided] {
        let copy = view.as_standard_layout().into_owned();
        let run = |x: ArrayView3<f32>| tiled_attention(x, x, x, &Mask::Causal).unwrap();
        assert_eq!(run(view), run(copy.view()));
        check(&copy, &copy, &copy, &Mask::Causal, tolerance::ORACLE_F32);
    }
}

#[test]
fn the_number_of_threads_changes_no_bit() {
    let x = random("x", (3, 333, 24));
    let one = tiled_attention(x.view(), x.view(), x.view(), &Mask::Causal).unwrap();
    for threads in [1, 2, 3, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let many = pool.install(|| tiled_attention_parallel(x.view(), x.view(), x.view(), &Mask::Causal));
        assert_eq!(bits(&one), bits(&many.unwrap()));
    }
}

#[test]
fn numbers_that_are_not_finite_do_not_panic() {
    for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX] {
        let mut x = random("x", (1, 150, 8));
        x[[0, 70, 3]] = bad;
        for mask in [Mask::None, Mask::Causal, pairs(150, 150)] {
            tiled_attention(x.view(), x.view(), x.view(), &mask).unwrap();
        }
    }
}

#[test]
fn shapes_that_do_not_fit() {
    let zeros = Array3::<f32>::zeros;
    let run = |q, k, v| tiled_attention(zeros(q).view(), zeros(k).view(), zeros(v).view(), &Mask::None);
    let mismatch = |what, left_name, left, right_name, right| {
        Err(AttentionError::ShapeMismatch { what, left_name, left, right_name, right })
    };
    assert_eq!(
        run((2, 4, 8), (3, 4, 8), (3, 4, 8)),
        mismatch(Dimension::HeadCount, Operand::Q, 2, Operand::K, 3)
    );
    assert_eq!(
        run((2, 4, 8), (2, 4, 8), (1, 4, 8)),
        mismatch(Dimension::HeadCount, Operand::K, 2, Operand::V, 1)
    );
    assert_eq!(run((2, 4, 8), (2, 4, 9), (2, 4, 8)), mismatch(Dimension::DK, Operand::Q, 8, Operand::K, 9));
    assert_eq!(run((2, 4, 8), (2, 4, 8), (2, 5, 8)), mismatch(Dimension::Keys, Operand::K, 4, Operand::V, 5));
    for (q, k, v) in [
        ((0, 4, 8), (0, 4, 8), (0, 4, 8)),
        ((2, 0, 8), (2, 4, 8), (2, 4, 8)),
        ((2, 4, 8), (2, 0, 8), (2, 0, 8)),
        ((2, 4, 0), (2, 4, 0), (2, 4, 8)),
        ((2, 4, 8), (2, 4, 8), (2, 4, 0)),
    ] {
        assert!(matches!(run(q, k, v), Err(AttentionError::Empty { .. })));
    }
    let x = zeros((1, 4, 8));
    let short = Mask::Padding(vec![true; 3]);
    assert!(tiled_attention(x.view(), x.view(), x.view(), &short).is_err());
    assert!(tiled_attention_parallel(x.view(), x.view(), x.view(), &short).is_err());
}

#[test]
fn the_readable_online_softmax_agrees_for_every_block() {
    let [q, k, v] = ["q", "k", "v"].map(|name| random(name, (1, 37, 6)).mapv(f64::from));
    let [q, k, v] = [&q, &k, &v].map(|x| x.index_axis(Axis(0), 0));
    for mask in [Mask::None, Mask::Causal, padding(37), pairs(37, 37)] {
        let once = attention(q, k, v, &mask).unwrap();
        for block in [1, 2, 5, 37, 100] {
            let online = tiled_attention_reference(q, k, v, &mask, block).unwrap();
            let pairs = once.iter().zip(&online);
            pairs.for_each(|(a, b)| assert!((a - b).abs() < tolerance::EXACT_F64, "{a} and {b}"));
        }
    }
    let none = tiled_attention_reference(q, k, v, &Mask::None, 0);
    assert_eq!(none, Err(AttentionError::Empty { what: Dimension::KeyBlock }));
    let x = array![[1.0]];
    assert!(tiled_attention_reference(x.view(), k, v, &Mask::None, 8).is_err());
}

/// Any mask that fits.
fn masks(n_q: usize, n_k: usize) -> impl Strategy<Value = Mask> {
    let flag = || prop::bool::weighted(0.7);
    let padding = prop::collection::vec(flag(), n_k).prop_map(Mask::Padding);
    let table = prop::collection::vec(flag(), n_q * n_k)
        .prop_map(move |flags| Mask::Pairs(Array2::from_shape_vec((n_q, n_k), flags).unwrap()));
    let causal = Just(if n_q <= n_k { Mask::Causal } else { Mask::None });
    (prop_oneof![Just(Mask::None), causal, padding.clone()], prop_oneof![Just(Mask::None), padding, table])
        .prop_map(|(a, b)| a.and(b))
}

/// Shapes, a mask for them, and the name of a stream of numbers.
fn cases() -> impl Strategy<Value = ((usize, usize, usize, usize, usize), Mask, u32)> {
    (1..4usize, 1..90usize, 1..300usize, 1..70usize, 1..70usize)
        .prop_flat_map(|shape| (Just(shape), masks(shape.1, shape.2), any::<u32>()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_shape_and_any_mask(((heads, n_q, n_k, d_k, d_v), mask, stream) in cases()) {
        let name = |x: &str| format!("{x} {stream}");
        let q = random(&name("q"), (heads, n_q, d_k));
        let k = random(&name("k"), (heads, n_k, d_k));
        let v = random(&name("v"), (heads, n_k, d_v));
        check(&q, &k, &v, &mask, tolerance::ORACLE_F32);
    }
}
