//! What the page shows, step by step.
//!
//! | file | what it holds |
//! |---|---|
//! | [`from_text`] | the person's own text as ids, and three ways of cutting a text held out |
//! | [`whiteboard`] | byte-pair encoding on the nine words of the written answer |
//! | [`criteria`] | what WordPiece merges |
//! | [`families`] | markers, who uses what, and all algorithms on the same text |
//! | [`learned`] | what is learned from a real text |
//! | [`languages`] | Chinese and English, and text of a kind that prose is not |
//! | [`in_practice`] | a vocabulary file, special tokens, real tokenizers on Chinese, a vocabulary made larger |
//! | [`derivations`] | the derivations an interviewer asks for, with the numbers that check them |
//! | [`shown_tokens`] | how a token is written for people |

mod criteria;
mod derivations;
mod families;
mod from_text;
mod in_practice;
mod languages;
mod learned;
pub(crate) mod shown_tokens;
mod whiteboard;

use super::setup::Setup;
use crate::kit::findings::Findings;
use crate::kit::knob::Refusal;

pub(crate) fn steps(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    from_text::text_to_ids(setup, &mut f)?;
    from_text::levels(setup, &mut f);
    whiteboard::whiteboard(&mut f);
    criteria::criteria(&mut f);
    families::families(setup, &mut f)?;
    learned::learned(setup, &mut f);
    languages::languages(&mut f);
    languages::odd(setup, &mut f);
    in_practice::in_practice(setup, &mut f)?;
    derivations::derivations(setup, &mut f);
    Ok(f)
}
