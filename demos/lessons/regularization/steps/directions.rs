//! What the ridge shrinks, and by how much.

use ndarray::Array1;

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::text::{Lang, Text};
use crate::lessons::regularization::WORDS;
use crate::lessons::regularization::setup::Setup;
use crate::{named, row};

const SHOWN: usize = 12;

pub(crate) fn directions(setup: &Setup) -> Findings {
    let mut f = Findings::default();
    let (ridge, lambda) = (&setup.ridge, setup.ridge_lambda);
    f.formula(
        "f_svd",
        r"X = \sum_i s_i u_i v_i^\top,\qquad w(\lambda) = \sum_i v_i \cdot \frac{s_i^2}{s_i^2 + \lambda} \cdot \frac{u_i^\top y}{s_i}",
        "X = Σ sᵢ·uᵢ·vᵢᵀ    w(λ) = Σ vᵢ · sᵢ²/(sᵢ² + λ) · uᵢᵀy/sᵢ",
    );
    let factors = ridge.shrinkage(lambda);
    let pairs = ridge.singular_values().iter().zip(&factors).take(SHOWN).enumerate();
    let rows = pairs.map(|(i, (&s, &factor))| row![i + 1, s, factor, lambda / (s * s + lambda)]);
    f.table("factors", Grid::new("factors", &WORDS).value("lambda", setup.ridge_said()).rows(rows).table());
    f.number("df", ridge.degrees_of_freedom(lambda));
    f.number("rank", factors.len() as f64);
    f.number("largest_factor", factors.first().copied().unwrap_or(f64::NAN));
    f.number("smallest_factor", factors.last().copied().unwrap_or(f64::NAN));
    f.words("uniform_said", uniform(setup));
    f.words("factors_said", spread(setup, &factors));
    f.words("grew_said", grew(setup));
    f
}

/// Are all directions shrunk alike, as far as three digits tell?
pub(crate) fn is_uniform(setup: &Setup) -> bool {
    let factors = setup.ridge.shrinkage(setup.ridge_lambda);
    let (largest, smallest) = (factors[0], factors[factors.len() - 1]);
    (largest - smallest).abs() <= 1e-3 * largest
}

/// Is there one direction only, so that nothing can be compared?
pub(crate) fn is_alone(setup: &Setup) -> bool {
    setup.ridge.singular_values().len() == 1
}

fn uniform(setup: &Setup) -> Text {
    WORDS.get(match () {
        () if is_alone(setup) => "uniform_said.one",
        () if is_uniform(setup) => "uniform_said.same",
        () => "uniform_said",
    })
}

/// From which factor to which, where they differ.
fn spread(setup: &Setup, factors: &Array1<f64>) -> Text {
    match (factors.first(), factors.last()) {
        (Some(&largest), Some(&smallest)) if !is_uniform(setup) => {
            let said = WORDS.with("factors_said", &named![smallest, largest]);
            // It follows a sentence.
            Text::new(format!(" {}", said.get(Lang::En)), said.get(Lang::Zh).to_string())
        }
        _ => Text::same(""),
    }
}

/// Coefficients that the penalty made larger.
fn grew(setup: &Setup) -> Text {
    let (least, shrunk) = (setup.ridge.coefficients(0.0), setup.ridge.coefficients(setup.ridge_lambda));
    // More than rounding.
    let grew = least.iter().zip(&shrunk).filter(|(a, b)| b.abs() > a.abs() * (1.0 + 1e-9)).count();
    match grew {
        0 => WORDS.get("grew_said.none"),
        _ => WORDS.with("grew_said", &named![grew, columns = setup.design.width()]),
    }
}
