//! C21 to C23: temperature, and the order of steps.

use concepts::decoding::Filter;
use concepts::numerics::statistics::mean;
use concepts::numerics::tolerance::{EXACT_F64, GRADIENT};
use concepts::numerics::{normal, rng};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Wrong;
use crate::lessons::decoding::experiments::heat::{in_order, numeric_slope, roots, slope, with_temperature};

const EXAMPLE: [f64; 4] = [0.5, 0.3, 0.15, 0.05];

/// C21: `softmax(logits / temperature)`
pub(crate) fn with_top_p(c: &mut Case) -> Checked {
    let (heat, cut) = (Filter::Temperature(2.0), Filter::TopP(0.9));
    // At T = 2 each probability becomes its root, renormalised: of all four, or of the first three.
    let error = |order: [Filter; 2], n: usize| {
        let q = in_order(&EXAMPLE, &order);
        q.iter().zip(roots(&EXAMPLE, n)).map(|(q, hand)| (q - hand).abs()).fold(0.0, f64::max)
    };
    let cut_by_code = 4.0 - in_order(&EXAMPLE, &[heat]).iter().filter(|q| **q > 0.0).count() as f64;
    let shown = |order: [Filter; 2]| {
        in_order(&EXAMPLE, &order).iter().map(|q| format!("{q:.4}")).collect::<Vec<_>>().join(", ")
    };
    c.value("hot-first", shown([heat, cut])).value("cut-first", shown([cut, heat]));
    c.as_written(|t| {
        t.at_least("cut", cut_by_code, 1.0);
    });
    c.corrected(Wrong, [[heat, cut], [cut, heat]], |t, [first, second]| {
        t.at_most("hot-first", error(first, 4), EXACT_F64).over(4);
        t.at_most("cut-first", error(second, 3), EXACT_F64).over(4);
    })
    .control("exchanged", [[cut, heat], [heat, cut]]);
    Ok(())
}

/// C22: above 1 more random, below 1 more determined
pub(crate) fn spreads(c: &mut Case) -> Checked {
    const TEMPERATURES: [f64; 5] = [0.3, 0.5, 1.0, 2.0, 10.0];
    let logits = normal((1, 200), 2.0, &mut rng(c.seed, "Q7 C22")).row(0).to_vec();
    let formula = TEMPERATURES.map(|t| slope(&logits, t));
    let divided: fn(f64) -> f64 = |t| t;
    c.holds(divided, |t, applied| {
        let numeric = TEMPERATURES.map(|t| numeric_slope(&logits, &applied, t));
        let smallest = numeric.iter().copied().fold(f64::INFINITY, f64::min);
        let errors: Vec<f64> = numeric.iter().zip(&formula).map(|(n, f)| ((n - f) / f).abs()).collect();
        t.at_least("rising", smallest, 0.0).over(TEMPERATURES.len()).drawn();
        t.at_most("slope", mean(&errors), GRADIENT).over(TEMPERATURES.len()).drawn();
    })
    .control("times", |t| 1.0 / t);
    Ok(())
}

/// C23: towards 0 sampling comes close to greedy
pub(crate) fn near_zero(c: &mut Case) -> Checked {
    const COLD: f64 = 1e-3;
    let (tied, clear) = ([2.0, 2.0, 1.0, 0.0], [2.0, 1.5, 1.0, 0.0]);
    c.holds(COLD, |t, heat| {
        let q = with_temperature(&tied, heat);
        t.near("clear", with_temperature(&clear, heat)[0], 1.0, EXACT_F64);
        t.near("first", q[0], 0.5, EXACT_F64);
        t.near("second", q[1], 0.5, EXACT_F64);
        t.near("third", q[2], 0.0, EXACT_F64);
    })
    .control("warm", 1.0);
    Ok(())
}
