//! What is measured, for figures, prose and claims alike.
//!
//! | file | what it holds |
//! |---|---|
//! | [`noise`] | weights under gradients that are noise |
//! | [`polynomial`] | a curve with too many coefficients |
//! | [`projection`] | the nearest point of a diamond and of a circle |
//! | [`search`] | a minimum found by trying |

pub(crate) mod noise;
pub(crate) mod polynomial;
pub(crate) mod projection;
pub(crate) mod search;
