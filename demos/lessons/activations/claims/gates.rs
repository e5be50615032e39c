//! C1, C11, C15, C17, C25: layers and gates.

use concepts::activation::{Activation, GatedLayer, ffn_parameters};
use concepts::numerics::tolerance::{DIFFERENCE_STEP, EXACT_F64, GRADIENT, ORACLE_F64};
use concepts::numerics::{central_difference, max_difference, normal, relative_error, rng};
use ndarray::{Array1, Array2, array};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::{Qualified, Wrong};
use crate::lessons::activations::experiments::gate::{Form, Parts, degree};

/// C1: FFN(x) = f(xW₁ + b₁)W₂ + b₂
pub(crate) fn feed_forward(c: &mut Case) -> Checked {
    // One token, three hidden units, made by hand: before ReLU 1, 1 and −1 and a bias of 2 on the last.
    let x = array![1.0, -1.0];
    let (w, b) = (array![[1.0, 2.0, 0.0], [0.0, 1.0, 1.0]], array![0.0, 0.0, 2.0]);
    let (u, e) = (array![[1.0, 0.0], [2.0, 1.0], [3.0, 1.0]], array![0.5, -1.0]);
    let by_hand: Array1<f64> = array![6.5, 1.0];
    c.holds((1.0, true), |t, (bias, bent): (f64, bool)| {
        let hidden = (x.dot(&w) + &b * bias).mapv(|a| if bent { a.max(0.0) } else { a });
        let y = hidden.dot(&u) + &e * bias;
        let off = (y - &by_hand).iter().fold(0.0, |most: f64, d| most.max(d.abs()));
        t.at_most("by-hand", off, EXACT_F64).over(2);
        // Without a function between them two matrices are one: the output would be linear in the input.
        let of = |x: &Array1<f64>| x.dot(&w).mapv(|a| if bent { a.max(0.0) } else { a }).dot(&u);
        let bend = (of(&x) + of(&(-&x))).iter().fold(0.0, |most: f64, d| most.max(d.abs()));
        t.at_least("bent", bend, 1.0).over(2);
    })
    .control("no-bias", (0.0, true))
    .control("no-function", (1.0, false));
    Ok(())
}

/// C11: SwiGLU(x) = Swish(x) * (xW₁) ⊙ (xW₂)
pub(crate) fn one_factor_too_many(c: &mut Case) -> Checked {
    const D: usize = 4;
    const D_FF: usize = 11;
    let (seed, wide) = (c.seed, Parts::random(D, D_FF, c.seed));
    let (right, written): (Form, Form) = (|p| p.right(Activation::SILU), |p| p.written(Activation::SILU));
    let square = Parts::random(D, D, seed);
    let apart = right(&square).zip(written(&square)).map_or(f64::NAN, |(a, b)| max_difference(&a, &b));
    c.value("d", D).value("dff", D_FF).value("apart", apart).value("power", degree(D, seed, written));
    c.as_written(|t| {
        t.at_most("as-stated", apart, ORACLE_F64).over(D * 5).drawn();
    });
    c.corrected(Wrong, right, |t, form: Form| {
        t.exactly("columns", form(&wide).map_or(0.0, |y| y.ncols() as f64), D_FF as f64);
        t.near("degree", degree(D, seed, form), 2.0, 0.01).drawn();
    })
    .control("written", written)
    .control("no-matrix", |p| p.ungated_input(Activation::SILU));
    Ok(())
}

/// C15: a gate can do more
pub(crate) fn products(c: &mut Case) -> Checked {
    type Layer = fn(f64, f64) -> f64;
    // Two units, whose gates read x₁ and −x₁, their other branches x₂ and −x₂: f(a) − f(−a) = a.
    let gated: Layer = |a, b| Activation::SILU.of(a) * b + Activation::SILU.of(-a) * -b;
    // As many products as the gate has matrices, with ReLU: homogeneous of degree 1, whatever the weights.
    let plain: Layer =
        |a, b| 0.5 * ((a + b).max(0.0) + (-a - b).max(0.0) - (a - b).max(0.0) - (b - a).max(0.0));
    let places = [(-2.0, 3.0), (0.5, 0.5), (4.0, -1.0), (10.0, 20.0), (-7.0, -6.0)];
    let growth = |f: Layer| (f(1000.0, 2000.0) / f(100.0, 200.0)).abs().log10();
    let (units, near) = (2 * KNOTS, by_pieces_off());
    c.value("units", units).value("near", near);
    c.as_written(|t| {
        // More can be expressed, if a plain layer cannot even come near, however wide.
        t.at_least("only-gates", near, 0.01).over(units);
    });
    c.corrected(Qualified, gated, |t, f: Layer| {
        let off = places.map(|(a, b)| (f(a, b) / (a * b) - 1.0).abs()).into_iter().fold(0.0, f64::max);
        t.at_most("product", off, EXACT_F64).over(places.len());
        t.near("growth", growth(f), 2.0, EXACT_F64);
    })
    .control("one", |a, b| Activation::SILU.of(a) * b)
    .control("plain", plain);
    Ok(())
}

