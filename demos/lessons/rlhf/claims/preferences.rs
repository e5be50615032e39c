//! C4, C7: distributions of preferences. C6: what is asked of annotators.

use concepts::preference::{bits_of_comparison, bits_of_ranking, entropy, optimum};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::{Qualified, Wrong};
use crate::lessons::rlhf::experiments::annotators::{Groups, circle};

/// Six of ten prefer A by a lead of 2, the others B by as much.
const DIVIDED: Groups = Groups { share: 0.6, lead: 2.0 };
/// Shares are counted in ten thousand comparisons.
const COUNTED: f64 = 1e-4;

/// The smallest distance of what is fitted from what either group prefers.
fn apart(groups: Groups) -> Result<f64, Box<dyn std::error::Error + Send + Sync>> {
    let fitted = groups.fitted()?;
    let [a, b, _] = groups.preferred();
    Ok((fitted - a).abs().min((fitted - b).abs()))
}

/// C4: the distribution
pub(crate) fn distribution(c: &mut Case) -> Checked {
    let [first, second, all] = DIVIDED.preferred();
    let fitted = DIVIDED.fitted()?;
    let before = [0.5, 0.3, 0.2];
    let after = optimum(&before, &[0.2, 0.1, 0.0], 0.02)?.policy;
    let round = circle(0.9)?;
    c.value("first", first).value("second", second).value("fitted", fitted);
    c.value("before", entropy(&before)).value("after", entropy(&after)).value("round", round);
    let far = apart(DIVIDED)?;
    c.as_written(|t| {
        t.at_most("far", far, 0.05);
    });
    c.corrected(Wrong, DIVIDED, |t, groups: Groups| {
        let fitted = groups.fitted().unwrap_or(f64::NAN);
        t.near("mean", fitted, all, COUNTED);
        t.at_least("neither", apart(groups).unwrap_or(f64::NAN), 0.3);
    })
    .control("united", Groups { share: 1.0, ..DIVIDED });
    Ok(())
}

/// C6: easier to obtain
pub(crate) fn easier(c: &mut Case) -> Checked {
    /// InstructGPT's prompts for training: the reward model's, and those of fine-tuning (Ouyang et al. 2022).
    const PROMPTS: [f64; 2] = [33_207.0, 12_725.0];
    const ANSWERS: f64 = 121.0;
    // How many answers a question can have, and how many bits its answer can carry.
    let comparison = (1..100).map(|i| bits_of_comparison(f64::from(i) / 100.0)).fold(0.0, f64::max);
    let ranking = bits_of_ranking(9);
    let needed = |bits: f64| ANSWERS.log2() / bits;
    let times = PROMPTS[0] / PROMPTS[1];
    c.value("answers", ANSWERS)
        .value("nine", ranking)
        .value("times", times)
        .value("needed", needed(comparison));
    // Easier item by item; more of them are needed.
    c.as_written(|t| {
        t.at_most("prompts", times, 1.0);
    });
    c.corrected(Qualified, [2.0, comparison], |t, [choices, bits]: [f64; 2]| {
        t.at_most("choices", choices / ANSWERS, 0.1);
        t.at_least("comparisons", needed(bits), 2.0).over(99);
    })
    .control("ranking", [ranking.exp2(), ranking]);
    Ok(())
}

/// C7: subjectivity
pub(crate) fn subjective(c: &mut Case) -> Checked {
    let [first, second, _] = DIVIDED.preferred();
    let pooled = DIVIDED.fitted()?;
    let one = Groups { share: 1.0, ..DIVIDED }.fitted()?;
    let other = Groups { share: 0.0, ..DIVIDED }.fitted()?;
    c.value("first", first).value("second", second).value("pooled", pooled);
    let far = apart(DIVIDED)?;
    c.as_written(|t| {
        t.at_most("far", far, 0.05);
    });
    c.corrected(Qualified, [one, other], |t, [one, other]: [f64; 2]| {
        t.near("of-first", one, first, COUNTED);
        t.near("of-second", other, second, COUNTED);
    })
    .control("pooled-fit", [pooled; 2]);
    Ok(())
}
