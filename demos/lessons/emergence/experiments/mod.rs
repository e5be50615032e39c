//! What is measured, for figures, prose and claims alike. Each experiment is a pure function of its arguments.
//!
//! | file | what it measures |
//! |---|---|
//! | [`learning`] | what examples in a context teach, layer by layer |
//! | [`scaling`] | the bend of a published law of the loss |
//! | [`table`] | rows of the published thresholds |
//! | [`prompt`] | the examples in a prompt |

pub(crate) mod learning;
pub(crate) mod prompt;
pub(crate) mod scaling;
pub(crate) mod table;
