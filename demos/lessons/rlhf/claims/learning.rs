//! C1, C2, C3, C5: what fine-tuning learns. C10: surface and value.

use concepts::numerics::rng;
use concepts::numerics::statistics::log_log_slope;
use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F64};
use concepts::preference::{calibration, calibration_error, entropy, optimum};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::{Qualified, Wrong};
use crate::lessons::rlhf::experiments::answers::{fine_tuned, off, weighted};
use crate::lessons::rlhf::experiments::pipeline::{Pipeline, predicted};
use crate::lessons::rlhf::experiments::proxy::follows;

/// Steps of gradient descent, after which nothing moves any more.
const STEPS: usize = 4000;
/// Shares of three answers in the demonstrations.
const SHARES: [f64; 3] = [0.5, 0.3, 0.2];

/// C1: good from better
pub(crate) fn better(c: &mut Case) -> Checked {
    const HALF: [f64; 2] = [0.5, 0.5];
    const REWARDS: [f64; 2] = [0.0, 1.0];
    let best = optimum(&HALF, &REWARDS, 1.0)?.policy[1];
    let of = |rewards: [f64; 2]| fine_tuned(&weighted(&HALF, &rewards, 1.0), STEPS)[1];
    let apart = 2.0 * of(REWARDS) - 1.0;
    c.value("share", of(REWARDS));
    c.as_written(|t| {
        t.at_most("apart", apart, 0.05);
    });
    c.corrected(Qualified, of(REWARDS), |t, learned| {
        t.near("plain", fine_tuned(&HALF, STEPS)[1], 0.5, EXACT_F64);
        t.near("weighted", learned, best, ORACLE_F64);
    })
    .control("turned", of([1.0, 0.0]))
    .control("unweighted", of([0.0, 0.0]));
    Ok(())
}

/// C2: costly, and never enough
pub(crate) fn coverage(c: &mut Case) -> Checked {
    /// LIMA with 1,000 examples, and Alpaca, whose answers a model wrote.
    const WITHOUT_ARMIES: f64 = 2.0;
    const FEW: usize = 100;
    const MANY: usize = 200_000;
    let p = Pipeline::run(0.2, 0.2, 0, 0.1, c.seed)?;
    let (all, seed) = (p.reference(), c.seed);
    let unseen = |count: usize| {
        let mut left = all.clone();
        let draws = p.tuned.draws(count, &p.language, &mut rng(seed, "rlhf C2"));
        draws.into_iter().for_each(|y| left[y] = 0.0);
        left.iter().sum::<f64>()
    };
    c.value("few", FEW).value("many", MANY).value("answers", p.language.answers());
    c.as_written(|t| {
        t.at_most("armies", WITHOUT_ARMIES, 0.0);
    });
    c.corrected(Qualified, unseen(FEW), |t, left| {
        t.at_least("unseen", left, 0.03).over(FEW).drawn();
    })
    .control("plenty", unseen(MANY));
    Ok(())
}

/// C3: a single style
pub(crate) fn styles(c: &mut Case) -> Checked {
    let learned = fine_tuned(&SHARES, STEPS);
    let styles = entropy(&learned).exp();
    let single = optimum(&SHARES, &[0.2, 0.1, 0.0], 0.02)?.policy;
    c.value("styles", styles).value("single", entropy(&single).exp());
    c.as_written(|t| {
        t.at_most("effective", styles, 1.05);
    });
    c.corrected(Wrong, learned, |t, learned: Vec<f64>| {
        t.at_most("mixture", off(&learned, &SHARES), ORACLE_F64).over(3);
    })
    .control("reward", single);
    Ok(())
}

/// C5: demonstrations and preferences
pub(crate) fn two_aims(c: &mut Case) -> Checked {
    let favourite =
        |p: &[f64]| (0..p.len()).max_by(|&a, &b| p[a].total_cmp(&p[b])).map_or(0, |i| i + 1) as f64;
    let tuned = favourite(&fine_tuned(&SHARES, STEPS));
    let preferred = |rewards: &[f64]| optimum(&SHARES, rewards, 0.3).map(|best| favourite(&best.policy));
    c.holds(preferred(&[0.0, 0.2, 1.0])?, |t, of_preferences| {
        t.exactly("demonstrated", tuned, 1.0);
        t.exactly("preferred", of_preferences, 3.0);
    })
    .control("agree", preferred(&[1.0, 0.2, 0.0])?);
    Ok(())
}

/// Cost of cloning an expert over `steps` steps of which each errs with a small probability: does one find back?
fn cloned(error: f64, steps: usize, finds_back: bool) -> f64 {
    let (mut lost, mut cost) = (0.0, 0.0);
    for _ in 0..steps {
        lost = if finds_back { error } else { lost + (1.0 - lost) * error };
        cost += lost;
    }
    cost
}

/// C10: surface and value
pub(crate) fn surface(c: &mut Case) -> Checked {
    const ERROR: f64 = 1e-6;
    const BINS: usize = 10;
    const DRAWS: u64 = 6;
    // Where a reward model errs depends on its comparisons: the mean over several.
    let (mut near, mut far) = (0.0, 0.0);
    for p in Pipeline::several(DRAWS, c.seed)? {
        let error = |policy| {
            let seen = predicted(&p, &p.proxy, policy, 0.1, c.seed);
            calibration_error(&calibration(&seen, BINS)) / DRAWS as f64
        };
        near += error(&p.tuned);
        far += error(&follows(&p, &optimum(&p.reference(), &p.proxy, 0.1)?.policy));
    }
    let steps = [100.0, 200.0, 400.0, 800.0];
    let slope =
        |finds_back: bool| log_log_slope(&steps, &steps.map(|t| cloned(ERROR, t as usize, finds_back)));
    c.value("draws", DRAWS).value("near", near).value("far", far).value("hundred", cloned(0.01, 100, false));
    c.as_written(|t| {
        t.at_most("value", far, 0.05).over(DRAWS as usize).drawn();
    });
    // Off by the difference of T(T + 1)/2 and T²/2.
    c.corrected(Qualified, slope(false), |t, slope| {
        t.near("compounds", slope, 2.0, 0.02).over(steps.len());
    })
    .control("finds-back", slope(true));
    Ok(())
}
