//! Trained language models: tiny ones of each family against transformers, what is refused, what can be changed.
//!
//! Files of real models are not committed; `tests/real` reads one where it is named.

mod cases;
mod changes;
mod fast;
mod fast_changes;
mod files;
mod oracle;
mod refusals;
mod seeing;
mod together;
