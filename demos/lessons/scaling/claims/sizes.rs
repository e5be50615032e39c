//! C10, C13, C18: which size on how much data.

use concepts::scaling::{BESIROGLU, HOFFMANN, Law, training_flops};

use super::{BUDGET, SETS};
use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;

const SEVENTY: f64 = 70e9;
const TOKENS: f64 = 1.4e12;

/// Tokens of the budget for which `n` parameters are best: bisection on the searched optimum.
fn tokens_of(law: &Law, n: f64) -> f64 {
    let (mut low, mut high) = (1e15_f64.ln(), 1e30_f64.ln());
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if law.search(middle.exp()).is_ok_and(|best| best.n < n) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low.exp() / (6.0 * n)
}

/// C10: 70B with 1.4T tokens, not 300B
pub(crate) fn seventy_billion(c: &mut Case) -> Checked {
    let most = SETS.iter().map(|law| tokens_of(law, SEVENTY)).fold(0.0, f64::max);
    let world = |law: &Law| (tokens_of(law, SEVENTY), law.loss(SEVENTY, 300e9) - law.loss(SEVENTY, TOKENS));
    let (right, gain) = world(&BESIROGLU);
    c.value("most", most).value("right", right).value("gain", gain);
    c.value("gpt", training_flops(175e9, 300e9)).value("budget", training_flops(SEVENTY, TOKENS));
    c.as_written(|t| {
        // By each of the published laws, within a quarter.
        t.near("every-law", most / TOKENS, 1.0, 0.25).over(SETS.len());
    });
    c.corrected(Qualified, world(&BESIROGLU), |t, (tokens, gain)| {
        t.near("refit", tokens / TOKENS, 1.0, 0.25);
        t.at_least("gain", gain, 0.02);
    })
    .control("printed", world(&HOFFMANN));
    Ok(())
}

/// C13: a small model well trained beats a large one under-trained
pub(crate) fn small_and_well_trained(c: &mut Case) -> Checked {
    const POWERS: [i32; 6] = [1, 2, 3, 4, 5, 6];
    let best = BESIROGLU.optimum(BUDGET)?;
    let loss = |factor: f64| BESIROGLU.loss(best.n * factor, best.d / factor);
    // A model so many times smaller than the optimum, one so many times larger, on one budget.
    let pairs = POWERS.iter().flat_map(|s| POWERS.map(|l| (0.5_f64.powi(*s), 2_f64.powi(l))));
    let small_wins = pairs.clone().filter(|&(small, large)| loss(small) < loss(large)).count();
    let count = pairs.count();
    c.value("pairs", count).value("lost", count - small_wins).value("budget", BUDGET);
    c.value("tiny", loss(1.0 / 64.0)).value("huge", loss(4.0));
    c.as_written(|t| {
        t.exactly("all-pairs", small_wins as f64, count as f64).over(count);
    });
    // Halving the model, from far to the side of the optimum up to it: steps that make the loss smaller.
    let world = |from: i32| {
        (0..6).filter(|i| loss(2_f64.powi(from - i - 1)) < loss(2_f64.powi(from - i))).count() as f64
    };
    c.corrected(Qualified, world(6), |t, better| {
        t.exactly("halvings", better, 6.0).over(6);
    })
    .control("below-the-optimum", world(0));
    Ok(())
}

/// C18: a small model that beats larger ones proves the quality of its data
pub(crate) fn proves_quality(c: &mut Case) -> Checked {
    // The most that a model of about this size has seen: Qwen3-8B.
    const MOST_SEEN: f64 = 36e12;
    const LARGE: [(f64, f64); 2] = [(13e9, 2.0e12), (32.5e9, 1.4e12)];
    // Tokens of the same kind with which a model of so many parameters has the loss of the larger ones.
    let world = |n: f64| {
        LARGE.map(|(large, d)| BESIROGLU.tokens_for(BESIROGLU.loss(large, d), n).unwrap_or(f64::INFINITY))
    };
    let [of_13, of_33] = world(7.2e9);
    c.value("of_13", of_13).value("of_33", of_33);
    c.as_written(|t| {
        // Proved, if no number of tokens of the same kind that was ever used could do it.
        t.at_least("needs-quality", of_13.min(of_33), MOST_SEEN).over(2);
    });
    c.corrected(Qualified, world(7.2e9), |t, [of_13, of_33]| {
        t.at_most("as-13", of_13, MOST_SEEN);
        t.at_least("as-33", of_33, MOST_SEEN);
    })
    .control("five-billion", world(5e9));
    Ok(())
}
