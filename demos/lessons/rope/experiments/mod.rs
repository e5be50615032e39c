//! What is measured, for figures, prose and claims alike. Each experiment is a pure function of a seed.

pub(super) mod counting;
pub(super) mod decay;
pub(super) mod extension;
pub(super) mod score;
