//! Scores that are not divided by √dₖ.

use concepts::decoder::{Ask, Change, Decoder, Model};

use crate::kit::findings::Table;
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::lessons::attention::WORDS;
use crate::real::changes::{Bench, Cost, range, signed};
use crate::row;

/// A row is saturated if one token has more of it than this.
pub(super) const SATURATED: f64 = 0.99;
/// Rows before this see too few tokens to say much.
const FIRST: usize = 8;

/// The model as it is, and with scores that are not divided.
pub(super) struct Unscaled {
    pub(super) d_k: usize,
    plain: f64,
    pub(super) cost: Cost,
    /// Share of saturated rows, as it is and undivided.
    pub(super) saturated: [f64; 2],
}

impl Unscaled {
    pub(super) fn new(bench: &Bench, twin: &Model) -> Result<Unscaled, Refusal> {
        let window = &bench.windows[0];
        let saturated = [
            saturated(&twin.decoder(), window)?,
            saturated(&twin.decoder_with(&[Change::NoScale])?, window)?,
        ];
        let plain = concepts::numerics::statistics::mean(&bench.plain);
        let cost = bench.with(&[Change::NoScale])?;
        // Mostly the width of a head; some families have another number there.
        let d_k = twin.config().score_scale.powi(-2).round() as usize;
        Ok(Unscaled { d_k, plain, cost, saturated })
    }

    pub(super) fn table(&self) -> Table {
        let [before, after] = self.saturated;
        let more = &self.cost.more;
        Grid::new("unscaled", &WORDS)
            .value("saturated", SATURATED)
            .value("d_k", self.d_k)
            .said("divided", row![self.plain, "", "", before])
            .said("undivided", row![self.cost.mean, signed(more.estimate), range(more), after])
            .table()
    }
}

/// The share of rows of all heads in which one token has nearly everything.
fn saturated(decoder: &Decoder, tokens: &[u32]) -> Result<f64, Refusal> {
    let seen = decoder.watch(tokens, &Ask::attention())?;
    let rows = seen.attention.iter().flat_map(|(_, weights)| weights.outer_iter().skip(FIRST));
    let (mut full, mut all) = (0_usize, 0_usize);
    for row in rows {
        full += usize::from(row.iter().any(|weight| *weight > SATURATED));
        all += 1;
    }
    Ok(full as f64 / all.max(1) as f64)
}
