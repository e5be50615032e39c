//! What is measured, for figures, prose and claims alike.

pub(crate) mod cones;
pub(crate) mod scenes;
pub(crate) mod sweep;
