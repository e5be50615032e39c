//! What cannot be tested from outside: the parts, and the instruction sets that this machine has but
//! would not choose.

use ndarray::Array3;
use pulp::{Scalar, Simd, WithSimd};

use super::exp2::exp2;
use super::forward::{Forward, Sizes, Threads};
use super::visibility::Visibility;
use crate::attention::Mask;
use crate::numerics::{rng, tolerance};
use rand::Rng;

struct Exp2(f32);

impl WithSimd for Exp2 {
    type Output = f32;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> f32 {
        simd.reduce_max_f32s(exp2(simd, simd.splat_f32s(self.0)))
    }
}

fn fast(x: f32) -> f32 {
    pulp::Arch::new().dispatch(Exp2(x))
}

#[test]
fn exp2_is_accurate_where_the_result_is_normal() {
    for step in 0..126_000 {
        let x = -(step as f32) / 1000.0;
        let exact = libm::exp2(f64::from(x));
        assert!((f64::from(fast(x)) / exact - 1.0).abs() < 2.0 * f64::from(f32::EPSILON), "{x}");
    }
}

#[test]
fn exp2_hits_the_ends_exactly() {
    assert_eq!(fast(0.0), 1.0);
    assert_eq!(fast(-1.0), 0.5);
    assert_eq!(fast(-127.0), 0.0);
    assert_eq!(fast(-1e30), 0.0);
    assert_eq!(fast(f32::NEG_INFINITY), 0.0);
}

#[test]
fn exp2_stays_tiny_on_the_way_to_zero() {
    for step in 0..=1000 {
        let y = fast(-126.0 - step as f32 / 1000.0);
        assert!((0.0..=f32::MIN_POSITIVE).contains(&y), "{y}");
    }
}

/// The forward pass on a given instruction set.
fn forward<S: Simd>(simd: S, x: &Array3<f32>, mask: &Mask) -> Array3<f32> {
    let (heads, n, d) = x.dim();
    let mut out = Array3::zeros(x.dim());
    let flat = x.as_slice().unwrap();
    simd.vectorize(Forward {
        q: flat,
        k: flat,
        v: flat,
        out: out.as_slice_mut().unwrap(),
        visibility: Visibility::new(mask, n, n),
        sizes: Sizes { heads, n_q: n, n_k: n, d_k: d, d_v: d },
        threads: Threads::One,
    });
    out
}

#[test]
fn every_instruction_set_computes_the_same() {
    let mut random = rng(1, "instruction sets");
    let x = Array3::from_shape_simple_fn((2, 150, 23), || random.random_range(-1.0..1.0));
    for mask in [Mask::None, Mask::Causal] {
        let scalar = forward(Scalar, &x, &mask);
        for other in others(&x, &mask) {
            let far = (&scalar - &other).iter().fold(0.0, |far: f32, d| far.max(d.abs()));
            assert!(f64::from(far) < tolerance::ORACLE_F32, "{far}");
        }
    }
}

/// The result on each instruction set that this machine has.
#[cfg(target_arch = "x86_64")]
fn others(x: &Array3<f32>, mask: &Mask) -> Vec<Array3<f32>> {
    let v3 = pulp::x86::V3::try_new().map(|simd| forward(simd, x, mask));
    let v4 = pulp::x86::V4::try_new().map(|simd| forward(simd, x, mask));
    [v3, v4].into_iter().flatten().collect()
}

#[cfg(not(target_arch = "x86_64"))]
fn others(x: &Array3<f32>, mask: &Mask) -> Vec<Array3<f32>> {
    use super::{Threads, run};
    vec![run(x.view(), x.view(), x.view(), mask, Threads::One).unwrap()]
}
