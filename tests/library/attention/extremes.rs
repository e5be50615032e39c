//! Attention at its limits: huge logits, one token, nothing to see, NaN.

use concepts::attention::{Mask, MultiHead, attention, attention_backward};
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{max_abs, normal, rng};
use ndarray::{Array1, Array2};

#[test]
fn logits_of_ten_thousand_pick_one_key_and_stay_finite() {
    let k = Array2::from_shape_vec((3, 1), vec![1e4, -1e4, 0.0]).unwrap();
    let v = Array2::from_shape_vec((3, 1), vec![1.0, 2.0, 3.0]).unwrap();
    for (sign, expected) in [(1.0, 1.0), (-1.0, 2.0)] {
        let q = Array2::from_elem((1, 1), sign);
        let output = attention(q.view(), k.view(), v.view(), &Mask::None).unwrap();
        assert_eq!(output[[0, 0]], expected);
        let g = Array2::ones((1, 1));
        let grads = attention_backward(q.view(), k.view(), v.view(), &Mask::None, g.view()).unwrap();
        assert_eq!(max_abs(&grads.dq) + max_abs(&grads.dk), 0.0);
        assert_eq!(grads.dv.sum(), 1.0);
    }
    // The largest score of all may be hidden: then it must not set the scale.
    let hidden = Mask::Padding(vec![false, true, true]);
    let q = Array2::ones((1, 1));
    assert_eq!(attention(q.view(), k.view(), v.view(), &hidden).unwrap()[[0, 0]], 3.0);
}

#[test]
fn one_token_reads_itself() {
    let mut rng = rng(1, "one token");
    let [q, k, v, g] = [(1, 4); 4].map(|shape| normal(shape, 1.0, &mut rng));
    for mask in [Mask::None, Mask::Causal] {
        assert_eq!(attention(q.view(), k.view(), v.view(), &mask).unwrap(), v);
        let grads = attention_backward(q.view(), k.view(), v.view(), &mask, g.view()).unwrap();
        assert_eq!(grads.dv, g);
        assert!(max_abs(&grads.dq).max(max_abs(&grads.dk)) < EXACT_F64);
    }
}

#[test]
fn a_layer_whose_mask_hides_everything_answers_zero() {
    let mut rng = rng(2, "all masked");
    let layer = MultiHead::random(8, 2, 1, &mut rng).unwrap();
    let x = normal((3, 8), 1e4, &mut rng);
    let nothing = Mask::Causal.and(Mask::Padding(vec![false; 3]));
    assert_eq!(max_abs(&layer.forward(x.view(), &nothing).unwrap()), 0.0);
}

#[test]
fn a_nan_in_a_token_is_not_hidden() {
    let mut x: Array2<f64> = Array2::ones((2, 3));
    x.row_mut(1).assign(&Array1::from_elem(3, f64::NAN));
    let output = attention(x.view(), x.view(), x.view(), &Mask::None).unwrap();
    assert!(max_abs(&output).is_nan());
}
