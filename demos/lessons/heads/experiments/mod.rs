//! What is measured, for prose and claims alike. Each experiment is a pure function of a seed.

pub(super) mod sharing;
