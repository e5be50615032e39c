//! C11, C16: sudden or not. C14: a critical point. C17: what is blamed.

use concepts::emergence::{Metric, PowerLaw, Test, items_needed, reads_zero, simulate};
use concepts::numerics::rng;
use concepts::numerics::tolerance::{EXACT_F64, STEEPEST};

use super::{ALIKE, ITEMS, TOKENS, law};
use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::{Qualified, Wrong};
use crate::lessons::emergence::experiments::scaling::{hoffmann, kinked, sharpest_bend};
use crate::lessons::emergence::steps::derivations::slope;
use crate::lessons::emergence::steps::series::{RISE, SUDDEN};

const BILLION: f64 = 1e9;

/// C11: sudden, like a phase transition
pub(crate) fn phase_transition(c: &mut Case) -> Checked {
    const LENGTHS: [usize; 4] = [1, 5, 10, TOKENS];
    let law = law()?;
    let width = law.decades_between(RISE[0], RISE[1], ALIKE)?;
    let needed = items_needed(law.exact_match(BILLION, TOKENS, ALIKE), 0.95)?;
    let log = |size: f64| -(TOKENS as f64) * law.cross_entropy(size);
    c.value("tokens", TOKENS).value("items", ITEMS).value("needed", needed).value("width", width);
    c.value("alpha", law.exponent()).value("from", log(1e8)).value("to", log(BILLION));
    c.as_written(|t| {
        t.at_most("abrupt", width, SUDDEN);
    });
    // Length of the answer, questions of the test, exponent at each length.
    let one = LENGTHS.map(|length| (law, length));
    // A world in which longer answers do rise faster.
    let steeper = |&length: &usize| Ok((PowerLaw::new(2e7, 0.35 * (1.0 + length as f64 / 10.0))?, length));
    let steeper: Vec<(PowerLaw, usize)> =
        LENGTHS.iter().map(steeper).collect::<Result<_, concepts::emergence::EmergenceError>>()?;
    let world = (TOKENS, ITEMS, &one[..]);
    c.corrected(Qualified, world, |t, (tokens, items, laws): (usize, u64, &[(PowerLaw, usize)])| {
        let slopes: Vec<f64> = laws.iter().map(|(law, length)| slope(law, *length)).collect();
        let apart = slopes.iter().map(|s| (s / slopes[0] - 1.0).abs()).fold(0.0, f64::max);
        t.at_most("same-slope", apart, STEEPEST).over(slopes.len());
        t.at_least("reads-zero", reads_zero(law.exact_match(BILLION, tokens, ALIKE), items), 0.95);
        let gain = tokens as f64 * (law.cross_entropy(1e8) - law.cross_entropy(BILLION));
        t.at_least("log-gain", gain, 1.0);
    })
    .control("large-test", (TOKENS, 1_000_000, world.2))
    .control("one-token", (1, ITEMS, world.2))
    .control("steeper", (TOKENS, ITEMS, &steeper[..]));
    Ok(())
}

/// C14: a critical point of the scaling law
pub(crate) fn critical_point(c: &mut Case) -> Checked {
    let bend = sharpest_bend(hoffmann);
    // A kink changes the slope at once, by half of it or more.
    const KINK: f64 = 0.1;
    c.value("bend", bend);
    c.as_written(|t| {
        t.at_least("kink", bend, KINK).over(58);
    });
    let power: fn(f64) -> f64 = |size| 406.4 / size.powf(0.34);
    c.corrected(Qualified, (hoffmann as fn(f64) -> f64, power), |t, (sum, one)| {
        t.at_most("one-power", sharpest_bend(one), EXACT_F64).over(58);
        t.at_most("sum", sharpest_bend(sum), KINK / 10.0).over(58);
    })
    .control("kinked", (kinked as fn(f64) -> f64, power));
    Ok(())
}

/// C16: perhaps the metric; continuous ones rise smoothly
pub(crate) fn metric(c: &mut Case) -> Checked {
    const DRAWN: usize = 4000;
    /// Percent of the emergence reported on BIG-Bench that is by exact match or multiple choice (Schaeffer et al. 2023).
    const BY_TWO: f64 = 92.0;
    let (law, seed) = (law()?, c.seed);
    let test = Test::new(TOKENS, 4, 0.25, ALIKE)?;
    let sizes = [1e7, 1e8, BILLION, 1e10];
    // What a step of ten in size gains, as a share of what is still to gain.
    let gains = |metric: Metric| -> f64 {
        let expected = sizes.map(|size| test.expected(metric, &law, size));
        let perfect = if metric == Metric::ExactMatch { 1.0 } else { 0.0 };
        expected.windows(2).map(|p| (p[1] - p[0]) / (perfect - p[0])).fold(f64::INFINITY, f64::min)
    };
    c.value("tokens", TOKENS).value("items", ITEMS).value("by_two", BY_TWO);
    c.holds(Metric::LogLikelihood, |t, smooth: Metric| {
        t.at_least("exact-dark", reads_zero(law.exact_match(BILLION, TOKENS, ALIKE), ITEMS), 0.95);
        t.at_least("smooth", gains(smooth), 0.2).over(sizes.len() - 1);
        let drawn =
            simulate(Metric::TokenErrors, &test, &law, BILLION, DRAWN, &mut rng(seed, "Q11 C16 errors"));
        let formula = test.expected(Metric::TokenErrors, &law, BILLION);
        t.near("drawn", drawn.mean, formula, 4.5 * drawn.error).over(DRAWN).drawn();
    })
    .control("all-or-nothing", Metric::ExactMatch);
    Ok(())
}

/// C17: Schaeffer et al. blame contaminated data
pub(crate) fn contamination(c: &mut Case) -> Checked {
    /// What the paper names.
    const NAMED: [&str; 3] = ["metric", "test size", "few large models"];
    const WITH_IT: [&str; 4] = ["metric", "test size", "few large models", "contamination"];
    const LEAKED: f64 = 0.05;
    let law = law()?;
    let blames = |list: &[&str]| list.iter().filter(|cause| **cause == "contamination").count() as f64;
    let score = law.exact_match(BILLION, TOKENS, ALIKE);
    let dark = |leaked: f64| reads_zero(leaked + (1.0 - leaked) * score, ITEMS);
    c.value("leaked", LEAKED).value("items", ITEMS).value("clean", dark(0.0)).value("known", dark(LEAKED));
    c.as_written(|t| {
        t.at_least("named", blames(&NAMED), 1.0).over(NAMED.len());
    });
    c.corrected(Wrong, (&NAMED[..], LEAKED), |t, (list, leaked): (&[&str], f64)| {
        t.exactly("not-named", blames(list), 0.0).over(list.len());
        t.at_least("clean", dark(0.0), 0.95);
        t.at_most("leaked", dark(leaked), 0.05);
    })
    .control("with-it", (&WITH_IT[..], LEAKED))
    .control("no-leak", (&NAMED[..], 0.0));
    Ok(())
}
