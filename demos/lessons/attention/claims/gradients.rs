//! C6, C7: how far a signal carries.

use concepts::numerics::statistics::log_log_slope;
use concepts::numerics::tolerance::GRADIENT;
use rayon::prelude::*;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::attention::experiments::backwards::{Carried, FEW, NARROW, carried};
use crate::lessons::attention::experiments::distance::{
    MATCH, OTHERS, STATE, direct_gradient, matched_gradient,
};

/// C6: vanishing and exploding gradients: of a plain RNN, unless its gain is 1
pub(crate) fn rnn_gradients_vanish_or_explode(c: &mut Case) -> Checked {
    use crate::lessons::attention::experiments::backwards::{FORGET_BIAS, STEPS};
    let seed = c.seed;
    c.value("steps", STEPS).value("few", FEW);
    let kept = carried(1.0, 1.0, 0, seed)?;
    // What the cell carries may grow as well: the factor of a step says how far from 1 it is.
    let a_step = kept.gated.powf(1.0 / STEPS as f64);
    c.value("kept", kept.vanished).value("bias", FORGET_BIAS).value("lstm", a_step);
    c.as_written(|t| {
        t.at_most("any", kept.vanished, 1e-3).over(STATE).drawn();
    });
    c.corrected(Qualified, carried(0.9, 2.0, 0, seed)?, |t, rnn: Carried| {
        t.at_most("vanished", rnn.vanished, 1e-3).over(STATE).drawn();
        t.at_most("vanished-tanh", rnn.vanished_tanh, 1e-3).over(STATE).drawn();
        t.at_least("exploded", rnn.exploded, 1e3).over(STATE).drawn();
        t.at_least("exploded-tanh", rnn.exploded_tanh, 1e3).over(STATE).drawn();
        t.at_least("gated", rnn.gated, 0.1).over(NARROW).drawn();
        t.near("power", rnn.over_power, 1.0, 1e-10).over(STATE).drawn();
        t.at_most("jacobian", rnn.jacobian_error, GRADIENT).over(NARROW * NARROW).drawn();
    })
    .control("gain-one", kept)
    .control("forgotten", carried(0.9, 2.0, 1, seed)?);
    Ok(())
}

/// Distances at which attention's direct path is measured.
const LENGTHS: [usize; 5] = [16, 64, 256, 1024, 4096];
/// Sequences averaged at each distance.
const DRAWS: usize = 8;

/// C7: every pair connected directly
pub(crate) fn direct_path(c: &mut Case) -> Checked {
    let seed = c.seed;
    let [nearest, .., farthest] = LENGTHS;
    let xs = LENGTHS.map(|n| n as f64);
    let direct = LENGTHS.par_iter().map(|&n| direct_gradient(n, DRAWS, seed));
    let direct = direct.collect::<Result<Vec<f64>, _>>()?;
    // 0.9ⁿ leaves f64 beyond n = 7000; at 4096 it is still a number.
    let through_steps = xs.map(|n| 0.9_f64.powf(n)).to_vec();
    let uniform = xs.map(|n| 1.0 / n).to_vec();
    let last = |gradient: &[f64]| gradient[LENGTHS.len() - 1];
    c.as_written(|t| {
        t.at_least("solved", last(&direct) / direct[0], 0.5).over(DRAWS).drawn();
    });
    c.value("near", nearest).value("far", farthest).value("draws", DRAWS);
    c.value("first", direct[0]).value("last", last(&direct));
    c.value("match", MATCH).value("others", OTHERS);
    let matched = matched_gradient(farthest, seed)?;
    let (at_step, at_uniform) = (last(&through_steps), last(&uniform));
    c.corrected(Qualified, (direct, matched), |t, (gradient, matched)| {
        t.near("power", log_log_slope(&xs, &gradient), -1.0, 0.1).over(LENGTHS.len() * DRAWS).drawn();
        t.at_least("share", last(&gradient) * farthest as f64, 0.5).over(DRAWS).drawn();
        t.at_least("matched", matched, 0.9).drawn();
    })
    .control("rnn", (through_steps, at_step))
    .control("average", (uniform, at_uniform));
    Ok(())
}
