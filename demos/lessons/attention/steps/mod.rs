//! What the page shows.
//!
//! | file | what it holds |
//! |---|---|
//! | `inputs` | tokens, and the three views of each |
//! | `scores` | dot products, scaling, the mask |
//! | `weights` | from scores to weights to the output |
//! | `heads` | several heads, side by side and summed |
//! | `notes` | remarks that depend on the knobs |
//! | `matrices` | matrices with the names of their tokens |
//! | `block` | what stands around attention |
//! | `questions` | what is asked next: why √dₖ and not dₖ, why three matrices, what it costs |
//! | `derivations` | the derivations that an interviewer asks for, each with its numeric check |

mod block;
mod derivations;
mod heads;
mod inputs;
mod matrices;
mod notes;
mod questions;
mod scores;
mod weights;

use super::setup::Setup;
use crate::kit::findings::Findings;
use crate::kit::knob::Refusal;
pub(crate) use derivations::derivations;
pub(crate) use heads::SHOWN as HEADS_SHOWN;
pub(crate) use questions::questions;

/// The steps of attention, matrix by matrix.
pub(crate) fn walk(setup: &Setup) -> Result<Findings, Refusal> {
    let trace = setup.layer.trace(setup.x.view(), setup.x_kv.view(), &setup.mask)?;
    let mut f = Findings::default();
    inputs::sizes(setup, &mut f);
    inputs::projections(setup, &trace, &mut f);
    scores::scores(setup, &trace.heads[0], &mut f);
    weights::weights(setup, &trace.heads[0], &mut f);
    heads::heads(setup, &trace, &mut f);
    block::block(setup, &mut f);
    notes::notes(setup, &trace, &mut f);
    Ok(f)
}
