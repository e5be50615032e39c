//! C2, C3, C4, C5, C9, C10: the functions.

use std::f64::consts::{FRAC_2_PI, PI};

use concepts::activation::{Activation, lowest};
use concepts::numerics::tolerance::{DIFFERENCE_STEP, EXACT_F64, GRADIENT, ORACLE_F64};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::{Qualified, Wrong};
use crate::lessons::activations::experiments::mask::masked;

type Curve = fn(f64) -> f64;

/// The density of the normal distribution, summed by Simpson's rule from far left.
fn integrated(x: f64) -> f64 {
    const LEFT: f64 = -12.0;
    const STEPS: usize = 4000;
    let h = (x - LEFT) / STEPS as f64;
    let density = |i: usize| (-0.5 * (LEFT + h * i as f64).powi(2)).exp() / (2.0 * PI).sqrt();
    let weight = |i: usize| if i == 0 || i == STEPS { 1.0 } else { 2.0 + 2.0 * (i % 2) as f64 };
    (0..=STEPS).map(|i| weight(i) * density(i)).sum::<f64>() * h / 3.0
}

/// C2: GELU(x) = xΦ(x)
pub(crate) fn gelu(c: &mut Case) -> Checked {
    const PLACES: usize = 25;
    let places = || (0..PLACES).map(|i| -6.0 + 0.5 * i as f64);
    c.holds(Activation::Gelu, |t, f| {
        let off = places().map(|x| (f.of(x) - x * integrated(x)).abs()).fold(0.0, f64::max);
        t.at_most("integral", off, ORACLE_F64).over(PLACES);
    })
    .control("tanh", Activation::GeluTanh)
    .control("silu", Activation::SILU);
    Ok(())
}

/// C3: the approximation by tanh
pub(crate) fn by_tanh(c: &mut Case) -> Checked {
    const PLACES: usize = 20_001;
    // Half a unit of the third decimal.
    const THIRD_DECIMAL: f64 = 5e-4;
    let right: Curve = |x| 0.5 * x * (1.0 + (FRAC_2_PI.sqrt() * (x + 0.044_715 * x.powi(3))).tanh());
    let worst = |f: Curve| {
        let off = |x: f64| (f(x) - Activation::Gelu.of(x)).abs();
        let places = (0..PLACES).map(|i| -10.0 + 1e-3 * i as f64);
        places.fold((0.0, 0.0), |best, x| if off(x) > best.1 { (x, off(x)) } else { best })
    };
    let (at, by) = worst(right);
    c.value("at", at.abs()).value("by", by);
    c.holds(right, |t, f: Curve| {
        t.at_most("largest", worst(f).1, THIRD_DECIMAL).over(PLACES);
    })
    .control("no-cube", |x| 0.5 * x * (1.0 + (FRAC_2_PI.sqrt() * x).tanh()))
    .control("sigma", |x| Activation::GeluSigmoid.of(x));
    Ok(())
}

/// C4: smooth and differentiable
pub(crate) fn smooth(c: &mut Case) -> Checked {
    const PLACES: usize = 240;
    // Twice this, times a curvature below 1, is the most that a smooth slope can change.
    const NEAR: f64 = 1e-6;
    c.holds(Activation::Gelu, |t, f: Activation| {
        let h = DIFFERENCE_STEP;
        let off = |x: f64| ((f.of(x + h) - f.of(x - h)) / (2.0 * h) - f.derivative(x)).abs();
        let worst = (0..PLACES).map(|i| off(-6.0 + 0.05 * i as f64)).fold(0.0, f64::max);
        t.at_most("difference", worst, GRADIENT).over(PLACES);
        t.at_most("jump", (f.derivative(NEAR) - f.derivative(-NEAR)).abs(), 2.0 * NEAR);
    })
    .control("relu", Activation::Relu);
    Ok(())
}

/// C5: not monotone, and not zero below zero
pub(crate) fn not_monotone(c: &mut Case) -> Checked {
    let (at, by) = lowest(Activation::Gelu, -3.0, 0.0).ok_or("GELU has a lowest point")?;
    c.value("at", at).value("by", by);
    let right: Curve = |x| Activation::Gelu.of(x);
    let leaky: Curve = |x| if x > 0.0 { x } else { 0.2 * x };
    c.as_written(|t| {
        // The bracket as the reason: what is not zero below 0 would fall somewhere.
        let places = (0..300).map(|i| -3.0 + 0.01 * f64::from(i));
        let fall = places.map(|x| leaky(x) - leaky(x + 0.01)).fold(f64::NEG_INFINITY, f64::max);
        t.at_least("implied", fall, 0.0).over(300);
    });
    c.corrected(Qualified, right, |t, f: Curve| {
        t.at_least("falls", f(-3.0) - f(at), 0.1);
        t.at_least("rises", f(0.0) - f(at), 0.1);
        t.at_least("not-zero", f(-1.0).abs(), 0.1);
    })
    .control("relu", |x| x.max(0.0))
    .control("leaky", leaky);
    Ok(())
}

/// C9: random regularisation
pub(crate) fn random(c: &mut Case) -> Checked {
    const DRAWS: usize = 100_000;
    const X: f64 = 0.5;
    type Keep = fn(f64) -> f64;
    let seed = c.seed;
    // Largest difference of a repeated call of the function, or of the mask itself.
    let repeated = |mask: bool| {
        let call = |i: u64| if mask { masked(X, integrated(X), 1, i).0 } else { Activation::Gelu.of(X) };
        (0..50).map(|i| (call(i) - call(0)).abs()).fold(0.0, f64::max)
    };
    c.value("x", X).value("gelu", Activation::Gelu.of(X)).value("draws", DRAWS);
    c.as_written(|t| {
        t.at_least("random", repeated(false), X).over(50);
    });
    let right: (bool, Keep) = (false, integrated);
    c.corrected(Wrong, right, |t, (mask, keep): (bool, Keep)| {
        t.exactly("repeated", repeated(mask), 0.0).over(50);
        let off = |x: f64| {
            let (mean, error) = masked(x, keep(x), DRAWS, seed);
            (mean - Activation::Gelu.of(x)).abs() / error
        };
        let worst = [-1.0, X, 1.5].map(off).into_iter().fold(0.0, f64::max);
        t.at_most("mean", worst, 4.5).over(DRAWS).drawn();
    })
    .control("mask", (true, integrated))
    .control("dropout", (false, |_| 0.5));
    Ok(())
}

/// C10: Swish(x) = xσ(x)
pub(crate) fn swish(c: &mut Case) -> Checked {
    // Newton's method on w e^w = 1/e.
    let w = (0..50).fold(0.3_f64, |w, _| w - (w * w.exp() - (-1.0_f64).exp()) / (w.exp() * (1.0 + w)));
    c.value("lowest", -w).value("at", -1.0 - w);
    c.holds(Activation::SILU, |t, f| {
        let off = [-4.0, -1.0, 0.0, 0.5, 3.0].map(|x: f64| (f.of(x) - x / (1.0 + (-x).exp())).abs());
        t.at_most("by-hand", off.into_iter().fold(0.0, f64::max), EXACT_F64).over(5);
        let (at, y) = lowest(f, -3.0, 0.0).unwrap_or_default();
        t.near("place", at, -1.0 - w, EXACT_F64);
        t.near("depth", y, -w, EXACT_F64);
    })
    .control("beta", Activation::Swish { beta: 1.702 })
    .control("gelu", Activation::Gelu);
    Ok(())
}
