//! Attention in all its forms: against PyTorch and transformers, fast kernels against their readable twins.

mod extremes;
mod heads;
mod not_finite;
mod oracle;
mod oracle_heads;
mod oracle_layers;
mod properties;
mod step;
mod tiled;
