//! Parameters, operations, and the width that keeps a budget.

use super::{ActivationError, Size};

/// Weights of a feed-forward layer without biases: two matrices, with a gate three.
///
/// # Examples
/// ```
/// use concepts::activation::ffn_parameters;
/// assert_eq!(ffn_parameters(4096, 11_008, true), 135_266_304);
/// assert_eq!(ffn_parameters(4096, 16_384, false), 134_217_728);
/// ```
pub fn ffn_parameters(d_model: usize, d_ff: usize, gated: bool) -> u64 {
    (2 + u64::from(gated)) * d_model as u64 * d_ff as u64
}

/// Operations a token in its matrix products: a product and a sum for each weight.
///
/// # Examples
/// ```
/// use concepts::activation::ffn_operations;
/// assert_eq!(ffn_operations(4096, 11_008, true), 270_532_608);
/// ```
pub fn ffn_operations(d_model: usize, d_ff: usize, gated: bool) -> u64 {
    2 * ffn_parameters(d_model, d_ff, gated)
}

/// The width of a gated layer with the weights of a plain one of width `d_ff`.
///
/// # Formula
/// `3 d h = 2 d d_ff`, so `h = 2/3 d_ff`
///
/// # Examples
/// ```
/// use concepts::activation::matched_width;
/// assert_eq!(matched_width(3072), 2048.0);
/// ```
pub fn matched_width(d_ff: usize) -> f64 {
    2.0 * d_ff as f64 / 3.0
}

/// The width as LLaMA's code has it: two thirds of `4 d_model`, times a factor, up to the next multiple.
///
/// # Errors
/// [`ActivationError::Zero`] if the multiple is 0.
///
/// # Reference
/// Touvron et al. 2023, section 2.2, and the published code.
///
/// # Examples
/// ```
/// use concepts::activation::llama_width;
/// assert_eq!(llama_width(4096, 1.0, 256)?, 11_008);
/// assert_eq!(llama_width(8192, 1.3, 4096)?, 28_672);
/// # Ok::<(), concepts::activation::ActivationError>(())
/// ```
pub fn llama_width(d_model: usize, factor: f64, multiple: usize) -> Result<usize, ActivationError> {
    if multiple == 0 {
        return Err(ActivationError::Zero { what: Size::Multiple });
    }
    // Rounded down twice, as there.
    let two_thirds = 8 * d_model / 3;
    Ok(((factor * two_thirds as f64) as usize).div_ceil(multiple) * multiple)
}
