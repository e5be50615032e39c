//! C1 to C4: the largest logit, ties, repetition, the optimum.

use concepts::decoding::greedy;
use concepts::numerics::{normal, rng};
use rand::Rng;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::decoding::experiments::loops::{How, share_in_a_loop};
use crate::lessons::decoding::experiments::order_of_sums::{Choice, Order, apart, tied};
use crate::lessons::decoding::experiments::trees::{self, Search};

/// A rule that takes a token.
type Chooser<'a> = &'a dyn Fn(&[f64]) -> Option<usize>;

/// C1: the most probable token at each step
pub(crate) fn takes_the_largest(c: &mut Case) -> Checked {
    const TRIALS: usize = 500;
    const VOCAB: usize = 60;
    let seed = c.seed;
    let logits = |i: usize| normal((1, VOCAB), 2.0, &mut rng(seed, &format!("Q7 C1 {i}"))).row(0).to_vec();
    let drawn: Vec<Vec<f64>> = (0..TRIALS).map(logits).collect();
    let below = |choose: Chooser| {
        let missed = |logits: &&Vec<f64>| {
            let best = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            choose(logits).is_none_or(|token| logits[token] < best)
        };
        drawn.iter().filter(missed).count() as f64
    };
    let of_library: Chooser = &|logits| greedy(logits).ok().map(|token| token as usize);
    let last: Chooser = &|logits| (0..logits.len()).max_by(|&a, &b| logits[a].total_cmp(&logits[b]));
    let smallest: Chooser = &|logits| (0..logits.len()).min_by(|&a, &b| logits[a].total_cmp(&logits[b]));
    c.holds(of_library, |t, choose| {
        t.exactly("largest", below(choose), 0.0).over(TRIALS).drawn();
        t.exactly("tied", choose(&[1.0, 3.0, 3.0, 2.0]).map_or(f64::NAN, |token| token as f64), 1.0);
    })
    .control("last", last)
    .control("smallest", smallest);
    Ok(())
}

/// C2: the same input gives the same output
pub(crate) fn is_deterministic(c: &mut Case) -> Checked {
    const TRIALS: usize = 1000;
    let seed = c.seed;
    let count = |choices: &dyn Fn(usize) -> Choice, differ: &dyn Fn(usize, &Choice) -> bool| {
        (0..TRIALS).filter(|&i| differ(i, &choices(i))).count() as f64
    };
    let reordered = |_: usize, choice: &Choice| choice.token(Order::Forward) != choice.token(Order::Lanes);
    let again = |_: usize, choice: &Choice| choice.token(Order::Lanes) != choice.token(Order::Lanes);
    let coin = |i: usize, _: &Choice| rng(seed, &format!("Q7 C2 coin {i}")).random::<bool>();
    let flipped = count(&|i| tied(seed, i), &reordered);
    let (same, clear) = (count(&|i| tied(seed, i), &again), count(&|i| apart(seed, i), &reordered));
    c.value("flipped", flipped).value("trials", TRIALS);
    c.as_written(|t| {
        t.exactly("reordered", flipped, 0.0).over(TRIALS).drawn();
    });
    c.corrected(Qualified, [same, clear], |t, [repeated, clear]| {
        t.exactly("repeated", repeated, 0.0).over(TRIALS).drawn();
        t.exactly("clear", clear, 0.0).over(TRIALS).drawn();
    })
    .control("coin", [count(&|i| tied(seed, i), &coin), clear])
    .control("equal", [same, flipped]);
    Ok(())
}

/// C3: falls into repetition
pub(crate) fn repeats(c: &mut Case) -> Checked {
    let (greedy, sampled) = (share_in_a_loop(How::Greedy, c.seed)?, share_in_a_loop(How::Sampled, c.seed)?);
    c.holds(greedy, |t, (share, texts)| {
        t.at_least("loops", share, 0.9).over(texts);
    })
    .control("sampled", sampled);
    Ok(())
}

/// C4: lacks diversity and may miss the most probable text
pub(crate) fn misses_the_optimum(c: &mut Case) -> Checked {
    const SEEDS: u64 = 100;
    let tree = trees::greedy_loses();
    let best = trees::best(&tree).probability;
    let [one, many] = [false, true].map(|sampled| trees::distinct(&tree, sampled, SEEDS, c.seed));
    c.holds((Search::Greedy, one), |t, (search, distinct)| {
        t.exactly("distinct", distinct, 1.0).over(SEEDS as usize);
        // A tree gives its probabilities as logits in f32.
        t.near("best", best, 0.36, 1e-6);
        t.at_most("found", trees::found(&tree, search).probability / best, 0.99);
    })
    .control("exhaustive", (Search::Beam(1000), one))
    .control("sampled", (Search::Greedy, many));
    Ok(())
}
