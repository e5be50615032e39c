//! C8: the loop. C9: the stages. C12: coverage. C13: cost. C15: limits.

use concepts::preference::{Judged, PreferenceError, best_of, entropy, expected, optimum};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::rlhf::experiments::pipeline::{
    COMPARISONS, DEMONSTRATIONS, Pipeline, features, optimised, rewarded,
};
use crate::lessons::rlhf::experiments::proxy::{Error, at, best_by_proxy};

/// Sets of demonstrations and comparisons that a mean is over.
const DRAWS: u64 = 16;

/// The pipeline without PPO: its optimum is known.
fn pipeline(seed: u64) -> Result<Pipeline, PreferenceError> {
    Pipeline::run(0.2, 0.2, 0, 0.1, seed)
}

/// C8: online and offline
pub(crate) fn closed_loop(c: &mut Case) -> Checked {
    const ROUNDS: usize = 3;
    let p = pipeline(c.seed)?;
    let start = p.reference();
    // Each round people keep the best of n answers of the model, and it is fine-tuned on them.
    let gained = |n: usize| {
        let end = (0..ROUNDS).fold(start.clone(), |policy, _| best_of(&policy, &p.gold, n));
        expected(&end, &p.gold) - expected(&start, &p.gold)
    };
    c.value("rounds", ROUNDS).value("gain", gained(4)).value("comparisons", COMPARISONS);
    c.as_written(|t| {
        t.at_most("tuned-again", gained(4), 0.05).drawn();
    });
    c.corrected(Qualified, 4, |t, n| {
        t.at_least("filtered", gained(n), 0.3).over(ROUNDS).drawn();
    })
    .control("unfiltered", 1);
    Ok(())
}

/// C9: three stages
pub(crate) fn three_stages(c: &mut Case) -> Checked {
    const NONE: f64 = 0.01;
    const PRICE: f64 = 0.7;
    // Which way a reward model errs depends on its comparisons: the mean over several.
    let all = Pipeline::several(DRAWS, c.seed)?;
    let gain = |beta: f64| {
        let of = |p: &Pipeline| {
            let gold = at(p, &p.proxy, beta).map_or(f64::NAN, |[_, _, gold]| gold);
            gold - expected(&p.reference(), &p.gold)
        };
        all.iter().map(of).sum::<f64>() / DRAWS as f64
    };
    c.value("draws", DRAWS)
        .value("none", NONE)
        .value("price", PRICE)
        .value("loss", gain(NONE))
        .value("gain", gain(PRICE));
    c.as_written(|t| {
        t.at_least("without-price", gain(NONE), 0.0).over(DRAWS as usize).drawn();
    });
    c.corrected(Qualified, PRICE, |t, beta| {
        t.at_least("with-price", gain(beta), 0.05).over(DRAWS as usize).drawn();
    })
    .control("no-price", NONE);
    Ok(())
}

/// How likely two answers that nobody demonstrated are put in the right order, by how often they are drawn.
fn ordered(p: &Pipeline, rewards: &[f64]) -> f64 {
    let reference = p.reference();
    let (mut right, mut all) = (0.0, 0.0);
    let new = |y: &usize| p.demonstrations[*y] == 0.0;
    for i in (0..reference.len()).filter(new) {
        for j in (0..reference.len()).filter(new).filter(|&j| p.gold[i] > p.gold[j]) {
            let weight = reference[i] * reference[j];
            all += weight;
            right += if rewards[i] > rewards[j] { weight } else { 0.0 };
        }
    }
    right / all
}

/// C12: covers more
pub(crate) fn covers(c: &mut Case) -> Checked {
    const PRICE: f64 = 0.1;
    let all = Pipeline::several(DRAWS, c.seed)?;
    let mean = |of: &dyn Fn(&Pipeline) -> f64| all.iter().map(of).sum::<f64>() / DRAWS as f64;
    let trained = |p: &Pipeline| {
        optimum(&p.reference(), &p.proxy, PRICE).map_or(f64::NAN, |best| entropy(&best.policy).exp())
    };
    let (before, after) = (mean(&|p| entropy(&p.reference()).exp()), mean(&trained));
    // With labels as they are, and with every label turned round.
    let in_order = |turned: bool| {
        mean(&|p: &Pipeline| {
            let label = |j: &Judged| if turned { 1.0 - j.preferred } else { j.preferred };
            let judged: Vec<Judged> = p.judged.iter().map(|j| Judged { preferred: label(j), ..*j }).collect();
            rewarded(&features(&p.language, true), &judged).map_or(f64::NAN, |(_, r)| ordered(p, &r))
        })
    };
    c.value("draws", DRAWS).value("price", PRICE).value("before", before).value("after", after);
    // The reward model of the pipeline sees counts of words only: does it generalise?
    let blind = mean(&|p| ordered(p, &p.proxy));
    c.as_written(|t| {
        t.at_least("blind", blind, 0.75).over(DRAWS as usize).drawn();
    });
    c.corrected(Qualified, in_order(false), |t, share| {
        t.at_least("ordered", share, 0.75).over(DRAWS as usize).drawn();
    })
    .control("turned-labels", in_order(true));
    Ok(())
}

