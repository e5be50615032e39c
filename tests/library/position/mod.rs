//! How a model knows where a token stands: against transformers, numbers known exactly, properties, refusals.

mod errors;
mod not_finite;
mod numbers;
mod oracle;
mod properties;
