//! What is measured, for figures, prose and claims alike. Each experiment is a pure function of a seed.
//!
//! | file | what it measures |
//! |---|---|
//! | [`score`] | the score of a rotated query and key, several ways |
//! | [`axes`] | the score with several positions, as for images and video |
//! | [`aliasing`] | offsets that a single frequency confuses |
//! | [`outputs`] | what attention makes of rotated queries and keys |
//! | [`decay`] | the score and its bound over the distance |
//! | [`extension`] | phases and fits beyond the trained length |
//! | [`parameters`] | what training has to fill |
//! | [`counting`] | operations |

pub(crate) mod aliasing;
pub(crate) mod axes;
pub(crate) mod counting;
pub(crate) mod decay;
pub(crate) mod extension;
pub(crate) mod outputs;
pub(crate) mod parameters;
pub(crate) mod score;
