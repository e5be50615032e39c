//! NaN, ∞ and numbers that overflow in `f32`: every fast path answers as its readable twin.

use concepts::attention::{
    Bf16, CacheElement, Mask, attention, decode_step, tiled_attention, tiled_attention_parallel,
    tiled_attention_reference,
};
use concepts::numerics::tolerance::LARGE_SCORES_F32;
use ndarray::{Array2, Array3, ArrayView2, Axis, array};
use proptest::prelude::*;

/// What breaks arithmetic in `f32`. All but the largest number of `f32` are numbers of bf16 too.
const SPECIAL: [f32; 7] =
    [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 3e38, -3e38, 1.267_650_6e30 /* 2¹⁰⁰ */, 1e-40];

/// Mostly small whole numbers; in the first column now and then one of [`SPECIAL`]. In one column alone, so
/// that no two of them cancel in a dot product, where the order of the terms would decide.
fn rows(n: usize, d: usize) -> impl Strategy<Value = Array2<f32>> {
    let one = (-3i8..4, 0usize..40);
    prop::collection::vec(one, n * d).prop_map(move |numbers| {
        let mut rows = Array2::zeros((n, d));
        for (at, (whole, special)) in numbers.into_iter().enumerate() {
            let special = if at % d == 0 { SPECIAL.get(special) } else { None };
            rows[(at / d, at % d)] = *special.unwrap_or(&f32::from(whole));
        }
        rows
    })
}

/// Values: what is large in them is positive, so that it does not cancel in an average.
fn values(n: usize) -> impl Strategy<Value = Array2<f32>> {
    let large = |x: f32| if x.abs() > 1e30 && x.is_finite() { x.abs() } else { x };
    rows(n, 2).prop_map(move |rows| rows.mapv(large))
}

/// The same, as the other says: both NaN, both the same infinity, or as near as `f32` can be.
fn same(fast: ArrayView2<f32>, exact: &Array2<f64>, who: &str) -> Result<(), TestCaseError> {
    for (&fast, &exact) in fast.iter().zip(exact) {
        let near = (f64::from(fast) - exact).abs() <= LARGE_SCORES_F32 * exact.abs().max(1.0);
        let exact = exact as f32;
        let alike = fast.is_nan() == exact.is_nan() && (fast == exact || fast.is_nan() || near);
        prop_assert!(alike, "{who}: {fast} instead of {exact}");
    }
    Ok(())
}

fn wide(x: &Array2<f32>) -> Array2<f64> {
    x.mapv(f64::from)
}

fn head<T: Clone>(x: &Array2<T>) -> Array3<T> {
    x.clone().insert_axis(Axis(0))
}

fn masks(n_q: usize, n_k: usize, hidden: &[bool]) -> Vec<Mask> {
    let padding = Mask::Padding(hidden[..n_k].to_vec());
    let mut masks = vec![Mask::None, padding.clone()];
    if n_q <= n_k {
        masks.extend([Mask::Causal, Mask::Window(2), Mask::Causal.and(padding)]);
    }
    masks
}

fn step<T: CacheElement + From<f32>>(
    [q, k, v]: [&Array2<f32>; 3],
    exact: &Array2<f64>,
    who: &str,
) -> Result<(), TestCaseError> {
    let [k, v] = [k, v].map(|x| head(&x.mapv(T::from)));
    same(decode_step(q.view(), k.view(), v.view()).unwrap().view(), exact, who)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn fast_attention_answers_as_its_twin(
        (q, k, v) in (1usize..20, 1usize..160).prop_flat_map(|(n_q, n_k)| (rows(n_q, 3), rows(n_k, 3), values(n_k))),
        hidden in prop::collection::vec(any::<bool>(), 160),
    ) {
        for mask in masks(q.nrows(), k.nrows(), &hidden) {
            let exact = attention(wide(&q).view(), wide(&k).view(), wide(&v).view(), &mask).unwrap();
            let [q, k, v] = [&q, &k, &v].map(head);
            let fast = tiled_attention(q.view(), k.view(), v.view(), &mask).unwrap();
            same(fast.index_axis(Axis(0), 0), &exact, "tiled_attention")?;
            let all = tiled_attention_parallel(q.view(), k.view(), v.view(), &mask).unwrap();
            same(all.index_axis(Axis(0), 0), &exact, "tiled_attention_parallel")?;
        }
    }

    #[test]
    fn the_online_softmax_answers_as_the_whole_one(
        (q, k, v) in (1usize..4, 1usize..12).prop_flat_map(|(n_q, n_k)| (rows(n_q, 3), rows(n_k, 3), values(n_k))),
        hidden in prop::collection::vec(any::<bool>(), 12),
        block in 1usize..5,
    ) {
        let [q, k, v] = [&q, &k, &v].map(wide);
        for mask in masks(q.nrows(), k.nrows(), &hidden) {
            let exact = attention(q.view(), k.view(), v.view(), &mask).unwrap();
            let tiled = tiled_attention_reference(q.view(), k.view(), v.view(), &mask, block).unwrap();
            same(tiled.mapv(|x| x as f32).view(), &exact, "tiled_attention_reference")?;
        }
    }

    #[test]
    fn a_step_answers_as_its_twin(
        q in prop_oneof![rows(1, 3), rows(4, 3), rows(16, 3)],
        (k, v) in (1usize..150).prop_flat_map(|n| (rows(n, 3), values(n))),
    ) {
        let rounded = [&k, &v].map(|x| x.mapv(|x| f32::from(Bf16::from(x))));
        for ([k, v], who) in [([&k, &v], "f32"), ([&rounded[0], &rounded[1]], "bf16")] {
            let exact = attention(wide(&q).view(), wide(k).view(), wide(v).view(), &Mask::None).unwrap();
            step::<f32>([&q, k, v], &exact, who)?;
            if who == "bf16" {
                step::<Bf16>([&q, k, v], &exact, who)?;
            }
        }
    }
}

/// The smallest cases, by hand.
#[test]
fn a_mistake_upstream_is_not_hidden() {
    let (q, v) = (array![[1.0f32]], array![[1.0f32], [3.0]]);
    for (q, k, right) in [
        (q.clone(), array![[f32::NAN], [0.0]], f32::NAN),
        (q.clone(), array![[f32::INFINITY], [0.0]], f32::NAN),
        (q, array![[f32::NEG_INFINITY], [0.0]], 3.0),
        (array![[2.0]], array![[3e38], [3e38]], 2.0),
        (array![[2.0]], array![[-3e38], [-3e38]], 2.0),
    ] {
        let tiled = tiled_attention(head(&q).view(), head(&k).view(), head(&v).view(), &Mask::None).unwrap();
        let step = decode_step(q.view(), head(&k).view(), head(&v).view()).unwrap();
        for fast in [tiled[[0, 0, 0]], step[[0, 0]]] {
            assert!(fast == right || fast.is_nan() && right.is_nan(), "{k}: {fast} instead of {right}");
        }
    }
}

#[test]
fn what_is_hidden_counts_for_nothing() {
    let x = array![[1.0f32], [2.0], [f32::NAN]];
    let sees_two = Mask::Padding(vec![true, true, false]);
    let q = array![[0.0f32]];
    let exact = attention(wide(&q).view(), wide(&x).view(), wide(&x).view(), &sees_two).unwrap();
    assert_eq!(exact, array![[1.5]]);
    let fast = tiled_attention(head(&q).view(), head(&x).view(), head(&x).view(), &sees_two).unwrap();
    assert_eq!(fast, array![[[1.5]]]);
}
