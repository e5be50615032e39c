//! C8: the loop. C9: the stages. C12: coverage. C13: cost. C15: limits.

use concepts::preference::{Judged, PreferenceError, best_of, entropy, expected, optimum};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::rlhf::experiments::pipeline::{
    COMPARISONS, DEMONSTRATIONS, Pipeline, features, rewarded,
};
use crate::lessons::rlhf::experiments::proxy::{Error, at, best_by_proxy};

/// The pipeline without PPO: its optimum is known.
fn pipeline(noise: f64, seed: u64) -> Result<Pipeline, PreferenceError> {
    Pipeline::run(0.2, 0.2, 0, noise, seed)
}

/// C8: online and offline
pub(crate) fn closed_loop(c: &mut Case) -> Checked {
    const ROUNDS: usize = 3;
    let p = pipeline(0.1, c.seed)?;
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
    let p = pipeline(0.1, c.seed)?;
    let tuned = expected(&p.reference(), &p.gold);
    let gain = |beta: f64| at(&p, &p.proxy, beta).map_or(f64::NAN, |[_, _, gold]| gold - tuned);
    c.value("none", NONE).value("price", PRICE).value("loss", gain(NONE)).value("gain", gain(PRICE));
    c.as_written(|t| {
        t.at_least("without-price", gain(NONE), 0.0).drawn();
    });
    c.corrected(Qualified, PRICE, |t, beta| {
        t.at_least("with-price", gain(beta), 0.05).drawn();
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
    let p = pipeline(0.1, c.seed)?;
    let reference = p.reference();
    let best = optimum(&reference, &p.proxy, PRICE)?.policy;
    let kept = entropy(&best).exp() / entropy(&reference).exp();
    let seen = features(&p.language, true);
    let turned: Vec<Judged> =
        p.judged.iter().map(|j| Judged { preferred: 1.0 - j.preferred, ..*j }).collect();
    let (right, wrong) = (rewarded(&seen, &p.judged)?.1, rewarded(&seen, &turned)?.1);
    c.value("price", PRICE).value("before", entropy(&reference).exp()).value("after", entropy(&best).exp());
    c.value("blind", ordered(&p, &p.proxy));
    c.as_written(|t| {
        t.at_least("covers", kept, 1.0).drawn();
    });
    c.corrected(Qualified, right, |t, rewards: Vec<f64>| {
        t.at_least("ordered", ordered(&p, &rewards), 0.75).drawn();
    })
    .control("turned-labels", wrong);
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

/// C13: what it costs
pub(crate) fn cost(c: &mut Case) -> Checked {
    // Policy and critic are trained; reference and reward model are asked.
    let ppo = Models { trained: 2, asked: 2 };
    let dpo = Models { trained: 1, asked: 1 };
    c.value("comparisons", COMPARISONS).value("demonstrations", DEMONSTRATIONS).value("dpo", dpo.memory());
    c.as_written(|t| {
        t.at_most("medium", ppo.memory(), 1.0);
    });
    c.corrected(Qualified, ppo, |t, models: Models| {
        t.exactly("models", (models.trained + models.asked) as f64, 4.0);
        t.at_least("memory", models.memory(), 2.0);
    })
    .control("dpo-instead", dpo);
    Ok(())
}

/// C15: cost and instability
pub(crate) fn limits(c: &mut Case) -> Checked {
    const DRAWS: usize = 1200;
    const FEW: usize = 16;
    const MANY: usize = 1024;
    let seed = c.seed;
    let of = |error| [FEW, MANY].map(|n| best_by_proxy(error, n, DRAWS, seed));
    let heavy = of(Error::Heavy);
    c.value("few", FEW).value("many", MANY).value("at_few", heavy[0]).value("at_many", heavy[1]);
    // A mean of so many draws of variance at most 1 is off by 0.03; the threshold lies five of these from both.
    c.holds(heavy, |t, [few, many]: [f64; 2]| {
        t.at_least("falls", few - many, 0.2).over(DRAWS).drawn();
    })
    .control("normal", of(Error::Normal));
    Ok(())
}
