//! What the page shows, step by step.
//!
//! | file | what it shows |
//! |---|---|
//! | [`overfitting`] | why a penalty at all |
//! | [`penalties`] | both penalties, one coefficient at a time |
//! | [`paths`] | both paths on the data, and the solutions beside each other |
//! | [`truth`] | of made-up data: which columns matter, and which were found |
//! | [`twins`] | two columns that are the same |
//! | [`directions`] | what the ridge shrinks, and by how much |
//! | [`choice`] | choosing λ |
//! | [`geometry`] | two columns, so that a loss can be drawn |
//! | [`solving`] | steps that reach 0 and steps that do not |
//! | [`decay`] | weight decay in optimisers |
//! | [`derivations`] | each with the numbers that check it |

pub(crate) mod choice;
pub(crate) mod decay;
pub(crate) mod derivations;
pub(crate) mod directions;
pub(crate) mod geometry;
pub(crate) mod overfitting;
pub(crate) mod paths;
pub(crate) mod penalties;
pub(crate) mod solving;
pub(crate) mod truth;
pub(crate) mod twins;
