//! Search for the most probable text: whole sequences compared, not single tokens.
//!
//! | | file | what it holds |
//! |---|---|---|
//! | 1 | `length` | long and short texts made comparable: [`LengthPenalty`] |
//! | 2 | `hypothesis` | texts that are candidates for the result: [`Hypothesis`] |
//! | 3 | `expand` | one step of a beam: all continuations, the best of them kept |
//! | 4 | `beam` | beam search: [`BeamSearch`] |
//! | 5 | `diverse` | several beams that keep apart: [`DiverseBeamSearch`] |
//! | 6 | `exhaustive` | every text there is, the oracle of the others: [`exhaustive_search`] |
//! | 7 | `mode` | the most probable text of all, without looking at every one: [`mode_search`] |

mod beam;
mod diverse;
mod exhaustive;
mod expand;
mod hypothesis;
mod length;
mod mode;

pub use beam::{BeamSearch, Found};
pub use diverse::DiverseBeamSearch;
pub use exhaustive::exhaustive_search;
pub use hypothesis::Hypothesis;
pub use length::LengthPenalty;
pub use mode::mode_search;
