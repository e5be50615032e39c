//! Advantages within a group of answers to one prompt.

/// What the distance from the group's mean is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Nothing: Dr. GRPO.
    One,
    /// The standard deviation of the group as a population, over `G`.
    Population,
    /// The standard deviation as an estimate, over `G − 1`: what `torch.std` gives.
    Sample,
}

/// GRPO's advantages: how far each reward is from the mean of its group, in standard deviations.
///
/// A group of which all have the same reward teaches nothing: its advantages are 0. `softener` is added to the standard
/// deviation (TRL: 1e-4).
///
/// # Formula
/// `A_i = (r_i − mean) / (std + softener)`
///
/// # Reference
/// Shao et al. 2024 (DeepSeekMath), section 4.1.2; without the standard deviation, Liu et al. 2025.
///
/// # Examples
/// ```
/// use concepts::preference::{Spread, group_advantages};
/// let one_of_four = [1.0, 0.0, 0.0, 0.0];
/// assert_eq!(group_advantages(&one_of_four, Spread::One, 0.0), [0.75, -0.25, -0.25, -0.25]);
/// assert!((group_advantages(&one_of_four, Spread::Population, 0.0)[0] - 3.0_f64.sqrt()).abs() < 1e-12);
/// assert_eq!(group_advantages(&[1.0; 3], Spread::Sample, 0.0), [0.0; 3]);
/// ```
pub fn group_advantages(rewards: &[f64], spread: Spread, softener: f64) -> Vec<f64> {
    let n = rewards.len() as f64;
    let mean = rewards.iter().sum::<f64>() / n;
    let squares: f64 = rewards.iter().map(|r| (r - mean) * (r - mean)).sum();
    let scale = match spread {
        Spread::One => 1.0,
        Spread::Population => (squares / n).sqrt() + softener,
        Spread::Sample => (squares / (n - 1.0)).sqrt() + softener,
    };
    // Rewards that are equal may differ from their mean by a rounding.
    let same = rewards.windows(2).all(|pair| pair[0] == pair[1]);
    rewards.iter().map(|r| if same { 0.0 } else { (r - mean) / scale }).collect()
}

/// Each reward less the mean of the *others*: no answer is part of its own baseline.
///
/// # Formula
/// `A_i = r_i − mean of the others = G/(G − 1) · (r_i − mean)`
///
/// # Reference
/// Kool, van Hoof & Welling 2019; Ahmadian et al. 2024 (RLOO).
///
/// # Examples
/// ```
/// assert_eq!(concepts::preference::leave_one_out(&[1.0, 0.0, 0.0]), [1.0, -0.5, -0.5]);
/// ```
pub fn leave_one_out(rewards: &[f64]) -> Vec<f64> {
    let sum: f64 = rewards.iter().sum();
    let others = rewards.len() as f64 - 1.0;
    rewards.iter().map(|r| r - (sum - r) / others).collect()
}
