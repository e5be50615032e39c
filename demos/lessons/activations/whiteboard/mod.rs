//! The code for the whiteboard, held to the library's numbers: the Rust by calling it, the Python by running it.

// The files are shown as they stand; whoever takes one along finds its functions public.
#![allow(unreachable_pub)]

mod activation;
mod mixture;
mod swiglu;

use concepts::activation::{Activation, GatedLayer, Mixture, llama_width};
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

#[test]
fn the_mixture_is_the_librarys() {
    let mut draws = rng(7, "whiteboard mixture");
    let rows = |m: &Array2<f64>| m.outer_iter().map(|row| row.to_vec()).collect::<Vec<_>>();
    for (count, k) in [(4, 2), (3, 3), (5, 1)] {
        let mut layer = || GatedLayer::random(4, 6, Activation::SILU, &mut draws).unwrap();
        let layers: Vec<GatedLayer> = (0..count).map(|_| layer()).collect();
        let (router, x) = (normal((4, count), 1.0, &mut draws), normal((1, 4), 1.0, &mut draws));
        let library = Mixture::new(router.clone(), layers.clone(), k).unwrap();
        let expected = library.forward(x.view()).unwrap().row(0).to_vec();
        let experts: Vec<_> = layers.iter().map(|layer| [&layer.w, &layer.v, &layer.u].map(rows)).collect();
        let (x, router) = (x.row(0).to_vec(), rows(&router));
        let calls: Vec<_> =
            experts.iter().map(|[w, v, u]| move |x: &[f64]| swiglu::swiglu(x, w, v, u)).collect();
        close(&mixture::mixture(&x, &router, &calls, k), &expected);
        let source = [include_str!("swiglu.py"), include_str!("mixture.py")].concat();
        let call = "mixture(args[0], args[1], [lambda x, m=m: swiglu(x, *m) for m in args[2]], args[3])";
        python_too(&source, call, &json!([x, router, experts, k]), &expected);
    }
    // Of equal scores the first.
    let calls = [1.0, 2.0].map(|y| move |_: &[f64]| vec![y]);
    close(&mixture::mixture(&[1.0], &[vec![3.0, 3.0]], &calls, 1), &[1.0]);
}
