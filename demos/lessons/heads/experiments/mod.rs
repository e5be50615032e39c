//! What is measured, for prose and claims alike. Each experiment is a pure function of a seed.
//!
//! | file | what it measures |
//! |---|---|
//! | [`sharing`] | who reads whose keys and values, and the operations of a step |
//! | [`caching`] | what a layer caches |
//! | [`weights`] | what a layer has allocated, and what its output projection does |
//! | [`pooling`] | what becomes of a layer whose heads are pooled |
//! | [`published`] | questions to the table of published models |

pub(crate) mod caching;
pub(crate) mod pooling;
pub(crate) mod published;
pub(crate) mod sharing;
pub(crate) mod weights;
