//! Activations: against PyTorch, against differences, the fast kernels against `libm`, refusals.

mod fast;
mod mixture;

use concepts::activation::{Activation, ActivationError, GatedLayer, Start, flow, passed};
use concepts::numerics::tolerance::{DIFFERENCE_STEP, GRADIENT, ORACLE_F32, ORACLE_F64};
use concepts::numerics::{central_difference, normal, relative_error, rng};
use ndarray::Array2;
use serde_json::Value;

const ALL: [(&str, Activation); 12] = [
    ("identity", Activation::Identity),
    ("sigmoid", Activation::Sigmoid),
    ("tanh", Activation::Tanh),
    ("relu", Activation::Relu),
    ("squared-relu", Activation::SquaredRelu),
    ("gelu", Activation::Gelu),
    ("gelu-tanh", Activation::GeluTanh),
    ("gelu-sigmoid", Activation::GeluSigmoid),
    ("silu", Activation::SILU),
    ("swish-2.5", Activation::Swish { beta: 2.5 }),
    ("softplus", Activation::Softplus),
    ("mish", Activation::Mish),
];

fn list(case: &Value, key: &str) -> Vec<f64> {
    case[key].as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

#[test]
fn values_and_slopes_are_those_of_pytorch() {
    let fixture: Value = serde_json::from_str(include_str!("../../fixtures/activation/values.json")).unwrap();
    let cases = fixture["cases"].as_array().unwrap();
    assert_eq!(cases.len(), ALL.len());
    for (case, (name, f)) in cases.iter().zip(ALL) {
        assert_eq!(case["name"], name);
        let x = list(case, "x");
        for (key, of, tolerance) in [
            ("y", Activation::of as fn(Activation, f64) -> f64, ORACLE_F64),
            ("slope", Activation::derivative, ORACLE_F64),
            ("y_f32", Activation::of, ORACLE_F32),
            ("slope_f32", Activation::derivative, ORACLE_F32),
        ] {
            for (&x, theirs) in x.iter().zip(list(case, key)) {
                let ours = of(f, x);
                assert!(
                    (ours - theirs).abs() <= tolerance * ours.abs().max(1.0),
                    "{name} {key} {x}: {ours} {theirs}"
                );
            }
        }
    }
}

#[test]
fn derivatives_are_those_of_differences() {
    // No step of 1e-5 touches the kink of ReLU at 0.
    let at = Array2::from_shape_fn((1, 240), |(_, j)| -6.0 + 0.05 * j as f64 + 0.013);
    for (name, f) in ALL {
        let numeric = central_difference(|x| x.mapv(|x| f.of(x)).sum(), &at, DIFFERENCE_STEP);
        assert!(relative_error(&at.mapv(|x| f.derivative(x)), &numeric) < GRADIENT, "{name}");
    }
}

#[test]
fn the_ends_are_limits_and_nan_stays_nan() {
    for (name, f) in ALL {
        assert!(f.of(f64::NAN).is_nan(), "{name}");
        if f != Activation::Identity {
            let left = if f == Activation::Tanh { -1.0 } else { 0.0 };
            assert_eq!(f.of(f64::NEG_INFINITY), left, "{name}");
            assert_eq!(f.derivative(f64::NEG_INFINITY), 0.0, "{name}");
            assert!((f.of(-1e300) - left).abs() < 1e-300 && !f.derivative(1e300).is_nan(), "{name}");
            assert!(f.derivative(f64::NAN).is_nan(), "{name}");
        }
        assert!(!f.of(f64::INFINITY).is_nan() && !f.derivative(f64::INFINITY).is_nan(), "{name}");
    }
}

#[test]
fn the_gradient_of_a_gate_is_that_of_differences() {
    for (name, f) in ALL {
        let mut draws = rng(7, name);
        let layer = GatedLayer::random(3, 5, f, &mut draws).unwrap();
        let (x, r) = (normal((4, 3), 1.0, &mut draws), normal((4, 3), 1.0, &mut draws));
        let loss = |layer: &GatedLayer, x: &Array2<f64>| (layer.forward(x.view()).unwrap() * &r).sum();
        let gradients = layer.backward(x.view(), r.view()).unwrap();
        let by_x = central_difference(|x| loss(&layer, x), &x, DIFFERENCE_STEP);
        assert!(relative_error(&gradients.x, &by_x) < GRADIENT, "{name} x");
        let with = |w: &Array2<f64>| loss(&GatedLayer { w: w.clone(), ..layer.clone() }, &x);
        assert!(
            relative_error(&gradients.w, &central_difference(with, &layer.w, DIFFERENCE_STEP)) < GRADIENT
        );
        let with = |v: &Array2<f64>| loss(&GatedLayer { v: v.clone(), ..layer.clone() }, &x);
        assert!(
            relative_error(&gradients.v, &central_difference(with, &layer.v, DIFFERENCE_STEP)) < GRADIENT
        );
        let with = |u: &Array2<f64>| loss(&GatedLayer { u: u.clone(), ..layer.clone() }, &x);
        assert!(
            relative_error(&gradients.u, &central_difference(with, &layer.u, DIFFERENCE_STEP)) < GRADIENT
        );
    }
}

/// The mean of three equal numbers may be off by a rounding; they spread by nothing all the same.
#[test]
fn equal_numbers_do_not_spread() {
    let of = passed(Activation::Gelu, &[-5.0; 3]).unwrap();
    assert_eq!((of.before.deviation, of.behind.deviation), (0.0, 0.0));
    assert_eq!(of.behind.mean, Activation::Gelu.of(-5.0));
}

#[test]
fn what_cannot_be_is_refused() {
    assert_eq!(passed(Activation::Gelu, &[]), Err(ActivationError::Empty));
    let error = passed(Activation::Gelu, &[1.0, f64::NAN]).unwrap_err().to_string();
    assert!(error.contains("entry 2 is NaN"), "{error}");
    assert!(flow(Activation::Relu, Start::He, (0, 4), 4, 7).unwrap_err().to_string().contains("depth is 0"));
    let layer = GatedLayer::random(3, 5, Activation::SILU, &mut rng(7, "x")).unwrap();
    assert!(layer.forward(Array2::zeros((2, 4)).view()).is_err());
    assert!(passed(Activation::SILU, &[1e308, -1e308]).unwrap().before.deviation.is_finite());
}
