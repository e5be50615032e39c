//! The steps.

mod criteria;
mod derivations;
mod families;
mod languages;
mod learned;
mod text;
mod whiteboard;

use super::setup::Setup;
use crate::kit::findings::Findings;
use crate::kit::knob::Refusal;

pub(super) fn walk(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    text::text_to_ids(setup, &mut f)?;
    text::levels(setup, &mut f);
    whiteboard::whiteboard(&mut f);
    criteria::criteria(&mut f);
    families::families(setup, &mut f)?;
    learned::learned(setup, &mut f);
    languages::languages(&mut f);
    languages::odd(setup, &mut f);
    derivations::derivations(setup, &mut f);
    Ok(f)
}
