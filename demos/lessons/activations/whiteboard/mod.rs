//! The code for the whiteboard, held to the library's numbers: the Rust by calling it, the Python by running it.

// The files are shown as they stand; whoever takes one along finds its functions public.
#![allow(unreachable_pub)]

mod activation;
mod swiglu;

use concepts::activation::{Activation, GatedLayer, llama_width};
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{normal, rng};
use ndarray::Array2;
use serde_json::{Value, json};

use crate::kit::whiteboard::python;

fn close(a: &[f64], b: &[f64]) {
    assert_eq!(a.len(), b.len());
    assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < EXACT_F64), "{a:?} {b:?}");
}

/// A call of Python gives these numbers, where this machine has Python.
fn python_too(source: &str, call: &str, args: &Value, expected: &[f64]) {
    if let Some(given) = python(source, call, args) {
        close(&serde_json::from_value::<Vec<f64>>(given).unwrap(), expected);
    }
}

#[test]
fn the_functions_are_the_librarys() {
    for x in [-5.0, -1.278, -0.5, 0.0, 1.0, 3.0] {
        let silu = Activation::SILU;
        let expected = [Activation::GeluTanh.of(x), silu.of(x), silu.derivative(x)];
        close(&[activation::gelu(x), activation::silu(x), activation::silu_slope(x)], &expected);
        let call = "[gelu(*args), silu(*args), silu_slope(*args)]";
        python_too(include_str!("activation.py"), call, &json!([x]), &expected);
    }
}

#[test]
fn the_gate_is_the_librarys() {
    let mut draws = rng(7, "whiteboard");
    let layer = GatedLayer::random(4, 11, Activation::SILU, &mut draws).unwrap();
    let x = normal((1, 4), 1.0, &mut draws);
    let expected = layer.forward(x.view()).unwrap().row(0).to_vec();
    let rows = |m: &Array2<f64>| m.outer_iter().map(|row| row.to_vec()).collect::<Vec<_>>();
    let (w, v, u, x) = (rows(&layer.w), rows(&layer.v), rows(&layer.u), x.row(0).to_vec());
    close(&swiglu::swiglu(&x, &w, &v, &u), &expected);
    let source = include_str!("swiglu.py");
    python_too(source, "swiglu(*args)", &json!([x, w, v, u]), &expected);
    for d in [4096, 5120, 6656, 8192] {
        let expected = llama_width(d, 1.0, 256).unwrap();
        assert_eq!(swiglu::width(4 * d, 256), expected);
        python_too(source, "[width(*args)]", &json!([4 * d, 256]), &[expected as f64]);
    }
}
