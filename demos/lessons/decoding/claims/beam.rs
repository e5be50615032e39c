//! C6, C7, C9, C10: what beam search keeps, finds and costs.

use concepts::budget::{BudgetError, Dtype, cache_bytes, find, weight_bytes};
use concepts::decoding::LengthPenalty;
use concepts::language_model::TreeModel;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::decoding::experiments::rows::{beam_rows, greedy_rows};
use crate::lessons::decoding::experiments::search::{n_best, naive};
use crate::lessons::decoding::experiments::trees::{
    self, Search, beam_loses, best_beginnings, chosen_length, found, shares,
};

/// A search that keeps prefixes.
type Kept<'a> = &'a dyn Fn(&TreeModel) -> Vec<Vec<u32>>;

/// C6: keeps the k with the highest cumulative probability
pub(crate) fn keeps_the_best(c: &mut Case) -> Checked {
    const TREES: usize = 100;
    const BEAMS: usize = 4;
    const NARROW: usize = 3;
    const DEEP: usize = 6;
    let seed = c.seed;
    let differ = |kept: Kept, expected: Kept| {
        let trees = (0..TREES).filter_map(|i| trees::random(seed, i));
        trees.filter(|tree| kept(tree) != expected(tree)).count() as f64
    };
    let beginnings: Kept =
        &|tree| best_beginnings(tree, 2, BEAMS).into_iter().map(|found| found.tokens).collect();
    let sorted: Kept = &|tree| naive(tree, NARROW, DEEP, false);
    // With as many beams as tokens no beginning of two tokens can be lost at the first.
    let [wide, narrow]: [Kept; 2] = [&|tree| n_best(tree, BEAMS, 2), &|tree| n_best(tree, NARROW, DEEP)];
    c.holds([wide, narrow], |t, [wide, narrow]| {
        t.exactly("kept", differ(wide, beginnings), 0.0).over(TREES).drawn();
        t.exactly("whole", differ(narrow, sorted), 0.0).over(TREES).drawn();
    })
    .control("one-child", [&|tree| naive(tree, BEAMS, 2, true), narrow])
    .control("further", [wide, &|tree| naive(tree, NARROW, DEEP, true)]);
    Ok(())
}

/// C7: beats greedy
pub(crate) fn beats_greedy(c: &mut Case) -> Checked {
    const TREES: usize = 300;
    let seed = c.seed;
    let trap = beam_loses();
    let greedy = found(&trap, Search::Greedy).probability;
    let beam = |beams: usize| found(&trap, Search::Beam(beams)).probability;
    c.value("p1", greedy).value("p2", beam(2)).value("p3", beam(3)).value("p4", beam(4)).value("p8", beam(8));
    c.as_written(|t| {
        t.at_least("trap", beam(2) / greedy, 1.0);
    });
    c.corrected(Qualified, Search::Beam(4), |t, search| {
        let shares = shares(&[search], TREES, seed)[0];
        t.at_most("here", beam(2) / greedy, 0.5);
        t.at_least("above", shares.better, 0.2).over(TREES).drawn();
        t.at_most("below", shares.worse, 0.02).over(TREES).drawn();
    })
    .control("one", Search::Beam(1));
    Ok(())
}

/// C9: k times as much as greedy
pub(crate) fn costs_k_times(c: &mut Case) -> Checked {
    const BEAMS: usize = 4;
    const STEPS: usize = 40;
    const CONTEXT: u64 = 512;
    let greedy = greedy_rows(STEPS, c.seed)?;
    let [right, narrower] = [beam_rows(BEAMS, STEPS)?, beam_rows(BEAMS - 1, STEPS)?];
    // What has to be read for a step of so many rows: the weights once, a cache for each row.
    let model = &find("llama-2-7b")?.config;
    let read = |rows: usize| -> Result<f64, BudgetError> {
        let cache = cache_bytes(model, Dtype::Bf16, CONTEXT, rows as u64)?;
        Ok((weight_bytes(model, Dtype::Bf16)? + cache) as f64)
    };
    let bytes = read(BEAMS)? / read(1)?;
    c.value("k", BEAMS).value("context", CONTEXT);
    c.holds((right, bytes), |t, (rows, bytes)| {
        t.exactly("greedy", greedy, STEPS as f64);
        t.exactly("beam", rows, (1 + BEAMS * (STEPS - 1)) as f64);
        t.at_most("read", bytes, 1.1);
    })
    .control("three", (narrower, bytes))
    .control("apart", (right, BEAMS as f64));
    Ok(())
}

/// C10: at the end the highest total probability
pub(crate) fn picks_the_most_probable(c: &mut Case) -> Checked {
    const LONG: usize = 20;
    let length = |length: LengthPenalty| chosen_length(LONG, length);
    c.as_written(|t| {
        t.at_least("probable", length(LengthPenalty::None), 2.0);
    });
    c.value("stop", 0.1f64.ln()).value("gnmt", length(LengthPenalty::Gnmt(0.6))).value("long", LONG);
    c.corrected(Qualified, LengthPenalty::Power(1.0), |t, mean| {
        t.exactly("plain", length(LengthPenalty::None), 1.0);
        t.exactly("mean", length(mean), LONG as f64);
        t.exactly("gnmt-weak", length(LengthPenalty::Gnmt(0.6)), 1.0);
        t.exactly("gnmt-strong", length(LengthPenalty::Gnmt(1.0)), LONG as f64);
    })
    .control("none", LengthPenalty::Power(0.0));
    Ok(())
}
