use crate::attention::words::Dimension;
use ndarray::{Array1, Axis};

use super::*;
use crate::attention::{Mask, NoPositions};
use crate::numerics::tolerance::EXACT_F64;
use crate::numerics::{max_difference, normal, rng};

const SIZES: LatentSizes =
    LatentSizes { d_model: 16, heads: 3, d_nope: 5, d_rope: 4, d_v: 6, kv_lora: 7, q_lora: Some(8) };

/// Turns every feature by another angle: enough to see where a rotation acts.
struct Turn;

impl Positions for Turn {
    fn rotate(&self, x: Array2<f64>, first: usize) -> Array2<f64> {
        let mut turned = x.clone();
        for ((i, c), y) in turned.indexed_iter_mut() {
            let (sin, cos) = libm::sincos((first + i) as f64 * 0.3);
            let other = x[[i, c ^ 1]];
            *y = if c % 2 == 0 { cos * x[[i, c]] - sin * other } else { cos * x[[i, c]] + sin * other };
        }
        turned
    }

    fn bias(&self, head: usize, _: usize, n_q: usize, n_k: usize) -> Option<Array2<f64>> {
        Some(Array2::from_shape_fn((n_q, n_k), |(i, j)| {
            -0.1 * (head + 1) as f64 * (i as f64 + (n_k - n_q) as f64 - j as f64).abs()
        }))
    }
}

fn with_gains(layer: &LatentAttention) -> LatentAttention {
    let mut weights = layer.weights.clone();
    weights.q_gain = layer.sizes.q_lora.map(|rank| Array1::linspace(0.5, 1.5, rank));
    weights.kv_gain = Some(Array1::linspace(1.5, 0.5, layer.sizes.kv_lora));
    LatentAttention::from_weights(layer.sizes, weights).unwrap()
}

#[test]
fn absorbing_changes_nothing() {
    let mut rng = rng(1, "absorbed");
    for q_lora in [Some(8), None] {
        let layer = LatentAttention::random(LatentSizes { q_lora, ..SIZES }, &mut rng).unwrap();
        let x = normal((9, 16), 1.0, &mut rng);
        for layer in [with_gains(&layer), layer] {
            for mask in [Mask::None, Mask::Causal, Mask::Window(3)] {
                for positions in [&NoPositions as &dyn Positions, &Turn] {
                    let built = layer.forward(x.view(), &mask, positions).unwrap();
                    let absorbed = layer.forward_absorbed(x.view(), &mask, positions).unwrap();
                    assert!(max_difference(&built, &absorbed) < EXACT_F64);
                }
            }
        }
    }
}

/// The control: the longer dot products do not ask for a larger divisor.
#[test]
fn the_wrong_divisor_would_be_noticed() {
    let mut rng = rng(2, "divisor");
    let layer = LatentAttention::random(SIZES, &mut rng).unwrap();
    let x = normal((9, 16), 1.0, &mut rng);
    let built = layer.forward(x.view(), &Mask::Causal, &Turn).unwrap();
    let mut wrong = layer.clone();
    let shrink = (f64::from(5 + 4) / f64::from(7 + 4)).sqrt();
    wrong.weights.w_uq *= shrink;
    wrong.weights.w_qr *= shrink;
    let absorbed = wrong.forward_absorbed(x.view(), &Mask::Causal, &Turn).unwrap();
    assert!(max_difference(&built, &absorbed) > 1e-3);
}

#[test]
fn steps_over_the_compressed_cache_are_the_causal_forward() {
    let mut rng = rng(3, "steps");
    for d_rope in [0, 4] {
        let sizes = LatentSizes { d_rope, ..SIZES };
        let layer = with_gains(&LatentAttention::random(sizes, &mut rng).unwrap());
        let x = normal((9, 16), 1.0, &mut rng);
        let whole = layer.forward(x.view(), &Mask::Causal, &Turn).unwrap();
        let mut cache = layer.new_cache();
        assert!(cache.is_empty());
        for (i, token) in x.outer_iter().enumerate() {
            let step = layer.step(token, &mut cache, &Turn).unwrap().insert_axis(Axis(0));
            assert!(max_difference(&step, &whole.select(Axis(0), &[i])) < EXACT_F64);
            assert_eq!((cache.len(), cache.elements()), (i + 1, (i + 1) * (7 + d_rope)));
        }
    }
}

#[test]
fn the_weights_are_as_many_as_the_formula_says() {
    let mut rng = rng(4, "parameters");
    for (q_lora, d_rope) in [(Some(8), 4), (None, 4), (Some(3), 0)] {
        let sizes = LatentSizes { q_lora, d_rope, ..SIZES };
        let layer = LatentAttention::random(sizes, &mut rng).unwrap();
        assert_eq!(layer.parameters(), sizes.parameters());
        assert_eq!(with_gains(&layer).parameters(), sizes.parameters() + 7 + q_lora.unwrap_or(0));
    }
}

#[test]
fn what_does_not_fit_is_named() {
    let mut rng = rng(5, "errors");
    let empty = |sizes| LatentAttention::random(sizes, &mut rng.clone()).unwrap_err();
    for (what, sizes) in [
        (Dimension::Heads, LatentSizes { heads: 0, ..SIZES }),
        (Dimension::KvLora, LatentSizes { kv_lora: 0, ..SIZES }),
        (Dimension::QLora, LatentSizes { q_lora: Some(0), ..SIZES }),
    ] {
        assert_eq!(empty(sizes), AttentionError::Empty { what });
    }
    let layer = LatentAttention::random(SIZES, &mut rng).unwrap();
    let weights = || layer.weights.clone();
    let without = LatentWeights { w_dq: None, ..weights() };
    assert!(LatentAttention::from_weights(SIZES, without).is_err());
    let narrow = LatentWeights { w_kr: Array2::zeros((16, 3)), ..weights() };
    assert!(LatentAttention::from_weights(SIZES, narrow).is_err());
    let gains = LatentWeights { kv_gain: Some(Array1::ones(6)), ..weights() };
    assert!(LatentAttention::from_weights(SIZES, gains).is_err());
    let x = Array2::ones((2, 15));
    assert!(layer.forward(x.view(), &Mask::None, &NoPositions).is_err());
    let other = LatentAttention::random(LatentSizes { kv_lora: 6, ..SIZES }, &mut rng).unwrap();
    let (mut cache, token) = (layer.new_cache(), Array1::ones(16));
    layer.step(token.view(), &mut cache, &NoPositions).unwrap();
    let before = cache.clone();
    assert!(other.step(token.view(), &mut cache, &NoPositions).is_err());
    assert!(layer.step(Array1::ones(3).view(), &mut cache, &NoPositions).is_err());
    assert_eq!(cache, before);
}
