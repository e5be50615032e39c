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
    let most = |ask: fn(f64) -> f64| (1..100).map(|i| ask(f64::from(i) / 100.0)).fold(0.0, f64::max);
    let worth = most(bits_of_comparison) / ANSWERS.log2();
    c.value("demonstration", ANSWERS.log2()).value("nine", bits_of_ranking(9)).value("worth", worth);
    // Easier item by item; not if as much is to be learnt.
    c.as_written(|t| {
        t.at_least("as-much", worth, 1.0).over(99);
    });
    c.corrected(Qualified, bits_of_comparison as fn(f64) -> f64, |t, ask| {
        t.at_most("asked", most(ask) / ANSWERS.log2(), 0.25).over(99);
        t.at_least("prompts", PROMPTS[0] / PROMPTS[1], 1.0);
    })
    .control("ranking", |_| bits_of_ranking(9));
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
