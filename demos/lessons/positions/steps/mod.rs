//! What the page shows, from what attention cannot see to five ways of showing it.
//!
//! | file | what it holds |
//! |---|---|
//! | [`order`] | the sentence and its mirror image; equivariance; what a causal mask gives away |
//! | [`sinusoidal`] | the table, its wavelengths, and the relative places inside it |
//! | [`learned`] | the learned table and what it costs |
//! | [`biases`] | ALiBi's formula and slopes |
//! | [`schemes`] | every scheme on the same sentence |
//! | [`long_text`] | the schemes on longer texts, as published |
//! | [`derivations`] | each with its numeric self-check |

mod biases;
mod derivations;
mod learned;
mod long_text;
mod order;
mod schemes;
pub(crate) mod sinusoidal;

use super::setup::Setup;
use crate::kit::findings::Findings;
use crate::kit::knob::Refusal;

/// Everything but the pictures, in the order of the page.
pub(crate) fn walk(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    order::sentence(setup, &mut f)?;
    order::symmetry(setup, &mut f)?;
    sinusoidal::waves(setup, &mut f)?;
    sinusoidal::relative(setup, &mut f)?;
    learned::learned(setup, &mut f)?;
    biases::biases(&mut f)?;
    schemes::schemes(setup, &mut f)?;
    long_text::long_text(&mut f);
    Ok(f)
}

/// The derivations an interviewer asks for.
pub(crate) use derivations::derivations;
