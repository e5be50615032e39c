//! What is measured, for figures, prose and claims alike.
//!
//! | file | what it measures |
//! |---|---|
//! | [`slopes`] | slopes on logarithmic axes |
//! | [`valleys`] | the floors of noisy iso-FLOP valleys, by parabolas |
//! | [`extrapolation`] | small budgets fitted by two forms, and what each says of a large one |
//! | [`recovery`] | how well constants come back from so many noisy runs |

pub(crate) mod extrapolation;
pub(crate) mod recovery;
pub(crate) mod slopes;
pub(crate) mod valleys;
