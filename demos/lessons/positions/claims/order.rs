//! C1 to C4: what attention notices of the order, and whether positions are needed.

use concepts::attention::{AttentionError, Mask};
use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F64};
use concepts::position::sinusoidal_table;
use ndarray::{Array2, Axis};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::{Qualified, Wrong};
use crate::lessons::positions::experiments::order::{
    D, carried, counting_error, last_token_moves, mirrored, shuffled, tokens, two_layers,
};
use crate::lessons::positions::experiments::sinusoid::USUAL_BASE;

/// Tokens of the sequences that are shuffled.
const N: usize = 6;
/// A difference that could not be rounding: outputs are of order 1.
const CLEARLY: f64 = 0.01;

/// C1: permutation invariant
pub(crate) fn invariant(c: &mut Case) -> Checked {
    let seed = c.seed;
    let x = tokens(N, seed);
    let alike = x.select(Axis(0), &[0; N]);
    let with = |x: &Array2<f64>, mask: &Mask| shuffled(x, |x| two_layers(x, mask, seed));
    let plain = with(&x, &Mask::None)?;
    c.as_written(|t| {
        t.at_most("unmoved", plain.invariance, ORACLE_F64).over(N * D).drawn();
    });
    c.value("n", N).value("moved", plain.invariance).value("error", plain.equivariance);
    c.corrected(Wrong, plain, |t, s| {
        t.at_most("shuffled-too", s.equivariance, ORACLE_F64).over(N * D).drawn();
        t.at_least("not-as-it-was", s.invariance, 0.1).over(N * D).drawn();
        t.at_most("pooled", s.pooled, ORACLE_F64).over(D).drawn();
    })
    .control("causal", with(&x, &Mask::Causal)?)
    .control("alike", with(&alike, &Mask::None)?);
    Ok(())
}

/// C2: the output stays, the weights are distributed differently
pub(crate) fn outputs_unchanged(c: &mut Case) -> Checked {
    let seed = c.seed;
    let x = tokens(N, seed);
    let plain = carried(&x, &Array2::zeros((N, D)), seed)?;
    let placed = carried(&x, &sinusoidal_table(N, D, USUAL_BASE)?, seed)?;
    c.as_written(|t| {
        t.at_most("output", plain.outputs.invariance, ORACLE_F64).over(N * D).drawn();
        t.at_least("redistributed", plain.sorted, 1e-3).over(N * N).drawn();
    });
    c.value("n", N).value("moved", plain.outputs.invariance);
    c.corrected(Wrong, plain, |t, s| {
        t.at_most("shuffled-too", s.outputs.equivariance, ORACLE_F64).over(N * D).drawn();
        t.at_least("not-as-it-was", s.outputs.invariance, CLEARLY).over(N * D).drawn();
        t.at_most("weights", s.weights, EXACT_F64).over(N * N).drawn();
        t.at_most("sorted", s.sorted, EXACT_F64).over(N * N).drawn();
    })
    .control("placed", placed);
    Ok(())
}

/// C3: language has order, so positions must be put in
pub(crate) fn language_has_order(c: &mut Case) -> Checked {
    const WORDS: usize = 3;
    let seed = c.seed;
    let (none, placed) = (Array2::zeros((WORDS, D)), sinusoidal_table(WORDS, D, USUAL_BASE)?);
    let with = |mask: &Mask| -> Result<_, AttentionError> {
        Ok([mirrored(mask, &none, seed)?, mirrored(mask, &placed, seed)?])
    };
    let (encoder, causal) = (with(&Mask::None)?, with(&Mask::Causal)?);
    let [[decoder, _], _] = causal;
    c.as_written(|t| {
        t.at_most("decoder", decoder, ORACLE_F64).over(WORDS * D).drawn();
    });
    c.value("moved", decoder);
    c.corrected(Qualified, encoder, |t, [blind, seeing]| {
        t.at_most("blind", blind[0], ORACLE_F64).over(WORDS * D).drawn();
        t.at_most("blind-mean", blind[1], ORACLE_F64).over(D).drawn();
        t.at_least("seeing", seeing[0], CLEARLY).over(WORDS * D).drawn();
        t.at_least("seeing-mean", seeing[1], CLEARLY).over(D).drawn();
    })
    .control("causal", causal);
    Ok(())
}

/// C4: explicit positions are necessary
pub(crate) fn positions_are_necessary(c: &mut Case) -> Checked {
    const PLACES: usize = 16;
    let seed = c.seed;
    let moves = |mask: &Mask| -> Result<[f64; 3], AttentionError> {
        let of = |depth| last_token_moves(depth, mask, seed);
        Ok([of(1)?, of(2)?, of(3)?])
    };
    let encoder = moves(&Mask::None)?;
    let with =
        |mask: &Mask| -> Result<_, AttentionError> { Ok((moves(mask)?, counting_error(PLACES, mask)?)) };
    let causal = with(&Mask::Causal)?;
    let two = causal.0[1];
    c.as_written(|t| {
        t.at_most("two-layers", two, ORACLE_F64).over(D).drawn();
    });
    c.value("moved", two);
    c.corrected(Qualified, causal, |t, ([one, two, three], counting)| {
        t.at_most("encoder", encoder.into_iter().fold(0.0, f64::max), ORACLE_F64).over(3 * D).drawn();
        t.at_most("causal-1", one, ORACLE_F64).over(D).drawn();
        t.at_least("causal-2", two, CLEARLY).over(D).drawn();
        t.at_least("causal-3", three, CLEARLY).over(D).drawn();
        t.exactly("counting", counting, 0.0).over(PLACES);
    })
    .control("unmasked", with(&Mask::None)?);
    Ok(())
}