/// Units of a plain layer for each of two squares.
const KNOTS: usize = 64;

/// How far a plain ReLU layer with biases is from x₁·x₂ = ((x₁ + x₂)² − (x₁ − x₂)²)/4 where neither is larger than 1.
fn by_pieces_off() -> f64 {
    const PLACES: usize = 41;
    // A polygon on the square of s in −2 … 2: each unit bends it at one knot.
    let h = 4.0 / KNOTS as f64;
    let relu = |x: f64| x.max(0.0);
    let bends = |s: f64| (1..KNOTS).map(|i| 2.0 * h * relu(s + 2.0 - h * i as f64)).sum::<f64>();
    let square = |s: f64| 4.0 + (h - 4.0) * relu(s + 2.0) + bends(s);
    let place = |i: usize| 2.0 * i as f64 / (PLACES - 1) as f64 - 1.0;
    let off = |(a, b): (f64, f64)| ((square(a + b) - square(a - b)) / 4.0 - a * b).abs();
    let all = (0..PLACES * PLACES).map(|i| (place(i / PLACES), place(i % PLACES)));
    all.map(off).fold(0.0, f64::max)
}

/// C17: GEGLU(x) = GELU(xW₁) ⊙ (xW₂)
pub(crate) fn geglu(c: &mut Case) -> Checked {
    let (seed, square) = (c.seed, Parts::random(4, 4, c.seed));
    let by_hand = square.by_hand(Activation::Gelu);
    let right: Form = |p| p.right(Activation::Gelu);
    let mut draws = rng(seed, "Q12 C17");
    let layer = GatedLayer::random(3, 5, Activation::Gelu, &mut draws)?;
    let (x, r) = (normal((4, 3), 1.0, &mut draws), normal((4, 3), 1.0, &mut draws));
    let loss = |x: &Array2<f64>| layer.forward(x.view()).map_or(f64::NAN, |y| (y * &r).sum());
    let numeric = central_difference(loss, &x, DIFFERENCE_STEP);
    let gradient = relative_error(&layer.backward(x.view(), r.view())?.x, &numeric);
    c.holds(right, |t, form: Form| {
        let off = form(&square).map_or(f64::NAN, |y| max_difference(&y, &by_hand));
        t.at_most("by-hand", off, ORACLE_F64).over(by_hand.len()).drawn();
        t.at_most("gradient", gradient, GRADIENT).over(x.len()).drawn();
    })
    .control("no-matrix", |p| p.ungated_input(Activation::Gelu))
    .control("silu", |p| p.right(Activation::SILU));
    Ok(())
}

/// C25: GELU(xW₁)W₂ and (Swish(xW₁) ⊙ xW₂)W₃
pub(crate) fn two_forms(c: &mut Case) -> Checked {
    const D: usize = 6;
    const D_FF: usize = 16;
    let layer = GatedLayer::random(D, D_FF, Activation::SILU, &mut rng(c.seed, "Q12 C25"))?;
    let x = normal((5, D), 1.0, &mut rng(c.seed, "Q12 C25 input"));
    let parts = Parts { x: x.clone(), w: layer.w.clone(), v: layer.v.clone() };
    let by_hand = parts.by_hand(Activation::SILU).dot(&layer.u);
    let plain = [&layer.w, &layer.u].map(ndarray::ArrayBase::len).into_iter().sum::<usize>();
    c.value("d", D).value("dff", D_FF);
    c.holds((layer.clone(), true), |t, (layer, gated): (GatedLayer, bool)| {
        let weights = plain + if gated { layer.v.len() } else { 0 };
        t.exactly("gated", weights as f64, 3.0 * (D * D_FF) as f64).over(D * D_FF);
        t.exactly("plain", ffn_parameters(D, D_FF, false) as f64, plain as f64).over(D * D_FF);
        let off = layer.forward(x.view()).map_or(f64::NAN, |y| max_difference(&y, &by_hand));
        t.at_most("by-hand", off, ORACLE_F64).over(by_hand.len()).drawn();
    })
    .control("no-gate", (layer.clone(), false))
    .control("gelu", (GatedLayer { f: Activation::Gelu, ..layer.clone() }, true));
    Ok(())
}
