//! What is measured or looked up. Pure: the same arguments give the same numbers.
//!
//! | file | what it holds |
//! |---|---|
//! | [`published`] | tables of papers |
//! | [`mask`] | the random mask of which GELU is the mean |
//! | [`gate`] | gated products, written out |

pub(crate) mod gate;
pub(crate) mod mask;
pub(crate) mod published;
