//! What the page shows, step by step.
//!
//! | file | what it shows |
//! |---|---|
//! | [`one_pair`] | one pair, turned place by place |
//! | [`scores`] | one score three ways, and what the conjugate does |
//! | [`layouts`] | neighbours or halves as pairs |
//! | [`longer`] | texts longer than those of training |
//! | [`ramps`] | which ramp a run or a file has |
//! | [`axes`] | several positions a token |
//! | [`cost`] | operations |
//! | [`derivations`] | each with the numbers that check it |

pub(crate) mod axes;
pub(crate) mod cost;
pub(crate) mod derivations;
pub(crate) mod layouts;
pub(crate) mod longer;
pub(crate) mod one_pair;
pub(crate) mod ramps;
pub(crate) mod scores;
