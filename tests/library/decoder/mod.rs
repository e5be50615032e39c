//! Trained language models: tiny ones of each family against transformers, what is refused, what can be changed.
//!
//! Files of real models are not committed. `DEMO_MODEL=/path/of/a.gguf` adds tests that read one.

mod cases;
mod changes;
mod fast;
mod fast_changes;
mod files;
mod oracle;
mod real;
mod refusals;
mod together;