/// Bytes a parameter: trained with Adam in mixed precision, and only asked.
const TRAINED: f64 = 16.0;
const ASKED: f64 = 2.0;

/// Models in memory: trained ones and others.
#[derive(Debug, Clone, Copy)]
struct Models {
    trained: usize,
    asked: usize,
}

impl Models {
    /// Against fine-tuning, which trains one.
    fn memory(self) -> f64 {
        (self.trained as f64 * TRAINED + self.asked as f64 * ASKED) / TRAINED
    }
}

/// Policy and critic are trained; reference and reward model are asked.
const OF_PPO: Models = Models { trained: 2, asked: 2 };
/// Policy and reference.
const OF_DPO: Models = Models { trained: 1, asked: 1 };

/// C13: what it costs
pub(crate) fn cost(c: &mut Case) -> Checked {
    let (ppo, dpo) = (OF_PPO, OF_DPO);
    c.value("comparisons", COMPARISONS).value("demonstrations", DEMONSTRATIONS).value("dpo", dpo.memory());
    // Comparisons come on top of the demonstrations of the first stage.
    let labelled = (DEMONSTRATIONS + COMPARISONS) as f64 / DEMONSTRATIONS as f64;
    c.as_written(|t| {
        t.at_most("data", labelled, 1.0);
    });
    c.corrected(Qualified, ppo, |t, models: Models| {
        t.exactly("models", (models.trained + models.asked) as f64, 4.0);
        t.at_least("memory", models.memory(), 2.0);
    })
    .control("dpo-instead", dpo);
    Ok(())
}

/// What C15 speaks of: what is held in memory, how far PPO falls back on its way, the best of few and of many.
#[derive(Debug, Clone, Copy)]
struct Limits {
    models: Models,
    lost: f64,
    best: [f64; 2],
}

/// The true reward at PPO's best step less that at its last, on the fitted reward or on the true one: the mean over
/// several sets of comparisons.
fn lost(all: &[Pipeline], fitted: bool, seed: u64) -> f64 {
    const STEPS: usize = 300;
    let of = |p: &Pipeline| {
        let rewards = if fitted { &p.proxy } else { &p.gold };
        let (_, seen) = optimised(&p.language, &p.tuned, [rewards, &p.gold], [0.2, 0.2], STEPS, seed);
        let most = seen.iter().fold(f64::NEG_INFINITY, |most, at| most.max(at[2]));
        most - seen[STEPS][2]
    };
    all.iter().map(of).sum::<f64>() / all.len() as f64
}

/// C15: cost and instability
pub(crate) fn limits(c: &mut Case) -> Checked {
    const SETS: u64 = 6;
    const DRAWS: usize = 1200;
    const FEW: usize = 16;
    const MANY: usize = 1024;
    let seed = c.seed;
    let of = |error| [FEW, MANY].map(|n| best_by_proxy(error, n, DRAWS, seed));
    let all = Pipeline::several(SETS, seed)?;
    let right = Limits { models: OF_PPO, lost: lost(&all, true, seed), best: of(Error::Heavy) };
    c.value("few", FEW).value("many", MANY).value("sets", SETS).value("lost", right.lost);
    c.value("at_few", right.best[0]).value("at_many", right.best[1]);
    c.holds(right, |t, world: Limits| {
        t.at_least("memory", world.models.memory(), 2.0);
        t.at_least("lost", world.lost, 0.2).over(SETS as usize).drawn();
        // A mean of so many draws of variance at most 1 is off by 0.03; the threshold lies five of these from both.
        t.at_least("falls", world.best[0] - world.best[1], 0.2).over(DRAWS).drawn();
    })
    .control("dpo-instead", Limits { models: OF_DPO, ..right })
    .control("true-reward", Limits { lost: lost(&all, false, seed), ..right })
    .control("normal", Limits { best: of(Error::Normal), ..right });
    Ok(())
}
