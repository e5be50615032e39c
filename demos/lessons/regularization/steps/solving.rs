//! Steps that reach 0 and steps that do not.

use concepts::numerics::tolerance::EXACT_F64;
use concepts::regularization::{
    Fit, Penalty, RegularizationError, Step, Stop, coordinate_descent, gradient_steps, zeros,
};
use ndarray::Array1;

use crate::kit::findings::Findings;
use crate::kit::number::plain;
use crate::kit::text::Text;
use crate::lessons::regularization::WORDS;
use crate::lessons::regularization::setup::Setup;
use crate::named;

/// Where the descent may stop.
const STOP: Stop = Stop { gap: 1e-6, passes: 500 };
/// A smaller share of the largest penalty asks for more steps than are made.
const SMALLEST: f64 = 1e-4;
/// Steps that are made.
pub(crate) const STEPS: usize = 1000;

pub(crate) fn solving(setup: &Setup) -> Result<Findings, RegularizationError> {
    let mut f = Findings::default();
    f.formula(
        "f_descent",
        r"w_j \leftarrow \frac{S(x_j^\top r + \|x_j\|^2 w_j,\ \lambda)}{\|x_j\|^2},\qquad r = y - Xw",
        "wⱼ ← S(xⱼᵀr + ‖xⱼ‖²·wⱼ, λ) / ‖xⱼ‖²    r = y − Xw",
    );
    f.formula(
        "f_gap",
        r"P(w) - P^\star \le P(w) - D(s\,r),\qquad s = \min\left(1, \frac{\lambda}{\|X^\top r\|_\infty}\right)",
        "P(w) − P* ≤ P(w) − D(s·r)    s = min(1, λ / ‖Xᵀr‖_∞)",
    );
    let descent = descent(setup)?;
    f.number("passes", descent.passes as f64);
    f.number("gap", descent.gap.max(0.0));
    let limit = || WORDS.with("note_limit", &named![passes = STOP.passes, wanted = STOP.gap]);
    f.note("note_limit", (descent.gap > STOP.gap).then(limit));
    let at = steps_penalty(setup);
    let same = at == setup.lambda;
    f.words("steps_lambda", Text::same(if same { setup.lambda_said() } else { plain(at) }));
    let other = if setup.lambda < at { "steps_said.small" } else { "steps_said" };
    f.note("steps_said", (!same).then(|| WORDS.with(other, &named![given = setup.lambda_said()])));
    f.number("step_count", STEPS as f64);
    let last = |step| trail(setup, step).last().map_or(f64::NAN, |(_, zeros)| *zeros);
    f.number("subgradient_zeros", last(Step::Subgradient));
    f.number("proximal_zeros", last(Step::Proximal));
    let constant = setup.design.constant().len();
    f.number("exact_zeros", (zeros(setup.path.at(at).view()) - constant) as f64);
    f.note("note_shared", shared(setup, at).then(|| WORDS.get("note_shared")));
    Ok(f)
}

/// Has a column a weight of which a copy, perhaps with the other sign, could have a part?
fn shared(setup: &Setup, lambda: f64) -> bool {
    let w = setup.path.at(lambda);
    let alike = |j: usize, k: usize| {
        let (a, b) = (setup.design.column(j), setup.design.column(k));
        a.dot(&b).abs() >= (1.0 - EXACT_F64) * a.dot(&a)
    };
    setup.path.spanned.iter().any(|&k| (0..w.len()).any(|j| j != k && w[j] != 0.0 && alike(j, k)))
}

fn descent(setup: &Setup) -> Result<Fit, RegularizationError> {
    let start = Array1::zeros(setup.design.width());
    coordinate_descent(&setup.design, Penalty::lasso(steps_penalty(setup)), start.view(), STOP)
}

/// The penalty of the page, unless it leaves nothing or is too small for the steps that are made: then a twentieth of
/// the largest.
pub(crate) fn steps_penalty(setup: &Setup) -> f64 {
    let most = setup.design.lambda_max();
    if setup.lambda > SMALLEST * most && setup.lambda < most { setup.lambda } else { most / 20.0 }
}

/// Exact zeros by the number of steps, from where every coefficient has moved.
pub(crate) fn trail(setup: &Setup, step: Step) -> Vec<(usize, f64)> {
    let penalty = Penalty::lasso(steps_penalty(setup));
    let lipschitz = setup.ridge.singular_values()[0].powi(2);
    let constant = setup.design.constant().len();
    let mut seen = Vec::new();
    gradient_steps(&setup.design, penalty, step, STEPS, lipschitz, |made, w| {
        seen.push((made, (zeros(w.view()) - constant) as f64));
    });
    seen
}
