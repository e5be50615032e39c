//! PPO's clipped objective.

/// The value of an objective and its slope by the ratio.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Surrogate {
    /// What is maximised.
    pub value: f64,
    /// Its derivative by the ratio; at a kink that of the ratio's own side.
    pub slope: f64,
}

/// `min(ρ A, clip(ρ, 1 − ε, 1 + ε) A)`: no gain from moving further than `ε` in the wanted direction, full slope on
/// the way back.
///
/// # Formula
/// The slope is `A`, but 0 where `A > 0` and `ρ > 1 + ε`, and where `A < 0` and `ρ < 1 − ε`
///
/// # Reference
/// Schulman et al. 2017, equation (7).
///
/// # Examples
/// ```
/// use concepts::preference::clipped;
/// assert_eq!(clipped(1.5, 1.0, 0.2).slope, 0.0); // far enough
/// assert_eq!(clipped(1.5, -1.0, 0.2).slope, -1.0); // the wrong way: it is pulled back
/// ```
pub fn clipped(ratio: f64, advantage: f64, epsilon: f64) -> Surrogate {
    let plain = ratio * advantage;
    let cut = ratio.clamp(1.0 - epsilon, 1.0 + epsilon) * advantage;
    if plain <= cut {
        Surrogate { value: plain, slope: advantage }
    } else {
        Surrogate { value: cut, slope: 0.0 }
    }
}

/// `clip(ρ, 1 − ε, 1 + ε) A`, without the minimum: what went too far in the wrong direction stays there.
///
/// # Examples
/// ```
/// assert_eq!(concepts::preference::only_clipped(1.5, -1.0, 0.2).slope, 0.0);
/// ```
pub fn only_clipped(ratio: f64, advantage: f64, epsilon: f64) -> Surrogate {
    let inside = (1.0 - epsilon..=1.0 + epsilon).contains(&ratio);
    let value = ratio.clamp(1.0 - epsilon, 1.0 + epsilon) * advantage;
    Surrogate { value, slope: if inside { advantage } else { 0.0 } }
}
