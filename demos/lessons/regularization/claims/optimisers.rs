//! C10, C11, C12: weight decay.

use concepts::numerics::tolerance::EXACT_F64;
use concepts::regularization::{Rates, Rule};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::{Qualified, Wrong};
use crate::lessons::regularization::experiments::noise::{after, as_written, left};

/// Gradients that are not of size 1, where some wrong formulas are right.
const GRADIENTS: [f64; 3] = [0.3, -2.0, 0.05];

fn apart(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// C10: weight decay is L2
pub(crate) fn is_l2(c: &mut Case) -> Checked {
    let (lr, lambda) = (0.1, 0.05);
    // The penalty λw² has the slope 2λw.
    let penalty = Rates::new(lr, 2.0 * lambda);
    let difference = |l2, decoupled, factor: f64| {
        let decay = Rates::new(lr, factor * lambda);
        apart(&after(l2, &penalty, &GRADIENTS), &after(decoupled, &decay, &GRADIENTS))
    };
    let of_momentum = difference(Rule::MomentumL2, Rule::MomentumDecoupled, 2.0);
    let of_adam = difference(Rule::AdamL2, Rule::AdamW, 2.0);
    c.value("momentum", of_momentum).value("adam", of_adam).value("lr", lr).value("lambda", lambda);
    c.as_written(|t| {
        t.at_most("everywhere", of_momentum.max(of_adam), EXACT_F64).over(GRADIENTS.len());
    });
    c.corrected(Qualified, 2.0, |t, factor: f64| {
        let of_sgd = difference(Rule::SgdL2, Rule::SgdDecoupled, factor);
        t.at_most("sgd", of_sgd, EXACT_F64).over(GRADIENTS.len());
    })
    .control("same-lambda", 1.0);
    Ok(())
}

/// C11: AdamW decouples
pub(crate) fn decoupled(c: &mut Case) -> Checked {
    const STEPS: usize = 2000;
    const REPLICAS: usize = 600;
    const SCALES: [f64; 3] = [0.01, 0.1, 10.0];
    let (seed, rates) = (c.seed, Rates::new(1e-3, 0.1));
    let theory = (1.0 - rates.lr * rates.decay).powi(STEPS as i32);
    // A walk of so many steps of the learning rate.
    let standard_error = rates.lr * (STEPS as f64).sqrt() / (REPLICAS as f64).sqrt();
    let of = |rule| left(rule, &rates, &SCALES, STEPS, REPLICAS, seed);
    c.value("steps", STEPS).value("replicas", REPLICAS);
    c.value("small", SCALES[0]).value("middle", SCALES[1]).value("large", SCALES[2]);
    c.holds(of(Rule::AdamW), |t, left| {
        for (id, &left) in ["left-small", "left-middle", "left-large"].into_iter().zip(&left) {
            t.near(id, left, theory, 4.0 * standard_error).over(REPLICAS).drawn();
        }
    })
    .control("in-the-gradient", of(Rule::AdamL2));
    Ok(())
}

/// C12: the code for AdamW
pub(crate) fn code(c: &mut Case) -> Checked {
    type Step = fn(&Rates, &[f64]) -> Vec<f64>;
    const SMALL: f64 = 0.1;
    const LARGE: f64 = 10.0;
    // ε of 1e-8 beside a gradient of 0.1, times the learning rate.
    const OF_EPSILON: f64 = 1e-7;
    let rates = Rates::new(0.1, 0.1);
    let adamw: Step = |rates, g| after(Rule::AdamW, rates, g);
    let written = [SMALL, LARGE].map(|g| as_written(&rates, &[g])[0]);
    let off = [SMALL, LARGE].map(|g| apart(&as_written(&rates, &[g]), &adamw(&rates, &[g])));
    let at_one = apart(&as_written(&rates, &[1.0]), &adamw(&rates, &[1.0]));
    c.value("small", SMALL).value("large", LARGE).value("of_small", written[0]).value("of_large", written[1]);
    c.value("at_one", at_one).value("right", adamw(&rates, &[SMALL])[0]);
    c.as_written(|t| {
        t.at_most("same", off[0].max(off[1]), OF_EPSILON).over(2);
    });
    c.corrected(Wrong, adamw, |t, of: Step| {
        // By hand: 1 − 0.1·sign(g) − 0.1·0.1·1.
        t.near("of-small", of(&rates, &[SMALL])[0], 0.89, OF_EPSILON);
        t.near("of-large", of(&rates, &[LARGE])[0], 0.89, OF_EPSILON);
        let sgd = apart(&as_written(&rates, &GRADIENTS), &after(Rule::SgdL2, &rates, &GRADIENTS));
        t.at_most("is-sgd", sgd, EXACT_F64).over(GRADIENTS.len());
    })
    .control("written", as_written)
    .control("l2", |rates, g| after(Rule::AdamL2, rates, g));
    Ok(())
}
