//! The code for the whiteboard, held to the library's numbers: the Rust by calling it, the Python by running it.

// The files are shown as they stand; whoever takes one along finds its functions public.
#![allow(unreachable_pub)]

mod gated;
mod info_nce;
mod siglip;

use concepts::contrastive::{CrossAttention, Gated, Objective, on_logits};
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

fn rows(m: &Array2<f64>) -> Vec<Vec<f64>> {
    m.outer_iter().map(|row| row.to_vec()).collect()
}

#[test]
fn the_losses_are_the_librarys() {
    let logits = normal((5, 5), 2.0, &mut rng(7, "whiteboard"));
    let made = on_logits(logits.view(), Objective::CLIP).unwrap();
    let expected: Vec<f64> = std::iter::once(made.loss).chain(made.by_logits).collect();
    let (loss, gradient) = info_nce::info_nce(&rows(&logits));
    close(&[vec![loss], gradient.concat()].concat(), &expected);
    let call = "(lambda l, g: [l] + [x for row in g for x in row])(*info_nce(*args))";
    python_too(include_str!("info_nce.py"), call, &json!([rows(&logits)]), &expected);
    let expected = on_logits(logits.view(), Objective::SigLip).unwrap().loss;
    close(&[siglip::siglip(&rows(&logits))], &[expected]);
    python_too(include_str!("siglip.py"), "[siglip(*args)]", &json!([rows(&logits)]), &[expected]);
}

#[test]
fn the_gate_is_the_librarys() {
    let mut draws = rng(7, "whiteboard gate");
    let (text, image) = (normal((3, 4), 1.0, &mut draws), normal((6, 4), 1.0, &mut draws));
    let attention = CrossAttention::random(4, &mut draws);
    for alpha in [0.0, 0.6] {
        let layer = Gated { attention: attention.clone(), alpha };
        let expected: Vec<f64> = layer.forward(&text, &image).iter().copied().collect();
        let (x, v, w) = (rows(&text), rows(&image), attention.w.each_ref().map(rows));
        close(&gated::gated(&x, &v, w.each_ref(), alpha).concat(), &expected);
        let [q, k, v_, o] = w;
        let call = "[x for row in gated(*args) for x in row]";
        python_too(include_str!("gated.py"), call, &json!([x, v, q, k, v_, o, alpha]), &expected);
    }
}
