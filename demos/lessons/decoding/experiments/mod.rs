//! What is measured, for prose and claims alike.

pub(super) mod comparison;
pub(super) mod contexts;
pub(super) mod distributions;
pub(super) mod draws;
pub(super) mod heat;
pub(super) mod loops;
pub(super) mod order_of_sums;
pub(super) mod search;
pub(super) mod sorting;
pub(super) mod speculation;
pub(super) mod texts;
pub(super) mod trees;
pub(super) mod truncation;
