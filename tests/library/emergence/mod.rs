//! Emergent abilities: against SciPy and PyTorch, and by properties.
//!
//! `tests/fixtures/emergence/make.py` says where the numbers come from.

mod arithmetic;
mod coverage;
mod errors;
mod oracle;
mod properties;
mod simulation;
