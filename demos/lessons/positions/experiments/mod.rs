//! What is measured, for figures, prose and claims alike. Each experiment is a pure function of a seed.

pub(super) mod order;
pub(super) mod sinusoid;
