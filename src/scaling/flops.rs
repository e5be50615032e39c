use crate::budget::{BudgetError, ModelConfig, prefill_flops};

/// Operations a parameter and token in training: two forward, four backward.
pub const OPERATIONS_A_TOKEN: f64 = 6.0;

/// Operations of training, as scaling laws count them.
///
/// Each parameter takes part in one product and one sum forward; backward in two products of that size, one for the
/// gradient of what came in, one for its own.
///
/// # Formula
/// `C = 6·N·D`
///
/// # Examples
/// ```
/// use concepts::scaling::training_flops;
/// assert!((training_flops(70e9, 1.4e12) / 5.88e23 - 1.0).abs() < 1e-12);
/// ```
pub fn training_flops(n: f64, d: f64) -> f64 {
    OPERATIONS_A_TOKEN * n * d
}

/// Operations of training, counted from a configuration: matrix products, the core of attention, and the output;
/// the embedding is looked up. Backward is twice forward.
///
/// # Formula
/// `3 · forward(context) · D / context`
///
/// # Errors
/// As [`prefill_flops`].
///
/// # Examples
/// ```
/// use concepts::budget::find;
/// use concepts::scaling::{counted_flops, training_flops};
/// let config = &find("llama-2-7b")?.config;
/// let counted = counted_flops(config, 2e12, 4096)?;
/// // 6ND leaves out the core of attention and counts the embedding: here that is about a tenth.
/// assert!((1.0..1.3).contains(&(counted / training_flops(6.74e9, 2e12))));
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn counted_flops(config: &ModelConfig, d: f64, context: u64) -> Result<f64, BudgetError> {
    let context = context.max(1);
    Ok(3.0 * prefill_flops(config, context)?.total() as f64 * (d / context as f64))
}
