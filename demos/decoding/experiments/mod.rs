//! What is measured, for prose and claims alike.

pub(super) mod distributions;
pub(super) mod draws;
pub(super) mod order_of_sums;
pub(super) mod truncation;
