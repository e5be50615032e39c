//! The policy that all the algorithms are trained towards, in closed form.

use super::error::checked;
use super::{PreferenceError, expected, kl};

/// The best policy for a reward with a price on leaving the reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Optimum {
    /// One probability an answer.
    pub policy: Vec<f64>,
    /// The value of the objective there.
    pub value: f64,
}

/// The policy that maximises `E_π[r] − β KL(π ‖ ref)`.
///
/// Small `β`: nearly all on the answers of highest reward. Large `β`: nearly the reference.
///
/// # Formula
/// `π*(y) = ref(y) e^{r(y)/β} / Z`, where the objective is `β ln Z`; any other policy has `β KL(π ‖ π*)` less
///
/// # Errors
/// [`PreferenceError::Beta`], [`PreferenceError::Reward`], [`PreferenceError::Reference`],
/// [`PreferenceError::Unpaired`].
///
/// # Reference
/// Rafailov et al. 2023, equation (4); Korbak et al. 2022.
///
/// # Examples
/// ```
/// let best = concepts::preference::optimum(&[0.5, 0.5], &[0.0, 1.0], 1.0)?;
/// assert!((best.policy[1] - concepts::numerics::sigmoid(1.0)).abs() < 1e-15);
/// # Ok::<(), concepts::preference::PreferenceError>(())
/// ```
pub fn optimum(reference: &[f64], rewards: &[f64], beta: f64) -> Result<Optimum, PreferenceError> {
    checked(reference, rewards, beta)?;
    // The largest reward is taken out of the exponent: a small β would overflow.
    let most = rewards.iter().fold(f64::NEG_INFINITY, |a: f64, &b| a.max(b));
    let weights: Vec<f64> =
        reference.iter().zip(rewards).map(|(p, r)| p * ((r - most) / beta).exp()).collect();
    let z: f64 = weights.iter().sum();
    Ok(Optimum { policy: weights.iter().map(|w| w / z).collect(), value: most + beta * z.ln() })
}

/// `E_π[r] − β KL(π ‖ ref)`.
pub fn objective(policy: &[f64], reference: &[f64], rewards: &[f64], beta: f64) -> f64 {
    expected(policy, rewards) - beta * kl(policy, reference)
}

/// The policy that maximises `E_π[r] − β KL(ref ‖ π)`: with the divergence the other way round another policy is best.
///
/// # Formula
/// `π(y) = β ref(y) / (λ − r(y))`, with the `λ` above every reward for which this sums to 1
///
/// # Errors
/// As [`optimum`].
///
/// # Examples
/// ```
/// let best = concepts::preference::forward_optimum(&[0.5, 0.5], &[0.0, 1.0], 1.0)?;
/// assert!((best.policy.iter().sum::<f64>() - 1.0).abs() < 1e-12);
/// assert!((best.policy[1] - 0.7071).abs() < 1e-4);
/// # Ok::<(), concepts::preference::PreferenceError>(())
/// ```
pub fn forward_optimum(reference: &[f64], rewards: &[f64], beta: f64) -> Result<Optimum, PreferenceError> {
    checked(reference, rewards, beta)?;
    let most = rewards.iter().fold(f64::NEG_INFINITY, |a: f64, &b| a.max(b));
    // λ is searched as its distance above the largest reward. There, that answer alone would have more than all.
    let total = |above: f64| -> f64 {
        reference.iter().zip(rewards).map(|(p, r)| beta * p / (above + most - r)).sum()
    };
    let (mut low, mut high) = (0.0, 1.0_f64);
    while total(high) > 1.0 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if total(middle) > 1.0 { low = middle } else { high = middle }
    }
    let above = 0.5 * (low + high);
    let policy: Vec<f64> =
        reference.iter().zip(rewards).map(|(p, r)| beta * p / (above + most - r)).collect();
    let value = expected(&policy, rewards) - beta * kl(reference, &policy);
    Ok(Optimum { policy, value })
}
