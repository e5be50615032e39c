//! What is measured, for figures and claims alike. Each experiment is a pure function of a seed.

pub(super) mod distance;
pub(super) mod growth;
pub(super) mod saturation;
