//! What cannot be tested from outside: the instruction sets that this machine has but would not choose.

use pulp::{Scalar, Simd};
use rand_distr::{Distribution, StandardNormal};

use super::block::{BLOCK, padded};
use super::scan::{Extent, Scan};
use super::weigh::{Place, Weigh, Weight};
use crate::numerics::{rng, tolerance::SAMPLING_F32};

/// Every pass over the same logits on one instruction set.
#[derive(Debug)]
struct Passes {
    extent: Extent,
    maxima: Vec<f32>,
    sums: Vec<f32>,
    weights: Vec<f32>,
    placed: Vec<f32>,
    buckets: Vec<u32>,
}

fn passes<S: Simd>(simd: S, logits: &[f32]) -> Passes {
    let blocks = logits.len().div_ceil(BLOCK);
    let (mut maxima, mut sums) = (vec![0.0; blocks], vec![0.0; blocks]);
    let extent = simd.vectorize(Scan { logits, maxima: &mut maxima });
    let weight = Weight::new(extent.max, 0.8);
    let (mut weights, mut placed) = (vec![0.0; padded(logits.len())], vec![0.0; padded(logits.len())]);
    let mut buckets = vec![0; padded(logits.len())];
    let threshold = extent.max - 6.0;
    simd.vectorize(Weigh { logits, weight, threshold, weights: &mut weights, sums: &mut sums });
    let (buckets_out, weights_out) = (&mut buckets, &mut placed);
    simd.vectorize(Place { logits, weight, density: 40.0, weights: weights_out, buckets: buckets_out });
    Passes { extent, maxima, sums, weights, placed, buckets }
}

/// On each instruction set that this machine has beside none.
#[cfg(target_arch = "x86_64")]
fn others(logits: &[f32]) -> Vec<Passes> {
    let v3 = pulp::x86::V3::try_new().map(|simd| passes(simd, logits));
    let v4 = pulp::x86::V4::try_new().map(|simd| passes(simd, logits));
    [v3, v4].into_iter().flatten().collect()
}

#[cfg(not(target_arch = "x86_64"))]
fn others(_: &[f32]) -> Vec<Passes> {
    Vec::new()
}

#[test]
fn every_instruction_set_agrees() {
    for size in [1, 127, 128, 129, 1000] {
        let mut rng = rng(size as u64, "instruction sets");
        let mut logits: Vec<f32> =
            (0..size).map(|_| 4.0 * Distribution::<f32>::sample(&StandardNormal, &mut rng)).collect();
        logits[size / 2] = 11.0; // at least one is finite
        logits[0] = if size > 1 { f32::NEG_INFINITY } else { 0.0 };
        let scalar = passes(Scalar::new(), &logits);
        for other in others(&logits) {
            assert_eq!(other.extent, scalar.extent);
            assert_eq!(other.maxima, scalar.maxima);
            // No product is fused with a sum here, so the buckets are the same bit for bit.
            assert_eq!(other.buckets, scalar.buckets);
            let near = |a: &[f32], b: &[f32]| {
                let far = a.iter().zip(b).fold(0.0, |far: f32, (a, b)| far.max((a - b).abs() / b.max(1.0)));
                f64::from(far) < SAMPLING_F32
            };
            assert!(near(&other.weights, &scalar.weights) && near(&other.placed, &scalar.placed));
            assert!(near(&other.sums, &scalar.sums), "{:?} {:?}", other.sums, scalar.sums);
        }
    }
}

#[test]
fn buckets_are_in_the_order_of_the_logits_and_what_fills_up_weighs_nothing() {
    let logits: Vec<f32> = (0..300).map(|i| -0.05 * ((i * 7) % 300) as f32).collect();
    let Passes { placed, buckets, weights, .. } = passes(Scalar::new(), &logits);
    for (i, j) in (0..300).flat_map(|i| (0..300).map(move |j| (i, j))) {
        assert!(logits[i] <= logits[j] || buckets[i] <= buckets[j]);
    }
    assert!(placed[300..].iter().chain(&weights[300..]).all(|&weight| weight == 0.0));
    // The threshold lies 6 below the largest.
    assert!((0..300).all(|i| (weights[i] > 0.0) == (logits[i] >= -6.0)));
}
