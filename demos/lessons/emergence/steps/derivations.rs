//! The derivations an interviewer asks for, each with the numbers that check it.

use concepts::emergence::{EmergenceError, Items, PowerLaw, expected_error_after_one_step};

use super::series::{RISE, why_sudden};
use crate::kit::findings::Findings;
use crate::lessons::emergence::experiments::scaling::{hoffmann, sharpest_bend};
use crate::lessons::emergence::setup::Setup;

pub(crate) fn derivations(setup: &Setup) -> Result<Findings, EmergenceError> {
    let mut f = Findings::default();
    f.formula(
        "f_half",
        r"N_{50}(L) = c\,(L/\ln 2)^{1/\alpha},\qquad \frac{N_{90}}{N_{10}} = \Big(\frac{\ln 10}{\ln(10/9)}\Big)^{1/\alpha}",
        "N₅₀(L) = c·(L/ln 2)^(1/α)    N₉₀/N₁₀ = (ln 10 / ln(10/9))^(1/α)",
    );
    let alike = Items::Alike;
    f.number("half", setup.law.size_for(0.5, setup.test.tokens, alike)?);
    let decades = setup.law.decades_between(RISE[0], RISE[1], alike)?;
    f.number("alike_decades", decades);
    f.words("why_sudden_alike", why_sudden(decades));
    f.number("mixed_decades", setup.law.decades_between(0.1, 0.9, Items::Mixed)?);
    f.formula(
        "f_mixed",
        r"\mathbb{E}_d\, e^{-u d} = \frac{1}{1+u},\quad u = L\,(c/N)^\alpha",
        "E e^(−u·d) = 1/(1 + u)    u = L·(c/N)^α",
    );
    f.number("slope", slope(&setup.law, setup.test.tokens));
    f.number("slope_formula", setup.law.steepest(alike));
    f.formula(
        "f_best_step",
        r"\mathbb{E}\|(I-\eta S)w\|^2 = \|w\|^2\,(1 - 2\eta n + \eta^2 n(n+d+1)),\quad \eta = \frac{1}{n+d+1}",
        "E‖(I − ηS)w‖² = ‖w‖²·(1 − 2ηn + η²n(n + d + 1))    η = 1/(n + d + 1)",
    );
    f.number("one_formula", expected_error_after_one_step(setup.examples, setup.features));
    f.number("bend", sharpest_bend(hoffmann));
    Ok(f)
}

/// The steepest rise of exact match a decade, by differences.
pub(crate) fn slope(law: &PowerLaw, tokens: usize) -> f64 {
    const STEP: f64 = 1e-3;
    let middle = law.size_for(0.5, tokens, Items::Alike).map_or(f64::NAN, f64::log10);
    let at = |x: f64| law.exact_match(10f64.powf(x), tokens, Items::Alike);
    let rise = |i: i32| {
        let x = middle + f64::from(i) * STEP / law.exponent();
        (at(x + STEP) - at(x - STEP)) / (2.0 * STEP)
    };
    (-1000..1000).map(rise).fold(f64::NAN, f64::max)
}
