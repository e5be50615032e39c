//! What cannot be tested from outside: the instruction sets that this machine has but would not choose,
//! and both kernels on groups that only one of them would be chosen for.

use ndarray::{Array2, Array3};
use pulp::Scalar;
use rand::Rng;

use super::*;
use crate::numerics::{rng, tolerance};

/// Who computes.
#[derive(Debug, Clone, Copy)]
enum Kernel {
    Few,
    Many,
}

/// One key/value head on a given instruction set.
fn one_head<S: Simd, T: CacheElement>(
    simd: S,
    kernel: Kernel,
    q: &Array2<f32>,
    [k, v]: [&[T]; 2],
) -> Array2<f32> {
    let (group, d) = q.dim();
    let mut out = Array2::zeros((group, d));
    let head = Head { q: q.as_slice().unwrap(), k, v, out: out.as_slice_mut().unwrap(), d_k: d, d_v: d };
    match kernel {
        Kernel::Few => simd.vectorize(Few(head)),
        Kernel::Many => simd.vectorize(Many(head)),
    }
    out
}

/// The result of each kernel on each instruction set that this machine has.
fn all<T: CacheElement>(q: &Array2<f32>, kv: [&[T]; 2]) -> Vec<Array2<f32>> {
    let mut all = Vec::new();
    for kernel in [Kernel::Few, Kernel::Many] {
        all.push(one_head(Scalar, kernel, q, kv));
        #[cfg(target_arch = "x86_64")]
        {
            all.extend(pulp::x86::V3::try_new().map(|simd| one_head(simd, kernel, q, kv)));
            all.extend(pulp::x86::V4::try_new().map(|simd| one_head(simd, kernel, q, kv)));
        }
    }
    all
}

#[test]
fn every_kernel_on_every_instruction_set_computes_the_same() {
    let mut random = rng(1, "instruction sets");
    for (group, n, d) in [(1, 1, 1), (1, 200, 23), (5, 64, 128), (16, 65, 40), (37, 130, 7)] {
        let q = Array2::from_shape_simple_fn((group, d), || random.random_range(-1.0..1.0));
        let [k, v] =
            [0, 1].map(|_| Array3::from_shape_simple_fn((1, n, d), || random.random_range(-1.0..1.0)));
        let wide = all(&q, [k.as_slice().unwrap(), v.as_slice().unwrap()]);
        let [k, v] = [k, v].map(|x| x.mapv(Bf16::from));
        let narrow = all(&q, [k.as_slice().unwrap(), v.as_slice().unwrap()]);
        for results in [wide, narrow] {
            for other in &results {
                let far = (&results[0] - other).iter().fold(0.0, |far: f32, d| far.max(d.abs()));
                assert!(f64::from(far) < tolerance::ORACLE_F32, "{group} {n} {d}: {far}");
            }
        }
    }
}

#[test]
fn the_nearest_16_bits_are_taken() {
    // Every number of 16 bits is its own, and between two neighbours the nearer one is taken.
    for bits in 0..=u16::MAX {
        let x = f32::from(Bf16::from_bits(bits));
        if x.is_nan() {
            assert!(f32::from(Bf16::from(x)).is_nan());
            continue;
        }
        assert_eq!(Bf16::from(x).to_bits(), bits);
        if x.is_infinite() || (bits & 0x7fff) == 0x7f7f {
            continue;
        }
        let middle = (u32::from(bits) << 16) | 0x8000;
        let even = bits + (bits & 1);
        for (between, nearest) in [(middle - 1, bits), (middle, even), (middle + 1, bits + 1)] {
            assert_eq!(Bf16::from(f32::from_bits(between)).to_bits(), nearest, "{bits:x}");
        }
    }
    assert_eq!(f32::from(Bf16::from(f32::MAX)), f32::INFINITY);
}
