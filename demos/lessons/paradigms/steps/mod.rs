//! What the page shows, step by step.
//!
//! | file | what it shows |
//! |---|---|
//! | [`tagging`] | a sentence tagged by a hidden Markov model, and how well that goes |
//! | [`sizes`] | how many numbers each model learns |
//! | [`curves`] | accuracy by the number of labelled examples |
//! | [`votes`] | how far the methods lie apart there, and what more votes of examples would change |
//! | [`classify`] | the text by all three methods |
//! | [`history`] | methods by year |
//! | [`scores`] | one tagger by two measures |

pub(crate) mod classify;
pub(crate) mod curves;
pub(crate) mod history;
pub(crate) mod scores;
pub(crate) mod sizes;
pub(crate) mod tagging;
pub(crate) mod votes;
