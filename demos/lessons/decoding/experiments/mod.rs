//! What is measured, for prose and claims alike.

pub(crate) mod comparison;
pub(crate) mod constrained;
pub(crate) mod contexts;
pub(crate) mod distributions;
pub(crate) mod draws;
pub(crate) mod heat;
pub(crate) mod loops;
pub(crate) mod order_of_sums;
pub(crate) mod penalties;
pub(crate) mod row;
pub(crate) mod rows;
pub(crate) mod search;
pub(crate) mod sorting;
pub(crate) mod speculation;
pub(crate) mod texts;
pub(crate) mod trees;
pub(crate) mod truncation;
pub(crate) mod windows;
