//! C2, C5, C7, C12: who sees whom, and what follows.

use concepts::architecture::Architecture;
use concepts::numerics::tolerance::ORACLE_F64;
use ndarray::Array2;

use crate::kit::case::{Case, Checked, Takes};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::architectures::experiments::{
    Refill, against_pattern, appended, both_ways_sum, chain_rule_sum, gibbs_distance, influences, moved,
};

/// Tokens, layers and width of the models.
const N: usize = 8;
const LAYERS: usize = 3;
const D: usize = 16;

/// Does an output depend on an input? `(output, input)`, counted from 0.
type Pattern = fn(usize, usize) -> bool;

/// Everything sees everything.
const BOTH_WAYS: Pattern = |_, _| true;
/// An output depends on inputs up to its own place.
const PAST: Pattern = |output, input| input <= output;

/// Counts pairs that moved, and pairs in which what moved is not what was expected. The pattern is written down
/// here, pair by pair, and not taken from the masks that made the model.
fn pairs(t: &mut Takes, kind: Architecture, pattern: Pattern, n: usize, seed: u64) {
    let expected = Array2::from_shape_fn((n, n), |(output, input)| pattern(output, input));
    let (count, wrong) = influences(kind, n, LAYERS, D, seed).map_or((f64::NAN, f64::NAN), |matrix| {
        (moved(&matrix) as f64, against_pattern(&matrix, &expected) as f64)
    });
    let allowed = expected.iter().filter(|allowed| **allowed).count();
    t.exactly("moved", count, allowed as f64).over(n * n).drawn();
    t.exactly("against", wrong, 0.0).over(n * n).drawn();
}

/// C2: an encoder attends both ways
pub(crate) fn encoder_is_bidirectional(c: &mut Case) -> Checked {
    let seed = c.seed;
    c.holds(Architecture::EncoderOnly, |t, kind| pairs(t, kind, BOTH_WAYS, N, seed))
        .control("decoder", Architecture::DecoderOnly);
    Ok(())
}

/// C7: a decoder sees only what came before
pub(crate) fn decoder_is_causal(c: &mut Case) -> Checked {
    let seed = c.seed;
    c.holds(Architecture::DecoderOnly, |t, kind| pairs(t, kind, PAST, N, seed))
        .control("encoder", Architecture::EncoderOnly)
        .control("prefix", Architecture::PrefixLm { prefix: 3 });
    Ok(())
}

/// C12: encoder both ways, decoder causally and to the encoder
pub(crate) fn encoder_decoder(c: &mut Case) -> Checked {
    const SOURCE: usize = 4;
    const BOTH: usize = 7;
    // All of the source; of the target an output of the decoder sees its past.
    const PATTERN: Pattern = |output, input| input < SOURCE || (output >= SOURCE && input <= output);
    let seed = c.seed;
    c.holds(Architecture::EncoderDecoder { source: SOURCE }, |t, kind| pairs(t, kind, PATTERN, BOTH, seed))
        .control("decoder", Architecture::DecoderOnly)
        .control("encoder", Architecture::EncoderOnly);
    Ok(())
}

/// C5: an encoder is no good at generation: not left to right, but by filling in
pub(crate) fn encoder_cannot_generate(c: &mut Case) -> Checked {
    /// Sweeps of the sampler, and how near it must come: 20 standard errors of a frequency.
    const SWEEPS: usize = 200_000;
    const NEAR: f64 = 0.02;
    let seed = c.seed;
    let (left_to_right, both_ways) = (chain_rule_sum(seed), both_ways_sum(seed));
    let [distance, blind] =
        [Refill::SeeingTheOther, Refill::Blind].map(|refill| gibbs_distance(SWEEPS, refill, seed));
    c.value("distance", distance);
    c.as_written(|t| {
        t.at_least("both-ways", (both_ways - 1.0).abs(), 1e-3).over(8).drawn();
        t.at_least("cannot", distance, 0.1).over(SWEEPS).drawn();
    });
    let change = |kind| appended(kind, N, LAYERS, D, seed);
    let right = (Architecture::EncoderOnly, both_ways, distance);
    c.corrected(Qualified, right, |t, (kind, sums, distance)| {
        t.at_least("append", change(kind), 0.01).over(N * D).drawn();
        t.at_most("append-decoder", change(Architecture::DecoderOnly), ORACLE_F64).over(N * D).drawn();
        t.at_most("left-to-right", (left_to_right - 1.0).abs(), ORACLE_F64).over(8).drawn();
        t.at_least("both-ways", (sums - 1.0).abs(), 1e-3).over(8).drawn();
        t.at_most("gibbs", distance, NEAR).over(SWEEPS).drawn();
    })
    .control("decoder", (Architecture::DecoderOnly, both_ways, distance))
    .control("one-way", (Architecture::EncoderOnly, left_to_right, distance))
    .control("blind", (Architecture::EncoderOnly, both_ways, blind));
    Ok(())
}
