//! How low the loss can fall, and what it says about mutual information.

use super::{ContrastiveError, Sharpness};

/// The lowest InfoNCE that `n` pairs of unit vectors can reach at this scale: pairs equal, and all others as far
/// apart as `n` directions can be from each other, which needs at least `n − 1` dimensions.
///
/// # Formula
/// `ln(1 + (n − 1) e^(−s n/(n − 1)))`
///
/// # Errors
/// [`ContrastiveError::TooFewPairs`].
///
/// # Reference
/// The corners of a simplex have cosines of `−1/(n − 1)`; the mean cosine of distinct directions cannot be lower,
/// because `‖Σ xᵢ‖² ≥ 0`, and the logarithm of a sum of exponentials is convex.
///
/// # Examples
/// ```
/// use concepts::contrastive::{Sharpness, lowest_loss};
/// let at = |n, tau| lowest_loss(n, Sharpness::temperature(tau)?);
/// assert!((at(32_768, 1.0)? - 9.397).abs() < 1e-3);
/// assert!(at(32_768, 0.07)? < 0.03);
/// # Ok::<(), concepts::contrastive::ContrastiveError>(())
/// ```
pub fn lowest_loss(n: usize, sharpness: Sharpness) -> Result<f64, ContrastiveError> {
    if n < 2 {
        return Err(ContrastiveError::TooFewPairs { pairs: n });
    }
    let others = (n - 1) as f64;
    Ok((others * (-sharpness.scale * n as f64 / others).exp()).ln_1p())
}

/// A lower bound of the mutual information of image and text, in nats: never more than `ln n`.
///
/// # Formula
/// `I ≥ ln n − L`
///
/// # Reference
/// van den Oord et al. 2018, *Representation Learning with Contrastive Predictive Coding*, section 2.3.
///
/// # Examples
/// ```
/// use concepts::contrastive::information;
/// assert_eq!(information(32, 0.0), 32f64.ln());
/// ```
pub fn information(n: usize, loss: f64) -> f64 {
    (n as f64).ln() - loss
}
