//! What is measured, for figures, prose and claims alike. Each experiment is a pure function of a seed.
//!
//! | file | what it holds |
//! |---|---|
//! | [`order`] | what a stack of attention layers notices of the order of its tokens |
//! | [`sinusoid`] | what a sinusoidal table is like |
//! | [`relative`] | ALiBi's slopes and bias, RoPE's vectors and scores |
//! | [`trained_rows`] | which rows of a learned table training can reach |

pub(crate) mod order;
pub(crate) mod relative;
pub(crate) mod sinusoid;
pub(crate) mod trained_rows;
