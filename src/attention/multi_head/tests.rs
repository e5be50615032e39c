use ndarray::Array2;

use super::*;
use crate::attention::words::Dimension;
use crate::attention::{AttentionError, Mask};
use crate::numerics::tolerance::EXACT_F64;
use crate::numerics::{max_difference, normal, rng};

#[test]
fn sharing_keys_is_the_same_as_repeating_them() {
    let mut rng = rng(1, "gqa");
    let shared = MultiHead::random(24, 6, 2, &mut rng).unwrap();
    // (24, 24): key head 0 three times, then key head 1 three times
    let repeat = |w: &Array2<f64>| Array2::from_shape_fn((24, 24), |(i, j)| w[[i, j / 12 * 4 + j % 4]]);
    let plain = MultiHead::from_weights(
        6,
        6,
        shared.w_q.clone(),
        repeat(&shared.w_k),
        repeat(&shared.w_v),
        shared.w_o.clone(),
    )
    .unwrap();
    let x = normal((7, 24), 1.0, &mut rng);
    let a = shared.forward(x.view(), &Mask::Causal).unwrap();
    let b = plain.forward(x.view(), &Mask::Causal).unwrap();
    assert!(max_difference(&a, &b) < EXACT_F64);
}

#[test]
fn what_does_not_fit_is_named() {
    let mut rng = rng(2, "errors");
    let mut error = |d, h, kv| MultiHead::random(d, h, kv, &mut rng).unwrap_err();
    assert_eq!(error(8, 0, 1), AttentionError::Empty { what: Dimension::Heads });
    assert_eq!(error(8, 2, 0), AttentionError::Empty { what: Dimension::KvHeads });
    assert_eq!(error(0, 1, 1), AttentionError::Empty { what: Dimension::DModel });
    assert_eq!(error(8, 3, 3), AttentionError::HeadsDoNotDivide { d_model: 8, heads: 3 });
    assert_eq!(error(8, 4, 3), AttentionError::KvHeadsDoNotDivide { heads: 4, kv_heads: 3 });
    assert_eq!(error(8, 2, 4), AttentionError::KvHeadsDoNotDivide { heads: 2, kv_heads: 4 });
    let layer = MultiHead::random(8, 2, 1, &mut rng).unwrap();
    let narrow = Array2::zeros((3, 7));
    assert!(layer.forward(narrow.view(), &Mask::None).is_err());
    let empty = Array2::zeros((0, 8));
    assert!(layer.forward(empty.view(), &Mask::None).is_err());
    let w = |m, n| Array2::zeros((m, n));
    assert!(MultiHead::from_weights(2, 1, w(8, 8), w(8, 8), w(8, 4), w(8, 8)).is_err());
    assert!(MultiHead::from_weights(2, 1, w(8, 8), w(8, 4), w(8, 4), w(4, 8)).is_err());
}

#[test]
fn the_heads_may_be_wider_than_the_model() {
    let w = |m, n| Array2::ones((m, n));
    let layer = MultiHead::from_weights(2, 1, w(5, 8), w(5, 4), w(5, 4), w(8, 5)).unwrap();
    assert_eq!((layer.d_model(), layer.d_head(), layer.parameters()), (5, 4, 40 + 20 + 20 + 40));
    assert_eq!(layer.parameters(), 2 * 5 * 4 * (2 + 1));
}

#[test]
fn cross_attention_takes_the_length_of_the_queries() {
    let mut rng = rng(3, "cross");
    let layer = MultiHead::random(8, 2, 1, &mut rng).unwrap();
    let (x_q, x_kv) = (normal((3, 8), 1.0, &mut rng), normal((5, 8), 1.0, &mut rng));
    let trace = layer.trace(x_q.view(), x_kv.view(), &Mask::None).unwrap();
    assert_eq!((trace.q.dim(), trace.k.dim(), trace.v.dim()), ((3, 8), (5, 4), (5, 4)));
    assert_eq!(trace.output.dim(), (3, 8));
    assert_eq!(trace.heads[1].weights.dim(), (3, 5));
}
