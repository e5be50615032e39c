//! C8: what attention costs.

use concepts::numerics::statistics::log_log_slope;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::attention::experiments::growth::{Layer, count};

/// Lengths and widths over which exponents are fitted.
const SIZES: [usize; 4] = [16, 32, 64, 128];
/// How far a fitted exponent of exact counts may be off.
const FIT: f64 = 1e-9;

/// C8: O(n) against O(n²)
pub(crate) fn complexity(c: &mut Case) -> Checked {
    use Layer::{Attention, AttentionCore, LinearAttention, Rnn};
    const D: usize = 64;
    let seed = c.seed;
    let [short, .., long] = SIZES;
    let tally = |layer, n, d| count(layer, n, d, seed);
    let ops = |layer, n, d| tally(layer, n, d).multiply_adds() as f64;
    let in_n = |layer| log_log_slope(&SIZES.map(|n| n as f64), &SIZES.map(|n| ops(layer, n, D)));
    let in_d = |layer| log_log_slope(&SIZES.map(|d| d as f64), &SIZES.map(|d| ops(layer, D, d)));
    let longer = |layer| tally(layer, long, D).stages() as f64 / tally(layer, short, D).stages() as f64;
    let (core, rnn) = (ops(AttentionCore, short, D), ops(Rnn, short, D));
    c.as_written(|t| {
        t.near("core-n", in_n(AttentionCore), 2.0, FIT).over(SIZES.len());
        t.near("rnn-n", in_n(Rnn), 1.0, FIT).over(SIZES.len());
        t.at_least("costlier", core / rnn, 1.0);
    });
    c.value("n", short).value("long", long).value("d", D).value("core", core).value("rnn", rnn);
    c.corrected(Qualified, [AttentionCore, Rnn, Attention], |t, [core, rnn, layer]| {
        t.near("core-n", in_n(core), 2.0, FIT).over(SIZES.len());
        t.near("core-d", in_d(core), 1.0, FIT).over(SIZES.len());
        t.near("rnn-n", in_n(rnn), 1.0, FIT).over(SIZES.len());
        t.near("rnn-d", in_d(rnn), 2.0, FIT).over(SIZES.len());
        t.exactly("formula", ops(core, D, D) / (2 * D * D * D) as f64, 1.0);
        t.exactly("core-rnn", ops(core, D, D) / ops(rnn, D, D), 1.0);
        t.exactly("layer-rnn", ops(layer, short, D) / ops(rnn, short, D), 2.25);
        t.exactly("stages", longer(layer), 1.0);
        t.exactly("stages-rnn", longer(rnn), (long / short) as f64);
    })
    .control("linear", [LinearAttention, Rnn, Attention])
    .control("exchanged", [Rnn, AttentionCore, Rnn])
    .control("bare", [AttentionCore, Rnn, AttentionCore]);
    Ok(())
}
