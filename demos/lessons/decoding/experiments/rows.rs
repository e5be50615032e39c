//! Rows of logits that it takes to write a text.

use std::error::Error;

use concepts::decoding::{BeamSearch, Counted, Greedy, generate};
use concepts::numerics::rng;

use crate::lessons::decoding::trained::english;

type Rows = Result<f64, Box<dyn Error + Send + Sync>>;

/// Tokens that the texts begin with.
const PROMPT: usize = 10;

/// Rows for `steps` tokens by beam search.
pub(crate) fn beam_rows(beams: usize, steps: usize) -> Rows {
    let trained = english()?;
    let counted = Counted::new(&trained.model);
    BeamSearch::new(beams, steps).run(&counted, &trained.held_out[..PROMPT])?;
    Ok(counted.rows() as f64)
}

/// Rows for `steps` tokens by greedy decoding itself, not by a beam of one: token after token.
pub(crate) fn greedy_rows(steps: usize, seed: u64) -> Rows {
    let trained = english()?;
    let counted = Counted::new(&trained.model);
    let mut unused = rng(seed, "greedy draws nothing");
    generate(&counted, &trained.held_out[..PROMPT], &mut Greedy, steps, &mut unused)?;
    Ok(counted.rows() as f64)
}
