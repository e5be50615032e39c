//! C5, C16: what can be done at once, and what long sequences cost.

use concepts::attention::AttentionError;
use concepts::numerics::statistics::log_log_slope;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::attention::experiments::caches::after;
use crate::lessons::attention::experiments::growth::{Layer, count, generate};

/// Width of the layers.
const D: usize = 8;

/// C5: an RNN in order, a Transformer in parallel
pub(crate) fn all_at_once(c: &mut Case) -> Checked {
    use Layer::{Attention, Rnn};
    const SHORT: usize = 8;
    const LONG: usize = 64;
    let seed = c.seed;
    let known = |layer: Layer| move |n: usize| count(layer, n, D, seed).stages() as f64;
    let generated = |n: usize| generate(n, D, true, seed).stages() as f64;
    let longer = |stages: &dyn Fn(usize) -> f64| stages(LONG) / stages(SHORT);
    let [attention, rnn] = [Attention, Rnn].map(|layer| longer(&known(layer)));
    let one_by_one = longer(&generated);
    c.as_written(|t| {
        t.exactly("always", one_by_one, 1.0);
    });
    c.value("long", LONG).value("short", SHORT);
    c.value("stages_long", generated(LONG)).value("stages_short", generated(SHORT));
    c.corrected(Qualified, [attention, rnn, one_by_one], |t, [known, recurrent, generated]| {
        let per_token = (LONG / SHORT) as f64;
        t.exactly("known", known, 1.0);
        t.exactly("recurrent", recurrent, per_token);
        t.exactly("generated", generated, per_token);
    })
    .control("exchanged", [rnn, attention, one_by_one])
    .control("beforehand", [attention, rnn, attention]);
    Ok(())
}

/// Tokens at which the kept state is counted.
const LENGTHS: [usize; 5] = [8, 16, 32, 64, 128];

/// C16: better suited to long sequences
pub(crate) fn long_sequences(c: &mut Case) -> Checked {
    use Layer::{AttentionCore, Rnn};
    const WINDOW: usize = 16;
    let seed = c.seed;
    let longest = LENGTHS[LENGTHS.len() - 1];
    // What an RNN keeps: its state, however many tokens there were.
    let state = D as f64;
    let cache = kept(None, seed)?;
    let slope = |kept: &[f64]| log_log_slope(&LENGTHS.map(|n| n as f64), kept);
    let path = |layer: Layer| count(layer, longest, D, seed).stages() as f64;
    c.value("n", longest).value("window", WINDOW);
    c.holds((cache, AttentionCore, Rnn), |t, (kept, direct, stepwise)| {
        t.exactly("direct", path(direct), 2.0);
        t.exactly("stepwise", path(stepwise), longest as f64);
        t.near("grows", slope(&kept), 1.0, 1e-9).over(LENGTHS.len());
        t.exactly("over-rnn", kept[kept.len() - 1] / state, 2.0 * longest as f64);
    })
    .control("sliding", (kept(Some(WINDOW), seed)?, AttentionCore, Rnn))
    .control("exchanged", (vec![state; LENGTHS.len()], Rnn, AttentionCore));
    Ok(())
}

/// What one head keeps at each length.
fn kept(window: Option<usize>, seed: u64) -> Result<Vec<f64>, AttentionError> {
    LENGTHS.iter().map(|&n| after(n, D, window, seed)).collect()
}
