//! What cannot be tested from outside: the parts, and the instruction sets that this machine has but
//! would not choose.

use ndarray::Array3;
use pulp::{Scalar, Simd};

use super::forward::{Forward, Sizes, Threads};
use super::visibility::Visibility;
use crate::attention::Mask;
use crate::numerics::{rng, tolerance};
use rand::Rng;

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
