//! How many signals a sentence gives.

use concepts::architecture::{MlmRates, clm_targets, mlm_mask, prefix_lm_targets, span_corruption};
use concepts::numerics::rng;

use crate::kit::findings::{Cell, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::lessons::architectures::WORDS;
use crate::lessons::architectures::experiments::objectives::{TEXT, tokens};
use crate::lessons::architectures::setup::Setup;
use crate::row;

pub(crate) fn signals(setup: &Setup) -> Result<Table, Refusal> {
    let tokens = tokens();
    let mut rng = rng(setup.seed, "signals");
    let masked = mlm_mask(&tokens, 30_000, 30_000, MlmRates::default(), &mut rng)?;
    let t5 = span_corruption(TEXT, 0.15, 3.0)?;
    let cells =
        |reads: usize, losses: usize| -> Vec<Cell> { row![reads, losses, losses as f64 / TEXT as f64] };
    Ok(Grid::new("signals", &WORDS)
        .value("n", TEXT)
        .said("masked", cells(TEXT, masked.losses()))
        .said("next", cells(TEXT, clm_targets(&tokens)?.losses()))
        .said("prefix", cells(TEXT, prefix_lm_targets(&tokens, TEXT / 2)?.losses()))
        .said("spans", cells(t5.encoder_length(), t5.target_length()))
        .table())
}
