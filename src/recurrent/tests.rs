use ndarray::{Array1, Array2, Axis};

use super::{Activation, RecurrentError, Rnn};
use crate::numerics::tolerance::{DIFFERENCE_STEP, EXACT_F64, GRADIENT};
use crate::numerics::{central_difference, normal, orthogonal, relative_error, rng, spectral_norm};

/// A layer of width 5 for inputs of width 3, with `T = 7` of them.
fn example(activation: Activation) -> (Rnn, Array2<f64>, Array1<f64>) {
    let mut rng = rng(1, "rnn");
    let [w, u, x] = [(5, 5), (5, 3), (7, 3)].map(|shape| normal(shape, 0.5, &mut rng));
    let b = normal((1, 5), 0.1, &mut rng).remove_axis(Axis(0));
    (Rnn::new(w, u, b, activation).unwrap(), x, Array1::linspace(-0.5, 0.5, 5))
}

#[test]
fn the_jacobian_is_the_difference() {
    for activation in [Activation::Tanh, Activation::Linear] {
        let (layer, x, h0) = example(activation);
        let states = layer.states(x.view(), h0.view()).unwrap();
        let jacobian = layer.jacobian(states.view()).unwrap();
        let at = h0.clone().insert_axis(Axis(0));
        for i in 0..5 {
            let last = |h0: &Array2<f64>| layer.states(x.view(), h0.row(0)).unwrap()[[7, i]];
            let numeric = central_difference(last, &at, DIFFERENCE_STEP);
            let analytic = jacobian.row(i).to_owned().insert_axis(Axis(0));
            assert!(relative_error(&analytic, &numeric) < GRADIENT);
        }
    }
}

#[test]
fn norms_are_those_of_the_jacobian_in_the_order_asked() {
    let (layer, x, h0) = example(Activation::Tanh);
    let states = layer.states(x.view(), h0.view()).unwrap();
    let at = [7, 0, 3, 3];
    let norms = layer.gradient_norms(x.view(), h0.view(), &at).unwrap();
    for (t, norm) in at.into_iter().zip(norms) {
        let prefix = states.select(Axis(0), &(0..=t).collect::<Vec<_>>());
        let whole = spectral_norm(&layer.jacobian(prefix.view()).unwrap());
        assert!((norm / whole - 1.0).abs() < EXACT_F64);
    }
    assert!(layer.gradient_norms(x.view(), h0.view(), &[]).unwrap().is_empty());
}

#[test]
fn an_orthogonal_linear_layer_scales_by_g_every_step() {
    let mut rng = rng(2, "orthogonal");
    let (d, steps) = (64, 100);
    let o = orthogonal(d, &mut rng);
    let at: Vec<usize> = (1..=steps).step_by(9).collect();
    let (x, h0) = (Array2::zeros((steps, 1)), Array1::zeros(d));
    for g in [0.9, 1.0, 1.1] {
        let layer = Rnn::new(&o * g, Array2::zeros((d, 1)), Array1::zeros(d), Activation::Linear).unwrap();
        let norms = layer.gradient_norms(x.view(), h0.view(), &at).unwrap();
        for (&t, norm) in at.iter().zip(norms) {
            let exact = libm::pow(g, t as f64);
            assert!((norm / exact - 1.0).abs() < EXACT_F64 * t as f64, "{g} {t}");
        }
    }
}

#[test]
fn what_does_not_fit_is_named() {
    let (layer, x, h0) = example(Activation::Tanh);
    let wide = Array2::zeros((7, 4));
    assert!(layer.states(wide.view(), h0.view()).is_err());
    assert!(layer.states(x.view(), Array1::zeros(4).view()).is_err());
    assert!(layer.jacobian(Array2::zeros((0, 5)).view()).is_err());
    assert!(layer.jacobian(wide.view()).is_err());
    assert_eq!(
        layer.gradient_norms(x.view(), h0.view(), &[2, 8]),
        Err(RecurrentError::NoSuchTime { time: 8, last: 7 })
    );
    let new = |w, u, b| Rnn::new(Array2::zeros(w), Array2::zeros(u), Array1::zeros(b), Activation::Tanh);
    assert!(new((0, 0), (0, 1), 0).is_err());
    assert!(new((2, 3), (2, 1), 2).is_err());
    assert!(new((2, 2), (3, 1), 2).is_err());
    assert!(new((2, 2), (2, 1), 3).is_err());
    // No input yet: the first state alone, and its own derivative.
    let none = Array2::zeros((0, 3));
    let states = layer.states(none.view(), h0.view()).unwrap();
    assert_eq!(layer.jacobian(states.view()).unwrap(), Array2::<f64>::eye(5));
}
