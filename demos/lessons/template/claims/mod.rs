//! Every claim of the written answer. What is data or opinion is words alone.
//!
//! An id is the lesson's question and a number: `LLM-Q1-C2` is the second claim of `LLM Q1`.

use super::experiments::{share, standard_error};
use crate::kit::case::{Case, Checked};
use crate::kit::claim::ClaimCheck;
use crate::kit::claim::Degree::Qualified;

pub(crate) static CLAIMS: &[ClaimCheck] =
    &[ClaimCheck::tested("LLM-Q1-C1", mean_is_the_probability), ClaimCheck::opinion("LLM-Q1-C2")];

/// C1: the mean of throws is the probability of heads
fn mean_is_the_probability(c: &mut Case) -> Checked {
    const THROWS: usize = 10_000;
    let seed = c.seed;
    let found = share(THROWS, 0.5, seed);
    c.value("n", THROWS).value("share", found);
    c.as_written(|t| {
        t.exactly("equal", found, 0.5).over(THROWS).drawn();
    });
    c.corrected(Qualified, 0.5, |t, heads| {
        let off = (share(THROWS, heads, seed) - 0.5).abs() / standard_error(THROWS, 0.5);
        t.at_most("errors", off, 4.0).over(THROWS).drawn();
    })
    .control("biased", 0.6);
    Ok(())
}
